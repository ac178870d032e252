"""The part of CP-SAT that solver.engine uses, as its compiled module offers it (9.15): models as messages."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

class _Numbers:
    def extend(self, values: Sequence[int], /) -> None: ...
    def __iter__(self) -> Iterator[int]: ...
    def __len__(self) -> int: ...

class IntegerVariableProto:
    domain: _Numbers

class BoolArgumentProto:
    literals: _Numbers

class LinearConstraintProto:
    vars: _Numbers
    coeffs: _Numbers
    domain: _Numbers

class ConstraintProto:
    at_most_one: BoolArgumentProto
    exactly_one: BoolArgumentProto
    linear: LinearConstraintProto

class CpObjectiveProto:
    vars: _Numbers
    coeffs: _Numbers
    scaling_factor: float

class PartialVariableAssignment:
    vars: _Numbers
    values: _Numbers

class _Variables:
    def add(self) -> IntegerVariableProto: ...
    def __len__(self) -> int: ...

class _Constraints:
    def add(self) -> ConstraintProto: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[ConstraintProto]: ...

class CpModelProto:
    variables: _Variables
    constraints: _Constraints
    objective: CpObjectiveProto
    solution_hint: PartialVariableAssignment

class SatParameters:
    num_workers: int
    random_seed: int
    max_time_in_seconds: float
    max_deterministic_time: float
    linearization_level: int
    cp_model_presolve: bool
    cp_model_probing_level: int
    symmetry_level: int
    cut_level: int
    merge_at_most_one_work_limit: float
    catch_sigint_signal: bool

class CpSolverStatus(Enum):
    UNKNOWN = ...
    MODEL_INVALID = ...
    FEASIBLE = ...
    INFEASIBLE = ...
    OPTIMAL = ...

class CpSolverResponse:
    status: CpSolverStatus
    solution: Iterable[int]
    solution_info: str
    deterministic_time: float

class SolveWrapper:
    def set_parameters(self, parameters: SatParameters, /) -> None: ...
    def solve(self, model_proto: CpModelProto) -> CpSolverResponse: ...
    def stop_search(self) -> None: ...
