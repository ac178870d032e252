"""An itinerary next to what the request says about it, all instants in UTC.

Python subtracts and compares datetimes of one and the same zone by what their clocks show, which is an hour wrong
across a change of clocks. Nothing here is compared before ``utc`` has seen it.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from service.audit.contact import Chance, chances, chances_at, sent_anyway
from service.audit.permitted import Law, Lawyer
from service.audit.road import Drive, Road
from service.audit.span import Span
from service.day.agent import Agent, Break, Shift
from service.day.place import Place
from service.day.plan import BreakStop, Itinerary, VisitStop
from service.day.request import DayRequest
from service.day.visit import Option, Visit
from service.day.window import TimeWindow
from service.travel.protocol import TravelTimes


def utc(instant: datetime) -> datetime:
    """The instant in UTC. Raises ValueError for one without an offset, which is no instant."""
    if instant.utcoffset() is None:
        message = "a plan tells every time with its offset."
        raise ValueError(message)
    return instant.astimezone(UTC)


def united(windows: Iterable[TimeWindow]) -> tuple[Span, ...]:
    """Windows as spans in order; those that overlap or touch are one, for presence may go on from one to the other."""
    spans: list[Span] = []
    for start, end in sorted((utc(window.start), utc(window.end)) for window in windows):
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class Call:
    """A stop at a door and the visit behind it, by the chosen way: ``asked`` are its windows, ``None`` for any time."""

    stop: VisitStop
    visit: Visit
    place: Place
    asked: tuple[Span, ...] | None
    value: float
    """What is collected this way, whoever is met."""
    law: Law | None
    """What policies say of it, ``None`` if none does."""
    chances: tuple[Chance, ...] | None
    """How likely somebody is met, each with its span: what may be told of that; ``None`` if nothing is known."""
    arrive: datetime
    presence: Span

    @property
    def chance(self) -> Chance | None:
        """The one of its chances that is told, or else the one that comes nearest."""
        told = self.stop.contact.probability if self.stop.contact else 0.0
        return min(self.chances or (), key=lambda chance: abs(chance.probability - told), default=None)

    @property
    def expected_value(self) -> float:
        """What is collected on average, as far as it is known who is met."""
        if self.chances is None:
            return self.value
        return self.value * (self.chance.probability if self.chance else 0.0)


@dataclass(frozen=True, slots=True)
class Rest:
    """A break taken and the shift's break behind it."""

    asked: Break
    span: Span


class Leg(NamedTuple):
    """One way between two places, and when the plan claims to be on it.

    ``call`` is the one it leads to, ``None`` for the way back; ``drive`` is how it goes at those hours, ``None`` where
    there is no way.
    """

    call: Call | None
    arrived: datetime
    drive: Drive | None
    metres: int
    moved: bool
    """Whether it leads to another place."""

    @property
    def driving(self) -> timedelta:
        """Time at the wheel."""
        return self.drive.driving if self.drive else timedelta()


@dataclass(frozen=True, slots=True)
class Day:
    """One itinerary read: what it refers to exists, the rest is for the rules to say."""

    itinerary: Itinerary
    agent: Agent
    shift: Shift
    span: Span
    calls: tuple[Call, ...]
    rests: tuple[Rest, ...]
    legs: tuple[Leg, ...]

    @property
    def length(self) -> timedelta:
        """From leaving to being done."""
        return self.span.end - self.span.start

    def resting(self, start: datetime, end: datetime) -> timedelta:
        """Time between two instants that is spent on breaks."""
        return sum((rest.span.shared(Span(start, end)) for rest in self.rests), start=timedelta())


@dataclass(frozen=True, slots=True)
class Reader:
    """The request by ids, and the travel times it is planned with."""

    request: DayRequest
    travel: TravelTimes
    road: Road
    lawyer: Lawyer
    anyway: frozenset[str]
    """Visits that may be made when nobody is expected."""
    visits: Mapping[str, Visit]
    shifts: Mapping[str, tuple[Agent, Shift]]

    @classmethod
    def of(cls, request: DayRequest, travel: TravelTimes, lawyer: Lawyer) -> Self:
        """Ready to read itineraries that answer ``request``."""
        return cls(
            request,
            travel,
            Road.of(request, lawyer.zone_at),
            lawyer,
            sent_anyway(request),
            {visit.id: visit for visit in request.visits},
            {shift.id: (agent, shift) for agent in request.agents for shift in agent.shifts},
        )

    def where(self, place: Place) -> Hashable:
        """What tells one place from another: its row if the request brings its own matrices, else its coordinates."""
        travel = self.request.travel
        own = travel.source == "matrix" or (travel.source == "auto" and travel.matrices)
        return place.index if own else place.point

    def strangers(self, itinerary: Itinerary) -> int:
        """How many references of the itinerary lead nowhere."""
        if itinerary.shift_id not in self.shifts:
            return 1
        agent, shift = self.shifts[itinerary.shift_id]
        breaks = {rest.id for rest in shift.breaks}
        known = [
            self._option(stop) is not None if isinstance(stop, VisitStop) else stop.break_id in breaks
            for stop in itinerary.stops
        ]
        return known.count(False) + (agent.id != itinerary.agent_id)

    def lost(self, itinerary: Itinerary) -> list[str]:
        """Visits of the itinerary that nobody knows the place of."""
        return [stop.visit_id for stop in itinerary.visits if self.where(self._call(stop).place) is None]

    def day(self, itinerary: Itinerary) -> Day:
        """The itinerary next to what it refers to, all of which exists and lies somewhere."""
        agent, shift = self.shifts[itinerary.shift_id]
        breaks = {rest.id: rest for rest in shift.breaks}
        span = Span(utc(itinerary.start), utc(itinerary.finish))
        calls = tuple(self._call(stop) for stop in itinerary.visits)
        rests = tuple(
            Rest(breaks[stop.break_id], Span(utc(stop.start), utc(stop.finish)))
            for stop in itinerary.stops
            if isinstance(stop, BreakStop)
        )
        return Day(itinerary, agent, shift, span, calls, rests, self._legs(agent, shift, span, calls, rests))

    def _legs(
        self, agent: Agent, shift: Shift, span: Span, calls: tuple[Call, ...], rests: tuple[Rest, ...]
    ) -> tuple[Leg, ...]:
        ends = () if shift.end_place is None else (shift.end_place,)
        places = (shift.start_place, *(call.place for call in calls), *ends)
        matrix = self.travel.matrix(places, agent.profile)
        left = (span.start, *(call.presence.end for call in calls))
        arrived = (*(call.arrive for call in calls), span.end)
        targets = (*calls, None)
        rested = [rest.span for rest in rests]

        def drive(at: int) -> Drive | None:
            if not matrix.reachable(at, at + 1):
                return None
            way = timedelta(seconds=int(matrix.seconds[at, at + 1]))
            return self.road.drive(agent.profile, way, Span(left[at], arrived[at]), rested)

        return tuple(
            Leg(
                targets[at],
                arrived[at],
                drive(at),
                int(matrix.metres[at, at + 1]),
                moved=self.where(places[at]) != self.where(places[at + 1]),
            )
            for at in range(len(places) - 1)
        )

    def _option(self, stop: VisitStop) -> Option | None:
        """The way by which the stop serves its visit; its own place and windows are one too."""
        visit = self.visits.get(stop.visit_id)
        if visit is None:
            return None
        if stop.option is None:
            return Option(id="")
        return next((option for option in visit.options if option.id == stop.option), None)

    def _call(self, stop: VisitStop) -> Call:
        visit, option = self.visits[stop.visit_id], self._option(stop)
        if option is None:
            message = "the stop's option does not exist."
            raise LookupError(message)
        windows = visit.time_windows if option.time_windows is None else option.time_windows
        asked = None if windows is None else united(windows)
        presence = Span(utc(stop.start), utc(stop.finish))
        place = option.place or visit.place
        law = self.lawyer.law(visit, place)
        told = None if stop.window is None else united([stop.window])  # judged by itself, see timing.window_told
        return Call(
            stop=stop,
            visit=visit,
            place=place,
            asked=asked,
            value=visit.worth * option.value_factor,
            law=law,
            chances=self._chances(visit, asked if law is None else told, presence),
            arrive=utc(stop.arrive),
            presence=presence,
        )

    def _chances(self, visit: Visit, asked: tuple[Span, ...] | None, presence: Span) -> tuple[Chance, ...] | None:
        if not visit.contact:
            return None
        if self.request.objective.expected_value:
            return chances(visit, asked, presence, anyway=visit.id in self.anyway)
        return chances_at(visit, presence.start)
