"""One run in a process of its own, pinned to one core: ``python -m benchmarks.child CORE SET DAY METHOD LIMIT SEED``.

Prints one line of JSON. What a method has to import or compile is loaded before its clock starts, for everybody alike.
A method that does not come back by ``patience`` seconds is killed by the kernel, whatever it is doing.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Final

import msgspec

GRACE: Final = 5.0
"""Seconds, and once more the limit, before a run is killed."""
OUT_OF_PATIENCE: Final = signal.SIGALRM


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What one run came to. Seconds count from the moment in which the method had the problem."""

    elapsed: float
    built: float | None = None
    """When its model stood and its search began."""
    first_plan: float | None = None
    peak_mb: float
    faults: tuple[str, ...] = ()
    """Rules that the plan breaks; a plan that breaks one counts for nothing."""
    unsupported: str | None = None
    """What the method cannot be told; it did not run."""
    required_missed: int = 0
    value: int = 0
    cost: int = 0
    visits: int = 0
    figure: int | None = None
    """What plans of this set are compared by."""
    best_known: int | None = None
    value_bound: int | None = None
    """Proved by the method: no plan collects more."""
    trace: tuple[tuple[float, int, int, int], ...] = ()
    """Better plans: second, required visits missed, value, cost, by the method's own count."""
    versions: str = ""


def main() -> None:
    """Load, warm up, run, judge, print."""
    core, set_name, day, name, limit, seed = sys.argv[1:]
    os.sched_setaffinity(0, {int(core)})
    run = measure(set_name, day, name, float(limit), int(seed))
    sys.stdout.write(msgspec.json.encode(run).decode() + "\n")


def measure(set_name: str, day: str, name: str, limit: float, seed: int) -> Run:
    """One run in this process."""
    from benchmarks.judge import judge  # noqa: PLC0415 - imported on the core that was asked for
    from benchmarks.methods import method  # noqa: PLC0415
    from benchmarks.methods.watch import UnsupportedError, Watch, versions_of  # noqa: PLC0415
    from benchmarks.sets import SETS  # noqa: PLC0415
    from solver.solution import Solution  # noqa: PLC0415

    of_set = SETS[set_name]
    instance = of_set.load(day)
    planner = method(name)
    planner.warm_up()
    signal.setitimer(signal.ITIMER_REAL, patience(limit))
    watch = Watch()
    try:
        answer = planner.plan(instance.problem, limit, seed, watch)
    except UnsupportedError as error:
        return Run(elapsed=watch.seconds(), peak_mb=_peak_mb(), unsupported=str(error))
    elapsed = watch.seconds()
    signal.setitimer(signal.ITIMER_REAL, 0)
    peak = _peak_mb()
    verdict = judge(instance.problem, answer)
    sequences = answer.sequences(len(instance.problem.shifts)) if isinstance(answer, Solution) else answer
    return Run(
        elapsed=elapsed,
        built=watch.built,
        first_plan=watch.trace[0].second if watch.trace else None,
        peak_mb=peak,
        faults=verdict.faults,
        required_missed=verdict.score.required_missed,
        value=verdict.score.prize,
        cost=verdict.score.costs.total,
        visits=sum(map(len, sequences)),
        figure=None if verdict.faults else of_set.measure.figure(verdict.score, instance.offered),
        best_known=instance.best_known,
        value_bound=watch.value_bound,
        trace=tuple(watch.trace),
        versions=versions_of(planner),
    )


def patience(limit: float) -> float:
    """Seconds after which a run that was given ``limit`` is killed."""
    return 2 * limit + GRACE


def _peak_mb() -> float:
    """Most memory this program ever had; the figure of getrusage counts what ran before it in the same process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
