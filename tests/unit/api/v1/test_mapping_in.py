"""What a request leaves out is filled in with what it means."""

from datetime import datetime, timedelta
from typing import cast

import pytest

from api.v1.mapping_in import day_request
from api.v1.requests import PlanRequest
from service.day.agent import Break, Limits, Pay
from service.day.place import Place, Point
from service.day.request import DayRequest, GivenItinerary, GivenMatrix, Slowdown
from service.day.visit import After, AgentRules, Contact, Lock, Option
from service.day.window import TimeWindow
from tests.web import at, small_day

START = Place(Point(60.17, 24.94))
NINE, TEN = "2026-03-02T09:00:00+02:00", "2026-03-02T10:00:00+02:00"


def mapped(**keys: object) -> DayRequest:
    return day_request(PlanRequest.model_validate(small_day() | keys))


def with_shift(**keys: object) -> DayRequest:
    day = small_day()
    at(day, "agents", 0, "shifts", 0).update(keys)
    return mapped(**day)


def with_visit(**keys: object) -> DayRequest:
    day = small_day()
    at(day, "visits", 0).update(keys)
    return mapped(**day)


def test_a_shift_without_an_end_location_ends_where_it_starts() -> None:
    assert START == with_shift().agents[0].shifts[0].end_place


def test_a_shift_whose_end_location_is_null_ends_anywhere() -> None:
    assert with_shift(end_location=None).agents[0].shifts[0].end_place is None


def test_a_shift_ends_where_it_says() -> None:
    shift = with_shift(end_location={"lat": 60.2, "lon": 24.9}).agents[0].shifts[0]

    assert (START, Place(Point(60.2, 24.9))) == (shift.start_place, shift.end_place)


def test_limits_breaks_and_overtime_arrive_whole() -> None:
    lunch = {"id": "lunch", "paid": True, "duration": "PT30M", "earliest": NINE, "latest": TEN}
    limits = {"visits": 18, "driving": "PT5H", "distance_m": 60000, "duration": "PT9H"}
    shift = (
        with_shift(overtime="PT30M", limits=limits, breaks=[lunch | {"only_if_shift_over": "PT6H"}]).agents[0].shifts[0]
    )

    assert timedelta(minutes=30) == shift.overtime
    assert Limits(18, timedelta(hours=5), 60000, timedelta(hours=9)) == shift.limits
    nine, ten = (datetime.fromisoformat(instant) for instant in (NINE, TEN))
    lunch = Break("lunch", timedelta(minutes=30), nine, ten, paid=True, only_if_shift_over=timedelta(hours=6))
    assert (lunch,) == shift.breaks


def test_an_agent_arrives_whole() -> None:
    day = small_day()
    keys: dict[str, object] = {
        "skills": {"kyc": 2},
        "profile": "foot",
        "territory": [{"lat": 60, "lon": 24}, {"lat": 61, "lon": 24}, {"lat": 61, "lon": 25}],
        "party_size": 2,
        "capacity": {"parcels": 20},
        "history": {"worked": "PT38H"},
        "cost": {"fixed": 1, "per_hour": 20, "per_km": 0.4, "overtime_per_hour": 30},
    }
    at(day, "agents", 0).update(keys)
    agent = mapped(**day).agents[0]

    assert ({"kyc": 2}, "foot", 2, {"parcels": 20}) == (agent.skills, agent.profile, agent.party_size, agent.capacity)
    assert (Point(60, 24), Point(61, 24), Point(61, 25)) == agent.territory
    assert timedelta(hours=38) == agent.worked
    assert Pay(1, 20, 0.4, 30) == agent.pay


def test_a_visit_arrives_whole() -> None:
    window = {"start": NINE, "end": TEN}
    at_nine, at_ten = map(datetime.fromisoformat, (NINE, TEN))
    keys: dict[str, object] = {
        "address": "Street 1",
        "value": 7,
        "required": True,
        "setup": "PT2M",
        "time_windows": [window],
        "options": [{"id": "work", "location": {"lat": 60.2, "lon": 24.9}, "value_factor": 0.6}],
        "skills": {"kyc": 1},
        "party_size": 2,
        "load": {"parcels": 1},
        "agents": {"only": ["A-1"], "preferred": {"A-1": 5}, "forbidden": ["A-9"]},
        "after": [{"visit": "V-2", "min_gap": "PT1H"}],
        "lock": {"agent": "A-1", "start": NINE, "position": "first"},
        "timezone": "Europe/Helsinki",
        "account": "ref",
        "flags": ["do_not_visit"],
        "data": {"any": [1, None]},
    }
    visit = with_visit(**keys).visits[0]

    assert Place(Point(60.17, 24.95), address="Street 1") == visit.place
    assert (80, 7.0, True) == (visit.priority, visit.value, visit.required)
    assert (timedelta(minutes=15), timedelta(minutes=2)) == (visit.duration, visit.setup)
    assert (TimeWindow(at_nine, at_ten),) == visit.time_windows
    assert (Option("work", Place(Point(60.2, 24.9)), None, 0.6),) == visit.options
    assert ({"kyc": 1}, 2, {"parcels": 1}) == (visit.skills, visit.party_size, visit.load)
    assert AgentRules(frozenset({"A-1"}), {"A-1": 5}, frozenset({"A-9"})) == visit.agents
    assert (After("V-2", timedelta(hours=1)),) == visit.after
    assert Lock("A-1", at_nine, "first") == visit.lock
    assert ("Europe/Helsinki", "ref", {"any": [1, None]}) == (visit.timezone, visit.account, visit.data)
    assert visit.do_not_visit


def test_a_visit_may_have_no_more_than_an_address() -> None:
    visit = with_visit(location=None, address="Street 1").visits[0]

    assert Place(address="Street 1") == visit.place
    assert not visit.place.known


@pytest.mark.parametrize("absent", [None, "absent"])
def test_windows_that_are_absent_or_null_are_any_time(absent: str | None) -> None:
    keys = {"time_windows": None} if absent is None else {}

    assert with_visit(**keys).visits[0].time_windows is None


def test_travel_baseline_objective_and_options_arrive_whole() -> None:
    day = mapped(
        travel={"source": "matrix", "matrices": [{"profile": "car", "seconds": [[0, None]]}], "speed_factor": 1.5},
        baseline={"itineraries": [{"shift_id": "A-1/mon", "visits": ["V-1"], "starts": {"V-1": NINE}}]},
        objective={"mode": "profit", "fairness": 2},
        options={
            "time_limit": "PT2.5S",
            "stall_limit": "PT1S",
            "solution_limit": 7,
            "seed": 3,
            "engine": "routing",
            "explain": False,
        },
    )

    assert ("matrix", 1.5) == (day.travel.source, day.travel.speed_factor)
    assert {"car": GivenMatrix([[0, None]], None)} == day.travel.matrices
    assert (GivenItinerary("A-1/mon", ("V-1",), {"V-1": datetime.fromisoformat(NINE)}),) == day.baseline
    assert ("profit", 2.0) == (day.objective.mode, day.objective.fairness)
    options = day.options
    assert (timedelta(seconds=2.5), timedelta(seconds=1), 7, 3, "routing", False) == (
        options.time_limit,
        options.stall_limit,
        options.solution_limit,
        options.seed,
        options.engine,
        options.explain,
    )


def test_slowdowns_are_times_of_day_and_the_last_may_be_midnight() -> None:
    rush = [{"from": "07:05", "to": "09:00", "factor": 1.35}, {"from": "23:00", "to": "24:00", "factor": 2}]

    assert (
        Slowdown(timedelta(hours=7, minutes=5), timedelta(hours=9), 1.35),
        Slowdown(timedelta(hours=23), timedelta(hours=24), 2),
    ) == mapped(travel={"slowdowns": rush}).travel.slowdowns


def test_contact_arrives_whole() -> None:
    contact = [{"start": NINE, "end": TEN, "probability": 0.55}]
    nine, ten = (datetime.fromisoformat(instant) for instant in (NINE, TEN))

    assert (Contact(TimeWindow(nine, ten), 0.55),) == with_visit(contact=contact).visits[0].contact
    assert () == with_visit(contact=[]).visits[0].contact == with_visit(contact=None).visits[0].contact


def test_value_is_expected_value_unless_it_is_said_that_it_is_not() -> None:
    assert mapped().objective.expected_value
    assert not mapped(objective={"expected_value": False}).objective.expected_value


def test_keys_without_effect_in_this_version_are_taken() -> None:
    day = cast("dict[str, object]", small_day() | {"policy": None})
    at(day, "visits", 0).update({"segment": None, "jurisdiction": None})
    at(day, "options").update({"geometry": "none"})

    assert mapped(**day) == mapped()
