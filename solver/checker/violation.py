"""What the checker says about a plan that breaks a rule."""

from dataclasses import dataclass
from enum import StrEnum

from solver.units import ShiftIndex, VisitIndex


class Code(StrEnum):
    """One slug per rule, and what the amount of a violation counts."""

    UNKNOWN = "unknown"
    """A shift, visit, option or break that the problem does not have; 1."""
    EMPTY_ROUTE = "empty_route"
    """A route without stops: an unused shift has no route; 1."""
    ORDER = "order"
    """Something is reported before what comes earlier; seconds, or 1 where only the order of a list is wrong."""
    SHIFT_TWICE = "shift_twice"
    """A shift with several routes; routes too many."""
    SERVED_TWICE = "served_twice"
    """A visit with several stops; stops too many."""

    SHIFT_START = "shift_start"
    """Departure before the shift opens; seconds."""
    SHIFT_TOO_SHORT = "shift_too_short"
    """Finish after the shift's end and its overtime; seconds."""
    UNREACHABLE = "unreachable"
    """A leg where there is no way; 1."""
    TRAVEL_TIME = "travel_time"
    """Less time on the road than the way takes; seconds."""
    SETUP_TIME = "setup_time"
    """Less time between arrival and start than the set-up takes; seconds."""
    SERVICE_TIME = "service_time"
    """A service longer or shorter than the option's; seconds."""
    TIME_WINDOW = "time_window"
    """A start outside all windows; seconds to the nearest, LONGEST_DAY if there is none."""
    LATEST_START = "latest_start"
    """A latest start that is not the latest; seconds."""

    BREAK_MISSING = "break_missing"
    """A break that is due and not taken; its seconds."""
    BREAK_NOT_DUE = "break_not_due"
    """A break taken on a day that is too short for it; seconds by which it is."""
    BREAK_TIME = "break_time"
    """A break outside its window or the working day, or of the wrong length; seconds."""
    BREAK_OVERLAP = "break_overlap"
    """A break during a service, an arrival or another break; seconds."""

    MAX_VISITS = "max_visits"
    """More stops than the shift's limit; stops."""
    MAX_DRIVING = "max_driving"
    """More travel than the shift's limit; seconds."""
    MAX_DISTANCE = "max_distance"
    """More distance than the shift's limit; metres."""
    MAX_DURATION = "max_duration"
    """A longer day than the shift's limit; seconds."""
    CAPACITY = "capacity"
    """More load than the shift can take, once for each dimension; load units."""

    AGENT_NOT_ALLOWED = "agent_not_allowed"
    """A shift that may not serve the option; 1."""
    POSITION = "position"
    """Stops before a visit that has to be first, or after one that has to be last; stops."""
    BEGUN = "begun"
    """A stop that the shift has begun with and the route does not have in its place; 1."""
    PREDECESSOR_UNASSIGNED = "predecessor_unassigned"
    """A visit without the one it has to come after; 1."""
    MIN_GAP = "min_gap"
    """Less time since the predecessor's finish than the link asks for; seconds."""

    SCORE = "score"
    """One part of the score differs from what the routes add up to; its unit."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule, where, and how much is lacking; ``amount`` is > 0 and in the unit of its code."""

    code: Code
    shift: ShiftIndex | None
    visit: VisitIndex | None
    amount: int
