"""The score, added up anew from the routes and the problem's prices."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Final

from solver.checker.reading import Reading
from solver.checker.violation import Code, Violation
from solver.problem import Problem
from solver.solution import Costs, Score
from solver.units import Cost

SQUARED_HOUR: Final = 3600**2


def score_differs(problem: Problem, readings: Sequence[Reading], claimed: Score) -> Iterator[Violation]:
    """Each part of the score is what the routes add up to."""
    costs = _costs(problem, readings)
    parts = [
        (claimed.required_missed, _required_missed(problem, readings)),
        (claimed.prize, sum(call.option.prize for reading in readings for call in reading.calls)),
        *((getattr(claimed.costs, kind.name), getattr(costs, kind.name)) for kind in fields(Costs)),
    ]
    for said, found in parts:
        if said != found:
            yield Violation(Code.SCORE, None, None, abs(said - found))


def _required_missed(problem: Problem, readings: Sequence[Reading]) -> int:
    served = {call.stop.visit for reading in readings for call in reading.calls}
    return sum(1 for index, visit in enumerate(problem.visits) if visit.required and index not in served)


def _costs(problem: Problem, readings: Sequence[Reading]) -> Costs:
    return Costs(
        fixed=sum(reading.shift.pay.fixed for reading in readings),
        travel=sum(reading.shift.pay.per_metre * reading.metres() for reading in readings),
        wages=sum(map(_wages, readings)),
        overtime=sum(map(_overtime, readings)),
        preferences=sum(map(_preferences, readings)),
        fairness=_fairness(problem, readings),
    )


def _wages(reading: Reading) -> Cost:
    """Every second from departure to finish is paid, those of unpaid breaks are not."""
    unpaid = sum(rest.finish - rest.start for rest in reading.route.breaks if not reading.shift.breaks[rest.index].paid)
    return (reading.route.finish - reading.route.depart - unpaid) * reading.shift.pay.per_second


def _overtime(reading: Reading) -> Cost:
    """Seconds after the shift's end cost the surcharge."""
    return max(0, reading.route.finish - reading.shift.closes) * reading.shift.pay.overtime_per_second


def _preferences(reading: Reading) -> Cost:
    """What the visits would rather not pay for this shift."""
    return sum((call.option.shifts or {}).get(reading.route.shift, 0) for call in reading.calls)


def _fairness(problem: Problem, readings: Sequence[Reading]) -> Cost:
    """Rate x sum of the agents' squared distances from their mean, in squared hours, rounded down once."""
    if problem.fairness is None:
        return 0
    worked = [Fraction(before) for before in problem.fairness.worked_before]
    for reading in readings:
        worked[reading.shift.agent] += reading.route.finish - reading.route.depart
    mean = sum(worked) / len(worked)
    spread = sum((one - mean) ** 2 for one in worked)
    return int(problem.fairness.rate * spread / SQUARED_HOUR)
