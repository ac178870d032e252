"""One geocoder after the other, until somebody knows the house; what was asked before is remembered."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from service.day.place import Quality
from service.geocoding.address_text import plain
from service.geocoding.protocol import Address, Geocoded, Geocoder

NOBODY: Final = Geocoded("none")
BETTER_FIRST: Final = tuple(Quality)
FOUND_FOR: Final = timedelta(days=30)
NOT_FOUND_FOR: Final = timedelta(hours=6)
"""Shorter: somebody may put the house on the map."""
MOST_REMEMBERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Memory:
    """Answers of the last weeks, in this process; the oldest go first."""

    clock: Callable[[], float] = time.monotonic
    _answers: OrderedDict[tuple[str, str | None], tuple[float, Geocoded]] = field(
        default_factory=OrderedDict[tuple[str, str | None], tuple[float, Geocoded]]
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def recall(self, address: Address) -> Geocoded | None:
        """What was answered, if that is not too long ago."""
        with self._lock:
            until, answer = self._answers.get(_key(address), (0.0, NOBODY))
            return answer if self.clock() < until else None

    def keep(self, address: Address, answer: Geocoded) -> None:
        """For next time."""
        lasts = FOUND_FOR if answer.candidates else NOT_FOUND_FOR
        with self._lock:
            self._answers[_key(address)] = self.clock() + lasts / timedelta(seconds=1), answer
            self._answers.move_to_end(_key(address))
            if len(self._answers) > MOST_REMEMBERED:
                self._answers.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """Geocoders in the order in which they are asked; none at all knows no address."""

    geocoders: Sequence[Geocoder] = ()
    memory: Memory = field(default_factory=Memory)

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """See Geocoder: of each address the best answer. Who writes the same is answered once."""
        distinct = {_key(address): address for address in addresses}
        known = {key: answer for key, one in distinct.items() if (answer := self.memory.recall(one)) is not None}
        asked = {key: one for key, one in distinct.items() if key not in known}
        found = dict.fromkeys(asked, NOBODY)
        for geocoder in self.geocoders:
            open_ones = [key for key in asked if not _is_clear(found[key])]
            if not open_ones:
                break
            for key, answer in zip(open_ones, geocoder.find([asked[key] for key in open_ones]), strict=True):
                found[key] = min(found[key], answer, key=_rank)
        for key, answer in found.items():
            self.memory.keep(asked[key], answer)
        return [(known | found)[_key(address)] for address in addresses]


def _key(address: Address) -> tuple[str, str | None]:
    return plain(address.text), address.country


def _is_clear(answer: Geocoded) -> bool:
    return answer.quality is Quality.ROOFTOP and answer.candidates[0].exact and not answer.ambiguous


def _rank(answer: Geocoded) -> tuple[int, bool, bool]:
    """Sort key: the better, the smaller."""
    exact = bool(answer.candidates) and answer.candidates[0].exact
    return BETTER_FIRST.index(answer.quality), not exact, answer.ambiguous
