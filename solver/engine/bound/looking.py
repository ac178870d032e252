"""Looks for walks of one kind that collect enough beyond what they are charged, a few milliseconds at a time."""

from collections.abc import Generator, Sequence
from typing import Final, NamedTuple

from solver.engine.bound.charging import Charges
from solver.engine.bound.ground import Ground
from solver.engine.bound.master import Cut, Walk
from solver.engine.bound.memory import Memory
from solver.engine.bound.step import Step
from solver.search.labelling import DONE, MORE, begin, grow
from solver.search.pricing import foreseen, look_ahead

EFFORT: Final = 1_000_000
LOOKED_AT: Final = 2_000_000
"""Of a step: comparisons of labels, or legs; some 10 ms."""
WALKS: Final = 40
"""Of one look; more make the linear program slower than they make it better."""


class Found(NamedTuple):
    """Walks that collect enough, and what no route collects more than, ``None`` if nothing is known about that.

    A walk may collect more, if it comes back to a visit.
    """

    walks: list[Walk]
    most: int | None


def foresee(ground: Ground, charges: Charges, cuts: Sequence[Cut], memory: Memory) -> Generator[Step, None, int | None]:
    """Tell a kind of shift what is charged; what none of its routes collects more than, if that is to be seen at once.

    Looks at the same charges share it.
    """
    pricing = ground.pricing
    _charge(ground, charges, cuts, memory)
    if not pricing.foresees:
        return None
    at_once = max(1, LOOKED_AT // len(ground.options) ** 2)
    for last in range(len(pricing.due) - 1, -1, -at_once):
        look_ahead(ground.handle, last, max(0, last - at_once + 1))
        yield Step.MORE
    return max(charges.enough[ground.kind], foreseen(ground.handle))


def look(ground: Ground, enough: int, at_most: int | None, *, exact: bool) -> Generator[Step, None, Found]:
    """Walks that collect more than ``enough``, once ``foresee`` has said ``at_most``.

    The best to each option, at most WALKS of them. If there is any, ``exact`` finds one unless it runs out of room.
    """
    if at_most == enough:
        return Found([], at_most)
    begin(ground.handle)
    while (state := grow(ground.handle, enough, exact, EFFORT)) == MORE:
        yield Step.MORE
    best = ground.pricing.best.tolist()
    ends = sorted((j for j in range(len(best)) if best[j] > enough), key=lambda j: -best[j])[:WALKS]
    walks = [_walk(ground, int(ground.pricing.ending[j])) for j in ends]
    return Found(walks, max(enough, *best) if exact and state == DONE else at_most)


def _charge(ground: Ground, charges: Charges, cuts: Sequence[Cut], memory: Memory) -> None:
    """Write prices into the arrays."""
    pricing = ground.pricing
    pricing.memory[:] = memory.of(ground)
    pricing.gain[:] = [
        charges.scale * prize - charges.visits[stop.visit]
        for stop, prize in zip(ground.options, ground.prizes, strict=True)
    ]
    pricing.cuts[: len(cuts)] = charges.cuts
    pricing.marks[:] = [sum(1 << c for c, cut in enumerate(cuts) if stop.visit in cut) for stop in ground.options]


def _walk(ground: Ground, label: int) -> Walk:
    """The way to a label."""
    pricing, stops = ground.pricing, list[int]()
    while label > 0:
        stops.append(int(pricing.option[label]))
        label = int(pricing.parent[label])
    return Walk(ground.kind, tuple([ground.options[j] for j in reversed(stops)]))
