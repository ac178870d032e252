"""A day on one straight street, in the planner's words: times can be checked by head.

House ``n`` lies ``n`` minutes and ``100 n`` metres from house 0, by a matrix that the request brings. Everybody starts
and ends at house 0 and works from 9 to 17 on Monday 2 March 2026, unless said otherwise; a visit takes 10 minutes.
``day(visit("V", 3))`` therefore arrives at V at 9:03 at the earliest and is back at 9:16.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final, TypeAlias

from service.day.agent import Agent, Break, Limits, Pay, Shift
from service.day.place import Place, Point
from service.day.request import DayRequest, GivenItinerary, GivenMatrix, Objective, Options, Slowdown, Travel
from service.day.visit import After, AgentRules, Contact, Lock, Option, Visit
from service.day.window import TimeWindow

HOUSES: Final = 30
METRES_PER_HOUSE: Final = 100
WINTER: Final = timezone(timedelta(hours=2))
"""Helsinki's offset on the first days of March."""

ANY_AMOUNT: Final = Limits()
NO_COST: Final = Pay()
VALUE_FIRST: Final = Objective()
FEW_SOLUTIONS: Final = Options(solution_limit=2_000)
"""Bounds the search by work, not by time: the same plan on every machine."""

Span: TypeAlias = tuple[str, str]


def at(clock: str, day: int = 2) -> datetime:
    """``at("9:05")`` or ``at("9:05:30")`` on a day of March 2026, the second being a Monday."""
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    return datetime(2026, 3, day, hours, minutes, seconds[0] if seconds else 0, tzinfo=WINTER)


def minutes(amount: float) -> timedelta:
    """A span of time."""
    return timedelta(minutes=amount)


def house(number: int) -> Place:
    """A door on the street, with coordinates for whoever asks."""
    return Place(Point(60.17, 24.9 + number / 1000), index=number)


def windows(*spans: Span) -> tuple[TimeWindow, ...]:
    """Time windows of the Monday."""
    return tuple(TimeWindow(at(start), at(end)) for start, end in spans)


def street(houses: int = HOUSES, minute: int = 60) -> GivenMatrix:
    """Seconds and metres between all houses."""
    apart = [[abs(a - b) for b in range(houses)] for a in range(houses)]
    return GivenMatrix(
        seconds=[[minute * gap for gap in row] for row in apart],
        metres=[[METRES_PER_HOUSE * gap for gap in row] for row in apart],
    )


def slowdown(start: float, end: float, factor: float) -> Slowdown:
    """Hours of every day at which ways take so many times as long."""
    return Slowdown(timedelta(hours=start), timedelta(hours=end), factor)


def shift(  # noqa: PLR0913 - every quality can be said, few are
    start: str = "9:00",
    end: str = "17:00",
    *,
    name: str = "A/mon",
    day: int = 2,
    start_house: int = 0,
    end_house: int | None = 0,
    overtime: timedelta = timedelta(),
    limits: Limits = ANY_AMOUNT,
    breaks: Sequence[Break] = (),
) -> Shift:
    """A working period; ``end_house=None`` is an open end."""
    return Shift(
        id=name,
        start=at(start, day),
        end=at(end, day),
        start_place=house(start_house),
        end_place=None if end_house is None else house(end_house),
        overtime=overtime,
        limits=limits,
        breaks=tuple(breaks),
    )


def rest(  # noqa: PLR0913 - every quality can be said, few are
    earliest: str,
    latest: str,
    *,
    name: str = "lunch",
    lasts: timedelta = timedelta(minutes=30),
    paid: bool = False,
    only_if_shift_over: timedelta | None = None,
) -> Break:
    """A break of the Monday that starts between ``earliest`` and ``latest``."""
    return Break(name, lasts, at(earliest), at(latest), paid=paid, only_if_shift_over=only_if_shift_over)


def agent(  # noqa: PLR0913 - every quality can be said, few are
    name: str = "A",
    *shifts: Shift,
    skills: Mapping[str, int] | None = None,
    profile: str = "car",
    territory: Sequence[Point] | None = None,
    party_size: int = 1,
    capacity: Mapping[str, int] | None = None,
    worked: timedelta = timedelta(),
    pay: Pay = NO_COST,
) -> Agent:
    """Somebody to send; without shifts said, one from 9 to 17."""
    return Agent(
        id=name,
        shifts=shifts or (shift(name=f"{name}/mon"),),
        skills=skills or {},
        profile=profile,
        territory=None if territory is None else tuple(territory),
        party_size=party_size,
        capacity=capacity or {},
        worked=worked,
        pay=pay,
    )


def visit(  # noqa: PLR0913 - every quality can be said, few are
    name: str,
    number: int = 1,
    *spans: Span,
    place: Place | None = None,
    lasts: timedelta = timedelta(minutes=10),
    setup: timedelta = timedelta(),
    priority: int = 50,
    value: float | None = None,
    required: bool = False,
    options: Sequence[Option] = (),
    contact: Sequence[Contact] = (),
    skills: Mapping[str, int] | None = None,
    party_size: int = 1,
    load: Mapping[str, int] | None = None,
    only: Sequence[str] = (),
    preferred: Mapping[str, float] | None = None,
    forbidden: Sequence[str] = (),
    after: Sequence[After] = (),
    lock: Lock | None = None,
    timezone: str | None = None,
    flags: Sequence[str] = (),
) -> Visit:
    """A call at a house; ``spans`` are its time windows, any time if there are none."""
    return Visit(
        id=name,
        place=house(number) if place is None else place,
        duration=lasts,
        setup=setup,
        priority=priority,
        value=value,
        required=required,
        time_windows=windows(*spans) if spans else None,
        options=tuple(options),
        contact=tuple(contact),
        skills=skills or {},
        party_size=party_size,
        load=load or {},
        agents=AgentRules(frozenset(only), preferred or {}, frozenset(forbidden)),
        after=tuple(after),
        lock=lock,
        timezone=timezone,
        flags=frozenset(flags),
    )


def met(start: str, end: str, probability: float) -> Contact:
    """How likely somebody is met in a span of the Monday."""
    return Contact(TimeWindow(at(start), at(end)), probability)


def option(name: str, number: int | None = None, *spans: Span, value_factor: float = 1.0) -> Option:
    """Another way to serve a visit: another house, other windows, or both."""
    return Option(
        id=name,
        place=None if number is None else house(number),
        time_windows=windows(*spans) if spans else None,
        value_factor=value_factor,
    )


def day(  # noqa: PLR0913 - every quality can be said, few are
    *visits: Visit,
    agents: Sequence[Agent] | None = None,
    travel: Travel | None = None,
    timezone: str | None = "Europe/Helsinki",
    baseline: Sequence[GivenItinerary] = (),
    objective: Objective = VALUE_FIRST,
    options: Options = FEW_SOLUTIONS,
) -> DayRequest:
    """A request for the street; without agents said, ``agent()`` alone."""
    return DayRequest(
        agents=tuple(agents) if agents is not None else (agent(),),
        visits=visits,
        timezone=timezone,
        travel=Travel("matrix", {"car": street()}) if travel is None else travel,
        baseline=tuple(baseline),
        objective=objective,
        options=options,
    )


def given(shift_id: str, *visits: str, starts: Mapping[str, datetime] | None = None) -> GivenItinerary:
    """An itinerary that somebody else decided."""
    return GivenItinerary(shift_id, visits, starts or {})
