"""Profiles, slowdowns, and matrices that came with the request."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from service.day.fault import Fault
from service.day.place import Place
from service.day.request import DAY, DayRequest, GivenMatrix, Slowdown
from service.faults.references import close_matches
from service.faults.shifts import Path
from service.travel.choice import brings_matrices
from service.travel.profiles import PROFILES
from solver.units import UNREACHABLE

SLOWEST: Final = 0.1
FASTEST: Final = 10.0
SLOWEST_HOUR: Final = 10.0
"""Times as long as usual; who stands still for an hour takes another road."""


def profiles(request: DayRequest) -> Iterator[Fault]:
    """Every agent's way of moving has travel times, and agents move neither at a crawl nor by rocket."""
    own = brings_matrices(request.travel)
    known = request.travel.matrices if own else PROFILES
    for a, agent in enumerate(request.agents):
        if agent.profile not in known:
            detail = f"No travel times for this profile. Known are: {', '.join(known) or 'none'}."
            hint = close_matches(agent.profile, tuple(known)) if known else "Give travel.matrices."
            yield Fault("unknown_profile", ("agents", a, "profile"), detail, hint=hint, value=agent.profile)
    if own and not request.travel.matrices:
        detail = "The travel times are to come from matrices, and there are none."
        yield Fault("matrix_missing", ("travel", "matrices"), detail, hint="Give one per profile.")
    if not SLOWEST <= request.travel.speed_factor <= FASTEST:
        detail = f"A speed factor is between {SLOWEST} and {FASTEST}."
        yield Fault("out_of_range", ("travel", "speed_factor"), detail, value=request.travel.speed_factor)


def slowdowns(request: DayRequest) -> Iterator[Fault]:
    """Slowdowns make ways longer, not shorter, last for some time, and at each hour there is at most one."""
    given = request.travel.slowdowns
    for s, slow in enumerate(given):
        path: Path = ("travel", "slowdowns", s)
        if not 1 <= slow.factor <= SLOWEST_HOUR:
            detail = f"A factor says how many times as long ways take: between 1 and {SLOWEST_HOUR:.0f}."
            hint = "Where everybody is faster all day, use travel.speed_factor."
            yield Fault("out_of_range", (*path, "factor"), detail, hint=hint, value=slow.factor)
        if not timedelta() <= slow.start < DAY or not timedelta() <= slow.end <= DAY:
            yield Fault("out_of_range", path, "Times of day lie between 00:00 and 24:00.")
        elif slow.start == slow.end:
            yield Fault(
                "slowdown_empty", path, "This ends when it begins.", hint='For the whole day, "00:00" to "24:00".'
            )
        other = next((o for o, before in enumerate(given[:s]) if _overlap(before, slow)), None)
        if other is not None:
            detail = f"This goes on while slowdown {other} of the list does."
            yield Fault("slowdowns_overlap", path, detail, hint="Cut them so that each hour has one factor.")


def _overlap(one: Slowdown, other: Slowdown) -> bool:
    """Whether a clock ever shows a time of both; either may go on over midnight."""
    return any(
        one.start + day < other.start + other.lasts and other.start < one.start + day + one.lasts
        for day in (-DAY, timedelta(), DAY)
    )


def matrices(request: DayRequest) -> Iterator[Fault]:
    """Matrices are square, of one size, without negative or absurd entries, and hold every index that is used."""
    if not brings_matrices(request.travel):
        return
    sides: set[int] = set()
    for m, given in enumerate(request.travel.matrices.values()):
        sides.add(len(given.seconds))
        yield from _matrix(("travel", "matrices", m), given)
    if len(sides) > 1:
        detail = "The matrices of different profiles differ in size."
        yield Fault("matrix_shape", ("travel", "matrices"), detail, hint="List the same places in each.")
    if sides:
        yield from _indices(request, min(sides))


def _matrix(path: Path, given: GivenMatrix) -> Iterator[Fault]:
    side = len(given.seconds)
    yield from _rows((*path, "seconds"), given.seconds, side)
    if given.metres is not None:
        if len(given.metres) != side:
            detail = f"There are {len(given.metres)} rows of metres, but {side} of seconds."
            yield Fault("matrix_shape", (*path, "metres"), detail, hint="Give as many rows as columns.")
        yield from _rows((*path, "metres"), given.metres, side)


def _rows(path: Path, rows: Sequence[Sequence[int | None]], side: int) -> Iterator[Fault]:
    for r, row in enumerate(rows):
        if len(row) != side:
            detail = f"The row has {len(row)} entries, {side} are needed."
            yield Fault("matrix_shape", (*path, r), detail, hint="Give as many columns as rows.")
        wrong = next((c for c, entry in enumerate(row) if entry is not None and not 0 <= entry < UNREACHABLE), None)
        if wrong is not None:
            detail = f"Travel must be >= 0 and < {UNREACHABLE}."
            yield Fault("out_of_range", (*path, r, wrong), detail, hint="null = no way.", value=row[wrong])


def _indices(request: DayRequest, side: int) -> Iterator[Fault]:
    for path, place in _places(request):
        if place.index is not None and not 0 <= place.index < side:
            detail = f"The matrices have {side} places, counted from 0."
            yield Fault("index_outside", (*path, "index"), detail, hint=f"0 to {side - 1}.", value=place.index)


def _places(request: DayRequest) -> Iterator[tuple[Path, Place]]:
    for a, agent in enumerate(request.agents):
        for s, shift in enumerate(agent.shifts):
            yield ("agents", a, "shifts", s, "start_location"), shift.start_place
            if shift.end_place is not None and shift.end_place != shift.start_place:
                yield ("agents", a, "shifts", s, "end_location"), shift.end_place
    for v, visit in enumerate(request.visits):
        yield ("visits", v, "location"), visit.place
        for o, option in enumerate(visit.options):
            if option.place is not None:
                yield ("visits", v, "options", o, "location"), option.place
