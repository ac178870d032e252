"""Random tiny days: what is said of visits left out, against trying everything second by second."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Final, NamedTuple

import pytest

from solver.checker import Code, check
from solver.objective import key, score
from solver.problem import Problem, Shift, StartWindow
from solver.reasons import Insertion, Obstacle, Unserved, unserved
from solver.reasons.found import NOT_WORTH_COST, SEARCH_LIMIT
from solver.schedule import schedule
from solver.solution import Costs, Score, Served, Solution
from solver.units import ShiftIndex, VisitIndex
from tests.tiny import tiny_day
from tests.truth import lawful_day

DAYS: Final = 250
SLOW_DAYS: Final = 60
LEAST: Final = {"TIMED": 0, "MEASURED": 0, "TOLD": 0, "SEVERAL_TOLD": 0, "FEWEST": 1, "AT_ONCE": 2}
"""The bounds of what is looked at, as tight as on days without end."""
LEGAL: Final = frozenset({NOT_WORTH_COST, SEARCH_LIMIT})

Merit = tuple[int, int, int]


class Case(NamedTuple):
    """A visit that a plan leaves out, what is said of it, and the merits of all legal insertions by shift."""

    day: Problem
    plan: Solution
    said: Unserved
    merits: dict[ShiftIndex, list[Merit]]


def test_legal_insertions_are_told_exactly_where_there_are_any() -> None:
    wrong = [
        case
        for case in _cases()
        if set(case.merits) != {obstacle.shift for obstacle in case.said.obstacles if obstacle.code in LEGAL}
        or bool(case.merits) != (case.said.insertion is not None)
    ]

    assert [] == wrong


def test_with_slowdowns_legal_insertions_are_told_exactly_where_there_are_any() -> None:
    """On days without breaks and limits of driving, of which the schedule knows all that is possible."""
    legal = [case for case in _slow_cases() if case.merits]
    wrong = [
        case
        for case in _slow_cases()
        if set(case.merits) != {obstacle.shift for obstacle in case.said.obstacles if obstacle.code in LEGAL}
    ]

    assert [] == wrong
    assert len(_slow_cases()) // 5 < len(legal) < 4 * len(_slow_cases()) // 5


def test_with_slowdowns_too_what_is_said_to_lack_is_enough() -> None:
    lacking = list(_amounts_of_one_rule(_slow_cases()))

    assert len(lacking) > 20
    assert [] == [each for each in lacking if not _is_enough(*each)]


def test_enough_of_these_visits_have_a_legal_insertion_and_enough_have_none() -> None:
    legal = sum(bool(case.merits) for case in _cases())

    assert legal > 100
    assert len(_cases()) - legal > 100


def test_the_insertion_told_is_the_best_and_does_what_it_says() -> None:
    for case, insertion in _insertions():
        after = _carried_out(case, insertion)
        costs = after.score.costs.total - case.plan.score.costs.total
        best = max(merit for merits in case.merits.values() for merit in merits)

        assert () == check(case.day, after)
        assert (insertion.cost, insertion.prize) == (costs, after.score.prize - case.plan.score.prize)
        assert best == _merit(case.day, case.said.visit, insertion.prize, insertion.cost)


def test_the_search_is_blamed_where_its_plan_could_be_bettered() -> None:
    for case, insertion in _insertions():
        better = key(case.day.objective, _carried_out(case, insertion).score)
        blamed = SEARCH_LIMIT in {obstacle.code for obstacle in case.said.obstacles}

        assert (better > key(case.day.objective, case.plan.score)) == blamed


def test_every_shift_has_one_obstacle_and_lacks_something() -> None:
    for case in _cases():
        assert list(range(len(case.day.shifts))) == [obstacle.shift for obstacle in case.said.obstacles]
        assert all(obstacle.amount > 0 for obstacle in case.said.obstacles if obstacle.code not in LEGAL)


def test_what_is_said_to_lack_is_enough() -> None:
    lacking = list(_amounts_of_one_rule(_cases()))

    assert len(lacking) > 100
    assert [] == [each for each in lacking if not _is_enough(*each)]


def test_with_the_least_that_may_be_looked_at_what_is_said_to_lack_is_enough_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on the largest days: one shift for each visit, one insertion for each shift."""
    for bound, least in LEAST.items():
        monkeypatch.setattr(f"solver.reasons.search.{bound}", least)

    hurried = _cases_of([tiny_day(seed) for seed in range(DAYS)])
    told = [obstacle for case in hurried for obstacle in case.said.obstacles]

    assert len(told) < sum(len(case.said.obstacles) for case in _cases())
    assert [] == [each for each in _amounts_of_one_rule(hurried) if not _is_enough(*each)]
    assert all(case.said.obstacles for case in hurried)


def test_nothing_less_would_do() -> None:
    """Neither of the rule that is told nor of any other."""
    too_much = [
        (case, obstacle, code)
        for case, obstacle in _amounts_of_one_rule(_cases())
        if obstacle.code in TIME
        for code in TIME
        if _is_enough(case, replace(obstacle, code=code, amount=obstacle.amount - 1))
    ]

    assert [] == too_much


def test_a_visit_fits_alone_where_some_shift_could_serve_it_and_nothing_else() -> None:
    for day, _, said, _ in _cases():
        ways = [(Served(said.visit, option),) for option in range(len(day.visits[said.visit].options))]
        alone = [way for way in ways for shift in range(len(day.shifts)) if lawful_day(day, shift, way) is not None]

        assert bool(alone) == said.fits_alone


def _amounts_of_one_rule(cases: Sequence[Case]) -> Iterator[tuple[Case, Obstacle]]:
    return (
        (case, obstacle)
        for case in cases
        for obstacle in case.said.obstacles
        if obstacle.code in EASE and not obstacle.several
    )


def _is_enough(case: Case, obstacle: Obstacle) -> bool:
    """Whether the shift could serve the visit if the rule were easier by the amount."""
    late = case.said.visit if obstacle.late is None else obstacle.late
    eased = EASE[obstacle.code](case.day, obstacle.shift, late, obstacle.amount)
    return obstacle.shift in _legal_insertions(eased, case.plan, case.said.visit, [obstacle.shift])


def _end_later(day: Problem, shift: ShiftIndex, _: VisitIndex, by: int) -> Problem:
    return _with_shift(day, shift, replace(day.shifts[shift], overtime=day.shifts[shift].overtime + by))


def _breaks_later(day: Problem, shift: ShiftIndex, _: VisitIndex, by: int) -> Problem:
    breaks = tuple(replace(rest, latest=rest.latest + by) for rest in day.shifts[shift].breaks)
    return _with_shift(day, shift, replace(day.shifts[shift], breaks=breaks))


def _longer(day: Problem, shift: ShiftIndex, _: VisitIndex, by: int) -> Problem:
    return _with_limit(day, shift, duration=by)


def _driving_longer(day: Problem, shift: ShiftIndex, _: VisitIndex, by: int) -> Problem:
    return _with_limit(day, shift, driving=by)


def _driving_farther(day: Problem, shift: ShiftIndex, _: VisitIndex, by: int) -> Problem:
    return _with_limit(day, shift, distance=by)


def _windows_wider(day: Problem, _: ShiftIndex, late: VisitIndex, by: int) -> Problem:
    visit = day.visits[late]
    options = tuple(replace(option, windows=_wider(option.windows, by)) for option in visit.options)
    changed = replace(visit, options=options)
    return replace(day, visits=(*day.visits[:late], changed, *day.visits[late + 1 :]))


def _wider(windows: Sequence[StartWindow], by: int) -> tuple[StartWindow, ...]:
    wider: list[StartWindow] = []
    for window in windows:
        opens, closes = max(0, window.opens - by), window.closes + by
        if wider and wider[-1].closes >= opens:
            opens = wider.pop().opens
        wider.append(StartWindow(opens, closes))
    return tuple(wider)


EASE: Final[Mapping[str, Callable[[Problem, ShiftIndex, VisitIndex, int], Problem]]] = {
    Code.SHIFT_TOO_SHORT: _end_later,
    Code.BREAK_TIME: _breaks_later,
    Code.MAX_DURATION: _longer,
    Code.TIME_WINDOW: _windows_wider,
    Code.MAX_DRIVING: _driving_longer,
    Code.MAX_DISTANCE: _driving_farther,
}
TIME: Final = (Code.SHIFT_TOO_SHORT, Code.BREAK_TIME, Code.MAX_DURATION, Code.TIME_WINDOW)


def _with_shift(day: Problem, shift: ShiftIndex, changed: Shift) -> Problem:
    return replace(day, shifts=(*day.shifts[:shift], changed, *day.shifts[shift + 1 :]))


def _with_limit(day: Problem, shift: ShiftIndex, **by: int) -> Problem:
    limits = day.shifts[shift].limits
    given: dict[str, int | None] = {name: getattr(limits, name) for name in by}
    raised = {name: None if limit is None else limit + by[name] for name, limit in given.items()}
    return _with_shift(day, shift, replace(day.shifts[shift], limits=replace(limits, **raised)))


@cache
def _cases() -> list[Case]:
    return _cases_of([tiny_day(seed) for seed in range(DAYS)])


@cache
def _slow_cases() -> list[Case]:
    days = (tiny_day(seed, slow=1) for seed in range(SLOW_DAYS))
    return _cases_of([replace(day, shifts=tuple(map(_unbroken, day.shifts))) for day in days])


def _unbroken(shift: Shift) -> Shift:
    return replace(shift, breaks=(), limits=replace(shift.limits, driving=None))


def _cases_of(days: Sequence[Problem]) -> list[Case]:
    cases: list[Case] = []
    for seed, day in enumerate(days):
        plan = _plan(day, Random(seed))  # noqa: S311 - days, not secrets
        cases += [Case(day, plan, said, _legal_insertions(day, plan, said.visit)) for said in unserved(day, plan)]
    return cases


def _insertions() -> Iterator[tuple[Case, Insertion]]:
    return ((case, case.said.insertion) for case in _cases() if case.said.insertion is not None)


def _plan(day: Problem, draw: Random) -> Solution:
    """A plan in which most shifts that could serve a visit alone do so."""
    free = set(range(len(day.visits)))
    sequences: list[tuple[Served, ...]] = []
    for shift in range(len(day.shifts)):
        ways = [(Served(visit, option),) for visit in sorted(free) for option in range(len(day.visits[visit].options))]
        possible = [way for way in ways if lawful_day(day, shift, way) is not None]
        sequences.append(draw.choice(possible) if possible and draw.random() < 0.8 else ())
        free -= {visit for visit, _ in sequences[-1]}
    routes = schedule(day, tuple(sequences)) or ()
    return Solution(routes, score(day, routes))


def _legal_insertions(
    day: Problem, plan: Solution, visit: int, shifts: Sequence[ShiftIndex] | None = None
) -> dict[ShiftIndex, list[Merit]]:
    found: dict[ShiftIndex, list[Merit]] = {}
    sequences = plan.sequences(len(day.shifts))
    for shift in range(len(sequences)) if shifts is None else shifts:
        stops = sequences[shift]
        before = lawful_day(day, shift, stops) if stops else None
        for option, served in enumerate(day.visits[visit].options):
            for position in range(len(stops) + 1):
                after = lawful_day(day, shift, (*stops[:position], Served(visit, option), *stops[position:]))
                if after is not None:
                    cost = after.cost - (before.cost if before else 0)
                    found.setdefault(shift, []).append(_merit(day, visit, served.prize, cost))
    return found


def _merit(day: Problem, visit: int, prize: int, cost: int) -> Merit:
    """What an insertion does to the key of the plan's score."""
    missed = -1 if day.visits[visit].required else 0
    return key(day.objective, Score(missed, prize, Costs(fixed=cost)))


def _carried_out(case: Case, insertion: Insertion) -> Solution:
    sequences = list(case.plan.sequences(len(case.day.shifts)))
    stops = sequences[insertion.shift]
    inserted = Served(case.said.visit, insertion.option)
    sequences[insertion.shift] = (*stops[: insertion.position], inserted, *stops[insertion.position :])
    routes = schedule(case.day, tuple(sequences)) or ()
    return Solution(routes, score(case.day, routes))
