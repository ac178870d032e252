"""What all commands share: settings, words to whoever sits there, exit codes."""

from collections.abc import Iterable
from typing import Final

import typer
from pydantic import ValidationError
from rich.console import Console

from api.settings import PREFIX, Settings

BROKEN: Final = 1
"""Exit code where what was checked or looked for does not hold."""
WRONG_INPUT: Final = 2
"""Exit code where nothing could be done with what was given, as for wrong options."""

OUT: Final = Console()
ERR: Final = Console(stderr=True)


def settings_with(**given: object) -> Settings:
    """Settings from the environment; what the command line says goes first. Ends the command if one makes no sense."""
    try:
        return Settings.model_validate({**Settings().model_dump(), **{k: v for k, v in given.items() if v is not None}})
    except ValidationError as error:
        raise wrong("\n".join(_told(each["loc"], each["msg"]) for each in error.errors())) from None


def _told(setting: tuple[int | str, ...], message: str) -> str:
    """What is wrong with a setting, or with several together."""
    name = ".".join(map(str, setting)).upper()
    return f"{PREFIX}{name}: {message}." if name else f"{message.removeprefix('Value error, ')}."


def say(lines: Iterable[str]) -> None:
    """Lines as they are."""
    for line in lines:
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)


def wrong(sentences: str) -> typer.Exit:
    """What to raise after saying what was wrong with the input."""
    ERR.print(sentences, style="red", markup=False, highlight=False)
    return typer.Exit(WRONG_INPUT)
