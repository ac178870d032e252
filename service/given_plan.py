"""Itineraries that somebody else decided, driven through the day as given: when everything would happen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self, TypeAlias

from service.codebook import Codebook, Compiled, Way
from service.day.plan import Violated
from service.day.request import GivenItinerary
from service.violations import left_out_violation, violated
from solver.checker import check_routes
from solver.objective import key, score
from solver.problem import Problem
from solver.schedule import follow
from solver.solution import Sequences, Served, Solution
from solver.units import OptionIndex, Seconds, ShiftIndex, VisitIndex

Merit: TypeAlias = tuple[int, int, tuple[int, int, int]]
"""Fewer broken rules, then less broken, then the better score: the larger, the better."""

MOST_TRIED: Final = 200
"""Stops whose options are compared; of more than that the first option is taken, as nobody can wait for all."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What becomes of given itineraries, and the rules they break."""

    solution: Solution
    violations: tuple[Violated, ...]


def follow_given(compiled: Compiled, itineraries: Sequence[GivenItinerary]) -> Followed:
    """Times and score of itineraries that speak of this request.

    A visit that nobody could ever serve is skipped and told as a violation. Where it is not said by which option a
    visit is served, the one that breaks the fewest rules and then scores best is found, stop by stop.
    """
    plan = _GivenPlan.of(compiled, itineraries).decided(compiled.problem)
    routes = follow(compiled.problem, plan.sequences, plan.starts)
    broken = violated(compiled, routes, check_routes(compiled.problem, routes))
    return Followed(Solution(routes, score(compiled.problem, routes)), (*plan.skipped, *broken))


@dataclass(frozen=True, slots=True)
class _GivenPlan:
    """Given itineraries in whole numbers; ``undecided`` are the stops for which several options come into question."""

    sequences: Sequences
    starts: Mapping[VisitIndex, Seconds]
    undecided: tuple[tuple[ShiftIndex, int], ...]
    skipped: tuple[Violated, ...]

    @classmethod
    def of(cls, compiled: Compiled, itineraries: Sequence[GivenItinerary]) -> Self:
        """The first option where nobody has named one."""
        codebook = compiled.codebook
        visits = {call.visit.id: index for index, call in enumerate(codebook.calls)}
        by_shift = {given.shift_id: given for given in itineraries}
        given = [by_shift.get(duty.shift.id) for duty in codebook.duties]
        sequences = tuple(() if one is None else _sequence(codebook, visits, one) for one in given)
        starts = {
            visits[visit_id]: codebook.horizon.opens(start)
            for one in itineraries
            for visit_id, start in one.starts.items()
            if visit_id in visits
        }
        undecided = tuple(
            (shift, position)
            for shift, one in enumerate(given)
            for position, stop in enumerate(sequences[shift])
            if one is not None and _open_question(codebook, stop, one)
        )
        left_out = {left.visit.id: left for left in codebook.left_out}
        skipped = tuple(
            left_out_violation(left_out[visit_id], one.shift_id)
            for one in itineraries
            for visit_id in one.visits
            if visit_id in left_out
        )
        return cls(sequences, starts, undecided, skipped)

    def decided(self, problem: Problem) -> Self:
        """The same itineraries with an option for every stop, none of which alone could be chosen better."""
        plan, before = self, None
        for _ in range(max(1, MOST_TRIED // max(1, len(self.undecided)))):
            if plan == before:
                break
            plan, before = plan.decided_once(problem), plan
        return plan

    def decided_once(self, problem: Problem) -> Self:
        """Each stop's option chosen in turn, within its shift as the others stand."""
        plan = self
        for shift, position in self.undecided[:MOST_TRIED]:
            candidates = tuple(plan.with_options(problem, shift, position))
            plan = max(candidates, key=lambda candidate: candidate.merit(problem, shift))
        return plan

    def with_options(self, problem: Problem, shift: ShiftIndex, position: int) -> Iterator[Self]:
        """The plan once for every option of one stop."""
        stops = self.sequences[shift]
        for option in range(len(problem.visits[stops[position].visit].options)):
            changed = (*stops[:position], Served(stops[position].visit, option), *stops[position + 1 :])
            sequences = (*self.sequences[:shift], changed, *self.sequences[shift + 1 :])
            yield replace(self, sequences=sequences)

    def merit(self, problem: Problem, shift: ShiftIndex) -> Merit:
        """How good one shift of the plan is by itself."""
        alone = tuple(stops if index == shift else () for index, stops in enumerate(self.sequences))
        routes = follow(problem, alone, self.starts)
        broken = check_routes(problem, routes)
        return (
            -len(broken),
            -sum(violation.amount for violation in broken),
            key(problem.objective, score(problem, routes)),
        )


def _sequence(codebook: Codebook, visits: Mapping[str, VisitIndex], given: GivenItinerary) -> tuple[Served, ...]:
    return tuple(
        Served(visits[visit_id], _named(codebook.calls[visits[visit_id]].ways, given.options.get(visit_id)))
        for visit_id in given.visits
        if visit_id in visits
    )


def _named(ways: Sequence[Way], option: str | None) -> OptionIndex:
    """Position of the way that was named; the first where none was, or where nobody could ever use it."""
    return next((index for index, way in enumerate(ways) if way.option == option), 0)


def _open_question(codebook: Codebook, stop: Served, given: GivenItinerary) -> bool:
    call = codebook.calls[stop.visit]
    return len(call.ways) > 1 and call.visit.id not in given.options
