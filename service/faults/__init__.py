"""Everything that is wrong with a request, found at once and before anything is planned.

    find_faults
    ├── instants     years in which nothing can be reckoned; they alone are told, before all else
    ├── identities   ids that are given twice
    ├── references   agents and visits that are named but do not exist, circles of `after`, locks that contradict rules
    ├── shifts       working hours, breaks, places and territories of agents
    ├── visits       durations, values, windows, contact, places of visits
    ├── hours        consent, and whose clock permitted hours go by
    ├── travel       profiles, slowdowns and the request's own matrices
    └── amounts      sums too large for exact arithmetic, options out of range

Paths are made of the JSON names of the request, so ``("agents", 0, "shifts", 1, "start_location")`` is what a caller
would look for.
"""

from itertools import chain

from service.day.fault import Fault
from service.day.request import DayRequest
from service.faults import amounts, hours, identities, instants, references, shifts, travel, visits
from service.faults.itineraries import itinerary_faults
from service.faults.warnings import find_warnings

__all__ = ["find_faults", "find_warnings", "itinerary_faults"]

_RULES = (
    identities.duplicate_ids,
    references.unknown_agents,
    references.unknown_visits,
    references.cycles,
    references.contradictory_locks,
    shifts.missing_people,
    shifts.working_hours,
    shifts.overlapping,
    shifts.breaks,
    shifts.places,
    shifts.territories,
    shifts.figures,
    visits.missing_visits,
    visits.figures,
    visits.windows,
    visits.contact,
    visits.places,
    visits.timezones,
    hours.consent,
    hours.clocks,
    travel.profiles,
    travel.matrices,
    travel.slowdowns,
    amounts.exact,
    amounts.options,
)


def find_faults(request: DayRequest) -> tuple[Fault, ...]:
    """Everything that keeps the request from being planned, in order of rules; empty if nothing does."""
    if beyond := tuple(instants.out_of_range(request)):
        return beyond
    baseline = itinerary_faults(request, request.baseline, ("baseline", "itineraries"))
    return (*chain.from_iterable(rule(request) for rule in _RULES), *baseline)
