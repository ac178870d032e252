"""One look for walks of one kind that collect enough beyond what they are charged, a few milliseconds at a time."""

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


def look(
    ground: Ground, charges: Charges, cuts: Sequence[Cut], memory: Memory, *, exact: bool
) -> Generator[Step, None, Found]:
    """All there are; unless it is exact, some will do."""
    pricing, enough = ground.pricing, charges.enough[ground.kind]
    _charge(ground, charges, cuts, memory)
    slices, options = len(pricing.due), len(ground.options)
    most: int | None = None
    if pricing.foresees:
        at_once = max(1, LOOKED_AT // options**2)
        for last in range(slices - 1, -1, -at_once):
            look_ahead(ground.handle, last, max(0, last - at_once + 1))
            yield Step.MORE
        most = max(enough, foreseen(ground.handle))
        if most == enough:
            return Found([], most)
    begin(ground.handle)
    while (state := grow(ground.handle, enough, exact, EFFORT)) == MORE:
        yield Step.MORE
    best = pricing.best.tolist()
    ends = sorted((j for j in range(options) if best[j] > enough), key=lambda j: -best[j])[:WALKS]
    walks = [_walk(ground, int(pricing.ending[j])) for j in ends]
    return Found(walks, max(enough, *best) if exact and state == DONE else most)


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
