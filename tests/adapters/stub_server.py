"""Servers on this machine that answer as the test says, in the words of those they stand for."""

import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

import httpx2

Reply: TypeAlias = tuple[int, dict[str, str], bytes]


def answer(document: object) -> Reply:
    return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()


@dataclass
class Stub:
    """A server; ``replies`` are given in turn, the last of them for ever.

    ``asked`` has the paths, ``sent`` the bodies of what was asked by POST.
    """

    url: str
    replies: list[Reply]
    asked: list[str] = field(default_factory=list[str])
    sent: list[bytes] = field(default_factory=list[bytes])

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def takes_no_post(where: Callable[[], str]) -> Generator[Callable[[], str]]:
    """A server that hands on what is asked by GET, and refuses a POST as one does that has never heard of it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            passed = httpx2.get(where() + self.path, timeout=60)
            self.send_response(passed.status_code)
            self.end_headers()
            self.wfile.write(passed.content)

        def do_POST(self) -> None:
            self.send_error(405)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
            """Nothing."""

    with _serving(Handler) as url:
        yield lambda: url


@contextmanager
def stub(
    *replies: Reply, meanwhile: Callable[[], object] = lambda: None, to_post: Reply | None = None
) -> Generator[Stub]:
    """``meanwhile`` is called before each answer; every POST is answered with ``to_post`` if there is one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(served.next)

        def do_POST(self) -> None:
            served.sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(lambda: to_post or served.next())

        def _answer(self, reply: Callable[[], Reply]) -> None:
            served.asked.append(self.path)
            meanwhile()
            status, headers, body = reply()
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked may have lost patience
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
            """Nothing."""

    with _serving(Handler) as url:
        served = Stub(url, list(replies))
        yield served


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Generator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True  # one that never answers must not keep a test from failing
    thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
