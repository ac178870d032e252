"""Ids that are given twice."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from service.day.fault import Fault
from service.day.request import DayRequest

Path: TypeAlias = tuple[str | int, ...]


def duplicate_ids(request: DayRequest) -> Iterator[Fault]:
    """Agents, shifts of all agents together, breaks of a shift, visits, options of a visit."""
    agents = list(enumerate(request.agents))
    shifts = [(("agents", a, "shifts", s), shift) for a, agent in agents for s, shift in enumerate(agent.shifts)]
    yield from _twice("agent", ((("agents", a), agent.id) for a, agent in agents))
    yield from _twice("shift", ((path, shift.id) for path, shift in shifts))
    for path, shift in shifts:
        yield from _twice("break", (((*path, "breaks", b), rest.id) for b, rest in enumerate(shift.breaks)))
    yield from _twice("visit", ((("visits", v), visit.id) for v, visit in enumerate(request.visits)))
    for v, visit in enumerate(request.visits):
        yield from _twice(
            "option", ((("visits", v, "options", o), option.id) for o, option in enumerate(visit.options))
        )


def _twice(kind: str, ids: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, identity in ids:
        if identity in seen:
            yield Fault(
                "duplicate_id",
                (*path, "id"),
                f"Another {kind} has this id already.",
                hint=f"Give every {kind} an id of its own.",
                value=identity,
            )
        seen.add(identity)
