"""Where profit counts: taking out what does not pay.

Not where fairness has a price: what one shift alone would be better without may be what evens work out.
"""

from solver.search.arrays import Facts, Float, Int, Plan, Scratch
from solver.search.compiled import inner
from solver.search.routes import account, refresh, remove


@inner
def prune(facts: Facts, plan: Plan, scratch: Scratch, n_touched: Int) -> None:
    """Take out stops whose detour costs more than they bring; linked ones stay."""
    if facts.fairness > 0.0:
        return
    for q in range(n_touched):
        v = scratch.touched[q]
        for i in range(plan.length[v] - 1, facts.prefix[v] - 1, -1):
            j = plan.route[v, i]
            k = facts.visit[j]
            if facts.required[k] or facts.linked[k] or saved_without(facts, plan, v, i) <= facts.gain_in_units[j]:
                continue
            remove(facts, plan, v, i)
            refresh(facts, plan, scratch, v)


@inner
def saved_without(facts: Facts, plan: Plan, v: Int, i: Int) -> Int:
    """What shift v costs less without its stop at position i, in units; waiting is not looked at."""
    saved = plan.leg[v, i] + plan.leg[v, i + 1] + facts.fee[plan.route[v, i], facts.kind[v]]
    if plan.length[v] == 1:
        return saved + facts.fixed_in_units[v]
    return saved - facts.price[facts.tariff[v], plan.path[v, i], plan.path[v, i + 2]]


@inner
def drop_poor_routes(facts: Facts, plan: Plan, scratch: Scratch, n_touched: Int, patience: Float) -> None:
    """Keep those at home whose whole route costs ``patience`` more than it brings, accounted for; linked stops stay."""
    if facts.fairness > 0.0:
        return
    for q in range(n_touched):
        v = scratch.touched[q]
        if plan.length[v] == 0 or facts.prefix[v] > 0 or plan.linked_stops[v] > 0:
            continue
        gain, free = 0, True
        for i in range(plan.length[v]):
            j = plan.route[v, i]
            gain += facts.gain[j]
            free = free and facts.required[facts.visit[j]] == 0
        if free and gain + patience < plan.cost[v]:
            while plan.length[v] > 0:
                remove(facts, plan, v, plan.length[v] - 1)
            refresh(facts, plan, scratch, v)
            account(facts, plan, scratch, v)
