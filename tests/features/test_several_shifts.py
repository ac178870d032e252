"""An agent works several shifts, on one day or on several; each is planned as an itinerary of its own."""

from datetime import timedelta

from service.day.agent import Limits
from service.day.request import Objective
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    instant,
    left_out,
    plan_json,
    planned,
    served,
    shift_json,
    told,
    visit_json,
    window_json,
)
from tests.worlds import agent, day, minutes, shift, visit

MORNING = shift("9:00", "12:00", name="A/morning")
AFTERNOON = shift("13:00", "17:00", name="A/afternoon")


def test_each_visit_goes_into_the_shift_that_its_window_meets() -> None:
    """V is possible from 10:00 and W from 14:00; the agent leaves house 0 for each, 3 and 5 minutes before."""
    plan = planned(
        day(
            visit("V", 3, ("10:00", "10:10")),
            visit("W", 5, ("14:00", "14:10")),
            agents=[agent("A", MORNING, AFTERNOON)],
        )
    )

    assert {
        "A/morning": ["9:57 off", "10:00-10:10 V", "10:13 end"],
        "A/afternoon": ["13:55 off", "14:00-14:10 W", "14:15 end"],
    } == told(plan)


def test_nothing_is_planned_between_two_shifts() -> None:
    """From 12:00 to 13:00 nobody works. V could begin at 12:10 or 12:40, but not in a shift."""
    plan = planned(day(visit("V", 3, ("12:10", "12:50")), agents=[agent("A", MORNING, AFTERNOON)]))

    assert ({}, ["V"]) == (told(plan), [each.visit_id for each in plan.unassigned])


def test_what_does_not_fit_into_the_first_shift_goes_into_the_second() -> None:
    """Each shift of 30 minutes holds one visit at house 8 (8 + 10 + 8 = 26), not two (36). The third stays out."""
    agents = [agent("A", shift("9:00", "9:30", name="A/1"), shift("13:00", "13:30", name="A/2"))]
    plan = planned(day(*(visit(name, 8, priority=p) for name, p in (("U", 90), ("V", 60), ("W", 30))), agents=agents))

    assert {"U", "V"} == {visit for visits in served(plan).values() for visit in visits}
    assert [1, 1] == [len(visits) for visits in served(plan).values()]
    assert ["W"] == [each.visit_id for each in plan.unassigned]


def test_limits_hold_for_each_shift_by_itself() -> None:
    """One visit a shift: two shifts serve two of three visits."""
    one = Limits(visits=1)
    agents = [
        agent("A", shift("9:00", "12:00", name="A/1", limits=one), shift("13:00", "17:00", name="A/2", limits=one))
    ]
    plan = planned(day(visit("U", 1), visit("V", 2), visit("W", 3, priority=1), agents=agents))

    assert [1, 1] == [len(visits) for visits in served(plan).values()]
    assert [("max_visits", 1)] == [(each.code, each.lacking) for each in left_out(plan, "W").reasons if each.agent_id]


def test_both_shifts_of_an_agent_count_as_work_of_the_same_person() -> None:
    """A alone can do V (5 + 50 + 5 = 60 min). For W of the same length in the afternoon B is as near as A.

    A doing both: 2 h and 0 h, 1 h from the mean each, 2 squared hours. Shared: 0.
    """
    agents = [
        agent("A", MORNING, AFTERNOON),
        agent("B", shift("13:00", "17:00", name="B/afternoon")),
    ]
    visits = [
        visit("V", 5, ("10:00", "11:00"), lasts=minutes(50)),
        visit("W", 5, ("14:00", "15:00"), lasts=minutes(50)),
    ]
    plan = planned(day(*visits, agents=agents, objective=Objective(fairness=10)))

    assert {"A/morning": ["V"], "B/afternoon": ["W"]} == served(plan)
    assert plan.score.cost.fairness == 0


def test_a_visit_of_the_next_day_is_planned_in_the_shift_of_that_day() -> None:
    """V waits for Tuesday 10:00, W for Monday 10:00; both from JSON."""
    shifts = [shift_json("A/mon", day=2), shift_json("A/tue", day=3)]
    plan = plan_json(
        day_json(
            [
                visit_json("V", 3, time_windows=[window_json("10:00", "10:10", day=3)]),
                visit_json("W", 5, time_windows=[window_json("10:00", "10:10")]),
            ],
            [agent_json("A", shifts)],
        )
    )

    assert "A/mon" == found(plan, "itineraries", 0, "shift_id")
    assert "W" == found(plan, "itineraries", 0, "stops", 0, "visit_id")
    assert "A/tue" == found(plan, "itineraries", 1, "shift_id")
    assert "V" == found(plan, "itineraries", 1, "stops", 0, "visit_id")
    assert instant("10:00", 3) == found(plan, "itineraries", 1, "stops", 0, "start")
    assert instant("9:57", 3) == found(plan, "itineraries", 1, "start")
    assert instant("10:13", 3) == found(plan, "itineraries", 1, "finish")


def test_a_shift_may_run_past_midnight() -> None:
    """From Monday 22:00 to Tuesday 2:00; V at house 3 is possible at 0:30 on Tuesday."""
    night = shift_json("A/night", "22:00") | {"end": instant("2:00", 3)}
    visits = [visit_json("V", 3, time_windows=[window_json("0:30", "0:40", day=3)])]
    plan = plan_json(day_json(visits, [agent_json("A", [night])]))

    assert instant("0:27", 3) == found(plan, "itineraries", 0, "start")
    assert instant("0:43", 3) == found(plan, "itineraries", 0, "finish")


def test_a_shift_that_serves_nothing_is_not_in_the_plan() -> None:
    """One visit needs one of three shifts."""
    agents = [agent("A", MORNING, AFTERNOON), agent("B")]
    plan = planned(day(visit("V", 3, ("10:00", "10:10")), agents=agents))

    assert (1, 1) == (len(plan.itineraries), plan.metrics.shifts_used)
    assert timedelta(minutes=16) == plan.metrics.working
