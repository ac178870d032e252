"""A shift holds no more visits, driving, metres or hours than its limits, and says which of them keeps a visit out.

To house 5 and back are 10 minutes and 1000 m, to house 6 and back 12 minutes and 1200 m; with 10 minutes of service the
days last 20 and 22 minutes.
"""

from collections.abc import Sequence

import pytest

from service.day.agent import Agent, Break, Limits
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    left_out,
    plan_json,
    planned,
    reason,
    served,
    shift_json,
    visit_json,
)
from tests.worlds import agent, day, minutes, rest, shift, visit


def _limited(limits: Limits, name: str = "A", breaks: Sequence[Break] = ()) -> Agent:
    """Somebody whose only shift has these limits."""
    return agent(name, shift(name=f"{name}/mon", limits=limits, breaks=breaks))


def test_a_shift_makes_no_more_visits_than_its_limit() -> None:
    """Two of three: the least valuable stays out, one more visit would be needed."""
    plan = planned(
        day(visit("U", 1), visit("V", 2), visit("W", 3, priority=10), agents=[_limited(Limits(visits=2))]),
    )
    why = reason(plan, "W")

    assert {"U", "V"} == set(served(plan)["A/mon"])
    assert ("max_visits", 1, None) == (why.code, why.lacking, why.would_need)


def test_a_limit_of_no_visits_keeps_the_agent_at_home() -> None:
    """Zero is a limit too."""
    plan = planned(day(visit("V", 1), agents=[_limited(Limits(visits=0))]))

    assert ({}, "max_visits", 1) == (served(plan), reason(plan, "V").code, reason(plan, "V").lacking)


def test_a_limit_of_visits_spreads_them_over_the_agents() -> None:
    """One each."""
    plan = planned(
        day(visit("V", 1), visit("W", 1), agents=[_limited(Limits(visits=1), "A"), _limited(Limits(visits=1), "B")])
    )

    assert [1, 1] == [len(visits) for visits in served(plan).values()]


def test_breaks_are_no_visits() -> None:
    """One visit is allowed, and lunch is taken besides."""
    plan = planned(day(visit("V", 5), agents=[_limited(Limits(visits=1), breaks=[rest("12:00", "12:00")])]))

    assert ({"A/mon": ["V"]}, minutes(30)) == (served(plan), plan.itineraries[0].metrics.breaks)


def test_nobody_drives_longer_than_the_limit_way_back_included() -> None:
    """10 minutes are allowed: house 5 just fits, house 6 needs 2 more."""
    near = planned(day(visit("V", 5), agents=[_limited(Limits(driving=minutes(10)))]))
    far = planned(day(visit("V", 6), agents=[_limited(Limits(driving=minutes(10)))]))
    why = reason(far, "V")

    assert ({"A/mon": ["V"]}, {}) == (served(near), served(far))
    assert ("max_driving", minutes(2), None) == (why.code, why.would_need, why.lacking)


def test_two_visits_together_may_be_too_much_driving() -> None:
    """V to the one side and W to the other of house 10 are 2 x 3 minutes each: 12 together, and 11 are allowed."""
    limited = agent("A", shift(start_house=10, end_house=10, limits=Limits(driving=minutes(11))))
    plan = planned(day(visit("V", 7, priority=60), visit("W", 13), agents=[limited]))
    why = reason(plan, "W")

    assert {"A/mon": ["V"]} == served(plan)
    assert ("max_driving", minutes(1)) == (why.code, why.would_need)


def test_service_waiting_and_setup_are_no_driving() -> None:
    """Two visits at house 5, an hour each and an hour apart, are 10 minutes of driving all the same."""
    visits = [
        visit("V", 5, ("10:00", "11:00"), lasts=minutes(60)),
        visit("W", 5, ("12:00", "13:00"), lasts=minutes(60), setup=minutes(20)),
    ]
    plan = planned(day(*visits, agents=[_limited(Limits(driving=minutes(10)))]))

    assert ({"A/mon": ["V", "W"]}, minutes(10)) == (served(plan), plan.metrics.driving)


def test_nobody_drives_farther_than_the_limit_way_back_included() -> None:
    """1000 m are allowed: house 5 just fits, house 6 needs 200 m more."""
    near = planned(day(visit("V", 5), agents=[_limited(Limits(distance_m=1000))]))
    far = planned(day(visit("V", 6), agents=[_limited(Limits(distance_m=1000))]))
    why = reason(far, "V")

    assert ({"A/mon": ["V"]}, {}) == (served(near), served(far))
    assert ("max_distance", 200, None) == (why.code, why.lacking, why.would_need)


def test_a_limit_of_distance_is_for_the_shift_as_a_whole() -> None:
    """V and W on either side of house 10 are 600 m each there and back: 1200 m together, 100 m over the limit."""
    limited = agent("A", shift(start_house=10, end_house=10, limits=Limits(distance_m=1100)))
    plan = planned(day(visit("V", 7, priority=60), visit("W", 13), agents=[limited]))
    why = reason(plan, "W")

    assert {"A/mon": ["V"]} == served(plan)
    assert ("max_distance", 100) == (why.code, why.lacking)


def test_nobody_is_out_longer_than_the_limit() -> None:
    """20 minutes are allowed: house 5 just fits, house 6 needs 2 more, although the shift is open until 17:00."""
    near = planned(day(visit("V", 5), agents=[_limited(Limits(duration=minutes(20)))]))
    far = planned(day(visit("V", 6), agents=[_limited(Limits(duration=minutes(20)))]))
    why = reason(far, "V")

    assert ({"A/mon": ["V"]}, {}) == (served(near), served(far))
    assert ("max_duration", minutes(2), None) == (why.code, why.would_need, why.lacking)


def test_waiting_counts_in_the_duration_of_the_day() -> None:
    """V at 9:30 and W at 12:00, both at house 3, need 9:27 to 12:13: 2 h 46 min, and 2 h are allowed."""
    visits = [visit("V", 3, ("9:30", "9:40"), priority=60), visit("W", 3, ("12:00", "12:10"))]
    plan = planned(day(*visits, agents=[_limited(Limits(duration=minutes(120)))]))
    why = reason(plan, "W")

    assert {"A/mon": ["V"]} == served(plan)
    assert ("max_duration", minutes(46)) == (why.code, why.would_need)


def test_breaks_count_in_the_duration_of_the_day() -> None:
    """Half an hour of lunch and V at house 3 are 46 minutes: 46 are enough and in 45 a minute lacks."""
    lunch = rest("12:00", "13:00")
    enough = planned(day(visit("V", 3), agents=[_limited(Limits(duration=minutes(46)), breaks=[lunch])]))
    short = planned(day(visit("V", 3), agents=[_limited(Limits(duration=minutes(45)), breaks=[lunch])]))
    why = reason(short, "V")

    assert ({"A/mon": ["V"]}, {}) == (served(enough), served(short))
    assert ("max_duration", minutes(1)) == (why.code, why.would_need)


def test_the_day_begins_late_enough_to_keep_its_duration() -> None:
    """V takes all morning to open: leaving at 11:57 the day is 16 minutes long, and no more are allowed."""
    plan = planned(day(visit("V", 3, ("12:00", "12:10")), agents=[_limited(Limits(duration=minutes(16)))]))

    assert ({"A/mon": ["V"]}, minutes(16)) == (served(plan), plan.metrics.working)


def test_of_several_agents_each_has_their_own_limit_in_the_reasons() -> None:
    """V at house 6: A lacks 2 minutes of driving, B 200 m, C a visit."""
    agents = [
        _limited(Limits(driving=minutes(10)), "A"),
        _limited(Limits(distance_m=1000), "B"),
        _limited(Limits(visits=0), "C"),
    ]
    plan = planned(day(visit("V", 6), agents=agents))

    assert {("A", "max_driving", minutes(2), None), ("B", "max_distance", None, 200), ("C", "max_visits", None, 1)} == {
        (each.agent_id, each.code, each.would_need, each.lacking) for each in left_out(plan, "V").reasons
    }


@pytest.mark.parametrize(
    ("limit", "code", "amount", "lacking"),
    [
        ({"driving": "PT10M"}, "max_driving", "would_need", "PT2M"),
        ({"distance_m": 1000}, "max_distance", "lacking", 200),
        ({"duration": "PT20M"}, "max_duration", "would_need", "PT2M"),
        ({"visits": 0}, "max_visits", "lacking", 1),
    ],
)
def test_the_limits_of_the_document_keep_a_visit_out(limit: object, code: str, amount: str, lacking: object) -> None:
    """V at house 6 is just beyond each of them."""
    plan = plan_json(day_json([visit_json("V", 6)], [agent_json("A", [shift_json(limits=limit)])]))

    assert (code, lacking) == (
        found(plan, "unassigned", 0, "reasons", 0, "code"),
        found(plan, "unassigned", 0, "reasons", 0, amount),
    )


def test_limits_of_the_document_that_are_just_reached_are_kept() -> None:
    """V at house 6 makes one visit, 12 minutes of driving, 1200 m and a day of 22 minutes."""
    limits = {"visits": 1, "driving": "PT12M", "distance_m": 1200, "duration": "PT22M"}
    plan = plan_json(day_json([visit_json("V", 6)], [agent_json("A", [shift_json(limits=limits)])]))

    assert "V" == found(plan, "itineraries", 0, "stops", 0, "visit_id")
