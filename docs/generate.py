"""Writes ``docs/reference/`` from the code: ``make docs``. A test fails if what is committed differs.

Whatever has a setting, a code or a key has its words where it is defined; these pages only put them side by side.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias, cast

from api.app import create_app
from api.settings import PREFIX, Settings
from api.v1.issue_types import issue_types
from api.v1.requests import PlanRequest
from service.reason_words import WORDS, ReasonCode

FOLDER: Final = Path(__file__).parent / "reference"

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
        "settings.md": _page("Settings", f"From the environment or a file `.env`, all with `{PREFIX}`.", _settings()),
    }


def _page(title: str, about: str, rows: Iterator[Sequence[str]]) -> str:
    heading = next(rows)
    lines = [_row(heading), _row(["---"] * len(heading)), *map(_row, rows)]
    return f"# {title}\n\n{about}\n\n" + "\n".join(lines) + "\n\n(`make docs` writes this page from the code.)\n"


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


def _settings() -> Iterator[Sequence[str]]:
    yield "setting", "default", "meaning"
    for name, field in Settings.model_fields.items():
        default = "number of processors" if name == "solver_slots" else str(field.default)
        yield f"`{PREFIX}{name.upper()}`", default, field.description or ""


if __name__ == "__main__":
    main()
