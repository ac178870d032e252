"""Different engines for people who move differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from service.day.place import Place
from service.day.plan import TravelSource
from service.travel.protocol import Drawn, Table, TravelEngine


@dataclass(frozen=True, slots=True)
class ByProfile:
    """Asks the engine of a profile, ``otherwise`` for those that have none of their own."""

    otherwise: TravelEngine
    engines: Mapping[str, TravelEngine] = field(default_factory=dict[str, TravelEngine])

    def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
        """See TravelEngine."""
        return self._of(profile).snap(places, profile)

    def table(self, origins: Sequence[Place], destinations: Sequence[Place], profile: str) -> Table:
        """See TravelEngine."""
        return self._of(profile).table(origins, destinations, profile)

    def draw(self, stops: Sequence[Place], profile: str) -> Sequence[Drawn | None]:
        """See TravelEngine."""
        return self._of(profile).draw(stops, profile)

    def info(self, profile: str) -> TravelSource:
        """See TravelEngine."""
        return self._of(profile).info(profile)

    def _of(self, profile: str) -> TravelEngine:
        return self.engines.get(profile, self.otherwise)
