"""A server of Valhalla on this machine, from the programs in the package pyvalhalla, which is not imported."""

import importlib.util
import json
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.adapters.processes import comes_true


@contextmanager
def served(extract: Path) -> Generator[str]:
    """The URL at which it answers from the roads of an extract."""
    spec = importlib.util.find_spec("valhalla")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("needs the package pyvalhalla: make setup")
    package = Path(spec.submodule_search_locations[0])
    folder = extract.with_suffix(".valhalla")
    folder.mkdir()
    port = free_port()
    config = folder / "valhalla.json"
    config.write_text(json.dumps(_settings(package, folder, port)), encoding="utf-8")
    make = [package / "bin" / "valhalla_build_tiles", "-c", config, extract]
    subprocess.run(make, check=True, capture_output=True, cwd=folder)
    with subprocess.Popen(
        [package / "bin" / "valhalla_service", config, "1"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as service:
        try:
            assert comes_true(lambda: listens(port))
            yield f"http://127.0.0.1:{port}"
        finally:
            service.kill()


def _settings(package: Path, folder: Path, port: int) -> object:
    made = subprocess.run(
        [sys.executable, package / "valhalla_build_config.py", "--mjolnir-tile-dir", folder / "tiles"],
        check=True,
        capture_output=True,
    )
    settings = json.loads(made.stdout)
    settings["mjolnir"]["tile_extract"] = ""
    settings["httpd"]["service"] |= {
        "listen": f"tcp://127.0.0.1:{port}",
        "loopback": f"ipc://{folder}/loopback",
        "interrupt": f"ipc://{folder}/interrupt",
    }
    for part in ("loki", "thor", "odin"):
        settings[part]["service"]["proxy"] = f"ipc://{folder}/{part}"
    return settings


def listens(port: int) -> bool:
    """Whether somebody does."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """One that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
