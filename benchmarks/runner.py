"""Runs of methods on days, each in a process of its own on a core of its own, as many at a time as there are cores."""

import os
import queue
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Final, NamedTuple

import msgspec

from benchmarks.child import OUT_OF_PATIENCE, Run, patience

THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
SINGLE_THREADED: Final = dict.fromkeys(THREADS, "1")


class Task(NamedTuple):
    """One method on one day with one seed."""

    set_name: str
    day: str
    method: str
    limit: float
    seed: int


def run_all(tasks: Iterable[Task], jobs: int) -> Iterator[tuple[Task, Run]]:
    """Each task with what it came to, as they finish."""
    cores: queue.SimpleQueue[int] = queue.SimpleQueue()
    for core in sorted(os.sched_getaffinity(0))[:jobs]:
        cores.put(core)
    with ThreadPoolExecutor(cores.qsize()) as pool:
        waiting = {pool.submit(_on_a_core, task, cores): task for task in tasks}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def run(task: Task, core: int) -> Run:
    """One task on one core. A process that is killed or fails is a run without a plan, and says why."""
    command = [sys.executable, "-m", "benchmarks.child", str(core), *map(str, task)]
    done = subprocess.run(  # noqa: S603 - our own module, arguments from our own lists
        command, capture_output=True, text=True, check=False, env={**os.environ, **SINGLE_THREADED}
    )
    if done.returncode == -OUT_OF_PATIENCE:
        return Run(elapsed=patience(task.limit), peak_mb=0, faults=("killed: it did not come back",))
    if done.returncode:
        last_words = done.stderr.strip().rpartition("\n")[2]
        return Run(elapsed=0, peak_mb=0, faults=(f"failed ({done.returncode}): {last_words}",))
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Run)


def _on_a_core(task: Task, cores: "queue.SimpleQueue[int]") -> Run:
    core = cores.get()
    try:
        return run(task, core)
    finally:
        cores.put(core)
