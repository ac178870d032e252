"""Whether routes with linked stops have days that keep all links at once.

Labels promise each stop the best of all days, and one day need not keep several of these promises. So the routes are
walked, each as early as it may, and again where something that a stop comes after turns out to end later; as
``solver.schedule.joint``. Routes without breaks or a limit of duration need no walk: their days keep all promises.
"""

from solver.search.arrays import FAR, Facts, Int, Plan, Scratch
from solver.search.clock import move_on
from solver.search.compiled import inner
from solver.search.labels import earliest_finish, latest_departure, start_from
from solver.search.links import is_kept_by_order, release_of
from solver.search.working_day import MOST_TRIED

WALKS = 20
"""Times the number of links."""


@inner
def hold_together(facts: Facts, plan: Plan, scratch: Scratch) -> bool:
    """Whether there are such days; the bounds of links have to be settled."""
    promising = True
    for v in range(plan.length.shape[0]):
        promising = promising and (plan.linked_stops[v] == 0 or facts.plain[v] == 1)
    if promising:
        return True
    kept = walk_all(facts, plan, scratch)
    for q in range(facts.links.shape[0]):
        k = facts.links[q, 1]
        if plan.shift_of[k] >= 0:
            plan.release[k] = release_of(facts, plan, k)
    return kept


@inner
def walk_all(facts: Facts, plan: Plan, scratch: Scratch) -> bool:
    """As hold_together, but releases are left raised by what the walks found."""
    for v in range(plan.length.shape[0]):
        scratch.is_late[v] = plan.linked_stops[v] > 0
    walks, walking = 0, True
    while walking:
        walking = False
        for v in range(plan.length.shape[0]):
            if not scratch.is_late[v]:
                continue
            scratch.is_late[v], walks, walking = 0, walks + 1, True
            if walks > WALKS * facts.links.shape[0] or not walk_early(facts, plan, scratch, v):
                return False
            delay(facts, plan, scratch, v)
    return True


@inner
def delay(facts: Facts, plan: Plan, scratch: Scratch, v: Int) -> None:
    """Release what comes after the stops of shift v no sooner than these, as just walked, allow."""
    for q in range(facts.links.shape[0]):
        first, then = facts.links[q, 0], facts.links[q, 1]
        if plan.shift_of[first] != v or plan.shift_of[then] < 0 or is_kept_by_order(facts, plan, q):
            continue
        ready = scratch.begins[first] + facts.service[plan.option_of[first]] + facts.links[q, 2]
        plan.release[then] = max(plan.release[then], ready)
        if scratch.begins[then] < ready:
            scratch.is_late[plan.shift_of[then]] = 1


@inner
def walk_early(facts: Facts, plan: Plan, scratch: Scratch, v: Int) -> bool:
    """Starts of the linked stops of shift v on its earliest day: with those breaks that let them start earliest."""
    best, chosen, last = FAR, -1, -1
    for c in range(facts.n_choices[v]):
        starts = walk(facts, plan, scratch, v, c)
        if starts < FAR:
            last = c
            if starts < best:
                best, chosen = starts, c
    if chosen != last:
        walk(facts, plan, scratch, v, chosen)
    return chosen >= 0


@inner
def walk(facts: Facts, plan: Plan, scratch: Scratch, v: Int, c: Int) -> Int:
    """The same with choice c of the breaks; returns the sum of these starts, FAR if there is no lawful day."""
    length, route, longest = plan.length[v], plan.route[v], facts.longest[v, c]
    leaving = facts.leaves[v]
    for _ in range(MOST_TRIED):
        finish = earliest_finish(facts, plan, v, c, route, length, leaving, scratch.depart, scratch.arrive)
        if finish > facts.finishes[v]:
            return FAR
        if finish - leaving <= longest:
            until = min(facts.finishes[v], leaving + longest)
            last = latest_departure(facts, plan, v, c, route, length, until, scratch.latest, scratch.arrive)
            if last < leaving or finish - leaving <= facts.longer_than[v, c]:
                return FAR
            return follow(facts, plan, scratch, v, c, leaving)
        leaving = finish - longest
    return FAR


@inner
def follow(facts: Facts, plan: Plan, scratch: Scratch, v: Int, c: Int, leaving: Int) -> Int:
    """The walk itself, every stop as early as the stops before it and ``scratch.latest`` allow; returns as walk."""
    n, r, rests, clocks = facts.n_rests[v, c], facts.profile[v], facts.rests[v, c], scratch.onward
    here, clock, taken, total = facts.start[v], leaving, 0, 0
    for i in range(plan.length[v]):
        j = plan.route[v, i]
        k, there = facts.visit[j], facts.point[j]
        for b in range(n + 1):
            clocks[b] = clock if b == taken else FAR
        move_on(facts, r, here, there, clocks, rests, n, scratch.arrive)
        start = FAR
        for b in range(taken, n + 1):
            if scratch.arrive[b] < FAR:
                begin = start_from(facts, j, max(scratch.arrive[b], plan.release[k]))
                if begin <= start and begin <= scratch.latest[i, b]:
                    start, taken = begin, b
        if start >= FAR:
            return FAR
        if facts.linked[k]:
            scratch.begins[k] = start
            total += start
        here, clock = there, start + facts.service[j]
    return total
