"""A visit that is left out says of each agent what keeps them from it, how much is lacking, and what would get it in.

The amounts are the least that lacks over all the ways to put the visit into the agent's shifts as they are planned.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from service.day.agent import Agent, Limits, Shift
from service.day.request import DayRequest
from service.day.visit import Visit
from service.day.window import TimeWindow
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


def test_every_agent_has_a_reason_of_their_own_and_the_easiest_comes_first() -> None:
    """V at house 6 needs 22 minutes, 12 of them driving, and kyc 2.

    A works 20 minutes: 2 lack. B may drive 5: 7 lack. C knows kyc 1: one level lacks. D does not know it.
    """
    agents = [
        agent("D"),
        agent("C", skills={"kyc": 1}),
        agent("B", shift(name="B/mon", limits=Limits(driving=minutes(5))), skills={"kyc": 2}),
        agent("A", shift("9:00", "9:20"), skills={"kyc": 2}),
    ]
    unassigned = left_out(planned(day(visit("V", 6, skills={"kyc": 2}), agents=agents)), "V")

    assert [
        ("shift_too_short", "A", minutes(2), None),
        ("max_driving", "B", minutes(7), None),
        ("skill_level", "C", None, 1),
        ("skill_missing", "D", None, None),
    ] == [(each.code, each.agent_id, each.would_need, each.lacking) for each in unassigned.reasons]
    assert unassigned.remedy == "Lengthen the shift A/mon or its overtime by 2 min, or add an agent."
    assert unassigned.best_insertion is None


def test_the_sentence_names_agent_shift_and_amount() -> None:
    """22 minutes in a shift of 20."""
    why = reason(planned(day(visit("V", 6), agents=[agent("A", shift("9:00", "9:20"))])), "V")

    assert "A would need 2 min more working time in the shift A/mon." == why.detail
    assert "A/mon" == why.shift_id


@pytest.mark.parametrize(("end", "lacking"), [("9:12", 4), ("9:08", 8)])
def test_also_of_a_shift_shorter_than_the_service_is_said_how_much_it_lacks(end: str, lacking: float) -> None:
    """V at house 3 makes a day of 16 minutes, 10 of them service; the shift has 12 of them, or 8."""
    why = left_out(planned(day(visit("V", 3), agents=[agent("A", shift("9:00", end))])), "V").reasons[0]

    assert ("shift_too_short", "A", minutes(lacking)) == (why.code, why.agent_id, why.would_need)


def test_of_an_agents_shifts_the_one_that_lacks_least_is_told() -> None:
    """In the morning 20 of 22 minutes are there, in the afternoon 21."""
    shifts = [shift("9:00", "9:20", name="A/morning"), shift("13:00", "13:21", name="A/afternoon")]
    unassigned = left_out(planned(day(visit("V", 6), agents=[agent("A", *shifts)])), "V")

    assert [("A/afternoon", minutes(1))] == [(each.shift_id, each.would_need) for each in unassigned.reasons]


def test_of_agents_who_lack_the_same_the_one_who_lacks_least_comes_first() -> None:
    """A lacks 2 minutes, B one, C three."""
    agents = [
        agent("A", shift("9:00", "9:20", name="A/mon")),
        agent("B", shift("9:00", "9:21", name="B/mon")),
        agent("C", shift("9:00", "9:19", name="C/mon")),
    ]
    unassigned = left_out(planned(day(visit("V", 6), agents=agents)), "V")

    assert [("B", minutes(1)), ("A", minutes(2)), ("C", minutes(3))] == [
        (each.agent_id, each.would_need) for each in unassigned.reasons
    ]


def test_nobody_reads_more_than_five_reasons() -> None:
    """Seven agents, each with a shift too short."""
    agents = [agent(name, shift("9:00", f"9:{10 + n}", name=name)) for n, name in enumerate("ABCDEFG")]
    unassigned = left_out(planned(day(visit("V", 6), agents=agents)), "V")

    assert ["G", "F", "E", "D", "C"] == [each.agent_id for each in unassigned.reasons]


def test_the_amount_is_what_lacks_in_the_day_as_it_is_planned() -> None:
    """U holds the agent from 9:00 to 9:16 in a shift of 20 minutes. W at the same door takes 10 more: 6 lack."""
    visits = [visit("U", 3, priority=60), visit("W", 3)]
    plan = planned(day(*visits, agents=[agent("A", shift("9:00", "9:20"))]))
    unassigned = left_out(plan, "W")

    assert {"A/mon": ["U"]} == served(plan)
    assert [("lost_to_higher_value", None, None), ("shift_too_short", "A", minutes(6))] == [
        (each.code, each.agent_id, each.would_need) for each in unassigned.reasons
    ]


def test_who_lost_to_better_visits_is_told_both_ways_in() -> None:
    """W fits alone, but U is worth more: be worth more, or have more room."""
    visits = [visit("U", 3, priority=60), visit("W", 3)]
    unassigned = left_out(planned(day(*visits, agents=[agent("A", shift("9:00", "9:20"))])), "W")

    assert (
        "Raise its priority or value, or mark it required. "
        "Or make room: lengthen the shift A/mon or its overtime by 6 min, or add an agent."
    ) == unassigned.remedy


FULL = visit("U", 3, priority=60)
"""Served in any case: 16 minutes with the ways, and ten more for a second visit at the same door."""
LUNCH = rest("11:00", "13:00")


def _with_shift(request: DayRequest, ease: Callable[[Shift], Shift]) -> DayRequest:
    (who,) = request.agents
    return replace(request, agents=(replace(who, shifts=(ease(who.shifts[0]),)),))


def _longer(request: DayRequest, by: timedelta) -> DayRequest:
    return _with_shift(request, lambda shift: replace(shift, overtime=by))


def _wider(request: DayRequest, by: timedelta) -> DayRequest:
    *others, last = request.visits
    spans = [TimeWindow(window.start - by, window.end + by) for window in last.time_windows or ()]
    return replace(request, visits=(*others, replace(last, time_windows=tuple(spans))))


def _later_breaks(request: DayRequest, by: timedelta) -> DayRequest:
    return _with_shift(
        request,
        lambda shift: replace(shift, breaks=tuple(replace(each, latest=each.latest + by) for each in shift.breaks)),
    )


def _longer_days(request: DayRequest, by: timedelta) -> DayRequest:
    limits = request.agents[0].shifts[0].limits
    raised = replace(limits, duration=(limits.duration or minutes(0)) + by)
    return _with_shift(request, lambda shift: replace(shift, limits=raised))


def _more_driving(request: DayRequest, by: timedelta) -> DayRequest:
    limits = request.agents[0].shifts[0].limits
    raised = replace(limits, driving=(limits.driving or minutes(0)) + by)
    return _with_shift(request, lambda shift: replace(shift, limits=raised))


@pytest.mark.parametrize(
    ("request_", "code", "ease"),
    [
        pytest.param(
            day(FULL, visit("V", 3), agents=[agent("A", shift("9:00", "9:20"))]), "shift_too_short", _longer, id="shift"
        ),
        pytest.param(
            day(visit("V", 5, ("10:00", "13:10"), lasts=minutes(190)), agents=[agent("A", shift(breaks=[LUNCH]))]),
            "break_conflict",
            _later_breaks,
            id="break",
        ),
        pytest.param(day(FULL, visit("V", 20, ("9:00", "9:25"))), "time_window", _wider, id="window passed"),
        pytest.param(day(FULL, visit("V", 4, ("18:00", "19:00"))), "time_window", _wider, id="window after work"),
        pytest.param(day(FULL, visit("V", 4, ("16:55", "19:00"))), "shift_too_short", _longer, id="window at the end"),
        pytest.param(day(FULL, visit("V", 2, lasts=minutes(500))), "shift_too_short", _longer, id="longer than work"),
        pytest.param(
            day(FULL, visit("V", 3), agents=[agent("A", shift(limits=Limits(duration=minutes(20))))]),
            "max_duration",
            _longer_days,
            id="duration",
        ),
        pytest.param(
            day(FULL, visit("V", 9), agents=[agent("A", shift(limits=Limits(driving=minutes(13))))]),
            "max_driving",
            _more_driving,
            id="driving",
        ),
    ],
)
def test_the_remedy_works(request_: DayRequest, code: str, ease: Callable[[DayRequest, timedelta], DayRequest]) -> None:
    """With the time that lacks the visit is in the plan, with a second less it is not."""
    lacking = reason(planned(request_), "V")
    enough = lacking.would_need or minutes(0)
    nearly = enough - timedelta(seconds=1)

    assert code == lacking.code
    assert ([], ["V"]) == tuple(_missing(ease(request_, by)) for by in (enough, nearly))


def _missing(request: DayRequest) -> list[str]:
    return [each.visit_id for each in planned(request).unassigned]


def test_a_window_after_work_lacks_no_more_than_there_is_between_the_shift_and_the_way_back() -> None:
    """V at house 5 from 18:00 on would be over at 18:10, and the agent back at 18:15 instead of 17:00."""
    plan = planned(day(visit("V", 5, ("18:00", "19:00")), agents=[agent("A"), agent("B", skills={"kyc": 1})]))

    assert [("time_window", "A", minutes(75)), ("time_window", "B", minutes(75))] == [
        (each.code, each.agent_id, each.would_need) for each in left_out(plan, "V").reasons
    ]


def test_a_window_that_the_shift_ends_in_lacks_working_time() -> None:
    """13 minutes from 16:55 on are over at 17:08, at house 0: eight minutes after the shift."""
    why = reason(planned(day(visit("V", 0, ("16:55", "19:00"), lasts=minutes(13)))), "V")

    assert ("shift_too_short", minutes(8)) == (why.code, why.would_need)


def test_a_visit_that_no_agent_may_serve_says_so_before_it_names_them() -> None:
    """A is forbidden, B too few."""
    agents = [agent("A"), agent("B")]
    unassigned = left_out(planned(day(visit("V", 3, party_size=2, forbidden=["A"]), agents=agents)), "V")

    assert [("no_agent", None), ("party_size", "B"), ("agent_not_allowed", "A")] == [
        (each.code, each.agent_id) for each in unassigned.reasons
    ]


WINDOW_PASSED = visit("V", 20, ("9:00", "9:25"))
"""20 minutes of way and 10 of service end at 9:30, 5 minutes after the window."""


@pytest.mark.parametrize(
    ("wanted", "who", "code", "would_need", "lacking"),
    [
        pytest.param(visit("V", 6), agent("A", shift("9:00", "9:20")), "shift_too_short", 2, None, id="22 min of 20"),
        pytest.param(WINDOW_PASSED, agent(), "time_window", 5, None, id="9:30 instead of 9:25"),
        pytest.param(visit("V", load={"kg": 9}), agent(capacity={"kg": 4}), "capacity", None, 5, id="9 kg of 4"),
        pytest.param(visit("V"), agent("A", shift(limits=Limits(visits=0))), "max_visits", None, 1, id="1 visit of 0"),
        pytest.param(
            visit("V", 6),
            agent("A", shift(limits=Limits(driving=minutes(5)))),
            "max_driving",
            7,
            None,
            id="12 min of 5",
        ),
        pytest.param(
            visit("V", 6), agent("A", shift(limits=Limits(distance_m=1))), "max_distance", None, 1199, id="1200 m of 1"
        ),
        pytest.param(
            visit("V", 6), agent("A", shift(limits=Limits(duration=minutes(9)))), "max_duration", 13, None, id="22 of 9"
        ),
        pytest.param(
            visit("V", skills={"kyc": 5}), agent(skills={"kyc": 2}), "skill_level", None, 3, id="level 2 of 5"
        ),
        pytest.param(visit("V", skills={"kyc": 5}), agent(), "skill_missing", None, None, id="no skill"),
        pytest.param(visit("V", party_size=4), agent(party_size=1), "party_size", None, 3, id="1 person of 4"),
        pytest.param(visit("V", forbidden=["A"]), agent(), "agent_not_allowed", None, None, id="forbidden"),
    ],
)
def test_each_obstacle_has_its_code_and_its_amount(
    wanted: Visit, who: Agent, code: str, would_need: float | None, lacking: int | None
) -> None:
    """Time in ``would_need``, everything else in ``lacking``."""
    why = reason(planned(day(wanted, agents=[who])), "V")

    assert (code, None if would_need is None else minutes(would_need), lacking) == (
        why.code,
        why.would_need,
        why.lacking,
    )


def test_a_break_in_the_way_is_the_reason() -> None:
    """V holds 11:30 to 12:30, lunch is at twelve: over half an hour before, or half an hour later, it would do."""
    agents = [agent("A", shift(breaks=[rest("12:00", "12:00")]))]
    why = reason(planned(day(visit("V", 3, ("11:30", "12:30"), lasts=minutes(60)), agents=agents)), "V")

    assert "break_conflict" == why.code
    assert "A could not take a break on time in the shift A/mon." == why.detail


def test_reasons_and_remedy_stand_in_the_document() -> None:
    """22 minutes: A works 20, B may drive 5 of 12 and C may not come."""
    agents = [
        agent_json("A", [shift_json("A/mon", end="9:20")]),
        agent_json("B", [shift_json("B/mon", limits={"driving": "PT5M"})]),
        agent_json("C"),
    ]
    plan = plan_json(day_json([visit_json("V", 6, agents={"forbidden": ["C"]})], agents))

    assert [
        {
            "code": "shift_too_short",
            "agent_id": "A",
            "shift_id": "A/mon",
            "detail": "A would need 2 min more working time in the shift A/mon.",
            "would_need": "PT2M",
            "lacking": None,
        },
        {
            "code": "max_driving",
            "agent_id": "B",
            "shift_id": "B/mon",
            "detail": "B would drive 7 min longer than the limit of the shift B/mon.",
            "would_need": "PT7M",
            "lacking": None,
        },
        {
            "code": "agent_not_allowed",
            "agent_id": "C",
            "shift_id": "C/mon",
            "detail": "C may not serve this visit, by the visit's own rules or its lock.",
            "would_need": None,
            "lacking": None,
        },
    ] == found(plan, "unassigned", 0, "reasons")
    assert "Lengthen the shift A/mon or its overtime by 2 min, or add an agent." == found(
        plan, "unassigned", 0, "remedy"
    )
    assert found(plan, "unassigned", 0, "best_insertion") is None
