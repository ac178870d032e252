"""Spans of time in which somebody is met with one probability, within the times a visit may be made at all.

A plan could carry each span of a forecast by itself, but neighbours often differ by less than the forecast knows. They
are taken together: on a day of 140 visits that halved what the search had to look at, and its plan was better.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from service.day.visit import Contact
from service.day.window import TimeWindow

ALIKE: Final = 0.08
"""The most that the probabilities of spans taken together lie apart."""
NOISE: Final = 1e-9
"""0.58 - 0.5 is a hair more than 0.08."""
NO_TIME: Final = timedelta()


@dataclass(frozen=True, slots=True)
class Slot:
    """A span in UTC, and how likely somebody is met in it: more than 0."""

    window: TimeWindow
    probability: float

    @property
    def lasts(self) -> timedelta:
        """From start to end."""
        return self.window.end - self.window.start


def slots_of(contact: Sequence[Contact]) -> tuple[Slot, ...]:
    """The forecast as it is given, in order, without spans in which nobody is expected."""
    likely = [_slot(span.window.start, span.window.end, span.probability) for span in contact if span.probability > 0]
    return tuple(sorted(likely, key=lambda slot: slot.window.start))


def slots_within(windows: Sequence[TimeWindow] | None, contact: Sequence[Contact]) -> tuple[Slot, ...]:
    """The forecast within ``windows``, which neither overlap nor touch and are in order; ``None`` = any time.

    In each of them, from its beginning on, slots that touch are taken together as long as all their probabilities lie
    within ALIKE of each other. The probability is then their mean by length.
    """
    slots = slots_of(contact)
    if windows is None:
        return _taken_together(slots)
    return tuple(slot for window in windows for slot in _taken_together(_cut(slots, window)))


def slot_at(contact: Sequence[Contact], moment: datetime) -> Slot | None:
    """The slot of the forecast that somebody is in who comes at ``moment``; where two meet, the later."""
    coming = moment.astimezone(UTC)
    around = (slot for slot in reversed(slots_of(contact)) if slot.window.start <= coming <= slot.window.end)
    return next(around, None)


def _slot(start: datetime, end: datetime, probability: float) -> Slot:
    return Slot(TimeWindow(start.astimezone(UTC), end.astimezone(UTC)), probability)


def _cut(slots: Sequence[Slot], window: TimeWindow) -> list[Slot]:
    """What lies in a window. Of a window that is but a moment every slot has all."""
    cut = [
        _slot(max(slot.window.start, window.start), min(slot.window.end, window.end), slot.probability)
        for slot in slots
        if slot.window.start <= window.end and window.start <= slot.window.end
    ]
    return [slot for slot in cut if slot.lasts > NO_TIME or window.start == window.end]


def _taken_together(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    groups: list[list[Slot]] = []
    for slot in slots:
        if groups and _belongs(groups[-1], slot):
            groups[-1].append(slot)
        else:
            groups.append([slot])
    return tuple(_slot(group[0].window.start, group[-1].window.end, _mean(group)) for group in groups)


def _belongs(group: Sequence[Slot], slot: Slot) -> bool:
    probabilities = [slot.probability, *(member.probability for member in group)]
    apart = max(probabilities) - min(probabilities)
    return group[-1].window.end == slot.window.start and apart <= ALIKE + NOISE


def _mean(group: Sequence[Slot]) -> float:
    """By length; all alike where there is none."""
    weights = [slot.lasts / timedelta(seconds=1) or 1.0 for slot in group]
    return sum(slot.probability * weight for slot, weight in zip(group, weights, strict=True)) / sum(weights)
