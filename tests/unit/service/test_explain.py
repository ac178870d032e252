"""Why a visit is not in the plan, agent by agent, and the one thing that would get it in."""

from dataclasses import replace

import pytest

from service.codebook import Compiled
from service.day.agent import Limits, Pay
from service.day.place import Place
from service.day.plan import Unassigned
from service.day.request import DayRequest, GivenItinerary, GivenMatrix, Objective, Travel
from service.day.visit import After, Lock
from service.explain import BY_CHECK, EASE, HANDFUL, explain
from service.given_plan import follow_given
from service.hours.packs import Packs
from service.preparation import prepare
from service.reason_words import NOT_ASKED, NOT_LOOKED_AT, WORDS, ReasonCode, told
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from service.violations import BROKEN
from service.zones import Zones
from solver.checker import Code
from solver.reasons import unserved
from tests.worlds import agent, at, day, given, minutes, rest, shift, visit

CONTRACT = """
    no_agent skill_missing skill_level agent_not_allowed party_size territory time_window permitted_hours visits_barred
    policy_needed contact_cap do_not_visit shift_too_short capacity max_visits max_driving max_distance max_duration
    predecessor_unassigned frozen_plan break_conflict unreachable location_missing not_worth_cost lost_to_higher_value
    search_limit
"""
NEVER_LACKING = {
    Code.UNKNOWN, Code.EMPTY_ROUTE, Code.ORDER, Code.SHIFT_TWICE, Code.SERVED_TWICE, Code.LATEST_START, Code.SCORE
}  # fmt: skip
"""What an insertion cannot lack: these speak of plans that are written wrongly."""


def explained(request: DayRequest, *itineraries: GivenItinerary) -> dict[str, Unassigned]:
    """Reasons for what the given itineraries leave out."""
    compiled = _compiled(request)
    solution = follow_given(compiled, itineraries).solution
    told_why = explain(compiled, solution, unserved(compiled.problem, solution), Zones.of(request), {})
    return {left.visit_id: left for left in told_why}


def reasons(request: DayRequest, *itineraries: GivenItinerary, of: str = "V") -> list[tuple[str, str | None]]:
    return [(reason.code, reason.agent_id) for reason in explained(request, *itineraries)[of].reasons]


def _compiled(request: DayRequest) -> Compiled:
    return prepare(request, Sources(Roads(Estimate()), Packs.of())).compiled


def test_every_code_of_the_contract_has_a_sentence_and_a_remedy() -> None:
    assert set(CONTRACT.split()) == {str(code) for code in ReasonCode} == {str(code) for code in WORDS}
    assert all(words.detail.endswith(".") and words.remedy.endswith(".") for words in WORDS.values())


def test_everything_an_insertion_can_lack_has_a_code_of_the_contract() -> None:
    lacking = {str(code) for code in set(Code) - NEVER_LACKING} | {"not_worth_cost", "search_limit"}

    assert lacking == set(BY_CHECK)
    assert set(BY_CHECK.values()) <= set(EASE)


def test_every_rule_of_the_checker_has_a_sentence() -> None:
    assert set(Code) == set(BROKEN)


def test_amounts_are_told_as_people_say_them() -> None:
    spoken = [told(3900, "s"), told(3905, "s"), told(90, "s"), told(5, "s"), told(1, "visits"), told(2, "people")]

    assert ["1 h 05 min", "1 h 05 min 05 s", "1 min 30 s", "5 s", "1 visit", "2 people"] == spoken


ONE_REASON = {
    "skill_missing": day(visit("V", skills={"kyc": 1})),
    "skill_level": day(visit("V", skills={"kyc": 2}), agents=[agent(skills={"kyc": 1})]),
    "agent_not_allowed": day(visit("V", forbidden=["A"])),
    "party_size": day(visit("V", party_size=2)),
    "max_driving": day(visit("V", 5), agents=[agent("A", shift(limits=Limits(driving=minutes(9))))]),
    "max_distance": day(visit("V", 5), agents=[agent("A", shift(limits=Limits(distance_m=900)))]),
    "max_duration": day(visit("V", 5), agents=[agent("A", shift(limits=Limits(duration=minutes(9))))]),
    "max_visits": day(visit("V"), agents=[agent("A", shift(limits=Limits(visits=0)))]),
    "capacity": day(visit("V", load={"boxes": 2}), agents=[agent(capacity={"boxes": 1})]),
    "shift_too_short": day(visit("V"), agents=[agent("A", shift("9:00", "9:11"))]),
    "time_window": day(visit("V", 5, ("9:00", "9:12"))),
    "break_conflict": day(visit("V", 1, ("9:05", "9:16")), agents=[agent("A", shift(breaks=[rest("9:06", "9:07")]))]),
    "unreachable": day(
        visit("V", 1), travel=Travel("matrix", {"car": GivenMatrix([[0, None], [None, 0]], [[0, 0], [0, 0]])})
    ),
    "not_worth_cost": day(visit("V", value=1), agents=[agent(pay=Pay(fixed=9))], objective=Objective("profit")),
    "search_limit": day(visit("V")),
}


@pytest.mark.parametrize(("code", "request_"), ONE_REASON.items(), ids=ONE_REASON)
def test_the_reason_is_told_with_the_agent_it_is_about(code: str, request_: DayRequest) -> None:
    assert [(code, "A")] == reasons(request_)


REMEDY = {
    "skill_missing": "Add an agent with the skills this visit asks for, or take kyc off the visit.",
    "skill_level": "Add an agent whose kyc is 1 level higher, or ask for as much less.",
    "agent_not_allowed": (
        "Change agents.only, agents.forbidden or lock.agent of the visit, or add an agent they allow."
    ),
    "party_size": "Add 1 person to the crew of A, or lower party_size of the visit by as many.",
    "max_driving": "Raise limits.driving of the shift A/mon by 1 min, or add an agent who starts nearer.",
    "max_distance": "Raise limits.distance_m of the shift A/mon by 100 m, or add an agent who starts nearer.",
    "max_duration": "Raise limits.duration of the shift A/mon by 11 min, or add an agent.",
    "max_visits": "Raise limits.visits of the shift A/mon by 1 visit, or add an agent.",
    "capacity": "Raise the capacity of A by 1 unit, or add an agent.",
    "shift_too_short": "Lengthen the shift A/mon or its overtime by 1 min, or add an agent.",
    "time_window": "Widen the time windows of the visit by 3 min, or move the shift A/mon towards them.",
    "break_conflict": "Let the breaks of the shift A/mon begin 8 min later: raise their latest, or add an agent.",
    "unreachable": "Check the place, or add an agent who can get there.",
    "not_worth_cost": "Raise its value, mark it required, or plan by value first.",
    "search_limit": "Allow more time in options.time_limit.",
}


@pytest.mark.parametrize(("code", "request_"), ONE_REASON.items(), ids=ONE_REASON)
def test_the_remedy_names_whom_it_is_about_and_how_much_is_needed(code: str, request_: DayRequest) -> None:
    assert REMEDY[code] == explained(request_)["V"].remedy


def test_a_remedy_speaks_of_whole_minutes_that_are_enough() -> None:
    """Eleven and a half minutes of twelve."""
    left = explained(day(visit("V"), agents=[agent("A", shift("9:00", "9:11:30"))]))["V"]

    assert "A would need 30 s more working time in the shift A/mon." == left.reasons[0].detail
    assert "Lengthen the shift A/mon or its overtime by 1 min, or add an agent." == left.remedy


def test_a_visit_that_would_make_another_one_late_says_which_and_what_that_one_needs() -> None:
    """V before W makes that one ten minutes late, V after W is thirteen minutes late itself."""
    request = day(visit("V", 3, ("9:00", "9:20")), visit("W", 8, ("9:08", "9:18"), priority=90))

    left = explained(request, given("A/mon", "W"))["V"]

    assert ("time_window", "A would then come 10 min too late to W.", minutes(10)) == (
        left.reasons[1].code, left.reasons[1].detail, left.reasons[1].would_need
    )  # fmt: skip
    assert left.remedy.endswith("Or make room: widen the time windows of W by 10 min, or add an agent.")


def test_of_several_rules_in_the_way_no_amount_is_promised_to_be_enough() -> None:
    """A day of 20 minutes in a shift of ten, and it may last eleven."""
    request = day(visit("V", 5), agents=[agent("A", shift("9:00", "9:10", limits=Limits(duration=minutes(11))))])

    left = explained(request)["V"]

    assert ["A would need 10 min more working time in the shift A/mon. That is not all that is in the way."] == [
        reason.detail for reason in left.reasons
    ]
    assert "Lengthen the shift or its overtime by the time lacking, or add an agent." == left.remedy


def test_who_lacks_enough_of_one_rule_comes_before_who_lacks_of_several() -> None:
    """A lacks a minute of shift and two of duration, B two minutes of break."""
    lunch = rest("9:00", "9:11")
    agents = [
        agent("A", shift("9:00", "9:19", limits=Limits(duration=minutes(18)))),
        agent("B", shift("9:00", "10:00", name="B/mon", breaks=[lunch])),
    ]

    assert [("break_conflict", "B"), ("max_duration", "A")] == reasons(
        day(visit("V", 5, ("9:03", "9:16")), agents=agents)
    )


NAMED = [name for name in WORDS if "{" in WORDS[name].remedy]


@pytest.mark.parametrize("code", NAMED)
def test_every_remedy_that_names_something_has_one_for_where_it_is_not_known(code: ReasonCode) -> None:
    bare = WORDS[code].bare_remedy

    assert bare is not None
    assert "{" not in bare
    assert bare.endswith(".")


ALONE = {
    "do_not_visit": day(visit("V", flags=["do_not_visit"])),
    "location_missing": day(visit("V", place=Place(address="Somewhere 1"))),
    "time_window": day(visit("V", 1, ("12:00", "12:09"))),
    "predecessor_unassigned": day(visit("V", after=[After("W")]), visit("W", flags=["do_not_visit"])),
}


@pytest.mark.parametrize(("code", "request_"), ALONE.items(), ids=ALONE)
def test_what_keeps_everybody_away_is_told_without_an_agent(code: str, request_: DayRequest) -> None:
    assert [(code, None)] == reasons(request_)


def test_time_that_lacks_is_told_and_put_into_the_sentence() -> None:
    """One minute there, ten at the door, one back: twelve, where the shift has ten and a half."""
    (reason,) = explained(day(visit("V"), agents=[agent("A", shift("9:00", "9:10:30"))]))["V"].reasons

    assert (minutes(1.5), None) == (reason.would_need, reason.lacking)
    assert "A would need 1 min 30 s more working time in the shift A/mon." == reason.detail


def test_counts_that_lack_are_told_as_such() -> None:
    (reason,) = explained(ONE_REASON["capacity"])["V"].reasons

    assert (None, 1) == (reason.would_need, reason.lacking)
    assert "A would carry 1 unit too many in the shift A/mon." == reason.detail


def test_a_visit_without_room_beside_the_others_lost_to_their_value() -> None:
    """Twelve minutes of work for V, eighteen left of thirty after W at the end of the street."""
    request = day(visit("V", 1), visit("W", 8, priority=90), agents=[agent("A", shift("9:00", "9:30"))])

    left = explained(request, given("A/mon", "W"))["V"]

    assert [("lost_to_higher_value", None), ("shift_too_short", "A")] == [
        (one.code, one.agent_id) for one in left.reasons
    ]
    assert (minutes(6), "A would need 6 min more working time in the shift A/mon.") == (
        left.reasons[1].would_need, left.reasons[1].detail
    )  # fmt: skip


def test_agents_come_in_the_order_of_how_easily_each_could_be_helped() -> None:
    short, shorter = shift("9:00", "9:18", name="B/mon"), shift("9:00", "9:12", name="C/mon")
    agents = [agent("A"), agent("C", shorter, skills={"kyc": 1}), agent("B", short, skills={"kyc": 1})]

    assert ["B", "C", "A"] == [who for _, who in reasons(day(visit("V", 5, skills={"kyc": 1}), agents=agents))]


def test_of_an_agents_shifts_the_easiest_is_told() -> None:
    request = day(
        visit("V", 5), agents=[agent("A", shift("9:00", "9:10", name="1"), shift("12:00", "12:18", name="2"))]
    )

    (reason,) = explained(request)["V"].reasons

    assert ("2", minutes(2)) == (reason.shift_id, reason.would_need)


def test_nobody_reads_more_than_a_handful() -> None:
    agents = [agent(f"{n}", shift("9:00", "9:15", name=f"s{n}")) for n in range(9)]

    assert HANDFUL == len(explained(day(visit("V", 9), agents=agents))["V"].reasons)


def test_agents_kept_away_by_different_rules_are_summed_up() -> None:
    request = day(visit("V", skills={"kyc": 1}, forbidden=["B"]), agents=[agent("A"), agent("B", skills={"kyc": 1})])

    assert [("no_agent", None), ("skill_missing", "A"), ("agent_not_allowed", "B")] == reasons(request)


def test_a_missing_predecessor_is_named() -> None:
    request = day(visit("V", after=[After("W")]), visit("W"))

    (reason,) = explained(request)["V"].reasons

    assert "predecessor_unassigned" == reason.code
    assert "W" in reason.detail


def test_a_place_pinned_by_another_visit_is_told_as_such() -> None:
    request = day(visit("V", lock=Lock(position="first")), visit("W", lock=Lock(position="first")), agents=[agent()])

    assert ("frozen_plan", "A") in reasons(request, given("A/mon", "W"))


def test_the_best_insertion_says_where_when_and_for_how_much() -> None:
    """Four more minutes of driving and ten of work, at 60 an hour."""
    request = day(
        visit("V", 3, ("9:00", "9:13"), value=7), visit("W", 1, ("9:17", "9:27")), agents=[agent(pay=Pay(per_hour=60))]
    )

    best = explained(request, given("A/mon", "W"))["V"].best_insertion

    assert best is not None
    assert ("A", "A/mon", 0, at("9:03"), 7, 16) == (
        best.agent_id, best.shift_id, best.position, best.start, best.value, best.cost
    )  # fmt: skip


@pytest.mark.parametrize(("asked", "remedy"), [(False, NOT_ASKED), (True, NOT_LOOKED_AT)])
def test_reasons_that_nobody_asked_for_or_looked_for_are_not_made_up(asked: bool, remedy: str) -> None:
    request = day(visit("V"))
    compiled = _compiled(replace(request, options=replace(request.options, explain=asked)))
    solution = follow_given(compiled, []).solution

    assert (Unassigned("V", (), remedy),) == explain(compiled, solution, (), Zones.of(day()), {})


def test_visits_come_in_the_order_of_the_request() -> None:
    request = day(visit("Z", flags=["do_not_visit"]), visit("Y"), visit("X", flags=["do_not_visit"]))

    assert ["Z", "Y", "X"] == list(explained(request))
