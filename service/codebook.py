"""What the numbers of a Problem stand for: needed to read a Solution, and to say why a visit is not in it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from service.contact.slots import Slot
from service.day.agent import Agent, Break, Shift
from service.day.place import Place
from service.day.policy import Basis
from service.day.request import DayRequest
from service.day.visit import Visit
from service.day.window import TimeWindow
from service.eligibility import Eligibility
from service.horizon import Horizon
from service.hours.doors import Permission
from solver.problem import Problem
from solver.units import Metres

NoWay: TypeAlias = Literal[
    "do_not_visit",
    "visits_barred",
    "location_missing",
    "policy_needed",
    "permitted_hours",
    "time_window",
    "predecessor_unassigned",
    "unreachable",
]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to serve a visit: option ``None`` is its own place and windows.

    ``windows`` are merged and in UTC: those ``asked`` for as far as the ``permission`` goes. ``party_size`` people
    have to come, by the rule ``crew_by`` if that is not the visit's own. ``share`` of the visit's value is collected
    this way. Where value is expected value, an option has a way for each ``slot`` in which somebody can be met, and the
    share is that much less; and it may have one for ``any_time``, which collects nothing.
    """

    option: str | None
    place: Place
    windows: tuple[TimeWindow, ...] | None
    share: float = 1.0
    slot: Slot | None = None
    any_time: bool = False
    party_size: int = 1
    crew_by: Basis | None = None
    asked: tuple[TimeWindow, ...] | None = None
    permission: Permission | None = None

    @property
    def served_within(self) -> tuple[TimeWindow, ...] | None:
        """Where the whole service lies; ``None`` = at any time."""
        return self.windows if self.slot is None else (self.slot.window,)


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift of one agent. ``breaks`` in the order in which they are taken."""

    agent: Agent
    shift: Shift
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A visit that the Problem knows, and its ways in the order of the options there."""

    visit: Visit
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that never enters the Problem, since nobody could serve it, however long they worked.

    ``would_need`` is the time lacking, ``other`` the visit that had to come before it, or the policy that is in the
    way. ``nobody_met``: its windows would do, but nobody is expected to be met in them. ``off_road``: how far it is to
    the nearest road.
    """

    visit: Visit
    code: NoWay
    would_need: timedelta | None = None
    other: str | None = None
    nobody_met: bool = False
    off_road: Metres | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """Positions in the Problem to what they stand for; ``loads`` are the names of its dimensions."""

    request: DayRequest
    horizon: Horizon
    eligibility: Eligibility
    calls: tuple[Call, ...]
    """Order of ``Problem.visits``."""
    duties: tuple[Duty, ...]
    """Order of ``Problem.shifts``."""
    loads: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A day in whole numbers, and how to read it."""

    problem: Problem
    codebook: Codebook


def is_required(visit: Visit) -> bool:
    """Whether the visit must be served: said so, or pinned by a planner."""
    return visit.required or visit.lock is not None
