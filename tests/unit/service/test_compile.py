"""From a day in people's words to a Problem in whole numbers."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.codebook import Compiled, LeftOut
from service.day.agent import Limits, Pay
from service.day.place import Place
from service.day.request import DayRequest, GivenItinerary, Objective, Travel
from service.day.visit import After, Lock, Visit
from service.hours.packs import Packs
from service.preparation import prepare
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from solver.problem import Fairness, Link, Slowdown, StartWindow
from tests.worlds import agent, at, day, given, house, met, minutes, option, rest, shift, slowdown, street, visit

UNIT = 3_600_000
HOUR = 3600
MINUTE = 60


def compiled(request: DayRequest) -> Compiled:
    return prepare(request, Sources(Roads(Estimate()), Packs.of())).compiled


def left_out(request: DayRequest) -> dict[str, LeftOut]:
    return {left.visit.id: left for left in compiled(request).codebook.left_out}


def test_presence_becomes_a_window_of_starts() -> None:
    problem = compiled(day(visit("V", 1, ("10:00", "11:00"), lasts=minutes(15)))).problem

    assert (StartWindow(HOUR, HOUR + 45 * MINUTE),) == problem.visits[0].options[0].windows


def test_a_visit_too_long_or_too_late_for_every_shift_is_not_out_yet() -> None:
    """How much each shift lacks is told by the search for reasons."""
    agents = [agent("A", shift("9:00", "10:00", overtime=minutes(30)))]

    request = day(visit("V", lasts=minutes(91)), visit("W", 1, ("18:00", "20:00")), agents=agents)

    assert {} == left_out(request)
    assert 2 == len(compiled(request).problem.visits)


def test_the_visits_own_place_and_windows_are_its_first_option() -> None:
    request = day(visit("V", 3, ("9:00", "12:00"), options=[option("work", 8, value_factor=0.5), option("late", 3)]))
    problem = compiled(request).problem
    call = compiled(request).codebook.calls[0]

    assert [None, "work", "late"] == [way.option for way in call.ways]
    assert [50 * UNIT, 25 * UNIT, 50 * UNIT] == [one.prize for one in problem.visits[0].options]
    assert problem.visits[0].options[0].windows == problem.visits[0].options[1].windows


def test_an_option_may_have_windows_of_its_own() -> None:
    problem = compiled(
        day(visit("V", 3, ("9:00", "12:00"), options=[option("late", None, ("16:00", "17:00"))]))
    ).problem

    assert (StartWindow(7 * HOUR, 8 * HOUR - 600),) == problem.visits[0].options[1].windows
    assert problem.visits[0].options[0].place == problem.visits[0].options[1].place


def test_an_option_that_can_be_used_at_no_time_is_left_away() -> None:
    codebook = compiled(day(visit("V", 3, options=[option("short", None, ("12:00", "12:09"))]))).codebook

    assert [None] == [way.option for way in codebook.calls[0].ways]


def test_value_counts_instead_of_priority_if_it_is_given() -> None:
    problem = compiled(day(visit("V", priority=80), visit("W", priority=80, value=12.5))).problem

    assert [80 * UNIT, 12.5 * UNIT] == [one.options[0].prize for one in problem.visits]


def test_visits_at_one_door_share_a_place_so_set_up_is_spent_once() -> None:
    problem = compiled(day(visit("V", 3, setup=minutes(2)), visit("W", 3, setup=minutes(2)))).problem

    assert problem.visits[0].options[0].place == problem.visits[1].options[0].place
    assert 2 * MINUTE == problem.visits[0].options[0].setup


def test_only_those_who_may_come_are_among_the_shifts() -> None:
    agents = [agent("A"), agent("B", skills={"kyc": 1})]

    problem = compiled(day(visit("V", skills={"kyc": 1}), visit("W"), agents=agents)).problem

    assert [{1: 0}, None] == [one.options[0].shifts for one in problem.visits]


def test_not_sending_the_preferred_agent_costs_the_difference() -> None:
    agents = [agent("A"), agent("B"), agent("C")]

    problem = compiled(day(visit("V", preferred={"A": 5, "B": 2}), agents=agents)).problem

    assert {0: 0, 1: 3 * UNIT, 2: 5 * UNIT} == problem.visits[0].options[0].shifts


def test_a_preferred_agent_who_may_not_come_costs_nobody_anything() -> None:
    request = day(visit("V", preferred={"A": 5}, forbidden=["A"]), agents=[agent("A"), agent("B")])

    assert {1: 0} == compiled(request).problem.visits[0].options[0].shifts


def test_a_lock_makes_a_visit_required_at_its_instant_with_its_agent_in_its_place() -> None:
    lock = Lock(agent="B", start=at("10:00"), position="first")

    locked = compiled(day(visit("V", lock=lock), agents=[agent("A"), agent("B")])).problem.visits[0]

    assert (True, "first") == (locked.required, locked.position)
    assert ((StartWindow(HOUR, HOUR),), {1: 0}) == (locked.options[0].windows, locked.options[0].shifts)


def test_a_shift_keeps_its_hours_overtime_and_places() -> None:
    request = day(
        visit("V"),
        agents=[
            agent("A", shift("9:00", "17:00", start_house=2, end_house=None, overtime=minutes(20))),
            agent("B", shift("10:00", "12:00", name="B/mon")),
        ],
    )
    first, second = compiled(request).problem.shifts

    assert (0, 8 * HOUR, 20 * MINUTE, None, 0) == (first.opens, first.closes, first.overtime, first.end, first.agent)
    assert (HOUR, 3 * HOUR, 0, 1) == (second.opens, second.closes, second.overtime, second.agent)


def test_an_agent_may_work_on_several_days() -> None:
    request = day(visit("V"), agents=[agent("A", shift(name="mon"), shift(name="tue", day=3))])
    monday, tuesday = compiled(request).problem.shifts

    assert (monday.opens + 24 * HOUR, 0) == (tuesday.opens, tuesday.agent)


def test_a_shift_over_the_change_of_clocks_has_the_hours_that_pass() -> None:
    """From ten in the evening to six in the morning, on the night that lacks an hour."""
    helsinki = ZoneInfo("Europe/Helsinki")
    start, end = datetime(2026, 3, 28, 22, tzinfo=helsinki), datetime(2026, 3, 29, 6, tzinfo=helsinki)
    night = shift()
    request = day(visit("V"), agents=[agent("A", type(night)("night", start, end, night.start_place, None))])

    assert 7 * HOUR == compiled(request).problem.shifts[0].closes


def test_breaks_are_put_in_the_order_in_which_they_are_taken() -> None:
    breaks = [
        rest("15:00", "15:30", name="tea", lasts=minutes(10), paid=True),
        rest("12:00", "13:00", only_if_shift_over=timedelta(hours=6)),
    ]
    day_compiled = compiled(day(visit("V"), agents=[agent("A", shift(breaks=breaks))]))
    lunch, tea = day_compiled.problem.shifts[0].breaks

    assert ["lunch", "tea"] == [one.id for one in day_compiled.codebook.duties[0].breaks]
    assert (3 * HOUR, 4 * HOUR, 30 * MINUTE, False) == (lunch.earliest, lunch.latest, lunch.duration, lunch.paid)
    assert (6 * HOUR, None, True) == (lunch.only_if_over, tea.only_if_over, tea.paid)


def test_limits_are_kept_where_they_bind() -> None:
    limits = Limits(visits=1, driving=minutes(30), distance_m=5_000, duration=minutes(90))

    found = compiled(day(visit("V"), visit("W"), agents=[agent("A", shift(limits=limits))])).problem.shifts[0].limits

    assert (1, 1800, 5_000, 5400) == (found.visits, found.driving, found.distance, found.duration)


def test_a_capacity_that_an_agent_does_not_name_is_no_limit() -> None:
    agents = [agent("A", capacity={"parcels": 2}), agent("B")]
    problem = compiled(day(visit("V", load={"parcels": 3}), visit("W", load={"parcels": 4}), agents=agents)).problem

    assert [(2,), (7,)] == [one.capacity for one in problem.shifts]


def test_a_load_that_nobody_has_a_capacity_for_is_no_dimension() -> None:
    request = day(visit("V", load={"parcels": 3, "letters": 1}), agents=[agent(capacity={"letters": 5, "keys": 1})])

    assert (("letters",), (1,)) == (compiled(request).codebook.loads, compiled(request).problem.visits[0].load)


@pytest.mark.parametrize(("per_hour", "surcharge"), [(30.0, 10_000), (None, 0), (15.0, 0)])
def test_an_hour_of_overtime_costs_its_own_rate_instead_but_is_never_a_discount(
    per_hour: float | None, surcharge: int
) -> None:
    pay = Pay(fixed=5, per_hour=20, per_km=0.4, overtime_per_hour=per_hour)

    found = compiled(day(visit("V"), agents=[agent(pay=pay)])).problem.shifts[0].pay

    assert (5 * UNIT, 20_000, 1_440, surcharge) == (
        found.fixed,
        found.per_second,
        found.per_metre,
        found.overtime_per_second,
    )


def test_what_comes_after_another_visit_is_linked_to_it() -> None:
    problem = compiled(day(visit("V", after=[After("W", minutes(30))]), visit("W"))).problem

    assert (Link(first=1, then=0, gap=1800),) == problem.links


def test_fairness_has_a_price_and_what_everybody_brings_along() -> None:
    agents = [agent("A", worked=timedelta(hours=3)), agent("B")]
    request = day(visit("V"), agents=agents, objective=Objective("profit", fairness=2))

    assert Fairness(2 * UNIT, (3 * HOUR, 0)) == compiled(request).problem.fairness


def test_every_profile_has_its_matrix() -> None:
    agents = [agent("A"), agent("B", profile="foot"), agent("C")]
    travel = Travel("matrix", {"foot": street(minute=600), "car": street()})

    problem = compiled(day(visit("V", 1), agents=agents, travel=travel)).problem

    assert [60, 600, 60] == [int(problem.travel_of(one).seconds[0, 1]) for one in problem.shifts]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (visit("V", flags=["do_not_visit"]), "do_not_visit"),
        (visit("V", place=Place(address="Somewhere 1")), "location_missing"),
        (visit("V", 1, ("7:00", "8:00")), "time_window"),
        (visit("V", 1, ("10:00", "10:05")), "time_window"),
        (visit("V", 1, ("10:00", "11:00"), lock=Lock(start=at("12:00"))), "time_window"),
    ],
    ids=["do not visit", "address only", "before work", "too short", "locked outside"],
)
def test_a_visit_that_nobody_could_serve_at_any_time_stays_outside(asked: Visit, expected: str) -> None:
    request = day(asked, visit("W"))

    assert expected == left_out(request)["V"].code
    assert 1 == len(compiled(request).problem.visits)


def test_a_window_too_short_says_how_much_it_lacks() -> None:
    request = day(visit("V", 1, ("10:00", "10:05"), ("11:00", "11:07")))

    assert minutes(3) == left_out(request)["V"].would_need


def test_whoever_comes_after_it_stays_outside_too_down_the_line() -> None:
    request = day(
        visit("Z", after=[After("Y")]), visit("Y", after=[After("V")]), visit("V", flags=["do_not_visit"]), visit("W")
    )

    assert {"V": None, "Y": "V", "Z": "Y"} == {name: left.other for name, left in left_out(request).items()}
    assert ["Z", "Y", "V"] == list(left_out(request))


def test_an_option_saves_a_visit_whose_own_address_is_unknown() -> None:
    request = day(visit("V", place=Place(address="Somewhere 1"), options=[option("work", 4)]))

    assert [("work", house(4))] == [(way.option, way.place) for way in compiled(request).codebook.calls[0].ways]


EVENINGS = [met("9:00", "15:00", 0.2), met("15:00", "17:00", 0.6)]


def prizes(request: DayRequest, number: int = 0) -> list[float]:
    """What each option of a visit is worth."""
    return [one.prize / UNIT for one in compiled(request).problem.visits[number].options]


def test_each_slot_in_which_somebody_is_met_is_an_option_with_its_own_windows_and_prize() -> None:
    request = day(visit("V", 3, contact=EVENINGS))
    first, second = compiled(request).problem.visits[0].options

    assert [10, 30] == prizes(request)
    assert (StartWindow(0, 6 * HOUR - 600),) == first.windows
    assert (StartWindow(6 * HOUR, 8 * HOUR - 600),) == second.windows


def test_slots_of_every_option_lead_back_to_it() -> None:
    request = day(visit("V", 3, contact=EVENINGS, options=[option("work", 8, value_factor=0.5)]))
    ways = compiled(request).codebook.calls[0].ways

    assert [10, 30, 5, 15] == prizes(request)
    assert [(None, 0.2), (None, 0.6), ("work", 0.2), ("work", 0.6)] == [
        (way.option, way.slot and way.slot.probability) for way in ways
    ]


def test_a_slot_too_short_for_the_visit_is_no_option() -> None:
    assert [10] == prizes(day(visit("V", contact=[met("9:00", "15:00", 0.2), met("15:00", "15:09", 0.9)])))


COME_WHAT_MAY = [
    ("required", [visit("V", required=True, contact=EVENINGS)], ()),
    ("locked", [visit("V", lock=Lock(position="first"), contact=EVENINGS)], ()),
    ("before another", [visit("V", contact=EVENINGS), visit("W", after=[After("V")])], ()),
    ("in the baseline", [visit("V", contact=EVENINGS)], [given("A/mon", "V")]),
]


@pytest.mark.parametrize(
    ("visits", "baseline"), [case[1:] for case in COME_WHAT_MAY], ids=[c[0] for c in COME_WHAT_MAY]
)
def test_a_visit_that_may_be_made_come_what_may_has_an_option_worth_nothing_at_any_time(
    visits: list[Visit], baseline: list[GivenItinerary]
) -> None:
    assert [10, 30, 0] == prizes(day(*visits, baseline=baseline))


def test_so_has_a_visit_of_itineraries_that_are_to_be_measured() -> None:
    request = day(visit("V", contact=EVENINGS), visit("W", contact=EVENINGS))
    found = prepare(request, Sources(Roads(Estimate()), Packs.of()), [given("A/mon", "W")]).compiled.problem

    assert [2, 3] == [len(one.options) for one in found.visits]


def test_whoever_is_never_expected_to_be_met_is_out() -> None:
    at_night = left_out(day(visit("V", contact=[met("18:00", "20:00", 0.0)])))["V"]
    too_short = left_out(day(visit("V", contact=[met("12:00", "12:04", 0.9)])))["V"]
    nowhere = left_out(day(visit("V", 1, ("9:00", "9:05"), contact=[met("9:00", "9:05", 0.9)])))["V"]

    assert [("time_window", None, True), ("time_window", minutes(6), True), ("time_window", minutes(5), False)] == [
        (left.code, left.would_need, left.nobody_met) for left in (at_night, too_short, nowhere)
    ]


def test_without_expected_value_contact_makes_no_options() -> None:
    request = day(visit("V", contact=EVENINGS), objective=Objective(expected_value=False))

    assert [50] == prizes(request)


def slowed(*profiles: str) -> DayRequest:
    """A rush hour at half past nine, for agents of these profiles."""
    travel = Travel("matrix", dict.fromkeys(profiles, street()), slowdowns=(slowdown(9.5, 10, 1.35),))
    agents = [agent(f"A-{profile}", profile=profile) for profile in profiles]
    return day(visit("V"), agents=agents, travel=travel)


def test_slowdowns_become_paces_of_a_ten_thousandth_rounded_down() -> None:
    (matrix,) = compiled(slowed("car")).problem.travel

    assert (Slowdown(HOUR // 2, HOUR, 7_407),) == matrix.slowdowns


def test_slowdowns_are_for_all_profiles_but_foot_and_bicycle() -> None:
    matrices = compiled(slowed("car", "foot", "van", "bicycle")).problem.travel

    assert [1, 0, 1, 0] == [len(matrix.slowdowns) for matrix in matrices]


def test_slowdowns_of_days_on_which_nobody_works_are_left_away() -> None:
    agents = [agent("A", shift(name="mon"), shift(name="fri", day=6))]
    (matrix,) = compiled(replace(slowed("car"), agents=tuple(agents))).problem.travel
    friday = 4 * 24 * HOUR

    assert [HOUR // 2, friday + HOUR // 2] == [slow.opens for slow in matrix.slowdowns]


def test_a_factor_of_one_is_no_slowdown() -> None:
    request = slowed("car")
    travel = replace(request.travel, slowdowns=(slowdown(9.5, 10, 1),))

    assert () == compiled(replace(request, travel=travel)).problem.travel[0].slowdowns
