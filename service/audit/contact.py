"""How likely somebody is met at a stop, from the raw request: all that a plan may say of it.

A forecast is read within each permitted span by itself, from its beginning on. Neighbours are one as long as the
likeliest of them is no more than 0.08 above the least likely; the probability is then their mean by length. It holds
for whoever is there the whole time.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from service.audit.span import Span
from service.day.request import DayRequest
from service.day.visit import Visit

TOGETHER: Final = 0.08 + 1e-9
SECOND: Final = timedelta(seconds=1)


class Chance(NamedTuple):
    """A probability, and the span it holds in, UTC; ``None`` at times when nobody is expected."""

    span: Span | None
    probability: float


NOBODY: Final = Chance(None, 0.0)


def sent_anyway(request: DayRequest) -> frozenset[str]:
    """Visits that may be made when nobody is expected: required ones, those before another, and the baseline's."""
    required = (visit.id for visit in request.visits if visit.required or visit.lock)
    firsts = (link.visit for visit in request.visits for link in visit.after)
    given = (visit for itinerary in request.baseline for visit in itinerary.visits)
    return frozenset((*required, *firsts, *given))


def chances(visit: Visit, permitted: Sequence[Span] | None, presence: Span, *, anyway: bool) -> tuple[Chance, ...]:
    """What the value of a visit may count with, if it is expected value; none if nobody should have been sent."""
    forecast = _forecast(visit)
    spans = [Span(forecast[0].start, forecast[-1].end)] if permitted is None else permitted
    found = [chance for span in spans for chance in _together(list(_within(forecast, span)))]
    holding = tuple(
        chance
        for chance in found
        if chance.span and chance.span.start <= presence.start <= presence.end <= chance.span.end
    )
    return (*holding, NOBODY) if anyway else holding


def chances_at(visit: Visit, start: datetime) -> tuple[Chance, ...]:
    """What is told of somebody who comes at ``start``, if value is not expected value."""
    met = [part for part in _forecast(visit) if part.probability > 0 and part.start <= start <= part.end]
    return tuple(Chance(Span(part.start, part.end), part.probability) for part in met) or (NOBODY,)


class _Part(NamedTuple):
    """A piece of a forecast, UTC."""

    start: datetime
    end: datetime
    probability: float


def _forecast(visit: Visit) -> list[_Part]:
    return sorted(
        _Part(span.window.start.astimezone(UTC), span.window.end.astimezone(UTC), span.probability)
        for span in visit.contact
    )


def _within(forecast: Sequence[_Part], span: Span) -> Iterator[_Part]:
    """Pieces in which somebody is expected; only a span that is a moment itself has pieces that are."""
    for part in forecast:
        start, end = max(part.start, span.start), min(part.end, span.end)
        if part.probability > 0 and (start < end or start == end == span.start == span.end):
            yield _Part(start, end, part.probability)


def _together(parts: list[_Part]) -> Iterator[Chance]:
    """The first piece with all that follow it and are like it, then the others in the same way."""
    while parts:
        size = 1
        while size < len(parts) and _alike(parts[: size + 1]):
            size += 1
        one, parts = parts[:size], parts[size:]
        lengths = [(part.end - part.start) / SECOND for part in one]
        weights = lengths if sum(lengths) else [1.0] * size
        mean = sum(w * part.probability for w, part in zip(weights, one, strict=True)) / sum(weights)
        yield Chance(Span(one[0].start, one[-1].end), mean)


def _alike(parts: Sequence[_Part]) -> bool:
    likely = [part.probability for part in parts]
    return parts[-2].end == parts[-1].start and max(likely) - min(likely) <= TOGETHER
