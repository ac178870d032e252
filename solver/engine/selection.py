"""Which routes together: the model of set packing."""

from collections.abc import Container, Iterable, Sequence
from typing import Final

from ortools.sat.python.cp_model_helper import CpModelProto

from solver.engine.levels import Level
from solver.pool import Column, Kind
from solver.problem import Link
from solver.units import VisitIndex

TURNED_ROUND: Final = -1.0
"""CP-SAT minimises inside: the factor from there to what is maximised."""


class Selection:
    """At most one route per shift, each visit at most once, a later visit of a link only with the earlier one.

    Kinds that have ``begun`` go out, visits that are ``certain`` are made.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        shifts_of: dict[Kind, int],
        *,
        begun: Container[Kind],
        certain: Container[VisitIndex],
        links: Iterable[Link],
    ) -> None:
        self._columns = range(len(columns))
        self._shifts_of = shifts_of
        self._begun = begun
        self._certain = certain
        self._links = tuple(links)
        self._with_visit: dict[int, list[int]] = {}
        self._of_kind: dict[Kind, list[int]] = {}
        for c, column in enumerate(columns):
            self._of_kind.setdefault(column.kind, []).append(c)
            for visit in column.visits:
                self._with_visit.setdefault(visit, []).append(c)

    def model(self, stage: Level, before: Iterable[tuple[Level, int]], hint: Iterable[int]) -> CpModelProto:
        """Maximise one stage, keeping at least the sums reached by those ``before``; ``hint`` are chosen columns."""
        model = CpModelProto()
        for _ in self._columns:
            model.variables.add().domain.extend([0, 1])
        for visit, together in self._with_visit.items():
            of_visit = model.constraints.add()
            one = of_visit.exactly_one if visit in self._certain else of_visit.at_most_one
            one.literals.extend(together)
        for kind, together in self._of_kind.items():
            _bound(model, dict.fromkeys(together, 1), int(kind in self._begun), self._shifts_of[kind])
        for link in self._links:
            earlier, later = (frozenset(self._with_visit.get(visit, ())) for visit in (link.first, link.then))
            if later - earlier:
                signs = dict.fromkeys(sorted(earlier - later), 1) | dict.fromkeys(sorted(later - earlier), -1)
                _bound(model, signs, 0, len(earlier))
        for level, reached in before:
            _bound(model, dict(enumerate(level)), reached, sum(value for value in level if value > 0))
        chosen = set(hint)
        model.solution_hint.vars.extend(self._columns)
        model.solution_hint.values.extend([int(c in chosen) for c in self._columns])
        model.objective.vars.extend(self._columns)
        model.objective.coeffs.extend([-value for value in stage])
        model.objective.scaling_factor = TURNED_ROUND
        return model


def _bound(model: CpModelProto, factors: dict[int, int], least: int, most: int) -> None:
    """Factors by column."""
    linear = model.constraints.add().linear
    linear.vars.extend(list(factors))
    linear.coeffs.extend(list(factors.values()))
    linear.domain.extend([least, most])
