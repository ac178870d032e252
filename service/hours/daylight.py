"""When it is light at a place, from the height of the sun.

Sunrise and sunset are left to themselves: near the poles there are days without, and days with two of one kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from astral import Observer
from astral.sun import elevation

from service.day.place import Point
from service.day.window import TimeWindow

LOW: Final = -0.75
"""Degrees. The sun is down at -0.83; a hair before that it is dark for a whole cell."""
CELL: Final = 0.05
"""Degrees: the sun is no more higher or lower at a place than that place is away, here 0.036 from the middle."""
STEP: Final = timedelta(minutes=20)
"""What is missed between two looks is a night in which the sun hardly sets; it does not come down to -0.83."""
SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Daylight:
    """When it is light in some ``spans`` of time, in order and apart. Places of one cell are answered once."""

    spans: Sequence[TimeWindow]
    _cells: dict[tuple[int, int], tuple[TimeWindow, ...]] = field(
        default_factory=dict[tuple[int, int], tuple[TimeWindow, ...]]
    )

    def at(self, place: Point) -> tuple[TimeWindow, ...]:
        """When it is surely light there, in UTC and in order."""
        cell = round(place.lat / CELL), round(place.lon / CELL)
        if cell not in self._cells:
            middle = Observer(min(90.0, max(-90.0, cell[0] * CELL)), cell[1] * CELL)
            light = (found for span in self.spans for found in _light(middle, span.start, span.end))
            self._cells[cell] = tuple(TimeWindow(start, end) for start, end in light)
        return self._cells[cell]


def _light(middle: Observer, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    opened = since if _is_light(middle, since) else None
    now = since
    while now < until:
        later = min(now + STEP, until)
        light = _is_light(middle, later)
        if light and opened is None:
            opened = _change(middle, now, later)[1]
        elif opened is not None and not light:
            yield opened, _change(middle, now, later)[0]
            opened = None
        now = later
    if opened is not None:
        yield opened, until


def _change(middle: Observer, before: datetime, after: datetime) -> tuple[datetime, datetime]:
    """Two instants no more than a second apart, on either side of a change between light and dark."""
    at_first = _is_light(middle, before)
    while after - before > SECOND:
        between = before + (after - before) / 2
        if _is_light(middle, between) == at_first:
            before = between
        else:
            after = between
    return before, after


def _is_light(middle: Observer, instant: datetime) -> bool:
    return elevation(middle, instant, with_refraction=False) >= LOW
