"""Rounds of ruin and recreate, accepted by simulated annealing; the best plan is kept aside."""

import numpy as np

from solver.search.arrays import Facts, Float, Int, Plan, Real, Scratch, Tuning
from solver.search.candidates import choose_shifts, gather, line_up
from solver.search.chance import draw
from solver.search.compiled import inner, kernel
from solver.search.even import count_work
from solver.search.links import account_linked, drop_orphans, may_follow, settle, tighten, touch_linked
from solver.search.prune import drop_poor_routes, prune
from solver.search.recreate import best_place
from solver.search.routes import account, copy_route, insert, refresh, touch
from solver.search.ruin import ruin
from solver.search.score import BARE, COST, add_route, better, burden, fairness, measure

STANDING, BEST, TRIAL = 0, 1, 2
AT_ANY_COST = 1e18
KEEN = 100


@kernel
def begin(facts: Facts, plan: Plan, scratch: Scratch) -> bool:
    """Everything that follows from ``plan.route`` and ``plan.length``; whether these routes make a legal plan."""
    legal = True
    for v in range(plan.length.shape[0]):
        for i in range(plan.length[v]):
            j = plan.route[v, i]
            k = facts.visit[j]
            plan.shift_of[k], plan.option_of[k] = v, j
            plan.linked_stops[v] += facts.linked[k]
            for d in range(facts.load.shape[1]):
                plan.load[v, d] += facts.load[k, d]
        legal = refresh(facts, plan, scratch, v) and legal
    if facts.links.shape[0] > 0:
        legal = settle(facts, plan, scratch) and legal
    legal = account_for_all(facts, plan, scratch) and legal
    measure(facts, plan, scratch, scratch.scores[STANDING])
    for v in range(plan.length.shape[0]):
        scratch.dirty[v] = 1
    if legal and better(facts, scratch.scores[STANDING], scratch.scores[BEST]):
        keep_best(plan, scratch)
    return legal


@inner
def account_for_all(facts: Facts, plan: Plan, scratch: Scratch) -> bool:
    """Costs of all routes; whether every one has a lawful day."""
    legal = True
    for v in range(plan.length.shape[0]):
        if plan.linked_stops[v] == 0:
            legal = account(facts, plan, scratch, v) and legal
    if facts.links.shape[0] > 0:
        legal = account_linked(facts, plan, scratch) and legal
        settle(facts, plan, scratch)
    return legal


@kernel
def anneal(
    facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, tuning: Tuning, rounds: Int, hot: Float, cold: Float
) -> None:
    """So many rounds, the temperature falling from ``hot`` to ``cold``, in units of cost.

    No rounds: nothing is taken out, and whatever fits anywhere is put in; that is how a first plan is made.
    """
    fall = (cold / hot) ** (1.0 / max(1, rounds))
    temperature = hot
    for _ in range(max(1, rounds)):
        temperature *= fall
        seed, n_touched = -1, 0
        if rounds > 0:
            seed = int(draw(scratch.state) * plan.shift_of.shape[0])
            n_touched = ruin(facts, plan, saved, scratch, tuning, seed)
        n_touched = reopen(facts, plan, saved, scratch, n_touched)
        n_touched = recreate(facts, plan, saved, scratch, tuning, seed, n_touched)
        judge(facts, plan, saved, scratch, n_touched, temperature)


@inner
def reopen(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> Int:
    """Labels of the routes that lost stops; where visits are linked, of all routes with links."""
    if facts.links.shape[0] > 0:
        n_touched = touch_linked(facts, plan, saved, scratch, n_touched)
        n_touched = drop_orphans(facts, plan, saved, scratch, n_touched)
    for q in range(n_touched):
        refresh(facts, plan, scratch, scratch.touched[q])
    if facts.links.shape[0] > 0:
        settle(facts, plan, scratch)
    return n_touched


@inner
def recreate(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, tuning: Tuning, seed: Int, n_touched: Int) -> Int:
    """Insert candidates, each in its cheapest place; ``seed`` -1 = all of them, anywhere.

    Where visits have to pay for themselves some rounds put them in at any cost, since several may pay together, and
    the others allow for somewhat more than a visit brings. What does not pay in the end is taken out again.
    """
    greed = AT_ANY_COST
    if facts.profit:
        r = draw(scratch.state)
        greed = AT_ANY_COST if r < 0.2 or seed < 0 else 1.0 + 0.5 * r  # noqa: PLR2004 - measured, decision 0005
    get_in_the_mood(scratch, tuning)
    n = gather(facts, plan, saved, scratch, tuning, seed, n_touched)
    n_tried = choose_shifts(facts, plan, scratch, tuning, seed, n_touched)
    line_up(facts, scratch, n, seed)
    count_work(facts, plan, scratch)
    linked = facts.links.shape[0] > 0
    for q in range(n):
        k = scratch.candidates[q]
        if linked and not may_follow(facts, plan, k):
            continue
        price, v, i, j = best_place(facts, plan, scratch, k, n_tried)
        if v < 0 or (facts.required[k] == 0 and price > greed * facts.best_gain[k]):
            continue
        n_touched = touch(facts, plan, saved, scratch, n_touched, v)
        insert(facts, plan, scratch, v, i, j)
        count_work(facts, plan, scratch)
        if linked and plan.linked_stops[v] > 0:
            tighten(facts, plan, scratch)
    if facts.profit:
        prune(facts, plan, scratch, n_touched)
    return n_touched


@inner
def get_in_the_mood(scratch: Scratch, tuning: Tuning) -> None:
    """Most rounds take what seems cheapest. Some overlook many places, some take only the best options of visits.

    What seems cheapest need not be, and on a day of few visits it would be tried again and again.
    """
    r = draw(scratch.state)
    scratch.blink[0] = tuning.doze if r < tuning.moody else tuning.blink
    scratch.keenness[0] = KEEN if r > 1.0 - tuning.moody else 1


@inner
def judge(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int, temperature: Float) -> None:
    """Accept the plan of this round or go back to the one before it; a new best is accepted whatever it weighs."""
    legal = account_for_touched(facts, plan, scratch, n_touched)
    weigh(facts, plan, saved, scratch, n_touched)
    standing, trial = scratch.scores[STANDING], scratch.scores[TRIAL]
    heat = temperature * np.log(draw(scratch.state) + 1e-300)
    is_best = legal and better(facts, trial, scratch.scores[BEST])
    if is_best or (legal and burden(trial) < burden(standing) - heat):
        scratch.counts[1] += 1
        copy_score(trial, standing)
        for q in range(n_touched):
            scratch.dirty[scratch.touched[q]] = 1
        if is_best:
            scratch.counts[2] += 1
            keep_best(plan, scratch)
    else:
        undo(facts, plan, saved, scratch, n_touched)
    for q in range(n_touched):
        scratch.is_touched[scratch.touched[q]] = 0


@inner
def account_for_touched(facts: Facts, plan: Plan, scratch: Scratch, n_touched: Int) -> bool:
    """Costs of all routes that this round changed; whether every one has a lawful day."""
    legal = True
    for q in range(n_touched):
        v = scratch.touched[q]
        if plan.linked_stops[v] == 0:
            legal = account(facts, plan, scratch, v) and legal
    if facts.links.shape[0] > 0:
        legal = account_linked(facts, plan, scratch) and legal
        settle(facts, plan, scratch)
    elif facts.profit:
        drop_poor_routes(facts, plan, scratch, n_touched)
    return legal


@inner
def weigh(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> None:
    """The score on trial: the standing one, less the touched routes as they were, and with them as they are."""
    trial = scratch.scores[TRIAL]
    copy_score(scratch.scores[STANDING], trial)
    for q in range(n_touched):
        add_route(facts, saved, scratch.touched[q], -1.0, trial)
        add_route(facts, plan, scratch.touched[q], 1.0, trial)
    trial[COST] = trial[BARE] + fairness(facts, plan, scratch)


@inner
def copy_score(source: Real, target: Real) -> None:
    """All columns."""
    for q in range(source.shape[0]):
        target[q] = source[q]


@inner
def keep_best(plan: Plan, scratch: Scratch) -> None:
    """Copy the routes that changed since the best was kept last."""
    copy_score(scratch.scores[STANDING], scratch.scores[BEST])
    for v in range(plan.length.shape[0]):
        if scratch.dirty[v]:
            scratch.dirty[v] = 0
            scratch.best_length[v], scratch.best_cost[v] = plan.length[v], plan.cost[v]
            for i in range(plan.length[v]):
                scratch.best_route[v, i] = plan.route[v, i]


@inner
def undo(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> None:
    """All touched routes as they were."""
    for q in range(n_touched):
        v = scratch.touched[q]
        for i in range(plan.length[v]):
            plan.shift_of[facts.visit[plan.route[v, i]]] = -1
    for q in range(n_touched):
        v = scratch.touched[q]
        copy_route(facts, saved, plan, v)
        for i in range(plan.length[v]):
            j = plan.route[v, i]
            plan.shift_of[facts.visit[j]], plan.option_of[facts.visit[j]] = v, j
    if facts.links.shape[0] > 0:
        settle(facts, plan, scratch)
