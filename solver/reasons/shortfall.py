"""What exactly a route without legal times lacks: one rule after the other is eased until it has some.

Later may be the end of the shift, longer the day, later the breaks, wider the windows of the visit or those of one
other stop. Each of them is eased with all other rules kept, and the one that needs least is told: whoever is given
that much can do the work. Only where no rule alone is in the way, several are, and the worst of them is told.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, Self

from solver.checker import Code, check_route, check_routes
from solver.problem import LONGEST_DAY, Pay, Problem
from solver.reasons.gaps import HOPELESS, REFUSED, SECONDS, SEVERAL, Lack
from solver.reasons.slack import Slack
from solver.reasons.trial import Plan
from solver.schedule import driving, follow, schedule_route
from solver.schedule.cheapest import cheapest_day, earliest_day
from solver.schedule.course import Call, Course, ShiftTable, course_of, shift_table
from solver.schedule.labels import earliest_finish
from solver.schedule.moments import FAR
from solver.solution import Route, Sequences, Served
from solver.units import Seconds, ShiftIndex

BREAKS: Final = frozenset({Code.BREAK_TIME, Code.BREAK_MISSING, Code.BREAK_NOT_DUE, Code.BREAK_OVERLAP})


class _Eased(NamedTuple):
    """One shift without pay, which makes the earliest finish best, and with one rule or the other eased."""

    kept: ShiftTable
    endless: ShiftTable
    """Nobody has to be back."""
    patient: ShiftTable
    """Days may last as long as the shift, and the shortest is best."""
    slack: Slack

    @classmethod
    def of(cls, route: Course) -> Self:
        """Of the shift that serves this."""
        table = route.table
        shift = replace(table.shift, pay=Pay())
        limits = replace(shift.limits, duration=None)
        breaks = tuple(replace(rest, paid=True) for rest in shift.breaks)
        easy = replace(shift, limits=limits, breaks=breaks, pay=Pay(per_second=1))
        patient = shift_table(easy, table.travel, table.pace)
        return cls(
            shift_table(shift, table.travel, table.pace),
            shift_table(replace(shift, closes=LONGEST_DAY, overtime=0), table.travel, table.pace),
            patient,
            Slack(route, patient.choices),
        )


class Shortfall:
    """Asked about the routes of one plan with a visit put in."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._problem = plan.problem
        self._eased: dict[ShiftIndex, _Eased] = {}

    def of(self, shift: ShiftIndex, stops: Sequence[Served], position: int, lack: Lack) -> Lack | None:
        """What ``stops`` lack with the visit at ``position``; ``lack`` itself unless it is rough.

        ``None`` if several rules of time are in the way, so that none of them alone could be eased enough.
        """
        if lack.kind == HOPELESS:
            return lack
        if not lack.rough:
            route = schedule_route(self._problem, shift, stops)
            return lack._replace(kind=SEVERAL) if route is None else self._as_driven(lack, route)
        if lack is REFUSED and schedule_route(self._problem, shift, stops) is not None:
            return self._of_links(self._plan.tied_sequences(shift, stops))
        if shift not in self._eased:
            self._eased[shift] = _Eased.of(course_of(self._problem, shift, self._plan.sequences[shift]))
        course = course_of(self._problem, shift, stops)
        return _of_one_rule(self._eased[shift], course, position, lack.amount)

    def of_several(self, shift: ShiftIndex, stops: Sequence[Served]) -> Lack:
        """What somebody who drove it would get wrong most, above all a break."""
        (route,) = follow(self._problem, _alone(self._problem, shift, stops))
        lacks = [Lack(SEVERAL, wrong.amount, wrong.code) for wrong in check_route(self._problem, route)]
        breaks = [lack for lack in lacks if lack.code in BREAKS]
        return max(breaks or lacks, key=lambda lack: lack.rank)

    def _as_driven(self, lack: Lack, route: Route) -> Lack:
        """With the driving that lacks at the hours of the route; labels know of normal pace only."""
        limit = self._problem.shifts[route.shift].limits.driving
        if lack.code is not Code.MAX_DRIVING or limit is None:
            return lack
        return lack._replace(amount=driving(self._problem, route) - limit)

    def _of_links(self, sequences: Sequences) -> Lack:
        """The distance between visits, or what keeping it leads to; or too much driving, as the hours are."""
        violations = check_routes(self._problem, follow(self._problem, sequences))
        lacks = [Lack(SECONDS, violation.amount, violation.code) for violation in violations]
        gaps = [lack for lack in lacks if lack.code is Code.MIN_GAP]
        return max(gaps or lacks, key=lambda lack: lack.rank, default=Lack(SECONDS, 1, Code.MIN_GAP))


def _of_one_rule(eased: _Eased, course: Course, position: int, hint: int) -> Lack | None:
    """The rule that needs to be eased least for the course to have legal times, ``None`` if none alone is enough.

    Between equals the shift comes before its breaks, and these before windows; but who finds no window open while the
    shift lasts has missed the windows. ``hint`` is how much they might lack.
    """
    course = replace(course, table=eased.kept)
    least = min(_of_shift(eased, course, position), key=lambda lack: lack.rank, default=None)
    equal = 0 if _is_closed(course, position) else 1
    for find, less in ((_of_breaks, 1), (_of_window, equal), (_of_another, 1)):
        most = LONGEST_DAY if least is None else least.amount - less
        least = find(_Asked(eased.slack, course, position, hint), most) or least
    return least


def _is_closed(course: Course, position: int) -> bool:
    """Whether the visit has no window while the shift lasts."""
    opens, closes = course.table.shift.opens, course.table.last_finish
    return all(until < opens or since >= closes for since, until in course.calls[position].windows)


def _of_shift(eased: _Eased, course: Course, position: int) -> Iterator[Lack]:
    """A later end, a longer day."""
    finish = _earliest_finish(eased, course) if eased.slack.may_end_later(course, position) else FAR
    if finish < FAR:
        yield Lack(SECONDS, finish - eased.kept.last_finish, Code.SHIFT_TOO_SHORT)
    limit = eased.kept.shift.limits.duration
    if limit is not None and eased.slack.may_be_longer(course, position):
        day = cheapest_day(replace(course, table=eased.patient))
        if day is not None:
            yield Lack(SECONDS, day.finish - day.depart - limit, Code.MAX_DURATION)


def _earliest_finish(eased: _Eased, course: Course) -> Seconds:
    """When somebody who need not be back is back, FAR if nothing but that is in the way."""
    if eased.slack.is_certain:
        return earliest_finish(course, eased.kept.choices[0].breaks, {}, eased.kept.shift.opens)
    day = cheapest_day(replace(course, table=eased.endless))
    return FAR if day is None else day.finish


class _Asked(NamedTuple):
    """A course without legal times, the visit put in at a position, which lacks something like ``hint``."""

    slack: Slack
    course: Course
    position: int
    hint: Seconds


def _of_breaks(asked: _Asked, most: Seconds) -> Lack | None:
    """All breaks may begin later."""
    slack, course, position, hint = asked
    latest = [rest.latest for rest in course.table.shift.breaks]
    most = min(most, course.table.last_finish - min(latest, default=course.table.last_finish))
    if most < 1 or not slack.may_rest_later(course, position):
        return None
    lacking = _least(lambda later: _possible(_with_later_breaks(course, later)), 1, most, hint)
    return None if lacking is None else Lack(SECONDS, lacking, Code.BREAK_TIME)


def _of_window(asked: _Asked, most: Seconds) -> Lack | None:
    """The windows of the visit are wider, at both ends."""
    slack, course, position, _ = asked
    call = course.calls[position]

    def is_enough(wider: Seconds) -> bool:
        windows = tuple((opens - wider, closes + wider) for opens, closes in call.windows)
        return _possible(_with_calls(course, {position: call._replace(windows=windows)}))

    fewest = max(1, slack.wider(course, position))
    opens, closes = course.table.shift.opens, course.table.last_finish
    all_day = min((max(since - opens, closes - until) for since, until in call.windows), default=0)
    most = min(most, max(fewest, all_day))
    if fewest > most:
        return None
    lacking = fewest if slack.is_certain else _least(is_enough, fewest, most, fewest)
    return None if lacking is None else Lack(SECONDS, lacking, Code.TIME_WINDOW)


def _of_another(asked: _Asked, most: Seconds) -> Lack | None:
    """The only other stop that would be served too late may be."""
    slack, course, position, _ = asked
    if most < 1 or not slack.may_be_late_elsewhere(course, position):
        return None
    closes = [call.windows[-1][1] for call in course.calls]
    others = {
        stop: call._replace(windows=(*call.windows[:-1], (call.windows[-1][0], FAR)))
        for stop, call in enumerate(course.calls)
        if stop != position
    }
    day = earliest_day(_with_calls(course, others))
    late = [] if day is None else [stop for stop in others if day.starts[stop] > closes[stop]]
    if day is None or len(late) != 1:
        return None
    lacking, visit = day.starts[late[0]] - closes[late[0]], course.stops[late[0]].visit
    return Lack(SECONDS, lacking, Code.TIME_WINDOW, visit) if lacking <= most else None


def _least(is_enough: Callable[[Seconds], bool], fewest: Seconds, most: Seconds, hint: Seconds) -> Seconds | None:
    """The least of ``fewest`` … ``most`` that is enough, ``None`` if not even the most is; ``hint`` saves looking."""
    if hint == fewest and is_enough(fewest):
        return fewest
    if not is_enough(most):
        return None
    too_little, enough = fewest - 1, most
    for guess in (hint, hint - 1):
        if too_little < guess < enough:
            too_little, enough = (too_little, guess) if is_enough(guess) else (guess, enough)
    first = too_little + 1
    return first + bisect_left(range(first, enough), True, key=is_enough)  # noqa: FBT003 - what is looked for


def _possible(course: Course) -> bool:
    return cheapest_day(course) is not None


def _with_calls(course: Course, changed: dict[int, Call]) -> Course:
    return replace(course, calls=[changed.get(stop, call) for stop, call in enumerate(course.calls)])


def _with_later_breaks(course: Course, later: Seconds) -> Course:
    choices = tuple(
        choice._replace(breaks=tuple(rest._replace(latest=rest.latest + later) for rest in choice.breaks))
        for choice in course.table.choices
    )
    return replace(course, table=replace(course.table, choices=choices))


def _alone(problem: Problem, shift: ShiftIndex, stops: Sequence[Served]) -> Sequences:
    return tuple(tuple(stops) if other == shift else () for other in range(len(problem.shifts)))
