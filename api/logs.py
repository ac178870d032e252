"""What is logged, and how: one line a message, with the id of the request that it belongs to.

Nobody's name, address or place is in it. What an exception says is left out for that reason, wherever it comes from:
its text quotes what it stumbled over.
"""

import json
import logging
import re
import sys
from contextvars import ContextVar
from types import TracebackType
from typing import Final, Literal, TypeAlias

from opentelemetry import trace
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from service.incidents import where

CURRENT_REQUEST: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The request that is being answered."""

Form: TypeAlias = Literal["auto", "json", "text"]
Raised: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

WORD: Final = re.compile(r"[\w./:+{}-]+", re.ASCII)
BEFORE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
UNTOLD: Final = (*RESERVED_ATTRS, "color_message")
"""What every record has, or has in other words too."""
QUIET: Final = ("alembic", "dbos", "sqlalchemy", "uvicorn.access")
"""Whoever tells more than anybody asks for; requests are logged by ``frame``."""


def begin(form: Form, level: str, process: str) -> None:
    """Log from now on, to standard error, as ``process``; text for people, JSON for whoever collects it."""
    as_json = form == "json" or (form == "auto" and not sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json(process) if as_json else _Text(BEFORE))
    handler.addFilter(_of_request)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # DBOS has a handler of its own, which tells what exceptions say, unless there is another.
    theirs = logging.getLogger("dbos")
    theirs.handlers[:], theirs.propagate = [logging.NullHandler()], True
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _of_request(record: logging.LogRecord) -> bool:
    """Say which request and which trace it belongs to."""
    if (request_id := CURRENT_REQUEST.get()) is not None:
        record.request_id = request_id
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        record.trace_id = trace.format_trace_id(span.trace_id)
    return True


def _json(process: str) -> "_Json":
    renamed = {"levelname": "level", "name": "logger"}
    return _Json(
        (*renamed, "message"),
        rename_fields=renamed,
        static_fields={"process": process},
        reserved_attrs=UNTOLD,
        timestamp="time",
    )


class _Json(JsonFormatter):
    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the library's name
        return _where(ei)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        more = {key: value for key, value in vars(record).items() if key not in UNTOLD}
        return " ".join([super().format(record), *(f"{key}={_quoted(value)}" for key, value in more.items())])

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the library's name
        return _where(ei)


def _quoted(value: object) -> str:
    """One word, or one in quotation marks: never more than its place in the line."""
    said = str(value)
    return said if WORD.fullmatch(said) else json.dumps(said)


def _where(raised: Raised) -> str:
    return "" if raised[1] is None else where(raised[1])
