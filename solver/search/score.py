"""What a plan is worth to the search, and to whoever asked.

Columns of scores: required visits served, prize, cost, gain, cost before fairness.
"""

import numpy as np

from solver.search.arrays import Facts, Float, Int, Plan, Real, Scratch
from solver.search.compiled import inline, inner

REQUIRED, PRIZE, COST, GAIN, BARE = 0, 1, 2, 3, 4
HOUR = 3600.0


@inner
def measure(facts: Facts, plan: Plan, scratch: Scratch, row: Real) -> None:
    """Score of the whole plan, whose routes are accounted for."""
    for q in range(row.shape[0]):
        row[q] = 0.0
    for v in range(plan.length.shape[0]):
        add_route(facts, plan, v, 1.0, row)
    row[COST] = row[BARE] + fairness(facts, plan, scratch)


@inner
def add_route(facts: Facts, plan: Plan, v: Int, sign: Float, row: Real) -> None:
    """Add one route, or take it off with a sign of -1; all but COST."""
    for i in range(plan.length[v]):
        j = plan.route[v, i]
        row[REQUIRED] += sign * facts.required[facts.visit[j]]
        row[PRIZE] += sign * facts.prize[j]
        row[GAIN] += sign * facts.gain[j]
    row[BARE] += sign * plan.cost[v]


@inner
def fairness(facts: Facts, plan: Plan, scratch: Scratch) -> Float:
    """Price of unequal work, see solver.objective.fairness_cost."""
    if facts.fairness == 0.0:
        return 0.0
    totals, agents = scratch.agent_worked, facts.worked_before.shape[0]
    for a in range(agents):
        totals[a] = facts.worked_before[a]
    for v in range(plan.length.shape[0]):
        totals[facts.agent[v]] += plan.worked[v]
    total, squares = 0.0, 0.0
    for a in range(agents):
        hours = totals[a] / HOUR
        total += hours
        squares += hours * hours
    return np.floor(facts.fairness * (squares - total * total / agents))


@inline
def better(facts: Facts, a: Real, b: Real) -> bool:
    """Whether score a is better than score b, as solver.objective.key orders them."""
    if a[REQUIRED] != b[REQUIRED]:
        return a[REQUIRED] > b[REQUIRED]
    if facts.profit:
        if a[PRIZE] - a[COST] != b[PRIZE] - b[COST]:
            return a[PRIZE] - a[COST] > b[PRIZE] - b[COST]
        return a[PRIZE] > b[PRIZE]
    return a[PRIZE] > b[PRIZE] or (a[PRIZE] == b[PRIZE] and a[COST] < b[COST])


@inline
def burden(row: Real) -> Float:
    """What annealing makes small: cost less gain."""
    return row[COST] - row[GAIN]
