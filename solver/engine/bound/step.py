"""What some milliseconds of a proof came to."""

from enum import Enum, auto


class Step(Enum):
    """``OPTIMUM``: no look finds a walk that the linear program lacks. ``DONE``: nothing is left to try."""

    MORE = auto()
    OPTIMUM = auto()
    DONE = auto()
