"""Who gets a place in this round, in which order, and on which shifts it is looked for."""

from solver.search.arrays import Facts, Indices, Int, Plan, Real, Scratch, Tuning
from solver.search.chance import draw
from solver.search.compiled import inline, inner

MOST_FOR_ITS_TIME = 0.7


@inner
def gather(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, tuning: Tuning, seed: Int, n_touched: Int) -> Int:
    """Visits without a place; returns how many.

    On larger days those just taken out, those near ``seed`` and a few from anywhere: who may serve what, where time is
    left and what comes after what may have nothing to do with being near.
    """
    n, visits, waiting = 0, plan.shift_of.shape[0], scratch.candidates
    if seed < 0 or is_small_day(plan, tuning):
        for k in range(visits):
            if plan.shift_of[k] < 0:
                waiting[n] = k
                n += 1
        return n
    for q in range(-1, min(tuning.near_visits, facts.near.shape[1])):
        n = add(plan, scratch, n, seed if q < 0 else facts.near[seed, q])
    for q in range(n_touched):
        v = scratch.touched[q]
        for i in range(saved.length[v]):
            n = add(plan, scratch, n, facts.visit[saved.route[v, i]])
    for _ in range(tuning.far_visits):
        n = add(plan, scratch, n, int(draw(scratch.state) * visits))
    for q in range(n):
        scratch.is_candidate[waiting[q]] = 0
    return n


@inline
def is_small_day(plan: Plan, tuning: Tuning) -> bool:
    """Whether there is time in every round to look at all visits and shifts."""
    return plan.shift_of.shape[0] * plan.length.shape[0] <= tuning.small_day


@inline
def add(plan: Plan, scratch: Scratch, n: Int, k: Int) -> Int:
    """One more candidate, if it has no place and is not one already."""
    if plan.shift_of[k] >= 0 or scratch.is_candidate[k]:
        return n
    scratch.candidates[n], scratch.is_candidate[k] = k, 1
    return n + 1


@inner
def choose_shifts(facts: Facts, plan: Plan, scratch: Scratch, tuning: Tuning, seed: Int, n_touched: Int) -> Int:
    """Shifts to look at; returns how many.

    On larger days those touched, those that serve neighbours of ``seed``, one unused of each kind, and a few others.
    """
    shifts, tried, n = plan.length.shape[0], scratch.tried, 0
    if seed < 0 or is_small_day(plan, tuning):
        for v in range(shifts):
            tried[v] = v
        return shifts
    for q in range(n_touched):
        n = try_shift(scratch, n, scratch.touched[q])
    for q in range(min(tuning.near_served, facts.near.shape[1])):
        v = plan.shift_of[facts.near[seed, q]]
        if v >= 0:
            n = try_shift(scratch, n, v)
    for _ in range(tuning.far_shifts):
        n = try_shift(scratch, n, int(draw(scratch.state) * shifts))
    scratch.counts[0] += 1
    for v in range(shifts):
        if plan.length[v] == 0 and scratch.twin_seen[facts.twin[v]] != scratch.counts[0]:
            scratch.twin_seen[facts.twin[v]] = scratch.counts[0]
            n = try_shift(scratch, n, v)
    for q in range(n):
        scratch.is_tried[tried[q]] = 0
    return n


@inline
def try_shift(scratch: Scratch, n: Int, v: Int) -> Int:
    """One more shift to look at, if it is not one already."""
    if scratch.is_tried[v]:
        return n
    scratch.tried[n], scratch.is_tried[v] = v, 1
    return n + 1


@inner
def line_up(facts: Facts, scratch: Scratch, n: Int, seed: Int) -> None:
    """Put the candidates in one of several orders, drawn anew each time; required ones come first.

    A first plan begins with what brings most for its time: by far the best of these orders on an empty day.
    """
    state, waiting, keys = scratch.state, scratch.candidates, scratch.keys
    r = draw(state) if seed >= 0 else MOST_FOR_ITS_TIME
    reach = 0.0
    for q in range(n):
        k = waiting[q]
        if r < 0.30:  # noqa: PLR2004 - shares of the orders, measured: decision 0005
            key = draw(state)
        elif r < 0.60:  # noqa: PLR2004
            key = -facts.best_gain[k] * (0.5 + draw(state))
        elif r < 0.75:  # noqa: PLR2004
            key = -facts.density[k] * (0.5 + draw(state))
        elif r < 0.85:  # noqa: PLR2004
            key = -facts.remoteness[k]
        elif r < 0.95:  # noqa: PLR2004
            key = facts.remoteness[k]
        else:
            key = facts.choice_of_time[k]
        keys[q] = key
        reach = max(reach, abs(key))
    for q in range(n):
        if facts.required[waiting[q]]:
            keys[q] -= 3.0 * reach
    sort(waiting, keys, n)


@inline
def sort(items: Indices, keys: Real, n: Int) -> None:
    """Shell sort: it needs no memory, and n is some tens to hundreds."""
    gap = n // 2
    while gap > 0:
        for q in range(gap, n):
            key, item, i = keys[q], items[q], q
            while i >= gap and keys[i - gap] > key:
                keys[i], items[i] = keys[i - gap], items[i - gap]
                i -= gap
            keys[i], items[i] = key, item
        gap = 1 if gap == 2 else gap * 5 // 11  # noqa: PLR2004 - a sequence that ends with 1
