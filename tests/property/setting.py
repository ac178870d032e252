"""What days are drawn from: dice, the features a day may use, and a setting on the map and in the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from random import Random
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from tests.features.json_street import Json

T = TypeVar("T")


class Feature(Enum):
    """What a day may use."""

    WINDOWS = auto()
    FRACTIONS = auto()
    SETUP = auto()
    OPTIONS = auto()
    WORTH = auto()
    REQUIRED = auto()
    SKILLS = auto()
    AGENT_RULES = auto()
    TERRITORY = auto()
    LOADS = auto()
    AFTER = auto()
    LOCKS = auto()
    BREAKS = auto()
    OVERTIME = auto()
    LIMITS = auto()
    COST = auto()
    PROFIT = auto()
    FAIRNESS = auto()
    OPEN_END = auto()
    SHIFTS = auto()
    LONG = auto()
    CLOCKS = auto()
    MATRIX = auto()
    PROFILES = auto()
    NOWHERE = auto()
    BASELINE = auto()
    SLOWDOWNS = auto()
    CONTACT = auto()
    POLICY = auto()


class Scene(NamedTuple):
    """A place on the earth, and an instant in UTC after which something happens to its clocks, or nothing."""

    zone: str
    instant: str
    lat: float
    lon: float


PLAIN: Final = Scene("Europe/Helsinki", "2026-03-02T07:00:00", 60.17, 24.94)
NIGHTS: Final = (
    Scene("Europe/Helsinki", "2026-03-29T00:20:00", 60.17, 24.94),  # an hour is missing
    Scene("Europe/Helsinki", "2026-10-25T00:20:00", 60.17, 24.94),  # an hour comes twice
    Scene("Australia/Lord_Howe", "2026-04-04T14:20:00", -31.55, 159.08),  # half an hour comes twice
    Scene("Australia/Lord_Howe", "2026-10-03T14:50:00", -31.55, 159.08),  # half an hour is missing
    Scene("America/St_Johns", "2026-03-08T04:50:00", 47.56, -52.71),  # from -3:30 to -2:30
    Scene("Australia/Adelaide", "2026-10-03T15:50:00", -34.93, 138.6),  # from 9:30 to 10:30
    Scene("Asia/Kathmandu", "2026-03-02T02:00:00", 27.71, 85.32),  # 5:45 all the year round
)


@dataclass(frozen=True)
class Dice:
    """Draws, for days that may use some features.

    From a Random that Hypothesis feeds and shrinks: strategies of the same kind are alike to it, and six examples of
    seven would be the day before with a number copied from one spot to another.
    """

    random: Random
    features: frozenset[Feature]

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def one_of(self, *choices: T) -> T:
        return self.random.choice(choices)

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        return [choice for choice in choices if self.number(0, 1)][:most]

    def uses(self, feature: Feature, one_in: int = 2) -> bool:
        """Whether a feature of the family is used here."""
        return feature in self.features and self.number(1, one_in) == one_in

    def whole(self, key: str, least: int, most: int) -> Json:
        """A key with a number, or its absence."""
        return {key: self.number(least, most)} if self.number(0, 1) else {}

    def span(self, key: str, least: int, most: int) -> Json:
        """A key with a duration, or its absence."""
        return {key: duration(self.number(least, most))} if self.number(0, 1) else {}


@dataclass(frozen=True)
class Setting:
    """Where and when a day takes place. ``working`` has begin and end of every shift, in seconds of the day."""

    scene: Scene
    written_in: tuple[str, ...]
    profiles: tuple[str, ...]
    by_index: bool
    on_map: bool
    working: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    def instant(self, seconds: int, micro: int = 0) -> str:
        """RFC 3339, by one clock or another."""
        begin = datetime.fromisoformat(self.scene.instant).replace(tzinfo=UTC)
        zone = ZoneInfo(self.written_in[seconds % len(self.written_in)])
        return (begin + timedelta(seconds=seconds, microseconds=micro)).astimezone(zone).isoformat()

    def clock(self, minutes: int) -> str:
        """What clocks of the place show so many minutes after the day's begin, as long as nothing happens to them."""
        begin = datetime.fromisoformat(self.scene.instant).replace(tzinfo=UTC).astimezone(ZoneInfo(self.scene.zone))
        return f"{begin.replace(tzinfo=None) + timedelta(minutes=minutes):%H:%M}"

    def point(self, east: int, north: int) -> Json:
        """Steps are half a kilometre or less."""
        return {"lat": round(self.scene.lat + north / 250, 4), "lon": round(self.scene.lon + east / 250, 4)}

    def place(self, number: int) -> Json:
        index: Json = {"index": number} if self.by_index else {}
        return index | (self.point(number, number * number % 5) if self.on_map else {})


def setting_of(dice: Dice) -> Setting:
    scene = dice.one_of(PLAIN, *NIGHTS) if Feature.CLOCKS in dice.features else PLAIN
    by_index = Feature.MATRIX in dice.features
    return Setting(
        scene=scene,
        written_in=dice.one_of((scene.zone,), ("UTC",), (scene.zone, "UTC", "Asia/Kolkata")),
        profiles=("car", "foot") if dice.uses(Feature.PROFILES) else ("car",),
        by_index=by_index,
        on_map=not by_index or dice.number(0, 1) == 0,
    )


def duration(seconds: int) -> str:
    """ISO 8601."""
    return f"PT{seconds}S"
