"""Requests to addresses that somebody else chose."""

import socket
from collections.abc import Callable

import httpcore2
import pytest

from service.callbacks.network import Careful, PrivateAddressError
from service.callbacks.teller import post_publicly

Answers = Callable[..., list[tuple[object, ...]]]


def stands_for(*addresses: str) -> Answers:
    def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        del host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return look_up


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("fe80::1%eth0",)])
def test_a_name_that_stands_for_a_private_address_is_not_called(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", stands_for(*addresses))

    with pytest.raises(PrivateAddressError):
        post_publicly("https://innocent.example.org/", {}, b"")


def test_a_name_that_nobody_knows_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(httpcore2.ConnectError):
        post_publicly("https://nobody.example.org/", {}, b"")


def test_what_was_looked_up_is_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    def connect(self: object, host: str, *_: object) -> httpcore2.MockStream:
        del self
        called.append(host)
        return httpcore2.MockStream([b"HTTP/1.1 204 No Content\r\n\r\n"])

    monkeypatch.setattr(socket, "getaddrinfo", stands_for("8.8.8.8"))
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    network = Careful(10.0)
    with httpcore2.ConnectionPool(network_backend=network) as pool:
        status = pool.request("POST", "http://changing.example.org/").status

    assert (204, ["8.8.8.8"]) == (status, called)


def test_who_answers_drop_by_drop_is_left_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    time = [0.0]

    class Slow(httpcore2.MockStream):
        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            del max_bytes, timeout
            time[0] += 4
            return b"x"

    def connect(self: object, *_: object) -> Slow:
        del self
        return Slow([])

    monkeypatch.setattr(socket, "getaddrinfo", stands_for("8.8.8.8"))
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    network = Careful(10.0, clock=lambda: time[0])
    with httpcore2.ConnectionPool(network_backend=network) as pool, pytest.raises(httpcore2.ReadTimeout):
        pool.request("POST", "http://slow.example.org/")

    assert 12.0 == time[0]


def test_the_next_address_of_a_name_is_tried_where_the_first_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(self: object, host: str, *_: object) -> httpcore2.MockStream:
        del self
        if host == "8.8.8.8":
            raise httpcore2.ConnectError
        return httpcore2.MockStream([b"HTTP/1.1 204 No Content\r\n\r\n"])

    monkeypatch.setattr(socket, "getaddrinfo", stands_for("8.8.8.8", "8.8.4.4"))
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    with httpcore2.ConnectionPool(network_backend=Careful(10.0)) as pool:
        assert 204 == pool.request("POST", "http://two.example.org/").status


def test_a_name_that_took_too_long_to_look_up_is_tried_again_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    time = iter([0.0, 11.0, 11.0])
    monkeypatch.setattr(socket, "getaddrinfo", stands_for("8.8.8.8"))
    network = Careful(10.0, clock=lambda: next(time))
    with httpcore2.ConnectionPool(network_backend=network) as pool, pytest.raises(httpcore2.ConnectTimeout):
        pool.request("POST", "http://slow.example.org/")


def test_what_was_to_be_called_in_clear_is_not_once_that_is_no_longer_allowed() -> None:
    with pytest.raises(PrivateAddressError):
        post_publicly("http://dispatch.example.org/", {}, b"")
