"""Where instance files lie: ``DAYROUTE_BENCH``, or ``../shared/bench`` beside the checkout."""

import os
from pathlib import Path
from typing import Final

BESIDE: Final = Path(__file__).resolve().parents[3] / "shared" / "bench"


def folder(name: str) -> Path | None:
    """The folder of one set, ``None`` if it is not on this machine."""
    found = Path(os.environ.get("DAYROUTE_BENCH", BESIDE)) / name
    return found if found.is_dir() else None
