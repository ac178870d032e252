"""The day as one kind of shift sees it, in arrays: what its routes may be, and rather too much than too little.

Every legal route is one here, at no later times. Left aside are: slowdowns (they make no leg quicker), breaks that only
long days call for, the longest duration, links and fairness. Windows, set-up, other breaks, positions, what was begun,
loads and the limits of visits, driving and distance are kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from solver.pool import Kind
from solver.presolve import Ways
from solver.problem import Problem, Shift, StartWindow, TravelMatrix
from solver.search.arrays import FAR, Indices, Whole
from solver.search.pricing import Pricing, lay_slices, pricing_handle
from solver.solution import Served
from solver.units import UNREACHABLE, PlaceIndex, Prize, Seconds

SLICES: Final = 400
MOST_SLICES: Final = 4_000
"""Slices of time; more where stops follow each other more quickly than a slice lasts."""
WORD: Final = 64

Windows: TypeAlias = dict[Served, list[StartWindow]]


class Room(NamedTuple):
    """For labels, the same for all kinds, which take turns; shapes as in ``Pricing``."""

    option: Indices
    rested: Indices
    time: Whole
    collected: Whole
    odd: Whole
    seen: Whole
    spent: Whole
    parent: Indices
    beside: Indices
    after: Indices
    dead: np.ndarray[tuple[int], np.dtype[np.int8]]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One kind of shift: its options, arrays, and how many shifts there are."""

    kind: Kind
    shifts: int
    options: tuple[Served, ...]
    prizes: tuple[Prize, ...]
    pricing: Pricing
    handle: Pricing


def room_for(problem: Problem, labels: int) -> Room:
    """Room for so many labels, some 80 bytes each; memory that is not written to costs nothing."""
    words, limits = -(-len(problem.visits) // WORD), len(_limits(problem))

    def narrow() -> Indices:
        return np.empty(labels, dtype=np.int32)

    def wide() -> Whole:
        return np.empty(labels, dtype=np.int64)

    return Room(
        narrow(), narrow(), wide(), wide(), wide(),
        np.empty((labels, words), dtype=np.int64), np.empty((labels, limits), dtype=np.int64),
        narrow(), narrow(), narrow(), np.empty(labels, dtype=np.int8),
    )  # fmt: skip


def grounds_of(problem: Problem, ways: Ways, kinds: Sequence[Kind], room: Room) -> Iterator[Ground]:
    """One for each kind that can serve anything at all."""
    for kind in sorted(set(kinds)):
        shift = problem.shifts[kind]
        windows = _windows(problem, ways, kind)
        if windows and all(stop in windows for stop in shift.begun):
            pricing = _pricing(problem, shift, windows, room)
            prizes = tuple([problem.visits[visit].options[option].prize for visit, option in windows])
            handle = pricing_handle(pricing)
            if pricing.foresees:
                lay_slices(handle)
            yield Ground(kind, kinds.count(kind), tuple(windows), prizes, pricing, handle)


def _windows(problem: Problem, ways: Ways, kind: Kind) -> Windows:
    """When each option may start, such that the shift can still end in time, be it by detours."""
    shift = problem.shifts[kind]
    mine = [way for of_visit in ways for way in of_visit if kind in way.shifts]
    option_of = {way.served: problem.visits[way.served.visit].options[way.served.option] for way in mine}
    back = _ways_back(problem.travel_of(shift), shift, {option.place for option in option_of.values()})
    windows: Windows = {}
    for way in mine:
        option = option_of[way.served]
        first = max(way.window.opens, shift.opens)
        last = min(way.window.closes, shift.last_finish - option.service - back[option.place])
        if first <= last:
            windows.setdefault(way.served, []).append(StartWindow(first, last))
    return windows


def _ways_back(travel: TravelMatrix, shift: Shift, places: Iterable[PlaceIndex]) -> Mapping[PlaceIndex, Seconds]:
    """Seconds of the quickest way to the shift's end, if need be by other ``places``."""
    through = sorted(places)
    if shift.end is None:
        return dict.fromkeys(through, 0)
    between = travel.seconds[np.ix_(through, through)].astype(np.int64)
    back = travel.seconds[through, shift.end].astype(np.int64)
    while ((nearer := np.minimum(back, (between + back).min(axis=1, initial=FAR))) < back).any():
        back = nearer
    return dict(zip(through, back.tolist(), strict=True))


def _pricing(problem: Problem, shift: Shift, windows: Windows, room: Room) -> Pricing:
    options = tuple(windows)
    chosen = [problem.visits[stop.visit].options[stop.option] for stop in options]
    count = len(options)
    legs = _legs(problem, shift, options)
    service = np.array([option.service for option in chosen], dtype=np.int64)
    opens, closes = np.array([[spans[0].opens, spans[-1].closes] for spans in windows.values()]).T
    times = np.zeros((count, max(map(len, windows.values())), 2), dtype=np.int64)
    for j, spans in enumerate(windows.values()):
        times[j, : len(spans)] = [(span.opens, span.closes) for span in spans]
    visit = np.array([stop.visit for stop in options], dtype=np.int32)
    # A leg that cannot be driven in time is none.
    legs[:count, :count][(opens + service)[:, None] + legs[:count, :count] > closes[None, :]] = FAR
    step, foresees = _slices(shift, int((legs[:count, :count] + service).min()))
    slices = (shift.last_finish - shift.opens) // step + 1
    rests = [(rest.earliest, rest.latest, rest.duration) for rest in shift.breaks if rest.only_if_over is None]
    use, most = _use(problem, shift, options)
    return Pricing(
        legs=legs,
        service=service,
        windows=times,
        n_windows=np.array([len(spans) for spans in windows.values()], dtype=np.int32),
        visit=visit,
        word=visit // WORD,
        bit=(np.uint64(1) << (visit % WORD).astype(np.uint64)).view(np.int64),
        rests=np.array(rests, dtype=np.int64).reshape(-1, 3),
        use=use,
        most=most,
        opens=shift.opens,
        finishes=shift.last_finish,
        step=step,
        foresees=foresees,
        lasts=np.zeros((count, count) if foresees else (1, 1), dtype=np.int32),
        over=np.zeros((count, slices) if foresees else (1, 1), dtype=np.int32),
        gain=np.zeros(count, dtype=np.int64),
        cuts=np.zeros(WORD, dtype=np.int64),
        marks=np.zeros(count, dtype=np.int64),
        memory=np.zeros((count, room.seen.shape[1]), dtype=np.int64),
        prospect=np.zeros((count, slices if foresees else 1), dtype=np.int64),
        onward=np.zeros((count, slices if foresees else 1), dtype=np.int32),
        otherwise=np.zeros((count, slices if foresees else 1), dtype=np.int64),
        **room._asdict(),
        first=np.zeros((count, len(rests) + 1), dtype=np.int32),
        due=np.zeros(slices, dtype=np.int32),
        best=np.zeros(count, dtype=np.int64),
        ending=np.zeros(count, dtype=np.int32),
        state=np.zeros(3, dtype=np.int64),
    )


def _slices(shift: Shift, least: Seconds) -> tuple[Seconds, bool]:
    """How long a slice of time is, and whether that is no longer than the ``least`` between two ends of service."""
    span = shift.last_finish - shift.opens
    step = max(1, span // SLICES)
    if 0 < least < step and span // least <= MOST_SLICES:
        step = least
    return step, step <= least


def _legs(problem: Problem, shift: Shift, options: Sequence[Served]) -> Whole:
    """Seconds on the road and of set-up, FAR where one thing cannot follow the other; the last row and column is home.

    Whoever ends where the last stop is has no way home.
    """
    chosen = [problem.visits[stop.visit].options[stop.option] for stop in options]
    visit = np.array([stop.visit for stop in options])
    home, travel = len(options), problem.travel_of(shift)
    place = np.array([option.place for option in chosen])
    setup = np.array([option.setup for option in chosen])
    legs = _between(travel.seconds, shift, place)
    legs[legs >= UNREACHABLE] = FAR
    legs[:, :home] += setup * (np.append(place, shift.start)[:, None] != place)
    legs[:home, :home][visit[:, None] == visit] = FAR
    for j, stop in enumerate(options):
        if problem.visits[stop.visit].position == "first":
            legs[:home, j] = FAR
        if problem.visits[stop.visit].position == "last":
            legs[j, :home] = FAR
    before = home
    for stop in shift.begun:
        j = options.index(stop)
        kept = legs[before, j]
        legs[before], legs[:, j] = FAR, FAR
        legs[before, j] = kept
        before = j
    return legs


def _between(matrix: Indices, shift: Shift, place: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Whole:
    """Of each leg, row = from; zeros on the way home if there is none."""
    home = len(place)
    legs = np.zeros((home + 1, home + 1), dtype=np.int64)
    legs[:home, :home] = matrix[np.ix_(place, place)]
    legs[home, :home] = matrix[shift.start, place]
    if shift.end is not None:
        legs[:home, home] = matrix[place, shift.end]
    return legs


def _limits(problem: Problem) -> tuple[str | int, ...]:
    """What is limited for any shift: by name, or the dimension of a load."""
    named = [
        name
        for name in ("visits", "driving", "distance")
        if any(getattr(shift.limits, name) is not None for shift in problem.shifts)
    ]
    dimensions = range(len(problem.shifts[0].capacity) if problem.shifts else 0)
    loads = [sum(visit.load[d] for visit in problem.visits) for d in dimensions]
    scarce = [d for d in dimensions if any(shift.capacity[d] < loads[d] for shift in problem.shifts)]
    return (*named, *scarce)


def _use(problem: Problem, shift: Shift, options: Sequence[Served]) -> tuple[Whole, Whole]:
    """Of each limit: what a leg and the stop it leads to take of it, and how much there is."""
    home, limits, travel = len(options), _limits(problem), problem.travel_of(shift)
    place = np.array([problem.visits[stop.visit].options[stop.option].place for stop in options])
    use = np.zeros((len(limits), home + 1, home + 1), dtype=np.int64)
    most = np.full(len(limits), FAR, dtype=np.int64)
    for r, limit in enumerate(limits):
        given: int | None
        if isinstance(limit, int):
            use[r, :, :home] = [problem.visits[stop.visit].load[limit] for stop in options]
            given = shift.capacity[limit]
        elif limit == "visits":
            use[r, :, :home] = 1
            given = shift.limits.visits
        elif limit == "driving":
            use[r] = _between(travel.seconds, shift, place)
            given = shift.limits.driving
        else:
            use[r] = _between(travel.metres, shift, place)
            given = shift.limits.distance
        most[r] = FAR if given is None else given
    return use, most
