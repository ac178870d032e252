"""Where breaks lie between two services that are fixed: one rule, so that the same times always read the same.

A break is taken at the next door, where it may use up waiting time, rather than on the way there. Where it would begin
too late at that door it is taken as soon as it may: before setting out, or on the road if it may not begin earlier.
"""

from collections.abc import Sequence

from solver.schedule.course import Rest
from solver.units import Seconds


def place_breaks(
    leave: Seconds, start: Seconds, travel: Seconds, setup: Seconds, breaks: Sequence[Rest]
) -> tuple[Seconds, list[Seconds]]:
    """Arrival at the next door and starts of ``breaks``, all taken between ``leave`` and ``start``.

    Travel and set-up stand still during a break. The times must allow for all of it.
    """
    for on_the_way in range(len(breaks) + 1):
        arrive, before = in_turn(leave, leave + travel, breaks[:on_the_way])
        ready, after = in_turn(arrive, arrive + setup, breaks[on_the_way:])
        begins = before + after
        in_time = all(begin <= rest.latest for begin, rest in zip(begins, breaks, strict=True))
        if in_time and ready <= start:
            return arrive, begins
    message = "breaks do not fit between these services."
    raise ValueError(message)


def in_turn(clock: Seconds, complete: Seconds, breaks: Sequence[Rest]) -> tuple[Seconds, list[Seconds]]:
    """Each break as soon as it may begin; work goes on until then and is complete at the time returned."""
    begins: list[Seconds] = []
    for rest in breaks:
        begin = max(clock, rest.earliest)
        begins.append(begin)
        clock = begin + rest.duration
        complete = max(complete, begin) + rest.duration
    return complete, begins
