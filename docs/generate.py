"""Writes ``docs/reference/`` from the code: ``make docs``. A test fails if what is committed differs.

Whatever has a setting, a code or a key has its words where it is defined; these pages only put them side by side.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias, cast

from prometheus_client import CollectorRegistry

from api.app import create_app
from api.figures import AskedFigures, RequestFigures, WorkFigures
from api.metrics import STANDS
from api.settings import PREFIX, Settings
from api.table_files import Column
from api.tables import AGENT_COLUMNS, VISIT_COLUMNS
from api.v1.issue_types import issue_types
from api.v1.requests import PlanRequest
from service.reason_words import WORDS, ReasonCode

FOLDER: Final = Path(__file__).parent / "reference"

ORIGIN: Final = "(`make docs` writes this page from the code.)"
TABLES: Final = """\
`dayroute plan VISITS.csv AGENTS.csv` reads a day from two tables, as a spreadsheet saves them: CSV in UTF-8, cells
separated by commas, semicolons or tabs (with semicolons, numbers may have a decimal comma). The first line names the
columns, in any order; an empty cell says nothing. Unknown columns are refused.

- Clock times belong to the day that `--date` names, else today. Only the end of a span may lie on the next day, which
  it does if it is not after the start. Their zone is that of `--timezone`, else that of the place where the first shift
  starts.
- Durations are minutes (`90`) or ISO 8601 (`PT1H30M`).
- Several things in one cell are separated by spaces; ids that are named in such a cell have none inside.

The day in [examples/helsinki](../../examples/helsinki/README.md) is there as a request and as tables."""
FIGURES: Final = """\
What `GET /metrics` tells, in the text form of Prometheus. What workers count is told of each of them, with the label
`worker`, by whichever process is asked, and begins anew when it does; requests are counted by the process that
answers. Every histogram is in seconds. No figure tells tenants, days or places apart."""
NOT_IN_TABLES: Final = """## What a table cannot say

Of a visit: other ways to serve it (`options`), its own `timezone`, `contact`, `account`, `segment`, `data`. Of an
agent: `territory`, `history`. Of a shift: `limits.distance_m`, times that begin after its midnight, and the names of
shifts and breaks, which are numbered (`aino/1`, `break-1`). Of the day: `currency`, `travel`, `objective`, `options`,
`baseline`. Whoever needs these writes a [request](request.md)."""

Schema: TypeAlias = dict[str, object]
METHODS: Final = ("get", "post", "put", "delete")


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def pages() -> Mapping[str, str]:
    """Texts of the pages by file name."""
    return {
        "http.md": _page("HTTP API", "Every address of the service; `/docs` shows them with examples.", _addresses()),
        "request.md": _page(
            "Request",
            "Every key of `POST /v1/plans`. Keys without default are required; unknown keys are refused. `[]` stands "
            "for each element of a list, `*` for any key of an object.",
            _keys(),
        ),
        "codes.md": _page(
            "Codes", "Every code of an error, warning or broken rule, as `GET /v1/issue-types` has them.", _codes()
        ),
        "reasons.md": _page("Reasons", "Why a visit is not in a plan, and what would get it in.", _reasons()),
        "tables.md": _tables(),
        "figures.md": _page("Figures", FIGURES, _figures()),
        "settings.md": _page("Settings", f"From the environment or a file `.env`, all with `{PREFIX}`.", _settings()),
    }


def _page(title: str, about: str, rows: Iterator[Sequence[str]]) -> str:
    return f"# {title}\n\n{about}\n\n{_table(rows)}\n\n{ORIGIN}\n"


def _tables() -> str:
    visits, agents = _table(_columns(VISIT_COLUMNS)), _table(_columns(AGENT_COLUMNS))
    return f"# Tables\n\n{TABLES}\n\n## Visits\n\n{visits}\n\n## Agents\n\n{agents}\n\n{NOT_IN_TABLES}\n\n{ORIGIN}\n"


def _table(rows: Iterator[Sequence[str]]) -> str:
    heading = next(rows)
    return "\n".join([_row(heading), _row(["---"] * len(heading)), *map(_row, rows)])


def _columns(columns: Mapping[str, Column]) -> Iterator[Sequence[str]]:
    yield "column", "needed", "example", "meaning"
    for name, column in columns.items():
        yield f"`{name}`", "yes" if column.required else "", f"`{column.example}`", column.meaning


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _addresses() -> Iterator[Sequence[str]]:
    yield "address", "what it does", "answers"
    paths = cast("dict[str, dict[str, Schema]]", create_app(Settings()).openapi()["paths"])
    for path, operations in paths.items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                statuses = ", ".join(sorted(cast("dict[str, object]", operation["responses"])))
                yield f"`{method.upper()} {path}`", str(operation.get("summary", "")), statuses


def _keys() -> Iterator[Sequence[str]]:
    yield "key", "type", "default", "meaning"
    schema = cast("Schema", PlanRequest.model_json_schema())
    definitions = cast("dict[str, Schema]", schema.get("$defs", {}))
    yield from _keys_of(schema, "", definitions)


def _keys_of(schema: Schema, prefix: str, definitions: Mapping[str, Schema]) -> Iterator[Sequence[str]]:
    required = cast("list[str]", schema.get("required", []))
    for key, part in cast("dict[str, Schema]", schema.get("properties", {})).items():
        path = f"{prefix}{key}"
        default = "" if key in required else f"`{json.dumps(part.get('default'))}`" if "default" in part else "empty"
        yield f"`{path}`", _type_of(part, definitions), default, _about(part, definitions)
        for suffix, inner in _inside(part, definitions):
            yield from _keys_of(inner, f"{path}{suffix}.", definitions)


def _about(part: Schema, definitions: Mapping[str, Schema]) -> str:
    """What a key means, or else what its value is."""
    items = part.get("items")
    choices = _choices(cast("Schema", items) if isinstance(items, dict) else part, definitions)
    return str(part.get("description") or next((each["description"] for each in choices if "description" in each), ""))


def _inside(part: Schema, definitions: Mapping[str, Schema]) -> Iterator[tuple[str, Schema]]:
    """Objects within a value, and how a path leads into them."""
    for choice in _choices(part, definitions):
        if "items" in choice:
            yield from ((f"[]{suffix}", inner) for suffix, inner in _inside(_child(choice, "items"), definitions))
        elif "properties" in choice:
            yield "", choice
        elif isinstance(choice.get("additionalProperties"), dict):
            values = _child(choice, "additionalProperties")
            yield from ((f".*{suffix}", inner) for suffix, inner in _inside(values, definitions))


def _type_of(part: Schema, definitions: Mapping[str, Schema]) -> str:
    return " or ".join(dict.fromkeys(_name_of(choice, definitions) for choice in _choices(part, definitions)))


def _name_of(choice: Schema, definitions: Mapping[str, Schema]) -> str:
    if "const" in choice:
        return json.dumps(choice["const"])
    if "enum" in choice:
        return ", ".join(json.dumps(value) for value in cast("list[object]", choice["enum"]))
    if "items" in choice:
        return f"list of {_type_of(_child(choice, 'items'), definitions)}"
    return str(choice.get("format") or choice.get("type") or "anything") + _bounds(choice)


def _bounds(choice: Schema) -> str:
    """What a number lies between, or how long a text or list is."""
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    told = [f"{sign} {choice[key]}" for key, sign in signs.items() if key in choice]
    return f" ({', '.join(told)})" if told else ""


def _choices(part: Schema, definitions: Mapping[str, Schema]) -> list[Schema]:
    """The alternatives of a value, references followed."""
    if "$ref" in part:
        return _choices(definitions[str(part["$ref"]).rsplit("/", 1)[-1]], definitions)
    choices = cast("list[Schema]", part.get("anyOf") or part.get("oneOf") or [])
    return [inner for choice in choices for inner in _choices(choice, definitions)] or [part]


def _child(schema: Schema, key: str) -> Schema:
    return cast("Schema", schema[key])


def _codes() -> Iterator[Sequence[str]]:
    yield "code", "status", "what it means", "what to do"
    for issue in issue_types():
        yield f"`{issue.code}`", str(issue.status), issue.cause, issue.action


def _reasons() -> Iterator[Sequence[str]]:
    yield "code", "why", "remedy"
    for code in ReasonCode:
        yield f"`{code}`", WORDS[code].detail, WORDS[code].remedy


def _figures() -> Iterator[Sequence[str]]:
    yield "figure", "kind", "told of", "meaning"
    for name, told in STANDS.items():
        yield f"`dayroute_{name}`", "gauge", "all together", told
    yield from _counted("each who answers requests", RequestFigures().registry)
    registry = CollectorRegistry()
    WorkFigures(registry)
    AskedFigures(registry)
    yield from _counted("each worker", registry)


def _counted(who: str, registry: CollectorRegistry) -> Iterator[Sequence[str]]:
    for metric in registry.collect():
        suffix = "_total" if metric.type == "counter" else ""
        yield f"`{metric.name}{suffix}`", metric.type, who, metric.documentation


def _settings() -> Iterator[Sequence[str]]:
    yield "setting", "default", "meaning"
    for name, field in Settings.model_fields.items():
        usual = "number of processors" if name == "solver_slots" else field.get_default(call_default_factory=True)
        yield f"`{PREFIX}{name.upper()}`", str(usual or ""), field.description or ""


if __name__ == "__main__":
    main()
