"""Somebody is told that a plan has ended, by a real service, over a real connection."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue

from standardwebhooks.webhooks import Webhook

from service.callbacks.secrets import Signer, new_secret
from tests.e2e.killed import PATIENCE, is_final, serving
from tests.web import small_day

Got = tuple[dict[str, str], bytes]


@contextmanager
def receiving(*statuses: int) -> Generator[tuple[str, "SimpleQueue[Got]"]]:
    """Somebody who answers so, one after the other."""
    got: SimpleQueue[Got] = SimpleQueue()
    answers = iter(statuses)

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(next(answers))
            self.end_headers()
            got.put(({key.lower(): value for key, value in self.headers.items()}, body))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/planned?whose=ours", got
    finally:
        server.shutdown()
        server.server_close()


def test_the_end_of_a_plan_is_told_and_signed(tmp_path: Path) -> None:
    secret = new_secret()
    settings = {"DAYROUTE_CALLBACK_SECRETS": secret, "DAYROUTE_CALLBACK_PRIVATE": "true"}
    with receiving(204) as (url, got), serving(tmp_path / "data", **settings) as service:
        plan_id = service.submit(small_day() | {"callback": {"url": url}})
        service.once(plan_id, is_final)
        headers, body = got.get(timeout=PATIENCE)
        answer = service.once(f"{plan_id}/callback", lambda told: told["status"] == "delivered")

    assert {"id": plan_id, "status": "done"} == json.loads(body)["data"]
    assert Webhook(Signer.of(secret).secrets_of("default")[0]).verify(body, headers)
    assert (1, None) == (answer["tries"], answer["trouble"])
    assert "whose=ours" not in (tmp_path / "log.txt").read_text()
