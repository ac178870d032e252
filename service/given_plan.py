"""Itineraries that somebody else decided, driven through the day as given: when everything would happen."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Final, NamedTuple, Self, TypeAlias

from service.codebook import Call, Codebook, Compiled, Way
from service.day.plan import Violated
from service.day.request import GivenItinerary
from service.violations import left_out_violation, unusable_option, violated
from solver.checker import check_routes
from solver.objective import key, score
from solver.problem import Problem
from solver.schedule import follow
from solver.solution import Route, Sequences, Served, Solution, Stop
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
    plan = _GivenPlan.of(compiled, itineraries).decided(compiled.problem).as_it_happens(compiled)
    routes = follow(compiled.problem, plan.sequences, plan.starts)
    broken = violated(compiled, routes, check_routes(compiled.problem, routes))
    return Followed(Solution(routes, score(compiled.problem, routes)), (*plan.skipped, *broken))


def as_given(compiled: Compiled, solution: Solution) -> tuple[GivenItinerary, ...]:
    """The routes of a solution in the words of its request, to be gone on from."""
    codebook = compiled.codebook
    return tuple(_in_words(codebook, route) for route in solution.routes)


def go_on(compiled: Compiled, itineraries: Sequence[GivenItinerary]) -> Sequences:
    """Itineraries as a plan for the search to start from. What they say and this day does not know is passed over."""
    return _GivenPlan.of(compiled, itineraries).as_it_happens(compiled).sequences


def _in_words(codebook: Codebook, route: Route) -> GivenItinerary:
    stops = [(codebook.calls[stop.visit], stop) for stop in route.stops]
    return GivenItinerary(
        shift_id=codebook.duties[route.shift].shift.id,
        visits=tuple(call.visit.id for call, _ in stops),
        starts={call.visit.id: codebook.horizon.instant(stop.start, UTC) for call, stop in stops},
        options={call.visit.id: call.ways[stop.option].option for call, stop in stops},
    )


class _Undecided(NamedTuple):
    """A stop for which several options come into question."""

    shift: ShiftIndex
    position: int
    options: tuple[OptionIndex, ...]


@dataclass(frozen=True, slots=True)
class _GivenPlan:
    """Given itineraries in whole numbers."""

    sequences: Sequences
    starts: Mapping[VisitIndex, Seconds]
    undecided: tuple[_Undecided, ...]
    skipped: tuple[Violated, ...]

    @classmethod
    def of(cls, compiled: Compiled, itineraries: Sequence[GivenItinerary]) -> Self:
        """The first option where nobody has named one, at any time where it is not certain that somebody is met."""
        codebook = compiled.codebook
        visits = {call.visit.id: index for index, call in enumerate(codebook.calls)}
        by_shift = {given.shift_id: given for given in itineraries}
        given = [by_shift.get(duty.shift.id) for duty in codebook.duties]
        sequences = tuple(
            () if one is None else _sequence(codebook, visits, shift, one) for shift, one in enumerate(given)
        )
        starts = {
            visits[visit_id]: codebook.horizon.opens(start)
            for one in itineraries
            for visit_id, start in one.starts.items()
            if visit_id in visits
        }
        undecided = tuple(
            _Undecided(shift, position, options)
            for shift, one in enumerate(given)
            for position, stop in enumerate(sequences[shift])
            if one is not None and len(options := _possible(codebook, stop.visit, shift, one)) > 1
        )
        left_out = {left.visit.id: left for left in codebook.left_out}
        skipped = tuple(
            left_out_violation(left_out[visit_id], one.shift_id)
            for one in itineraries
            for visit_id in one.visits
            if visit_id in left_out
        )
        unusable = tuple(
            unusable_option(visit_id, one.shift_id)
            for one in itineraries
            for visit_id, option in one.options.items()
            if visit_id in visits and option not in {way.option for way in codebook.calls[visits[visit_id]].ways}
        )
        return cls(sequences, starts, undecided, (*skipped, *unusable))

    def decided(self, problem: Problem) -> Self:
        """The same itineraries with an option for every stop, none of which alone could be chosen better.

        Who is served late may leave no time for the others: so the last stop chooses first for once, if there is time.
        """
        if not self.undecided:
            return self
        orders = (self.undecided, self.undecided[::-1])[: 1 if len(self.undecided) > MOST_TRIED // 2 else 2]
        plans = [self._decided_in(order, problem) for order in orders]
        return max(plans, key=lambda plan: plan.merit(problem, range(len(problem.shifts))))

    def _decided_in(self, order: Sequence[_Undecided], problem: Problem) -> Self:
        plan, before = self, None
        for _ in range(max(1, MOST_TRIED // max(1, len(order)))):
            if plan == before:
                break
            plan, before = plan._decided_once(order, problem), plan
        return plan

    def _decided_once(self, order: Sequence[_Undecided], problem: Problem) -> Self:
        """Each stop's option chosen in turn, within its shift as the others stand."""
        plan = self
        for stop in order[:MOST_TRIED]:
            candidates = tuple(plan.with_options(stop))
            plan = max(candidates, key=lambda candidate: candidate.merit(problem, (stop.shift,)))
        return plan

    def as_it_happens(self, compiled: Compiled) -> Self:
        """Stops that may begin at any time, counted with the slot in which they do; that changes no times."""
        if not any(way.any_time for call in compiled.codebook.calls for way in call.ways):
            return self
        sequences = list(self.sequences)
        for route in follow(compiled.problem, self.sequences, self.starts):
            sequences[route.shift] = tuple(_as_it_happens(compiled, stop) for stop in route.stops)
        return replace(self, sequences=tuple(sequences))

    def with_options(self, undecided: _Undecided) -> Iterator[Self]:
        """The plan once for every option of one stop."""
        shift, position, options = undecided
        stops = self.sequences[shift]
        for option in options:
            changed = (*stops[:position], Served(stops[position].visit, option), *stops[position + 1 :])
            sequences = (*self.sequences[:shift], changed, *self.sequences[shift + 1 :])
            yield replace(self, sequences=sequences)

    def merit(self, problem: Problem, shifts: Container[ShiftIndex]) -> Merit:
        """How good some shifts of the plan are by themselves."""
        alone = tuple(stops if index in shifts else () for index, stops in enumerate(self.sequences))
        routes = follow(problem, alone, self.starts)
        broken = check_routes(problem, routes)
        return (
            -len(broken),
            -sum(violation.amount for violation in broken),
            key(problem.objective, score(problem, routes)),
        )


def _sequence(
    codebook: Codebook, visits: Mapping[str, VisitIndex], shift: ShiftIndex, given: GivenItinerary
) -> tuple[Served, ...]:
    known = [visits[visit_id] for visit_id in given.visits if visit_id in visits]
    return tuple(Served(visit, _possible(codebook, visit, shift, given)[0]) for visit in known)


def _as_it_happens(compiled: Compiled, stop: Stop) -> Served:
    ways, options = compiled.codebook.calls[stop.visit].ways, compiled.problem.visits[stop.visit].options
    now = ways[stop.option]
    for index, (way, option) in enumerate(zip(ways, options, strict=True)):
        in_slot = way.slot is not None and any(span.opens <= stop.start <= span.closes for span in option.windows)
        alike = way.option == now.option and way.party_size == now.party_size
        if now.any_time and in_slot and alike:
            return Served(stop.visit, index)
    return Served(stop.visit, stop.option)


def _possible(
    codebook: Codebook, visit: VisitIndex, shift: ShiftIndex, given: GivenItinerary
) -> tuple[OptionIndex, ...]:
    """Options by which the itinerary may mean a visit to be served; those at any time come first.

    All where none was named; the first of all where nobody could ever use the one that was.
    """
    call = codebook.calls[visit]
    ways = _for_party(call, codebook.duties[shift].agent.party_size)
    if call.visit.id in given.options:
        ways = [(index, way) for index, way in ways if way.option == given.options[call.visit.id]] or ways[:1]
    return tuple(index for index, _ in sorted(ways, key=lambda each: not each[1].any_time))


def _for_party(call: Call, people: int) -> list[tuple[OptionIndex, Way]]:
    """The ways, but of one by daylight and one at any hour only that which suits so many people."""
    ways = list(enumerate(call.ways))
    if all(way.crew_by is None for way in call.ways):
        return ways
    kept: dict[tuple[object, ...], tuple[OptionIndex, Way]] = {}
    for index, way in ways:
        kind = way.option, way.any_time, way.slot and way.slot.window.start
        if kind not in kept or way.party_size <= people:
            kept[kind] = index, way
    return list(kept.values())
