"""Visits that come after others, by a gap at least, on whatever route.

A link becomes a release of the later visit and a due time of the earlier one, read off the labels of the other one's
route and repeated until nothing changes. Both are plain bounds to everything else. Links are few, so every function
here goes through all of them.
"""

from solver.search.arrays import FAR, NEVER, Facts, Int, Plan, Scratch
from solver.search.compiled import inner
from solver.search.labels import label_route
from solver.search.routes import account, insert, position_of, refresh, remove, touch


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


@inner
def may_follow(facts: Facts, plan: Plan, k: Int) -> bool:
    """Whether everything that visit k comes after is in the plan."""
    for q in range(facts.links.shape[0]):
        if facts.links[q, 1] == k and plan.shift_of[facts.links[q, 0]] < 0:
            return False
    return True


@inner
def drop_orphans(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> Int:
    """Take out whatever comes after a visit that is not in the plan."""
    changed = True
    while changed:
        changed = False
        for q in range(facts.links.shape[0]):
            k = facts.links[q, 1]
            v = plan.shift_of[k]
            if v >= 0 and plan.shift_of[facts.links[q, 0]] < 0:
                n_touched = touch(facts, plan, saved, scratch, n_touched, v)
                remove(facts, plan, v, position_of(plan, k))
                changed = True
    return n_touched


@inner
def touch_linked(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> Int:
    """Remember all routes with linked stops: their times hang together."""
    for v in range(plan.length.shape[0]):
        if plan.linked_stops[v] > 0:
            n_touched = touch(facts, plan, saved, scratch, n_touched, v)
    return n_touched


@inner
def against_order(facts: Facts, plan: Plan) -> bool:
    """Whether some route serves a visit before one that it comes after: even without service that is no plan."""
    for q in range(facts.links.shape[0]):
        k, then = facts.links[q, 0], facts.links[q, 1]
        v = plan.shift_of[k]
        if v >= 0 and v == plan.shift_of[then] and position_of(plan, k) > position_of(plan, then):
            return True
    return False


@inner
def settle(facts: Facts, plan: Plan, scratch: Scratch) -> bool:
    """Release and due times of all linked visits, and the labels of their routes; whether all links can be kept."""
    for q in range(facts.links.shape[0]):
        for side in range(2):
            plan.release[facts.links[q, side]] = 0
            plan.due[facts.links[q, side]] = FAR
    for v in range(plan.length.shape[0]):
        if plan.linked_stops[v] > 0 and not label_route(facts, plan, scratch, v):
            return False
    return tighten(facts, plan, scratch)


@inner
def tighten(facts: Facts, plan: Plan, scratch: Scratch) -> bool:
    """As settle, after stops were put in: releases only become later then, due times earlier."""
    if against_order(facts, plan):
        return False
    for _ in range(4 * facts.links.shape[0] + 4):
        changed = False
        for q in range(facts.links.shape[0]):
            k, then, gap = facts.links[q, 0], facts.links[q, 1], facts.links[q, 2]
            if plan.shift_of[k] < 0 or plan.shift_of[then] < 0:
                continue
            wait = facts.service[plan.option_of[k]] + gap
            early, _ = start_times(facts, plan, k)
            if early >= FAR:
                return False
            if early + wait > plan.release[then]:
                plan.release[then] = early + wait
                changed = True
                label_route(facts, plan, scratch, plan.shift_of[then])
            early, late = start_times(facts, plan, then)
            if early >= FAR:
                return False
            if late - wait < plan.due[k]:
                plan.due[k] = late - wait
                changed = True
                label_route(facts, plan, scratch, plan.shift_of[k])
        if not changed:
            return True
    return False


@inner
def account_linked(facts: Facts, plan: Plan, scratch: Scratch) -> bool:
    """Costs of the routes with linked stops, each of these held at its earliest start so that all routes agree.

    ``settle`` is needed afterwards.
    """
    for q in range(facts.links.shape[0]):
        for side in range(2):
            k = facts.links[q, side]
            if plan.shift_of[k] >= 0:
                early, _ = start_times(facts, plan, k)
                plan.release[k] = plan.due[k] = early
    kept = True
    for v in range(plan.length.shape[0]):
        if plan.linked_stops[v] > 0:
            kept = account(facts, plan, scratch, v) and kept
    return kept


@inner
def holds_together(facts: Facts, plan: Plan, scratch: Scratch, v: Int, i: Int, j: Int) -> bool:
    """Whether all links can be kept with option j at position i of shift v: it is put there and taken out again."""
    insert(facts, plan, scratch, v, i, j)
    kept = settle(facts, plan, scratch)
    remove(facts, plan, v, i)
    refresh(facts, plan, scratch, v)
    settle(facts, plan, scratch)
    return kept
