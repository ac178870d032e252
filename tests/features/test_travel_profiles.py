"""Everybody travels by their own profile: its times, its distances, its ways."""

from service.day.agent import Pay
from service.day.request import GivenMatrix, Travel
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    instant,
    matrix_json,
    plan_json,
    planned,
    reason,
    served,
    told,
    visit_json,
    window_json,
)
from tests.worlds import agent, day, minutes, street, visit

CAR_AND_BIKE = Travel("matrix", {"car": street(minute=60), "bike": street(minute=120)})
"""A bike needs two minutes a house."""


def test_times_are_those_of_the_agents_own_profile() -> None:
    """To house 5 it is 5 minutes by car and 10 by bike."""
    by_car = planned(day(visit("V", 5), agents=[agent("A", profile="car")], travel=CAR_AND_BIKE))
    by_bike = planned(day(visit("V", 5), agents=[agent("A", profile="bike")], travel=CAR_AND_BIKE))

    assert {"A/mon": ["9:00 off", "9:05-9:15 V", "9:20 end"]} == told(by_car)
    assert {"A/mon": ["9:00 off", "9:10-9:20 V", "9:30 end"]} == told(by_bike)


def test_who_travels_fast_enough_is_sent() -> None:
    """V at 10 must be finished by 9:20. The bike is there at 9:20 and the car at 9:10."""
    agents = [agent("A", profile="bike"), agent("B", profile="car")]
    plan = planned(day(visit("V", 10, ("9:00", "9:20")), agents=agents, travel=CAR_AND_BIKE))

    assert {"B/mon": ["9:00 off", "9:10-9:20 V", "9:30 end"]} == told(plan)


def test_who_is_too_slow_is_told_by_how_much() -> None:
    """By bike it would be 9:20 when V has to begin at 9:10: 10 minutes."""
    plan = planned(day(visit("V", 10, ("9:00", "9:20")), agents=[agent("A", profile="bike")], travel=CAR_AND_BIKE))
    why = reason(plan, "V")

    assert ("time_window", minutes(10)) == (why.code, why.would_need)


def test_a_way_that_is_closed_to_one_profile_is_open_to_another() -> None:
    """From house 0 no way by bike leads to house 1."""
    walled = GivenMatrix([[0, None], [None, 0]])
    travel = Travel("matrix", {"car": GivenMatrix([[0, 60], [60, 0]], [[0, 100], [100, 0]]), "bike": walled})
    both = planned(day(visit("V", 1), agents=[agent("A", profile="bike"), agent("B", profile="car")], travel=travel))
    alone = planned(day(visit("V", 1), agents=[agent("A", profile="bike")], travel=travel))

    assert {"B/mon": ["V"]} == served(both)
    assert "unreachable" == reason(alone, "V").code


def test_distances_are_those_of_the_profile_too() -> None:
    """The footpath is half as long: V at 4 is 400 m there and 400 m back on foot, and 1600 m by road."""
    road = [[200 * abs(a - b) for b in range(30)] for a in range(30)]
    travel = Travel("matrix", {"car": GivenMatrix(street().seconds, road), "foot": street(minute=300)})
    by_car = planned(day(visit("V", 4), agents=[agent("A", profile="car", pay=Pay(per_km=10))], travel=travel))
    on_foot = planned(day(visit("V", 4), agents=[agent("A", profile="foot", pay=Pay(per_km=10))], travel=travel))

    assert (1600, 16.0) == (by_car.metrics.distance_m, by_car.score.cost.travel)
    assert (800, 8.0) == (on_foot.metrics.distance_m, on_foot.score.cost.travel)


def test_the_profiles_of_the_document_have_their_own_matrices() -> None:
    """V must be finished by 9:20 (car: at 10 by 9:10), W may take until 9:30 (bike: at 10 by 9:20)."""
    agents = [agent_json("A", profile="bike"), agent_json("B", profile="car")]
    travel = {"source": "matrix", "matrices": [matrix_json("car", 60), matrix_json("bike", 120)]}
    visits = [
        visit_json("V", 10, time_windows=[window_json("9:00", "9:20")], agents={"only": ["B"]}),
        visit_json("W", 10, time_windows=[window_json("9:00", "9:30")], agents={"only": ["A"]}),
    ]
    plan = plan_json(day_json(visits, agents, travel=travel))

    assert ("A", "W", instant("9:20")) == (
        found(plan, "itineraries", 0, "agent_id"),
        found(plan, "itineraries", 0, "stops", 0, "visit_id"),
        found(plan, "itineraries", 0, "stops", 0, "arrive"),
    )
    assert ("B", "V", instant("9:10")) == (
        found(plan, "itineraries", 1, "agent_id"),
        found(plan, "itineraries", 1, "stops", 0, "visit_id"),
        found(plan, "itineraries", 1, "stops", 0, "arrive"),
    )
