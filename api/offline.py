"""Planning and checking files without a server: the same reading, the same service, the same documents."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel
from rich.console import Console

from api.clock import utc_now
from api.errors import RefusedError
from api.json_document import MalformedError, pointer_text, read_json
from api.render import progress_line
from api.road_wiring import roads_of
from api.settings import Settings
from api.source_wiring import sources_of
from api.state import limits_of
from api.tables import JsonObject, Pointer, TableError, request_from_tables, table_lines
from api.v1 import mapping_out
from api.v1.reading import read_day, read_evaluation
from api.wiring import UNUSABLE, Wiring, wire_alone
from service.evaluate_plan import evaluate_plan
from service.jobs.plan_jobs import PlanJobs
from service.outage import OutageError
from service.store.protocol import PlanState

NOBODY: Final = "nobody"
"""Whose plans they are where nobody else's are near."""
TABLES: Final = 2
"""Files of a request in tables: visits and agents."""
T = TypeVar("T")

NO_LINES: Final[Mapping[Pointer, str]] = MappingProxyType({})


class UnusableError(Exception):
    """Nothing can be done with what was given; the text says what is wrong with it, one sentence a line."""


def read_request(files: Sequence[Path], on: date | None, timezone: str | None) -> JsonObject:
    """The request document from one JSON file, or from a table of visits and a table of agents."""
    match files:
        case [request]:
            return _object_in(request)
        case [visits, agents]:
            zone = _zone(timezone) if timezone else None
            try:
                return request_from_tables(visits, agents, on, zone, _today)
            except TableError as error:
                raise UnusableError(str(error)) from None
        case _:
            message = "Name one request, or two tables: first the visits, then the agents."
            raise UnusableError(message)


def plan(request: JsonObject, settings: Settings, console: Console, files: Sequence[Path] = ()) -> JsonObject:
    """The finished plan's document; meanwhile ``console`` shows the best so far. Ctrl-C ends the search.

    If ``files`` are two tables, what is refused is told with the lines that it stands in.
    """
    wiring = _usable(lambda: wire_alone(settings, at_hand=False))
    jobs = wiring.jobs(NOBODY)
    try:
        wiring.open()
        state = _watch(wiring, jobs, jobs.submit(read_day(request, limits_of(settings))), console)
        made = jobs.plans.made(state.id)
    except RefusedError as error:
        lines = table_lines(files[0], files[1]) if len(files) == TABLES else NO_LINES
        raise UnusableError(_sentences(error, lines)) from None
    finally:
        wiring.close()
    if state.failure is not None:
        incident = state.failure.incident_id
        raise UnusableError(state.failure.detail + (f" Incident {incident}." if incident else ""))
    return _document(mapping_out.plan(state, made))


def check(request: Path, plan: Path, settings: Settings) -> JsonObject:
    """What the itineraries of a plan come to, and every rule they break, starts taken from the plan."""
    envelope = {"request": _object_in(request), "itineraries": _itineraries(_object_in(plan), plan.name)}
    try:
        day, itineraries = read_evaluation(envelope, limits_of(settings))
    except RefusedError as error:
        raise UnusableError(_sentences(error)) from None
    roads = _usable(lambda: roads_of(settings))
    try:
        evaluated = evaluate_plan(day, itineraries, sources=_usable(lambda: sources_of(settings, roads)))
    except OutageError as error:
        raise UnusableError(error.detail) from None
    finally:
        roads.held.close()
    return _document(mapping_out.evaluation(evaluated, day))


def _usable(put_together: Callable[[], T]) -> T:
    try:
        return put_together()
    except UNUSABLE as error:
        raise UnusableError(str(error)) from None


def _watch(wiring: Wiring, jobs: PlanJobs, state: PlanState, console: Console) -> PlanState:
    with console.status("Looking for a first plan") as status:
        while not state.status.final:
            try:
                wiring.watch.changed(state.id, state.revision).result()
            except KeyboardInterrupt:
                jobs.stop(state.id)
            state = jobs.plans.state(state.id) or state
            if (progress := state.progress) is not None:
                seconds = progress.elapsed.total_seconds()
                status.update(progress_line(progress.value, progress.cost, progress.planned, seconds))
    return state


def _itineraries(plan: JsonObject, file: str) -> list[object]:
    """Visits, starts and options by shift, of a plan or of a list of itineraries as ``/v1/evaluate`` takes it."""
    itineraries = plan.get("itineraries")
    if not isinstance(itineraries, list):
        message = f"{file}: expected a plan, an object with itineraries."
        raise UnusableError(message)
    return [_sequence(each, file) for each in cast("list[object]", itineraries)]


def _sequence(itinerary: object, file: str) -> object:
    """What /v1/evaluate asks of an itinerary; one without stops is taken for that already."""
    if not isinstance(itinerary, dict) or "stops" not in itinerary:
        return cast("object", itinerary)
    try:
        planned = cast("JsonObject", itinerary)
        stops = [stop for stop in cast("list[JsonObject]", planned["stops"]) if stop["type"] == "visit"]
        return {
            "shift_id": planned["shift_id"],
            "visits": [stop["visit_id"] for stop in stops],
            "starts": {cast("str", stop["visit_id"]): stop["start"] for stop in stops},
            "options": {cast("str", stop["visit_id"]): stop.get("option") for stop in stops},
        }
    except (KeyError, TypeError):
        message = f"{file}: expected itineraries with shift_id and stops, as plans have them."
        raise UnusableError(message) from None


def _object_in(path: Path) -> JsonObject:
    try:
        document = read_json(path.read_bytes())
    except MalformedError as error:
        message = f"{path.name}: {error.detail} {error.hint}"
        raise UnusableError(message) from None
    if not isinstance(document, dict):
        message = f"{path.name}: expected one JSON object."
        raise UnusableError(message)
    return cast("JsonObject", document)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        message = f"There is no time zone {name}; name one like Europe/Helsinki."
        raise UnusableError(message) from None


def _today(zone: ZoneInfo) -> date:
    return utc_now().astimezone(zone).date()


def _sentences(error: RefusedError, lines: Mapping[Pointer, str] = NO_LINES) -> str:
    """One line a fault: where, what, and what to do."""
    return "\n".join(
        f"{_where(fault.path, lines)}: {fault.detail}{' ' + fault.hint if fault.hint else ''}" for fault in error.faults
    )


def _where(path: Pointer, lines: Mapping[Pointer, str]) -> str:
    """The line of the table too, if it is known: that of a shift, else of the agent or visit."""
    pointer = pointer_text(path) or "/"
    line = lines.get(path[:4]) or lines.get(path[:2])
    return f"{line} ({pointer})" if line else pointer


def _document(answer: BaseModel) -> JsonObject:
    return cast("JsonObject", json.loads(answer.model_dump_json()))
