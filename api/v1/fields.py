"""The kinds of value a request is made of, each with its documentation and the sentence that refuses a wrong one."""

import math
import re
from datetime import date, datetime, timedelta
from typing import Annotated, Final, NoReturn, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, FailFast, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.durations import iso_duration
from service.day.daytime import Span, read_span

_DURATION_TEXT: Final = r"^P([0-9]{1,4}W|([0-9]{1,5}D)?(T([0-9]{1,6}H)?([0-9]{1,7}M)?([0-9]{1,9}(\.[0-9]{1,6})?S)?)?)$"
_DURATION: Final = re.compile(
    r"P(?=[0-9]|T[0-9])(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,7})M)?(?:(?P<seconds>[0-9]{1,9}(?:\.[0-9]{1,6})?)S)?)?"
)
_INSTANT_TEXT: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)
_INSTANT: Final = re.compile(
    r"(?P<second>\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2})(?:\.(?P<fraction>\d+))?(?P<offset>[Zz]|[+-]\d{2}:\d{2})?",
    re.ASCII,
)

_CLOCK_TEXT: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_CLOCK_END_TEXT: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
_CLOCK_SPAN_TEXT: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]\s*-\s*(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK: Final = re.compile(r"(?P<hours>\d{2}):(?P<minutes>\d{2})", re.ASCII)

LONGEST_DURATION: Final = timedelta(days=366)
LONGEST_SOLVE: Final = timedelta(hours=1)
MOST_PLACES: Final = 20_000
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199
MICROSECOND_DIGITS: Final = 6
DEEPEST_DATA: Final = 16
LARGEST_WHOLE: Final = 1_000_000_000
LAST_MINUTE: Final = 59
WHOLE_DAY: Final = timedelta(days=1)


class Strict(BaseModel):
    """A part of a request: unknown keys are refused, and nothing is converted silently."""

    model_config = ConfigDict(
        extra="forbid", strict=True, allow_inf_nan=False, frozen=True, use_attribute_docstrings=True
    )


def refuse(code: str, detail: str, hint: str) -> NoReturn:
    """Refuses the value being validated, under one of the codes of ``GET /v1/issue-types``."""
    raise PydanticCustomError(code, "{detail}", {"detail": detail, "hint": hint})  # pyright: ignore[reportArgumentType] - a code is a literal only at its origin


def _duration(value: object) -> timedelta:
    if not isinstance(value, str):
        refuse("wrong_type", "This must be an ISO 8601 duration in a string.", 'For instance "PT15M".')
    if value.startswith("-"):
        refuse("duration_negative", "This must not be negative.", "Check what was taken from what.")
    match = _DURATION.fullmatch(value)
    if match is None:
        refuse(
            "duration_format",
            "This must be an ISO 8601 duration of weeks, days, hours, minutes and seconds.",
            'For instance "PT1H30M"; months and years have no fixed length, and only seconds take a fraction.',
        )
    duration = timedelta(**{unit: float(amount) for unit, amount in match.groupdict().items() if amount is not None})
    if duration > LONGEST_DURATION:
        refuse("out_of_range", "This must be at most 366 days.", "Check the unit.")
    return duration


def _whole_duration(value: object) -> timedelta:
    duration = _duration(value)
    if duration.microseconds:
        refuse(
            "duration_fraction", "This must be whole seconds.", f'For instance "{iso_duration(_round_up(duration))}".'
        )
    return duration


def _round_up(duration: timedelta) -> timedelta:
    return timedelta(seconds=math.ceil(duration.total_seconds()))


def _some_duration(value: timedelta) -> timedelta:
    if not value:
        refuse("out_of_range", "This must be longer than zero.", "Leave it out if there is none.")
    return value


def _instant(value: object) -> datetime:
    if not isinstance(value, str):
        refuse(
            "wrong_type", "This must be an RFC 3339 instant in a string.", 'For instance "2026-03-02T09:00:00+02:00".'
        )
    match = _INSTANT.fullmatch(value)
    if match is None:
        refuse("instant_format", "This must be an RFC 3339 date and time.", 'For instance "2026-03-02T09:00:00+02:00".')
    if match["offset"] is None:
        refuse("offset_missing", "This must say its offset from UTC.", f'For instance "{match["second"]}+02:00".')
    fraction = (match["fraction"] or "").rstrip("0")
    if len(fraction) > MICROSECOND_DIGITS:
        refuse("instant_format", "This must have at most six digits after the second.", "Round it to the second.")
    try:
        instant = datetime.fromisoformat(f"{match['second'].upper()}.{fraction:0<6}{match['offset'].upper()}")
    except ValueError:
        refuse("instant_format", "This is not on the calendar or the clock.", "Check day, hour and offset.")
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        refuse("out_of_range", f"This must lie in the years {FIRST_YEAR} to {LAST_YEAR}.", "Check the year.")
    return instant


def _clock(value: object) -> timedelta:
    if not isinstance(value, str):
        refuse("wrong_type", "This must be a time of day in a string.", 'For instance "16:30".')
    match = _CLOCK.fullmatch(value)
    since_midnight = (
        None if match is None else timedelta(**{unit: int(part) for unit, part in match.groupdict().items()})
    )
    if match is None or since_midnight is None or int(match["minutes"]) > LAST_MINUTE or since_midnight > WHOLE_DAY:
        refuse("clock_format", "This must be a time of day, hours and minutes.", 'For instance "16:30".')
    return since_midnight


def _day(value: object) -> date:
    if not isinstance(value, str):
        refuse("wrong_type", "This must be a day in a string.", 'For instance "2026-03-02".')
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        refuse("day_format", "This must be a day of the calendar.", 'For instance "2026-03-02".')
    return day


def _clock_span(value: object) -> Span:
    if not isinstance(value, str):
        refuse("wrong_type", "This must be hours in a string.", 'For instance "09:00-19:00".')
    try:
        return read_span(value)
    except ValueError:
        refuse(
            "hours_format",
            "This must be hours of one day, from when until when.",
            'For instance "09:00-19:00"; hours over midnight are two, "20:00-24:00" and "00:00-02:00" of the next day.',
        )


def _before_midnight(value: timedelta) -> timedelta:
    if value >= WHOLE_DAY:
        refuse("clock_format", "Nothing begins at 24:00.", 'Write "00:00".')
    return value


def _untouched(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        refuse("wrong_type", "This must be an object.", 'For instance {"case": 4711}.')
    document: dict[str, object] = value  # pyright: ignore[reportUnknownVariableType] - JSON objects have string keys
    level: list[object] = [document]
    for _ in range(DEEPEST_DATA):
        level = [inner for outer in level for inner in _inside(outer)]
    if level:
        refuse("nested_too_deep", f"This must not be nested deeper than {DEEPEST_DATA} levels.", "Flatten it.")
    return document


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        items: dict[str, object] = value  # pyright: ignore[reportUnknownVariableType] - JSON objects have string keys
        return [*items, *items.values()]
    if isinstance(value, list):
        elements: list[object] = value  # pyright: ignore[reportUnknownVariableType] - any JSON
        return elements
    if isinstance(value, float) and not math.isfinite(value):
        refuse("not_finite", "This must be finite numbers throughout.", "Write null where a number is not known.")
    if isinstance(value, str) and not value.isprintable() and _unsendable(value):
        refuse(
            "text_invalid",
            "This must not contain null characters or halves of surrogate pairs.",
            "Send whole characters.",
        )
    return []


def _unsendable(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _within_an_hour(value: timedelta) -> timedelta:
    if value > LONGEST_SOLVE:
        refuse("out_of_range", "This must be at most one hour.", 'For instance "PT20S".')
    return value


def _row(value: object) -> object:
    """Nothing, but in Python: rows of a large matrix would else be read without other threads getting a turn."""
    return value


_DURATION_SCHEMA: Final = {"type": "string", "pattern": _DURATION_TEXT}
_INSTANT_SCHEMA: Final = {"type": "string", "format": "date-time", "pattern": _INSTANT_TEXT}

Duration: TypeAlias = Annotated[
    timedelta, BeforeValidator(_whole_duration), WithJsonSchema({**_DURATION_SCHEMA, "examples": ["PT15M"]})
]
"""Whole seconds, none included."""

SomeDuration: TypeAlias = Annotated[
    timedelta,
    BeforeValidator(_whole_duration),
    AfterValidator(_some_duration),
    WithJsonSchema({**_DURATION_SCHEMA, "examples": ["PT30M"]}),
]
"""Whole seconds, at least one."""

TimeLimit: TypeAlias = Annotated[
    timedelta,
    BeforeValidator(_duration),
    AfterValidator(_some_duration),
    AfterValidator(_within_an_hour),
    WithJsonSchema({**_DURATION_SCHEMA, "examples": ["PT20S"]}),
]
"""Down to microseconds, at most an hour."""

Instant: TypeAlias = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({**_INSTANT_SCHEMA, "examples": ["2026-03-02T09:00:00+02:00"]}),
]
"""RFC 3339 with offset."""

ClockEnd: TypeAlias = Annotated[
    timedelta,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": _CLOCK_END_TEXT, "examples": ["18:30"]}),
]
"""Since midnight, up to 24:00."""

ClockTime: TypeAlias = Annotated[
    timedelta,
    BeforeValidator(_clock),
    AfterValidator(_before_midnight),
    WithJsonSchema({"type": "string", "pattern": _CLOCK_TEXT, "examples": ["16:00"]}),
]
"""Since midnight."""

ClockSpan: TypeAlias = Annotated[
    Span,
    BeforeValidator(_clock_span),
    WithJsonSchema({"type": "string", "pattern": _CLOCK_SPAN_TEXT, "examples": ["09:00-19:00"]}),
]
"""Hours of one day."""

Day: TypeAlias = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-02"]}),
]
"""A day of the calendar."""

Id: TypeAlias = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["V-1"])]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]+$")]
Word: TypeAlias = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""The name of a skill, a load, a travel profile."""

Amount: TypeAlias = Annotated[int, Field(ge=0, le=LARGEST_WHOLE)]
Worth: TypeAlias = Annotated[float, Field(ge=0, le=1e9)]
Rate: TypeAlias = Annotated[float, Field(ge=0, le=1e6)]
PartySize: TypeAlias = Annotated[int, Field(ge=1, le=100)]
Levels: TypeAlias = Annotated[dict[Word, Annotated[int, Field(ge=1, le=1000)]], Field(max_length=100)]
Loads: TypeAlias = Annotated[dict[Word, Amount], Field(max_length=20)]

Untouched: TypeAlias = Annotated[
    dict[str, object], BeforeValidator(_untouched), WithJsonSchema({"type": "object", "additionalProperties": True})
]
"""Any JSON object; nobody reads it."""


MatrixRow: TypeAlias = Annotated[
    list[Annotated[int, Field(ge=0, le=LARGEST_WHOLE)] | None],
    Field(max_length=MOST_PLACES),
    FailFast(),  # one fault a row is enough; a matrix of wrong cells would be a million
    BeforeValidator(_row),
]
