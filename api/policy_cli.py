"""``dayroute policy list | explain``."""

from typing import Annotated, Final

import typer

from api import policy_lines
from api.source_wiring import packs_of
from api.terminal import BROKEN, OUT, say, settings_with, wrong
from api.wiring import UNUSABLE
from service.day.policy import Policy
from service.hours.in_force import in_force
from service.hours.judge import Door, Verdict, judge
from service.hours.packs import Packs

policy: Final = typer.Typer(help="Look up when somebody may be at a door.", no_args_is_help=True)


@policy.command("list")
def list_policies() -> None:
    """List the policies that a plan may name."""
    OUT.print(policy_lines.table(_packs()))


@policy.command("explain")
def explain_policy(  # noqa: PLR0913, PLR0917 - options of the command line
    jurisdiction: Annotated[str, typer.Option(help="The policy, like US-MA")],
    at: Annotated[str, typer.Option(help="When the visit begins, like 2026-07-04T19:30, by the clock at the door")],
    place: Annotated[str | None, typer.Option(help="LAT,LON of the door, for its time zone")] = None,
    timezone: Annotated[str | None, typer.Option(help="Its time zone instead, like America/New_York")] = None,
    duration: Annotated[str, typer.Option(help="How long the visit takes")] = "PT15M",
    activity: Annotated[str | None, typer.Option(help="What it is made for [default: as the policy has it]")] = None,
    called: Annotated[
        list[str] | None, typer.Option(help="A call before this one, like 2026-06-30, or 2026-06-30=reached; several")
    ] = None,
    consent: Annotated[
        list[str] | None,
        typer.Option(help="Agreed to, and when: 2026-07-04T20:00/2026-07-04T22:00/2026-06-20; several"),
    ] = None,
    *,
    house_default: Annotated[bool, typer.Option(help="What we recommend holds too")] = False,
) -> None:
    """Say whether a visit would be allowed, and by which rules; exit code 1 if it would not."""
    asked = Policy(jurisdiction=jurisdiction, activity=activity, house_default=house_default)
    try:
        presence, zone = policy_lines.presence(at, duration, place, timezone)
        knocks = [policy_lines.knock(each) for each in called or ()]
        agreed = [policy_lines.consent(each, zone) for each in consent or ()]
    except ValueError as error:
        raise wrong(str(error)) from None
    door = Door(in_force(_packs(), asked), zone, consent=agreed, knocks=knocks)
    judgement = judge(door, presence)
    say(policy_lines.explained(door, presence, judgement))
    if judgement.verdict is not Verdict.ALLOW:
        raise typer.Exit(BROKEN)


def _packs() -> Packs:
    try:
        return packs_of(settings_with())
    except UNUSABLE as error:
        raise wrong(str(error)) from None
