"""Where breaks lie between two services that are fixed: one rule, so that the same times always read the same.

A break is taken at the next door, where it may use up waiting time, rather than on the way there. Where it would begin
too late at that door it is taken as soon as it may: before setting out, or on the road if it may not begin earlier.
"""

from collections.abc import Sequence

from solver.schedule.moments import Rest
from solver.schedule.pace import Move, Pace
from solver.units import Seconds


def place_breaks(  # noqa: PLR0913 - a leg, its set-up, and all that lies on it
    leave: Seconds, start: Seconds, travel: Seconds, setup: Seconds, breaks: Sequence[Rest], *, pace: Pace | None
) -> tuple[Seconds, list[Seconds]]:
    """Arrival at the next door and starts of ``breaks``, all taken between ``leave`` and ``start``.

    Travel and set-up stand still during a break. The times must allow for all of it.
    """
    for on_the_way in range(len(breaks) + 1):
        arrive, before = in_turn(pace, leave, travel, 0, breaks[:on_the_way])
        ready, after = in_turn(None, arrive, 0, setup, breaks[on_the_way:])
        begins = before + after
        in_time = all(begin <= rest.latest for begin, rest in zip(begins, breaks, strict=True))
        if in_time and ready <= start:
            return arrive, begins
    message = "breaks do not fit between these services."
    raise ValueError(message)


def in_turn(
    pace: Pace | None, clock: Seconds, travel: Seconds, setup: Seconds, breaks: Sequence[Rest]
) -> tuple[Seconds, list[Seconds]]:
    """Each break as soon as it may begin; the move goes on until then and is complete at the time returned."""
    if pace is not None:
        return pace.in_turn(clock, Move.of(travel, setup), breaks)
    complete = clock + travel + setup
    begins: list[Seconds] = []
    for rest in breaks:
        begin = max(clock, rest.earliest)
        begins.append(begin)
        clock = begin + rest.duration
        complete = max(complete, begin) + rest.duration
    return complete, begins
