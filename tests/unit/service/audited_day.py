"""A finished plan with a bit of everything, right to the second, for bugs to be planted in. Figures are minutes.

A straight street, place n lies n minutes and 600 n metres from place 0. Shift A (0 to 42, overtime 3) drives
    0 → place 2   arrive 2, set-up 1, V0 from 3 to 8
                  V1 at the same door, no second set-up, from 8 to 13
      → place 5   on the road from 13, lunch from 14 to 19, arrive 21, set-up 1, V2 from 22 to 27
      → place 4   arrive 28, wait, V3 by its option "home" from 34 to 39
      → place 0   43
Shift B (10 to 60, open end) drives
    0 → place 3   from 16 to 19, V4 from 19 to 21, at least 10 after V0
V5 (required) and V6 (which comes after it) and V7 (do not visit) are unassigned.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from service.day.agent import Agent, Break, Limits, Pay, Shift
from service.day.place import Place, Point
from service.day.plan import (
    BreakStop,
    CostBreakdown,
    Itinerary,
    ItineraryMetrics,
    Plan,
    PlanMetrics,
    PlanScore,
    SolverNote,
    TravelSource,
    Unassigned,
    VisitStop,
    WayBack,
)
from service.day.request import DayRequest, Objective, Travel
from service.day.visit import After, AgentRules, Lock, Option, Visit
from service.day.window import TimeWindow
from solver.problem import TravelMatrix
from solver.units import UNREACHABLE

ZONE: Final = ZoneInfo("Europe/Helsinki")
MONDAY: Final = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""Nine o'clock in Helsinki."""
PLACES: Final = 10


def minutes(figure: float) -> timedelta:
    """A span."""
    return timedelta(minutes=figure)


def door(at: int) -> Place:
    """A place on the street."""
    return Place(Point(60.17, 24.9 + at / 100), index=at)


@dataclass(frozen=True)
class Street:
    """Travel times of the street; ``cut`` is a pair of places without a way."""

    cut: tuple[int, int] | None = None

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        """Minutes by distance, for everybody who drives."""
        assert profile == "car"
        rows = np.array([place.index for place in places], dtype=np.int32)
        seconds = np.abs(rows[:, None] - rows[None, :]) * 60
        metres = seconds * 10
        if self.cut:
            seconds[(rows[:, None] == self.cut[0]) & (rows[None, :] == self.cut[1])] = UNREACHABLE
        return TravelMatrix(seconds, metres)

    def info(self) -> TravelSource:
        """It is what it is."""
        return TravelSource("matrix", "street")


@dataclass(frozen=True)
class World:
    """The request, its plan, and the instant from which minutes count."""

    origin: datetime = MONDAY

    def at(self, figure: float) -> datetime:
        """An instant by the clocks of Helsinki."""
        return (self.origin + minutes(figure)).astimezone(ZONE)

    def window(self, start: float, end: float) -> TimeWindow:
        """From minute to minute."""
        return TimeWindow(self.at(start), self.at(end))

    def stop(self, visit: str, times: tuple[float, float, float], leg: tuple[int, int], latest: float) -> VisitStop:
        """A stop that takes ``times`` (arrive, start, finish) after ``leg`` (minutes of travel, minutes of set-up)."""
        arrive, start, finish = times
        travel, setup = leg
        return VisitStop(
            visit_id=visit,
            option=None,
            place=door({"V0": 2, "V1": 2, "V2": 5, "V3": 4, "V4": 3}[visit]),
            arrive=self.at(arrive),
            wait=minutes(start - arrive - setup),
            start=self.at(start),
            finish=self.at(finish),
            travel=minutes(travel),
            setup=minutes(setup),
            distance_m=600 * travel,
            latest_start=self.at(latest),
        )

    def pause(self, start: float, finish: float) -> BreakStop:
        """Lunch."""
        return BreakStop("lunch", self.at(start), self.at(finish))

    def request(self) -> DayRequest:
        """Two agents, eight visits."""
        return DayRequest(
            agents=(self._agent_a(), self._agent_b()),
            visits=self._visits(),
            timezone="Europe/Helsinki",
            travel=Travel(source="matrix"),
            objective=Objective(fairness=36),
        )

    def plan(self) -> Plan:
        """What the module's docstring says."""
        return Plan(
            score=PlanScore(value=240, required_missed=1, cost=CostBreakdown(77.22, 10, 12, 38, 3, 7, 7.22)),
            itineraries=(self._itinerary_a(), self._itinerary_b()),
            unassigned=tuple(Unassigned(visit, (), "") for visit in ("V5", "V6", "V7")),
            metrics=PlanMetrics(
                planned=5,
                unassigned=3,
                value=240,
                shifts_used=2,
                working=minutes(48),
                driving=minutes(13),
                service=minutes(22),
                wait=minutes(6),
                overtime=minutes(1),
                distance_m=7800,
            ),
            travel=Street().info(),
            solver=SolverNote(1, timedelta(), "exhausted", "by hand"),
        )

    def _agent_a(self) -> Agent:
        lunch = Break("lunch", minutes(5), self.at(10), self.at(18))
        shift = Shift(
            "A",
            self.at(0),
            self.at(42),
            start_place=door(0),
            end_place=door(0),
            overtime=minutes(3),
            limits=Limits(visits=4, driving=minutes(10), distance_m=6000, duration=minutes(44)),
            breaks=(lunch,),
        )
        corners = tuple(Point(lat, lon) for lat, lon in ((60, 24.8), (60.3, 24.8), (60.3, 24.95), (60, 24.95)))
        return Agent(
            "a",
            (shift,),
            skills={"kyc": 2},
            territory=corners,
            party_size=2,
            capacity={"parcels": 4},
            pay=Pay(fixed=10, per_hour=60, per_km=2, overtime_per_hour=240),
        )

    def _agent_b(self) -> Agent:
        return Agent("b", (Shift("B", self.at(10), self.at(60), start_place=door(0), end_place=None),))

    def _visits(self) -> tuple[Visit, ...]:
        five = minutes(5)
        parcel = {"parcels": 1}
        home = Option("home", door(4), (self.window(34, 40),), value_factor=0.5)
        pinned = Lock(agent="a", start=self.at(3), position="first")
        return (
            Visit("V0", door(2), five, minutes(1), skills={"kyc": 2}, party_size=2, load=parcel, lock=pinned),
            Visit("V1", door(2), five, minutes(1), load=parcel, agents=AgentRules(preferred={"b": 7})),
            Visit(
                "V2", door(5), five, minutes(1), load=parcel, time_windows=(self.window(22, 29), self.window(40, 55))
            ),
            Visit("V3", door(9), five, value=80, load=parcel, time_windows=(self.window(180, 240),), options=(home,)),
            Visit("V4", door(3), minutes(2), after=(After("V0", minutes(10)),), agents=AgentRules(only=frozenset("b"))),
            Visit("V5", door(9), five, required=True),
            Visit("V6", door(9), five, after=(After("V5"),)),
            Visit("V7", door(3), five, flags=frozenset({"do_not_visit"})),
        )

    def _itinerary_a(self) -> Itinerary:
        return Itinerary(
            agent_id="a",
            shift_id="A",
            start=self.at(0),
            finish=self.at(43),
            stops=(
                self.stop("V0", (2, 3, 8), (2, 1), 3),
                self.stop("V1", (8, 8, 13), (0, 0), 10),
                self.pause(14, 19),
                replace(self.stop("V2", (21, 22, 27), (3, 1), 24), window=self.window(22, 29)),
                replace(self.stop("V3", (28, 34, 39), (1, 0), 35), option="home", window=self.window(34, 40)),
            ),
            metrics=ItineraryMetrics(
                visits=4,
                value=190,
                cost=70,
                working=minutes(43),
                paid=minutes(38),
                driving=minutes(10),
                service=minutes(20),
                setup=minutes(2),
                wait=minutes(6),
                breaks=minutes(5),
                overtime=minutes(1),
                distance_m=6000,
            ),
            way_back=WayBack(door(0), minutes(4), 2400),
        )

    def _itinerary_b(self) -> Itinerary:
        return Itinerary(
            agent_id="b",
            shift_id="B",
            start=self.at(16),
            finish=self.at(21),
            stops=(self.stop("V4", (19, 19, 21), (3, 0), 58),),
            metrics=ItineraryMetrics(
                visits=1,
                value=50,
                cost=0,
                working=minutes(5),
                paid=minutes(5),
                driving=minutes(3),
                service=minutes(2),
                setup=timedelta(),
                wait=timedelta(),
                breaks=timedelta(),
                overtime=timedelta(),
                distance_m=1800,
            ),
        )
