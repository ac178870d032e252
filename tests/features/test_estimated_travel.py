"""Without travel times of its own the day is planned with estimates, and the plan says so.

One degree of latitude is 111,195 m, so 0.0045 are 500.4 m. By car that is 10 s to get going and 500.4 m at 20 km/h,
90.1 s: 101 s in whole seconds, over 1.6 times as many metres of road, 801.
"""

import pytest

from tests.features.json_answers import each, stop_of
from tests.features.json_street import Json, agent_json, day_json, found, plan_json, shift_json, visit_json

HOME = {"lat": 60.17, "lon": 24.94}
NEAR = {"lat": 60.1745, "lon": 24.94}


def estimated(profile: str = "car", **travel: object) -> Json:
    agents = [agent_json("A", [shift_json(start_location=HOME)], profile=profile)]
    return day_json([visit_json("V", location=NEAR)], agents, travel=travel)


@pytest.mark.parametrize(("profile", "travel", "metres"), [("car", "PT1M41S", 801), ("foot", "PT8M21S", 676)])
def test_a_short_way_takes_what_the_estimate_says(profile: str, travel: str, metres: int) -> None:
    """On foot: 500.4 m at a metre a second, over 1.35 times as many metres."""
    stop = stop_of(plan_json(estimated(profile)), "V")

    assert (travel, metres) == (stop["travel"], stop["distance_m"])


@pytest.mark.parametrize("source", ["auto", "estimate"])
def test_the_plan_says_that_its_times_are_estimated(source: str) -> None:
    plan = plan_json(estimated(source=source))

    assert "estimate" == found(plan, "travel", "source")
    assert "travel_estimated" in each(plan, "warnings", of="code")


def test_a_plan_by_given_times_does_not_warn_of_estimates() -> None:
    plan = plan_json(day_json([visit_json("V", 3)]))

    assert "travel_estimated" not in each(plan, "warnings", of="code")


def test_a_speed_factor_applies_to_estimates_too() -> None:
    """101 s at double speed are 50.5, hence 51."""
    stop = stop_of(plan_json(estimated(speed_factor=2)), "V")

    assert ("PT51S", 801) == (stop["travel"], stop["distance_m"])


def test_a_matrix_is_not_used_where_estimates_are_asked_for() -> None:
    """The matrix says a second; the places have coordinates too."""
    document = estimated(
        source="estimate", matrices=[{"profile": "car", "seconds": [[0, 1], [1, 0]], "metres": [[0, 1], [1, 0]]}]
    )

    plan = plan_json(document)

    assert ("estimate", "PT1M41S") == (found(plan, "travel", "source"), stop_of(plan, "V")["travel"])
