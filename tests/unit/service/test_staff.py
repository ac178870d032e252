"""Who may serve a visit is found once for all visits that ask for the same."""

from service.compile import compile_day
from service.day.request import DayRequest
from service.day.visit import Lock
from service.hours.doors import Doors
from service.hours.packs import Packs
from service.zones import Zones
from solver.problem import Problem
from tests.travel import travel_of
from tests.worlds import agent, day, visit


def compiled(request: DayRequest) -> Problem:
    doors = Doors.of(request, Packs.of(), Zones.of(request))
    return compile_day(request, travel_of(request), doors).problem


def test_a_locked_visit_does_not_take_over_the_answer_of_one_that_is_free() -> None:
    """Both ask for the same but for the lock: the first may go to A and B, the second to B alone."""
    free, locked = compiled(day(visit("V"), visit("W", lock=Lock("B")), agents=[agent("A"), agent("B")])).visits

    assert free.options[0].shifts is None
    assert locked.options[0].shifts == {1: 0}
