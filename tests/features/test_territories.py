"""An agent with a territory is sent nowhere else."""

from service.day.place import Place, Point
from tests.features.json_street import Json, agent_json, day_json, found, plan_json, planned, reason, served, visit_json
from tests.worlds import agent, day, house, visit


def _block(first: int, last: int) -> list[Point]:
    """A rectangle of 0.02 degrees north to south around the houses from ``first`` to ``last``, both on its border."""
    west, east = (house(number).point for number in (first, last))
    assert west is not None
    assert east is not None
    return [Point(60.16, west.lon), Point(60.16, east.lon), Point(60.18, east.lon), Point(60.18, west.lon)]


def test_visits_inside_the_territory_are_served_and_others_are_not() -> None:
    """The territory goes from house 5 to house 15; the start at house 0 need not lie in it."""
    plan = planned(day(visit("V", 10), visit("W", 20), agents=[agent("A", territory=_block(5, 15))]))

    assert {"A/mon": ["V"]} == served(plan)
    assert "territory" == reason(plan, "W").code


def test_each_agent_serves_their_own_part_of_the_street() -> None:
    """A has the houses up to 10 and B those from 11 on."""
    agents = [agent("A", territory=_block(0, 10)), agent("B", territory=_block(11, 25))]
    plan = planned(day(visit("V", 20), visit("W", 5), agents=agents))

    assert {"A/mon": ["W"], "B/mon": ["V"]} == served(plan)


def test_who_has_no_territory_goes_everywhere() -> None:
    """W lies outside of A's part."""
    plan = planned(day(visit("W", 20), agents=[agent("A", territory=_block(0, 10)), agent("B", territory=None)]))

    assert {"B/mon": ["W"]} == served(plan)


def test_the_border_belongs_to_the_territory() -> None:
    """House 10 lies on it."""
    plan = planned(day(visit("V", 10), agents=[agent("A", territory=_block(0, 10))]))

    assert {"A/mon": ["V"]} == served(plan)


def test_nobody_with_a_territory_is_sent_where_no_coordinates_are_known() -> None:
    """V has only its row in the matrix: it cannot be shown to lie inside, and the plan warns of it."""
    plan = planned(day(visit("V", place=Place(index=5)), agents=[agent("A", territory=_block(0, 10))]))

    assert "territory" == reason(plan, "V").code
    assert [("territory_unknown", ("visits", 0, "location"))] == [
        (each.code, each.path) for each in plan.warnings if each.code.startswith("territory")
    ]


def test_the_territory_of_the_document_decides_who_is_sent() -> None:
    """A serves the western half, lon 24.90 to 24.91; V lies at 24.92 and is B's."""
    corners = [(60.16, 24.90), (60.16, 24.91), (60.18, 24.91), (60.18, 24.90)]
    west: list[Json] = [{"lat": lat, "lon": lon} for lat, lon in corners]
    agents = [agent_json("A", territory=west), agent_json("B", territory=None)]
    visits = [
        visit_json("V") | {"location": {"index": 20, "lat": 60.17, "lon": 24.92}},
        visit_json("W", agents={"only": ["A"]}) | {"location": {"index": 5, "lat": 60.17, "lon": 24.905}},
        visit_json("X", agents={"only": ["A"]}) | {"location": {"index": 20, "lat": 60.17, "lon": 24.92}},
    ]
    plan = plan_json(day_json(visits, agents))

    assert ("A", "W") == (
        found(plan, "itineraries", 0, "agent_id"),
        found(plan, "itineraries", 0, "stops", 0, "visit_id"),
    )
    assert ("B", "V") == (
        found(plan, "itineraries", 1, "agent_id"),
        found(plan, "itineraries", 1, "stops", 0, "visit_id"),
    )
    assert "X" == found(plan, "unassigned", 0, "visit_id")
    assert "territory" in [
        found(plan, "unassigned", 0, "reasons", position, "code") for position in range(_count(plan))
    ]


def _count(plan: Json) -> int:
    reasons = found(plan, "unassigned", 0, "reasons")
    assert isinstance(reasons, list)
    return len(reasons)  # pyright: ignore[reportUnknownArgumentType] - a list of anything has a length
