"""Somebody is told that a plan has ended, by a real service, over a real connection."""

import json
from collections.abc import Mapping
from pathlib import Path
from queue import SimpleQueue

from standardwebhooks.webhooks import Webhook

from service.callbacks.secrets import Signer, new_secret
from tests.e2e.killed import PATIENCE, is_final, serving
from tests.receiver import receiving
from tests.web import small_day


def test_the_end_of_a_plan_is_told_and_signed(tmp_path: Path) -> None:
    secret = new_secret()
    settings = {"DAYROUTE_CALLBACK_SECRETS": secret, "DAYROUTE_CALLBACK_PRIVATE": "true"}
    got: SimpleQueue[tuple[Mapping[str, str], bytes]] = SimpleQueue()

    def take(headers: Mapping[str, str], body: bytes) -> None:
        got.put((headers, body))

    with receiving(take) as address, serving(tmp_path / "data", **settings) as service:
        plan_id = service.submit(small_day() | {"callback": {"url": f"{address}planned?whose=ours"}})
        service.once(plan_id, is_final)
        headers, body = got.get(timeout=PATIENCE)
        answer = service.once(f"{plan_id}/callback", lambda told: told["status"] == "delivered")

    assert {"id": plan_id, "status": "done"} == json.loads(body)["data"]
    assert Webhook(Signer.of(secret).secrets_of("default")[0]).verify(body, dict(headers))
    assert (1, None) == (answer["tries"], answer["trouble"])
    assert "whose=ours" not in (tmp_path / "log.txt").read_text()
