"""What a method tells while it runs, and what it hands in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from time import perf_counter
from typing import NamedTuple, Protocol

from solver.problem import Problem
from solver.solution import Sequences, Solution
from solver.units import Cost, Prize


class UnsupportedError(Exception):
    """The method has no way to say what the problem asks for."""


class Point(NamedTuple):
    """A better plan: after how many seconds, and what it is worth by the method's own count."""

    second: float
    required_missed: int
    value: Prize
    cost: Cost


@dataclass(slots=True)
class Watch:
    """Runs from the moment in which the method has the problem; building its model is part of the time."""

    began: float = field(default_factory=perf_counter)
    built: float | None = None
    """Seconds after which the model stood."""
    trace: list[Point] = field(default_factory=list[Point])
    value_bound: int | None = None
    """No plan collects more, if the method can prove that."""

    def seconds(self) -> float:
        """Since the method has the problem."""
        return perf_counter() - self.began

    def model_is_built(self) -> None:
        """The method begins to search."""
        self.built = self.seconds()

    def note(self, value: Prize, cost: Cost, required_missed: int = 0) -> None:
        """A better plan is there."""
        self.trace.append(Point(self.seconds(), required_missed, value, cost))


class Method(Protocol):
    """Somebody who plans days."""

    @property
    def packages(self) -> Sequence[str]:
        """Whose versions belong to its figures."""
        ...

    def warm_up(self) -> None:
        """Import and load whatever a running service would have loaded."""
        ...

    def plan(self, problem: Problem, limit: float, seed: int, watch: Watch) -> Solution | Sequences:
        """The best plan within ``limit`` seconds of search. Raises UnsupportedError."""
        ...


def versions_of(method: Method) -> str:
    """Of the packages to which its figures belong."""
    return " ".join(f"{package} {version(package)}" for package in method.packages)


Maker = Callable[[], Method]
