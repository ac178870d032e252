"""The search compiled before anybody waits for it."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from service.jobs.children import PYTHON, environment

COMMAND: Final = (*PYTHON, "solver.warm")


class CannotWarmUpError(Exception):
    """It could not be compiled; the text says why."""


@dataclass(frozen=True, slots=True)
class Warmed:
    """Where the compiled search is kept, and how many seconds it took to have it there."""

    folder: Path
    seconds: float


def warm_up(kernels: Path | None) -> Warmed:
    """Compile what is not compiled yet, and keep it in ``kernels`` or the usual folder. Raises CannotWarmUpError."""
    began = monotonic()
    told = environment(kernels)
    done = subprocess.run(COMMAND, env=told, check=False, capture_output=True, text=True)  # noqa: S603 - a fixed command
    if done.returncode != 0:
        raise CannotWarmUpError(done.stderr.strip())
    return Warmed(Path(done.stdout.strip()), monotonic() - began)
