"""Itineraries that somebody else decided are timed, scored and checked; those of a plan come out as they were planned.

The street: V at house 3 until 9:12, W at house 5 for those with the skill kyc, X at house 1 half an hour after V,
Y at house 2 as the first stop, Z at house 2 where nobody may call, U at house 4 at 11:00 sharp.
"""

import pytest

from api.errors import RefusedError
from tests.features.json_answers import each, listed, measured, stop_of, stops
from tests.features.json_street import (
    Json,
    agent_json,
    day_json,
    found,
    instant,
    plan_json,
    shift_json,
    visit_json,
    window_json,
)

STREET_OF_RULES = day_json(
    [
        visit_json("V", 3, time_windows=[window_json("9:00", "9:12")]),
        visit_json("W", 5, skills={"kyc": 1}),
        visit_json("X", 1, after=[{"visit": "V", "min_gap": "PT30M"}]),
        visit_json("Y", 2, lock={"position": "first"}),
        visit_json("Z", 2, flags=["do_not_visit"]),
        visit_json("U", 4, lock={"start": instant("11:00")}),
    ],
    [agent_json("A"), agent_json("B", [shift_json("B/mon", end="9:20")])],
)


def route(*visits: str, shift: str = "A/mon", **starts: str) -> Json:
    return {
        "shift_id": shift,
        "visits": list(visits),
        "starts": {visit: instant(start) for visit, start in starts.items()},
    }


def violations(answer: Json) -> list[tuple[object, object, object]]:
    return [(one["code"], one["visit_id"], one["amount"]) for one in listed(answer, "violations")]


def full_day() -> Json:
    """Two agents, a break, options, links, locks, windows, set-up, pay, more visits than fit."""
    lunch = {"id": "lunch", "duration": "PT30M", "earliest": instant("11:00"), "latest": instant("12:30")}
    agents = [
        agent_json("A", [shift_json("A/mon", end="13:00", breaks=[lunch])], cost={"per_hour": 20, "per_km": 0.4}),
        agent_json("B", [shift_json("B/mon", end="10:30")], cost={"fixed": 3, "per_hour": 18}, skills={"kyc": 2}),
    ]
    visits = [
        visit_json("pinned", 4, lock={"start": instant("11:40")}),
        visit_json("early", 7, time_windows=[window_json("9:00", "9:40")], setup="PT3M"),
        visit_json("late", 7, time_windows=[window_json("12:00", "12:30")]),
        visit_json("home or work", 25, priority=90, options=[{"id": "work", "location": {"index": 2}}]),
        visit_json("skilled", 10, skills={"kyc": 2}),
        visit_json("before", 3, agents={"only": ["B"]}),
        visit_json("behind", 3, agents={"only": ["A"]}, after=[{"visit": "before", "min_gap": "PT1H"}]),
        visit_json("far", 29, priority=10, duration="PT2H", agents={"preferred": {"B": 7}}),
    ]
    return day_json(visits, agents, options={"solution_limit": 30})


def as_given(plan: Json, *, with_starts: bool) -> list[Json]:
    """The itineraries of a plan as somebody would send them in."""
    given: list[Json] = []
    for itinerary in listed(plan, "itineraries"):
        made = [stop for stop in listed(itinerary, "stops") if stop["type"] == "visit"]
        one: Json = {"shift_id": itinerary["shift_id"], "visits": [stop["visit_id"] for stop in made]}
        if with_starts:
            one["starts"] = {str(stop["visit_id"]): stop["start"] for stop in made}
        given.append(one)
    return given


@pytest.mark.parametrize("with_starts", [False, True])
def test_itineraries_of_a_plan_come_out_exactly_as_they_were_planned(with_starts: bool) -> None:
    document = full_day()
    plan = plan_json(document)

    answer = measured(document, *as_given(plan, with_starts=with_starts))

    assert [] == answer["violations"]
    assert plan["itineraries"] == answer["itineraries"]
    assert plan["score"] == answer["score"]
    assert plan["metrics"] == answer["metrics"]
    assert (["far"], "work", 2) == (
        each(plan, "unassigned", of="visit_id"),
        stop_of(plan, "home or work")["option"],
        len(listed(plan, "itineraries")),
    ), "a day on which little happens would prove little"


def test_what_is_not_in_the_itineraries_is_unassigned() -> None:
    answer = measured(STREET_OF_RULES, route("Y"))

    assert ["V", "W", "X", "Z", "U"] == each(answer, "unassigned", of="visit_id")
    assert ("done", 1, 50) == (answer["status"], found(answer, "metrics", "planned"), found(answer, "score", "value"))


def test_without_starts_the_times_follow_from_the_order() -> None:
    """V is held to 9:03 by its window, over at 9:13, and two minutes lead on to W."""
    document = day_json([visit_json("V", 3, time_windows=[window_json("9:03", "9:13")]), visit_json("W", 5)])

    answer = measured(document, route("V", "W"))

    assert (instant("9:03"), instant("9:15")) == (stop_of(answer, "V")["start"], stop_of(answer, "W")["start"])


def test_starts_are_kept_where_they_are_given() -> None:
    answer = measured(STREET_OF_RULES, route("Y", "U", Y="10:07"))

    assert (instant("10:05"), instant("10:07"), instant("11:00")) == (
        found(answer, "itineraries", 0, "start"),
        stop_of(answer, "Y")["start"],
        stop_of(answer, "U")["start"],
    )
    assert [] == answer["violations"]


@pytest.mark.parametrize(
    ("itinerary", "broken"),
    [
        # 9:03 + 10 = 9:13, a minute after the window.
        (route("V"), [("time_window", "V", 60)]),
        # A has no kyc.
        (route("W"), [("skill_missing", "W", 1)]),
        # V is in nobody's itinerary.
        (route("X"), [("predecessor_unassigned", "X", 1)]),
        # Y comes second, one place too late.
        (route("U", "Y"), [("position", "Y", 1)]),
        # Nobody calls there; the visit is skipped.
        (route("Z"), [("do_not_visit", "Z", 1)]),
        # A minute after the instant it is locked to.
        (route("U", U="11:01"), [("time_window", "U", 60)]),
        # House 2 at 9:01 is a minute of way too early.
        (route("Y", Y="9:01"), [("travel_time", "Y", 60)]),
        # 9:12 + 2 = 9:14 at U, which begins at 11:00: 11:10 + 4 = 11:14 for a shift until 9:20, 114 minutes.
        (route("Y", "U", shift="B/mon"), [("shift_too_short", None, 114 * 60)]),
        # V is over at 9:13; X may begin at 9:43 and begins 23 minutes earlier.
        (route("V", "X", X="9:20"), [("min_gap", "X", 23 * 60), ("time_window", "V", 60)]),
        # V comes after X, who cannot wait for it: 9:01 + 10 + 2 = 9:13 at V, over at 9:23 instead of 9:12, and X would
        # have to begin half an hour after that, 52 minutes later.
        (route("X", "V"), [("min_gap", "X", 52 * 60), ("time_window", "V", 11 * 60)]),
        # The way from U to Y takes two minutes; and Y has to be the first.
        (route("U", "Y", U="11:00", Y="11:11"), [("position", "Y", 1), ("travel_time", "Y", 60)]),
        # Twice to the same door; the second time it is not the first stop.
        (route("Y", "Y"), [("position", "Y", 1), ("served_twice", "Y", 1)]),
    ],
)
def test_broken_itineraries_are_told_with_the_rule_and_the_amount(
    itinerary: Json, broken: list[tuple[object, object, object]]
) -> None:
    answer = measured(STREET_OF_RULES, itinerary)

    assert broken == sorted(violations(answer), key=lambda one: str(one[0]))
    assert len(broken) == found(answer, "checks", "violations")


def test_a_visit_made_by_two_agents_is_made_once_too_often() -> None:
    answer = measured(STREET_OF_RULES, route("Y"), route("Y", shift="B/mon"))

    assert [("served_twice", "Y", 1)] == violations(answer)


def test_a_way_that_does_not_exist_is_told() -> None:
    document = day_json(
        [visit_json("V", 1)],
        travel={"source": "matrix", "matrices": [{"seconds": [[0, None], [60, 0]], "metres": [[0, None], [100, 0]]}]},
    )

    assert ("unreachable", "V", 1) in violations(measured(document, route("V")))


def test_every_violation_has_a_sentence_and_says_whose_it_is() -> None:
    (violation,) = listed(measured(STREET_OF_RULES, route("V")), "violations")

    assert "1 min" in str(violation["detail"])
    assert "A/mon" == violation["shift_id"]


@pytest.mark.parametrize("named", [{"V": "work"}, {}])
def test_the_option_is_the_one_named_or_the_one_that_suits(named: Json) -> None:
    """At home, house 20, or at the cabin, house 25, nobody would be back by 9:30."""
    options = [{"id": "cabin", "location": {"index": 25}}, {"id": "work", "location": {"index": 2}}]
    document = day_json([visit_json("V", 20, options=options)], [agent_json("A", [shift_json(end="9:30")])])

    answer = measured(document, {"shift_id": "A/mon", "visits": ["V"], "options": named})

    assert ("work", "PT2M", []) == (
        stop_of(answer, "V")["option"],
        stop_of(answer, "V")["travel"],
        answer["violations"],
    )


def test_an_option_that_is_named_is_kept_though_another_would_do_better() -> None:
    """25 + 10 + 25 = 60 minutes, thirty more than the shift has."""
    visit = visit_json("V", 2, options=[{"id": "cabin", "location": {"index": 25}}])
    document = day_json([visit], [agent_json("A", [shift_json(end="9:30")])])

    answer = measured(document, {"shift_id": "A/mon", "visits": ["V"], "options": {"V": "cabin"}})

    assert "cabin" == stop_of(answer, "V")["option"]
    assert [("shift_too_short", None, 30 * 60)] == violations(answer)


def test_a_null_option_is_the_visits_own_place_though_another_would_do_better() -> None:
    """25 + 10 + 25 = 60 minutes at home, thirty more than the shift has; the cabin is two minutes away."""
    visit = visit_json("V", 25, options=[{"id": "cabin", "location": {"index": 2}}])
    document = day_json([visit], [agent_json("A", [shift_json(end="9:30")])])

    answer = measured(document, {"shift_id": "A/mon", "visits": ["V"], "options": {"V": None}})

    assert stop_of(answer, "V")["option"] is None
    assert violations(answer) == [("shift_too_short", None, 30 * 60)]


def test_no_itineraries_are_a_day_on_which_nobody_goes_out() -> None:
    answer = measured(STREET_OF_RULES)

    assert ([], [], 0) == (answer["itineraries"], answer["violations"], found(answer, "score", "value"))
    assert 2 == found(answer, "score", "required_missed"), "Y and U are locked, and so required"


def test_itineraries_that_speak_of_what_is_not_there_are_refused_with_all_faults() -> None:
    with pytest.raises(RefusedError) as refused:
        measured(STREET_OF_RULES, route("V", "V-9"), route("W", shift="C/mon"))

    assert {
        ("unknown_visit", ("itineraries", 0, "visits", 1)),
        ("unknown_shift", ("itineraries", 1, "shift_id")),
    } == {(fault.code, fault.path) for fault in refused.value.faults}


def test_the_stops_are_those_given_in_their_order() -> None:
    document = day_json([visit_json("V", 3), visit_json("W", 5), visit_json("X", 1)])

    assert ["W", "X", "V"] == stops(measured(document, route("W", "X", "V")))
