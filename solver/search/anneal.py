"""Rounds of ruin and recreate, accepted by simulated annealing; the best plan is kept aside."""

import numpy as np

from solver.search.arrays import ANY_PRICE, Facts, Float, Int, Plan, Real, Scratch, Tuning
from solver.search.candidates import choose_shifts, gather, line_up
from solver.search.chance import draw
from solver.search.compiled import inline, inner, kernel
from solver.search.even import add_work, count_work
from solver.search.links import against_order, is_released
from solver.search.prune import drop_poor_routes, prune
from solver.search.recreate import best_place
from solver.search.routes import account, copy_route, refresh, touch
from solver.search.ruin import ruin
from solver.search.score import BARE, COST, add_route, better, burden, fairness, measure
from solver.search.settle import drop_orphans, ease, insert_linked, move, settle, settle_anew
from solver.search.together import hold_together

STANDING, BEST, TRIAL = 0, 1, 2
AT_ANY_COST = 1e18
KEEN = 100
PATIENCE = 3.0
"""How much a route may cost beyond what it brings, in temperatures: it need not pay at once, and a round that makes
more of a loss is seldom accepted anyway."""
PLACES = 5
"""How many are tried where links are in the way: labels mostly tell."""


@kernel
def begin(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch) -> bool:
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
        kept = refresh(facts, plan, scratch, v)
        legal = legal and (kept or plan.length[v] == 0)
    if facts.links.shape[0] > 0:
        n_touched, kept = settle_anew(facts, plan, saved, scratch, 0)
        legal = legal and kept and not against_order(facts, plan)
        forget(scratch, n_touched)
    for v in range(plan.length.shape[0]):
        legal = account(facts, plan, scratch, v) and legal
    measure(facts, plan, scratch, scratch.scores[STANDING])
    for v in range(plan.length.shape[0]):
        scratch.dirty[v] = 1
    if legal and better(facts, scratch.scores[STANDING], scratch.scores[BEST]):
        keep_best(plan, scratch)
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
        seed, idle, n_touched = -1, -1, 0
        if rounds > 0:
            seed = int(draw(scratch.state) * plan.shift_of.shape[0])
            idle = who_goes_out(facts, plan, scratch, tuning, seed)
        if idle >= 0:
            n_touched = go_out(facts, plan, saved, scratch, tuning, seed, idle)
        else:
            if rounds > 0:
                n_touched = ruin(facts, plan, saved, scratch, tuning, seed)
            n_touched = reopen(facts, plan, saved, scratch, n_touched)
            n_touched = recreate(facts, plan, saved, scratch, tuning, seed, n_touched)
        judge(facts, plan, saved, scratch, n_touched, temperature)


@inner
def who_goes_out(facts: Facts, plan: Plan, scratch: Scratch, tuning: Tuning, seed: Int) -> Int:
    """Now and then, where visits have to pay for themselves, an idle shift for a ``seed`` that is missing; else -1."""
    if not facts.profit or plan.shift_of[seed] >= 0 or facts.linked[seed] or draw(scratch.state) >= tuning.going_out:
        return -1
    shifts = plan.length.shape[0]
    first = int(draw(scratch.state) * shifts)
    for q in range(shifts):
        v = (first + q) % shifts
        if plan.length[v] == 0:
            return v
    return -1


@inner
def go_out(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, tuning: Tuning, seed: Int, idle: Int) -> Int:
    """Send an idle shift to ``seed`` at any cost, and have it make all visits on its way that about pay there.

    It is dozens of visits that pay for the way out together; where each has to pay for itself none is the first.
    """
    scratch.tried[0] = idle
    greed = 1.0 + draw(scratch.state)
    get_in_the_mood(scratch, tuning)
    count_work(facts, plan, scratch)
    n_touched = find_place(facts, plan, saved, scratch, seed, 1, AT_ANY_COST, 0)
    n = gather(facts, plan, saved, scratch, tuning, -1, n_touched)
    line_up(facts, scratch, n, seed)
    return put_in(facts, plan, saved, scratch, n, 1, greed, n_touched)


@inner
def reopen(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int) -> Int:
    """Labels of the routes that lost stops, and of those that hang together with them."""
    if facts.links.shape[0] > 0:
        n_touched = drop_orphans(facts, plan, saved, scratch, n_touched)
    for q in range(n_touched):
        refresh(facts, plan, scratch, scratch.touched[q])
    if facts.links.shape[0] > 0:
        n_touched = ease(facts, plan, saved, scratch, n_touched)
    return n_touched


@inner
def recreate(facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, tuning: Tuning, seed: Int, n_touched: Int) -> Int:
    """Insert candidates, each in its cheapest place; ``seed`` -1 = all of them, anywhere.

    Where visits have to pay for themselves some rounds put them in at any cost, since several may pay together, and
    the others allow for somewhat more than a visit brings.
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
    return put_in(facts, plan, saved, scratch, n, n_tried, greed, n_touched)


@inner
def put_in(
    facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n: Int, n_tried: Int, greed: Float, n_touched: Int
) -> Int:
    """Insert the ``n`` candidates in their order, on the shifts to be tried.

    A visit that comes after one still to be put in is looked at again after all others. What does not pay in the end,
    where it has to, is taken out again.
    """
    waiting = n + 1
    while 0 < n < waiting:
        waiting, n = n, 0
        for q in range(waiting):
            k = scratch.candidates[q]
            if facts.linked[k] == 0 or is_released(facts, plan, k):
                n_touched = find_place(facts, plan, saved, scratch, k, n_tried, greed, n_touched)
            else:
                scratch.candidates[n] = k
                n += 1
    if facts.profit:
        prune(facts, plan, scratch, n_touched)
        move(plan, scratch, n_touched)
    return n_touched


@inner
def find_place(
    facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, k: Int, n_tried: Int, greed: Float, n_touched: Int
) -> Int:
    """Put visit k where it costs least, or a bit more if links are in the way there."""
    price = -ANY_PRICE
    for _ in range(PLACES):
        price, v, i, j = best_place(facts, plan, scratch, k, n_tried, price)
        if v < 0 or (price > greed * facts.best_gain[k] and not is_needed(facts, k, greed)):
            break
        n_touched = touch(facts, plan, saved, scratch, n_touched, v)
        n_touched, kept = insert_linked(facts, plan, saved, scratch, n_touched, v, i, j)
        if kept:
            add_work(facts, plan, scratch, v, i)
            break
    return n_touched


@inline
def is_needed(facts: Facts, k: Int, greed: Float) -> bool:
    """Whether visit k gets a place whatever it brings; one without value may be what another one has to come after."""
    return facts.required[k] == 1 or (facts.linked[k] == 1 and greed == AT_ANY_COST)


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
    n_touched, legal = account_for_touched(facts, plan, saved, scratch, n_touched, PATIENCE * temperature)
    weigh(facts, plan, saved, scratch, n_touched)
    standing, trial = scratch.scores[STANDING], scratch.scores[TRIAL]
    heat = temperature * np.log(draw(scratch.state) + 1e-300)
    is_best = legal and better(facts, trial, scratch.scores[BEST])
    is_taken = is_best or (legal and burden(trial) < burden(standing) - heat)
    if is_taken and hold_together(facts, plan, scratch):
        copy_score(trial, standing)
        for q in range(n_touched):
            scratch.dirty[scratch.touched[q]] = 1
        if is_best:
            scratch.counts[1] += 1
            keep_best(plan, scratch)
    else:
        undo(facts, plan, saved, scratch, n_touched)
    forget(scratch, n_touched)


@inline
def forget(scratch: Scratch, n_touched: Int) -> None:
    """The plan is as it is."""
    for q in range(n_touched):
        scratch.is_touched[scratch.touched[q]] = 0
        scratch.is_moved[scratch.touched[q]] = 0


@inner
def account_for_touched(
    facts: Facts, plan: Plan, saved: Plan, scratch: Scratch, n_touched: Int, patience: Float
) -> tuple[Int, bool]:
    """Costs of all routes that this round changed; how many these are, whether every one has a lawful day."""
    legal = True
    if facts.links.shape[0] > 0:
        n_touched, legal = settle(facts, plan, saved, scratch, n_touched)
    for q in range(n_touched):
        legal = account(facts, plan, scratch, scratch.touched[q]) and legal
    if facts.profit:
        drop_poor_routes(facts, plan, scratch, n_touched, patience)
    return n_touched, legal


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
