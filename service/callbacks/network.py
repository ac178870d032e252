"""Connections to addresses that somebody else chose: to nobody in a network of our own, and not for ever.

A name is looked up once, and what was found is what is called: a name that stands for something else a moment later
gets nowhere.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from httpcore2 import SOCKET_OPTION, ConnectError, NetworkBackend, NetworkStream, ReadTimeout, SyncBackend, WriteTimeout

TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""IPv4 addresses as networks without IPv4 write them, and as they were to be written once."""


class PrivateAddressError(ConnectError):
    """It stands for an address in a network of our own."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet may have it, and nothing else is hidden in it."""
    if isinstance(address, IPv6Address):
        inner = _within(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _within(address: IPv6Address) -> IPv4Address | None:
    """The address of the old kind that it stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFF_FFFF) if any(address in network for network in TRANSLATED) else None


class Careful(NetworkBackend):
    """A network that reaches public addresses only, unless ``private``; all of it is over after ``seconds``."""

    def __init__(self, seconds: float, *, private: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._until = clock() + seconds
        self._private = private
        self._clock = clock
        self._network = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """See NetworkBackend. Raises PrivateAddressError."""
        del timeout
        found = self._look_up(host, port)
        left = self._until - self._clock()
        return _Timed(self._network.connect_tcp(found, port, left, local_address, socket_options), self._left)

    def _look_up(self, host: str, port: int) -> str:
        try:
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            message = "its name is not known"
            raise ConnectError(message) from None
        addresses = [str(entry[4][0]).partition("%")[0] for entry in known]
        if not self._private and not all(is_public(ip_address(address)) for address in addresses):
            raise PrivateAddressError
        return addresses[0]

    def _left(self) -> float:
        return self._until - self._clock()


class _Timed(NetworkStream):
    """However slowly it comes: each part may take only what is left for all of it."""

    def __init__(self, stream: NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        if (left := self._left()) <= 0:
            raise ReadTimeout
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        if (left := self._left()) <= 0:
            raise WriteTimeout
        self._stream.write(buffer, left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        del timeout
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, max(0.001, self._left())), self._left)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
