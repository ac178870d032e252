"""Where a visit fits at least cost."""

import numpy as np

from solver.search.arrays import ANY_PRICE, BARRED, FAR, FIRST, LAST, NEVER, Bits, Facts, Int, Plan, Scratch
from solver.search.chance import draw
from solver.search.clock import arrive, move_on
from solver.search.compiled import inline, inner
from solver.search.even import unfairness
from solver.search.labels import start_from
from solver.search.links import after_others
from solver.search.working_day import has_day

ONE = np.uint64(1)
"""Positions without a sign need no test for being counted from the end, which takes a fifth of a scan."""


@inner
def best_place(
    facts: Facts, plan: Plan, scratch: Scratch, k: Int, n_tried: Int, above: Int
) -> tuple[Int, Int, Int, Int]:
    """Cheapest place of visit k ``above`` a price, on the shifts in ``scratch.tried``: price, shift, position, option.

    Prices are in units, net of what its other options would gain more; shift -1 if it fits nowhere. Whether a day gets
    too long takes a walk along the route: first only the winner is walked, and only if it is too long every place is.
    A required visit that fits nowhere near by is put in wherever it fits.
    """
    anywhere = facts.beside.shape[1] == 0
    best, v, i, j = look_around(facts, plan, scratch, k, n_tried, above, False, anywhere)
    if v < 0 and facts.required[k] and not anywhere:
        anywhere = True
        best, v, i, j = look_around(facts, plan, scratch, k, n_tried, above, False, anywhere)
    if v >= 0 and facts.bounded[v] and not fits_in_a_day(facts, plan, scratch, v, i, j):
        return look_around(facts, plan, scratch, k, n_tried, above, True, anywhere)
    return best, v, i, j


@inner
def look_around(
    facts: Facts, plan: Plan, scratch: Scratch, k: Int, n_tried: Int, above: Int, strict: bool, anywhere: bool
) -> tuple[Int, Int, Int, Int]:
    """As best_place, next to points near by or ``anywhere``.

    Unless ``strict`` the length of a day is looked at only as far as that costs nothing.
    """
    best, best_v, best_i, best_j = ANY_PRICE, -1, -1, -1
    scratch.counts[0] += 1
    stamp = scratch.counts[0]
    for q in range(n_tried):
        v = scratch.tried[q]
        if scratch.is_settled[k] and not scratch.is_touched[v]:
            continue
        going_out = 0
        if plan.length[v] == 0:
            if scratch.twin_seen[facts.twin[v]] == stamp:
                continue
            scratch.twin_seen[facts.twin[v]] = stamp
            going_out = facts.fixed_in_units[v]
        if not has_room(facts, plan, v, k):
            continue
        for j in range(facts.first_option[k], facts.first_option[k + 1]):
            fee = facts.fee[j, facts.kind[v]]
            if fee >= BARRED:
                continue
            less = scratch.keenness[0] * (facts.best_gain[k] - facts.gain_in_units[j])
            extra = fee + going_out + less + unfairness(facts, scratch, v, j)
            price, i = scan(facts, plan, scratch, v, j, above - extra, best - extra, strict, anywhere)
            if i >= 0:
                best, best_v, best_i, best_j = price + extra, v, i, j
    return best, best_v, best_i, best_j


@inline
def has_room(facts: Facts, plan: Plan, v: Int, k: Int) -> bool:
    """Whether shift v can take one more visit and its loads."""
    if plan.length[v] >= facts.most_visits[v]:
        return False
    for d in range(facts.load.shape[1]):
        if plan.load[v, d] + facts.load[k, d] > facts.capacity[v, d]:
            return False
    return True


@inline
def scan(  # noqa: C901, PLR0912 - one loop, and every test in it spares the dearer ones after it
    facts: Facts,
    plan: Plan,
    scratch: Scratch,
    v: Int,
    j: Int,
    above: Int,
    bound: Int,
    strict: bool,
    anywhere: bool,
) -> tuple[Int, Int]:
    """Cheapest position of option j on shift v between two prices: that of the detour in units, position (-1: none)."""
    k, point, service, r = facts.visit[j], facts.point[j], facts.service[j], facts.profile[v]
    price_to, price_from = facts.price_to[facts.tariff[v], point], facts.price[facts.tariff[v], point]
    travel_to, travel_from = facts.travel_to[r, point], facts.travel[r, point]
    path, leg, soonest, until = plan.path[v], plan.leg[v], plan.soonest[v], plan.until[v]
    opens, closes = max(facts.opens[j], plan.release[k]), min(facts.closes[j], plan.due[k])
    several, plain, slowed, limited = facts.n_windows[j] > 1, facts.plain[v], facts.slowed[r], facts.limited[v]
    timed, beside = facts.timed[v], facts.beside[point]
    over = opens + service
    found = -1
    low, high = positions(facts, plan, v, k)
    for i in range(low, high + 1):
        u = np.uint64(i)
        ready, by = soonest[u], until[u]
        if by < over:  # the next stop must begin before this one can be over
            continue
        if ready > closes:  # too late here and everywhere after
            break
        a, b = np.uint32(path[u]), np.uint32(path[u + ONE])
        if not (anywhere or is_set(beside, a) or is_set(beside, b)):
            continue
        price = price_to[a] + price_from[b] - leg[u]
        if price >= bound:
            continue
        if plain and not slowed:
            t = max(ready + travel_to[a], opens)
            if several:
                t = start_from(facts, j, t)
            if t > closes or t + service + travel_from[b] > by:
                continue
        elif not fits(facts, plan, scratch, v, i, j):
            continue
        if strict and facts.bounded[v] and not fits_in_a_day(facts, plan, scratch, v, i, j):
            continue
        if limited and not within_reach(facts, plan, v, i, point):
            continue
        if timed:
            price += price_of_time(facts, plan, v, i, j)
            if price >= bound:
                continue
        if price <= above or draw(scratch.state) < scratch.blink[0]:
            continue
        bound, found = price, i
    return bound, found


@inline
def is_set(bits: Bits, a: Int) -> bool:
    """Whether flag ``a`` is."""
    flag = np.uint64(a)
    return (bits[flag >> np.uint64(6)] >> (flag & np.uint64(63))) & ONE != 0


@inner
def price_of_time(facts: Facts, plan: Plan, v: Int, i: Int, j: Int) -> Int:
    """What overtime and waiting for option j at position i of shift v cost more, in units: roughly, by labels alone."""
    r, a, b, point = facts.profile[v], plan.path[v, i], plan.path[v, i + 1], facts.point[j]
    cost, length = np.int64(0), plan.length[v]
    if facts.per_overtime_second[v] > 0:
        finish = plan.soonest[v, length] + facts.travel[r, plan.path[v, length], plan.path[v, length + 1]]
        longer = facts.travel[r, a, point] + facts.travel[r, point, b] + facts.service[j] - facts.travel[r, a, b]
        before = max(np.int64(0), finish - facts.regular_end[v])
        cost += facts.per_overtime_second[v] * (max(np.int64(0), finish + longer - facts.regular_end[v]) - before)
    if facts.per_second[v] > 0 and i > 0 and plan.until[v, i - 1] > NEVER:
        # Whoever would wait here leaves as late as the stops before allow.
        before = plan.until[v, i - 1] + facts.service[plan.route[v, i - 1]]
        cost += facts.per_second[v] * max(np.int64(0), facts.opens[j] - before - facts.travel[r, a, point])
    return cost // facts.unit


@inline
def positions(facts: Facts, plan: Plan, v: Int, k: Int) -> tuple[Int, Int]:
    """First and last position of shift v where visit k may stand; last < first if there is none."""
    n, position = plan.length[v], facts.position[k]
    low, high = facts.prefix[v], n
    if facts.linked[k]:
        low = max(low, after_others(facts, plan, v, k))
    if n > 0:
        if low == 0 and facts.position[facts.visit[plan.route[v, 0]]] == FIRST:
            low = 1
        if facts.position[facts.visit[plan.route[v, n - 1]]] == LAST:
            high = n - 1
    if position == FIRST:
        high = min(high, 0)
    elif position == LAST:
        low = max(low, n)
    return low, high


@inner
def within_reach(facts: Facts, plan: Plan, v: Int, i: Int, point: Int) -> bool:
    """Whether shift v keeps its limits of driving and distance with one more point after position i."""
    a, b, r, used = plan.path[v, i], plan.path[v, i + 1], facts.profile[v], plan.length[v] > 0
    driving = plan.driving[v] + facts.driving[r, a, point] + facts.driving[r, point, b]
    metres = plan.metres[v] + facts.metres[r, a, point] + facts.metres[r, point, b]
    if used:
        driving -= facts.driving[r, a, b]
        metres -= facts.metres[r, a, b]
    return driving <= facts.most_driving[v] and metres <= facts.most_metres[v]


@inner
def fits(facts: Facts, plan: Plan, scratch: Scratch, v: Int, i: Int, j: Int) -> bool:
    """Whether option j fits at position i of a shift with breaks, a bounded day or slowdowns, as far as labels tell."""
    if facts.plain[v]:
        return fits_between(facts, plan, v, i, j, plan.soonest[v, i], plan.until[v, i])
    if not fits_between(facts, plan, v, i, j, plan.soonest[v, i], plan.until[v, i]):
        return False  # not even if only the breaks stood in the way
    busy = busy_with(facts, plan, v, i, j)
    for c in range(facts.n_choices[v]):
        if busy + facts.resting[v, c] <= facts.longest[v, c] and fits_with(facts, plan, scratch, v, c, i, j):
            return True
    return False


@inner
def fits_in_a_day(facts: Facts, plan: Plan, scratch: Scratch, v: Int, i: Int, j: Int) -> bool:
    """Whether there is a day short enough for its breaks with option j at position i of shift v; exact."""
    busy, walked = busy_with(facts, plan, v, i, j), False
    for c in range(facts.n_choices[v]):
        if busy + facts.resting[v, c] > facts.longest[v, c] or not fits_with(facts, plan, scratch, v, c, i, j):
            continue
        if facts.longest[v, c] >= FAR:
            return True
        if not walked:
            walked = True
            for q in range(plan.length[v] + 1):
                scratch.stops[q] = plan.route[v, q] if q < i else j if q == i else plan.route[v, q - 1]
        if has_day(facts, plan, scratch, v, c, scratch.stops, plan.length[v] + 1):
            return True
    return False


@inline
def busy_with(facts: Facts, plan: Plan, v: Int, i: Int, j: Int) -> Int:
    """Seconds of travel, set-up and service of shift v with option j at position i."""
    a, b, point, r = plan.path[v, i], plan.path[v, i + 1], facts.point[j], facts.profile[v]
    more = facts.travel[r, a, point] + facts.travel[r, point, b] + facts.service[j]
    return plan.busy[v] + more - (facts.travel[r, a, b] if plan.length[v] > 0 else 0)


@inner
def fits_between(facts: Facts, plan: Plan, v: Int, i: Int, j: Int, ready: Int, by: Int) -> bool:
    """Whether option j can be served between leaving position i at ``ready`` and starting the next stop at ``by``."""
    r, k, point = facts.profile[v], facts.visit[j], facts.point[j]
    t = start_from(facts, j, max(arrive(facts, r, plan.path[v, i], point, ready), plan.release[k]))
    return t <= plan.due[k] and t < FAR and arrive(facts, r, point, plan.path[v, i + 1], t + facts.service[j]) <= by


@inner
def fits_with(facts: Facts, plan: Plan, scratch: Scratch, v: Int, c: Int, i: Int, j: Int) -> bool:
    """Whether the labels of choice c of the breaks let option j in at position i."""
    n, r, k, point = facts.n_rests[v, c], facts.profile[v], facts.visit[j], facts.point[j]
    ready, by, rests = plan.depart[v, c, i], plan.latest[v, c, i], facts.rests[v, c]
    if n == 0:
        return fits_between(facts, plan, v, i, j, ready[0], by[0])
    arrivals, onward = scratch.arrive, scratch.onward
    move_on(facts, r, plan.path[v, i], point, ready, rests, n, arrivals)
    for b in range(n + 1):
        t = FAR
        if arrivals[b] < FAR:
            t = start_from(facts, j, max(arrivals[b], plan.release[k]))
            t = t + facts.service[j] if t <= plan.due[k] and t < FAR else FAR
        arrivals[b] = t
    move_on(facts, r, point, plan.path[v, i + 1], arrivals, rests, n, onward)
    for b in range(n + 1):
        if onward[b] <= by[b]:
            return True
    return False
