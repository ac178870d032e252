"""A key is shown once, and stands nowhere afterwards."""

import subprocess
import sys
from os import environ
from pathlib import Path

from tests.e2e.killed import is_final, serving
from tests.tree import ROOT
from tests.web import small_day


def test_keys_stand_neither_in_the_log_nor_in_the_database_nor_in_an_answer(tmp_path: Path) -> None:
    data, wrong = tmp_path / "data", "dr_somebody-guessed-this"
    settings = {"DAYROUTE_LOG_LEVEL": "DEBUG", "DAYROUTE_CALLBACK_SECRETS": "whsec_" + "c2VjcmV0" * 6}
    with serving(data, **settings) as service:
        made = subprocess.run(
            [sys.executable, "-P", "-m", "api", "keys", "add"],
            cwd=ROOT,
            env=environ | {"DAYROUTE_DATA": str(data)},
            check=True,
            capture_output=True,
            text=True,
        )
        secret = made.stdout.split()[0]
        refused = service.client.get("/v1/plans", headers={"X-API-Key": wrong})
        service.client.headers["Authorization"] = f"Bearer {secret}"
        plan = service.once(service.submit(small_day()), is_final)
        metrics = service.client.get("/metrics")
    written = b"".join(path.read_bytes() for path in (*data.iterdir(), tmp_path / "log.txt") if path.is_file())
    told = refused.text + str(plan) + metrics.text

    assert secret.startswith("dr_")
    assert (401, 403, "done") == (refused.status_code, metrics.status_code, plan["status"])
    for word in (secret, secret.removeprefix("dr_"), wrong, settings["DAYROUTE_CALLBACK_SECRETS"]):
        assert word.encode() not in written
        assert word not in told
