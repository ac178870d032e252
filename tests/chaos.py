"""Processes killed under load: ``python -m tests.chaos``, ``make chaos``.

Clients submit days under idempotency keys, again and again until each is acknowledged; meanwhile whoever takes
requests, whoever makes plans, solvers and the database are killed. At the end every acknowledged plan has to be done,
and every key has to stand for one plan.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Final
from unittest.mock import patch

import httpx2

from api.demos import demo_document
from api.processes import migrate
from api.settings import Settings
from service.callbacks.secrets import new_secret
from tests import databases
from tests.e2e.killed import Service, is_final, serving
from tests.features.json_street import found
from tests.receiver import receiving
from tests.web import Json, small_day

KILLS: Final[Mapping[str, int]] = {"api web": 5, "api worker": 5, "solver.": 20}
RESTARTS: Final = 3
AGAIN_SECONDS: Final = 0.05
PATIENCE_SECONDS: Final = 180.0
ANSWERED: Final = 202


@dataclass
class Load:
    """What clients have sent, and what they were promised."""

    service: Service
    plans: int
    address: str
    """To be called back at."""
    acknowledged: dict[str, str] = field(default_factory=dict[str, str])
    refused: Counter[str] = field(default_factory=Counter[str])
    tries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def submit(self, numbers: range) -> None:
        """One client: each day until it is acknowledged."""
        with httpx2.Client(base_url=self.service.client.base_url, timeout=20) as client:
            for number in numbers:
                key = f"day {number}".replace(" ", "-")
                while not self._acknowledged(client, key, day(number) | {"callback": {"url": self.address}}):
                    sleep(AGAIN_SECONDS)

    def _acknowledged(self, client: httpx2.Client, key: str, document: Json) -> bool:
        with self.lock:
            self.tries += 1
        try:
            answer = client.post("/v1/plans", json=document, headers={"Idempotency-Key": key})
        except httpx2.TransportError as error:
            answered = type(error).__name__
        else:
            answered = str(answer.status_code)
            if answer.status_code == ANSWERED:
                with self.lock:
                    self.acknowledged[key] = answer.json()["id"]
                return True
        with self.lock:
            self.refused[answered] += 1
        return False


def day(number: int) -> Json:
    """Mostly small days; one in twenty takes a while."""
    if number % 20:
        return small_day() | {"name": f"day {number}"}
    return demo_document("helsinki") | {"name": f"day {number}", "options": {"time_limit": "PT2S", "explain": False}}


@contextmanager
def kept_killing(service: Service, restart: Callable[[], None] | None) -> Generator[Counter[str]]:
    """Somebody is killed every now and then, each as often as it is said."""
    done, killed = threading.Event(), Counter[str]()
    victims = [name for name, times in KILLS.items() for _ in range(times)]
    victims += ["database"] * (RESTARTS if restart else 0)
    random.Random(1).shuffle(victims)  # noqa: S311 - the same each time

    def kill() -> None:
        for victim in victims:
            if done.wait(0.7):
                return
            if victim == "database" and restart is not None:
                restart()
                killed[victim] += 1
            elif service.kill_one(victim):
                killed[victim] += 1
            else:
                victims.append(victim)  # there was none just then: once more, at the end

    killer = threading.Thread(target=kill)
    killer.start()
    yield killed
    killer.join()
    done.set()


def run(plans: int, clients: int, data: Path, settings: Mapping[str, str], restart: Callable[[], None] | None) -> Json:
    """The figures."""
    began = monotonic()
    told = Counter[str]()

    def hear(_: Mapping[str, str], body: bytes) -> None:
        told[json.loads(body)["data"]["id"]] += 1

    calling = {"DAYROUTE_CALLBACK_SECRETS": new_secret(), "DAYROUTE_CALLBACK_PRIVATE": "true"}
    with receiving(hear) as address, serving(data, **settings, **calling) as service:
        load = Load(service, plans, address)
        with kept_killing(service, restart) as killed:
            threads = [
                threading.Thread(target=load.submit, args=(range(first, plans, clients),)) for first in range(clients)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        submitted = monotonic() - began
        ends = [service.once(plan_id, is_final, PATIENCE_SECONDS) for plan_id in load.acknowledged.values()]
        statuses = Counter(str(plan["status"]) for plan in ends)
        failures = Counter(str(found(plan, "failure", "code")) for plan in ends if plan["failure"])
        kept = all_plans(service)
        until = monotonic() + PATIENCE_SECONDS
        while set(load.acknowledged.values()) - set(told) and monotonic() < until:
            sleep(AGAIN_SECONDS)
    return {
        "acknowledged": len(load.acknowledged),
        "tries": load.tries,
        "not acknowledged at once": dict(load.refused),
        "killed": dict(killed),
        "statuses": dict(statuses),
        "failures": dict(failures),
        "plans kept": kept,
        "seconds to submit": round(submitted, 1),
        "seconds in all": round(monotonic() - began, 1),
        "never told of": len(set(load.acknowledged.values()) - set(told)),
        "told of more than once": sum(times > 1 for times in told.values()),
        "lost": plans - statuses["done"],
        "doubled": kept - plans,
    }


def all_plans(service: Service) -> int:
    """How many there are."""
    number, cursor = 0, None
    while True:
        query: dict[str, str] = {"limit": "100"} | ({"cursor": cursor} if cursor else {})
        page = service.client.get("/v1/plans", params=query).json()
        number, cursor = number + len(page["plans"]), page["next_cursor"]
        if cursor is None:
            return number


def main() -> None:
    """Both databases, unless one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=500)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    failed = False
    for kind in [asked.database] if asked.database else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as folder:
            figures = run(asked.plans, asked.clients, Path(folder) / "data", *database(kind))
        print(json.dumps({"database": kind} | figures, indent=1))  # noqa: T201 - what it is for
        failed |= bool(figures["lost"] or figures["doubled"] or figures["never told of"])
    sys.exit(failed)


def database(kind: str) -> tuple[dict[str, str], Callable[[], None] | None]:
    """Settings that name it, and how to restart it."""
    if kind == "sqlite":
        return {}, None
    settings = {"DAYROUTE_DATABASE_URL": databases.empty_postgres()}
    with patch.dict(os.environ, settings):
        migrate(Settings())
    return settings, databases.restart_postgres


if __name__ == "__main__":
    main()
