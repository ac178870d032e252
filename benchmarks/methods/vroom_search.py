"""VROOM 1.15 (Coupey, Nicod, Varnier) by its Python binding.

It knows no value but a priority of 0 to 100, and collects priority first; values are scaled to that. Several windows,
skills, breaks, set-up and limits it has itself. It looks at its time limit only now and then: whoever calls this must
be ready to end the process. From thousands of visits it does not come back in time at exploration 5, its most thorough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import vroom
from vroom.solution.solution import Solution as Answer

from benchmarks.generators.field import field
from benchmarks.methods.arcs import arc_costs
from benchmarks.methods.watch import UnsupportedError, Watch
from solver.problem import Problem, Shift, StartWindow, Visit
from solver.solution import Sequences, Served
from solver.units import Seconds, ShiftIndex

QUICK: Final = 0
THOROUGH: Final = 5
HIGHEST: Final = 100
UNBOUNDED: Final = (1 << 32) - 1
PROFILE: Final = "car"


@dataclass(frozen=True, slots=True)
class Vroom:
    """On one thread. ``exploration`` is how thoroughly it looks, 0 to 5."""

    exploration: int = THOROUGH

    @property
    def packages(self) -> Sequence[str]:
        """The binding brings its own VROOM of the same version."""
        return ("pyvroom",)

    def warm_up(self) -> None:
        """Plan a day of three visits."""
        self.plan(field(3, 1, seed=1), 1, 1, Watch())

    def plan(self, problem: Problem, limit: float, seed: int, watch: Watch) -> Sequences:
        """There is nothing random in it, hence no use for ``seed``."""
        del seed
        model = model_of(problem)
        watch.model_is_built()
        solution = model.solve(self.exploration, nb_threads=1, timeout=timedelta(seconds=limit))
        return _sequences(solution, len(problem.shifts))


def model_of(problem: Problem) -> vroom.Input:
    """The problem in VROOM's terms. Raises UnsupportedError for what it lacks (see ``benchmarks.common``)."""
    if problem.links or problem.fairness:
        message = "links or fairness"
        raise UnsupportedError(message)
    model = vroom.Input()
    matrix = problem.travel[0]
    model.set_durations_matrix(PROFILE, matrix.seconds.astype(np.uint32))
    model.set_distances_matrix(PROFILE, matrix.metres.astype(np.uint32))
    model.set_costs_matrix(PROFILE, arc_costs(problem).astype(np.uint32))
    highest = max(visit.options[0].prize for visit in problem.visits)
    skills = _skills(problem)
    model.add_vehicle(
        [
            _vehicle(index, shift, {skill for able, skill in skills.items() if index in able})
            for index, shift in enumerate(problem.shifts)
        ]
    )
    model.add_job([_job(index, visit, highest, skills) for index, visit in enumerate(problem.visits)])
    return model


def _skills(problem: Problem) -> Mapping[frozenset[ShiftIndex], int]:
    """A skill for each group of shifts that alone may serve something."""
    groups = {frozenset(visit.options[0].shifts) for visit in problem.visits if visit.options[0].shifts is not None}
    return {group: skill for skill, group in enumerate(sorted(groups, key=sorted))}


def _vehicle(index: int, shift: Shift, skills: set[int]) -> vroom.Vehicle:
    if shift.overtime or shift.limits.duration is not None or any(rest.only_if_over for rest in shift.breaks):
        message = "overtime, limits of duration or breaks of long days"
        raise UnsupportedError(message)
    limits = shift.limits
    return vroom.Vehicle(
        index,
        start=shift.start,
        end=shift.end,
        profile=PROFILE,
        capacity=list(shift.capacity),
        skills=skills,
        time_window=vroom.TimeWindow(shift.opens, shift.closes),
        breaks=[
            vroom.Break(number, time_windows=[vroom.TimeWindow(rest.earliest, rest.latest)], service=rest.duration)
            for number, rest in enumerate(shift.breaks)
        ],
        costs=vroom.VehicleCosts(fixed=shift.pay.fixed),
        max_tasks=UNBOUNDED if limits.visits is None else limits.visits,
        max_travel_time=limits.driving,
        max_distance=UNBOUNDED if limits.distance is None else limits.distance,
    )


def _job(index: int, visit: Visit, highest: int, skills: Mapping[frozenset[ShiftIndex], int]) -> vroom.Job:
    option = visit.options[0]
    if len(visit.options) > 1 or visit.position is not None or any((option.shifts or {}).values()):
        message = "options, positions or preferences"
        raise UnsupportedError(message)
    return vroom.Job(
        index,
        location=option.place,
        default_setup=option.setup,
        default_service=option.service,
        delivery=vroom.Amount(list(visit.load)),
        skills=set() if option.shifts is None else {skills[frozenset(option.shifts)]},
        priority=HIGHEST if visit.required else priority(option.prize, highest),
        time_windows=[_window(window, option.setup) for window in option.windows],
    )


def _window(window: StartWindow, setup: Seconds) -> vroom.TimeWindow:
    """Its windows bound the beginning of the set-up, ours that of the service; at places of their own that is all."""
    return vroom.TimeWindow(max(0, window.opens - setup), max(0, window.closes - setup))


def priority(value: int, highest: int) -> int:
    """Values up to 100 as they are, larger ones scaled down to that; what has value keeps a priority."""
    if highest <= HIGHEST:
        return value
    return max(min(value, 1), round(HIGHEST * value / highest))


def _sequences(answer: Answer, shifts: int) -> Sequences:
    served: list[tuple[Served, ...]] = [()] * shifts
    for route in answer.to_dict()["routes"]:
        jobs = [step["id"] for step in route["steps"] if step["type"] == "job"]
        served[route["vehicle"]] = tuple(Served(job) for job in jobs)
    return tuple(served)
