"""Connections to addresses that somebody else chose: to nobody in a network of our own, and not for ever.

A name is looked up once, and what was found is what is called: a name that stands for something else a moment later
gets nowhere.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from httpcore2 import (
    SOCKET_OPTION,
    ConnectError,
    ConnectTimeout,
    NetworkBackend,
    NetworkStream,
    ReadTimeout,
    SyncBackend,
    WriteTimeout,
)

TRANSLATED: Final = tuple(map(IPv6Network, ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")))
"""IPv4 addresses as networks without IPv4 write them, and as they were to be written once."""
OURS: Final = tuple(
    map(ip_network, ("64:ff9b:1::/48", "fec0::/10", "2001::/23", "192.88.99.0/24", "192.0.0.0/24", "168.63.129.16/32"))
)
"""What Python takes for public although it leads into a network of our own: translated, retired, or a cloud's."""
ISATAP: Final = 0x5EFE
"""Stands before an IPv4 address within an IPv6 address of a tunnel."""


class PrivateAddressError(ConnectError):
    """It stands for an address in a network of our own."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet may have it, and nothing else is hidden in it."""
    if isinstance(address, IPv6Address):
        inner = _within(address)
        if inner is not None:
            return is_public(inner)
    ours = address.is_multicast or any(address in network for network in OURS if network.version == address.version)
    return address.is_global and not ours


def may_be_called(address: IPv4Address | IPv6Address, *, private: bool) -> bool:
    """Never what hosts tell each other on one line, where clouds answer questions for secrets; see ``is_public``."""
    inner = _within(address) if isinstance(address, IPv6Address) else None
    return is_public(address) or (private and not (inner or address).is_link_local)


def _within(address: IPv6Address) -> IPv4Address | None:
    """The address of the old kind that it stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    last = int(address) & 0xFFFF_FFFF
    if int(address) >> 32 & 0xFFFF == ISATAP:
        return IPv4Address(last)
    return IPv4Address(last) if any(address in network for network in TRANSLATED) else None


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
        trouble: ConnectError | ConnectTimeout = ConnectTimeout()
        for found in self._look_up(host, port):
            if (left := self._left()) <= 0:
                break
            try:
                stream = self._network.connect_tcp(found, port, left, local_address, socket_options)
            except (ConnectError, ConnectTimeout) as error:
                trouble = error
            else:
                return _Timed(stream, self._left)
        raise trouble

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        try:
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            message = "its name is not known"
            raise ConnectError(message) from None
        addresses = [str(entry[4][0]).partition("%")[0] for entry in known]
        if not all(may_be_called(ip_address(address), private=self._private) for address in addresses):
            raise PrivateAddressError
        return addresses

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
