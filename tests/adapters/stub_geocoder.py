"""Geocoders on this machine that answer as the test says, in the words of those they stand for."""

import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

Reply: TypeAlias = tuple[int, dict[str, str], bytes]


def answer(document: object) -> Reply:
    return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()


@dataclass
class Stub:
    """A server; ``replies`` are given in turn, the last of them for ever, and ``asked`` has the paths."""

    url: str
    replies: list[Reply]
    asked: list[str] = field(default_factory=list[str])

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def stub(*replies: Reply, meanwhile: Callable[[], object] = lambda: None) -> Generator[Stub]:
    """``meanwhile`` is called before each answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            meanwhile()
            status, headers, body = served.next()
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked may have lost patience
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the standard library
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True  # one that never answers must not keep a test from failing
    host, port = str(server.server_address[0]), server.server_address[1]
    served = Stub(f"http://{host}:{port}", list(replies))
    thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
