"""All routes that may be worth their while, by labels: the pricing of column generation.

A label is a way to have come as far as an option: when, with what collected, which visits are remembered. Of two at the
same option the one that is no later, has collected no less and remembers no more makes the other superfluous. What is
remembered depends on where one is (ng-routes, Baldacci, Mingozzi and Roberti 2011), so that a route may come back to a
visit, but only by a detour through doors that have nothing to do with it. Cuts on three visits each (Jepsen et al.
2008) are paid for at every second stop in them: a label knows for each of them whether the next one is due.
"""

from solver.search.arrays import FAR, Int
from solver.search.compiled import inline, inner, kernel
from solver.search.pricing import NOBODY, NOTHING, Pricing, first_start

COUNT, SLICE, EFFORT = 0, 1, 2
"""Places in ``Pricing.state``: labels made, slice of time that is looked at, effort of this call."""
DONE, MORE, OVERFULL = 0, 1, 2


@kernel
def begin(p: Pricing) -> None:
    """Nothing but the start."""
    p.first[:] = NOBODY
    p.due[:] = NOBODY
    p.best[:] = NOTHING
    p.ending[:] = NOBODY
    p.option[0], p.rested[0], p.parent[0], p.after[0] = p.service.shape[0], 0, NOBODY, NOBODY
    p.time[0], p.collected[0], p.odd[0], p.dead[0] = p.opens, 0, 0, 0
    p.seen[0] = 0
    p.spent[0] = 0
    p.due[0] = 0
    p.state[COUNT], p.state[SLICE] = 1, 0


@kernel
def grow(p: Pricing, enough: int, exact: bool, effort: int) -> int:
    """Go on for so much effort: DONE if there is nothing more, MORE to be called again, OVERFULL for want of room.

    Once done, no route that is at each visit but once collects more than the best found or ``enough``. If not
    ``exact``, what is remembered does not protect a label: much quicker, and mostly as good, but nothing is proved.
    """
    p.state[EFFORT] = 0
    while p.state[SLICE] < p.due.shape[0]:
        a = p.due[p.state[SLICE]]
        if a == NOBODY:
            p.state[SLICE] += 1
            continue
        if p.state[EFFORT] > effort:
            return MORE
        if p.state[COUNT] + p.service.shape[0] * (p.rests.shape[0] + 1) > p.time.shape[0]:
            return OVERFULL
        p.due[p.state[SLICE]] = p.after[a]
        if p.dead[a] == 0:
            for j in range(p.service.shape[0]):
                _go(p, a, j, enough, exact)
            p.state[EFFORT] += p.service.shape[0]
    return DONE


@inner
def _go(p: Pricing, a: Int, j: Int, enough: Int, exact: bool) -> None:
    """On from label ``a`` to option j, with all numbers of breaks on the way."""
    i = p.option[a]
    clock = p.time[a]
    ready = clock + p.legs[i, j]
    if ready > p.windows[j, p.n_windows[j] - 1, 1]:
        return
    if p.seen[a, p.word[j]] & p.bit[j]:
        return
    for r in range(p.most.shape[0]):
        if p.spent[a, r] + p.use[r, i, j] > p.most[r]:
            return
    collected = p.collected[a] + p.gain[j] - _charged(p, p.odd[a] & p.marks[j])
    for b in range(p.rested[a], p.rests.shape[0] + 1):
        start = first_start(p, j, ready)
        if start < FAR:
            _arrive(p, a, j, b, start + p.service[j], collected, enough, exact)
        if b < p.rests.shape[0]:
            if clock > p.rests[b, 1]:
                return
            clock = max(clock, p.rests[b, 0]) + p.rests[b, 2]
            ready = max(ready, p.rests[b, 0]) + p.rests[b, 2]


@inner
def _arrive(p: Pricing, a: Int, j: Int, b: Int, time: Int, collected: Int, enough: Int, exact: bool) -> None:
    """A new label, unless it is of no use."""
    new = p.state[COUNT]
    at = (time - p.opens) // p.step
    for m in range(p.seen.shape[1]):
        p.seen[new, m] = p.seen[a, m] & p.memory[j, m]
    if p.foresees:
        way = p.onward[j, at]
        more = p.prospect[j, at]
        if way >= 0 and p.seen[new, way >> 6] >> (way & 63) & 1:
            more = p.otherwise[j, at]
        if collected + more <= enough:
            return
    p.seen[new, p.word[j]] |= p.bit[j]
    i = p.option[a]
    for r in range(p.most.shape[0]):
        p.spent[new, r] = p.spent[a, r] + p.use[r, i, j]
    p.option[new], p.rested[new], p.parent[new], p.dead[new] = j, b, a, 0
    p.time[new], p.collected[new] = time, collected
    p.odd[new] = p.odd[a] ^ p.marks[j]
    if not _take_place(p, new, exact):
        return
    p.state[COUNT] += 1
    p.after[new] = p.due[at]
    p.due[at] = new
    if collected > p.best[j] and _may_end(p, new):
        p.best[j], p.ending[j] = collected, new


@inner
def _take_place(p: Pricing, new: Int, exact: bool) -> bool:
    """Put a label among those of its option, unless one of them is better; those that it betters are dead."""
    j, b = p.option[new], p.rested[new]
    collected = p.collected[new]
    before, at, looks = NOBODY, p.first[j, b], 0
    while at != NOBODY and p.collected[at] >= collected:
        looks += 1
        if _is_better(p, at, new, exact):
            p.state[EFFORT] += looks
            return False
        before, at = at, p.beside[at]
    p.beside[new] = at
    if before == NOBODY:
        p.first[j, b] = new
    else:
        p.beside[before] = new
    before = new
    while at != NOBODY:
        looks += 1
        onward = p.beside[at]
        if _is_better(p, new, at, exact):
            p.dead[at] = 1
            p.beside[before] = onward
        else:
            before = at
        at = onward
    p.state[EFFORT] += looks
    return True


@inline
def _is_better(p: Pricing, a: Int, b: Int, exact: bool) -> bool:
    """Whether label ``a``, which has collected no less, makes ``b`` superfluous."""
    if p.time[a] > p.time[b]:
        return False
    if not exact:
        return True
    for m in range(p.seen.shape[1]):
        if p.seen[a, m] & ~p.seen[b, m]:
            return False
    for r in range(p.spent.shape[1]):
        if p.spent[a, r] > p.spent[b, r]:
            return False
    return p.collected[a] - _charged(p, p.odd[a] & ~p.odd[b]) >= p.collected[b]


@inline
def _charged(p: Pricing, due: Int) -> Int:
    """What these cuts charge; a bit for each."""
    total, c = 0, 0
    while due != 0:
        if due & 1:
            total += p.cuts[c]
        due >>= 1
        c += 1
    return total


@inner
def _may_end(p: Pricing, a: Int) -> bool:
    """Whether the day can end from here, with all breaks that are left and within its limits."""
    i, home = p.option[a], p.service.shape[0]
    for r in range(p.most.shape[0]):
        if p.spent[a, r] + p.use[r, i, home] > p.most[r]:
            return False
    clock = p.time[a]
    there = clock + p.legs[i, home]
    for b in range(p.rested[a], p.rests.shape[0]):
        if clock > p.rests[b, 1]:
            return False
        clock = max(clock, p.rests[b, 0]) + p.rests[b, 2]
        there = max(there, p.rests[b, 0]) + p.rests[b, 2]
    return there <= p.finishes
