"""Which addresses a request may give to be called back at."""

import pytest

from service.callbacks.rules import NO_CALLBACKS, CallbackRules

PUBLIC, PRIVATE = CallbackRules(allowed=True), CallbackRules(allowed=True, private=True)


def code(rules: CallbackRules, url: str) -> str | None:
    fault = rules.fault(url)
    return None if fault is None else fault.code


def test_without_a_secret_nobody_is_called_back() -> None:
    assert "callbacks_off" == code(NO_CALLBACKS, "https://dispatch.example.org/x")


@pytest.mark.parametrize(
    "url", ["https://dispatch.example.org", "https://dispatch.example.org:8443/a?b=c", "https://8.8.8.8/"]
)
def test_an_address_that_anybody_can_reach_may_be_called(url: str) -> None:
    assert code(PUBLIC, url) is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "dispatch.example.org",
        "https://",
        "https:///planned",
        "ftp://dispatch.example.org/",
        "https://me:secret@dispatch.example.org/",
        "https://dispatch.example.org/#part",
        "https://dispatch.example.org:port/",
        "https://[::1/",
        "https://dispatch.example.org/a b",
        "https://dispatch.example.org/\n",
        "https://dispätch.example.org/",
        "https://dispatch.example.org/" + "x" * 2000,
    ],
)
def test_what_is_no_address_is_refused_wherever_it_may_lead(url: str) -> None:
    assert ["callback_unusable"] * 2 == [code(rules, url) for rules in (PUBLIC, PRIVATE)]


INSIDE = [
    "localhost",
    "printer.local",
    "database.internal",
    "intranet",
    "127.0.0.1",
    "10.1.2.3",
    "0.0.0.0",  # noqa: S104 - nobody binds to it here
    "224.0.0.1",
    "168.63.129.16",
    "[::1]",
    "[fd00::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[::ffff:10.1.2.3]",
    "[::ffff:0:10.1.2.3]",
    "[::10.1.2.3]",
    "[64:ff9b::10.1.2.3]",
    "[64:ff9b:1::10.1.2.3]",
    "[2002:0a01:0203::1]",
    "[2a00:1450::5efe:10.1.2.3]",
]
ON_ONE_LINE = ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]"]


@pytest.mark.parametrize("host", INSIDE)
def test_a_network_of_our_own_is_refused_unless_a_setting_allows_it(host: str) -> None:
    assert ["callback_private", None] == [code(rules, f"https://{host}/x") for rules in (PUBLIC, PRIVATE)]


@pytest.mark.parametrize("host", ON_ONE_LINE)
def test_where_clouds_answer_questions_for_secrets_nobody_is_ever_called(host: str) -> None:
    assert ["callback_private"] * 2 == [code(rules, f"https://{host}/x") for rules in (PUBLIC, PRIVATE)]


def test_in_clear_only_within_networks_of_our_own() -> None:
    assert ["callback_unusable", None] == [code(rules, "http://dispatch.example.org/") for rules in (PUBLIC, PRIVATE)]
