"""A break with ``only_if_shift_over`` is taken on days that last longer than that, from leaving to being back.

On no others, even if it would be unpaid and there is time to wait.

V and W at house 10: a day of both is 10 minutes out, two services, 10 minutes back. Lunch is 30 minutes between 11:00
and 14:00, on days of more than 6 hours.
"""

import pytest

from service.day.agent import Agent, Limits, Pay
from service.day.request import Objective
from tests.features.json_street import (
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    planned,
    reason,
    served,
    shift_json,
    told,
    visit_json,
)
from tests.worlds import ANY_AMOUNT, agent, at, day, minutes, rest, shift, visit

LONG = minutes(6 * 60)


def _walker(end: str = "17:00", limits: Limits = ANY_AMOUNT) -> Agent:
    lunch = rest("11:00", "14:00", only_if_shift_over=LONG)
    return agent("A", shift("9:00", end, breaks=[lunch], limits=limits))


def test_a_short_day_goes_without() -> None:
    """5 hours and 20 minutes."""
    plan = planned(day(visit("V", 10, lasts=minutes(300)), agents=[_walker()]))

    assert {"A/mon": ["9:00 off", "9:10-14:10 V", "14:20 end"]} == told(plan)


def test_a_long_day_has_it() -> None:
    """10 + 180 + 180 + 10 = 380 minutes: with lunch the day is over at 15:50."""
    visits = [visit("V", 10, ("9:00", "13:00"), lasts=minutes(180)), visit("W", 10, lasts=minutes(180))]
    plan = planned(day(*visits, agents=[_walker()]))

    assert {"A/mon": ["9:00 off", "9:10-12:10 V", "12:10-12:40 lunch", "12:40-15:40 W", "15:50 end"]} == told(plan)


def test_a_day_of_exactly_the_span_is_not_over_it() -> None:
    """10 + 170 + 170 + 10 = 360 minutes."""
    visits = [visit("V", 10, ("9:00", "12:00"), lasts=minutes(170)), visit("W", 10, lasts=minutes(170))]
    plan = planned(day(*visits, agents=[_walker()]))

    assert {"A/mon": ["9:00 off", "9:10-12:00 V", "12:00-14:50 W", "15:00 end"]} == told(plan)


def test_a_minute_more_makes_it_due() -> None:
    """10 + 170 + 171 + 10 = 361 minutes, and lunch."""
    visits = [visit("V", 10, ("9:00", "12:00"), lasts=minutes(170)), visit("W", 10, lasts=minutes(171))]
    plan = planned(day(*visits, agents=[_walker()]))

    assert {"A/mon": ["9:00 off", "9:10-12:00 V", "12:00-12:30 lunch", "12:30-15:21 W", "15:31 end"]} == told(plan)


WAITING = [
    ("11:00", ["10:50 off", "11:00-11:10 V", "12:10-12:20 W", "12:30 end"], 100.0),
    ("6:30", ["6:20 off", "6:30-6:40 V", "12:10-12:20 W", "12:30 end"], 370.0 - 30.0),
    ("6:40", ["6:30 off", "6:40-6:50 V", "12:10-12:20 W", "12:30 end"], 360.0),
    ("6:39", ["6:29 off", "6:39-6:49 V", "12:10-12:20 W", "12:30 end"], 361.0 - 30.0),
]
"""When V starts, the day without lunch, and its wages at 1 a minute, less those of unpaid lunch."""


@pytest.mark.parametrize(("first", "stops", "wages"), WAITING, ids=[first for first, _, _ in WAITING])
def test_unpaid_lunch_while_waiting_is_for_long_days(first: str, stops: list[str], wages: float) -> None:
    """W is at 12:10, so there is an hour and more to wait, all of it paid on days of up to 6 hours.

    Nor does anybody leave a minute earlier than a day of 6 hours asks for, to save 30 minutes of wages by it.
    """
    lunch = rest("11:00", "14:00", only_if_shift_over=LONG)
    agents = [agent("A", shift("6:00", "17:00", breaks=[lunch]), pay=Pay(per_hour=60))]
    visits = [visit("V", 10, (first, f"{at(first) + minutes(10):%H:%M}")), visit("W", 10, ("12:10", "12:20"))]
    plan = planned(day(*visits, agents=agents))

    assert stops == [stop for stop in told(plan)["A/mon"] if "lunch" not in stop]
    assert wages == plan.score.cost.wages


def test_a_day_is_kept_short_rather_than_made_long_by_waiting() -> None:
    """V at 9:30 could be first of a day until 15:40; leaving at 9:40 for the later window, the day is 6 hours."""
    visits = [
        visit("V", 10, ("9:10", "9:20"), ("9:50", "10:00")),
        visit("W", 10, ("15:20", "15:30")),
    ]
    plan = planned(day(*visits, agents=[_walker()]))

    assert {"A/mon": ["9:40 off", "9:50-10:00 V", "15:20-15:30 W", "15:40 end"]} == told(plan)


def test_a_visit_that_would_make_the_day_long_has_to_make_room_for_the_break_too() -> None:
    """Both are 380 minutes and lunch 30: 410 minutes are 6 h 50 min. Until 15:49 a minute lacks, until 15:50 none."""
    visits = [visit("V", 10, lasts=minutes(180), priority=60), visit("W", 10, lasts=minutes(180))]
    enough = planned(day(*visits, agents=[_walker(end="15:50")]))
    short = planned(day(*visits, agents=[_walker(end="15:49")]))
    why = reason(short, "W")

    assert {"V", "W"} == set(served(enough)["A/mon"])
    assert {"A/mon": ["V"]} == served(short)
    assert ("shift_too_short", minutes(1)) == (why.code, why.would_need)


def test_a_long_visit_that_bars_the_break_is_not_served_on_a_long_day() -> None:
    """V holds 9:10 to 14:01; alone it makes a short day. W afterwards makes 9:00 to 15:31, and lunch is over by then.

    Lunch would have to begin by 14:00, and V is over at 14:01.
    """
    visits = [visit("V", 10, ("9:10", "14:01"), lasts=minutes(291), priority=60), visit("W", 10, lasts=minutes(80))]
    plan = planned(day(*visits, agents=[_walker()]))
    why = reason(plan, "W")

    assert {"A/mon": ["9:00 off", "9:10-14:01 V", "14:11 end"]} == told(plan)
    assert ("break_conflict", minutes(1)) == (why.code, why.would_need)


def test_what_a_visit_lacks_includes_the_break_that_the_longer_day_needs() -> None:
    """Both are 380 minutes, which makes lunch due: 410. The day may last 360, so 50 lack, not 20."""
    visits = [visit("V", 10, lasts=minutes(180), priority=60), visit("W", 10, lasts=minutes(180))]
    plan = planned(day(*visits, agents=[_walker(limits=Limits(duration=LONG))]))
    why = reason(plan, "W")

    assert {"A/mon": ["V"]} == served(plan)
    assert ("max_duration", minutes(50)) == (why.code, why.would_need)


@pytest.mark.parametrize(("value", "goes"), [(209.0, False), (211.0, True)])
def test_in_profit_mode_a_visit_has_to_pay_for_the_break_that_it_makes_due(*, value: float, goes: bool) -> None:
    """V alone makes 200 minutes. W adds 180 at 1 a minute, and 30 of paid lunch: 210."""
    lunch = rest("11:00", "14:00", paid=True, only_if_shift_over=LONG)
    agents = [agent("A", shift(breaks=[lunch]), pay=Pay(per_hour=60))]
    visits = [visit("V", 10, lasts=minutes(180), value=300), visit("W", 10, lasts=minutes(180), value=value)]
    plan = planned(day(*visits, agents=agents, objective=Objective(mode="profit")))

    assert (410.0 if goes else 200.0) == plan.score.cost.wages
    assert ({"V", "W"} if goes else {"V"}) == set(served(plan)["A/mon"])


@pytest.mark.parametrize(("over", "breaks"), [("PT6H", "PT30M"), ("PT6H20M", "PT0S"), ("PT8H", "PT0S")])
def test_only_if_shift_over_of_the_document_decides_whether_the_break_is_due(over: str, breaks: str) -> None:
    """The day is 10 + 180 + 180 + 10 = 380 minutes, 6 h 20 min, without lunch."""
    lunch = {"id": "lunch", "duration": "PT30M", "earliest": instant("11:00"), "latest": instant("14:00")}
    shifts = [shift_json(breaks=[lunch | {"only_if_shift_over": over}])]
    visits = [visit_json("V", 10, duration="PT3H"), visit_json("W", 10, duration="PT3H")]
    plan = plan_json(day_json(visits, [agent_json("A", shifts)]))

    assert breaks == found(plan, "itineraries", 0, "metrics", "breaks")
