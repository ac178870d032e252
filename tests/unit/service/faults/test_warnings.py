"""What a caller should know although the day can be planned."""

from dataclasses import replace

import pytest

from service.day.place import Place, Point
from service.day.request import DayRequest, GivenMatrix, Objective, Travel
from service.day.visit import Lock
from service.faults import find_warnings
from service.hours.packs import Packs
from service.travel.estimate import Estimate
from service.travel.of_a_day import told_sources
from service.travel.roads import Roads
from tests.worlds import agent, at, day, met, slowdown, street, visit

SQUARE = [Point(60.0, 24.0), Point(60.0, 24.9), Point(61.0, 24.9), Point(61.0, 24.0)]


def warned(request: DayRequest) -> list[str]:
    return [warning.code for warning in find_warnings(request, Packs.of(), told_sources(request, Roads(Estimate())))]


def test_without_a_policy_only_the_windows_of_the_request_apply() -> None:
    assert ["no_policy"] == warned(day(visit("V")))


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (day(visit("V"), travel=Travel()), "travel_estimated"),
        (day(visit("V"), travel=Travel("matrix", {"car": replace(street(), metres=None)})), "metres_missing"),
        (
            day(visit("V"), travel=Travel("matrix", {"car": GivenMatrix([[0, 1], [1, 0]], [[0, None], [1, 0]])})),
            "metres_missing",
        ),
        (day(visit("V", contact=[met("9:00", "10:00", 0.5)]), visit("W"), visit("X")), "contact_missing"),
        (
            day(
                visit("V"),
                agents=[agent(profile="foot")],
                travel=Travel("matrix", {"foot": street()}, slowdowns=(slowdown(9, 10, 2),)),
            ),
            "slowdowns_idle",
        ),
        (day(visit("V", load={"boxes": 1}), visit("W", load={"boxes": 1})), "load_unlimited"),
        (day(visit("V", forbidden=["B"])), "unknown_agent"),
        (day(visit("V", only=["A", "B"])), "unknown_agent"),
        (day(visit("V", preferred={"B": 1})), "unknown_agent"),
        (day(visit("V", skills={"kyc": 1}, lock=Lock("A"))), "locked_agent_barred"),
        (day(visit("V", 1, ("9:00", "10:00"), lock=Lock(start=at("9:51")))), "lock_outside_windows"),
        (day(visit("V", place=Place(Point(24.9, 60.17), index=1))), "place_far_away"),
        (day(visit("V", place=Place(index=1)), agents=[agent(territory=SQUARE)]), "territory_unknown"),
    ],
)
def test_a_warning_is_given_once(request_: DayRequest, code: str) -> None:
    assert ["no_policy", code] == warned(request_)


def test_a_lock_that_a_window_holds_is_nothing_to_warn_of() -> None:
    assert ["no_policy"] == warned(day(visit("V", 1, ("9:00", "10:00"), lock=Lock(start=at("9:50")))))


def test_metres_need_not_be_known_where_there_is_no_way() -> None:
    travel = Travel("matrix", {"car": GivenMatrix([[0, None], [1, 0]], [[0, None], [1, 0]])})

    assert ["no_policy"] == warned(day(visit("V"), travel=travel))


def test_a_request_with_faults_can_be_asked_too() -> None:
    ragged = Travel("matrix", {"car": GivenMatrix([[0], [1, 0]], [[0, 2, 3]])})

    request = day(visit("V", lock=Lock("A")), agents=[agent(territory=[Point(60, 24)])], travel=ragged)

    assert ["no_policy"] == warned(request)


def test_a_hundred_warnings_are_told_and_that_there_are_more() -> None:
    warnings = warned(day(*(visit(f"V-{n}", forbidden=["B"]) for n in range(150))))

    assert (101, "more_warnings") == (len(warnings), warnings[-1])


def test_where_value_is_not_expected_value_contact_need_not_be_known_of_all() -> None:
    visits = (visit("V", contact=[met("9:00", "10:00", 0.5)]), visit("W"))

    assert ["no_policy"] == warned(day(*visits, objective=Objective(expected_value=False)))
