"""A plan for reading in a terminal: who goes where when, what is left out and why.

Works on the documents of the HTTP contract, so that a plan from a file, from this process and from a distant service
look the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final, cast

from pydantic import TypeAdapter
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.tables import JsonObject

CLOCK: Final = len("09:00")
DURATION: Final = TypeAdapter(timedelta)


def render(request: JsonObject, plan: JsonObject, console: Console) -> None:
    """Prints every itinerary, the visits left out with reason and remedy, and the plan in one line of numbers."""
    doors = {cast("str", visit["id"]): visit for visit in _objects(request, "visits")}
    for itinerary in _objects(plan, "itineraries"):
        console.print(_itinerary(itinerary, doors))
    console.print(
        "[dim]way (with set-up) and wait in minutes; latest: how late it can start with the rest kept; ! required[/]\n"
    )
    left_out = _objects(plan, "unassigned")
    if left_out:
        console.print(_left_out(left_out, doors))
    for warning in _objects(plan, "warnings"):
        console.print(f"[yellow]note[/] {escape(str(warning['detail']))}")
    console.print(summary(plan))


def summary(plan: JsonObject) -> str:
    """The plan in one line: value, visits, cost, hours and kilometres, and how it was found."""
    score, metrics, solver = (_object(plan, key) for key in ("score", "metrics", "solver"))
    cost = _object(score, "cost")
    return (
        f"[bold]value {score['value']:g}[/] with {metrics['planned']} visits in {metrics['shifts_used']} shifts"
        f" · {metrics['unassigned']} left out · required missed {score['required_missed']}"
        f" · cost {cost['total']:.2f} · driving {minutes(metrics['driving'])} min"
        f" · {cast('int', metrics['distance_m']) / 1000:.1f} km"
        f" · travel times: {_object(plan, 'travel')['source']}"
        f" · violations {_object(plan, 'checks')['violations']}"
        f" · {_length(solver['elapsed']).total_seconds():.1f} s, stopped because {solver['stopped_because']}"
    )


def violation_lines(plan: JsonObject) -> Iterator[str]:
    """One line a broken rule, and what the plan comes to."""
    broken = _objects(plan, "violations")
    for violation in broken:
        yield f"[red]broken[/] {violation['code']}: {escape(str(violation['detail']))}"
    score = _object(plan, "score")
    yield f"value {score['value']:g}, cost {_object(score, 'cost')['total']:.2f}, {len(broken)} broken rules"


def progress_line(value: float, cost: float, planned: int, seconds: float | None) -> str:
    """The best plan so far."""
    since = "" if seconds is None else f" after {seconds:.0f} s"
    return f"best so far{since}: value {value:g} with {planned} visits, cost {cost:.2f}"


def minutes(*durations: object) -> str:
    """ISO 8601 durations together, in minutes, a part of one counted as one."""
    return f"{-(-_length(*durations) // timedelta(minutes=1))}"


def _length(*durations: object) -> timedelta:
    return sum(map(DURATION.validate_python, durations), start=timedelta())


def _itinerary(itinerary: JsonObject, doors: Mapping[str, JsonObject]) -> Table:
    metrics = _object(itinerary, "metrics")
    table = Table(
        title=f"{escape(str(itinerary['agent_id']))} {_clock(itinerary['start'])}-{_clock(itinerary['finish'])}"
        f" ({escape(str(itinerary['shift_id']))}): {metrics['visits']} visits, value {metrics['value']:g},"
        f" {cast('int', metrics['distance_m']) / 1000:.1f} km, cost {metrics['cost']:.2f}",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        expand=True,
    )
    for heading in ("from", "to", "stop"):
        table.add_column(heading, no_wrap=True, min_width=CLOCK)
    table.add_column("where", no_wrap=True, ratio=1)
    for heading in ("value", "way", "wait", "latest"):
        table.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))
    for stop in _objects(itinerary, "stops"):
        table.add_row(*_stop(stop, doors))
    return table


def _stop(stop: JsonObject, doors: Mapping[str, JsonObject]) -> Iterator[str]:
    yield _clock(stop["start"])
    yield _clock(stop["finish"])
    if stop["type"] == "break":
        yield f"[italic]{escape(str(stop['break_id']))}[/]"
        return
    visit = doors[cast("str", stop["visit_id"])]
    option = f" ({stop['option']})" if stop.get("option") else ""
    yield escape(f"{visit['id']}{option}")
    yield escape(str(visit.get("address") or ""))
    yield _worth(visit)
    yield minutes(stop["travel"], stop["setup"])
    yield minutes(stop["wait"])
    yield _clock(stop["latest_start"])


def _left_out(unassigned: Sequence[JsonObject], doors: Mapping[str, JsonObject]) -> Table:
    """Why, with what stands nearest in the way, and below it what would get the visit in."""
    table = Table(title=f"Left out: {len(unassigned)}", title_justify="left", box=SIMPLE_HEAD, show_header=False)
    table.add_column("visit", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("why")
    for each in unassigned:
        visit_id = cast("str", each["visit_id"])
        table.add_row(escape(visit_id), _worth(doors[visit_id]), "\n".join(_why(each)))
    return table


def _why(unassigned: JsonObject) -> Iterator[str]:
    reasons = _objects(unassigned, "reasons")
    if reasons:
        nearest = reasons[:2][-1]
        yield escape(f"{reasons[0]['code']}: {nearest['detail']}")
    yield f"[dim]{escape(str(unassigned['remedy']))}[/]"


def _worth(visit: JsonObject) -> str:
    value = visit.get("value")
    worth = str(visit.get("priority", 50)) if value is None else f"{value:g}"
    return f"{worth}!" if visit.get("required") or visit.get("lock") else worth


def _clock(instant: object) -> str:
    return str(instant)[11:16]


def _object(document: JsonObject, key: str) -> JsonObject:
    return cast("JsonObject", document[key])


def _objects(document: JsonObject, key: str) -> list[JsonObject]:
    return cast("list[JsonObject]", document.get(key) or [])
