"""From a request's document to a day that can be planned, or to everything that is wrong with it.

What is wrong with shapes and what is wrong between parts is told at once: when some agents and visits are misshapen,
the sound rest is still judged as a whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, cast

from pydantic import Field, ValidationError
from typing_extensions import TypeIs

from api.errors import RefusedError
from api.v1.fields import Strict
from api.v1.mapping_in import day_request, given_itinerary
from api.v1.requests import MOST_SHIFTS, EvaluateRequest, GivenItinerary, PlanRequest
from api.v1.requests_parts import Agent, Visit
from api.v1.shape_faults import shape_faults
from service.callbacks.rules import NO_CALLBACKS, CallbackRules
from service.day import request as day
from service.day.fault import Fault
from service.faults import find_faults, itinerary_faults

Document: TypeAlias = Mapping[str, object]

LISTS: Final = ("agents", "visits")
TRAVEL_FAULTS: Final = frozenset({"place_without_index", "place_without_point", "place_unknown", "unknown_profile"})
"""What may be said wrongly as long as it is not known whether the request brings its matrices."""
EMPTY_FAULTS: Final = frozenset({"agents_empty", "visits_empty"})
REFERENCE_FAULTS: Final = frozenset({"unknown_agent", "unknown_visit", "unknown_shift"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may hold, and whom it may have called back."""

    visits: int
    shifts: int
    callbacks: CallbackRules = NO_CALLBACKS


@dataclass(frozen=True, slots=True)
class Judged:
    """``request`` is the part of the document that has the right shape, all of it if there are no ``faults``.

    ``left_out`` has the ids of agents, shifts and visits that are not in it.
    """

    request: day.DayRequest | None
    faults: tuple[Fault, ...]
    left_out: frozenset[str] = frozenset()


def read_day(document: object, limits: Limits) -> day.DayRequest:
    """The day that a document asks to plan. Raises RefusedError with all faults."""
    judged = judge_day(document, limits)
    if judged.request is None or judged.faults:
        raise RefusedError(judged.faults)
    return judged.request


def read_evaluation(document: object, limits: Limits) -> tuple[day.DayRequest, tuple[day.GivenItinerary, ...]]:
    """A day, and the itineraries to be measured against it. Raises RefusedError with all faults."""
    shape: list[Fault] = []
    try:
        itineraries = tuple(map(given_itinerary, _Envelope.model_validate(document).itineraries))
    except ValidationError as error:
        shape = shape_faults(EvaluateRequest, error)
        itineraries = ()
    inner = document["request"] if _is_object(document) and _is_object(document.get("request")) else None
    judged = Judged(None, ()) if inner is None else judge_day(inner, limits)
    faults = [*shape, *(replace(fault, path=("request", *fault.path)) for fault in judged.faults)]
    if judged.request is not None:
        faults += [
            fault for fault in itinerary_faults(judged.request, itineraries) if not _speaks_of(judged.left_out, fault)
        ]
    if judged.request is None or faults:
        raise RefusedError(faults)
    return judged.request, itineraries


def judge_day(document: object, limits: Limits) -> Judged:
    """The day as far as it can be read, and everything that is wrong with it."""
    oversize = tuple(_oversize(document, limits)) if _is_object(document) else ()
    if oversize:  # a million visits are counted, not read
        return Judged(None, oversize)
    try:
        request = day_request(PlanRequest.model_validate(document))
    except ValidationError as error:
        shape = shape_faults(PlanRequest, error)
        judged = _judge_the_rest(document, shape) if _is_object(document) else Judged(None, tuple(shape))
    else:
        judged = Judged(request, find_faults(request))
    url = None if judged.request is None else judged.request.callback
    fault = None if url is None else limits.callbacks.fault(url)
    return judged if fault is None else replace(judged, faults=(*judged.faults, fault))


class _Envelope(Strict):
    """An EvaluateRequest whose inner request is judged on its own."""

    request: dict[str, object]
    itineraries: list[GivenItinerary] = Field(max_length=MOST_SHIFTS)


class _SoundPart(PlanRequest):
    """A PlanRequest of which agents and visits may have been taken out."""

    agents: list[Agent] = Field(default_factory=list[Agent])
    visits: list[Visit] = Field(default_factory=list[Visit])


def _oversize(document: Document, limits: Limits) -> Iterator[Fault]:
    visits = _elements(document, "visits")
    agents = _elements(document, "agents")
    shifts = sum(len(_elements(agent, "shifts")) for agent in agents if _is_object(agent))
    for key, count, limit in (("visits", len(visits), limits.visits), ("agents", len(agents), limits.shifts)):
        if count > limit:
            yield _too_many(key, key, count, limit)
    if shifts > limits.shifts:
        yield _too_many("agents", "shifts", shifts, limits.shifts)


def _too_many(key: str, things: str, count: int, limit: int) -> Fault:
    detail = f"There are {count} {things}; one request holds at most {limit}."
    return Fault("too_many", (key,), detail, "Plan by day or by area, one request each.")


def _judge_the_rest(document: Document, shape: Sequence[Fault]) -> Judged:
    """Judges what remains of the document without the parts that ``shape`` speaks of."""
    broken = {fault.path[: 2 if fault.path[0] in LISTS else 1] for fault in shape if fault.path}
    kept = {key: _kept(document, key, broken) for key in LISTS}
    rest = {key: part for key, part in document.items() if (key,) not in broken} | {
        key: [_elements(document, key)[position] for position in kept[key]] for key in LISTS
    }
    try:
        request = day_request(_SoundPart.model_validate(rest))
    except ValidationError:  # a key of the document itself is beyond repair; its faults are in ``shape``
        return Judged(None, tuple(shape))
    left_out = frozenset(_ids_outside(document, kept))
    unsure = EMPTY_FAULTS | {f"unknown_{key[:-1]}" for key in LISTS if (key,) in broken}
    unsure |= TRAVEL_FAULTS if ("travel",) in broken else frozenset()
    faults = [
        replace(fault, path=_original(fault.path, kept))
        for fault in find_faults(request)
        if fault.code not in unsure and not _speaks_of(left_out, fault)
    ]
    return Judged(request, (*shape, *faults), left_out)


def _kept(document: Document, key: str, broken: set[tuple[str | int, ...]]) -> list[int]:
    """Positions of the sound elements of a list."""
    if (key,) in broken:
        return []
    return [position for position in range(len(_elements(document, key))) if (key, position) not in broken]


def _original(path: tuple[str | int, ...], kept: Mapping[str, Sequence[int]]) -> tuple[str | int, ...]:
    """The path as it is in the document that elements were taken out of."""
    match path:
        case (str() as key, int() as position, *rest) if key in kept:
            return (key, kept[key][position], *rest)
        case _:
            return path


def _ids_outside(document: Document, kept: Mapping[str, Sequence[int]]) -> Iterator[str]:
    for key in LISTS:
        inside = set(kept[key])
        for position, element in enumerate(_elements(document, key)):
            if position not in inside and _is_object(element):
                yield from _ids([element, *_elements(element, "shifts")])


def _ids(elements: Sequence[object]) -> Iterator[str]:
    for element in elements:
        identity = element.get("id") if _is_object(element) else None
        if isinstance(identity, str):
            yield identity


def _speaks_of(left_out: frozenset[str], fault: Fault) -> bool:
    """Whether the fault misses something that is there, only misshapen."""
    return fault.code in REFERENCE_FAULTS and fault.value in left_out


def _is_object(value: object) -> TypeIs[Document]:
    return isinstance(value, dict)


def _elements(document: Document, key: str) -> Sequence[object]:
    value = document.get(key)
    return cast("list[object]", value) if isinstance(value, list) else []
