"""What keeps a visit out of a shift wherever it would go, and the positions it may take."""

from solver.checker import Code
from solver.problem import Problem, Visit
from solver.reasons.gaps import HOPELESS, Gaps, Lack
from solver.reasons.trial import Plan
from solver.units import OptionIndex, ShiftIndex, VisitIndex


def options_of(visit: Visit, shift: ShiftIndex) -> list[OptionIndex]:
    """The options by which the shift may serve the visit."""
    return [index for index, option in enumerate(visit.options) if option.preference(shift) is not None]


def lack_anywhere(plan: Plan, gaps: Gaps, shift: ShiftIndex, k: VisitIndex) -> Lack | None:
    """The rule that forbids the visit at every position of the shift, ``None`` if there is none."""
    problem, visit = plan.problem, plan.problem.visits[k]
    if not options_of(visit, shift):
        return Lack(HOPELESS, 1, Code.AGENT_NOT_ALLOWED)
    if any(link.then == k and not plan.serves(link.first) for link in problem.links):
        return Lack(HOPELESS, 1, Code.PREDECESSOR_UNASSIGNED)
    overload = _overload(problem, gaps, visit)
    if overload > 0:
        return Lack(HOPELESS, overload, Code.CAPACITY)
    most = gaps.shift.limits.visits
    if most is not None and len(gaps.stops) >= most:
        return Lack(HOPELESS, len(gaps.stops) + 1 - most, Code.MAX_VISITS)
    if not positions(problem, gaps, k):
        return Lack(HOPELESS, 1, Code.POSITION)
    return None


def positions(problem: Problem, gaps: Gaps, k: VisitIndex) -> range:
    """Where in the route the visit may go: pinned stops keep their place, linked ones their order."""
    stops = [visit for visit, _ in gaps.stops]
    pins = [problem.visits[visit].position for visit in stops]
    begin = 1 if "first" in pins else 0
    end = len(stops) - 1 if "last" in pins else len(stops)
    if problem.visits[k].position == "first":
        end = min(end, 0)
    if problem.visits[k].position == "last":
        begin = max(begin, len(stops))
    for link in problem.links:
        if link.then == k and link.first in stops:
            begin = max(begin, stops.index(link.first) + 1)
        if link.first == k and link.then in stops:
            end = min(end, stops.index(link.then))
    return range(begin, end + 1)


def _overload(problem: Problem, gaps: Gaps, visit: Visit) -> int:
    loads = [visit.load, *(problem.visits[served].load for served, _ in gaps.stops)]
    totals = [sum(amounts) for amounts in zip(*loads, strict=True)]
    return max((total - room for total, room in zip(totals, gaps.shift.capacity, strict=True)), default=0)
