"""Where a visit would fit into a plan: all places looked at quickly, the likely ones timed exactly.

The quick look knows how early each stop can be left and how late it may begin if nothing else stood in the way
(no breaks, no limit of duration): what fails there fails in truth as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final, TypeAlias

from solver.draft import Draft, Timetable
from solver.presolve import Way, Ways
from solver.problem import Option, Shift, StartWindow
from solver.solution import Served
from solver.units import PlaceIndex, Seconds, ShiftIndex, VisitIndex

FEW_PLACES: Final = 24
"""Up to so many places that pass the quick look are all timed."""

ENOUGH: Final = 4
"""Of more places the search ends when so many fitted; they are tried from the smallest detour on. On 500 visits and
20 shifts that is a fifth of the work, and plans come out no worse."""

BLINK: Final = 0.15

REMEMBERED: Final = 200_000

LONG_AGO: Final = -1


_Place: TypeAlias = tuple[int, Seconds, ShiftIndex, int, Served]
"""Where a visit may fit: its prize there (negative), the detour, the shift, before which stop, by which option."""


@dataclass(frozen=True, slots=True)
class _Slack:
    """A route without breaks: places from start to end, when each can be left at the earliest, begun at the latest.

    ``idle`` is the time of the shift that neither work, nor travel, nor breaks fill.
    """

    places: list[PlaceIndex | None]
    setups: list[Seconds]
    leave: list[Seconds]
    due: list[Seconds]
    idle: Seconds


class Insertions:
    """Finds the best places of visits, and remembers them as long as the route stays the same."""

    def __init__(self, timetable: Timetable, ways: Ways) -> None:
        self._timetable = timetable
        self._problem = timetable.problem
        self._ways = ways
        self._shifts = [frozenset(shift for way in open_to for shift in way.shifts) for open_to in ways]
        self._seconds: list[list[list[Seconds]]] = [matrix.seconds.tolist() for matrix in self._problem.travel]
        self._memory: dict[tuple[ShiftIndex, tuple[Served, ...], VisitIndex], list[_Place]] = {}
        self._slacks: dict[tuple[ShiftIndex, tuple[Served, ...]], _Slack] = {}

    def best(self, draft: Draft, visit: VisitIndex, random: Random | None = None) -> Draft | None:
        """The best plan with one more visit, ``None`` if it fits nowhere; ``random`` misses a place now and then.

        Missing places ("blinks") is how greedy insertion gets to plans that it would never find otherwise.
        """
        places = sorted(
            place for shift in self._shifts[visit] for place in self._places(shift, draft.stops(shift), visit)
        )
        best: Draft | None = None
        fitted = 0
        for _, _, shift, position, served in places:
            if random is not None and random.random() < BLINK:
                continue
            stops = draft.stops(shift)
            plan = self._timetable.changed(draft, shift, (*stops[:position], served, *stops[position:]))
            if plan is None:
                continue
            if best is None or plan.key > best.key:
                best = plan
            fitted += 1
            if fitted == ENOUGH and len(places) > FEW_PLACES:
                break
        return best

    def sequences(
        self, shift: ShiftIndex, stops: tuple[Served, ...], visit: VisitIndex
    ) -> Iterator[tuple[Served, ...]]:
        """What a shift would serve with one more visit, wherever the quick look lets it pass; nothing is timed yet."""
        for _, _, _, position, served in self._places(shift, stops, visit):
            yield (*stops[:position], served, *stops[position:])

    def shifts(self, visit: VisitIndex) -> frozenset[ShiftIndex]:
        """Who might serve a visit."""
        return self._shifts[visit]

    def _places(self, shift: ShiftIndex, stops: tuple[Served, ...], visit: VisitIndex) -> list[_Place]:
        name = shift, stops, visit
        if name not in self._memory:
            if len(self._memory) >= REMEMBERED:
                self._memory.clear()
            self._memory[name] = list(self._look(shift, stops, visit))
        return self._memory[name]

    def _look(self, shift: ShiftIndex, stops: tuple[Served, ...], visit: VisitIndex) -> Iterator[_Place]:
        """The places on a route that the quick look lets pass."""
        slack = self._slack(shift, stops)
        for served, windows in _options(self._ways[visit], shift):
            option = self._problem.visits[visit].options[served.option]
            for position in range(len(self._problem.shifts[shift].begun), len(stops) + 1):
                detour = self._detour(self._problem.shifts[shift], slack, position, option, windows)
                if detour is not None:
                    yield -option.prize, detour, shift, position, served

    def _detour(
        self, shift: Shift, slack: _Slack, position: int, option: Option, windows: list[StartWindow]
    ) -> Seconds | None:
        """Seconds more on the road, ``None`` if the visit does not fit before the stop in this position."""
        seconds = self._seconds[shift.profile]
        here, there = slack.places[position], slack.places[position + 1]
        way = seconds[here][option.place] if here is not None else 0
        arrive = slack.leave[position] + way + (option.setup if here != option.place else 0)
        start = next((max(arrive, window.opens) for window in windows if arrive <= window.closes), None)
        if start is None:
            return None
        on, direct = 0, 0
        if there is not None:
            on = seconds[option.place][there]
            direct = seconds[here][there] if here is not None else 0
        setup = slack.setups[position + 1] if there != option.place else 0
        in_time = start + option.service + on + setup <= slack.due[position + 1]
        detour = way + on - direct
        return detour if in_time and detour + option.service <= slack.idle else None

    def _slack(self, index: ShiftIndex, stops: tuple[Served, ...]) -> _Slack:
        name = index, stops
        if name not in self._slacks:
            if len(self._slacks) >= REMEMBERED // 10:
                self._slacks.clear()
            self._slacks[name] = self._look_along(self._problem.shifts[index], stops)
        return self._slacks[name]

    def _look_along(self, shift: Shift, stops: tuple[Served, ...]) -> _Slack:
        seconds = self._seconds[shift.profile]
        options = [self._problem.visits[stop.visit].options[stop.option] for stop in stops]
        places: list[PlaceIndex | None] = [shift.start, *(option.place for option in options), shift.end]
        setups = [0, *(option.setup for option in options), 0]
        moves: list[Seconds] = []
        for here, there, setup in zip(places, places[1:], setups[1:], strict=False):
            way = seconds[here][there] if here is not None and there is not None else 0
            moves.append(way + (setup if here != there else 0))
        leave = [shift.opens]
        for move, option in zip(moves, options, strict=False):
            arrive = leave[-1] + move
            start = next((max(arrive, w.opens) for w in option.windows if arrive <= w.closes), shift.last_finish)
            leave.append(start + option.service)
        due = [shift.last_finish]
        for move, option in zip(reversed(moves), reversed(options), strict=False):
            by = due[-1] - move - option.service
            due.append(next((min(by, w.closes) for w in reversed(option.windows) if by >= w.opens), LONG_AGO))
        filled = sum(moves) + sum(option.service for option in options)
        rests = sum(rest.duration for rest in shift.breaks if rest.only_if_over is None)
        longest = shift.last_finish - shift.opens
        if shift.limits.duration is not None:
            longest = min(longest, shift.limits.duration)
        # A visit at the same place as the next saves that one's set-up, so set-ups do not count as filled.
        spare = sum(setups)
        return _Slack(places, setups, leave, [LONG_AGO, *reversed(due)], longest - filled - rests + spare)


def _options(ways: tuple[Way, ...], shift: ShiftIndex) -> list[tuple[Served, list[StartWindow]]]:
    """The options a shift has, each with its open windows."""
    found: dict[Served, list[StartWindow]] = {}
    for way in ways:
        if shift in way.shifts:
            found.setdefault(way.served, []).append(way.window)
    return list(found.items())
