"""Moving from point to point in time, where slowdowns may apply.

During a slowdown a second of driving does ``pace`` ten-thousandths of a second's worth of a leg. Progress driven since
the beginning of time grows with the clock, so that arrivals and latest departures are exact inverses of each other and
nobody arrives earlier by leaving later. Set-up and service take their time at any hour.
"""

from typing import Final

import numpy as np

from solver.search.arrays import FAR, NEVER, Facts, Int, Whole
from solver.search.compiled import inline, inner

NORMAL: Final = np.int64(10_000)
"""Pace outside slowdowns, see solver.problem.NORMAL_PACE."""


@inline
def progress_at(facts: Facts, r: Int, t: Int) -> Int:
    """Ten-thousandths of a second that could have been driven by ``t``."""
    e = 0
    while e + 1 < facts.edges.shape[1] and facts.edges[r, e + 1] <= t:
        e += 1
    return facts.progress[r, e] + (t - facts.edges[r, e]) * facts.paces[r, e]


@inner
def time_of(facts: Facts, r: Int, progress: Int) -> Int:
    """First second by which so much could have been driven."""
    e = 0
    while e + 1 < facts.edges.shape[1] and facts.progress[r, e + 1] < progress:
        e += 1
    pace = facts.paces[r, e]
    return facts.edges[r, e] + (progress - facts.progress[r, e] + pace - 1) // pace


@inner
def last_time_of(facts: Facts, r: Int, progress: Int) -> Int:
    """Last second by which no more could have been driven."""
    e = 0
    while e + 1 < facts.edges.shape[1] and facts.progress[r, e + 1] <= progress:
        e += 1
    return facts.edges[r, e] + (progress - facts.progress[r, e]) // facts.paces[r, e]


@inline
def arrive(facts: Facts, r: Int, a: Int, b: Int, t: Int) -> Int:
    """When service at ``b`` could begin if ``a`` is left at ``t``; FAR stays far."""
    travel = facts.travel[r, a, b]
    if facts.slowed[r] == 0 or t >= FAR:
        return t + travel
    drive = np.int64(facts.driving[r, a, b])
    if drive == 0:
        return t + travel
    return time_of(facts, r, progress_at(facts, r, t) + drive * NORMAL) + travel - drive


@inline
def leave(facts: Facts, r: Int, a: Int, b: Int, by: Int) -> Int:
    """When ``a`` must be left at the latest for service at ``b`` to begin at ``by``; NEVER stays never."""
    travel = facts.travel[r, a, b]
    if facts.slowed[r] == 0 or by <= NEVER:
        return by - travel
    drive = np.int64(facts.driving[r, a, b])
    if drive == 0:
        return by - travel
    return last_time_of(facts, r, progress_at(facts, r, by - travel + drive) - drive * NORMAL)


@inner
def move_on(facts: Facts, r: Int, a: Int, b: Int, ready: Whole, rests: Whole, n: Int, done: Whole) -> None:
    """done[c] = earliest end of the move from ``a`` to ``b`` with c breaks taken, setting out at ready[0..c].

    A break is taken as soon as it may be, on the road if need be; FAR or later where that is impossible.
    """
    for c in range(n + 1):
        done[c] = arrive(facts, r, a, b, ready[c])
    for c in range(n):
        if ready[c] >= FAR:
            continue
        if facts.slowed[r]:
            rest_on_the_way(facts, r, a, b, ready[c], rests, c, n, done)
            continue
        clock = ready[c]
        there = clock + facts.travel[r, a, b]
        for q in range(c, n):
            if clock > rests[q, 1]:
                break
            clock = max(clock, rests[q, 0]) + rests[q, 2]
            there = max(there, rests[q, 0]) + rests[q, 2]
            done[q + 1] = min(done[q + 1], there)


@inner
def rest_on_the_way(
    facts: Facts, r: Int, a: Int, b: Int, clock: Int, rests: Whole, c: Int, upto: Int, done: Whole
) -> None:
    """As move_on for one c, where the pace of driving changes: lowers done[c+1..upto]."""
    left = np.int64(facts.driving[r, a, b]) * NORMAL
    setup = np.int64(facts.travel[r, a, b]) - facts.driving[r, a, b]
    for q in range(c, upto):
        if clock > rests[q, 1]:
            break
        begin = max(clock, rests[q, 0])
        driven = clock if left == 0 else time_of(facts, r, progress_at(facts, r, clock) + left)
        if begin >= driven:
            left, setup = np.int64(0), max(np.int64(0), setup - (begin - driven))
        else:
            left -= progress_at(facts, r, begin) - progress_at(facts, r, clock)
        clock = begin + rests[q, 2]
        driven = clock if left == 0 else time_of(facts, r, progress_at(facts, r, clock) + left)
        done[q + 1] = min(done[q + 1], driven + setup)


@inner
def move_back(facts: Facts, r: Int, a: Int, b: Int, by: Whole, rests: Whole, n: Int, out: Whole) -> None:
    """out[c] = latest departure from ``a`` with c breaks taken, to be at ``b`` by by[c..n]: the inverse of move_on."""
    for c in range(n + 1):
        out[c] = leave(facts, r, a, b, by[c])
    for c in range(1, n + 1):
        if by[c] <= NEVER:
            continue
        if facts.slowed[r]:
            rest_on_the_way_back(facts, r, a, b, by[c], rests, c, out)
            continue
        resting, begin_by = np.int64(0), FAR
        for q in range(c - 1, -1, -1):
            resting += rests[q, 2]
            begin_by = min(rests[q, 1], begin_by - rests[q, 2])
            if rests[q, 0] > begin_by or rests[q, 0] + resting > by[c]:
                break
            out[q] = max(out[q], min(by[c] - facts.travel[r, a, b] - resting, begin_by))


@inner
def rest_on_the_way_back(facts: Facts, r: Int, a: Int, b: Int, by: Int, rests: Whole, c: Int, out: Whole) -> None:
    """As move_back for one c, where the pace changes: found by halving, since later departures arrive later."""
    for q in range(c - 1, -1, -1):
        low, high = out[q], by
        if low <= NEVER:
            low = np.int64(-1)
        while low < high:
            middle = (low + high + 1) // 2
            if ends_by(facts, r, a, b, middle, rests, q, c, by):
                low = middle
            else:
                high = middle - 1
        if low >= 0 and ends_by(facts, r, a, b, low, rests, q, c, by):
            out[q] = max(out[q], low)


@inner
def ends_by(facts: Facts, r: Int, a: Int, b: Int, clock: Int, rests: Whole, c: Int, upto: Int, by: Int) -> bool:
    """Whether the move begun at ``clock`` with breaks c .. upto-1 on the way is over by ``by``."""
    left = np.int64(facts.driving[r, a, b]) * NORMAL
    setup = np.int64(facts.travel[r, a, b]) - facts.driving[r, a, b]
    for q in range(c, upto):
        if clock > rests[q, 1]:
            return False
        begin = max(clock, rests[q, 0])
        driven = clock if left == 0 else time_of(facts, r, progress_at(facts, r, clock) + left)
        if begin >= driven:
            left, setup = np.int64(0), max(np.int64(0), setup - (begin - driven))
        else:
            left -= progress_at(facts, r, begin) - progress_at(facts, r, clock)
        clock = begin + rests[q, 2]
    driven = clock if left == 0 else time_of(facts, r, progress_at(facts, r, clock) + left)
    return driven + setup <= by
