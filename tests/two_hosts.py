"""Two hosts and a database, and a cable that is pulled: ``make two-hosts`` (Linux, as root, with ``ip``).

Each worker lives in a network namespace of its own, which reaches the PostgreSQL by one link and nothing else. A plan
is begun by one of them, whose link is then cut: the other has to go on with it and finish it, and what the first one
thinks of it when it is back must not count.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from sqlalchemy import select

from api.demos import demo_document
from api.processes import migrate
from api.settings import Settings
from service.store.database import Database
from service.store.schema import PLANS
from tests import databases
from tests.e2e.killed import PATIENCE, Service, is_final, serving_by
from tests.tree import ROOT
from tests.web import Json

HERE: Final = "10.77.0.1"
HOSTS: Final[Mapping[str, str]] = {"a": "10.77.0.2", "b": "10.77.0.3"}
BRIDGE: Final = "dayroute0"
ATTEMPTS: Final = 2
"""One before the cut, one after it."""
LIMIT_SECONDS: Final = 20
"""Of the plan: more than it takes until the other host goes on with it."""


def ip(*arguments: str) -> None:
    """Change something about the network."""
    subprocess.run(["ip", *arguments], check=True)  # noqa: S607 - our own words


@contextmanager
def hosts() -> Generator[None]:
    """Namespaces, each with one link to here."""
    ip("link", "add", BRIDGE, "type", "bridge")
    ip("addr", "add", f"{HERE}/24", "dev", BRIDGE)
    ip("link", "set", BRIDGE, "up")
    try:
        for name, address in HOSTS.items():
            ip("netns", "add", f"dayroute-{name}")
            ip("link", "add", f"dr-{name}", "type", "veth", "peer", "name", "eth0", "netns", f"dayroute-{name}")
            ip("link", "set", f"dr-{name}", "master", BRIDGE, "up")
            inside = ("-n", f"dayroute-{name}")
            ip(*inside, "addr", "add", f"{address}/24", "dev", "eth0")
            for device in ("eth0", "lo"):
                ip(*inside, "link", "set", device, "up")
        yield
    finally:
        for name in HOSTS:
            with suppress(subprocess.CalledProcessError):
                ip("netns", "del", f"dayroute-{name}")
        ip("link", "del", BRIDGE)


@contextmanager
def reachable(path: str) -> Generator[int]:
    """A port here that leads to a database which listens to a socket file only."""
    with socket.create_server((HERE, 0)) as listener:
        threading.Thread(target=_accept, args=(listener, path), daemon=True).start()
        yield int(listener.getsockname()[1])


def _accept(listener: socket.socket, path: str) -> None:
    with suppress(OSError):  # until it is closed
        while True:
            there, _ = listener.accept()
            database = socket.socket(socket.AF_UNIX)
            database.connect(path)
            for source, target in ((there, database), (database, there)):
                threading.Thread(target=_pass_on, args=(source, target), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def worker(host: str, settings: Mapping[str, str], log: Path) -> Generator["subprocess.Popen[bytes]"]:
    """A worker of one slot on that host, by its name."""
    command = ["ip", "netns", "exec", f"dayroute-{host}", sys.executable, "-P", "-m", "api", "worker", "--name", host]
    with (
        log.open("ab") as said,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings | {"DAYROUTE_SOLVER_SLOTS": "1"}, stdout=said, stderr=said
        ) as process,
    ):
        yield process
        process.terminate()


def run(folder: Path) -> Json:
    """The figures."""
    url = databases.empty_postgres()
    with ExitStack() as held:
        held.enter_context(hosts())
        path = str(next(Path(databases.socket_folder(url)).glob(".s.PGSQL.*[0-9]")))
        port = held.enter_context(reachable(path))
        reached = f"postgresql://postgres@{HERE}:{port}/{url.rpartition('/')[2].partition('?')[0]}"
        settings = {"DAYROUTE_DATABASE_URL": reached, "DAYROUTE_DATA": str(folder)}
        migrate(Settings(database_url=reached))
        service = held.enter_context(serving_by(("web", "--port", "0"), folder / "data", **settings))
        workers = {host: held.enter_context(worker(host, settings, folder / f"{host}.txt")) for host in HOSTS}
        database = Database.open(reached)
        held.callback(database.close)
        return _cut_off(service, database, workers)


def _cut_off(service: Service, database: Database, workers: Mapping[str, "subprocess.Popen[bytes]"]) -> Json:
    options = {"time_limit": f"PT{LIMIT_SECONDS}S", "explain": False}
    plan_id = service.submit(demo_document("helsinki") | {"options": options})
    before = service.once(plan_id, lambda plan: plan["progress"])
    first, _ = _whose(database, plan_id)
    ip("link", "set", f"dr-{first}", "down")
    cut = monotonic()
    while (now := _whose(database, plan_id))[0] == first:
        assert monotonic() - cut < PATIENCE, "nobody went on with it"
        sleep(0.05)
    gone_on = monotonic() - cut
    done = service.once(plan_id, is_final)
    finished = monotonic() - cut
    ip("link", "set", f"dr-{first}", "up")
    sleep(LIMIT_SECONDS)  # by then the first would have had its plan, and have told
    still = service.plan(plan_id)
    return {
        "begun by": first,
        "gone on with by": now[0],
        "attempts": _whose(database, plan_id)[1],
        "value when cut": before["progress"],
        "value in the end": done["score"],
        "seconds from cut to another": round(gone_on, 1),
        "seconds from cut to the end": round(finished, 1),
        "status": done["status"],
        "finished once": done == still,
        "the first is alive": workers[first].poll() is None,
    }


def _whose(database: Database, plan_id: str) -> tuple[str, int]:
    """Who makes the plan, and at which attempt."""
    with database.read() as connection:
        row = connection.execute(select(PLANS.c.worker, PLANS.c.attempt).where(PLANS.c.id == plan_id)).one()
    return row.worker, row.attempt


def main() -> None:
    """As root only: the network is changed."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    if os.geteuid() != 0 or shutil.which("ip") is None:
        sys.exit("This needs root and the command ip (Debian: iproute2).")
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder))
    print(json.dumps(figures, indent=1))  # noqa: T201 - what it is for
    as_it_should = figures["finished once"] and figures["the first is alive"] and figures["status"] == "done"
    sys.exit(not (as_it_should and figures["attempts"] == ATTEMPTS))


if __name__ == "__main__":
    main()
