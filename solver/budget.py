"""How long a solve may go on, and by what means."""

from dataclasses import dataclass
from enum import StrEnum


class StoppedBecause(StrEnum):
    """Why a search ended."""

    TIME_LIMIT = "time_limit"
    STALL_LIMIT = "stall_limit"
    SOLUTION_LIMIT = "solution_limit"
    EXHAUSTED = "exhausted"
    """There was nothing left to try."""
    STOPPED = "stopped"
    """Somebody asked for the best so far."""
    DIED = "died"
    """The solver's process ended before its time; the plan is the best it had told of."""


class Engine(StrEnum):
    """What looks for plans."""

    AUTO = "auto"
    """The compiled search, with OR-Tools to recombine and to polish what it found."""
    ROUTING = "routing"
    """OR-Tools' routing model alone."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Bounds of one solve; the first one met ends it. ``None`` = unbounded, but one bound must be given.

    ``seconds`` and ``stall_seconds`` (time since the last improvement) depend on the machine; ``solutions``, how many
    plans the engine may look at, does not: same seed, ``threads`` and ``solutions`` give the same plan.
    """

    seconds: float | None = None
    stall_seconds: float | None = None
    solutions: int | None = None
    seed: int = 1
    engine: Engine = Engine.AUTO
    threads: int = 1

    def __post_init__(self) -> None:
        bounds = (self.seconds, self.stall_seconds, self.solutions)
        if all(bound is None for bound in bounds):
            message = "a budget needs a bound."
            raise ValueError(message)
        if any(bound is not None and bound <= 0 for bound in bounds) or self.threads < 1:
            message = "bounds must be > 0."
            raise ValueError(message)
