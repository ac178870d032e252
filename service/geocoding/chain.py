"""One geocoder after the other, until somebody knows the house; what was asked before is remembered."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

from service.day.place import Quality
from service.geocoding.address_text import plain
from service.geocoding.choice import BETTER_FIRST
from service.geocoding.protocol import Address, Geocoded, Geocoder

NOBODY: Final = Geocoded("none")
FOUND_FOR: Final = timedelta(days=30)
NOT_FOUND_FOR: Final = timedelta(hours=6)
"""Shorter: somebody may put the house on the map."""
MOST_REMEMBERED: Final = 100_000


class Memory(Protocol):
    """What was answered before."""

    def recall(self, address: Address) -> Geocoded | None:
        """What was answered, if that is not too long ago."""
        ...

    def keep(self, address: Address, answer: Geocoded) -> None:
        """For next time."""
        ...


@dataclass(frozen=True, slots=True)
class OwnMemory:
    """Answers of the last weeks, in this process; the oldest go first."""

    clock: Callable[[], float] = time.monotonic
    _answers: OrderedDict[tuple[str, str | None], tuple[float, Geocoded]] = field(
        default_factory=OrderedDict[tuple[str, str | None], tuple[float, Geocoded]]
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def recall(self, address: Address) -> Geocoded | None:
        """See Memory."""
        with self._lock:
            until, answer = self._answers.get(key_of(address), (0.0, NOBODY))
            return answer if self.clock() < until else None

    def keep(self, address: Address, answer: Geocoded) -> None:
        """See Memory."""
        with self._lock:
            self._answers[key_of(address)] = self.clock() + lasts(answer) / timedelta(seconds=1), answer
            self._answers.move_to_end(key_of(address))
            if len(self._answers) > MOST_REMEMBERED:
                self._answers.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """Geocoders in the order in which they are asked; none at all knows no address."""

    geocoders: Sequence[Geocoder] = ()
    memory: Memory = field(default_factory=OwnMemory)

    def find(self, addresses: Sequence[Address]) -> Sequence[Geocoded]:
        """See Geocoder: of each address the best answer. Who writes the same is answered once."""
        found: dict[tuple[str, str | None], Geocoded] = {}
        for address in addresses:
            if key_of(address) not in found:
                found[key_of(address)] = self._find(address)
        return [found[key_of(address)] for address in addresses]

    def _find(self, address: Address) -> Geocoded:
        """One after the other: what was answered before somebody is down need not be asked again."""
        found = self.memory.recall(address)
        if found is not None:
            return found
        found = NOBODY
        for geocoder in self.geocoders:
            (answer,) = geocoder.find([address])
            found = min(found, answer, key=_rank)
            if found.exact and found.quality is Quality.ROOFTOP:
                break  # Also if several are meant: who knows but one of them does not know which.
        self.memory.keep(address, found)
        return found


def lasts(answer: Geocoded) -> timedelta:
    """How long it is remembered."""
    return FOUND_FOR if answer.quality is Quality.ROOFTOP else NOT_FOUND_FOR


def key_of(address: Address) -> tuple[str, str | None]:
    """What is the same question, however it is spaced or capitalised."""
    return plain(address.text), address.country


def _rank(answer: Geocoded) -> tuple[bool, int, bool]:
    """Sort key: the better, the smaller."""
    return not answer.exact, BETTER_FIRST.index(answer.quality), answer.ambiguous
