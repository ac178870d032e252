"""Itineraries that somebody else decided: their times, their score, and the rules they break."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service import given_plan
from service.day.agent import Agent, Limits, Pay
from service.day.place import Place
from service.day.plan import BreakStop, Plan
from service.day.request import DayRequest, GivenItinerary, Objective
from service.day.visit import After, Lock
from service.evaluate_plan import evaluate_plan
from service.hours.packs import Packs
from service.preparation import PlanRefused
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.worlds import agent, at, day, given, house, met, minutes, option, rest, shift, visit


def evaluate(request: DayRequest, *itineraries: GivenItinerary) -> Plan:
    return evaluate_plan(request, itineraries, sources=Sources(Roads(Estimate()), Packs.of()))


def test_times_follow_from_the_order_of_the_visits() -> None:
    """Three minutes to V, ten there, two to W, ten there, five back."""
    request = day(visit("V", 3, ("9:03", "17:00")), visit("W", 5), agents=[agent("A", shift("9:00", "9:30"))])

    itinerary = evaluate(request, given("A/mon", "V", "W")).itineraries[0]

    assert [("V", at("9:03"), at("9:13")), ("W", at("9:15"), at("9:25"))] == [
        (stop.visit_id, stop.start, stop.finish) for stop in itinerary.visits
    ]
    assert (at("9:00"), at("9:30")) == (itinerary.start, itinerary.finish)


def test_starts_that_are_given_are_kept() -> None:
    plan = evaluate(day(visit("V", 3)), given("A/mon", "V", starts={"V": at("11:00")}))

    assert (at("10:57"), at("11:00"), ()) == (
        plan.itineraries[0].start,
        plan.itineraries[0].visits[0].start,
        plan.violations,
    )


def test_a_stop_tells_its_way_its_wait_its_set_up_and_its_window() -> None:
    first = visit("V", 3, ("9:00", "9:15"), setup=minutes(2))
    second = visit("W", 5, ("10:00", "11:00"), ("10:30", "12:00"), setup=minutes(1))

    stop = evaluate(day(first, second), given("A/mon", "V", "W")).itineraries[0].visits[1]

    assert (minutes(2), minutes(1), 200) == (stop.travel, stop.setup, stop.distance_m)
    assert stop.start - stop.arrive - minutes(1) == stop.wait > minutes(0)
    assert stop.window is not None
    assert (at("10:00"), at("12:00")) == (stop.window.start, stop.window.end)


def test_set_up_is_spent_once_at_a_door_however_many_visits_are_made_there() -> None:
    request = day(visit("V", 3, setup=minutes(2)), visit("W", 3, setup=minutes(2)))

    itinerary = evaluate(request, given("A/mon", "V", "W")).itineraries[0]

    assert [minutes(2), minutes(0)] == [stop.setup for stop in itinerary.visits]
    assert minutes(2) == itinerary.metrics.setup


def test_nobody_sets_up_where_the_shift_starts() -> None:
    itinerary = evaluate(day(visit("V", 0, setup=minutes(2))), given("A/mon", "V")).itineraries[0]

    assert minutes(0) == itinerary.metrics.setup


def test_the_parts_of_a_day_add_up_to_the_whole() -> None:
    request = day(
        visit("V", 3, ("9:03", "9:15"), setup=minutes(2)),
        visit("W", 5, ("16:00", "17:00")),
        agents=[agent("A", shift(breaks=[rest("12:00", "13:00")]), pay=Pay(per_hour=60))],
    )

    told = evaluate(request, given("A/mon", "V", "W")).itineraries[0].metrics

    assert told.working == told.driving + told.service + told.setup + told.wait + told.breaks
    assert (minutes(10), minutes(20), minutes(2), minutes(30), 1_000) == (
        told.driving,
        told.service,
        told.setup,
        told.breaks,
        told.distance_m,
    )
    assert told.working - minutes(30) == told.paid


def test_breaks_stand_among_the_stops_in_order_of_time() -> None:
    request = day(
        visit("V", 3, ("9:00", "10:00")),
        visit("W", 3, ("15:00", "16:00")),
        agents=[agent("A", shift(breaks=[rest("12:00", "13:00")]))],
    )

    stops = evaluate(request, given("A/mon", "V", "W")).itineraries[0].stops

    assert [False, True, False] == [isinstance(stop, BreakStop) for stop in stops]


def test_an_open_end_has_no_way_back() -> None:
    request = day(visit("V", 3), agents=[agent("A", shift(end_house=None))])

    assert None is evaluate(request, given("A/mon", "V")).itineraries[0].way_back


def test_the_way_back_is_told_too() -> None:
    way_back = evaluate(day(visit("V", 3)), given("A/mon", "V")).itineraries[0].way_back

    assert way_back is not None
    assert (house(0), minutes(3), 300) == (way_back.place, way_back.travel, way_back.distance_m)


def test_costs_are_told_by_kind_in_the_currency_of_the_request() -> None:
    """16 minutes of work at 30 an hour, 600 m at 0.5 a km, and 6 minutes of overtime at 10 more."""
    pay = Pay(fixed=3, per_hour=30, per_km=0.5, overtime_per_hour=40)
    request = day(
        visit("V", 3, preferred={"B": 2}),
        agents=[agent("A", shift("9:00", "9:10", overtime=minutes(30)), pay=pay), agent("B")],
    )

    cost = evaluate(request, given("A/mon", "V")).score.cost

    assert (3, 0.3, 8, 1, 2, 0) == (cost.fixed, cost.travel, cost.wages, cost.overtime, cost.preferences, cost.fairness)
    assert 14.3 == cost.total


def test_fairness_is_the_price_of_unequal_days() -> None:
    """One hour and none: each half an hour from the mean."""
    request = day(visit("V", 0, lasts=minutes(60)), agents=[agent("A"), agent("B")], objective=Objective(fairness=10))

    assert 5 == evaluate(request, given("A/mon", "V")).score.cost.fairness


def test_the_value_is_that_of_the_options_served() -> None:
    request = day(
        visit("V", 3, ("9:00", "9:30"), priority=80, options=[option("late", 3, ("16:00", "17:00"), value_factor=0.25)])
    )

    plan = evaluate(request, given("A/mon", "V", starts={"V": at("16:05")}))

    assert (20, "late", ()) == (plan.score.value, plan.itineraries[0].visits[0].option, plan.violations)


def test_an_option_that_is_named_is_used_even_if_another_suits_better() -> None:
    request = day(visit("V", 3, priority=80, options=[option("work", 9, value_factor=0.5)]))
    named = GivenItinerary("A/mon", ("V",), options={"V": "work"})

    assert (40, 9) == (
        evaluate(request, named).score.value,
        evaluate(request, named).itineraries[0].visits[0].place.index,
    )


def test_visits_that_nobody_was_given_are_unassigned() -> None:
    plan = evaluate(day(visit("V"), visit("W", required=True)), given("A/mon", "V"))

    assert (["W"], 1) == ([left.visit_id for left in plan.unassigned], plan.score.required_missed)


def test_a_lawful_plan_breaks_no_rule() -> None:
    assert () == evaluate(day(visit("V", 3), visit("W", 5)), given("A/mon", "V", "W")).violations


def limited(**limits: int | timedelta) -> list[Agent]:
    return [agent("A", shift(limits=replace(Limits(), **limits)))]


BROKEN = [
    (day(visit("V", 5, ("9:00", "9:12"))), ["V"], "time_window", 180),
    (day(visit("V"), agents=[agent("A", shift("9:00", "9:10"))]), ["V"], "shift_too_short", 120),
    (day(visit("V"), visit("W"), agents=limited(visits=1)), ["V", "W"], "max_visits", 1),
    (day(visit("V", 5), agents=limited(driving=minutes(8))), ["V"], "max_driving", 120),
    (day(visit("V", 5), agents=limited(distance_m=900)), ["V"], "max_distance", 100),
    (day(visit("V", 5), agents=limited(duration=minutes(19))), ["V"], "max_duration", 60),
    (day(visit("V", load={"boxes": 3}), agents=[agent(capacity={"boxes": 1})]), ["V"], "capacity", 2),
    (day(visit("V", skills={"kyc": 3}), agents=[agent(skills={"kyc": 1})]), ["V"], "skill_level", 1),
    (day(visit("V", forbidden=["A"])), ["V"], "agent_not_allowed", 1),
    (day(visit("V", after=[After("W")]), visit("W")), ["V"], "predecessor_unassigned", 1),
    (day(visit("V", lock=Lock(position="first")), visit("W")), ["W", "V"], "position", 1),
    (day(visit("V"), visit("W")), ["V", "V"], "served_twice", 1),
    (day(visit("V", flags=["do_not_visit"])), ["V"], "do_not_visit", 1),
    (day(visit("V", place=Place(address="Somewhere 1"))), ["V"], "location_missing", 1),
    (day(visit("V", 1, ("10:00", "10:04"))), ["V"], "time_window", 360),
]


@pytest.mark.parametrize(("request_", "visits", "code", "amount"), BROKEN, ids=[code for _, _, code, _ in BROKEN])
def test_a_broken_rule_is_told_with_what_is_lacking(
    request_: DayRequest, visits: list[str], code: str, amount: int
) -> None:
    violations = evaluate(request_, given("A/mon", *visits)).violations

    assert [(code, amount)] == [(one.code, one.amount) for one in violations]


def test_evaluating_a_plan_again_by_its_own_starts_gives_the_same_plan() -> None:
    request = day(
        visit("V", 3, ("9:30", "12:00"), setup=minutes(2)),
        visit("W", 5, options=[option("work", 8, ("13:00", "14:00"), value_factor=2)]),
        agents=[agent("A", shift(breaks=[rest("12:00", "13:00")]), pay=Pay(5, 20, 0.4, 30))],
    )
    plan = evaluate(request, given("A/mon", "V", "W"))
    stops = plan.itineraries[0].visits

    again = evaluate(request, given("A/mon", "V", "W", starts={stop.visit_id: stop.start for stop in stops}))

    assert plan == again


def test_a_baseline_is_measured_along_with_it() -> None:
    request = day(visit("V", 3), visit("W", 5, priority=10), baseline=[given("A/mon", "W")])

    baseline = evaluate(request, given("A/mon", "V")).baseline

    assert baseline is not None
    assert (10, 1, ()) == (baseline.score.value, baseline.metrics.planned, baseline.violations)


def test_faults_of_request_and_itineraries_are_told_together() -> None:
    request = day(visit("V"), visit("V"))

    with pytest.raises(PlanRefused) as refused:
        evaluate(request, given("B/mon"), given("A/mon", "W"))

    assert ["duplicate_id", "unknown_shift", "unknown_visit"] == [fault.code for fault in refused.value.faults]
    assert "B/mon" not in str(refused.value)


def test_stops_too_many_to_be_compared_still_count_with_the_slot_they_lie_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """One stop is looked at, and none of the others is moved to where it would be worth more."""
    monkeypatch.setattr(given_plan, "MOST_TRIED", 1)
    contact = [met("9:00", "12:00", 0.2), met("12:00", "17:00", 0.6)]
    request = day(*(visit(f"V-{number}", 3, contact=contact) for number in range(3)))
    plan = evaluate(request, given("A/mon", "V-0", "V-1", "V-2", starts={"V-1": at("10:00"), "V-2": at("13:00")}))

    assert [10, 10, 30] == [stop.contact and stop.contact.expected_value for stop in plan.itineraries[0].visits]
