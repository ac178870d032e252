"""A real server in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx2
import pytest

from tests.tree import ROOT


@pytest.fixture(scope="module")
def server() -> Iterator[httpx2.Client]:
    """A client of a server with eight slots."""
    environment = os.environ | {"DAYROUTE_SOLVER_SLOTS": "8"}
    command = [sys.executable, "-m", "tests.e2e.serving"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield client
        process.terminate()
