"""Holes in a plan: strings of adjacent stops of a few neighbouring routes (Christiaens and Vanden Berghe 2020)."""

from solver.search.arrays import Facts, Int, Plan, Scratch, Tuning
from solver.search.chance import draw
from solver.search.compiled import inline, inner
from solver.search.routes import position_of, remove, touch


@inner
def ruin(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, tuning: Tuning, seed: Int) -> Int:
    """Take strings around visit ``seed`` and around its nearest; returns how many routes were touched."""
    is_in_want = plan.shift_of[seed] < 0 and plan.length.shape[0] > tuning.few_shifts
    is_long = is_in_want and draw(scratch.state) < tuning.long_string
    most = 4.0 * tuning.average_removed / (1.0 + tuning.longest_string) - 1.0
    strings = 1 + int(draw(scratch.state) * max(1, int(most)))
    n_touched, taken = 0, 0
    for q in range(-1, facts.near.shape[1]):
        if taken >= strings:
            break
        k = seed if q < 0 else facts.near[seed, q]
        v = plan.shift_of[k]
        if v < 0 or scratch.is_touched[v]:
            continue
        n_touched = touch(facts, plan, saved, scratch, n_touched, v)
        longest = plan.length[v] if is_long and taken == 0 else tuning.longest_string
        remove_string(facts, plan, scratch, v, position_of(plan, k), longest)
        taken += 1
    return n_touched


@inner
def remove_string(facts: Facts, plan: Plan, scratch: Scratch, v: Int, at: Int, longest: Int) -> None:
    """Take a string around position ``at``, half of the time in two pieces; what has to stay stays."""
    low, n, state = facts.prefix[v], plan.length[v], scratch.state
    if at < low:
        return
    free = n - low
    size = min(free, 1 + int(draw(state) * min(longest, free)))
    kept = 0
    if size < free and draw(state) < 0.5:  # noqa: PLR2004 - half of the time
        kept = 1
        while size + kept < free and draw(state) > 0.5:  # noqa: PLR2004 - each longer gap half as often
            kept += 1
    first = first_of(scratch, at, size + kept, low, n)
    gap = first + int(draw(state) * (size + 1)) if kept > 0 else n
    for i in range(first + size + kept - 1, first - 1, -1):
        if i < gap or i >= gap + kept:
            remove(facts, plan, v, i)


@inline
def first_of(scratch: Scratch, at: Int, size: Int, low: Int, n: Int) -> Int:
    """A random beginning of ``size`` positions within [low, n) around position ``at``."""
    first, last = max(low, at - size + 1), min(at, n - size)
    return first + int(draw(scratch.state) * (last - first + 1))
