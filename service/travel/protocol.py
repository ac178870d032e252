"""How travel times are asked for, whoever answers."""

from collections.abc import Sequence
from typing import Protocol

from service.day.place import Place
from service.day.plan import TravelSource
from solver.problem import TravelMatrix


class ProfileUnknownError(LookupError):
    """No travel times for this profile; ``known`` names those there are."""

    def __init__(self, profile: str, known: Sequence[str]) -> None:
        """``profile`` is kept for the answer, not told in the text."""
        self.profile = profile
        self.known = tuple(known)
        super().__init__(f"no travel times for this profile; known are {', '.join(known)}.")


class TravelTimes(Protocol):
    """Seconds and metres between places, for one profile at a time."""

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        """Travel between all places; rows and columns in the order of ``places``, UNREACHABLE where there is no way.

        Raises ProfileUnknownError for a profile nobody knows the speed of.
        """
        ...

    def info(self) -> TravelSource:
        """Where the figures come from; every plan says so."""
        ...
