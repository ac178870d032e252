"""From a Problem to Facts: options are numbered through, wishes become fees, prizes become gains.

    legs      matrices by point and tariff, slowdowns
    visits    visits and their options
    gains     what the search would pay for them
    shifts    shifts, and who may serve what

Made once a solve; any number of searches may read it.
"""

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from solver.presolve import Ways
from solver.problem import Problem
from solver.search.arrays import Facts
from solver.search.layout.gains import Gains, counts_profit
from solver.search.layout.legs import legs_of
from solver.search.layout.shifts import longest_route, shift_arrays
from solver.search.layout.visits import visit_arrays
from solver.solution import Served


@dataclass(frozen=True, slots=True)
class Layout:
    """Facts of a problem and how to read them.

    ``scale`` is the mean cost of a leg to one of a visit's five nearest, ``rate`` what a unit of prize is worth in
    costs while searching.
    """

    facts: Facts
    scale: float
    rate: float
    gains: Gains
    options: tuple[Served, ...]
    first_option: tuple[int, ...]
    longest_route: int

    def option(self, served: Served) -> int:
        """Number of a visit's option."""
        return self.first_option[served.visit] + served.option

    def weighed(self, margin: float) -> "Layout":
        """The same day where what is left out has a mean prize of ``margin``."""
        rate = self.gains.rate(margin)
        return replace(self, facts=_fixed(self.facts._replace(**self.gains.arrays(rate))), rate=rate)


def lay_out(problem: Problem, ways: Ways) -> Layout:
    """Lay a problem out. ``ways`` says which options are open to which shifts."""
    options = tuple(Served(k, o) for k, visit in enumerate(problem.visits) for o in range(len(visit.options)))
    legs = legs_of(problem)
    visits, scale = visit_arrays(problem, ways, legs, options)
    gains = Gains.of(problem, legs, options, scale)
    rate = gains.rate(inf)
    facts = Facts(
        **legs.arrays,
        **visits,
        **gains.arrays(rate),
        **shift_arrays(problem, ways, legs, options),
        links=np.array([(q.first, q.then, q.gap) for q in problem.links], dtype=np.int64).reshape(-1, 3),
        worked_before=np.array(problem.fairness.worked_before if problem.fairness else (0,), dtype=np.int64),
        fairness=float(problem.fairness.rate) if problem.fairness else 0.0,
        unit=legs.unit,
        profit=counts_profit(problem),
    )
    first_option = tuple(visits["first_option"].tolist())
    return Layout(_fixed(facts), scale.leg, rate, gains, options, first_option, longest_route(problem))


def _fixed(facts: Facts) -> Facts:
    """Arrays not to be written to: one kind of array for the compiler, wherever they came from."""
    return Facts._make(_fixed_field(field) for field in facts)


def _fixed_field(field: object) -> object:
    if not isinstance(field, np.ndarray):
        return field
    whole = np.ascontiguousarray(field).view()
    whole.flags.writeable = False
    return whole
