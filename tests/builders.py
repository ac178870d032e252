"""Short ways to write down a problem: one straight street, ten metres a second.

``problem(visit(3), visit(5, prize=2), shifts=[shift(closes=100)])`` is a day on a street where place ``n`` lies
``n`` minutes from place 0, the start and end of every shift unless said otherwise. Service takes no time, windows
are open all day and a visit is worth 1, again unless said otherwise: a test states only what it is about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from solver.problem import (
    NORMAL_PACE,
    Break,
    Fairness,
    Limits,
    Link,
    Objective,
    Option,
    Pay,
    Position,
    Problem,
    Shift,
    Slowdown,
    StartWindow,
    TravelMatrix,
    Visit,
)
from solver.solution import Sequences, Served
from solver.units import UNREACHABLE, Cost, PlaceIndex, Prize, Seconds, ShiftIndex, VisitIndex

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 24 * HOUR
STREET: Final = 10
"""Places on the street of a problem that does not say how long it is."""

Span = tuple[Seconds, Seconds]


def line(positions: Sequence[Seconds], *, cut: Iterable[tuple[PlaceIndex, PlaceIndex]] = ()) -> TravelMatrix:
    """Places on a line at these seconds from its beginning, ten metres a second; no way between the ``cut`` pairs."""
    at = np.asarray(positions, dtype=np.int32)
    seconds = np.abs(at[:, None] - at[None, :])
    metres = 10 * seconds
    for origin, destination in cut:
        seconds[origin, destination] = UNREACHABLE
    return TravelMatrix(seconds=seconds, metres=metres)


def street(places: int = STREET, *, slowdowns: Sequence[Slowdown] = ()) -> TravelMatrix:
    """Places a minute apart."""
    return replace(line([MINUTE * place for place in range(places)]), slowdowns=tuple(slowdowns))


def half_pace(opens: Seconds, closes: Seconds) -> Slowdown:
    """A slowdown in which every way takes twice as long."""
    return Slowdown(opens, closes, NORMAL_PACE // 2)


def option(
    place: PlaceIndex = 0,
    *windows: Span,
    service: Seconds = 0,
    prize: Prize = 1,
    setup: Seconds = 0,
    shifts: Mapping[ShiftIndex, Cost] | None = None,
) -> Option:
    """One way to serve a visit; ``windows`` are (opens, closes) of the start, all day if there are none."""
    spans = windows or ((0, DAY),)
    return Option(place, service, tuple(StartWindow(*span) for span in spans), prize, setup, shifts)


def visit(  # noqa: PLR0913 - whatever can be said of a visit
    place: PlaceIndex = 0,
    *windows: Span,
    service: Seconds = 0,
    prize: Prize = 1,
    setup: Seconds = 0,
    shifts: Mapping[ShiftIndex, Cost] | None = None,
    others: Sequence[Option] = (),
    required: bool = False,
    load: tuple[int, ...] = (),
    position: Position | None = None,
) -> Visit:
    """A visit whose first option is said in place; ``others`` are its further options."""
    first = option(place, *windows, service=service, prize=prize, setup=setup, shifts=shifts)
    return Visit((first, *others), required, load, position)


def rest(
    earliest: Seconds,
    latest: Seconds,
    duration: Seconds,
    *,
    paid: bool = True,
    only_if_over: Seconds | None = None,
) -> Break:
    """A break that starts between ``earliest`` and ``latest``."""
    return Break(earliest, latest, duration, paid, only_if_over)


def shift(  # noqa: PLR0913 - whatever can be said of a shift
    *,
    start: PlaceIndex = 0,
    end: PlaceIndex | None = 0,
    opens: Seconds = 0,
    closes: Seconds = DAY,
    overtime: Seconds = 0,
    agent: int = 0,
    profile: int = 0,
    breaks: Sequence[Break] = (),
    limits: Limits | None = None,
    capacity: tuple[int, ...] = (),
    pay: Pay | None = None,
) -> Shift:
    """A working period that starts and ends at place 0 and lasts all day."""
    return Shift(
        start,
        end,
        opens,
        closes,
        overtime,
        agent,
        profile,
        tuple(breaks),
        limits or Limits(),
        capacity,
        pay or Pay(),
    )


def problem(
    *visits: Visit,
    shifts: Sequence[Shift] | None = None,
    travel: TravelMatrix | Sequence[TravelMatrix] | None = None,
    links: Sequence[Link] = (),
    objective: Objective = Objective.VALUE_FIRST,
    fairness: Fairness | None = None,
) -> Problem:
    """A day of these visits, by one plain shift on the street unless said otherwise."""
    matrices = (travel or street(),) if travel is None or isinstance(travel, TravelMatrix) else tuple(travel)
    return Problem(
        travel=matrices,
        visits=visits,
        shifts=(shift(),) if shifts is None else tuple(shifts),
        links=tuple(links),
        objective=objective,
        fairness=fairness,
    )


def served(*visits: VisitIndex | Served) -> tuple[Served, ...]:
    """What one shift serves, in order, by first options unless an option is said."""
    return tuple(stop if isinstance(stop, Served) else Served(stop) for stop in visits)


def sequences(*routes: Sequence[VisitIndex | Served]) -> Sequences:
    """What every shift serves."""
    return tuple(served(*route) for route in routes)
