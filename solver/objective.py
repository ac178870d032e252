"""What a plan is worth: its costs, its score, and which of two scores is better."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from solver.problem import Fairness, Objective, Problem, Shift
from solver.solution import Costs, Route, Score
from solver.units import Cost, Metres, Seconds

SECONDS_PER_HOUR: Final = 3600


def score(problem: Problem, routes: Sequence[Route]) -> Score:
    """Score of routes whose times are already decided."""
    costs = sum((route_costs(problem, route) for route in routes), start=Costs())
    served = {stop.visit: stop.option for route in routes for stop in route.stops}
    return Score(
        required_missed=sum(visit.required and k not in served for k, visit in enumerate(problem.visits)),
        prize=sum(problem.visits[k].options[option].prize for k, option in served.items()),
        costs=costs + Costs(fairness=_fairness_of(problem, routes)),
    )


def key(objective: Objective, score: Score) -> tuple[int, int, int]:
    """Sort key of a score: the larger, the better."""
    if objective is Objective.PROFIT:
        return -score.required_missed, score.prize - score.costs.total, score.prize
    return -score.required_missed, score.prize, -score.costs.total


def route_costs(problem: Problem, route: Route) -> Costs:
    """Costs of one used shift; fairness concerns all of them together and is not in it."""
    shift = problem.shifts[route.shift]
    return Costs(
        fixed=shift.pay.fixed,
        travel=shift.pay.per_metre * distance(problem, route),
        wages=shift.pay.per_second * (route.duration - _unpaid(shift, route)),
        overtime=shift.pay.overtime_per_second * max(0, route.finish - shift.closes),
        preferences=sum(
            problem.visits[stop.visit].options[stop.option].preference(route.shift) or 0 for stop in route.stops
        ),
    )


def distance(problem: Problem, route: Route) -> Metres:
    """Metres of the whole route, way out and back included."""
    shift = problem.shifts[route.shift]
    metres = problem.travel_of(shift).metres
    places = [shift.start, *(problem.visits[stop.visit].options[stop.option].place for stop in route.stops)]
    if shift.end is not None:
        places.append(shift.end)
    return sum(int(metres[a, b]) for a, b in pairwise(places))


def fairness_cost(fairness: Fairness, worked: Iterable[Seconds]) -> Cost:
    """``rate`` x sum of squared distances from the mean, in squared hours; exact until the last division.

    worked: seconds per agent in this plan, order of agents; what they bring along is added here.
    """
    totals = [before + now for before, now in zip(fairness.worked_before, worked, strict=True)]
    squares = len(totals) * sum(total * total for total in totals) - sum(totals) ** 2
    return fairness.rate * squares // (len(totals) * SECONDS_PER_HOUR**2)


def _fairness_of(problem: Problem, routes: Sequence[Route]) -> Cost:
    if problem.fairness is None:
        return 0
    worked = [0] * len(problem.fairness.worked_before)
    for route in routes:
        worked[problem.shifts[route.shift].agent] += route.duration
    return fairness_cost(problem.fairness, worked)


def _unpaid(shift: Shift, route: Route) -> Seconds:
    return sum(taken.finish - taken.start for taken in route.breaks if not shift.breaks[taken.index].paid)
