"""Plans by a planner that lost something of the request on its way: the audit, which reads the request itself, knows.

The checker cannot: it judges by whatever reached the solver. So a day is planned as it was *understood*, passes both
gates, and is then held against what was *asked*.
"""

import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from service.audit import audit
from service.day.agent import Agent, Limits, Pay, Shift
from service.day.place import Point
from service.day.plan import Plan
from service.day.request import DayRequest, Objective, Travel
from service.day.visit import After, Lock
from service.horizon import Horizon
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import GateFailed, plan_day
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.travel import AskedAnew
from tests.worlds import agent, at, day, met, minutes, option, rest, shift, slowdown, street, visit

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Lost:
    """What was asked, what a planner understood, and the code of the rule that its plan breaks."""

    sentence: str
    asked: DayRequest
    understood: DayRequest
    code: str


def planned(request: DayRequest) -> Plan:
    return plan_day(
        request,
        sources=Sources(Roads(Estimate()), Packs.of()),
        solver=InProcess(),
        on_better=lambda _: None,
        stop=threading.Event(),
    )


def codes(asked: DayRequest, plan: Plan) -> set[str]:
    return {violated.code for violated in audit(asked, plan, AskedAnew(asked))}


def by(one: Agent) -> DayRequest:
    """A visit three houses away, made by this agent."""
    return day(visit("V", 3), agents=[one])


def works(one: Shift) -> DayRequest:
    """A visit three houses away, made in this shift."""
    return by(agent("A", one))


DAY = day(visit("V", 3))
PARCEL = visit("V", 3, load={"parcels": 3})
FAR_AWAY = (Point(61, 24), Point(62, 24), Point(62, 25))

LOST = [
    Lost(
        "the service counts from its start alone, so that it ends after the window",
        day(visit("V", 3, ("9:00", "9:10"))),
        day(visit("V", 3, ("9:00", "9:20"))),
        "time_window",
    ),
    Lost("time windows", day(visit("V", 3, ("12:00", "13:00"))), DAY, "time_window"),
    Lost(
        "a minute of a time window",
        day(visit("V", 3, ("9:04", "9:14"))),
        day(visit("V", 3, ("9:03", "9:14"))),
        "time_window",
    ),
    Lost("the duration", day(visit("V", 3, lasts=minutes(15))), DAY, "service_time"),
    Lost("the set-up", day(visit("V", 3, setup=minutes(2))), DAY, "setup_time"),
    Lost(
        "the speed of the road",
        replace(DAY, travel=Travel("matrix", {"car": street(minute=61)})),
        DAY,
        "travel_time",
    ),
    Lost("the speed factor", replace(DAY, travel=replace(DAY.travel, speed_factor=0.9)), DAY, "travel_time"),
    Lost(
        "the rush hour",
        replace(DAY, travel=replace(DAY.travel, slowdowns=(slowdown(9, 10, 2),))),
        DAY,
        "travel_time",
    ),
    Lost(
        "how slow the rush hour is",
        replace(DAY, travel=replace(DAY.travel, slowdowns=(slowdown(9, 10, 2),))),
        replace(DAY, travel=replace(DAY.travel, slowdowns=(slowdown(9, 10, 1.9),))),
        "travel_time",
    ),
    Lost(
        "whose clock the rush hour goes by",
        replace(DAY, travel=replace(DAY.travel, slowdowns=(slowdown(9, 10, 2),))),
        replace(DAY, travel=replace(DAY.travel, slowdowns=(slowdown(9, 10, 2),)), timezone="Europe/London"),
        "travel_time",
    ),
    Lost("when somebody is met", day(visit("V", 3, contact=[met("12:00", "13:00", 0.5)])), DAY, "contact"),
    Lost(
        "how likely somebody is met",
        day(visit("V", 3, contact=[met("9:00", "10:00", 0.5)])),
        day(visit("V", 3, contact=[met("9:00", "10:00", 0.6)])),
        "contact",
    ),
    Lost(
        "that value is expected value",
        day(visit("V", 3, contact=[met("9:00", "10:00", 0.5)])),
        day(visit("V", 3, contact=[met("9:00", "10:00", 0.5)]), objective=Objective(expected_value=False)),
        "value",
    ),
    Lost("forbidden agents", day(visit("V", 3, forbidden=["A"])), DAY, "agent_not_allowed"),
    Lost("the only agents", day(visit("V", 3, only=["B"]), agents=[agent("A"), agent("B")]), DAY, "agent_not_allowed"),
    Lost("skills", day(visit("V", 3, skills={"kyc": 1})), DAY, "skill_missing"),
    Lost(
        "levels of skills",
        day(visit("V", 3, skills={"kyc": 2}), agents=[agent(skills={"kyc": 1})]),
        DAY,
        "skill_level",
    ),
    Lost("the party size", day(visit("V", 3, party_size=2)), DAY, "party_size"),
    Lost("the territory", by(agent(territory=FAR_AWAY)), DAY, "territory"),
    Lost("the load", day(PARCEL, agents=[agent(capacity={"parcels": 2})]), day(PARCEL), "capacity"),
    Lost(
        "the lock to an agent",
        day(visit("V", 3, lock=Lock(agent="B")), agents=[agent("A"), agent("B")]),
        DAY,
        "agent_not_allowed",
    ),
    Lost("the lock to a start", day(visit("V", 3, lock=Lock(start=at("12:00")))), DAY, "lock_start"),
    Lost(
        "the lock to a position",
        day(visit("V", 3, lock=Lock(position="last")), visit("W", 4, ("12:00", "13:00"))),
        day(visit("V", 3, ("9:00", "10:00")), visit("W", 4, ("12:00", "13:00"))),
        "position",
    ),
    Lost("do not visit", day(visit("V", 3, flags=["do_not_visit"])), DAY, "do_not_visit"),
    Lost(
        "that a visit is required",
        day(visit("V", 3, ("8:00", "8:30"), required=True)),
        day(visit("V", 3, ("8:00", "8:30"))),
        "required_missed",
    ),
    Lost(
        "what comes after what",
        day(visit("V", 3, ("15:00", "16:00")), visit("W", 3, ("9:00", "10:00"), after=[After("V")])),
        day(visit("V", 3, ("15:00", "16:00")), visit("W", 3, ("9:00", "10:00"))),
        "min_gap",
    ),
    Lost(
        "the gap between two visits",
        day(visit("V", 3), visit("W", 3, after=[After("V", HOUR)])),
        day(visit("V", 3), visit("W", 3, after=[After("V")])),
        "min_gap",
    ),
    Lost(
        "a visit that cannot be made without another",
        day(visit("V", 3, ("8:00", "8:30")), visit("W", 3, after=[After("V")])),
        day(visit("V", 3, ("8:00", "8:30")), visit("W", 3)),
        "predecessor_unassigned",
    ),
    Lost("when the shift starts", works(shift("12:00", "17:00")), works(shift("9:00", "10:00")), "shift_start"),
    Lost("when the shift ends", works(shift("9:00", "9:15")), works(shift("9:00", "9:16")), "shift_too_short"),
    Lost(
        "the length of overtime",
        works(shift("9:00", "9:14", overtime=minutes(1))),
        works(shift("9:00", "9:14", overtime=minutes(2))),
        "shift_too_short",
    ),
    Lost("where the shift starts", works(shift(start_house=9)), works(shift()), "travel_time"),
    Lost("where the shift ends", works(shift(end_house=9)), works(shift()), "way_back"),
    Lost("the break", works(shift(breaks=[rest("9:00", "16:00")])), works(shift()), "break_missing"),
    Lost(
        "how long a day the break is for",
        works(shift(breaks=[rest("9:00", "16:00", only_if_shift_over=HOUR)])),
        works(shift(breaks=[rest("9:00", "16:00")])),
        "break_not_due",
    ),
    Lost(
        "how long the break is",
        works(shift(breaks=[rest("9:00", "16:00")])),
        works(shift(breaks=[rest("9:00", "16:00", lasts=minutes(29))])),
        "break_time",
    ),
    Lost(
        "when the break is",
        works(shift(breaks=[rest("12:00", "13:00")])),
        works(shift(breaks=[rest("9:00", "9:30")])),
        "break_time",
    ),
    Lost("the limit of visits", works(shift(limits=Limits(visits=0))), DAY, "max_visits"),
    Lost("the limit of driving", works(shift(limits=Limits(driving=minutes(5)))), DAY, "max_driving"),
    Lost("the limit of the distance", works(shift(limits=Limits(distance_m=599))), DAY, "max_distance"),
    Lost("the limit of the duration", works(shift(limits=Limits(duration=minutes(15)))), DAY, "max_duration"),
    Lost("the value", day(visit("V", 3, value=51)), DAY, "value"),
    Lost(
        "the factor of an option's value",
        day(visit("V", 3, ("8:00", "8:30"), options=[option("home", None, ("9:00", "10:00"), value_factor=0.5)])),
        day(visit("V", 3, ("8:00", "8:30"), options=[option("home", None, ("9:00", "10:00"))])),
        "value",
    ),
    Lost("the pay", by(agent(pay=Pay(per_hour=20))), by(agent(pay=Pay(per_hour=21))), "cost"),
    Lost("the price of a kilometre", by(agent(pay=Pay(per_km=0.4))), DAY, "cost"),
    Lost(
        "the preferred agent",
        day(visit("V", 3, preferred={"B": 5}), agents=[agent("A"), agent("B", shift("9:00", "9:05", name="B"))]),
        DAY,
        "cost",
    ),
    Lost(
        "fairness",
        day(visit("V", 3), agents=[agent("A"), agent("B")], objective=Objective(fairness=1)),
        day(visit("V", 3), agents=[agent("A"), agent("B")]),
        "cost",
    ),
]


@pytest.mark.parametrize("lost", LOST, ids=lambda lost: lost.sentence)
def test_whoever_forgets_this_is_found_out(lost: Lost) -> None:
    plan = planned(lost.understood)

    assert lost.code in codes(lost.asked, plan)
    assert codes(lost.understood, plan) == set()


def by_the_clock_on_the_wall(horizon: Horizon, seconds: int, zone: tzinfo) -> datetime:
    """What adding to a local time gives: wrong across a change of clocks."""
    return horizon.origin.astimezone(zone) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "starts",
    [datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)],
    ids=["spring", "autumn"],
)
def test_an_itinerary_written_by_the_clock_on_the_wall_does_not_leave(
    starts: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shift begins half an hour before clocks change and its visit comes after."""
    zone = ZoneInfo("Europe/Helsinki")
    night = replace(shift(), start=starts.astimezone(zone), end=(starts + 4 * HOUR).astimezone(zone))
    late = replace(visit("V", 3), lock=Lock(start=(starts + HOUR).astimezone(zone)))
    request = day(late, agents=[agent("A", night)])
    right = planned(request)
    monkeypatch.setattr(Horizon, "instant", by_the_clock_on_the_wall)

    assert codes(request, right) == set()
    with pytest.raises(GateFailed, match="audit"):
        planned(request)
