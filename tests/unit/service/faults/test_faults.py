"""Everything that is wrong with a request, at once, and where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf, nan
from zoneinfo import ZoneInfo

import pytest

from service.day.agent import Break, Limits, Pay
from service.day.place import Place, Point
from service.day.request import DayRequest, GivenItinerary, GivenMatrix, Objective, Options, Slowdown, Travel
from service.day.visit import After, Contact, Lock, Visit
from service.day.window import TimeWindow
from service.faults import find_faults
from tests.worlds import agent, at, day, given, house, met, minutes, option, rest, shift, slowdown, street, visit

HERE = Place(Point(60.17, 24.9))
DAYS = timedelta(days=1)
MICRO = timedelta(microseconds=1)
NEXT_YEAR = replace(shift(name="A/next"), start=at("9:00") + 400 * DAYS, end=at("10:00") + 400 * DAYS)


def found(request: DayRequest) -> list[str]:
    return [f"{fault.code} at {'/'.join(map(str, fault.path))}" for fault in find_faults(request)]


def matrices(**by_profile: GivenMatrix) -> Travel:
    return Travel("matrix", by_profile)


def slowed(*slowdowns: Slowdown) -> DayRequest:
    return day(visit("V"), travel=Travel("matrix", {"car": street()}, slowdowns=slowdowns))


def staffed(*breaks: Break, start: str = "9:00", end: str = "17:00") -> DayRequest:
    return day(visit("V"), agents=[agent("A", shift(start, end, breaks=breaks))])


def following(**pairs: str) -> tuple[Visit, ...]:
    return tuple(visit(then, after=[After(first)]) for then, first in pairs.items())


def test_a_sound_request_has_none() -> None:
    request = day(
        visit("V", 3, ("9:00", "12:00"), after=[After("W")], lock=Lock("A", at("10:00"), "last")),
        visit("W", 5, options=[option("work", 8)], preferred={"A": -1.5}, load={"boxes": 1}),
        agents=[agent("A", shift(breaks=[rest("9:00", "16:30")])), agent("B", shift(name="B/tue", day=3))],
        baseline=[given("A/mon", "W", "V")],
    )

    assert [] == found(request)


ONE_FAULT: dict[str, tuple[DayRequest, str]] = {
    "two agents": (
        day(visit("V"), agents=[agent("A"), agent("A", shift(name="B/mon"))]),
        "duplicate_id at agents/1/id",
    ),
    "two shifts of different agents": (
        day(visit("V"), agents=[agent("A"), agent("B", shift(name="A/mon"))]),
        "duplicate_id at agents/1/shifts/0/id",
    ),
    "two visits": (day(visit("V"), visit("W"), visit("V")), "duplicate_id at visits/2/id"),
    "two options": (day(visit("V", options=[option("o"), option("o")])), "duplicate_id at visits/0/options/1/id"),
    "two breaks": (
        staffed(rest("9:00", "10:00"), rest("12:00", "13:00")),
        "duplicate_id at agents/0/shifts/0/breaks/1/id",
    ),
    "locked to nobody known": (day(visit("V", lock=Lock("B"))), "unknown_agent at visits/0/lock/agent"),
    "after nothing known": (day(visit("V", after=[After("W")])), "unknown_visit at visits/0/after/0/visit"),
    "after itself": (day(*following(V="V")), "cyclic_after at visits/0/after/0/visit"),
    "locked to the forbidden": (
        day(visit("V", forbidden=["A"], lock=Lock("A"))),
        "lock_contradiction at visits/0/lock/agent",
    ),
    "locked to one not among only": (
        day(visit("V", only=["B"], lock=Lock("A")), agents=[agent("A"), agent("B")]),
        "lock_contradiction at visits/0/lock/agent",
    ),
    "locked between two seconds": (
        day(visit("V", lock=Lock(start=at("9:00") + MICRO))),
        "lock_start_fraction at visits/0/lock/start",
    ),
    "no agents": (replace(day(visit("V")), agents=()), "agents_empty at agents"),
    "no shifts": (
        day(visit("V"), agents=[agent("A"), replace(agent("B"), shifts=())]),
        "shifts_empty at agents/1/shifts",
    ),
    "no visits": (day(), "visits_empty at visits"),
    "shift ends first": (staffed(start="17:00", end="9:00"), "shift_end_before_start at agents/0/shifts/0/end"),
    "shift without length": (staffed(start="9:00", end="9:00"), "shift_end_before_start at agents/0/shifts/0/end"),
    "shift of three days": (
        day(visit("V"), agents=[agent("A", replace(shift(), end=at("9:00", 5)))]),
        "shift_too_long at agents/0/shifts/0/end",
    ),
    "overtime of three days": (
        day(visit("V"), agents=[agent("A", shift(overtime=3 * DAYS))]),
        "out_of_range at agents/0/shifts/0/overtime",
    ),
    "shifts years apart": (day(visit("V"), agents=[agent("A", shift(), NEXT_YEAR)]), "request_too_long at agents"),
    "overlapping shifts": (
        day(visit("V"), agents=[agent("A", shift("9:00", "13:00", name="1"), shift("12:00", "17:00", name="2"))]),
        "overlapping_shifts at agents/0/shifts/1/start",
    ),
    "overtime into the next shift": (
        day(
            visit("V"),
            agents=[
                agent("A", shift("12:00", "17:00", name="2"), shift("9:00", "12:00", name="1", overtime=minutes(1)))
            ],
        ),
        "overlapping_shifts at agents/0/shifts/0/start",
    ),
    "break before its shift": (
        staffed(rest("8:00", "10:00")),
        "break_outside_shift at agents/0/shifts/0/breaks/0/earliest",
    ),
    "break beyond its shift": (
        staffed(rest("16:00", "16:31")),
        "break_outside_shift at agents/0/shifts/0/breaks/0/latest",
    ),
    "break that ends first": (
        staffed(rest("13:00", "12:00")),
        "break_window_empty at agents/0/shifts/0/breaks/0/latest",
    ),
    "break without length": (
        staffed(rest("12:00", "13:00", lasts=minutes(0))),
        "out_of_range at agents/0/shifts/0/breaks/0/duration",
    ),
    "break between two seconds": (
        staffed(replace(rest("12:00", "12:00"), earliest=at("12:00") + MICRO, latest=at("12:00") + 2 * MICRO)),
        "break_window_empty at agents/0/shifts/0/breaks/0/latest",
    ),
    "start without index": (
        day(visit("V"), agents=[agent("A", replace(shift(), start_place=HERE))]),
        "place_without_index at agents/0/shifts/0/start_location",
    ),
    "end by address only": (
        day(visit("V"), agents=[agent("A", replace(shift(), end_place=Place(address="x")))], travel=Travel()),
        "place_unknown at agents/0/shifts/0/end_location",
    ),
    "index without matrices": (
        day(visit("V", place=Place(index=1)), travel=Travel()),
        "place_without_point at visits/0/location",
    ),
    "coordinates with matrices": (day(visit("V", place=HERE)), "place_without_index at visits/0/location"),
    "option without index": (
        day(visit("V", options=[replace(option("o"), place=HERE)])),
        "place_without_index at visits/0/options/0/location",
    ),
    "nowhere": (day(visit("V", place=Place())), "place_missing at visits/0"),
    "territory of two corners": (
        day(visit("V"), agents=[agent(territory=[Point(60, 24), Point(61, 24)])]),
        "territory_invalid at agents/0/territory",
    ),
    "negative rate": (day(visit("V"), agents=[agent(pay=Pay(per_km=-1))]), "out_of_range at agents/0/cost/per_km"),
    "rate that is no number": (
        day(visit("V"), agents=[agent(pay=Pay(fixed=nan))]),
        "out_of_range at agents/0/cost/fixed",
    ),
    "negative capacity": (
        day(visit("V"), agents=[agent(capacity={"boxes": -1})]),
        "out_of_range at agents/0/capacity/boxes",
    ),
    "crew of nobody": (day(visit("V"), agents=[agent(party_size=0)]), "out_of_range at agents/0/party_size"),
    "negative limit": (
        day(visit("V"), agents=[agent("A", shift(limits=Limits(driving=-minutes(1))))]),
        "out_of_range at agents/0/shifts/0/limits/driving",
    ),
    "negative duration": (day(visit("V", lasts=-minutes(1))), "out_of_range at visits/0/duration"),
    "duration of a week": (day(visit("V", lasts=7 * DAYS)), "out_of_range at visits/0/duration"),
    "negative gap": (
        day(visit("V", after=[After("W", -minutes(1))]), visit("W")),
        "out_of_range at visits/0/after/0/min_gap",
    ),
    "priority of 0": (day(visit("V", priority=0)), "out_of_range at visits/0/priority"),
    "priority of 101": (day(visit("V", priority=101)), "out_of_range at visits/0/priority"),
    "negative value": (day(visit("V", value=-1)), "out_of_range at visits/0/value"),
    "endless value": (day(visit("V", value=inf)), "out_of_range at visits/0/value"),
    "negative factor": (
        day(visit("V", options=[option("o", value_factor=-1)])),
        "out_of_range at visits/0/options/0/value_factor",
    ),
    "preference that is no number": (
        day(visit("V", preferred={"A": nan})),
        "out_of_range at visits/0/agents/preferred/A",
    ),
    "negative load": (day(visit("V", load={"boxes": -1})), "out_of_range at visits/0/load/boxes"),
    "nobody to come": (day(visit("V", party_size=0)), "out_of_range at visits/0/party_size"),
    "no windows": (day(replace(visit("V"), time_windows=())), "time_windows_empty at visits/0/time_windows"),
    "no windows of an option": (
        day(visit("V", options=[replace(option("o"), time_windows=())])),
        "time_windows_empty at visits/0/options/0/time_windows",
    ),
    "unknown zone of the plan": (day(visit("V"), timezone="Europe/Helsinky"), "unknown_timezone at timezone"),
    "unknown zone of a visit": (day(visit("V", timezone="Mars")), "unknown_timezone at visits/0/timezone"),
    "unknown profile": (day(visit("V"), agents=[agent(profile="kar")]), "unknown_profile at agents/0/profile"),
    "unknown profile without matrices": (
        day(visit("V"), agents=[agent(profile="broom")], travel=Travel()),
        "unknown_profile at agents/0/profile",
    ),
    "speed of nothing": (
        day(visit("V"), travel=replace(matrices(car=street()), speed_factor=0)),
        "out_of_range at travel/speed_factor",
    ),
    "road that makes faster": (slowed(slowdown(9, 10, 0.9)), "out_of_range at travel/slowdowns/0/factor"),
    "road that stops": (slowed(slowdown(9, 10, inf)), "out_of_range at travel/slowdowns/0/factor"),
    "road of no factor at all": (slowed(slowdown(9, 10, nan)), "out_of_range at travel/slowdowns/0/factor"),
    "road slow at an hour there is not": (slowed(slowdown(24, 25, 2)), "out_of_range at travel/slowdowns/0"),
    "road slow for no time": (slowed(slowdown(9, 9, 2)), "slowdown_empty at travel/slowdowns/0"),
    "road slow twice at once": (
        slowed(slowdown(9, 10, 2), slowdown(12, 13, 2), slowdown(9.5, 11, 3)),
        "slowdowns_overlap at travel/slowdowns/2",
    ),
    "road slow over midnight and in the morning": (
        slowed(slowdown(22, 6, 2), slowdown(5, 7, 2)),
        "slowdowns_overlap at travel/slowdowns/1",
    ),
    "road slow over midnight and in the evening": (
        slowed(slowdown(21, 23, 2), slowdown(22, 6, 2)),
        "slowdowns_overlap at travel/slowdowns/1",
    ),
    "contact beyond certainty": (
        day(visit("V", contact=[met("9:00", "10:00", 1.01)])),
        "out_of_range at visits/0/contact/0/probability",
    ),
    "contact of no chance at all": (
        day(visit("V", contact=[met("9:00", "10:00", nan)])),
        "out_of_range at visits/0/contact/0/probability",
    ),
    "contact told twice": (
        day(visit("V", contact=[met("9:00", "12:00", 0.5), met("10:00", "11:00", 0.4)])),
        "contact_overlap at visits/0/contact/1",
    ),
    "contact told twice, not by neighbours": (
        day(visit("V", contact=[met("11:00", "12:00", 0.5), met("9:00", "11:30", 0.4), met("8:00", "9:00", 0.1)])),
        "contact_overlap at visits/0/contact/0",
    ),
    "contact in the year 1": (
        day(visit("V", contact=[Contact(TimeWindow(datetime.min.replace(tzinfo=UTC), at("9:00")), 0.5)])),
        "out_of_range at visits/0/contact/0/start",
    ),
    "matrix with a short row": (
        day(visit("V"), travel=matrices(car=GivenMatrix([[0, 1], [1]]))),
        "matrix_shape at travel/matrices/0/seconds/1",
    ),
    "matrix with too few metres": (
        day(visit("V"), travel=matrices(car=GivenMatrix([[0, 1], [1, 0]], [[0, 1]]))),
        "matrix_shape at travel/matrices/0/metres",
    ),
    "matrix with a negative entry": (
        day(visit("V"), travel=matrices(car=GivenMatrix([[0, 1], [-1, 0]]))),
        "out_of_range at travel/matrices/0/seconds/1/0",
    ),
    "matrix with an absurd entry": (
        day(visit("V"), travel=matrices(car=GivenMatrix([[0, 1], [10**40, 0]]))),
        "out_of_range at travel/matrices/0/seconds/1/0",
    ),
    "matrices of two sizes": (
        day(visit("V"), travel=matrices(car=street(3), foot=street(2))),
        "matrix_shape at travel/matrices",
    ),
    "index outside": (day(visit("V", 5), travel=matrices(car=street(3))), "index_outside at visits/0/location/index"),
    "value beyond exact numbers": (day(visit("V", value=1e12)), "value_too_large at visits"),
    "cost beyond exact numbers": (day(visit("V"), agents=[agent(pay=Pay(per_hour=1e12))]), "cost_too_large at agents"),
    "load beyond exact numbers": (day(visit("V", load={"boxes": 10**400})), "load_too_large at visits"),
    "two hours to plan": (day(visit("V"), options=Options(timedelta(hours=2))), "out_of_range at options/time_limit"),
    "no time to stall": (
        day(visit("V"), options=Options(stall_limit=minutes(0))),
        "out_of_range at options/stall_limit",
    ),
    "no solutions": (day(visit("V"), options=Options(solution_limit=0)), "out_of_range at options/solution_limit"),
    "negative seed": (day(visit("V"), options=Options(seed=-1)), "out_of_range at options/seed"),
    "negative fairness": (day(visit("V"), objective=Objective(fairness=-1)), "out_of_range at objective/fairness"),
    "baseline of an unknown shift": (
        day(visit("V"), baseline=[given("B/mon")]),
        "unknown_shift at baseline/itineraries/0/shift_id",
    ),
    "baseline of an unknown visit": (
        day(visit("V"), baseline=[given("A/mon", "V", "W")]),
        "unknown_visit at baseline/itineraries/0/visits/1",
    ),
    "baseline of one shift twice": (
        day(visit("V"), baseline=[given("A/mon"), given("A/mon", "V")]),
        "duplicate_id at baseline/itineraries/1/shift_id",
    ),
    "baseline with a start of another visit": (
        day(visit("V"), baseline=[given("A/mon", starts={"V": at("9:00")})]),
        "unknown_visit at baseline/itineraries/0/starts/V",
    ),
    "baseline with an unknown option": (
        day(visit("V"), baseline=[GivenItinerary("A/mon", ("V",), options={"V": "work"})]),
        "unknown_option at baseline/itineraries/0/options/V",
    ),
    "window in the year 9999": (
        day(replace(visit("V"), time_windows=(TimeWindow(at("9:00"), datetime.max.replace(tzinfo=UTC)),))),
        "out_of_range at visits/0/time_windows/0/end",
    ),
}


@pytest.mark.parametrize(("request_", "expected"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_a_fault_is_told_where_it_is_and_nothing_else(request_: DayRequest, expected: str) -> None:
    assert [expected] == found(request_)


def test_faults_of_all_kinds_are_told_at_once() -> None:
    request = day(
        visit("V", priority=0, lock=Lock("C")),
        visit("V", 99, timezone="Mars"),
        agents=[agent("A", shift("17:00", "9:00"))],
    )

    assert {
        "duplicate_id",
        "unknown_agent",
        "shift_end_before_start",
        "out_of_range",
        "unknown_timezone",
        "index_outside",
    } == {fault.code for fault in find_faults(request)}


def test_a_circle_names_those_in_it_once_and_other_circles_too() -> None:
    request = day(*following(A="B", B="C", C="A", D="A", X="Y", Y="X"))

    faults = find_faults(request)

    assert ["cyclic_after", "cyclic_after"] == [fault.code for fault in faults]
    assert [{"A", "B", "C"}, {"X", "Y"}] == [
        set(fault.detail.split(": ")[1].rstrip(".").split(" -> ")) for fault in faults
    ]


def test_an_unknown_id_is_answered_with_those_it_resembles() -> None:
    (fault,) = find_faults(day(visit("V-100", after=[After("V-1O1")]), visit("V-101")))

    assert fault.hint is not None
    assert "'V-101'" in fault.hint


def test_a_shift_on_the_night_of_the_change_is_measured_in_hours_that_pass() -> None:
    """49 hours by the clock, 48 in truth, when an hour is left out."""
    helsinki = ZoneInfo("Europe/Helsinki")
    night = replace(
        shift(), start=datetime(2026, 3, 28, 9, tzinfo=helsinki), end=datetime(2026, 3, 30, 10, tzinfo=helsinki)
    )

    assert [] == found(day(visit("V"), agents=[agent("A", night)]))


def test_no_fault_tells_an_address_or_a_coordinate() -> None:
    secret = Place(Point(61.23456, 25.98765), address="Secret Street 1")

    faults = find_faults(day(visit("V", place=secret)))

    assert faults
    assert not any(word in str(fault) for fault in faults for word in ("Secret", "61.2", "25.9"))


def test_an_address_alone_is_no_fault_of_a_visit() -> None:
    assert [] == found(day(visit("V", place=Place(address="Somewhere 1")), visit("W", place=house(2))))


def test_the_price_of_unfairness_counts_into_what_a_plan_may_cost() -> None:
    """A shift of eight hours, so at most 64 squared hours: a price of 40 million of each is beyond what stays exact."""
    dear = day(visit("V"), objective=Objective(fairness=4e7))
    fair = day(visit("V"), objective=Objective(fairness=3e7))

    assert ["cost_too_large at agents"] == found(dear)
    assert [] == found(fair)


def test_twenty_circles_are_told_however_many_there_are() -> None:
    pairs = [(f"V-{n}", f"W-{n}") for n in range(30)]
    visits = [visit(one, after=[After(other)]) for pair in pairs for one, other in (pair, pair[::-1])]

    assert 20 == len(found(day(*visits)))


def test_among_very_many_names_those_that_begin_alike_are_offered() -> None:
    visits = [visit(f"X-{n}") for n in range(500)]
    (fault,) = find_faults(day(*visits, visit("mannerheim"), visit("V", after=[After("manerheim")])))

    assert fault.hint == "Did you mean 'mannerheim'?"


def test_slowdowns_and_contacts_that_only_touch_are_none() -> None:
    roads = slowed(slowdown(22, 6, 2), slowdown(6, 9, 1.5), slowdown(20, 22, 1), slowdown(10, 24 - 4, 10))
    spans = [met("9:00", "10:00", 0), met("10:00", "11:00", 1)]

    assert [] == found(roads) == found(day(visit("V", contact=spans)))
    assert [] == found(slowed(slowdown(0, 24, 2)))
