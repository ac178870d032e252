"""How people move, where only coordinates are known.

The car's bands are fitted against a road network in four real areas: a typical error of 16-18 %, where 1.3 x distance
at 30 km/h is off by 19-60 %. The other profiles are plain assumptions, not fitted: usual door-to-door speeds, put in
terms of the straight line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple


class Band(NamedTuple):
    """Straight-line metres from ``beyond`` on: how fast they pass, and how many metres of road each takes."""

    beyond: float
    km_per_hour: float
    detour: float


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody moves: ``getting_going`` seconds for every trip, then band by band."""

    getting_going: float
    bands: tuple[Band, ...]


FITTED: Final = frozenset({"car"})
"""Profiles whose error is known."""

_CAR: Final = (Band(0, 20, 1.6), Band(1_000, 32, 1.4), Band(5_000, 45, 1.3), Band(20_000, 60, 1.2))

PROFILES: Final[Mapping[str, Profile]] = {
    "car": Profile(10, _CAR),
    "motorcycle": Profile(10, _CAR),
    "truck": Profile(20, tuple(Band(beyond, speed * 0.85, detour) for beyond, speed, detour in _CAR)),
    "bicycle": Profile(10, (Band(0, 10, 1.5), Band(1_000, 12, 1.35))),
    "foot": Profile(0, (Band(0, 3.6, 1.35), Band(1_000, 3.9, 1.25))),
}
"""Walking at 4.9 km/h on the path, cycling at 15-16; a truck drives as a car does, 15 % slower and slower to park."""


class ProfileUnknownError(LookupError):
    """No travel times for this profile; ``known`` names those there are."""

    def __init__(self, profile: str, known: Sequence[str]) -> None:
        """``profile`` is kept for the answer, not told in the text."""
        self.profile = profile
        self.known = tuple(known)
        super().__init__(f"no travel times for this profile; known are {', '.join(known)}.")
