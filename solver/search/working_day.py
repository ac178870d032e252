"""The cheapest actual day of one route.

For a given finish the best departure is the latest one. If that day still waits somewhere, a window or a break closes
for whoever leaves a second later; doing so jumps to the next possible finish. As ``solver.schedule.cheapest``, which
has the last word on the times.
"""

import numpy as np

from solver.search.arrays import FAR, Facts, Indices, Int, Plan, Scratch
from solver.search.clock import arrive
from solver.search.compiled import inner
from solver.search.labels import earliest_finish, latest_departure, start_from

MOST_TRIED = 200
"""Days tried for one choice of breaks. Without slowdowns there are as many as closing times on the route."""


@inner
def least_duration(facts: Facts, v: Int, c: Int, stops: Indices, length: Int) -> Int:
    """How long the day would be if nobody waited for anything."""
    r, here, total = facts.profile[v], facts.start[v], np.int64(0)
    for i in range(length):
        j = stops[i]
        total += facts.travel[r, here, facts.point[j]] + facts.service[j]
        here = facts.point[j]
    total += facts.travel[r, here, facts.end[v]]
    for q in range(facts.n_rests[v, c]):
        total += facts.rests[v, c, q, 2]
    return total


@inner
def cheapest_with(
    facts: Facts, plan: Plan, scratch: Scratch, v: Int, c: Int, stops: Indices, length: Int
) -> tuple[Int, Int, Int]:
    """Cost of time, departure and finish of the cheapest day with choice c of the breaks; FAR if there is none.

    The route must be one whose labels can be kept, but for the length of the day.
    """
    least = least_duration(facts, v, c, stops, length)
    longest, unpaid = facts.longest[v, c], facts.unpaid[v, c]
    best, best_leaving, best_finish = FAR, np.int64(0), np.int64(0)
    if least > longest:
        return best, best_leaving, best_finish
    leaving = facts.leaves[v]
    for _ in range(MOST_TRIED):
        finish = earliest_finish(facts, plan, v, c, stops, length, leaving, scratch.depart, scratch.arrive)
        if finish > facts.finishes[v]:
            break
        overtime = facts.per_overtime_second[v] * max(np.int64(0), finish - facts.regular_end[v])
        if facts.per_second[v] * (least - unpaid) + overtime >= best:
            break
        last = latest_departure(facts, plan, v, c, stops, length, finish, scratch.latest, scratch.arrive)
        if last < leaving:  # a link forbids leaving so late
            break
        duration = finish - last
        if duration <= longest:
            cost = facts.per_second[v] * (duration - unpaid) + overtime
            if cost < best:
                best, best_leaving, best_finish = cost, last, finish
        if duration <= least:
            break
        leaving = max(last + 1, finish - longest)
    return best, best_leaving, best_finish


@inner
def cheapest_day(
    facts: Facts, plan: Plan, scratch: Scratch, v: Int, stops: Indices, length: Int
) -> tuple[Int, Int, Int]:
    """Cost of time, departure and duration of the cheapest lawful day of these stops; FAR if there is none.

    A choice whose best day is too short for its breaks is dropped: the same day without them is lawful.
    """
    best, departure, duration, best_finish = FAR, np.int64(0), np.int64(0), FAR
    for c in range(facts.n_choices[v]):
        cost, leaving, finish = cheapest_with(facts, plan, scratch, v, c, stops, length)
        if cost >= FAR or finish - leaving <= facts.longer_than[v, c]:
            continue
        if cost < best or (cost == best and finish < best_finish):
            best, departure, duration, best_finish = cost, leaving, finish - leaving, finish
    return best, departure, duration


@inner
def has_day(facts: Facts, plan: Plan, scratch: Scratch, v: Int, c: Int, stops: Indices, length: Int) -> bool:
    """Whether choice c of the breaks allows for some day that is not too long."""
    longest, leaving = facts.longest[v, c], facts.leaves[v]
    for _ in range(MOST_TRIED):
        finish = earliest_finish(facts, plan, v, c, stops, length, leaving, scratch.depart, scratch.arrive)
        if finish > facts.finishes[v]:
            return False
        if finish - leaving <= longest:
            return True
        last = latest_departure(facts, plan, v, c, stops, length, finish, scratch.latest, scratch.arrive)
        if last < leaving:  # a link forbids leaving so late
            return False
        if finish - last <= longest:
            return True
        leaving = max(last + 1, finish - longest)
    return False


@inner
def driven(facts: Facts, plan: Plan, v: Int, departure: Int) -> Int:
    """Seconds really driven by shift v if it leaves then and loses no time; breaks are left aside."""
    r, t, total, length = facts.profile[v], departure, np.int64(0), plan.length[v]
    for i in range(length + 1):
        here, there = plan.path[v, i], plan.path[v, i + 1]
        there_at = arrive(facts, r, here, there, t)
        total += there_at - t - (facts.travel[r, here, there] - facts.driving[r, here, there])
        if i < length:
            j = plan.route[v, i]
            t = start_from(facts, j, max(there_at, facts.opens[j])) + facts.service[j]
    return total
