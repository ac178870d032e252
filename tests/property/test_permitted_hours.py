"""No permitted window holds a minute that a rule forbids: any policy, any zone, any day of 2024-2030.

The judge is a clock: it walks through a window minute by minute, reads what a clock at the door would show, and looks
the time up in the packs themselves.
"""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.day.agent import Agent, Shift
from service.day.daytime import Span, joined
from service.day.place import Place, Point
from service.day.policy import DayName, OwnHours, Policy
from service.day.request import DayRequest, Options
from service.day.visit import Consent, Visit
from service.day.window import TimeWindow
from service.hours.in_force import in_force
from service.hours.packs import Packs, templates
from service.hours.windows import permitted_windows
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.property.door_clock import is_agreed, is_open, law, minutes, people_needed

PACKS: Final = Packs.of()
ZONES: Final = (
    "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Santiago", "Asia/Kathmandu", "Asia/Kolkata",
    "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham", "Europe/Istanbul", "America/Havana",
)  # fmt: skip
"""Half and quarter hours, clocks changed by half an hour, at midnight, in the south; both sides of the date line."""

DAYS: Final = st.dates(date(2024, 1, 1), date(2030, 12, 31))
JURISDICTIONS: Final = st.sampled_from(sorted(pack.id for pack in templates() if pack.activity))
PARTS: Final = st.sampled_from(["US-TX", "GR-A", "DE-BY", "QQ", "US-MA-025"])
"""Without packs of their own."""
LEAP_DAY: Final = date(2028, 2, 29)


@given(JURISDICTIONS, st.booleans(), st.sampled_from(ZONES), DAYS)
@example("US", False, "America/New_York", date(2026, 3, 8))
@example("US", False, "America/New_York", date(2026, 11, 1))
@example("RU", False, "Africa/Cairo", date(2026, 4, 24))
@example("IN", False, "Asia/Kolkata", LEAP_DAY)
@example("ID", True, "Australia/Lord_Howe", date(2026, 4, 5))
def test_no_minute_of_a_permitted_window_is_forbidden(jurisdiction: str, house: bool, name: str, day: date) -> None:
    zone, rules = ZoneInfo(name), in_force(PACKS, Policy(jurisdiction, house_default=house))
    noon = datetime.combine(day, time(12), zone)

    for permitted in permitted_windows(rules, zone, noon, noon + timedelta(days=1)):
        forbidden = [at for at in minutes(permitted.window.start, permitted.window.end) if not is_open(rules, at, zone)]

        assert [] == forbidden


@st.composite
def requests(draw: st.DrawFn) -> DayRequest:
    """A day and a night by the clocks of some zone, for one agent or two, under some policy."""
    zone, day = ZoneInfo(draw(st.sampled_from(ZONES))), draw(DAYS | st.sampled_from(UNUSUAL))
    start = datetime.combine(day, time(draw(st.integers(0, 23))), zone).astimezone(UTC)
    shift = Shift("S", start, start + timedelta(hours=draw(st.integers(2, 30))), DEPOT, None)
    agents = tuple(
        Agent(name, (replace(shift, id=name),), party_size=people) for name, people in (("A", 1), ("B", draw(PEOPLE)))
    )
    visits = tuple(_visit(draw, name, start) for name in "VWX")
    return DayRequest(agents, visits, timezone=str(zone), policy=draw(POLICIES), options=Options(solution_limit=5))


def _visit(draw: st.DrawFn, name: str, start: datetime) -> Visit:
    def window(minutes: tuple[int, int]) -> TimeWindow:
        opens = start + timedelta(minutes=minutes[0])
        return TimeWindow(opens, opens + timedelta(minutes=minutes[1]))

    windows = tuple(map(window, draw(st.lists(SPANS, max_size=2))))
    consent = tuple(Consent(window(span), start.date() - DAY) for span in draw(st.lists(SPANS, max_size=1)))
    lasts = timedelta(minutes=draw(st.integers(0, 150)), seconds=draw(st.sampled_from([0, 1, 59])))
    there = Place(Point(60 + draw(st.integers(0, 5)) / 100, 24.9))
    own = draw(st.none() | JURISDICTIONS | PARTS)
    return Visit(name, there, lasts, time_windows=windows or None, consent=consent, jurisdiction=own, required=True)


DEPOT: Final = Place(Point(60.0, 24.9))
DAY: Final = timedelta(days=1)
PEOPLE: Final = st.integers(1, 2)
SPANS: Final = st.tuples(st.integers(-200, 1500), st.integers(0, 400))
UNUSUAL: Final = (LEAP_DAY, date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5), date(2027, 12, 25), date(2029, 1, 1))
CLOCK: Final = st.tuples(st.integers(0, 23), st.integers(1, 24)).map(
    lambda hours: Span(60 * min(hours[0], hours[1] - 1), 60 * hours[1])
)
OWN: Final = st.builds(
    OwnHours,
    st.frozensets(st.sampled_from(DayName), min_size=4),
    st.lists(CLOCK, min_size=1, max_size=2).map(joined),
)
POLICIES: Final = st.builds(
    Policy,
    st.none() | JURISDICTIONS | PARTS,
    st.none(),
    st.lists(OWN, max_size=1).map(tuple),
    house_default=st.booleans(),
)


@settings(max_examples=2000)
@given(requests())
def test_no_plan_has_anybody_at_a_door_when_that_is_not_permitted(request: DayRequest) -> None:
    plan = plan_day(
        request,
        sources=Sources(Roads(Estimate()), PACKS),
        solver=InProcess(),
        on_better=lambda _: None,
        stop=threading.Event(),
    )

    zone, visits = ZoneInfo(request.timezone or ""), {visit.id: visit for visit in request.visits}
    people = {agent.id: agent.party_size for agent in request.agents}
    for itinerary in plan.itineraries:
        for stop in itinerary.visits:
            visit = visits[stop.visit_id]
            rules = law(PACKS, request.policy or Policy(), visit.jurisdiction)
            moments = list(minutes(stop.start.astimezone(UTC), stop.finish.astimezone(UTC)))
            assert [] == [at for at in moments if not (is_open(rules, at, zone) or is_agreed(rules, visit, at))]
            assert people[itinerary.agent_id] >= max(people_needed(rules, visit.place, at) for at in moments)
            assert stop.basis
