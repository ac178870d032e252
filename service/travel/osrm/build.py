"""Road data from an extract of OpenStreetMap, by the programs of OSRM."""

import subprocess
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from service.extract import date_of
from service.travel.osrm.data import ABOUT, BASE, About, RoadData, RoadsUnusableError
from service.travel.osrm.tools import Tools

LAST_WORDS: Final = 300
"""Characters of what a program says before it gives up."""


class CannotBuildError(Exception):
    """No road data came out of it; the text says why."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: a folder, for ``profile``, of a map of that ``date`` if the extract says so, and its size."""

    folder: Path
    profile: str
    date: str | None
    bytes: int


def build_roads(extract: Path, folder: Path, profile: str, tools: Tools, threads: int) -> Built:
    """Make ``folder`` anew. It appears, or takes the place of an older one, when everything in it is there.

    Raises ExtractUnreadableError, CannotBuildError, and OSError if the folder cannot be written.
    """
    date = date_of(extract)
    if folder.exists():
        try:
            RoadData.at(folder)
        except RoadsUnusableError:
            message = f"{folder} is there and is no folder of road data; name another one."
            raise CannotBuildError(message) from None
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as scratch:
        made = Path(scratch, "made")
        made.mkdir()
        run = partial(_run, tools, made)
        usual = ("--verbosity", "WARNING", "--threads", str(threads))
        script = str(tools.profiles / f"{profile}.lua")
        version = ("--data_version", date) if date else ()
        run(
            "osrm-extract",
            str(extract.absolute()),
            "--profile",
            script,
            "--output",
            BASE.removesuffix(".osrm"),
            *version,
            *usual,
        )
        run("osrm-partition", BASE, *usual)
        run("osrm-customize", BASE, *usual)
        (made / ABOUT).write_bytes(msgspec.json.encode(About(profile, date)))
        size = sum(file.stat().st_size for file in made.iterdir())
        _take_its_place(made, folder, Path(scratch, "older"))
    return Built(folder, profile, date, size)


def _take_its_place(made: Path, folder: Path, older: Path) -> None:
    if folder.exists():
        folder.rename(older)
    try:
        made.rename(folder)
    except OSError:
        if older.exists():
            older.rename(folder)
        raise


def _run(tools: Tools, folder: Path, program: str, *arguments: str) -> None:
    """In the folder of the data: of a path, OSRM cuts away what looks like an ending of its own, also of folders."""
    done = subprocess.run(  # noqa: S603 - our own list of programs, arguments without a shell
        [tools.programs[program], *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = done.stdout.strip()[-LAST_WORDS:] or f"it ended with status {done.returncode}"
        message = f"No road data: {program} says: {said}"
        raise CannotBuildError(message)
