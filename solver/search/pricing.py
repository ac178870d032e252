"""Where routes are looked for that collect more than they are charged for: arrays, and how much a day may still bring.

    Pricing     a kind of shift and its day, what each visit brings it beyond its price, and room for labels
    lay_slices  how long it takes to get on, in slices of time
    look_ahead  from any door at any time, at most so much more: by routes that do not turn on the spot

Letters of shapes: O options, W windows, B breaks, R limits, M words of 64 visits, T slices of time, L labels, C cuts.
Options are numbered as in the kind's list of them; number O is home: the start as a row, the end as a column.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUntypedBaseClass=false, reportUntypedClassDecorator=false, reportUnknownParameterType=false

from typing import Final, NamedTuple

import numpy as np
from numba.core import types
from numba.experimental import structref

from solver.search.arrays import FAR, Flags, Indices, Int, Whole
from solver.search.compiled import inline, inner, kernel

NOTHING: Final = -(np.int64(1) << 61)
"""Less than any route collects."""
NOBODY: Final = np.int32(-1)
"""No visit, no label."""


class Pricing(NamedTuple):
    """One kind of shift. Prizes and prices are whole numbers on one scale."""

    # the day
    legs: Whole  # [O+1,O+1] seconds from the end of one service until the next may begin; FAR = not one after the other
    service: Whole  # [O] seconds
    windows: Whole  # [O,W,2] first and last start
    n_windows: Indices  # [O] at least one
    visit: Indices  # [O]
    word: Indices  # [O] in which the visit's bit is
    bit: Whole  # [O]
    rests: Whole  # [B,3] earliest and latest start, duration
    use: Whole  # [R,O+1,O+1] of each limit, by a leg and the stop it leads to
    most: Whole  # [R]
    opens: int
    finishes: int
    step: int  # seconds of a slice of time
    foresees: bool  # whether no stop is over within the slice in which the one before it was
    lasts: Indices  # [O,O] slices from one end of service to the next, without any wait; at most T
    over: Indices  # [O,T] slice in which service ends that would, without any wait, end in this one; NOBODY = too late
    # prices
    gain: Whole  # [O] prize less the visit's price
    cuts: Whole  # [C] charged at every second stop among the visits of a cut
    marks: Whole  # [O] a bit for each cut that the visit is in
    memory: Whole  # [O,M] the visits that are remembered at this option
    # what leaving an option in a slice of time may still bring
    prospect: Whole  # [O,T]
    onward: Indices  # [O,T] the visit with which that begins, NOBODY = none
    otherwise: Whole  # [O,T] the most that begins with another
    # labels; number 0 is the start of the shift
    option: Indices  # [L]
    rested: Indices  # [L] breaks taken
    time: Whole  # [L] end of service
    collected: Whole  # [L]
    odd: Whole  # [L] a bit for each cut that charges for the next stop in it
    seen: Whole  # [L,M] visits remembered
    spent: Whole  # [L,R]
    parent: Indices  # [L]
    beside: Indices  # [L] the next of the same option and breaks, by what is collected
    after: Indices  # [L] the next of the same slice of time
    dead: Flags  # [L]
    first: Indices  # [O,B+1] of each option and number of breaks
    due: Indices  # [T] of each slice
    best: Whole  # [O] what the best route collects that ends with this option
    ending: Indices  # [O] its label
    state: Whole  # [3] see labelling.py


@structref.register
class PricingType(types.StructRef):
    """Pricing to the compiler."""


class PricingHandle(structref.StructRefProxy):
    """Pricing from outside."""


structref.define_proxy(PricingHandle, PricingType, list(Pricing._fields))


@kernel
def pricing_handle(fields: Pricing) -> Pricing:
    """Arrays as compiled functions take them; see handles.py."""
    return PricingHandle(*fields)


@inline
def first_start(p: Pricing, j: Int, ready: Int) -> Int:
    """First start of option j at ``ready`` or later, FAR if there is none."""
    for w in range(p.n_windows[j]):
        if ready <= p.windows[j, w, 1]:
            return max(ready, p.windows[j, w, 0])
    return FAR


@kernel
def lay_slices(p: Pricing) -> None:
    """Fill ``lasts`` and ``over``. A moment is taken for the first of its slice: never too late."""
    options, slices = p.over.shape
    for j in range(options):
        for i in range(options):
            p.lasts[i, j] = min(slices, (p.legs[i, j] + p.service[j]) // p.step)
        for t in range(slices):
            start = first_start(p, j, p.opens + t * p.step - p.service[j])
            end = (start + p.service[j] - p.opens) // p.step
            p.over[j, t] = end if end < slices else NOBODY


@kernel
def look_ahead(p: Pricing, last: int, first: int) -> None:
    """Fill slices of time from the ``last`` down to the ``first``; those after the last have been.

    Limits, breaks and cuts are left aside, and a moment is taken for the first of its slice: never too little.
    """
    for t in range(last, first - 1, -1):
        for i in range(p.service.shape[0]):
            _look_ahead_from(p, i, t)


@kernel
def foreseen(p: Pricing) -> int:
    """At most so much can be collected on a day, once all slices are filled."""
    home, most = p.service.shape[0], NOTHING
    for j in range(home):
        start = first_start(p, j, p.opens + p.legs[home, j])
        if start < FAR:
            most = max(most, p.gain[j] + p.prospect[j, (start + p.service[j] - p.opens) // p.step])
    return most


@inner
def _look_ahead_from(p: Pricing, i: Int, t: Int) -> None:
    home, slices = p.service.shape[0], p.due.shape[0]
    begins = p.opens + t * p.step
    n = p.n_windows[i]
    if begins > p.windows[i, n - 1, 1] + p.service[i] or begins + p.step <= p.windows[i, 0, 0] + p.service[i]:
        return
    most, second, way = NOTHING, NOTHING, NOBODY
    if max(begins, p.windows[i, 0, 0] + p.service[i]) + p.legs[i, home] <= p.finishes:
        most = np.int64(0)
    for j in range(home):
        without_wait = t + p.lasts[i, j]
        then = p.over[j, without_wait] if without_wait < slices else NOBODY
        if then == NOBODY:
            continue
        more = p.gain[j] + p.prospect[j, then]
        if more <= second:
            continue
        if p.onward[j, then] == p.visit[i]:
            more = p.gain[j] + p.otherwise[j, then]
        if p.visit[j] == way:
            most = max(most, more)
        elif more > most:
            second, most, way = most, more, p.visit[j]
        else:
            second = max(second, more)
    p.prospect[i, t], p.onward[i, t], p.otherwise[i, t] = most, way, second
