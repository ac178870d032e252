"""Who may serve a visit, and if not, why."""

import pytest

from service.day.agent import Agent
from service.day.place import Place, Point
from service.day.visit import Lock, Visit
from service.eligibility import Bar, Barrier, Eligibility, is_area
from tests.worlds import agent, day, house, visit

SQUARE = [Point(60.0, 24.0), Point(60.0, 24.9), Point(61.0, 24.9), Point(61.0, 24.0)]
"""Its eastern border goes through house 0."""


def bar(asked: Visit, who: Agent) -> Bar | None:
    return Eligibility.of(day(asked, agents=[who])).bar(asked, asked.place, who)


@pytest.mark.parametrize(
    ("asked", "who"),
    [
        (visit("V"), agent()),
        (visit("V", only=["A"]), agent("A")),
        (visit("V", forbidden=["B"]), agent("A")),
        (visit("V", lock=Lock(agent="A")), agent("A")),
        (visit("V", skills={"kyc": 2}), agent(skills={"kyc": 2})),
        (visit("V", party_size=2), agent(party_size=2)),
        (visit("V", 0), agent(territory=SQUARE)),
    ],
    ids=["nothing asked", "among only", "another forbidden", "locked to them", "level", "crew", "border of territory"],
)
def test_an_agent_may_come_who_meets(asked: Visit, who: Agent) -> None:
    assert None is bar(asked, who)


@pytest.mark.parametrize(
    ("asked", "who", "expected"),
    [
        (visit("V", only=["B"]), agent("A"), Bar(Barrier.AGENT_NOT_ALLOWED)),
        (visit("V", forbidden=["A"]), agent("A"), Bar(Barrier.AGENT_NOT_ALLOWED)),
        (visit("V", lock=Lock(agent="B")), agent("A"), Bar(Barrier.AGENT_NOT_ALLOWED)),
        (visit("V", skills={"kyc": 1}), agent(), Bar(Barrier.SKILL_MISSING, "kyc")),
        (visit("V", skills={"kyc": 3}), agent(skills={"kyc": 1}), Bar(Barrier.SKILL_LEVEL, "kyc", 2)),
        (visit("V", party_size=3), agent(), Bar(Barrier.PARTY_SIZE, lacking=2)),
        (visit("V", 1), agent(territory=SQUARE), Bar(Barrier.TERRITORY)),
        (visit("V", place=Place(index=1)), agent(territory=SQUARE), Bar(Barrier.TERRITORY)),
    ],
    ids=["not among only", "forbidden", "locked to other", "skill", "level", "crew", "outside", "no coordinates"],
)
def test_an_agent_is_kept_away_who_is(asked: Visit, who: Agent, expected: Bar) -> None:
    assert expected == bar(asked, who)


def test_an_option_is_judged_by_its_own_place() -> None:
    asked, who = visit("V", 0), agent(territory=SQUARE)

    assert Bar(Barrier.TERRITORY) == Eligibility.of(day(asked, agents=[who])).bar(asked, house(5), who)


def test_a_territory_is_no_line_and_no_bow_tie() -> None:
    a, b, c, d = SQUARE

    assert [True, False, False] == [is_area((a, b, c, d)), is_area((a, b, a)), is_area((a, c, b, d))]
