from collections.abc import Sequence

class FieldDescriptor:
    name: str

class Descriptor:
    fields: Sequence[FieldDescriptor]

class LocalSearchNeighborhoodOperators:
    DESCRIPTOR: Descriptor

class Duration:
    def FromMilliseconds(self, millis: int) -> None: ...

class RoutingSearchParameters:
    @property
    def time_limit(self) -> Duration: ...
    first_solution_strategy: int
    @property
    def local_search_operators(self) -> LocalSearchNeighborhoodOperators: ...
    local_search_metaheuristic: int
    solution_limit: int
    disable_scheduling_beware_this_may_degrade_performance: bool
    fallback_to_cp_sat_size_threshold: int
