"""Who gets a place in this round, in which order, and on which shifts it is looked for."""

import numpy as np

from solver.search.arrays import Facts, Float, Indices, Int, Plan, Real, Scratch, Tuning
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
                waiting[n], scratch.is_settled[k] = k, 0
                n += 1
        if seed >= 0 and not facts.profit:
            settle_others(facts, saved, scratch, n, n_touched)
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
def settle_others(facts: Facts, saved: Plan, scratch: Scratch, n: Int, n_touched: Int) -> None:
    """The ``n`` candidates that this round did not take out fit nowhere, unless on routes that have changed.

    For all of them were looked at in the rounds before. Links may have stood in the way that do so no more.
    """
    for q in range(n):
        k = scratch.candidates[q]
        scratch.is_settled[k] = not facts.linked[k]
    for q in range(n_touched):
        v = scratch.touched[q]
        for i in range(saved.length[v]):
            scratch.is_settled[facts.visit[saved.route[v, i]]] = 0


@inline
def is_small_day(plan: Plan, tuning: Tuning) -> bool:
    """Whether there is time in every round to look at all visits and shifts."""
    return plan.shift_of.shape[0] * plan.length.shape[0] <= tuning.small_day


@inline
def add(plan: Plan, scratch: Scratch, n: Int, k: Int) -> Int:
    """One more candidate, if it has no place and is not one already."""
    if plan.shift_of[k] >= 0 or scratch.is_candidate[k]:
        return n
    scratch.candidates[n], scratch.is_candidate[k], scratch.is_settled[k] = k, 1, 0
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
        keys[q] = key_of(facts, waiting[q], r, draw(state))
        reach = max(reach, abs(keys[q]))
    for q in range(n):
        if facts.required[waiting[q]]:
            keys[q] -= 3.0 * reach
    sort(waiting, keys, n)


@inline
def key_of(facts: Facts, k: Int, r: Float, luck: Float) -> Float:
    """Where visit k stands in the order of number ``r``; shares of the orders were measured, see decision 0005.

    What a required visit brings says nothing, as it has to be served: it is put in by its hours or its load instead.
    """
    if r < 0.30:  # noqa: PLR2004
        return luck
    if facts.required[k] and r < 0.66:  # noqa: PLR2004
        return need_of(facts, k, r, luck)
    if r < 0.60:  # noqa: PLR2004
        return -facts.best_gain[k] * (0.5 + luck)
    if r < 0.75:  # noqa: PLR2004
        return -facts.density[k] * (0.5 + luck)
    if r < 0.95:  # noqa: PLR2004
        return facts.remoteness[k] * (-1.0 if r < 0.85 else 1.0)  # noqa: PLR2004
    return facts.choice_of_time[k]


@inline
def need_of(facts: Facts, k: Int, r: Float, luck: Float) -> Float:
    """As key_of, of a required visit: the first to open, the last to close, or the bulkiest first."""
    main = facts.first_option[k]
    if r < 0.42:  # noqa: PLR2004
        return np.float64(facts.opens[main])
    if r < 0.54:  # noqa: PLR2004
        return -np.float64(facts.closes[main])
    return -np.float64(facts.load[k, 0]) if facts.load.shape[1] > 0 else luck


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
