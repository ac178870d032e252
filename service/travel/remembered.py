"""Tables that were asked for before, so that of a day that is planned again only what is new has to be asked."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place, Point
from service.day.plan import TravelSource
from service.travel.protocol import Drawn, Table, TravelEngine

MOST_PAIRS: Final = 30_000_000
"""Kept in all, 8 bytes each."""
MOST_TABLES: Final = 50
LASTS: Final = 12 * 3600.0
"""Seconds after which roads are asked anew."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A table of some points among themselves."""

    profile: str
    source: TravelSource
    until: float
    rows: dict[Point | None, int]
    table: Table

    @property
    def pairs(self) -> int:
        """How large it is."""
        return len(self.rows) ** 2


class Remembers:
    """An engine, and what it answered before."""

    def __init__(self, engine: TravelEngine, clock: Callable[[], float] = monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: list[_Kept] = []

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """See TravelEngine. Asked anew: it takes no time to speak of."""
        return self._engine.snap(places, profile)

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """See TravelEngine. Remembers tables of places among themselves."""
        if origins != destinations:
            return self._engine.table(origins, destinations, profile)
        known = self._nearest_to(origins, profile)
        table = self._completed(known, origins, profile) if known else None
        if known is not None and table is not None:
            self._keep(origins, profile, table, known.until)  # its oldest part
            return table
        before = self._engine.info(profile)
        table = self._engine.table(origins, destinations, profile)
        if before.data_date in {None, self._engine.info(profile).data_date}:  # else a part of it is of an older map
            self._keep(origins, profile, table, self._clock() + LASTS)
        return table

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """See TravelEngine."""
        return self._engine.draw(stops, profile)

    def info(self, profile: str) -> TravelSource:
        """See TravelEngine."""
        return self._engine.info(profile)

    def _nearest_to(self, places: Sequence[Place], profile: str) -> _Kept | None:
        """What saves most questions, if it saves some."""
        now = self._clock()
        with self._lock:
            self._kept = [kept for kept in self._kept if now < kept.until]
            shared = [
                (sum(place.point in kept.rows for place in places), kept)
                for kept in self._kept
                if kept.profile == profile
            ]
        most, kept = max(shared, key=lambda each: each[0], default=(0, None))
        return kept if most > len(places) / 2 else None

    def _completed(self, known: _Kept, places: Sequence[Place], profile: str) -> Table | None:
        """The table with what is new in it; ``None`` if the roads have become others meanwhile."""
        old = np.array([p for p, place in enumerate(places) if place.point in known.rows], dtype=np.intp)
        new = np.array([p for p, place in enumerate(places) if place.point not in known.rows], dtype=np.intp)
        at = np.array([known.rows[place.point] for place in places if place.point in known.rows], dtype=np.intp)
        strange = [place for place in places if place.point not in known.rows]
        familiar = [place for place in places if place.point in known.rows]
        out = self._engine.table(strange, places, profile) if strange else None
        back = self._engine.table(familiar, strange, profile) if strange else None
        if self._engine.info(profile) != known.source:
            return None
        both: list[NDArray[np.int32]] = []
        for layer in range(2):
            whole = np.empty((len(places), len(places)), dtype=np.int32)
            whole[np.ix_(old, old)] = known.table[layer][np.ix_(at, at)]
            if out is not None and back is not None:
                whole[new] = out[layer]
                whole[np.ix_(old, new)] = back[layer]
            both.append(whole)
        return Table(*both)

    def _keep(self, places: Sequence[Place], profile: str, table: Table, until: float) -> None:
        rows = {place.point: p for p, place in enumerate(places)}
        new = _Kept(profile, self._engine.info(profile), until, rows, table)
        with self._lock:
            if new.pairs > MOST_PAIRS or any(_within(new, kept) for kept in self._kept):
                return
            self._kept = [new, *(kept for kept in self._kept if not _within(kept, new))][:MOST_TABLES]
            while sum(kept.pairs for kept in self._kept) > MOST_PAIRS:
                self._kept.pop()


def _within(one: _Kept, other: _Kept) -> bool:
    """Whether one tells nothing that the other does not."""
    return (
        one.profile == other.profile
        and one.source == other.source
        and one.until <= other.until
        and one.rows.keys() <= other.rows.keys()
    )
