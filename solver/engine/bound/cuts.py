"""Cuts: three visits of which two go into no more than one route, though halves of routes may have them thrice.

Subset-row inequalities (Jepsen, Petersen, Spoorendonk and Pisinger 2008), for three rows and a factor of one half.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from solver.engine.bound.master import Cut, Walk

MOST: Final = 62
"""A label has a bit for each."""
AT_ONCE: Final = 12
OF_A_VISIT: Final = 4
"""Of the cuts that are found at once."""
BROKEN_BY: Final = 0.02


def broken(shares: Mapping[Walk, float], known: Iterable[Cut]) -> list[Cut]:
    """Cuts that the shares of walks do not keep to, the worst first."""
    visits = sorted({stop.visit for walk in shares for stop in walk.stops})
    number = {visit: v for v, visit in enumerate(visits)}
    has = np.zeros((len(shares), len(visits)))
    for w, walk in enumerate(shares):
        has[w, [number[stop.visit] for stop in walk.stops]] = 1.0
    share = np.fromiter(shares.values(), dtype=np.float64)
    both = (has.T * share) @ has
    found: list[tuple[float, int, int, int]] = []
    for a in range(len(visits)):
        all_three = (has.T * (share * has[:, a])) @ has
        # At least two of three: each pair, less what counts thrice because it has all of them.
        two = both[a][:, None] + both[a][None, :] + both - 2.0 * all_three
        for b, c in np.argwhere(np.triu(two, 1) > 1.0 + BROKEN_BY).tolist():
            if a < b:
                found.append((float(two[b, c]), a, b, c))
    return _spread((frozenset((visits[a], visits[b], visits[c])) for _, a, b, c in sorted(found, reverse=True)), known)


def _spread(candidates: Iterable[Cut], known: Iterable[Cut]) -> list[Cut]:
    """The first ones, such that no visit is in many of them."""
    chosen: list[Cut] = []
    before, times = set(known), Counter[int]()
    for cut in candidates:
        if len(chosen) < AT_ONCE and cut not in before and all(times[visit] < OF_A_VISIT for visit in cut):
            chosen.append(cut)
            times.update(cut)
    return chosen
