"""Processes of this machine, as /proc has them."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

PATIENCE: Final = 300.0
"""Seconds after which a test that would hang fails; no test waits for them, unless nothing is compiled yet."""


def children(of: int) -> list[int]:
    """Ids of the processes that a process has started and not buried."""
    found: list[int] = []
    for thread in Path(f"/proc/{of}/task").iterdir():
        with suppress(FileNotFoundError):  # the thread has just ended
            found += map(int, (thread / "children").read_text().split())
    return found


def open_files(of: int) -> dict[int, str]:
    """What a process has open, by number; numbers of sockets and the like are left out."""
    found: dict[int, str] = {}
    for number in Path(f"/proc/{of}/fd").iterdir():
        with suppress(FileNotFoundError):  # what this process has open in order to look at itself
            found[int(number.name)] = str(number.readlink()).partition(":")[0]
    return found


def environment(of: int) -> dict[str, str]:
    """What a process was started with."""
    entries = Path(f"/proc/{of}/environ").read_text().split("\0")
    return dict(entry.split("=", 1) for entry in entries if entry)


def longest_dump(of: int) -> str:
    """How much of its memory a process leaves on the disk when it crashes: soft and hard limit."""
    limits = Path(f"/proc/{of}/limits").read_text().splitlines()
    return next(" ".join(line.split()[4:6]) for line in limits if line.startswith("Max core file size"))


def is_gone(process: int) -> bool:
    """Whether a process has ended, be it buried or not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return stat.rpartition(")")[2].split()[0] in "ZX"


def comes_true(condition: Callable[[], bool]) -> bool:
    """Whether something is so before our patience ends."""
    give_up = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < give_up:
        time.sleep(0.01)
    return condition()
