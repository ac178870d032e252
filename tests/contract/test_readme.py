"""What README shows is what the service answers."""

import json
import re
from functools import partial
from pathlib import Path
from typing import Final, cast

from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.sources import Sources
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.web import Json, client

ROOT: Final = Path(__file__).parents[2]
REQUEST: Final = ROOT / "examples" / "two_doors" / "request.json"


def blocks() -> list[Json]:
    """The JSON that README shows, in order."""
    shown = re.findall(r"```json\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [cast("Json", json.loads(block)) for block in shown]


def holds(whole: object, part: object) -> bool:
    """Whether all that ``part`` says stands in ``whole``: keys may be missing, elements of lists may not."""
    if isinstance(part, dict) and isinstance(whole, dict):
        members = cast("Json", part)
        return all(key in whole and holds(cast("Json", whole)[key], value) for key, value in members.items())
    if isinstance(part, list) and isinstance(whole, list):
        parts, wholes = cast("list[object]", part), cast("list[object]", whole)
        return len(parts) == len(wholes) and all(map(holds, wholes, parts))
    return whole == part


def test_readme_shows_the_request_of_the_example() -> None:
    request, _ = blocks()

    assert request == json.loads(REQUEST.read_text(encoding="utf-8"))


def test_readme_shows_what_the_service_answers() -> None:
    _, shown = blocks()
    planner = partial(plan_day, sources=Sources(Roads(Estimate()), Packs.of()), solver=InProcess())

    with client(planner) as service:
        answer = service.post("/v1/plans", json=json.loads(REQUEST.read_text()), headers={"Prefer": "wait=60"})

    assert holds(answer.json(), shown), answer.json()
