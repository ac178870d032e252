"""Where the programs of OSRM are: in the package osrm-bindings, or wherever a system has them."""

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PACKAGE: Final = "osrm"
PROFILES: Final = ("car", "foot", "bicycle")
"""How somebody moves, for whom road data can be made."""
PROGRAMS: Final = ("osrm-extract", "osrm-partition", "osrm-customize", "osrm-routed")
ELSEWHERE: Final = (Path("/usr/share/osrm/profiles"), Path("/usr/local/share/osrm/profiles"), Path("/opt/profiles"))
"""Where systems keep the profiles, among them the image of OSRM."""
HOW: Final = (
    "pip install 'osrm-bindings>=26.10' brings them, on Python 3.11 as pip install --no-deps --only-binary=:all: "
    "--python-version 3.12 --target SITE-PACKAGES; `make setup` does either"
)


class ToolsMissingError(Exception):
    """The programs of OSRM are not there; the text says how to get them."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The programs by name, and the folder of the profiles."""

    programs: dict[str, str]
    profiles: Path

    @classmethod
    def found(cls) -> "Tools":
        """Those of the package if it is installed, else the system's. Raises ToolsMissingError.

        The package is not imported: its library would hold Python's lock for as long as it computes.
        """
        spec = importlib.util.find_spec(PACKAGE)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            programs = {name: Path(folder, "bin", name) for name in PROGRAMS}
            profiles = Path(folder, "share", "profiles")
            if profiles.is_dir() and all(program.is_file() for program in programs.values()):
                return cls({name: str(program) for name, program in programs.items()}, profiles)
        on_path = {name: shutil.which(name) for name in PROGRAMS}
        known = {name: program for name, program in on_path.items() if program is not None}
        profiles = next((folder for folder in ELSEWHERE if folder.is_dir()), None)
        if len(known) == len(PROGRAMS) and profiles is not None:
            return cls(known, profiles)
        message = f"The programs of OSRM are not installed: {HOW}."
        raise ToolsMissingError(message)
