"""Rules of time: the shift, the ways, set-up, service and windows."""

from collections.abc import Iterator

from solver.checker.breaks import standing
from solver.checker.reading import Reading
from solver.checker.violation import Code, Violation
from solver.problem import LONGEST_DAY, StartWindow
from solver.units import UNREACHABLE, Seconds


def shift_start(reading: Reading) -> Iterator[Violation]:
    """A route departs when its shift is open, not before."""
    early = reading.shift.opens - reading.route.depart
    if early > 0:
        yield Violation(Code.SHIFT_START, reading.route.shift, None, early)


def shift_too_short(reading: Reading) -> Iterator[Violation]:
    """A route finishes by the end of its shift plus the overtime allowed."""
    late = reading.route.finish - reading.shift.last_finish
    if late > 0:
        yield Violation(Code.SHIFT_TOO_SHORT, reading.route.shift, None, late)


def order(reading: Reading) -> Iterator[Violation]:
    """Time runs forward: leave, arrive, start, finish, stop after stop, and the route finishes last."""
    route = reading.route
    left = route.depart
    for call in reading.calls:
        stop = call.stop
        back = max(left - stop.arrive, stop.arrive - stop.start, stop.start - stop.finish)
        if back > 0:
            yield Violation(Code.ORDER, route.shift, stop.visit, back)
        left = stop.finish
    if left > route.finish:
        yield Violation(Code.ORDER, route.shift, None, left - route.finish)


def unreachable(reading: Reading) -> Iterator[Violation]:
    """Each leg has a way."""
    for leg in reading.legs:
        if leg.travel >= UNREACHABLE:
            yield Violation(Code.UNREACHABLE, reading.route.shift, leg.visit, 1)


def travel_time(reading: Reading) -> Iterator[Violation]:
    """Nobody arrives before the way is done, which takes longer during slowdowns and does not go on during breaks."""
    for leg in reading.legs:
        if leg.travel < UNREACHABLE:
            lacking = reading.drive(leg).done - leg.arrived
            if lacking > 0:
                yield Violation(Code.TRAVEL_TIME, reading.route.shift, leg.visit, lacking)


def setup_time(reading: Reading) -> Iterator[Violation]:
    """Between arrival and start lies the set-up of a new place, breaks at the door not counted."""
    breaks = reading.route.breaks
    for stop, _, _, setup in reading.calls:
        if setup:
            lacking = setup - (stop.start - stop.arrive) + standing(breaks, stop.arrive, stop.start)
            if lacking > 0:
                yield Violation(Code.SETUP_TIME, reading.route.shift, stop.visit, lacking)


def service_time(reading: Reading) -> Iterator[Violation]:
    """A service lasts exactly as long as the option says."""
    for stop, _, option, _ in reading.calls:
        wrong = stop.finish - stop.start - option.service
        if wrong:
            yield Violation(Code.SERVICE_TIME, reading.route.shift, stop.visit, abs(wrong))


def time_window(reading: Reading) -> Iterator[Violation]:
    """A service starts in one of its option's windows."""
    for stop, _, option, _ in reading.calls:
        outside = min((_outside(window, stop.start) for window in option.windows), default=LONGEST_DAY)
        if outside:
            yield Violation(Code.TIME_WINDOW, reading.route.shift, stop.visit, outside)


def _outside(window: StartWindow, moment: Seconds) -> Seconds:
    return max(0, window.opens - moment, moment - window.closes)
