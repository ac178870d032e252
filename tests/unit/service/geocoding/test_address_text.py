"""Two ways to write an address mean the same, or they do not."""

import pytest

from service.geocoding.address_text import Written, plain

STREET = ("Dorfstrasse", "9495", "Triesen")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Äulestraße 46", "aulestrasse 46"),
        ("AULESTR. 46", "aulestrasse 46"),
        ("Bd. Albert-1er", "boulevard albert 1er"),
        ("Håkon  Østgårds\tvei", "hakon ostgards vei"),
        ("str", "strasse"),
    ],
)
def test_case_accents_signs_and_abbreviations_make_no_difference(written: str, meant: str) -> None:
    assert meant == plain(written)


@pytest.mark.parametrize(
    "written",
    [
        "Dorfstrasse 24, 9495 Triesen",
        "dorfstr. 24, triesen",
        "24 Dorfstraße, Triesen",
        "Dorfstrasse 24, FL-9495 Triesen, Liechtenstein",
        "Dorfstrasse 24, 9495",
        "Dorfstrasse 24",
    ],
)
def test_an_address_agrees_with_its_street_however_it_is_written(written: str) -> None:
    fit = Written.of(written).fit(*STREET)

    assert fit is not None
    assert fit.exact
    assert "24" in fit.numbers


@pytest.mark.parametrize(
    "written",
    [
        "Dorfstrasse 24, Vaduz",
        "Dorfstrasse 24, Zürich",
        "Landstrasse 24, 9495 Triesen",
        "24, 9495 Triesen",
        "Triesen",
        "",
    ],
)
def test_an_address_in_another_town_or_street_is_another(written: str) -> None:
    assert Written.of(written).fit(*STREET) is None


@pytest.mark.parametrize(
    "written", ["Dorfstrase 24, Triesen", "Dorfstrasse 24, Triesn", "Dorfstrasse 24, 9490 Triesen"]
)
def test_a_slip_agrees_but_not_exactly(written: str) -> None:
    fit = Written.of(written).fit(*STREET)

    assert fit is not None
    assert not fit.exact


def test_a_town_that_nobody_has_put_down_cannot_agree() -> None:
    """The map does not say in which town this house is."""
    assert Written.of("Dorfstrasse 24, Triesen").fit("Dorfstrasse", "", "") is None
    assert Written.of("Dorfstrasse 24").fit("Dorfstrasse", "", "") is not None


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("Dorfstrasse 24 a", ("24a", "24")),
        ("Dorfstrasse 25 bis", ("25bis", "25")),
        ("Dorfstrasse 17-19", ("1719", "17", "19")),
        ("Dorfstrasse 24, 9495", ("24",)),
        ("Dorfstrasse", ()),
    ],
)
def test_the_longest_reading_of_a_house_number_comes_first(written: str, numbers: tuple[str, ...]) -> None:
    fit = Written.of(written).fit(*STREET)

    assert fit is not None
    assert numbers == fit.numbers
