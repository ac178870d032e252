"""Bounds and labels of linked visits kept true while routes change.

Where labels of a route with linked stops change it has moved: the bounds of its stops' partners follow, and the routes
of these may move in turn. Whatever moves is touched first, so that a round can be undone.
"""

from solver.search.arrays import FAR, Facts, Int, Plan, Scratch
from solver.search.compiled import inline, inner
from solver.search.labels import label_route
from solver.search.links import due_of, is_released, release_of, start_times
from solver.search.routes import insert, position_of, refresh, remove, touch
from solver.search.working_day import has_day

MOVES = 8
"""Times the number of links: after so many moves of routes their times are held to go round in circles."""


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
def is_lawful(facts: Facts, plan: Plan, scratch: Scratch, v: Int) -> bool:
    """Whether shift v has a day short enough for its breaks within the bounds of its stops."""
    if not facts.bounded[v]:
        return True
    for c in range(facts.n_choices[v]):
        if has_day(facts, plan, scratch, v, c, plan.route[v], plan.length[v]):
            return True
    return False


@inner
def bind(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int, k: Int) -> tuple[Int, bool]:
    """Bounds of planned visit k anew; whether its route can be kept with them. As touch, how many are touched."""
    v, release, due = plan.shift_of[k], release_of(facts, plan, k), due_of(facts, plan, k)
    if release == plan.release[k] and due == plan.due[k]:
        return n_touched, True
    n_touched = touch(facts, plan, saved, scratch, n_touched, v)
    plan.release[k], plan.due[k] = release, due
    scratch.is_moved[v] = 1
    kept = label_route(facts, plan, scratch, v)
    early, late = start_times(facts, plan, k)
    return n_touched, kept and early <= late and is_lawful(facts, plan, scratch, v)


@inner
def settle(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> tuple[Int, bool]:
    """Bounds and labels that follow from the routes that have moved; whether all links can be kept, else unfinished."""
    moves, moving = 0, True
    while moving:
        moving = False
        for v in range(plan.length.shape[0]):
            if not scratch.is_moved[v]:
                continue
            if moves > MOVES * facts.links.shape[0]:
                return n_touched, False
            scratch.is_moved[v], moves, moving = 0, moves + 1, True
            for q in range(facts.links.shape[0]):
                first, then, kept = facts.links[q, 0], facts.links[q, 1], True
                if plan.shift_of[first] < 0 or plan.shift_of[then] < 0:
                    continue
                if plan.shift_of[first] == v:
                    n_touched, kept = bind(facts, plan, saved, scratch, n_touched, then)
                if kept and plan.shift_of[then] == v:
                    n_touched, kept = bind(facts, plan, saved, scratch, n_touched, first)
                if not kept:
                    scratch.is_moved[v] = 1
                    return n_touched, False
    return n_touched, True


@inner
def settle_anew(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> tuple[Int, bool]:
    """As settle, of all routes and from no bounds at all."""
    for v in range(plan.length.shape[0]):
        scratch.is_moved[v] = 0
        if plan.linked_stops[v] == 0:
            continue
        n_touched = touch(facts, plan, saved, scratch, n_touched, v)
        for i in range(plan.length[v]):
            k = facts.visit[plan.route[v, i]]
            plan.release[k], plan.due[k] = 0, FAR
        label_route(facts, plan, scratch, v)
        scratch.is_moved[v] = 1
    return settle(facts, plan, saved, scratch, n_touched)


@inner
def ease(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> Int:
    """Bounds after stops were taken out of the routes touched."""
    move(plan, scratch, n_touched)
    for q in range(facts.links.shape[0]):
        first = facts.links[q, 0]
        if plan.shift_of[first] >= 0 and plan.shift_of[facts.links[q, 1]] < 0:
            n_touched, _ = bind(facts, plan, saved, scratch, n_touched, first)
    n_touched, kept = settle(facts, plan, saved, scratch, n_touched)
    if not kept:
        n_touched, _ = settle_anew(facts, plan, saved, scratch, n_touched)
    return n_touched


@inline
def move(plan: Plan, scratch: Scratch, n_touched: Int) -> None:
    """All touched routes with linked stops may have moved."""
    for q in range(n_touched):
        v = scratch.touched[q]
        scratch.is_moved[v] = plan.linked_stops[v] > 0


@inner
def insert_linked(
    facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int, v: Int, i: Int, j: Int
) -> tuple[Int, bool]:
    """Insert option j at position i of touched shift v unless links forbid it; whether they did not."""
    insert(facts, plan, scratch, v, i, j)
    if plan.linked_stops[v] == 0:
        return n_touched, True
    scratch.is_moved[v] = 1
    n_touched, kept = settle(facts, plan, saved, scratch, n_touched)
    if not kept:
        remove(facts, plan, v, i)
        refresh(facts, plan, scratch, v)
        n_touched, _ = settle_anew(facts, plan, saved, scratch, n_touched)
        is_released(facts, plan, facts.visit[j])
    return n_touched, kept
