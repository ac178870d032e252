"""Sharing work out: what one visit more means for fairness, while places are compared.

Acceptance goes by the exact price of the exact times (``score.fairness``). Places are compared by travel and service
alone, since waiting is not known before the route is.
"""

from solver.search.arrays import Facts, Int, Plan, Scratch
from solver.search.compiled import inline, inner

HOUR = 3600.0


@inner
def count_work(facts: Facts, plan: Plan, scratch: Scratch) -> None:
    """Hours that each agent works, waiting and breaks left aside, and the sum of all; only if fairness has a price."""
    if facts.fairness == 0.0:
        return
    hours, agents = scratch.agent_hours, facts.worked_before.shape[0]
    hours[agents] = 0.0
    for a in range(agents):
        hours[a] = facts.worked_before[a] / HOUR
        hours[agents] += hours[a]
    for v in range(plan.length.shape[0]):
        busy, r = 0, facts.profile[v]
        for i in range(plan.length[v]):
            busy += facts.travel[r, plan.path[v, i], plan.path[v, i + 1]] + facts.service[plan.route[v, i]]
        if plan.length[v] > 0:
            busy += facts.travel[r, plan.path[v, plan.length[v]], plan.path[v, plan.length[v] + 1]]
        hours[facts.agent[v]] += busy / HOUR
        hours[agents] += busy / HOUR


@inner
def add_work(facts: Facts, plan: Plan, scratch: Scratch, v: Int, i: Int) -> None:
    """Shift v just got its stop at position i."""
    if facts.fairness == 0.0:
        return
    hours, r, path = scratch.agent_hours, facts.profile[v], plan.path[v]
    busy = facts.travel[r, path[i], path[i + 1]] + facts.travel[r, path[i + 1], path[i + 2]]
    busy += facts.service[plan.route[v, i]]
    if plan.length[v] > 1:
        busy -= facts.travel[r, path[i], path[i + 2]]
    hours[facts.agent[v]] += busy / HOUR
    hours[facts.worked_before.shape[0]] += busy / HOUR


@inline
def unfairness(facts: Facts, scratch: Scratch, v: Int, j: Int) -> Int:
    """What it adds to the price of unequal work, in units, if shift v serves option j; may be negative."""
    if facts.fairness == 0.0:
        return 0
    agents = facts.worked_before.shape[0]
    more = facts.service[j] / HOUR
    mine, all_of_them = scratch.agent_hours[facts.agent[v]], scratch.agent_hours[agents]
    squares = 2.0 * more * mine + more * more
    mean = (2.0 * more * all_of_them + more * more) / agents
    return int(facts.fairness * (squares - mean) / facts.unit)
