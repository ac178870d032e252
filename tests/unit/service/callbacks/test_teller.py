"""Who tells of the end of plans, and how often."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import httpcore2
import pytest
from standardwebhooks.webhooks import Webhook

from api.clock import utc_now
from service.callbacks.network import PrivateAddressError
from service.callbacks.protocol import Due
from service.callbacks.secrets import Signer, new_secret
from service.callbacks.teller import WAITS, Teller
from service.observer import Unobserved
from tests.plans import MONDAY

SIGNER = Signer.of(new_secret())
DUE = Due("p", "us", "https://dispatch.example.org/", 1, "done", MONDAY)


class Kept:
    """Callbacks in a list."""

    def __init__(self, *due: Due) -> None:
        self.due = list(due)
        self.became: dict[str, object] = {}

    def take(self, now: datetime, again_at: datetime, most: int) -> Sequence[Due]:
        assert now < again_at
        taken, self.due = self.due[:most], self.due[most:]
        return taken

    def delivered(self, due: Due) -> None:
        self.became[due.plan_id] = "delivered"

    def failed(self, due: Due, trouble: str, again_at: datetime | None) -> None:
        self.became[due.plan_id] = (trouble, again_at)


class Answers:
    """A Post with an answer for each time."""

    def __init__(self, *answers: int | Exception) -> None:
        self._answers = list(answers)
        self.sent: list[tuple[str, Mapping[str, str], bytes]] = []

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        self.sent.append((url, headers, body))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def told(due: Due, answer: int | Exception) -> object:
    kept = Kept(due)
    Teller(kept, SIGNER, Answers(answer), lambda: MONDAY, Unobserved()).tell()
    return kept.became[due.plan_id]


def test_what_is_due_is_told_by_id_and_status_and_signed() -> None:
    kept, answers = Kept(DUE), Answers(204)
    Teller(kept, SIGNER, answers, utc_now, Unobserved()).tell()
    ((url, headers, body),) = answers.sent

    assert (DUE.url, "msg_p", {"p": "delivered"}) == (url, headers["webhook-id"], kept.became)
    assert {
        "type": "plan.done",
        "timestamp": MONDAY.isoformat(),
        "data": {"id": "p", "status": "done"},
    } == json.loads(body)
    assert Webhook(SIGNER.secrets_of(DUE.tenant)[0]).verify(body, dict(headers))


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_answer_of_success_will_do(status: int) -> None:
    assert "delivered" == told(DUE, status)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (500, "it answered 500"),
        (301, "it answered 301"),
        (httpcore2.ReadTimeout(), "it took too long"),
        (httpcore2.ConnectError("https://dispatch.example.org"), "it cannot be reached, or breaks off"),
        (httpcore2.RemoteProtocolError("secret"), "it cannot be reached, or breaks off"),
    ],
)
def test_what_is_not_taken_is_tried_again_later_and_nothing_of_the_answer_is_kept(
    answer: int | Exception, trouble: str
) -> None:
    assert (trouble, MONDAY + WAITS[0]) == told(DUE, answer)


def test_the_waits_become_longer_until_it_is_given_up() -> None:
    tries = [told(replace(DUE, tries=number), 500) for number in range(1, len(WAITS) + 2)]

    assert [*(("it answered 500", MONDAY + wait) for wait in WAITS), ("it answered 500", None)] == tries
    assert timedelta(days=1) < sum(WAITS, timedelta())


@pytest.mark.parametrize("answer", [410, PrivateAddressError(), httpcore2.UnsupportedProtocol("x"), ValueError("x")])
def test_what_will_never_be_taken_is_given_up_at_once(answer: int | Exception) -> None:
    _, again_at = told(DUE, answer)  # type: ignore[misc] - a pair

    assert again_at is None


def test_one_that_fails_does_not_keep_the_others_from_being_told() -> None:
    kept = Kept(replace(DUE, plan_id="a"), replace(DUE, plan_id="b"))
    Teller(kept, SIGNER, Answers(500, 200), lambda: MONDAY, Unobserved()).tell()

    assert 1 == list(kept.became.values()).count("delivered")
    assert 2 == len(kept.became)


def test_who_counts_hears_whether_it_was_taken() -> None:
    heard: list[bool] = []

    class Notes(Unobserved):
        def told_back(self, *, taken: bool) -> None:
            heard.append(taken)

    for answer in (200, 500):
        Teller(Kept(DUE), SIGNER, Answers(answer), lambda: MONDAY, Notes()).tell()

    assert [True, False] == heard
