"""Changing one route and keeping what follows from it true."""

import numpy as np

from solver.search.arrays import FAR, Facts, Int, Plan, Scratch
from solver.search.compiled import inline, inner
from solver.search.labels import label_route, relabel
from solver.search.working_day import cheapest_day, driven


@inner
def refresh(facts: Facts, plan: Plan, scratch: Scratch, v: Int) -> bool:
    """Path, legs and labels of shift v anew; whether its route can be kept as far as labels tell."""
    length, path, leg = plan.length[v], plan.path[v], plan.leg[v]
    tariff = facts.tariff[v]
    path[0] = facts.start[v]
    for i in range(length + 1):
        path[i + 1] = facts.point[plan.route[v, i]] if i < length else facts.end[v]
        leg[i] = facts.price[tariff, path[i], path[i + 1]] if length > 0 else 0
    measure_legs(facts, plan, v)
    return label_route(facts, plan, scratch, v)


@inner
def measure_legs(facts: Facts, plan: Plan, v: Int) -> None:
    """Driving, metres and busy time of shift v, where something limits them."""
    r, path, length = facts.profile[v], plan.path[v], plan.length[v]
    driving, metres, busy = np.int64(0), np.int64(0), np.int64(0)
    if length > 0 and (facts.limited[v] or not facts.plain[v]):
        for i in range(length + 1):
            driving += facts.driving[r, path[i], path[i + 1]]
            metres += facts.metres[r, path[i], path[i + 1]]
            busy += facts.travel[r, path[i], path[i + 1]]
        for i in range(length):
            busy += facts.service[plan.route[v, i]]
    plan.driving[v], plan.metres[v], plan.busy[v] = driving, metres, busy


@inner
def account(facts: Facts, plan: Plan, scratch: Scratch, v: Int) -> bool:
    """Exact cost and working time of shift v, whose labels are true; whether there is a lawful day at all."""
    length, path, r = plan.length[v], plan.path[v], facts.profile[v]
    plan.worked[v], plan.cost[v] = 0, 0
    if length == 0:
        return True
    cost, metres, moving = facts.fixed[v], np.int64(0), np.int64(0)
    if facts.per_metre[v] > 0:
        for i in range(length + 1):
            metres += facts.metres[r, path[i], path[i + 1]]
    if facts.per_moving_second[v] > 0:
        for i in range(length + 1):
            moving += facts.travel[r, path[i], path[i + 1]]
    if facts.choosy[v]:
        for i in range(length):
            cost += facts.preference[plan.route[v, i], facts.kind[v]]
    cost += facts.per_metre[v] * metres + facts.per_moving_second[v] * moving
    legal, slow = True, facts.limited[v] and facts.slowed[r]
    if facts.timed[v] or slow:
        of_time, departure, worked = cheapest_day(facts, plan, scratch, v, plan.route[v], length)
        legal = of_time < FAR and not (slow and driven(facts, plan, v, departure) > facts.most_driving[v])
        plan.worked[v] = worked
        cost += of_time
    plan.cost[v] = cost
    return legal


@inner
def insert(facts: Facts, plan: Plan, scratch: Scratch, v: Int, i: Int, j: Int) -> None:
    """Put option j at position i of shift v, where it fits."""
    route, path, leg, length = plan.route[v], plan.path[v], plan.leg[v], plan.length[v]
    k, tariff = facts.visit[j], facts.tariff[v]
    for q in range(length, i, -1):
        route[q] = route[q - 1]
    route[i] = j
    plan.length[v] = length + 1
    plan.shift_of[k], plan.option_of[k] = v, j
    plan.linked_stops[v] += facts.linked[k]
    for d in range(facts.load.shape[1]):
        plan.load[v, d] += facts.load[k, d]
    soonest, until = plan.soonest[v], plan.until[v]
    path[length + 2] = path[length + 1]
    for q in range(length + 1, i + 1, -1):
        path[q], leg[q], soonest[q], until[q] = path[q - 1], leg[q - 1], soonest[q - 1], until[q - 1]
    path[i + 1], until[i + 1] = facts.point[j], until[i]
    if not facts.plain[v]:
        move_labels_up(facts, plan, v, i)
    leg[i] = facts.price[tariff, path[i], path[i + 1]]
    leg[i + 1] = facts.price[tariff, path[i + 1], path[i + 2]]
    measure_legs(facts, plan, v)
    relabel(facts, plan, scratch, v, i)


@inner
def move_labels_up(facts: Facts, plan: Plan, v: Int, i: Int) -> None:
    """Make room for the labels of one more stop at position i of shift v."""
    for c in range(facts.n_choices[v]):
        depart, latest = plan.depart[v, c], plan.latest[v, c]
        for q in range(plan.length[v], i, -1):
            for b in range(facts.n_rests[v, c] + 1):
                depart[q, b], latest[q, b] = depart[q - 1, b], latest[q - 1, b]


@inner
def remove(facts: Facts, plan: Plan, v: Int, i: Int) -> None:
    """Take the stop at position i out of shift v; path, legs and labels are stale until refresh."""
    route = plan.route[v]
    k = facts.visit[route[i]]
    for q in range(i, plan.length[v] - 1):
        route[q] = route[q + 1]
    plan.length[v] -= 1
    plan.shift_of[k] = -1
    plan.linked_stops[v] -= facts.linked[k]
    for d in range(facts.load.shape[1]):
        plan.load[v, d] -= facts.load[k, d]


@inner
def position_of(plan: Plan, k: Int) -> Int:
    """Where visit k stands in its route."""
    v, i = plan.shift_of[k], 0
    while plan.route[v, i] != plan.option_of[k]:
        i += 1
    return i


@inner
def copy_route(facts: Facts, source: Plan, target: Plan, v: Int) -> None:
    """Route v and all that follows from it; of the tables by visit only the bounds of linked stops."""
    n = source.length[v]
    target.length[v] = n
    route, path, leg = source.route[v], source.path[v], source.leg[v]
    soonest, until = source.soonest[v], source.until[v]
    to_route, to_path, to_leg = target.route[v], target.path[v], target.leg[v]
    to_soonest, to_until = target.soonest[v], target.until[v]
    for i in range(n):
        to_route[i] = route[i]
    for i in range(n + 1):
        to_path[i], to_leg[i], to_soonest[i], to_until[i] = path[i], leg[i], soonest[i], until[i]
    to_path[n + 1] = path[n + 1]
    if not facts.plain[v]:
        for c in range(facts.n_choices[v]):
            for i in range(n + 1):
                for b in range(facts.n_rests[v, c] + 1):
                    target.depart[v, c, i, b] = source.depart[v, c, i, b]
                    target.latest[v, c, i, b] = source.latest[v, c, i, b]
    for d in range(facts.load.shape[1]):
        target.load[v, d] = source.load[v, d]
    target.driving[v], target.metres[v], target.busy[v] = source.driving[v], source.metres[v], source.busy[v]
    target.worked[v], target.cost[v] = source.worked[v], source.cost[v]
    target.linked_stops[v] = source.linked_stops[v]
    if source.linked_stops[v] > 0:
        for i in range(n):
            k = facts.visit[route[i]]
            target.release[k], target.due[k] = source.release[k], source.due[k]


@inline
def touch(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int, v: Int) -> Int:
    """Remember route v as it was before this iteration."""
    if scratch.is_touched[v]:
        return n_touched
    copy_route(facts, plan, saved, v)
    scratch.is_touched[v] = 1
    scratch.touched[n_touched] = v
    return n_touched + 1
