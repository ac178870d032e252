"""Geocoders one after the other, and what is remembered of their answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from service.day.place import Candidate, Point, Quality
from service.geocoding.chain import FOUND_FOR, NOT_FOUND_FOR, Chain, OwnMemory
from service.geocoding.protocol import Address, Geocoded, GeocoderDownError

NAME = "down"
HOUSE = Candidate(Point(47.1, 9.5), Quality.ROOFTOP, "Dorfstrasse 24, 9495 Triesen")
OTHER = Candidate(Point(47.2, 9.6), Quality.ROOFTOP, "Dorfstrasse 24, 9491 Ruggell")
RESPELT = Candidate(Point(47.1, 9.5), Quality.ROOFTOP, "Dorfstrasse 24, 9495 Triesen", exact=False)
STREET = Candidate(Point(47.1, 9.5), Quality.STREET, "Dorfstrasse, 9495 Triesen")
ASKED = Address("Dorfstrasse 24, Triesen")


@dataclass
class Knows:
    """Always the same of everything; what it was asked is kept."""

    source: str
    candidates: tuple[Candidate, ...] = ()
    asked: list[str] = field(default_factory=list[str])

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        self.asked += [address.text for address in addresses]
        return [Geocoded(self.source, self.candidates, ambiguous=len(self.candidates) > 1)] * len(addresses)


class Down:
    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:  # noqa: ARG002 - nobody answers
        raise GeocoderDownError(NAME, "it cannot be reached")


def test_who_knows_the_house_is_the_last_to_be_asked() -> None:
    second = Knows("second", (HOUSE,))

    (found,) = Chain((Knows("first", (HOUSE,)), second)).find([ASKED])

    assert ("first", []) == (found.source, second.asked)


@pytest.mark.parametrize("first", [(), (STREET,), (RESPELT,)])
def test_what_is_not_clear_is_asked_of_the_next(first: tuple[Candidate, ...]) -> None:
    (found,) = Chain((Knows("first", first), Knows("second", (HOUSE,)))).find([ASKED])

    assert "second" == found.source


def test_who_names_one_of_several_houses_does_not_decide_which_was_meant() -> None:
    (found,) = Chain((Knows("first", (HOUSE, OTHER)), Knows("second", (HOUSE,)))).find([ASKED])

    assert ("first", True) == (found.source, found.ambiguous)


def test_the_best_answer_counts_whoever_gave_it() -> None:
    (found,) = Chain((Knows("first", (STREET,)), Knows("second"))).find([ASKED])

    assert ("first", Quality.STREET) == (found.source, found.quality)


def test_without_a_geocoder_no_address_is_known() -> None:
    (found,) = Chain().find([ASKED])

    assert Quality.UNMATCHED == found.quality


def test_who_writes_the_same_is_asked_once() -> None:
    geocoder = Knows("one", (HOUSE,))

    found = Chain((geocoder,)).find([ASKED, Address("DORFSTR. 24, Triesen"), ASKED])

    assert (3, 1) == (len(found), len(geocoder.asked))


@pytest.mark.parametrize(
    ("candidates", "lasts"), [((HOUSE,), FOUND_FOR), ((STREET,), NOT_FOUND_FOR), ((), NOT_FOUND_FOR)]
)
def test_answers_are_remembered_for_a_while(candidates: tuple[Candidate, ...], lasts: timedelta) -> None:
    now, geocoder = [0.0], Knows("one", candidates)
    chain = Chain((geocoder,), OwnMemory(clock=lambda: now[0]))
    times: list[int] = []

    for then in (0.0, lasts.total_seconds() - 1, lasts.total_seconds()):
        now[0] = then
        chain.find([ASKED])
        times.append(len(geocoder.asked))

    assert [1, 1, 2] == times


def test_the_same_words_in_another_country_are_another_address() -> None:
    geocoder = Knows("one", (HOUSE,))

    Chain((geocoder,)).find([ASKED, Address(ASKED.text, "LI")])

    assert 2 == len(geocoder.asked)


def test_an_outage_is_no_answer_and_not_remembered() -> None:
    memory = OwnMemory()
    with pytest.raises(GeocoderDownError):
        Chain((Knows("first", (STREET,)), Down()), memory).find([ASKED])

    (found,) = Chain((Knows("second", (HOUSE,)),), memory).find([ASKED])

    assert "second" == found.source


def test_an_outage_of_a_later_one_does_not_matter_to_who_is_found_before() -> None:
    (found,) = Chain((Knows("first", (HOUSE,)), Down())).find([ASKED])

    assert "first" == found.source


def test_what_was_answered_before_an_outage_is_not_asked_again() -> None:
    """The second address is the first that the one who is down is asked for."""

    class Half(Knows):
        def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
            self.candidates = (HOUSE,) if addresses == [ASKED] else ()
            return super().find(addresses)

    memory = OwnMemory()
    with pytest.raises(GeocoderDownError):
        Chain((Half("one"), Down()), memory).find([ASKED, Address("Elsewhere 1")])

    (found,) = Chain((Knows("two"),), memory).find([ASKED])

    assert "one" == found.source
