"""The part of Facts that is about shifts, and about who may serve what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypedDict

import numpy as np

from solver.presolve import Ways
from solver.problem import Problem, Shift
from solver.schedule.course import Choice, shift_table
from solver.search.arrays import BARRED, FAR, Flags, Indices, Whole
from solver.search.layout.gains import counts_profit
from solver.search.layout.legs import Legs
from solver.solution import Served

MOST_STOPS: Final = 200_000
"""On all routes together, an equal share on each, a thousand at least: it bounds memory."""


class ShiftArrays(TypedDict):
    """The part of Facts that is about shifts, and about who may serve what."""

    start: Indices
    end: Indices
    leaves: Whole
    finishes: Whole
    regular_end: Whole
    profile: Indices
    tariff: Indices
    fixed: Whole
    fixed_in_units: Whole
    per_metre: Whole
    per_second: Whole
    per_moving_second: Whole
    per_overtime_second: Whole
    most_visits: Whole
    most_driving: Whole
    most_metres: Whole
    limited: Flags
    bounded: Flags
    capacity: Whole
    plain: Flags
    timed: Flags
    n_choices: Indices
    n_rests: Indices
    rests: Whole
    longer_than: Whole
    longest: Whole
    resting: Whole
    unpaid: Whole
    prefix: Indices
    twin: Indices
    kind: Indices
    fee: Whole
    preference: Whole
    choosy: Flags
    agent: Indices


def shift_arrays(problem: Problem, ways: Ways, legs: Legs, options: Sequence[Served]) -> ShiftArrays:
    """The arrays; ``ways`` says which options are open to which shifts."""
    shifts = problem.shifts
    profit = counts_profit(problem)
    choices = [_choices(problem, shift) for shift in shifts]
    bounded = [any(choice.longest < FAR for choice in of_shift) for of_shift in choices]
    resting = [any(choice.breaks for choice in of_shift) for of_shift in choices]
    preference = _preferences(problem, ways, options)
    service = np.array([problem.visits[k].options[o].service for k, o in options], dtype=np.int64)
    wages = np.array([shift.pay.per_second for shift in shifts], dtype=np.int64)[:, None] * service[None, :]
    kind, first = _kinds(shifts, preference)
    return ShiftArrays(
        start=legs.start_of,
        end=legs.end_of,
        leaves=_whole(shift.opens for shift in shifts),
        finishes=_whole(shift.last_finish for shift in shifts),
        regular_end=_whole(shift.closes for shift in shifts),
        profile=np.array([shift.profile for shift in shifts], dtype=np.int32),
        tariff=legs.tariff_of,
        fixed=_whole(shift.pay.fixed for shift in shifts),
        fixed_in_units=_whole(shift.pay.fixed // legs.unit for shift in shifts),
        per_metre=_whole(shift.pay.per_metre for shift in shifts),
        per_second=_whole(shift.pay.per_second for shift in shifts),
        per_moving_second=_whole(not profit and shift.pay.per_metre == shift.pay.per_second == 0 for shift in shifts),
        per_overtime_second=_whole(shift.pay.overtime_per_second for shift in shifts),
        most_visits=_whole(min(_limit(shift.limits.visits), longest_route(problem)) for shift in shifts),
        most_driving=_whole(_limit(shift.limits.driving) for shift in shifts),
        most_metres=_whole(_limit(shift.limits.distance) for shift in shifts),
        limited=_flags(shift.limits.driving is not None or shift.limits.distance is not None for shift in shifts),
        bounded=_flags(bounded),
        capacity=np.array([shift.capacity for shift in shifts], dtype=np.int64).reshape(len(shifts), -1),
        plain=_flags(not rests and not bound for rests, bound in zip(resting, bounded, strict=True)),
        timed=_flags(
            bound or problem.fairness is not None or shift.pay.per_second > 0 or shift.pay.overtime_per_second > 0
            for shift, bound in zip(shifts, bounded, strict=True)
        ),
        n_choices=np.array([len(of_shift) for of_shift in choices], dtype=np.int32),
        n_rests=_by_choice(choices, lambda choice: len(choice.breaks)).astype(np.int32),
        rests=_rests(choices),
        longer_than=_by_choice(choices, lambda choice: choice.longer_than),
        longest=_by_choice(choices, lambda choice: choice.longest),
        resting=_by_choice(choices, lambda choice: sum(rest.duration for rest in choice.breaks)),
        unpaid=_by_choice(choices, lambda choice: choice.unpaid),
        prefix=np.array([len(shift.begun) for shift in shifts], dtype=np.int32),
        twin=_twins(problem, preference),
        kind=kind,
        fee=np.where(preference >= BARRED, BARRED, (preference + wages) // legs.unit)[first].T,
        preference=preference[first].T,
        choosy=_flags(((preference > 0) & (preference < BARRED)).any(axis=1)),
        agent=np.array([shift.agent for shift in shifts], dtype=np.int32),
    )


def longest_route(problem: Problem) -> int:
    """How many stops a route may have at most."""
    limits = [_limit(shift.limits.visits) for shift in problem.shifts]
    share = max(1_000, MOST_STOPS // len(problem.shifts))
    return max(*map(len, (shift.begun for shift in problem.shifts)), min(len(problem.visits), share, max(limits)))


def _choices(problem: Problem, shift: Shift) -> list[Choice]:
    """Lawful choices of breaks; a bound on the day that cannot be reached is no bound."""
    table = shift_table(shift, problem.travel_of(shift).seconds.data)
    whole = shift.last_finish - shift.opens
    return [
        choice._replace(longest=int(FAR) if choice.longest >= whole else choice.longest)
        for choice in table.choices
        if choice.longer_than < min(choice.longest, whole)
    ]


def _preferences(problem: Problem, ways: Ways, options: Sequence[Served]) -> Whole:
    """(shifts, options), cost of the shift serving the option, BARRED if it may not."""
    costs = np.full((len(problem.shifts), len(options)), BARRED, dtype=np.int64)
    number = {served: j for j, served in enumerate(options)}
    for of_visit in ways:
        for way in of_visit:
            option = problem.visits[way.served.visit].options[way.served.option]
            able = list(way.shifts)
            wishes = 0 if option.shifts is None else [option.shifts[shift] for shift in able]
            costs[able, number[way.served]] = wishes
    return costs


def _twins(problem: Problem, preference: Whole) -> Indices:
    """Shifts alike in everything share a number: only one of them is tried as long as all are unused."""
    kinds: dict[object, int] = {}
    twins: list[int] = []
    for v, shift in enumerate(problem.shifts):
        agent = shift.agent if problem.fairness else 0
        twins.append(kinds.setdefault((replace(shift, agent=agent), preference[v].tobytes()), len(kinds)))
    return np.array(twins, dtype=np.int32)


def _kinds(shifts: Sequence[Shift], preference: Whole) -> tuple[Indices, list[int]]:
    """The kind of each shift, and the first shift of each kind."""
    kinds: dict[object, int] = {}
    kind = [
        kinds.setdefault((shift.pay.per_second, row.tobytes()), len(kinds))
        for shift, row in zip(shifts, preference, strict=True)
    ]
    return np.array(kind, dtype=np.int32), [kind.index(number) for number in range(len(kinds))]


def _rests(choices: Sequence[Sequence[Choice]]) -> Whole:
    """(shifts, choices, breaks, 3): earliest and latest start, duration."""
    most = max(len(choice.breaks) for of_shift in choices for choice in of_shift)
    table = np.zeros((len(choices), max(map(len, choices)), most, 3), dtype=np.int64)
    for v, of_shift in enumerate(choices):
        for c, choice in enumerate(of_shift):
            for b, rest in enumerate(choice.breaks):
                table[v, c, b] = rest
    return table


def _by_choice(choices: Sequence[Sequence[Choice]], read: Callable[[Choice], int]) -> Whole:
    """(shifts, choices), bounded so that sums stay far from overflowing."""
    table = np.zeros((len(choices), max(map(len, choices))), dtype=np.int64)
    for v, of_shift in enumerate(choices):
        for c, choice in enumerate(of_shift):
            table[v, c] = max(-int(FAR), min(int(FAR), read(choice)))
    return table


def _limit(limit: int | None) -> int:
    return int(FAR) if limit is None else limit


def _whole(values: Iterable[int]) -> Whole:
    return np.array(list(values), dtype=np.int64)


def _flags(values: Iterable[bool]) -> Flags:
    return np.array(list(values), dtype=np.int8)
