"""Breaks are taken at their time and in their order: on the road, at a door, at the start or the end, never in service.

Lunch is 30 minutes. Where nothing else is said, the day costs nothing and is over as early as it can be.
"""

from tests.features.json_street import (
    Json,
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
    window_json,
)
from tests.worlds import agent, day, minutes, rest, shift, visit

NOON = rest("12:00", "12:00")
"""At twelve, and no minute earlier or later."""


def test_a_break_with_a_fixed_time_is_taken_at_that_time() -> None:
    """V lasts until 11:45 and W begins at 13:00, both at house 5: lunch is at twelve, in between."""
    visits = [
        visit("V", 5, ("11:15", "11:45"), lasts=minutes(30)),
        visit("W", 5, ("13:00", "13:30"), lasts=minutes(30)),
    ]
    plan = planned(day(*visits, agents=[agent("A", shift(breaks=[NOON]))]))

    assert {"A/mon": ["11:10 off", "11:15-11:45 V", "12:00-12:30 lunch", "13:00-13:30 W", "13:35 end"]} == told(plan)


def test_a_service_never_begins_if_a_break_would_fall_into_it() -> None:
    """V takes an hour and may begin at 11:30, but at twelve there is lunch: it begins after it, at 12:30."""
    plan = planned(
        day(visit("V", 10, ("11:30", "14:00"), lasts=minutes(60)), agents=[agent("A", shift(breaks=[NOON]))])
    )

    assert {"A/mon": ["11:50 off", "12:00-12:30 lunch", "12:30-13:30 V", "13:40 end"]} == told(plan)


def test_a_break_may_interrupt_the_way() -> None:
    """To house 20 it is 20 minutes. V begins at 12:40: 10 minutes before lunch and 10 after it."""
    plan = planned(day(visit("V", 20, ("12:40", "12:50")), agents=[agent("A", shift(breaks=[NOON]))]))
    (itinerary,) = plan.itineraries

    assert {"A/mon": ["11:50 off", "12:00-12:30 lunch", "12:40-12:50 V", "13:10 end"]} == told(plan)
    assert (minutes(40), minutes(0), minutes(30)) == (
        itinerary.metrics.driving,
        itinerary.metrics.wait,
        itinerary.metrics.breaks,
    )


def test_a_break_may_be_the_last_thing_of_the_day() -> None:
    """V is over at 11:50 and the agent at house 0 at 12:00, just in time for lunch."""
    plan = planned(
        day(visit("V", 10, ("11:10", "11:50"), lasts=minutes(40)), agents=[agent("A", shift(breaks=[NOON]))])
    )

    assert {"A/mon": ["11:00 off", "11:10-11:50 V", "12:00-12:30 lunch", "12:30 end"]} == told(plan)


def test_with_an_open_end_the_day_lasts_until_the_break_is_over() -> None:
    """V is over at 11:50; lunch is due at 12:00 all the same."""
    agents = [agent("A", shift(end_house=None, breaks=[NOON]))]
    plan = planned(day(visit("V", 10, ("11:10", "11:50"), lasts=minutes(40)), agents=agents))

    assert {"A/mon": ["11:00 off", "11:10-11:50 V", "12:00-12:30 lunch", "12:30 end"]} == told(plan)


def test_a_break_is_due_on_every_day_that_is_worked() -> None:
    """V alone would be over at 9:16; lunch begins at eleven at the earliest, so V is done just before or after it.

    Off at 10:44, back at 11:00, lunch until 11:30: no day ends earlier.
    """
    plan = planned(day(visit("V", 3), agents=[agent("A", shift(breaks=[rest("11:00", "13:00")]))]))

    assert {"A/mon": ["10:44 off", "10:47-10:57 V", "11:00-11:30 lunch", "11:30 end"]} == told(plan)


def test_a_floating_break_is_taken_where_there_is_waiting_anyway() -> None:
    """Between V and W at the same door an hour is free, from 11:30. Lunch may begin from 11:00 to 13:00."""
    visits = [
        visit("V", 5, ("10:30", "11:30"), lasts=minutes(60)),
        visit("W", 5, ("12:30", "13:30"), lasts=minutes(60)),
    ]
    plan = planned(day(*visits, agents=[agent("A", shift(breaks=[rest("11:00", "13:00")]))]))

    assert {"A/mon": ["10:25 off", "10:30-11:30 V", "11:30-12:00 lunch", "12:30-13:30 W", "13:35 end"]} == told(plan)
    assert minutes(30) == plan.metrics.wait


def test_a_floating_break_moves_out_of_the_way_of_a_visit() -> None:
    """V holds 10:50 to 12:10 and W begins at 12:40: lunch, possible from 11:00 to 13:00, just fits between them."""
    visits = [
        visit("V", 5, ("10:50", "12:10"), lasts=minutes(80)),
        visit("W", 5, ("12:40", "13:40"), lasts=minutes(60)),
    ]
    plan = planned(day(*visits, agents=[agent("A", shift(breaks=[rest("11:00", "13:00")]))]))

    assert {"A/mon": ["10:45 off", "10:50-12:10 V", "12:10-12:40 lunch", "12:40-13:40 W", "13:45 end"]} == told(plan)


def test_the_latest_time_of_a_break_is_when_it_begins_not_when_it_ends() -> None:
    """V is over at 13:00, when lunch has to begin at the latest; it ends at 13:30."""
    visits = [visit("V", 5, ("10:00", "13:00"), lasts=minutes(180)), visit("W", 5, ("13:30", "13:40"))]
    plan = planned(day(*visits, agents=[agent("A", shift(breaks=[rest("11:00", "13:00")]))]))

    assert {"A/mon": ["9:55 off", "10:00-13:00 V", "13:00-13:30 lunch", "13:30-13:40 W", "13:45 end"]} == told(plan)


def test_a_visit_that_leaves_no_room_for_the_break_is_not_served() -> None:
    """V holds 10:00 to 13:10, and lunch has to begin by 13:00, or not before 11:00: the nearer is 10 minutes off."""
    agents = [agent("A", shift(breaks=[rest("11:00", "13:00")]))]
    plan = planned(day(visit("V", 5, ("10:00", "13:10"), lasts=minutes(190)), agents=agents))
    why = reason(plan, "V")

    assert {} == served(plan)
    assert ("break_conflict", minutes(10)) == (why.code, why.would_need)


def test_who_has_no_break_serves_what_another_cannot() -> None:
    """The same visit; B takes no lunch."""
    agents = [agent("A", shift(breaks=[rest("11:00", "13:00")])), agent("B")]
    plan = planned(day(visit("V", 5, ("10:00", "13:10"), lasts=minutes(190)), agents=agents))

    assert {"B/mon": ["V"]} == served(plan)


def test_a_break_takes_time_that_a_visit_then_lacks() -> None:
    """From 12:00 to 12:46 there is lunch (30) and V (16 minutes with the ways); in a shift of 45 a minute lacks."""
    breaks = [rest("12:00", "12:15")]
    enough = planned(day(visit("V", 3), agents=[agent("A", shift("12:00", "12:46", breaks=breaks))]))
    short = planned(day(visit("V", 3), agents=[agent("A", shift("12:00", "12:45", breaks=breaks))]))
    why = reason(short, "V")

    assert ({"A/mon": ["V"]}, {}) == (served(enough), served(short))
    assert ("shift_too_short", minutes(1)) == (why.code, why.would_need)


def test_several_breaks_are_taken_in_the_order_of_their_times() -> None:
    """Coffee at ten, lunch at twelve, tea at two; they are listed in another order."""
    coffee = rest("10:00", "10:00", name="coffee", lasts=minutes(10))
    tea = rest("14:00", "14:00", name="tea", lasts=minutes(15))
    visits = [visit("V", 5, ("9:30", "9:40")), visit("W", 5, ("14:30", "14:40"))]
    plan = planned(day(*visits, agents=[agent("A", shift(breaks=[tea, NOON, coffee]))]))

    assert {
        "A/mon": [
            "9:25 off",
            "9:30-9:40 V",
            "10:00-10:10 coffee",
            "12:00-12:30 lunch",
            "14:00-14:15 tea",
            "14:30-14:40 W",
            "14:45 end",
        ]
    } == told(plan)


def test_two_breaks_never_overlap() -> None:
    """Lunch and phone calls may both begin from 12:00 to 12:30 only: one after the other, and V after both."""
    calls = rest("12:00", "12:30", name="calls", lasts=minutes(15))
    lunch = rest("12:00", "12:15")
    plan = planned(
        day(visit("V", 5, ("12:00", "13:00")), agents=[agent("A", shift("12:00", "17:00", breaks=[calls, lunch]))])
    )

    assert minutes(45) == plan.itineraries[0].metrics.breaks
    assert {"A/mon": ["12:00 off", "12:00-12:30 lunch", "12:30-12:45 calls", "12:50-13:00 V", "13:05 end"]} == told(
        plan
    )


def test_set_up_stands_still_during_a_break() -> None:
    """V needs 10 minutes of set-up and begins at 12:35: there by 11:55, 5 minutes of it before lunch and 5 after."""
    plan = planned(day(visit("V", 5, ("12:35", "12:45"), setup=minutes(10)), agents=[agent("A", shift(breaks=[NOON]))]))
    (itinerary,) = plan.itineraries

    assert {"A/mon": ["11:50 off", "12:00-12:30 lunch", "12:35-12:45 V", "12:50 end"]} == told(plan)
    assert (minutes(10), minutes(0)) == (itinerary.metrics.setup, itinerary.metrics.wait)


def test_the_breaks_of_the_document_are_taken() -> None:
    """V holds 11:15 to 11:45 and W begins at 13:00: lunch of 25 minutes may begin from 11:50 to 12:30."""
    lunch = {"id": "lunch", "duration": "PT25M", "earliest": instant("11:50"), "latest": instant("12:30")}
    visits = [
        visit_json("V", 5, duration="PT30M", time_windows=[window_json("11:15", "11:45")]),
        visit_json("W", 5, duration="PT30M", time_windows=[window_json("13:00", "13:30")]),
    ]
    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(breaks=[lunch])])]))
    expected: Json = {"type": "break", "break_id": "lunch", "start": instant("11:50"), "finish": instant("12:15")}

    assert expected == found(plan, "itineraries", 0, "stops", 1)
    assert "PT25M" == found(plan, "itineraries", 0, "metrics", "breaks")


def test_a_break_of_the_document_may_be_as_late_as_it_says() -> None:
    """V holds 10:00 to 12:20, and lunch may begin from 11:50 to 12:30: it begins when V is over."""
    lunch = {"id": "lunch", "duration": "PT25M", "earliest": instant("11:50"), "latest": instant("12:30")}
    visits = [
        visit_json("V", 5, duration="PT2H20M", time_windows=[window_json("10:00", "12:20")]),
        visit_json("W", 5, time_windows=[window_json("12:45", "12:55")]),
    ]
    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(breaks=[lunch])])]))
    expected: Json = {"type": "break", "break_id": "lunch", "start": instant("12:20"), "finish": instant("12:45")}

    assert expected == found(plan, "itineraries", 0, "stops", 1)


def test_the_latest_start_of_a_break_of_the_document_is_kept() -> None:
    """V holds 10:00 to 12:31, and lunch has to begin by 12:30: a minute lacks."""
    lunch = {"id": "lunch", "duration": "PT25M", "earliest": instant("11:50"), "latest": instant("12:30")}
    visits = [visit_json("V", 5, duration="PT2H31M", time_windows=[window_json("10:00", "12:31")])]
    plan = plan_json(day_json(visits, [agent_json("A", [shift_json(breaks=[lunch])])]))

    assert ("break_conflict", "PT1M") == (
        found(plan, "unassigned", 0, "reasons", 0, "code"),
        found(plan, "unassigned", 0, "reasons", 0, "would_need"),
    )
