"""What is right, written so plainly that it needs no proof: the clock is walked second by second, everything is tried.

Shares the types with the solver and nothing else. Only for tiny days: times below a hundred seconds, a few visits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise, product
from typing import NamedTuple

from solver.problem import NORMAL_PACE, Break, Link, Objective, Option, Problem, Shift, Slowdown
from solver.solution import Route, Sequences, Served
from solver.units import BreakIndex, Cost, Seconds, ShiftIndex, VisitIndex

Starts = tuple[Seconds, ...]


class Best(NamedTuple):
    """The smaller, the better."""

    cost: Cost
    finish: Seconds
    minus_depart: Seconds


Walk = Callable[[Seconds, int, int], dict[Starts, Seconds]]
"""Who sets out for the nth stop at a second, some breaks taken: the earliest finish for every combination of watched
starts to come."""


class Move(NamedTuple):
    """What lies between two services: travel, in ten-thousandths of a second, then seconds of set-up."""

    way: int
    setup: Seconds


def best_day(
    problem: Problem, shift: ShiftIndex, stops: Sequence[Served], most_driving: Seconds | None = None
) -> Best | None:
    """Cost (of wages, overtime and what does not depend on time), finish and departure of the cheapest legal day."""
    return best_days(problem, shift, stops, (), most_driving).get(())


def best_days(
    problem: Problem,
    shift: ShiftIndex,
    stops: Sequence[Served],
    watched: Sequence[VisitIndex],
    most_driving: Seconds | None = None,
) -> dict[Starts, Best]:
    """The cheapest legal day for every possible combination of starts of the ``watched`` visits, in route order.

    Of each set of breaks the cheapest day counts, and only if these breaks are due on it: no day is stretched for them.
    """
    chosen = problem.shifts[shift]
    best: dict[Starts, Best] = {}
    for taken in sets_of_breaks(chosen):
        walk = _walk(problem, shift, stops, taken, watched=tuple(watched), most_driving=most_driving)
        rested: dict[Starts, Best] = {}
        for depart in range(chosen.opens, chosen.last_finish + 1):
            for starts, finish in walk(depart, 0, 0).items():
                if short_enough(chosen, taken, finish - depart):
                    unpaid = sum(chosen.breaks[i].duration for i in taken if not chosen.breaks[i].paid)
                    cost = chosen.pay.per_second * (finish - depart - unpaid)
                    cost += chosen.pay.overtime_per_second * max(0, finish - chosen.closes)
                    day = Best(cost + untimed_cost(problem, shift, stops), finish, -depart)
                    rested[starts] = min(day, rested.get(starts, day))
        for starts, day in rested.items():
            if long_enough(chosen, taken, day.finish + day.minus_depart):
                best[starts] = min(day, best.get(starts, day))
    return best


def can_begin(problem: Problem, route: Route, nth: int, start: Seconds) -> bool:
    """Whether the ``nth`` stop may begin at ``start`` with the rest kept; breaks before it stay as they are."""
    chosen = problem.shifts[route.shift]
    stops = [Served(stop.visit, stop.option) for stop in route.stops]
    option = option_of(problem, stops[nth])
    before = tuple(rest.index for rest in route.breaks if rest.finish <= route.stops[nth].start)
    if not may_start(option, start):
        return False
    for taken in sets_of_breaks(chosen):
        walk = _walk(problem, route.shift, stops, taken, watched=())
        ends = walk(start + option.service, nth + 1, len(before)).values()
        if taken[: len(before)] == before and any(
            short_enough(chosen, taken, end - route.depart) and long_enough(chosen, taken, end - route.depart)
            for end in ends
        ):
            return True
    return False


def sets_of_breaks(shift: Shift) -> Iterator[tuple[BreakIndex, ...]]:
    """All sets of breaks, in order."""
    for size in range(len(shift.breaks) + 1):
        yield from combinations(range(len(shift.breaks)), size)


def long_enough(shift: Shift, taken: Sequence[BreakIndex], duration: Seconds) -> bool:
    """Whether all these breaks are due on a day of this length."""
    thresholds = [shift.breaks[i].only_if_over for i in taken]
    return all(over is None or duration > over for over in thresholds)


def short_enough(shift: Shift, taken: Sequence[BreakIndex], duration: Seconds) -> bool:
    """Whether no other breaks are due on a day of this length, and it keeps its limit."""
    left_out = [rest.only_if_over for i, rest in enumerate(shift.breaks) if i not in taken]
    within = shift.limits.duration is None or duration <= shift.limits.duration
    return within and all(over is not None and duration <= over for over in left_out)


def _walk(  # noqa: PLR0913 - all that makes a day
    problem: Problem,
    shift: ShiftIndex,
    stops: Sequence[Served],
    taken: Sequence[BreakIndex],
    *,
    watched: Sequence[VisitIndex],
    most_driving: Seconds | None = None,
) -> Walk:
    """The definition of a day."""
    chosen = problem.shifts[shift]
    options = [option_of(problem, stop) for stop in stops]
    legs = moves(problem, chosen, options)
    breaks = [chosen.breaks[i] for i in taken]
    paces = paces_of(problem.travel[chosen.profile].slowdowns, chosen.last_finish)
    least = [leg.setup * NORMAL_PACE for leg in legs]

    @cache
    def finishes(now: Seconds, nth: int, moving: int, rested: int, driven: Seconds) -> dict[Starts, Seconds]:
        """At second ``now``, ``nth`` stops and ``rested`` breaks are behind us, ten-thousandths of a second before us.

        The last of these are set-up.
        """
        if now > chosen.last_finish or (most_driving is not None and driven > most_driving):
            return {}
        if moving == 0 and (nth, rested) == (len(stops), len(breaks)):
            return {(): now}
        found: dict[Starts, Seconds] = {}
        on_the_road = moving > least[nth]
        left = max(least[nth], moving - paces[now]) if on_the_road else max(0, moving - NORMAL_PACE)
        at_the_wheel = driven + 1 if on_the_road and most_driving is not None else driven
        _add(found, (), finishes(now + 1, nth, left, rested, at_the_wheel))
        if rested < len(breaks) and may_begin(breaks[rested], now):
            _add(found, (), finishes(now + breaks[rested].duration, nth, moving, rested + 1, driven))
        if nth < len(stops) and moving == 0 and may_start(options[nth], now):
            seen = (now,) if stops[nth].visit in watched else ()
            _add(found, seen, set_out(now + options[nth].service, nth + 1, rested, driven))
        return found

    def set_out(now: Seconds, nth: int, rested: int, driven: Seconds = 0) -> dict[Starts, Seconds]:
        return finishes(now, nth, legs[nth].way + least[nth], rested, driven)

    return set_out


def _add(found: dict[Starts, Seconds], seen: Starts, then: Mapping[Starts, Seconds]) -> None:
    for starts, finish in then.items():
        found[seen + starts] = min(finish, found.get(seen + starts, finish))


def option_of(problem: Problem, stop: Served) -> Option:
    return problem.visits[stop.visit].options[stop.option]


def moves(problem: Problem, shift: Shift, options: Sequence[Option]) -> list[Move]:
    """Travel and set-up before each stop, and the way back."""
    seconds = problem.travel[shift.profile].seconds
    legs: list[Move] = []
    here = shift.start
    for option in options:
        setup = option.setup if option.place != here else 0
        legs.append(Move(int(seconds[here, option.place]) * NORMAL_PACE, setup))
        here = option.place
    legs.append(Move(0 if shift.end is None else int(seconds[here, shift.end]) * NORMAL_PACE, 0))
    return legs


def paces_of(slowdowns: Sequence[Slowdown], last: Seconds) -> list[int]:
    """What a second on the road does of a leg, from second 0 to the ``last``."""
    paces = [NORMAL_PACE] * (last + 1)
    for slow in slowdowns:
        for now in range(slow.opens, min(slow.closes, last + 1)):
            paces[now] = slow.pace
    return paces


def may_begin(rest: Break, now: Seconds) -> bool:
    return rest.earliest <= now <= rest.latest


def may_start(option: Option, now: Seconds) -> bool:
    return any(window.opens <= now <= window.closes for window in option.windows)


def untimed_cost(problem: Problem, shift: ShiftIndex, stops: Sequence[Served]) -> Cost:
    """Fixed cost, metres and preferences."""
    chosen = problem.shifts[shift]
    liked = sum(option_of(problem, stop).preference(shift) or 0 for stop in stops)
    return chosen.pay.fixed + chosen.pay.per_metre * driven(problem, chosen, stops)[1] + liked


def driven(problem: Problem, shift: Shift, stops: Sequence[Served]) -> tuple[int, int]:
    """Seconds and metres of travel at normal pace, way out and back included."""
    matrix = problem.travel[shift.profile]
    places = [shift.start, *(option_of(problem, stop).place for stop in stops)]
    if shift.end is not None:
        places.append(shift.end)
    legs = list(pairwise(places))
    return sum(int(matrix.seconds[leg]) for leg in legs), sum(int(matrix.metres[leg]) for leg in legs)


def joint_optimum(problem: Problem, sequences: Sequences) -> Cost | None:
    """Least cost of all these routes together with every link kept, ``None`` if that is impossible."""
    links = [link for link in problem.links if {link.first, link.then} <= {k for route in sequences for k, _ in route}]
    linked = {end for link in links for end in (link.first, link.then)}
    service = {stop.visit: option_of(problem, stop).service for route in sequences for stop in route}
    if any(_backwards(sequences, link) for link in links):
        return None
    tables: list[list[tuple[dict[VisitIndex, Seconds], Cost]]] = []
    for shift, stops in enumerate(sequences):
        watched = [stop.visit for stop in stops if stop.visit in linked]
        days = best_days(problem, shift, stops, watched) if stops else {(): Best(0, 0, 0)}
        tables.append([(dict(zip(watched, starts, strict=True)), best.cost) for starts, best in days.items()])
    best: Cost | None = None
    for days in product(*tables):
        at = {visit: start for starts, _ in days for visit, start in starts.items()}
        if all(at[link.then] >= at[link.first] + service[link.first] + link.gap for link in links):
            cost = sum(cost for _, cost in days)
            best = cost if best is None else min(best, cost)
    return best


def _backwards(sequences: Sequences, link: Link) -> bool:
    orders = [[stop.visit for stop in stops] for stops in sequences]
    return any(
        {link.first, link.then} <= {*order} and order.index(link.then) < order.index(link.first) for order in orders
    )


def optimum(problem: Problem) -> tuple[int, int, int]:
    """The best ``objective.key`` of all plans, for problems without links and fairness: everything is tried."""
    if problem.links or problem.fairness:
        message = "links and fairness are beyond this search."
        raise ValueError(message)
    best: dict[frozenset[VisitIndex], Worth] = {frozenset(): Worth(0, 0, 0)}
    for shift in range(len(problem.shifts)):
        routes = _best_routes(problem, shift)
        best = _best_of(
            problem,
            (
                (seen | more, Worth(*map(sum, zip(worth, extra, strict=True))))
                for seen, worth in best.items()
                for more, extra in routes.items()
                if not seen & more
            ),
        )
    required = sum(visit.required for visit in problem.visits)
    return max(_key(problem, worth, required) for worth in best.values())


class Worth(NamedTuple):
    """What a route or plan collects and costs."""

    required: int
    prize: int
    cost: Cost


def _key(problem: Problem, worth: Worth, required: int) -> tuple[int, int, int]:
    missed = required - worth.required
    if problem.objective is Objective.PROFIT:
        return -missed, worth.prize - worth.cost, worth.prize
    return -missed, worth.prize, -worth.cost


def _best_of(
    problem: Problem, found: Iterable[tuple[frozenset[VisitIndex], Worth]]
) -> dict[frozenset[VisitIndex], Worth]:
    best: dict[frozenset[VisitIndex], Worth] = {}
    for visits, worth in found:
        if visits not in best or _key(problem, worth, 0) > _key(problem, best[visits], 0):
            best[visits] = worth
    return best


def _best_routes(problem: Problem, shift: ShiftIndex) -> dict[frozenset[VisitIndex], Worth]:
    """For every set of visits the shift can serve, the best order and options."""
    legal = ((stops, day) for stops in _orders(problem, shift, ()) if (day := lawful_day(problem, shift, stops)))
    routes = _best_of(
        problem,
        (
            (
                frozenset(stop.visit for stop in stops),
                Worth(
                    sum(problem.visits[stop.visit].required for stop in stops),
                    sum(option_of(problem, stop).prize for stop in stops),
                    day.cost,
                ),
            )
            for stops, day in legal
        ),
    )
    return routes if problem.shifts[shift].begun else {frozenset[VisitIndex](): Worth(0, 0, 0)} | routes


def lawful_day(problem: Problem, shift: ShiftIndex, stops: Sequence[Served]) -> Best | None:
    """``best_day`` if the shift may also serve these visits in this order, with no more driving than its limit."""
    chosen = problem.shifts[shift]
    seconds, metres = driven(problem, chosen, stops)
    slowed = bool(problem.travel[chosen.profile].slowdowns)
    most = chosen.limits
    positions = [problem.visits[stop.visit].position for stop in stops]
    lawful = (
        tuple(stops[: len(chosen.begun)]) == chosen.begun
        and all(option_of(problem, stop).preference(shift) is not None for stop in stops)
        and (most.visits is None or len(stops) <= most.visits)
        and (most.driving is None or seconds <= most.driving)
        and (most.distance is None or metres <= most.distance)
        and "first" not in positions[1:]
        and "last" not in positions[:-1]
        and all(
            sum(problem.visits[stop.visit].load[i] for stop in stops) <= room for i, room in enumerate(chosen.capacity)
        )
    )
    return best_day(problem, shift, stops, most.driving if slowed else None) if lawful else None


def _orders(problem: Problem, shift: ShiftIndex, stops: tuple[Served, ...]) -> Iterator[tuple[Served, ...]]:
    """All sequences whose stops can be reached in time if nobody rests, goes home or is slowed down."""
    if stops:
        yield stops
    seen = {stop.visit for stop in stops}
    for k, visit in enumerate(problem.visits):
        for option in range(len(visit.options)):
            longer = (*stops, Served(k, option))
            if k not in seen and _within_reach(problem, shift, longer):
                yield from _orders(problem, shift, longer)


def _within_reach(problem: Problem, shift: ShiftIndex, stops: Sequence[Served]) -> bool:
    chosen = problem.shifts[shift]
    options = [option_of(problem, stop) for stop in stops]
    clock = chosen.opens
    for option, move in zip(options, moves(problem, chosen, options), strict=False):
        clock += move.way // NORMAL_PACE + move.setup
        starts = [max(clock, window.opens) for window in option.windows if clock <= window.closes]
        if not starts:
            return False
        clock = min(starts) + option.service
    return clock <= chosen.last_finish
