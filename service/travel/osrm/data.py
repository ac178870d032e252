"""Road data on disk: a folder that ``dayroute roads build`` made, or the files of somebody who built them with OSRM."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

BASE: Final = "roads.osrm"
"""What files of road data are called in a folder of ours, with endings of their own."""
ABOUT: Final = "about.json"
BY_ALGORITHM: Final = {"MLD": ".cells", "CH": ".hsgr"}
"""A file that only data for that algorithm have."""


class About(msgspec.Struct):
    """What a folder of ours says of itself."""

    profile: str | None = None
    date: str | None = None


class RoadsUnusableError(Exception):
    """A setting names road data that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class RoadData:
    """``base`` is what OSRM calls the data; ``profile`` and ``date`` of the map are known of our own."""

    base: Path
    algorithm: str
    profile: str | None = None
    date: str | None = None

    @classmethod
    def at(cls, path: Path) -> "RoadData":
        """Data where a setting says. Raises RoadsUnusableError if there are none."""
        about = About()
        base = path
        if path.is_dir():
            base = path / BASE
            try:
                about = msgspec.json.decode((path / ABOUT).read_bytes(), type=About)
            except (OSError, msgspec.DecodeError, UnicodeDecodeError):
                message = f"{path} is no folder of road data: `dayroute roads build` makes one."
                raise RoadsUnusableError(message) from None
        for algorithm, ending in BY_ALGORITHM.items():
            if base.with_name(base.name + ending).is_file():
                return cls(base.absolute(), algorithm, about.profile, about.date)
        message = (
            f"There are no road data at {path}: `dayroute roads build` makes them from an extract of OpenStreetMap."
        )
        raise RoadsUnusableError(message)
