"""A real service of several processes, and ways to kill them."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import cast

import httpx2
import psutil

from tests.tree import ROOT
from tests.web import Json

PATIENCE = 60.0
"""Seconds after which a test that would hang fails."""
SERVING = re.compile(rb"Serving on (http://\S+)")


class Service:
    """``dayroute serve`` and a client of it."""

    def __init__(self, process: "subprocess.Popen[bytes]", client: httpx2.Client) -> None:
        self.process = process
        self.client = client

    def submit(self, day: Json, **headers: str) -> str:
        answer = self.client.post("/v1/plans", json=day, headers=headers)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def plan(self, plan_id: str) -> Json:
        answer = self.client.get(f"/v1/plans/{plan_id}")
        answer.raise_for_status()
        return cast("Json", answer.json())

    def once(self, plan_id: str, true: Callable[[Json], object], patience: float = PATIENCE) -> Json:
        """The plan as soon as that is true of it."""
        until, plan = monotonic() + patience, None
        while monotonic() < until:
            with suppress(httpx2.TransportError):  # whoever was to answer is being replaced
                plan = self.plan(plan_id)
                if true(plan):
                    return plan
            sleep(0.01)
        raise TimeoutError(json.dumps(plan)[:500])

    def processes(self, command: str) -> list[int]:
        """Ids of the processes of the service whose command line has that in it, the oldest first."""
        found: list[tuple[float, int]] = []
        with suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self.process.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    found += [(process.create_time(), process.pid)] if command in " ".join(process.cmdline()) else []
        return [pid for _, pid in sorted(found)]

    def bound_files(self, size: int | None) -> None:
        """No process of the service may write a file beyond that many bytes; ``None`` = any number again."""
        for process in [self.process.pid, *self.processes("")]:
            with suppress(ProcessLookupError):
                _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
                resource.prlimit(process, resource.RLIMIT_FSIZE, (most if size is None else size, most))

    def kill(self, command: str) -> None:
        """The process with that in its command line, once there is one."""
        until = monotonic() + PATIENCE
        while not (found := self.processes(command)):
            assert monotonic() < until
            sleep(0.01)
        for process in found:
            os.kill(process, signal.SIGKILL)

    def kill_one(self, command: str) -> bool:
        """The youngest process with that in its command line, if one comes within some seconds."""
        until = monotonic() + 5
        while monotonic() < until:
            for process in self.processes(command)[-1:]:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
                    return True
            sleep(0.01)
        return False


def is_final(plan: Json) -> bool:
    return plan["status"] not in {"queued", "running"}


@contextmanager
def serving(data: Path, **settings: str) -> Generator[Service]:
    """The service with its database in the folder ``data``; told to end at last."""
    with serving_by(("serve", "--port", "0"), data, **settings) as service:
        yield service


@contextmanager
def serving_by(command: Sequence[str], data: Path, **settings: str) -> Generator[Service]:
    """The same by another command."""
    environment = os.environ | {"DAYROUTE_DATA": str(data), "DAYROUTE_SOLVER_SLOTS": "2", **settings}
    with (
        (data.parent / "log.txt").open("ab") as log,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "api", *command],
            cwd=ROOT,
            env=environment,
            stdout=log,  # not a pipe, which would fill up, and all would wait for somebody to read it
            stderr=log,
            start_new_session=True,
        ) as process,
    ):
        try:
            with httpx2.Client(base_url=_address(process, Path(log.name), log.tell()), timeout=PATIENCE) as client:
                yield Service(process, client)
            process.terminate()
            process.wait(PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _address(process: "subprocess.Popen[bytes]", log: Path, since: int) -> str:
    """Where it serves, as it says."""
    until = monotonic() + PATIENCE
    while process.poll() is None and monotonic() < until:
        if (said := SERVING.search(log.read_bytes()[since:])) is not None:
            return said[1].decode()
        sleep(0.01)
    raise TimeoutError(log.read_text())
