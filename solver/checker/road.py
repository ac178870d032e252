"""How far the clock takes somebody on the road: slower during slowdowns, nowhere during breaks.

What is left of a leg counts in ten-thousandths of a second, the unit of a pace.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from solver.problem import NORMAL_PACE, Slowdown
from solver.solution import BreakTaken
from solver.units import Seconds


class Drive(NamedTuple):
    """One leg as driven: when it is done if nobody idles on it, and seconds at the wheel until then."""

    done: Seconds
    driving: Seconds


def drive(
    slowdowns: Sequence[Slowdown], breaks: Sequence[BreakTaken], left: Seconds, arrived: Seconds, travel: Seconds
) -> Drive:
    """A leg of ``travel`` seconds begun at ``left``; what is not done by ``arrived`` goes on then, without breaks."""
    rest_of_way, now, driving = travel * NORMAL_PACE, left, 0
    for rest in sorted(breaks, key=lambda rest: rest.start):
        begins, ends = max(now, rest.start), min(arrived, rest.finish)
        if begins >= ends:
            continue
        done = arrival(slowdowns, now, rest_of_way)
        if done <= begins:
            break
        driving += begins - now
        rest_of_way -= way(slowdowns, now, begins)
        now = ends
    done = arrival(slowdowns, now, rest_of_way)
    return Drive(done, driving + done - now)


def arrival(slowdowns: Sequence[Slowdown], now: Seconds, rest_of_way: int) -> Seconds:
    """When the rest of a way is done by somebody who drives on from ``now``."""
    for opens, closes, pace in _ahead(slowdowns, now):
        before = (opens - now) * NORMAL_PACE
        if rest_of_way <= before:
            break
        during = (closes - opens) * pace
        if rest_of_way <= before + during:
            return opens - (before - rest_of_way) // pace
        rest_of_way -= before + during
        now = closes
    return now - (-rest_of_way) // NORMAL_PACE


def way(slowdowns: Sequence[Slowdown], since: Seconds, until: Seconds) -> int:
    """What is done of a leg by driving from one moment until another."""
    before_it_ends = takewhile(lambda slow: slow[0] < until, _ahead(slowdowns, since))
    lost = sum((min(closes, until) - opens) * (NORMAL_PACE - pace) for opens, closes, pace in before_it_ends)
    return (until - since) * NORMAL_PACE - lost


def _ahead(slowdowns: Sequence[Slowdown], now: Seconds) -> Iterator[tuple[Seconds, Seconds, int]]:
    """(opens, closes, pace) of what is left of the slowdowns from ``now`` on, one after the other."""
    first = bisect_right(slowdowns, now, key=lambda slow: slow.closes)
    for nth in range(first, len(slowdowns)):
        slow = slowdowns[nth]
        yield max(now, slow.opens), slow.closes, slow.pace
