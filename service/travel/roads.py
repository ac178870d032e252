"""Who is asked for travel times where a request brings none, and what is made of the answers."""

from dataclasses import dataclass
from typing import Final

from service.day.request import Travel
from service.travel.protocol import TravelEngine
from solver.units import Metres

NEAR_ENOUGH: Final[Metres] = 300


@dataclass(frozen=True, slots=True)
class Roads:
    """``engine`` is asked, ``estimate`` where a request wants estimates; without one, ``engine`` is that itself.

    A place farther than ``within_m`` from every road cannot be reached. If ``estimate_when_down``, a day whose travel
    times cannot be had is planned with estimates, all of it, and says so.
    """

    engine: TravelEngine
    estimate: TravelEngine | None = None
    estimate_when_down: bool = False
    within_m: Metres = NEAR_ENOUGH

    def asked_by(self, travel: Travel) -> TravelEngine:
        """Whom a request without matrices of its own is to be planned with."""
        return self.estimator if travel.source == "estimate" else self.engine

    @property
    def estimator(self) -> TravelEngine:
        """Who estimates."""
        return self.estimate or self.engine
