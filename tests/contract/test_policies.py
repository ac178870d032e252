"""The policies that a plan may name."""

import pytest
from starlette.testclient import TestClient

from tests.web import client


@pytest.fixture
def web() -> TestClient:
    return client()


def test_all_policies_are_listed_by_id(web: TestClient) -> None:
    listed = web.get("/v1/policies").json()["policies"]

    ids = [policy["id"] for policy in listed]
    assert ids == sorted(ids)
    assert {"US", "US-MA", "IE", "GR", "house-default"} <= set(ids)


def test_a_policy_says_when_visits_are_permitted_and_where_that_was_read(web: TestClient) -> None:
    policy = web.get("/v1/policies/US-MA").json()

    assert ("US-MA", "US", True) == (policy["id"], policy["parent"], policy["visits_allowed"])
    assert ["weekday", "saturday", "sunday", "public_holiday"] == list(policy["hours"])
    assert ["08:00-21:00"] == policy["hours"]["sunday"]
    assert [(1, 30, "contacted")] == [(cap["max"], cap["days"], cap["counts"]) for cap in policy["caps"]]
    assert "209 CMR 18.17(6)-(7)" == policy["sources"][0]["citation"]
    assert ("primary", "2027-05-31") == (policy["confidence"], policy["review_by"])
    assert "template, not legal advice" == policy["status"]


def test_closed_and_not_known_are_two_things(web: TestClient) -> None:
    hours = web.get("/v1/policies/MX").json()["hours"]

    assert ([], None) == (hours["public_holiday"], hours["sunday"])


def test_a_policy_that_is_not_there_is_told(web: TestClient) -> None:
    answer = web.get("/v1/policies/XX")

    assert (404, "policy_unknown") == (answer.status_code, answer.json()["errors"][0]["code"])
