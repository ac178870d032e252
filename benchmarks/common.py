"""A day of the complete model cut down to what VROOM can be told, so that both plan the same day."""

from dataclasses import replace

from solver.problem import Limits, Option, Pay, Problem, Shift, Visit


def common_subset(problem: Problem) -> Problem:
    """Breaks, skills, windows, set-up, loads and limits of visits, driving and distance stay.

    Gone are overtime, preferences, second options, required visits, links, fairness, pinned positions, limits of
    duration, breaks of long days, and wages, which VROOM pays for time on the road only: cost is metres.
    """
    return replace(
        problem,
        visits=tuple(_visit(visit) for visit in problem.visits),
        shifts=tuple(_shift(shift) for shift in problem.shifts),
        links=(),
        fairness=None,
    )


def _visit(visit: Visit) -> Visit:
    option = visit.options[0]
    return replace(visit, options=(_option(option),), required=False, position=None)


def _option(option: Option) -> Option:
    return replace(option, shifts=None if option.shifts is None else dict.fromkeys(option.shifts, 0))


def _shift(shift: Shift) -> Shift:
    limits = shift.limits
    return replace(
        shift,
        overtime=0,
        breaks=tuple(rest for rest in shift.breaks if rest.only_if_over is None),
        limits=Limits(visits=limits.visits, driving=limits.driving, distance=limits.distance),
        pay=Pay(fixed=shift.pay.fixed, per_metre=shift.pay.per_metre),
    )
