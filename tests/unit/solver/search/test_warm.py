"""Warming up compiles everything, so that no plan waits for the compiler."""

import subprocess
import sys

from tests.tree import ROOT

PLANS_DAYS = """
import sys
from solver.warm import warm

def compiled():
    return {
        f"{module}.{name}": list(function.signatures)
        for module, contents in sys.modules.items() if module.startswith("solver.search")
        for name, function in vars(contents).items() if hasattr(function, "signatures")
    }

warm()
before = compiled()

from solver.budget import Budget
from solver.carry_out import carry_out
from solver.engine.bound import Bound
from solver.presolve import open_ways
from solver.wire import Task, decode_task, encode_task
from tests.tiny import tiny_day

for seed in range(12):
    task = Task(tiny_day(seed, links=seed % 3), Budget(solutions=100, seed=seed), explain=False)
    carry_out(decode_task(encode_task(task)), lambda _: None, lambda: False)
    Bound(task.problem, open_ways(task.problem)).tighten((), 0, 9.0, lambda: False)
print(len(before) > 10, *(name for name, types in compiled().items() if before.get(name, []) != types))
"""


def test_once_warm_no_day_has_anything_compiled() -> None:
    """Days with all features, as they arrive from another process: the types of arrays count."""
    planned = subprocess.run([sys.executable, "-c", PLANS_DAYS], cwd=ROOT, check=True, capture_output=True, text=True)

    assert ["True"] == planned.stdout.split()
