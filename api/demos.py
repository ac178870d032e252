"""Example days that come with the package."""

import json
from functools import cache
from importlib.resources import files
from typing import Final, cast

from api.errors import DemoUnknownError

FOLDER: Final = files("api") / "demo_data"


@cache
def demo_names() -> tuple[str, ...]:
    """Names of the example days, in order."""
    return tuple(sorted(entry.name.removesuffix(".json") for entry in FOLDER.iterdir() if entry.name.endswith(".json")))


@cache
def demo_bytes(name: str) -> bytes:
    """The request of that name as it is kept. Raises DemoUnknownError."""
    if name not in demo_names():
        raise DemoUnknownError
    return (FOLDER / f"{name}.json").read_bytes()


@cache
def demo_document(name: str) -> dict[str, object]:
    """The request of that name. Raises DemoUnknownError."""
    return cast("dict[str, object]", json.loads(demo_bytes(name)))
