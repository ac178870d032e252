"""The part of pyvroom that the benchmarks use, as it behaves (1.15)."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from vroom.solution.solution import Solution

class Amount:
    def __init__(self, amount: Sequence[int] = ()) -> None: ...

class TimeWindow:
    def __init__(self, start: int, end: int) -> None: ...

class Break:
    def __init__(self, id: int, time_windows: Sequence[TimeWindow] = (), service: int = 0) -> None: ...

class VehicleCosts:
    def __init__(self, fixed: int = 0) -> None: ...

class Vehicle:
    def __init__(
        self,
        id: int,
        start: int | None = None,
        end: int | None = None,
        profile: str = "car",
        capacity: Sequence[int] = (),
        skills: set[int] | None = None,
        time_window: TimeWindow | None = None,
        breaks: Sequence[Break] = (),
        *,
        costs: VehicleCosts = ...,
        max_tasks: int = ...,
        max_travel_time: int | None = None,
        max_distance: int = ...,
    ) -> None: ...

class Job:
    def __init__(
        self,
        id: int,
        location: int,
        default_setup: int = 0,
        default_service: int = 0,
        delivery: Amount = ...,
        pickup: Amount = ...,
        skills: set[int] | None = None,
        priority: int = 0,
        time_windows: Sequence[TimeWindow] = (),
    ) -> None: ...

class Input:
    def add_vehicle(self, vehicle: Vehicle | Sequence[Vehicle]) -> None: ...
    def add_job(self, job: Job | Sequence[Job]) -> None: ...
    def set_durations_matrix(self, profile: str, matrix_input: NDArray[np.uint32]) -> None: ...
    def set_distances_matrix(self, profile: str, matrix_input: NDArray[np.uint32]) -> None: ...
    def set_costs_matrix(self, profile: str, matrix_input: NDArray[np.uint32]) -> None: ...
    def solve(self, exploration_level: int, nb_threads: int = 4, timeout: timedelta | None = None) -> Solution: ...
