"""Visits that come after others, by a gap at least, on whatever route.

A link becomes a release of the later visit and a due time of the earlier one, read off the labels of the other one's
route. Both are plain bounds to everything else. Links are few, so whoever asks about them goes through all of them.
"""

import numpy as np

from solver.search.arrays import FAR, NEVER, Facts, Int, Plan
from solver.search.compiled import inline, inner
from solver.search.routes import position_of


@inner
def start_times(facts: Facts, plan: Plan, k: Int) -> tuple[Int, Int]:
    """Earliest and latest start of a planned visit over the choices of breaks that can be kept."""
    v, i = plan.shift_of[k], position_of(plan, k)
    service = facts.service[plan.option_of[k]]
    if facts.plain[v]:
        if plan.soonest[v, i + 1] >= FAR or plan.until[v, i] <= NEVER:
            return FAR, NEVER
        return plan.soonest[v, i + 1] - service, plan.until[v, i]
    early, late = FAR, NEVER
    for c in range(facts.n_choices[v]):
        for b in range(facts.n_rests[v, c] + 1):
            start = plan.depart[v, c, i + 1, b] - service
            if start <= plan.latest[v, c, i, b]:
                early, late = min(early, start), max(late, plan.latest[v, c, i, b])
    return early, late


@inline
def is_kept_by_order(facts: Facts, plan: Plan, q: Int) -> bool:
    """Whether link q asks for nothing but an order of stops on one route."""
    return facts.links[q, 2] == 0 and plan.shift_of[facts.links[q, 0]] == plan.shift_of[facts.links[q, 1]]


@inner
def release_of(facts: Facts, plan: Plan, k: Int) -> Int:
    """When visit k may start at the earliest for what it comes after; FAR if some of that is not in the plan."""
    release = np.int64(0)
    for q in range(facts.links.shape[0]):
        if facts.links[q, 1] == k:
            first = facts.links[q, 0]
            if plan.shift_of[first] < 0:
                return FAR
            if not is_kept_by_order(facts, plan, q):
                early, _ = start_times(facts, plan, first)
                release = max(release, early + facts.service[plan.option_of[first]] + facts.links[q, 2])
    return min(release, FAR)


@inner
def is_released(facts: Facts, plan: Plan, k: Int) -> bool:
    """Whether all that visit k comes after is in the plan, so that it may be too; its bounds are set accordingly."""
    plan.release[k], plan.due[k] = release_of(facts, plan, k), FAR
    return plan.release[k] < FAR


@inner
def due_of(facts: Facts, plan: Plan, k: Int) -> Int:
    """When planned visit k has to start at the latest for what comes after it."""
    due = FAR
    for q in range(facts.links.shape[0]):
        then = facts.links[q, 1]
        if facts.links[q, 0] == k and plan.shift_of[then] >= 0 and not is_kept_by_order(facts, plan, q):
            _, late = start_times(facts, plan, then)
            due = min(due, late - facts.links[q, 2] - facts.service[plan.option_of[k]])
    return max(due, NEVER)


@inner
def after_others(facts: Facts, plan: Plan, v: Int, k: Int) -> Int:
    """The first position of shift v after everything there that visit k comes after."""
    low = 0
    for q in range(facts.links.shape[0]):
        first = facts.links[q, 0]
        if facts.links[q, 1] == k and plan.shift_of[first] == v:
            low = max(low, position_of(plan, first) + 1)
    return low


@inner
def against_order(facts: Facts, plan: Plan) -> bool:
    """Whether some visit is served without one that it comes after, or on one route before it."""
    for q in range(facts.links.shape[0]):
        first, then = facts.links[q, 0], facts.links[q, 1]
        v = plan.shift_of[then]
        if v >= 0 and plan.shift_of[first] < 0:
            return True
        if v >= 0 and v == plan.shift_of[first] and position_of(plan, first) > position_of(plan, then):
            return True
    return False
