"""What the compiled functions read and write: four tuples of arrays, each with its shape and unit.

    Facts    the problem; nothing in it ever changes
    Plan     the routes, and what follows from them
    Scratch  room for notes of one search
    Tuning   how the search goes about it

Letters of shapes: R profiles, T tariffs, P points, O options, V visits, N nearest, S shifts, C choices of breaks,
B breaks, D dimensions of loads, Q links, A agents, M stops of the longest route, K edges of slowdowns,
G kinds of shift.

An option is one way to serve a visit, numbered through all visits. A point is a place together with the set-up that
is spent on arrival there from elsewhere; the last point is "nowhere", the end of whoever ends where the last stop is.
A tariff is what a leg costs: profile, price of a metre, price of a second. A choice is a set of breaks that some
length of day calls for.
"""

from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Int: TypeAlias = int | np.int8 | np.int32 | np.int64
"""A whole number, read from an array or not."""
Float: TypeAlias = float | np.float64
Flags: TypeAlias = NDArray[np.int8]
Indices: TypeAlias = NDArray[np.int32]
Whole: TypeAlias = NDArray[np.int64]
Bits: TypeAlias = NDArray[np.uint64]
"""64 flags to a word, the first one lowest."""
Real: TypeAlias = NDArray[np.float64]

FAR: Final = np.int64(1) << 50
"""Later than any time, longer than any limit."""
NEVER: Final = -FAR
"""Earlier than any time: cannot be kept."""
ANY_PRICE: Final = np.int64(1) << 60
"""Dearer than any place."""
BARRED: Final = np.int64(1) << 52
"""The fee of a shift that may not serve an option."""

ANYWHERE: Final = 0
FIRST: Final = 1
LAST: Final = 2
"""Where a visit may stand in its route."""


class Facts(NamedTuple):
    """The problem in arrays. Prices are counted in ``unit`` costs where an insertion is weighed, exactly elsewhere."""

    # legs
    travel: Indices  # [R,P,P] seconds, row = from; set-up at the destination included
    travel_to: Indices  # [R,P,P] the same, row = to: a scan of one visit stays within a row
    driving: Indices  # [R,P,P] seconds without set-up
    metres: Indices  # [R,P,P]
    price: Indices  # [T,P,P] in units, row = from
    price_to: Indices  # [T,P,P] row = to
    # slowdowns
    edges: Whole  # [R,K] when the pace changes, seconds
    paces: Whole  # [R,K] from that edge on, ten-thousandths
    progress: Whole  # [R,K] ten-thousandths of a second driven by that edge
    slowed: Flags  # [R] whether the profile has slowdowns
    # options
    point: Indices  # [O]
    visit: Indices  # [O]
    service: Whole  # [O] seconds
    windows: Whole  # [O,W,2] first and last start
    n_windows: Indices  # [O]
    opens: Whole  # [O] first start of all
    closes: Whole  # [O] last start of all
    prize: Whole  # [O]
    gain: Whole  # [O] cost that the search would bear for it
    gain_in_units: Whole  # [O]
    # visits
    first_option: Indices  # [V+1] options of visit k are first_option[k] .. first_option[k+1]-1
    best_gain: Whole  # [V] in units
    required: Flags  # [V]
    position: Flags  # [V] ANYWHERE, FIRST or LAST
    load: Whole  # [V,D]
    linked: Flags  # [V] whether some link names it
    near: Indices  # [V,N] nearest visits
    beside: Bits  # [P,P/64] a bit for each point that a point may stand next to; [P,0] = next to any
    density: Real  # [V] gain by second of service and nearest leg
    remoteness: Real  # [V] seconds from the first shift's start
    choice_of_time: Real  # [V] seconds between first and last start
    # shifts
    start: Indices  # [S] point
    end: Indices  # [S] point
    leaves: Whole  # [S] may leave from then on
    finishes: Whole  # [S] must be back by then, overtime included
    regular_end: Whole  # [S] overtime begins
    profile: Indices  # [S]
    tariff: Indices  # [S]
    fixed: Whole  # [S] cost of going out
    fixed_in_units: Whole  # [S]
    per_metre: Whole  # [S] cost
    per_second: Whole  # [S] cost
    per_moving_second: Whole  # [S] 1 where nothing has a price, so that nobody is sent round in circles; else 0
    per_overtime_second: Whole  # [S] cost
    most_visits: Whole  # [S]
    most_driving: Whole  # [S] seconds
    most_metres: Whole  # [S]
    limited: Flags  # [S] whether driving or metres are limited
    bounded: Flags  # [S] whether some choice of breaks allows for a short day only
    capacity: Whole  # [S,D]
    plain: Flags  # [S] neither breaks nor a limit of duration: one label tells all
    timed: Flags  # [S] whether the cost of a route depends on its times
    n_choices: Indices  # [S]
    n_rests: Indices  # [S,C]
    rests: Whole  # [S,C,B,3] earliest and latest start, duration
    longer_than: Whole  # [S,C] how long a day must last for these breaks to be due
    longest: Whole  # [S,C] the most it may last with them
    resting: Whole  # [S,C] seconds of all these breaks
    unpaid: Whole  # [S,C] seconds of those without pay
    prefix: Indices  # [S] stops that the route has begun with: they stay as they are
    twin: Indices  # [S] shifts alike share a number
    kind: Indices  # [S] shifts to which every option costs the same share a number
    fee: Whole  # [O,G] in units: preference and wages of the service; BARRED
    preference: Whole  # [O,G] cost; BARRED
    choosy: Flags  # [S] whether its preferences cost anything
    # all together
    links: Whole  # [Q,3] visit, later visit, gap
    agent: Indices  # [S]
    worked_before: Whole  # [A] seconds
    fairness: float  # cost per squared hour
    unit: int  # costs
    profit: bool


class Plan(NamedTuple):
    """Routes and what follows from them. Positions count from 0 = leaving the start."""

    route: Indices  # [S,M] options
    length: Indices  # [S]
    path: Indices  # [S,M+2] points, start and end included
    leg: Whole  # [S,M+1] price in units of the leg out of position i; 0 for an unused shift
    soonest: Whole  # [S,M+1] earliest moment to leave position i
    until: Whole  # [S,M+1] latest start of stop i, at the end: latest finish
    depart: Whole  # [S,C,M+1,B+1] as soonest, by choice and breaks taken; no rows if every shift is plain
    latest: Whole  # [S,C,M+1,B+1] as until, likewise
    load: Whole  # [S,D]
    driving: Whole  # [S] seconds
    metres: Whole  # [S]
    busy: Whole  # [S] seconds of travel, set-up and service; like driving and metres only kept where it is limited
    worked: Whole  # [S] seconds from departure to finish, 0 if nobody needs to know
    cost: Whole  # [S]
    linked_stops: Indices  # [S]
    shift_of: Indices  # [V] -1 = not in the plan
    option_of: Indices  # [V]
    release: Whole  # [V] links: may not start before
    due: Whole  # [V] links: may not start after


class Scratch(NamedTuple):
    """Notes of one search. Only ``state``, ``scores``, ``counts``, ``best_*`` and ``dirty`` outlive an iteration."""

    state: NDArray[np.uint64]  # [1] of the random numbers
    scores: Real  # [3,5] standing, best, trial; columns see score.py
    counts: Whole  # [2] stamps, and how often the best plan was bettered
    best_route: Indices  # [S,M]
    best_length: Indices  # [S]
    best_cost: Whole  # [S]
    dirty: Flags  # [S] changed since the best was kept
    stops: Indices  # [M+1] a route under test
    depart: Whole  # [M+2,B+1] its labels
    latest: Whole  # [M+2,B+1]
    arrive: Whole  # [B+1]
    onward: Whole  # [B+1]
    touched: Indices  # [S] shifts changed in this iteration
    is_touched: Flags  # [S]
    is_moved: Flags  # [S] links: labels changed, and the partners of its stops do not know yet
    is_late: Flags  # [S] links: to be walked again
    begins: Whole  # [V] links: starts on the days walked
    tried: Indices  # [S] shifts to look at
    is_tried: Flags  # [S]
    twin_seen: Whole  # [S] stamp
    candidates: Indices  # [V]
    is_candidate: Flags  # [V]
    is_settled: Flags  # [V] candidates that fit nowhere but on touched routes
    keys: Real  # [V]
    blink: Real  # [1] how often a place is overlooked in this round
    keenness: Whole  # [1] how much dearer lesser options are in this round
    agent_worked: Whole  # [A] seconds
    agent_hours: Real  # [A+1] without waiting; the last is the sum


class Tuning(NamedTuple):
    """How the search goes about it; the values are decision 0005's."""

    average_removed: float = 10.0
    longest_string: int = 10
    long_string: float = 0.5
    """How often the first string around a missing visit may be as long as its route: a far village is worth the way for
    all of its visits or for none."""
    few_shifts: int = 4
    """Not with so few: a route is much of the plan then, and without it one would begin anew."""
    going_out: float = 0.05
    """How often an idle shift is sent to a missing seed, where visits have to pay for themselves."""
    blink: float = 0.01
    doze: float = 0.25
    """As blink, in some rounds."""
    moody: float = 0.1
    """How often a round dozes; and how often it takes nothing but the best options."""
    small_day: int = 500
    """Up to so many pairs of visit and shift all visits that are missing, and all shifts, get a chance each time."""
    near_visits: int = 30
    """On larger days the missing ones among so many visits nearest to the seed,"""
    near_served: int = 12
    """and the shifts that serve so many of them;"""
    far_visits: int = 2
    far_shifts: int = 1
    """beside them so many, missing or not, from anywhere."""
