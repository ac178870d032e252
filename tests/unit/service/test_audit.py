"""Bugs that could creep in between a right solution and a finished plan, each planted and caught."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from service.audit import Rule, audit
from service.day.place import Place, Point
from service.day.plan import BreakStop, ContactTold, Unassigned, Violated
from service.day.policy import Basis, Policy
from service.day.request import DayRequest, GivenMatrix, Slowdown, Travel
from service.day.visit import Contact, Lock
from service.day.window import TimeWindow
from tests.unit.service.audited_day import ZONE, Street, World, door, minutes
from tests.unit.service.planted import (
    MONDAY,
    PLAN,
    REQUEST,
    STREET,
    Bug,
    ask_of_agent,
    ask_of_shift,
    ask_of_visit,
    at,
    farther_west,
    limited,
    moved,
    resting_at_the_door,
    stops_of,
    with_costs,
    with_itinerary,
    with_lunch,
    with_metrics,
    with_stop,
    with_totals,
)
from tests.unit.service.planted_hours import BASIS, CITED, HOURS, IN_XX, OWN, pack, ruled

LUNCH = REQUEST.agents[0].shifts[0].breaks[0]
TWICE = replace(
    PLAN.itineraries[1],
    finish=at(28),
    stops=(*stops_of(1), MONDAY.stop("V1", (22, 23, 28), (1, 1), 50)),
)
ALONE = replace(PLAN.itineraries[0], stops=stops_of(0)[1:])

TIMING = [
    Bug("the agent leaves too early", Rule.SHIFT_START.broken(60, shift="B"), with_itinerary(1, start=at(9))),
    Bug("the agent is back too late", Rule.SHIFT_TOO_SHORT.broken(60, shift="A"), with_itinerary(0, finish=at(46))),
    Bug(
        "stops are told in another order",
        Rule.ORDER.broken(1020, visit="V2", shift="A"),
        with_itinerary(0, stops=(*stops_of(0)[:3], stops_of(0)[4], stops_of(0)[3])),
    ),
    Bug(
        "a visit starts before the arrival",
        Rule.ORDER.broken(60, visit="V3", shift="A"),
        with_stop("V3", arrive=at(35)),
    ),
    Bug("the day is over before the last visit", Rule.ORDER.broken(60, shift="B"), with_itinerary(1, finish=at(20))),
    Bug(
        "a visit starts a minute before its window",
        Rule.TIME_WINDOW.broken(60, visit="V2", shift="A"),
        request=ask_of_visit(2, time_windows=(MONDAY.window(23, 29),)),
    ),
    Bug(
        "a visit starts in its window and ends after it",
        Rule.TIME_WINDOW.broken(60, visit="V2", shift="A"),
        request=ask_of_visit(2, time_windows=(MONDAY.window(20, 26),)),
    ),
    Bug(
        "a visit is served by its own windows in those of its option",
        Rule.TIME_WINDOW.broken(141 * 60 + 5 * 60, visit="V3", shift="A"),
        with_stop("V3", option=None, place=door(9)),
    ),
    Bug(
        "the window told is another one",
        Rule.WINDOW_TOLD.broken(visit="V2", shift="A"),
        with_stop("V2", window=MONDAY.window(40, 55)),
    ),
    Bug(
        "the window told is wider than the permitted one",
        Rule.WINDOW_TOLD.broken(visit="V2", shift="A"),
        with_stop("V2", window=MONDAY.window(22, 30)),
    ),
    Bug(
        "no window is told where there is one",
        Rule.WINDOW_TOLD.broken(visit="V2", shift="A"),
        with_stop("V2", window=None),
    ),
    Bug(
        "a latest start is earlier than the start",
        Rule.LATEST_START.broken(60, visit="V1", shift="A"),
        with_stop("V1", latest_start=at(7)),
    ),
    Bug(
        "a visit begun at its latest start would end after its window",
        Rule.LATEST_START.broken(1, visit="V2", shift="A"),
        with_stop("V2", latest_start=at(24) + timedelta(seconds=1)),
    ),
    Bug(
        "a visit begun at its latest start would end after the shift",
        Rule.LATEST_START.broken(60, visit="V4", shift="B"),
        with_stop("V4", latest_start=at(59)),
    ),
    Bug(
        "the service time is dropped",
        Rule.SERVICE_TIME.broken(300, visit="V1", shift="A"),
        with_stop("V1", finish=at(8)),
    ),
    Bug(
        "the service time is cut to whole minutes",
        Rule.SERVICE_TIME.broken(30, visit="V1", shift="A"),
        request=ask_of_visit(1, duration=minutes(5.5)),
    ),
    Bug("a leg is too quick", Rule.TRAVEL_TIME.broken(60, visit="V4", shift="B"), with_itinerary(1, start=at(17))),
    Bug(
        "lunch on the road is driven through",
        Rule.TRAVEL_TIME.broken(60, visit="V2", shift="A"),
        with_stop("V2", arrive=at(20)),
    ),
    Bug("the way back is too quick", Rule.TRAVEL_TIME.broken(60, shift="A"), with_itinerary(0, finish=at(42))),
    Bug("there is no way to a stop", Rule.UNREACHABLE.broken(visit="V2", shift="A"), travel=Street(cut=(2, 5))),
    Bug("the set-up is missing", Rule.SETUP_TIME.broken(60, visit="V0", shift="A"), moved("V0", 2, 7)),
    Bug(
        "the set-up goes on during the break",
        Rule.SETUP_TIME.broken(60, visit="V2", shift="A"),
        resting_at_the_door(),
    ),
    Bug("a pinned start is missed", Rule.LOCK_START.broken(60, visit="V0", shift="A"), moved("V0", 4, 9)),
    Bug(
        "a time is told by the clock of another zone",
        Rule.WRONG_CLOCK.broken(visit="V1", shift="A"),
        with_stop("V1", arrive=at(8).astimezone(timezone(timedelta(hours=3)))),
    ),
    Bug(
        "the day is told by another clock",
        Rule.WRONG_CLOCK.broken(shift="A"),
        with_itinerary(0, start=at(0).astimezone(UTC)),
    ),
    Bug(
        "a visit has a zone of its own and is told by the plan's",
        Rule.WRONG_CLOCK.broken(visit="V1", shift="A"),
        request=ask_of_visit(1, timezone="Europe/Stockholm"),
    ),
]

BREAKS = [
    Bug("the break is ignored", Rule.BREAK_MISSING.broken(300, shift="A"), with_lunch()),
    Bug(
        "the break is taken twice",
        Rule.BREAK_MISSING.broken(300, shift="A"),
        with_lunch(MONDAY.pause(14, 19), MONDAY.pause(28, 33)),
    ),
    Bug(
        "the day is longer than one that needs no break",
        Rule.BREAK_MISSING.broken(300, shift="A"),
        with_lunch(),
        ask_of_shift(0, breaks=(replace(LUNCH, only_if_shift_over=minutes(42)),)),
    ),
    Bug(
        "the day is a second too short for its break",
        Rule.BREAK_NOT_DUE.broken(1, shift="A"),
        request=ask_of_shift(0, breaks=(replace(LUNCH, only_if_shift_over=minutes(43)),)),
    ),
    Bug(
        "the day is a minute and a second too short for its break",
        Rule.BREAK_NOT_DUE.broken(61, shift="A"),
        request=ask_of_shift(0, breaks=(replace(LUNCH, only_if_shift_over=minutes(44)),)),
    ),
    Bug("the break starts too late", Rule.BREAK_TIME.broken(600, shift="A"), with_lunch(MONDAY.pause(28, 33))),
    Bug("the break starts too early", Rule.BREAK_TIME.broken(120, shift="A"), with_lunch(MONDAY.pause(8, 13))),
    Bug("the break is too short", Rule.BREAK_TIME.broken(60, shift="A"), with_lunch(MONDAY.pause(14, 18))),
    Bug(
        "the break is a second too long",
        Rule.BREAK_TIME.broken(1, shift="A"),
        with_lunch(MONDAY.pause(14, 19)._replace(finish=at(19) + timedelta(seconds=1))),
    ),
    Bug("the break is after the day", Rule.BREAK_TIME.broken(300, shift="A"), with_lunch(MONDAY.pause(43, 48))),
    Bug(
        "the break is during a visit",
        Rule.BREAK_OVERLAP.broken(120, visit="V1", shift="A"),
        with_lunch(MONDAY.pause(11, 16)),
    ),
    Bug(
        "the agent arrives during the break",
        Rule.BREAK_OVERLAP.broken(180, visit="V2", shift="A"),
        with_stop("V2", arrive=at(16)),
    ),
    Bug(
        "two breaks go on at once",
        Rule.BREAK_OVERLAP.broken(60, shift="A"),
        with_lunch(MONDAY.pause(14, 19), MONDAY.pause(18, 20)),
    ),
]

LIMITS = [
    Bug("too many visits", Rule.MAX_VISITS.broken(1, shift="A"), request=limited(visits=3)),
    Bug("too much driving", Rule.MAX_DRIVING.broken(60, shift="A"), request=limited(driving=minutes(9))),
    Bug("too long a way", Rule.MAX_DISTANCE.broken(1, shift="A"), request=limited(distance_m=5999)),
    Bug("too long a day", Rule.MAX_DURATION.broken(60, shift="A"), request=limited(duration=minutes(42))),
    Bug(
        "too much load",
        Rule.CAPACITY.broken(1, shift="A"),
        request=ask_of_agent(0, lambda agent: replace(agent, capacity={"parcels": 3})),
    ),
]

WHO = [
    Bug(
        "the agent is forbidden",
        Rule.AGENT_NOT_ALLOWED.broken(visit="V1", shift="A"),
        request=ask_of_visit(1, agents=replace(REQUEST.visits[1].agents, forbidden=frozenset("a"))),
    ),
    Bug(
        "the agent is not among the only ones",
        Rule.AGENT_NOT_ALLOWED.broken(visit="V1", shift="A"),
        request=ask_of_visit(1, agents=replace(REQUEST.visits[1].agents, only=frozenset("b"))),
    ),
    Bug(
        "the visit is pinned to another agent",
        Rule.AGENT_NOT_ALLOWED.broken(visit="V4", shift="B"),
        request=ask_of_visit(4, lock=Lock(agent="a")),
    ),
    Bug(
        "the agent lacks a skill",
        Rule.SKILL_MISSING.broken(visit="V4", shift="B"),
        request=ask_of_visit(4, skills={"kyc": 0}),
    ),
    Bug(
        "the agent is not skilled enough",
        Rule.SKILL_LEVEL.broken(2, visit="V0", shift="A"),
        request=ask_of_visit(0, skills={"kyc": 4}),
    ),
    Bug("too few people come", Rule.PARTY_SIZE.broken(1, visit="V0", shift="A"), request=ask_of_visit(0, party_size=3)),
    Bug(
        "a visit lies outside the territory",
        Rule.TERRITORY.broken(visit="V2", shift="A"),
        request=ask_of_agent(0, lambda agent: replace(agent, territory=farther_west(agent))),
    ),
    Bug(
        "what is pinned to the end comes first",
        Rule.POSITION.broken(3, visit="V0", shift="A"),
        request=ask_of_visit(0, lock=Lock(position="last")),
    ),
    Bug(
        "what is pinned to the end comes second",
        Rule.POSITION.broken(2, visit="V1", shift="A"),
        request=ask_of_visit(1, lock=Lock(position="last")),
    ),
    Bug(
        "what is pinned to the beginning comes second",
        Rule.POSITION.broken(1, visit="V1", shift="A"),
        request=ask_of_visit(1, lock=Lock(position="first")),
    ),
    Bug("a stop is at another place", Rule.PLACE.broken(visit="V3", shift="A"), with_stop("V3", place=door(9))),
    Bug("the way back is missing", Rule.WAY_BACK.broken(shift="A"), with_itinerary(0, way_back=None)),
    Bug(
        "the way back leads elsewhere",
        Rule.WAY_BACK.broken(shift="A"),
        request=ask_of_shift(0, end_place=door(1)),
    ),
]

WHOLE = [
    Bug("a shift that does not exist", Rule.UNKNOWN.broken(shift="C"), with_itinerary(0, shift_id="C")),
    Bug("another agent's shift", Rule.UNKNOWN.broken(shift="A"), with_itinerary(0, agent_id="b")),
    Bug("a visit that does not exist", Rule.UNKNOWN.broken(shift="B"), with_stop("V4", visit_id="V9")),
    Bug("an option that does not exist", Rule.UNKNOWN.broken(shift="A"), with_stop("V2", option="home")),
    Bug(
        "a break that does not exist",
        Rule.UNKNOWN.broken(shift="A"),
        with_lunch(MONDAY.pause(14, 19)._replace(break_id="tea")),
    ),
    Bug(
        "an unassigned visit that does not exist",
        Rule.UNKNOWN.broken(visit="V9"),
        replace(PLAN, unassigned=(*PLAN.unassigned, Unassigned("V9", (), ""))),
    ),
    Bug(
        "a visit nobody knows the place of",
        Rule.LOCATION_MISSING.broken(visit="V4", shift="B"),
        request=ask_of_visit(4, place=replace(door(3), index=None)),
    ),
    Bug(
        "a shift has two itineraries",
        Rule.SHIFT_TWICE.broken(shift="B"),
        replace(PLAN, itineraries=(*PLAN.itineraries, TWICE)),
    ),
    Bug("an itinerary without visits", Rule.EMPTY_ROUTE.broken(shift="B"), with_itinerary(1, stops=())),
    Bug(
        "a visit is planned twice",
        Rule.SERVED_TWICE.broken(visit="V1"),
        replace(PLAN, itineraries=(PLAN.itineraries[0], TWICE)),
    ),
    Bug(
        "a visit is forgotten",
        Rule.UNACCOUNTED.broken(visit="V6"),
        replace(PLAN, unassigned=(PLAN.unassigned[0], PLAN.unassigned[2])),
    ),
    Bug(
        "a planned visit is unassigned too",
        Rule.UNACCOUNTED.broken(visit="V1"),
        replace(PLAN, unassigned=(*PLAN.unassigned, Unassigned("V1", (), ""))),
    ),
    Bug(
        "a visit is unassigned twice",
        Rule.UNACCOUNTED.broken(visit="V6"),
        replace(PLAN, unassigned=(*PLAN.unassigned, PLAN.unassigned[1])),
    ),
    Bug(
        "somebody calls where nobody may",
        Rule.DO_NOT_VISIT.broken(visit="V1"),
        request=ask_of_visit(1, flags=frozenset({"do_not_visit"})),
    ),
    Bug("a required visit is not counted", Rule.REQUIRED_MISSED.broken(1), request=ask_of_visit(6, required=True)),
    Bug(
        "a pinned visit is not counted as required",
        Rule.REQUIRED_MISSED.broken(1),
        request=ask_of_visit(6, lock=Lock(agent="a")),
    ),
    Bug(
        "a visit comes without the one before it",
        Rule.PREDECESSOR_UNASSIGNED.broken(visit="V4", shift="B"),
        replace(PLAN, itineraries=(ALONE, PLAN.itineraries[1])),
    ),
    Bug("a visit comes too soon after another", Rule.MIN_GAP.broken(60, visit="V4", shift="B"), moved("V4", 17, 19)),
]

SUMS = [
    Bug(
        "the travel told is wrong", Rule.LEG_TOLD.broken(60, visit="V2", shift="A"), with_stop("V2", travel=minutes(4))
    ),
    Bug("the distance told is wrong", Rule.LEG_TOLD.broken(1, visit="V2", shift="A"), with_stop("V2", distance_m=1801)),
    Bug(
        "the set-up told is wrong",
        Rule.LEG_TOLD.broken(60, visit="V1", shift="A"),
        with_stop("V1", setup=minutes(1), wait=minutes(-1)),
    ),
    Bug("the waiting told is wrong", Rule.LEG_TOLD.broken(60, visit="V3", shift="A"), with_stop("V3", wait=minutes(7))),
    Bug(
        "the way back told is wrong",
        Rule.LEG_TOLD.broken(1, shift="A"),
        with_itinerary(
            0, way_back=replace(PLAN.itineraries[0].way_back or pytest.fail("no way back"), distance_m=2401)
        ),
    ),
    *(
        Bug(
            f"the itinerary's {name} is wrong",
            Rule.METRICS.broken(60, shift="A"),
            with_metrics(0, **{name: minutes(figure)}),
        )
        for name, figure in [
            ("working", 44),
            ("paid", 39),
            ("driving", 9),
            ("service", 19),
            ("setup", 3),
            ("wait", 5),
            ("breaks", 4),
            ("overtime", 0),
        ]
    ),
    Bug("the itinerary's visits are wrong", Rule.METRICS.broken(1, shift="A"), with_metrics(0, visits=5)),
    Bug("the itinerary's distance is wrong", Rule.METRICS.broken(1, shift="A"), with_metrics(0, distance_m=5999)),
    Bug("the itinerary's value is wrong", Rule.VALUE.broken(1, shift="A"), with_metrics(0, value=190.01)),
    Bug("the itinerary's cost is wrong", Rule.COST.broken(1), with_metrics(0, cost=70.01)),
    *(
        Bug(f"the plan's {name} is wrong", Rule.METRICS.broken(60), with_totals(**{name: minutes(figure)}))
        for name, figure in [("working", 49), ("driving", 12), ("service", 21), ("wait", 7), ("overtime", 2)]
    ),
    *(
        Bug(f"the plan's {name} is wrong", Rule.METRICS.broken(1), with_totals(**{name: figure}))
        for name, figure in [("planned", 6), ("unassigned", 2), ("shifts_used", 1), ("distance_m", 7801)]
    ),
    Bug(
        "an option's value is taken for the whole",
        Rule.VALUE.broken(40),
        replace(PLAN, score=replace(PLAN.score, value=280)),
    ),
    Bug("the plan's value is wrong", Rule.VALUE.broken(1), with_totals(value=239.99)),
    *(
        Bug(f"the cost of {kind} is wrong", Rule.COST.broken(1), with_costs(**{kind: figure}))
        for kind, figure in [
            ("fixed", 10.01),
            ("travel", 12.01),
            ("wages", 37.99),
            ("overtime", 4),
            ("preferences", 7.01),
            ("fairness", 7.24),
            ("total", 77.24),
        ]
    ),
]


def slowed(start: float, end: float, factor: float) -> DayRequest:
    """The request with slow roads from minute to minute after nine."""
    nine = timedelta(hours=9)
    slowdown = Slowdown(nine + minutes(start), nine + minutes(end), factor)
    return replace(REQUEST, travel=replace(REQUEST.travel, slowdowns=(slowdown,)))


def told(probability: float, value: float, start: float = 0, end: float = 60) -> ContactTold:
    return ContactTold(probability, MONDAY.window(start, end) if probability else None, value)


def ask_of_contact(*spans: tuple[float, float, float]) -> DayRequest:
    """The request with a forecast for V4, which is made from 19 to 21."""
    contact = tuple(Contact(MONDAY.window(start, end), probability) for start, end, probability in spans)
    return ask_of_visit(4, contact=contact)


SLOWDOWNS = [
    Bug(
        "the rush hour is forgotten",
        Rule.TRAVEL_TIME.broken(60, visit="V3", shift="A"),
        request=slowed(27, 29, 2),
    ),
    Bug(
        "the rush hour ends too soon for a way that a break interrupts",
        Rule.TRAVEL_TIME.broken(120, visit="V2", shift="A"),
        request=slowed(19, 60, 2),
    ),
    Bug("travel is told as if nothing were slow", Rule.LEG_TOLD.broken(240, shift="A"), request=slowed(38, 60, 2)),
    Bug(
        "driving is limited as if nothing were slow",
        Rule.MAX_DRIVING.broken(60, shift="A"),
        request=replace(limited(driving=minutes(10)), travel=slowed(27, 29, 2).travel),
    ),
]
CONTACT = [
    Bug(
        "a chance is told that nobody knows",
        Rule.CONTACT.broken(visit="V1", shift="A"),
        with_stop("V1", contact=told(0.5, 25)),
    ),
    Bug("a chance is not told", Rule.CONTACT.broken(visit="V4", shift="B"), request=ask_of_contact((0, 60, 0.5))),
    *(
        Bug(
            sentence,
            Rule.CONTACT.broken(visit="V4", shift="B"),
            with_stop("V4", contact=claim),
            ask_of_contact((0, 20, 0.3), (20, 60, 0.9)),
        )
        for sentence, claim in [
            ("the chance of the next hour is told", told(0.9, 45, 20)),
            ("the chance of the hour in which the visit begins is told", told(0.3, 15, 0, 20)),
            ("nobody was to be sent", told(0, 0)),
        ]
    ),
    *(
        Bug(
            sentence,
            Rule.CONTACT.broken(visit="V4", shift="B"),
            with_stop("V4", contact=claim),
            ask_of_contact((0, 30, 0.5), (30, 60, 0.56)),
        )
        for sentence, claim in [
            ("the chance is not the mean of those taken together", told(0.5, 25)),
            ("the span is not all that is taken together", told(0.53, 26.5, 0, 30)),
            ("the value to be expected is wrong", told(0.53, 26.6)),
        ]
    ),
    Bug(
        "the value of a visit counts in full",
        Rule.VALUE.broken(25),
        with_stop("V4", contact=told(0.5, 25)),
        ask_of_contact((0, 60, 0.5)),
    ),
    Bug(
        "contacts of an itinerary are not added up",
        Rule.METRICS.broken(shift="B"),
        with_stop("V4", contact=told(0.5, 25)),
        ask_of_contact((0, 60, 0.5)),
    ),
]

BUGS = [*TIMING, *BREAKS, *LIMITS, *WHO, *WHOLE, *SUMS, *SLOWDOWNS, *CONTACT, *HOURS]


def test_a_plan_that_is_right_to_the_second_is_silent() -> None:
    assert audit(REQUEST, PLAN, STREET) == ()


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.sentence)
def test_a_planted_bug_is_found(bug: Bug) -> None:
    assert bug.found in audit(bug.request, bug.plan, bug.travel, packs=bug.packs)


@pytest.mark.parametrize(
    ("policy", "cited"),
    [
        (Policy(extra=(OWN,)), BASIS),
        (IN_XX, (CITED,)),
        (Policy("XX", extra=(OWN,)), (CITED, *BASIS)),
        (Policy("YY", activity="survey", extra=(OWN,)), BASIS),
    ],
)
def test_a_plan_within_the_permitted_hours_is_silent(policy: Policy, cited: tuple[Basis, ...]) -> None:
    packs = {"XX": pack("XX"), "YY": pack("YY", (), activity="debt_collection")}

    assert () == audit(*ruled(policy, *cited), STREET, packs=packs)


@pytest.mark.parametrize(("people", "found"), [(1, []), (2, [Rule.PARTY_SIZE.broken(visit="V4", shift="B")])])
def test_where_nobody_knows_how_dark_it_is_as_many_go_as_at_night(people: int, found: list[Violated]) -> None:
    """Shift B is one person; V4 has no coordinates."""
    request, plan = ruled(IN_XX, CITED)
    visits = [replace(visit, place=Place(index=3)) if visit.id == "V4" else visit for visit in request.visits]
    asked = replace(request, visits=tuple(visits))

    broken = audit(asked, plan, STREET, packs={"XX": pack("XX", after_dark_party_size=people)})

    assert found == [one for one in broken if one.code == "party_size"]


def test_every_rule_has_a_planted_bug() -> None:
    """A rule without one could be asleep."""
    assert {rule.code for rule in Rule} == {bug.found.code for bug in BUGS}


def test_every_violation_has_the_sentence_of_its_rule() -> None:
    found = audit(REQUEST, with_lunch(), STREET)

    assert {rule.code: rule.value for rule in Rule}.items() >= {(violated.code, violated.detail) for violated in found}


def test_a_break_for_longer_days_may_be_missing() -> None:
    breaks = (replace(LUNCH, only_if_shift_over=minutes(43)),)

    assert "break_missing" not in {
        violated.code for violated in audit(ask_of_shift(0, breaks=breaks), with_lunch(), STREET)
    }


def test_a_break_for_longer_days_is_taken_on_one_that_is_longer() -> None:
    breaks = (replace(LUNCH, only_if_shift_over=minutes(42)),)

    assert () == audit(ask_of_shift(0, breaks=breaks), PLAN, STREET)


@pytest.mark.parametrize(
    "breaks",
    [
        [MONDAY.pause(13, 18)],
        [MONDAY.pause(16, 21)],
        [MONDAY.pause(28, 33)],
        [MONDAY.pause(29, 34)],
        [MONDAY.pause(14, 16), MONDAY.pause(16, 19)],
    ],
    ids=["from a finish on", "until an arrival", "from an arrival on", "until a start", "one after the other"],
)
def test_a_break_that_only_touches_something_overlaps_nothing(breaks: list[BreakStop]) -> None:
    assert "break_overlap" not in {violated.code for violated in audit(REQUEST, with_lunch(*breaks), STREET)}


def test_exactly_at_every_limit_is_within_it() -> None:
    request = limited(visits=4, driving=minutes(10), distance_m=6000, duration=minutes(43))

    assert audit(request, PLAN, STREET) == ()


def test_the_last_second_of_overtime_may_be_used() -> None:
    found = audit(REQUEST, with_itinerary(0, finish=at(45)), STREET)

    assert "shift_too_short" not in {violated.code for violated in found}


def test_windows_that_touch_are_one() -> None:
    """Presence from 22 to 27 goes on from a window until 25 into one from 25."""
    request = ask_of_visit(2, time_windows=(MONDAY.window(25, 29), MONDAY.window(22, 25)))

    assert audit(request, PLAN, STREET) == ()


def test_fractions_of_a_second_are_rounded_to_the_stricter_side_and_forgiven() -> None:
    """A service of 4 minutes 59.2 takes 5 minutes, a start pinned to 2:59.5 is at 3, overtime counts from 41:59."""
    request = replace(
        ask_of_visit(
            0,
            duration=minutes(5) - timedelta(seconds=0.8),
            lock=replace(REQUEST.visits[0].lock or Lock(), start=at(3) - timedelta(seconds=0.5)),
        )
    )
    agent = request.agents[0]
    shift = replace(agent.shifts[0], end=at(42) + timedelta(seconds=0.5))

    assert audit(replace(request, agents=(replace(agent, shifts=(shift,)), request.agents[1])), PLAN, STREET) == ()


@pytest.mark.parametrize(
    ("travel", "another"),
    [
        (Travel("matrix", {"car": GivenMatrix([[0]])}), False),
        (Travel("auto", {"car": GivenMatrix([[0]])}), False),
        (Travel("auto"), True),
        (Travel("estimate", {"car": GivenMatrix([[0]])}), True),
    ],
    ids=["own matrix", "own matrix, found by itself", "no matrix", "own matrix not wanted"],
)
def test_doors_are_told_apart_by_index_with_an_own_matrix_and_by_coordinates_without(
    travel: Travel, another: bool
) -> None:
    """V1 has the index of V0 and other coordinates: if that is another door, it owes a set-up."""
    request = replace(ask_of_visit(1, place=replace(door(2), point=Point(60, 24.9))), travel=travel)

    assert another == ("setup_time" in {violated.code for violated in audit(request, PLAN, STREET)})


def test_a_visit_may_start_exactly_the_gap_after_its_predecessor() -> None:
    found = audit(REQUEST, moved("V4", 18, 20), STREET)

    assert "min_gap" not in {violated.code for violated in found}


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        audit(REQUEST, with_stop("V1", start=datetime(2026, 3, 2, 9, 8)), STREET)  # noqa: DTZ001 - the bug itself


SPRING = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
"""Clocks in Helsinki go from 3 to 4."""
AUTUMN = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
"""Clocks in Helsinki go from 4 back to 3."""


@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("minute", [5, 15, 16, 24, 30, 36, 41])
def test_a_right_plan_is_silent_whenever_clocks_change(change: datetime, minute: float) -> None:
    """In a visit, on the road, at lunch, in the waiting time before V3, on the way back."""
    world = World(change - minutes(minute))

    assert audit(world.request(), world.plan(), STREET) == ()


@pytest.mark.parametrize(
    ("start", "finish", "asked", "wrong"),
    [
        (datetime(2026, 3, 29, 2, 59, tzinfo=ZONE), datetime(2026, 3, 29, 4, 4, tzinfo=ZONE), 65, 60),
        (datetime(2026, 10, 25, 3, 59, tzinfo=ZONE), datetime(2026, 10, 25, 4, 4, tzinfo=ZONE), 5, 60),
    ],
    ids=["spring, 65 minutes by the clock are 5", "autumn, 5 minutes by the clock are 65"],
)
def test_a_service_reckoned_by_the_clock_on_the_wall_is_found(
    start: datetime, finish: datetime, asked: float, wrong: float
) -> None:
    found = audit(ask_of_visit(1, duration=minutes(asked)), with_stop("V1", start=start, finish=finish), STREET)

    assert Rule.SERVICE_TIME.broken(round(60 * wrong), visit="V1", shift="A") in found


def test_a_window_is_compared_by_instants_where_the_same_hour_comes_twice() -> None:
    """V2 from 3:22 to 3:27 after the change; its window is the first 3:22 to 3:29, an hour before."""
    world = World(AUTUMN)
    first = TimeWindow(datetime(2026, 10, 25, 3, 22, tzinfo=ZONE), datetime(2026, 10, 25, 3, 29, tzinfo=ZONE))
    visits = tuple(
        replace(visit, time_windows=(first,)) if visit.id == "V2" else visit for visit in world.request().visits
    )
    found = audit(replace(world.request(), visits=visits), world.plan(), STREET)

    assert Rule.TIME_WINDOW.broken(3600 - 120, visit="V2", shift="A") in found


def test_a_rush_hour_between_two_ways_keeps_nobody() -> None:
    """From 13 to 19 the agent of A rests or is at the wheel for a minute; the one of B leaves at 16."""
    assert audit(slowed(8, 13, 2), PLAN, STREET) == ()
    assert audit(slowed(29, 38, 2), PLAN, STREET) == ()


@pytest.mark.parametrize(
    ("spans", "claim"),
    [
        ([(0, 60, 0.5)], told(0.5, 25)),
        ([(0, 30, 0.5), (30, 60, 0.58)], told(0.54, 27)),
        ([(30, 60, 0.59), (0, 30, 0.5)], told(0.5, 25, 0, 30)),
        ([(0, 19, 0.2), (19, 21, 1), (21, 60, 0.2)], told(1, 50, 19, 21)),
    ],
    ids=["one span", "two taken together", "two that are not alike", "one that just holds the visit"],
)
def test_a_chance_that_is_right_is_silent(spans: list[tuple[float, float, float]], claim: ContactTold) -> None:
    """All that is left to say is that sums of the plan do not know of it."""
    found = audit(ask_of_contact(*spans), with_stop("V4", contact=claim), STREET)

    assert {"metrics", "value"} >= {violated.code for violated in found}


def test_whoever_is_required_may_be_called_on_when_nobody_is_expected() -> None:
    request = ask_of_contact((30, 60, 0.5))
    visits = tuple(replace(visit, required=visit.required or visit.id == "V4") for visit in request.visits)
    found = audit(replace(request, visits=visits), with_stop("V4", contact=told(0, 0)), STREET)

    assert "contact" not in {violated.code for violated in found}


@pytest.mark.parametrize(("claim", "right"), [(told(0.3, 15, 0, 20), True), (told(0.9, 45, 20), False)])
def test_where_value_is_not_expected_value_the_chance_is_that_of_the_start(claim: ContactTold, right: bool) -> None:
    request = ask_of_contact((0, 20, 0.3), (20, 60, 0.9))
    request = replace(request, objective=replace(request.objective, expected_value=False))
    found = audit(request, with_stop("V4", contact=claim), STREET)

    assert right == ("contact" not in {violated.code for violated in found})
    assert "value" not in {violated.code for violated in found}


def test_the_clock_of_slowdowns_is_looked_up_where_the_request_names_no_zone() -> None:
    """Nine in Helsinki is seven in London: there is no rush hour there."""
    request = replace(slowed(27, 29, 2), timezone=None)

    assert "travel_time" in {violated.code for violated in audit(request, PLAN, STREET, lambda _: "Europe/Helsinki")}
    assert audit(request, PLAN, STREET, lambda _: "Europe/London") == ()
