"""The cheapest working day of one course.

For a given finish the best departure is the latest one. If that day still waits somewhere, a window or a break closes
for whoever leaves a second later; doing so jumps to the next possible finish, with less waiting perhaps. Trying these
days one after the other is exact, and there are at most as many as there are closing times. With slowdowns it takes
more departures to try, see ``departures``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from solver.schedule.course import Choice, Course
from solver.schedule.departures import later_departures
from solver.schedule.labels import (
    Counts,
    Label,
    counts_at_waits,
    earliest_finish,
    latest_starts,
    onwards,
    start_from,
    waited_until,
)
from solver.schedule.moments import FAR, NEVER
from solver.units import Cost, Seconds


@dataclass(frozen=True, slots=True)
class Day:
    """When to leave, to serve and to be back. ``taken`` = breaks taken before each stop."""

    rests: Choice
    cost: Cost
    depart: Seconds
    finish: Seconds
    starts: list[Seconds]
    taken: list[int]

    @property
    def key(self) -> tuple[Cost, Seconds, Seconds]:
        """The smaller, the better: cost, then an early finish, then a late departure."""
        return self.cost, self.finish, -self.depart

    @property
    def needs_its_breaks(self) -> bool:
        """Whether it is long enough for all its breaks to be due."""
        return self.finish - self.depart > self.rests.longer_than


@dataclass(frozen=True, slots=True)
class _Frame:
    """A course with its breaks chosen, and with as much decided about their places as its waits ask for."""

    course: Course
    rests: Choice
    counts: Counts

    def cheapest(self) -> Day | None:
        """The cheapest of the days that are best for their finish."""
        shift = self.course.table.shift
        pay, least = shift.pay, self._least_duration()
        later = later_departures(self.course, self.rests.breaks, self.counts)
        found: tuple[Cost, Seconds, list[Label]] | None = None
        leave = shift.opens
        while (finish := self._earliest_finish(leave)) <= self.course.table.last_finish:
            overtime = pay.overtime_per_second * max(0, finish - shift.closes)
            if found is not None and pay.per_second * (least - self.rests.unpaid) + overtime >= found[0]:
                break
            labels, depart = latest_starts(self.course, self.rests.breaks, self.counts, finish)
            duration = finish - depart
            if duration <= self.rests.longest:
                cost = pay.per_second * (duration - self.rests.unpaid) + overtime
                if found is None or cost < found[0]:
                    found = cost, depart, labels
            if duration <= least:
                break
            leave = max(later(depart), finish - self.rests.longest)
        return None if found is None else self._day(*found)

    def earliest(self) -> Day | None:
        """The day that leaves as soon as its length allows and serves every stop as early as that permits."""
        last_finish = self.course.table.last_finish
        leave = self.course.table.shift.opens
        while (finish := self._earliest_finish(leave)) <= last_finish:
            if finish - leave <= self.rests.longest:
                until = min(last_finish, leave + self.rests.longest)
                labels, _ = latest_starts(self.course, self.rests.breaks, self.counts, until)
                return self._day(0, leave, labels)
            leave = finish - self.rests.longest
        return None

    def _earliest_finish(self, depart: Seconds) -> Seconds:
        return earliest_finish(self.course, self.rests.breaks, self.counts, depart)

    def _least_duration(self) -> Seconds:
        """How long the day would be if nobody waited for anything but the stops that wait for each other.

        Leaving later shortens a day until it is that short. Were it estimated lower, days that cannot become shorter
        would be tried second by second.
        """
        resting = [rest.duration for rest in self.rests.breaks]
        free: dict[int, Seconds] = {}
        clock, done = 0, 0
        for i, (move, service, _) in enumerate(self.course.calls):
            clock += move
            if i in self.counts:
                clock += sum(resting[done : self.counts[i]])
                clock = max(clock, waited_until(self.course, i, free))
                free[i] = clock + service
                done = self.counts[i]
            clock += service
        return clock + self.course.way_back + sum(resting[done:])

    def _day(self, cost: Cost, depart: Seconds, latest: list[Label]) -> Day:
        """Decide the starts: every stop as early as the stops before it and the latest starts allow.

        Where several numbers of breaks lead to the same start the break comes before it rather than later.
        """
        starts: list[Seconds] = []
        taken: list[int] = []
        free: dict[int, Seconds] = {}
        clock, done, breaks, pace = depart, 0, self.rests.breaks, self.course.table.pace
        for i, ((move, service, windows), due) in enumerate(zip(self.course.calls, latest, strict=True)):
            since = waited_until(self.course, i, free) if self.counts else NEVER
            travel = self.course.travel[i]
            if done < len(breaks):
                arrive = onwards(pace, self._from(clock, done), travel, move - travel, breaks)
                possible = [
                    (start, -count)
                    for count, there in enumerate(arrive)
                    if there < FAR and (start := start_from(windows, max(there, since))) <= due[count]
                ]
                start, count = min(possible)
                done = -count
            else:
                ready = clock + move if pace is None else onwards(pace, [clock], travel, move - travel, ())[0]
                start = start_from(windows, max(ready, since))
            starts.append(start)
            taken.append(done)
            clock = free[i] = start + service
        finish = onwards(pace, self._from(clock, done), self.course.way_back, 0, breaks)[-1]
        return Day(self.rests, cost, depart, finish, starts, taken)

    def _from(self, clock: Seconds, taken: int) -> Label:
        ready = [FAR] * (len(self.rests.breaks) + 1)
        ready[taken] = clock
        return ready


_Key: TypeAlias = tuple[Cost, Seconds, Seconds] | tuple[list[Seconds], tuple[Cost, Seconds, Seconds]]


def _by_cost(day: Day) -> _Key:
    return day.key


def _by_starts(day: Day) -> _Key:
    return day.starts, day.key


def cheapest_day(course: Course) -> Day | None:
    """The best day over all lawful choices of breaks; the fewest breaks if several are equally good.

    A choice whose best day is too short for its breaks is dropped rather than stretched until they are due: the same
    day without them is lawful. So there is a day here whenever there is one at all.
    """
    days = (_best(_Frame.cheapest, course, rests, _by_cost) for rests in course.table.choices)
    return min(_lawful(days), key=lambda day: day.key, default=None)


def earliest_day(course: Course) -> Day | None:
    """The day whose stops start earliest; it need not be cheap."""
    days = (_best(_Frame.earliest, course, rests, _by_starts) for rests in course.table.choices)
    return min(_lawful(days), key=_by_starts, default=None)


def _best(
    find: Callable[[_Frame], Day | None], course: Course, rests: Choice, key: Callable[[Day], _Key]
) -> Day | None:
    frames = (_Frame(course, rests, counts) for counts in counts_at_waits(course, len(rests.breaks)))
    return min((day for frame in frames if (day := find(frame)) is not None), key=key, default=None)


def _lawful(days: Iterable[Day | None]) -> list[Day]:
    return [day for day in days if day is not None and day.needs_its_breaks]
