"""Earliest and latest times along a route.

A moment between two services is known by the time and the breaks taken so far. Being earlier never hurts, since one
may wait, so one earliest time per number of breaks forwards and one latest time backwards decide exactly what is
possible, also with several windows. Where long days call for more breaks than short ones every such choice of breaks
has its own labels; whether the day is as long as its choice asks for is left to ``working_day``.
"""

from solver.search.arrays import FAR, NEVER, Facts, Indices, Int, Plan, Scratch, Whole
from solver.search.clock import arrive, leave, move_back, move_on
from solver.search.compiled import inline, inner


@inline
def start_from(facts: Facts, j: Int, ready: Int) -> Int:
    """First start of option j at ``ready`` or later, FAR if there is none."""
    for w in range(facts.n_windows[j]):
        if ready <= facts.windows[j, w, 1]:
            return max(ready, facts.windows[j, w, 0])
    return FAR


@inline
def start_until(facts: Facts, j: Int, due: Int) -> Int:
    """Last start of option j at ``due`` or earlier, NEVER if there is none."""
    for w in range(facts.n_windows[j] - 1, -1, -1):
        if due >= facts.windows[j, w, 0]:
            return min(due, facts.windows[j, w, 1])
    return NEVER


@inner
def earliest_finish(
    facts: Facts,
    plan: Plan,
    v: Int,
    c: Int,
    stops: Indices,
    length: Int,
    depart: Int,
    labels: Whole,
    arrivals: Whole,
) -> Int:
    """When shift v is over at the earliest with its choice c of breaks, leaving at ``depart``; FAR if never.

    labels: (length + 1, breaks + 1), earliest moment to leave each position, filled here.
    """
    n, r, rests = facts.n_rests[v, c], facts.profile[v], facts.rests[v, c]
    labels[0, 0] = depart
    for b in range(1, n + 1):
        labels[0, b] = FAR
    here = facts.start[v]
    for i in range(length):
        j = stops[i]
        there = facts.point[j]
        release, due = plan.release[facts.visit[j]], plan.due[facts.visit[j]]
        if n == 0:
            arrivals[0] = arrive(facts, r, here, there, labels[i, 0])
        else:
            move_on(facts, r, here, there, labels[i], rests, n, arrivals)
        alive = False
        for b in range(n + 1):
            t = FAR
            if arrivals[b] < FAR:
                t = start_from(facts, j, max(arrivals[b], release))
                if t < FAR and t <= due:
                    t += facts.service[j]
                    alive = True
                else:
                    t = FAR
            labels[i + 1, b] = t
        if not alive:
            return FAR
        here = there
    if n == 0:
        return arrive(facts, r, here, facts.end[v], labels[length, 0])
    move_on(facts, r, here, facts.end[v], labels[length], rests, n, arrivals)
    return arrivals[n]


@inner
def latest_departure(
    facts: Facts,
    plan: Plan,
    v: Int,
    c: Int,
    stops: Indices,
    length: Int,
    finish: Int,
    labels: Whole,
    leaving: Whole,
) -> Int:
    """When shift v must leave at the latest to be over by ``finish``; NEVER if that is impossible.

    labels: (length + 1, breaks + 1), latest start of each stop, filled here.
    """
    n, r, rests = facts.n_rests[v, c], facts.profile[v], facts.rests[v, c]
    for b in range(n):
        labels[length, b] = NEVER
    labels[length, n] = finish
    there = facts.end[v]
    for i in range(length - 1, -1, -1):
        j = stops[i]
        here = facts.point[j]
        due = plan.due[facts.visit[j]]
        if n == 0:
            leaving[0] = leave(facts, r, here, there, labels[i + 1, 0])
        else:
            move_back(facts, r, here, there, labels[i + 1], rests, n, leaving)
        alive = False
        for b in range(n + 1):
            t = NEVER
            if leaving[b] > NEVER:
                t = start_until(facts, j, min(leaving[b] - facts.service[j], due))
                alive = alive or t > NEVER
            labels[i, b] = t
        if not alive:
            return NEVER
        there = here
    if n == 0:
        return leave(facts, r, facts.start[v], there, labels[0, 0])
    move_back(facts, r, facts.start[v], there, labels[0], rests, n, leaving)
    return leaving[0]


@inner
def label_route(facts: Facts, plan: Plan, scratch: Scratch, v: Int) -> bool:
    """All labels of shift v anew; whether its route can be kept as far as labels tell."""
    length = plan.length[v]
    if facts.plain[v]:
        return label_plainly(facts, plan, v, 0, length, True)
    kept = False
    for c in range(facts.n_choices[v]):
        kept = label_choice(facts, plan, scratch, v, c, 0, length, True) or kept
    summarise(facts, plan, v)
    return kept


@inner
def relabel(facts: Facts, plan: Plan, scratch: Scratch, v: Int, i: Int) -> None:
    """Labels after an insertion at position ``i``, with those of all other positions moved up already."""
    if facts.plain[v]:
        label_plainly(facts, plan, v, i, i + 1, False)
        return
    for c in range(facts.n_choices[v]):
        label_choice(facts, plan, scratch, v, c, i, i + 1, False)
    summarise(facts, plan, v)


@inner
def summarise(facts: Facts, plan: Plan, v: Int) -> None:
    """The most generous labels of each position, of those that the route as it is can be completed with.

    A label that is no good for the route as it is will be no good with one stop more, unless the detour is quicker than
    the direct way; such a place is then overlooked.
    """
    length, soonest, until = plan.length[v], plan.soonest[v], plan.until[v]
    for i in range(length + 1):
        soonest[i], until[i] = FAR, NEVER
    soonest[0], until[length] = facts.leaves[v], facts.finishes[v]
    for c in range(facts.n_choices[v]):
        depart, latest = plan.depart[v, c], plan.latest[v, c]
        for i in range(length):
            service = facts.service[plan.route[v, i]]
            for b in range(facts.n_rests[v, c] + 1):
                if depart[i + 1, b] - service <= latest[i, b]:
                    soonest[i + 1] = min(soonest[i + 1], depart[i + 1, b])
                    until[i] = max(until[i], latest[i, b])


@inner
def label_choice(
    facts: Facts, plan: Plan, scratch: Scratch, v: Int, c: Int, first: Int, last: Int, everything: bool
) -> bool:
    """Labels of one choice of breaks: forwards from stop ``first`` on, backwards from stop ``last`` - 1 on.

    Unless everything is to be done anew it ends where labels come out as they were. Whether the route can be kept.
    """
    n, r, rests, length = facts.n_rests[v, c], facts.profile[v], facts.rests[v, c], plan.length[v]
    depart, latest, path, lab = plan.depart[v, c], plan.latest[v, c], plan.path[v], scratch.arrive
    depart[0, 0], latest[length, n] = facts.leaves[v], facts.finishes[v]
    for b in range(n):
        depart[0, b + 1], latest[length, b] = FAR, NEVER
    for i in range(first, length):
        j = plan.route[v, i]
        release = plan.release[facts.visit[j]]
        move_on(facts, r, path[i], path[i + 1], depart[i], rests, n, lab)
        same = not everything and i > first
        for b in range(n + 1):
            t = FAR if lab[b] >= FAR else start_from(facts, j, max(lab[b], release))
            t = FAR if t >= FAR else t + facts.service[j]
            same = same and t == depart[i + 1, b]
            depart[i + 1, b] = t
        if same:
            break
    for i in range(last - 1, -1, -1):
        j = plan.route[v, i]
        due = plan.due[facts.visit[j]]
        move_back(facts, r, path[i + 1], path[i + 2], latest[i + 1], rests, n, lab)
        same = not everything and i < last - 1
        for b in range(n + 1):
            t = NEVER if lab[b] <= NEVER else start_until(facts, j, min(lab[b] - facts.service[j], due))
            same = same and t == latest[i, b]
            latest[i, b] = t
        if same:
            break
    if not everything:
        return True
    move_on(facts, r, path[length], path[length + 1], depart[length], rests, n, lab)
    return lab[n] <= facts.finishes[v]


@inner
def label_plainly(facts: Facts, plan: Plan, v: Int, first: Int, last: Int, everything: bool) -> bool:
    """Labels of a shift without breaks: forwards from stop ``first`` on, backwards from stop ``last`` - 1 on.

    Unless everything is to be done anew it ends where a label comes out as it was. Whether the route can be kept.
    """
    r, route, length = facts.profile[v], plan.route[v], plan.length[v]
    soonest, until, path = plan.soonest[v], plan.until[v], plan.path[v]
    soonest[0] = facts.leaves[v]
    until[length] = facts.finishes[v]
    for i in range(first, length):
        j = route[i]
        t = arrive(facts, r, path[i], path[i + 1], soonest[i])
        t = start_from(facts, j, max(t, plan.release[facts.visit[j]]))
        if t < FAR:
            t += facts.service[j]
        if not everything and i > first and t == soonest[i + 1]:
            break
        soonest[i + 1] = t
    for i in range(last - 1, -1, -1):
        j = route[i]
        t = leave(facts, r, path[i + 1], path[i + 2], until[i + 1]) - facts.service[j]
        t = start_until(facts, j, min(t, plan.due[facts.visit[j]]))
        if not everything and i < last - 1 and t == until[i]:
            break
        until[i] = t
    if not everything:
        return True
    return arrive(facts, r, path[length], path[length + 1], soonest[length]) <= facts.finishes[v]
