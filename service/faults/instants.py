"""Instants so far away that nothing else can be said about the request."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from service.day.fault import Fault
from service.day.request import DayRequest
from service.faults.shifts import Path

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200


def out_of_range(request: DayRequest) -> Iterator[Fault]:
    """Instants outside the years 1900-2200: a slip, and near the ends of the calendar a zone cannot be applied."""
    for path, instant in (*_of_agents(request), *_of_visits(request), *_of_options(request)):
        if not FIRST_YEAR <= instant.year <= LAST_YEAR:
            detail = f"An instant must lie in the years {FIRST_YEAR}-{LAST_YEAR}."
            yield Fault("out_of_range", path, detail, hint="Check the year.", value=instant)


def _of_options(request: DayRequest) -> Iterator[tuple[Path, datetime]]:
    if request.options.deadline is not None:
        yield ("options", "deadline"), request.options.deadline


def _of_agents(request: DayRequest) -> Iterator[tuple[Path, datetime]]:
    for a, agent in enumerate(request.agents):
        for s, shift in enumerate(agent.shifts):
            path: Path = ("agents", a, "shifts", s)
            yield (*path, "start"), shift.start
            yield (*path, "end"), shift.end
            for b, rest in enumerate(shift.breaks):
                yield (*path, "breaks", b, "earliest"), rest.earliest
                yield (*path, "breaks", b, "latest"), rest.latest


def _of_visits(request: DayRequest) -> Iterator[tuple[Path, datetime]]:
    for v, visit in enumerate(request.visits):
        own: Path = ("visits", v)
        lists = [(own, visit.time_windows)]
        lists += [((*own, "options", o), option.time_windows) for o, option in enumerate(visit.options)]
        for path, windows in lists:
            for w, window in enumerate(windows or ()):
                yield (*path, "time_windows", w, "start"), window.start
                yield (*path, "time_windows", w, "end"), window.end
        for name, spans in (("contact", visit.contact), ("consent", visit.consent)):
            for s, span in enumerate(spans):
                yield (*own, name, s, "start"), span.window.start
                yield (*own, name, s, "end"), span.window.end
        if visit.lock is not None and visit.lock.start is not None:
            yield (*own, "lock", "start"), visit.lock.start
