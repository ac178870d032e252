"""What goes between the process that wants a day solved and the one that solves it.

Task        MessagePack, once: problem, budget, whether reasons are wanted, a plan to start from; matrices as raw bytes
Better      JSON, one line for every better plan
Solved      JSON, one line before reasons are looked for: what will be the answer, but for them
Finished    JSON, the last line: the best plan, why the search ended, who is not served and why, what nobody can better
Failed      JSON, the last line instead: what went wrong and where, without any of the day's data
"""

from typing import Final, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from solver.budget import Budget, StoppedBecause
from solver.problem import Problem
from solver.reasons import Unserved
from solver.solution import Sequences, Solution
from solver.units import Prize

CELL: Final = np.dtype("<i4")
"""A cell of a travel matrix on the way."""


class Task(msgspec.Struct, frozen=True):
    """One day to be solved. ``start`` is a plan to start from, for every shift what it serves; none if it is empty."""

    problem: Problem
    budget: Budget
    explain: bool
    start: Sequences = ()

    def __post_init__(self) -> None:
        if self.start and len(self.start) != len(self.problem.shifts):
            message = "start must have one sequence per shift."
            raise ValueError(message)


class Better(msgspec.Struct, frozen=True, tag="better"):
    """A better plan than all before."""

    solution: Solution


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """The answer. No plan has a prize above ``prize_bound``; ``None`` if nothing was proved."""

    solution: Solution
    stopped_because: StoppedBecause
    unserved: tuple[Unserved, ...] = ()
    prize_bound: Prize | None = None


class Solved(msgspec.Struct, frozen=True, tag="solved"):
    """The answer without reasons, which are still being looked for: it stands if nobody can wait for them."""

    answer: Finished


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """There will be no answer: the kind of error and the line it came from."""

    kind: str
    where: str


News: TypeAlias = Better | Solved | Finished | Failed


def encode_task(task: Task) -> bytes:
    """The task as bytes."""
    return _TASK_OUT.encode(task)


def decode_task(data: bytes) -> Task:
    """The task again; raises ``msgspec.DecodeError`` or ``msgspec.ValidationError`` for anything else."""
    return _TASK_IN.decode(data)


def encode_news(news: News) -> bytes:
    """One line, its end included."""
    return _NEWS_OUT.encode(news) + b"\n"


def decode_news(line: bytes) -> News:
    """The news on one line; raises ``msgspec.DecodeError`` or ``msgspec.ValidationError`` for anything else."""
    return _NEWS_IN.decode(line)


def _array_out(value: object) -> object:
    if isinstance(value, np.ndarray):
        cells: NDArray[np.int32] = np.ascontiguousarray(value, dtype=CELL)
        return cells.data.cast("B")
    message = f"{type(value).__name__} does not travel."
    raise NotImplementedError(message)


def _array_in(kind: type, value: object) -> NDArray[np.int32]:
    if isinstance(value, bytes):
        cells = np.frombuffer(value, dtype=CELL)
        side = round(len(cells) ** 0.5)
        return cells.reshape(side, side).astype(np.int32, copy=False)
    message = f"{kind.__name__} does not travel."
    raise NotImplementedError(message)


_TASK_OUT: Final = msgspec.msgpack.Encoder(enc_hook=_array_out)
_TASK_IN: Final[msgspec.msgpack.Decoder[Task]] = msgspec.msgpack.Decoder(Task, dec_hook=_array_in)
_NEWS_OUT: Final = msgspec.json.Encoder()
_NEWS_IN: Final[msgspec.json.Decoder[News]] = msgspec.json.Decoder(News)
