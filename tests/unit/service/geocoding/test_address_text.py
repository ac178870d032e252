"""Two ways to write an address mean the same, or they do not."""

import pytest

from service.geocoding.address_text import Written, plain

STREET = ("Dorfstrasse", "9495", ("Triesen",))


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
        "Dorfstrasse 24, FL-9495 Triesen",
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
    "written",
    [
        "Dorfstrase 24, Triesen",
        "Dorfstrasse 24, Triesn",
        "Dorfstrasse 24, 9490 Triesen",
        "Dorfstrasse 24, 9495 Vaduz",
        "Dorfstrasse 24, 9495 Wien",
        "Dorfstrasse 24, 9495 Triesen, Austria",
        "Alte Dorfstrasse 24, 9495 Triesen",
        "Dorfstrasse West 24, 9495 Triesen",
        "Hans Muster, Dorfstrasse 24, 9495 Triesen",
        "Dorfstrasse 24 Top 16, 9495 Triesen",
        "Dorfstrasse 24, Postfach 16, 9495 Triesen",
    ],
)
def test_where_a_word_is_not_accounted_for_it_agrees_but_not_exactly(written: str) -> None:
    fit = Written.of(written).fit(*STREET)

    assert fit is not None
    assert not fit.exact


def test_a_postcode_agrees_as_a_whole() -> None:
    assert Written.of("Dorfstrasse 24, 194957 Zürich").fit(*STREET) is None


def test_a_house_number_is_no_wrong_postcode() -> None:
    fit = Written.of("1234 Main Street, Springfield").fit("Main Street", "62701", ["Springfield"])

    assert fit is not None
    assert (True, ("1234",)) == (fit.exact, fit.numbers)


def test_a_town_that_nobody_has_put_down_cannot_agree() -> None:
    """The map does not say in which town this house is."""
    assert Written.of("Dorfstrasse 24, Triesen").fit("Dorfstrasse", "", []) is None
    assert Written.of("Dorfstrasse 24").fit("Dorfstrasse", "", []) is not None


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("Dorfstrasse 24 a", ("24a", "24")),
        ("Dorfstrasse 24A, Triesen", ("24a", "24")),
        ("Dorfstrasse 25 bis", ("25bis", "25")),
        ("Dorfstrasse 17-19", ("17-19", "17")),
        ("Dorfstrasse 17 \u2013 19", ("17-19", "17")),
        ("Dorfstrasse 12/3", ("12/3", "12")),
        ("Dorfstrasse 12½", ("121/2", "121")),
        ("Dorfstrasse 24, 9495", ("24",)),
        ("Dorfstrasse 999 Top 16, Triesen", ("999",)),
        ("Hans 16 Muster, Dorfstrasse 999, Triesen", ("999",)),
        ("Dorfstrasse", ()),
        ("9495 Triesen, Dorfstrasse", ()),
    ],
)
def test_the_house_number_is_the_one_beside_the_street_with_all_that_belongs_to_it(
    written: str, numbers: tuple[str, ...]
) -> None:
    fit = Written.of(written).fit(*STREET)

    assert fit is not None
    assert numbers == fit.numbers


def test_letters_of_other_scripts_keep_their_marks() -> None:
    assert plain("ガ") != plain("カ")


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ("12 Boulevard d'Italie, Monaco", True),
        ("12 Boulevard d'Italie, La Rousse, Monaco, Europe", True),
        ("12 Boulevard d'Italie, 98000 La Rousse, Europe", True),
        ("12 Boulevard d'Italie, Monaco, Asia", False),
    ],
)
def test_a_part_of_a_town_and_what_the_town_lies_in_are_accounted_for(written: str, exact: bool) -> None:
    fit = Written.of(written).fit("Boulevard d'Italie", "98000", ["Monaco"], ["La Rousse", "Europe"])

    assert fit is not None
    assert exact is fit.exact


def test_an_area_that_holds_the_town_does_not_stand_for_it() -> None:
    """Who says Bern means the city, and not a village in its canton."""
    assert Written.of("Dorfstrasse 24, Bern").fit("Dorfstrasse", "", ["Muri"], ["Bern", "Schweiz"]) is None
    assert Written.of("Dorfstrasse 24, Altstadt").fit("Dorfstrasse", "", ["Thun"], ["Altstadt", "Bern"]) is None
    assert Written.of("Dorfstrasse 24, Muri, Bern").fit("Dorfstrasse", "", ["Muri"], ["Bern"]) is not None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12 rue Neuve, 1000 Bruxelles", "12"),
        ("rue Neuve 12, 1000 Bruxelles", "12"),
        ("1000 rue Neuve 12", "12"),
        ("12 rue Neuve 1000", "12"),
        ("1000 Bruxelles, rue Neuve 12", "12"),
    ],
)
def test_of_two_numbers_beside_a_street_one_is_a_postcode(written: str, number: str) -> None:
    fit = Written.of(written).fit("rue Neuve", "1000", ["Bruxelles"])

    assert fit is not None
    assert ((number,), True) == (fit.numbers, fit.exact)
