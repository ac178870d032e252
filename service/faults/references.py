"""What is named but does not exist, or contradicts itself."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from typing import Final

from service.day.fault import Fault
from service.day.request import DayRequest

COMPARED: Final = 100
"""Words that one is compared with to find what was meant; each takes some 40 microseconds."""
MOST_CIRCLES: Final = 20
"""Circles that are told at once; finding each looks at every visit."""


def unknown_agents(request: DayRequest) -> Iterator[Fault]:
    """A visit is locked to an agent who is not among the request's."""
    known = {agent.id for agent in request.agents}
    for v, visit in enumerate(request.visits):
        if visit.lock is not None and visit.lock.agent is not None and visit.lock.agent not in known:
            yield Fault(
                "unknown_agent",
                ("visits", v, "lock", "agent"),
                "No agent has this id.",
                hint=close_matches(visit.lock.agent, known),
                value=visit.lock.agent,
            )


def unknown_visits(request: DayRequest) -> Iterator[Fault]:
    """A visit comes after one that is not among the request's."""
    known = {visit.id for visit in request.visits}
    for v, visit in enumerate(request.visits):
        for a, after in enumerate(visit.after):
            if after.visit not in known:
                yield Fault(
                    "unknown_visit",
                    ("visits", v, "after", a, "visit"),
                    "No visit has this id.",
                    hint=close_matches(after.visit, known),
                    value=after.visit,
                )


def cycles(request: DayRequest) -> Iterator[Fault]:
    """Visits that would have to come after each other, once per circle."""
    position = {visit.id: v for v, visit in enumerate(request.visits)}
    before = {visit.id: {after.visit for after in visit.after} & position.keys() for visit in request.visits}
    for _ in range(MOST_CIRCLES):
        circle = _circle(before)
        if not circle:
            return
        last = circle[-1]
        a = next(a for a, after in enumerate(request.visits[position[last]].after) if after.visit == circle[-2])
        yield Fault(
            "cyclic_after",
            ("visits", position[last], "after", a, "visit"),
            f"These visits would have to come after each other: {' -> '.join(circle)}.",
            hint="Take one of them out of the circle.",
            value=circle[-2],
        )
        before = {visit: firsts for visit, firsts in before.items() if visit not in circle}


def contradictory_locks(request: DayRequest) -> Iterator[Fault]:
    """A visit is locked to an agent whom its own rules keep away, or to a start that is no whole second."""
    for v, visit in enumerate(request.visits):
        locked = visit.lock.agent if visit.lock else None
        rules = visit.agents
        if locked is not None and (locked in rules.forbidden or (rules.only and locked not in rules.only)):
            yield Fault(
                "lock_contradiction",
                ("visits", v, "lock", "agent"),
                "The visit is locked to an agent whom its own rules keep away.",
                hint="Change the lock, or agents.only and agents.forbidden.",
                value=locked,
            )
        if visit.lock is not None and visit.lock.start is not None and visit.lock.start.microsecond:
            yield Fault(
                "lock_start_fraction",
                ("visits", v, "lock", "start"),
                "Visits start on whole seconds, this lock does not.",
                hint="Round the start to a whole second.",
                value=visit.lock.start,
            )


def close_matches(wrong: str, known: Collection[str], none: str = "Name one that the request has.") -> str:
    """What may have been meant: among many, only words that begin alike are compared, since comparing is slow."""
    alike = known if len(known) <= COMPARED else islice((w for w in known if w[:1] == wrong[:1]), COMPARED)
    near = get_close_matches(wrong, list(alike), n=3)
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else none


def _circle(before: dict[str, set[str]]) -> list[str]:
    """One circle, each visit coming before the next; first and last are the same. Empty if there is none."""
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
