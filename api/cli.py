"""The command line: ``dayroute serve | plan | check | demo | policy | addresses | warm``."""

import ipaddress
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer
import uvicorn
from pydantic import ValidationError
from rich.console import Console

from api import address_lines, offline, policy_lines
from api import demo as demonstration
from api.app import create_app
from api.render import render, violation_lines
from api.settings import PREFIX, Settings
from api.wiring import UNUSABLE, accepted_by, geocoder_of, packs_of
from service.day.policy import Policy
from service.geocoding.build_index import ExtractUnreadableError, build_index
from service.geocoding.protocol import Address, GeocoderDownError
from service.hours.in_force import in_force
from service.hours.judge import Door, Verdict, judge
from service.hours.packs import Packs
from service.jobs.warm import CannotWarmUpError, warm_up

BROKEN: Final = 1
"""Exit code of a check that found broken rules."""
WRONG_INPUT: Final = 2
"""Exit code where nothing could be done with what was given, as for wrong options."""

OUT: Final = Console()
ERR: Final = Console(stderr=True)

app: Final = typer.Typer(
    help="Plans the day of people who call at doors.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help=f"Port to listen on [default: {PREFIX}PORT or 8000]")]


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help=f"Address to listen on [default: {PREFIX}HOST or 127.0.0.1]")] = None,
    port: Port = None,
    *,
    without_keys: Annotated[bool, typer.Option(help="Let in whoever can reach an address beyond this host")] = False,
) -> None:
    """Serve the API."""
    settings = _settings(host=host, port=port)
    if not (without_keys or _is_loopback(settings.host)):
        message = (
            f"{settings.host} can be reached from beyond this host, and this version asks nobody for a key. "
            "Serve on 127.0.0.1 behind a proxy that does, or say --without-keys."
        )
        raise _wrong(message)
    try:
        served = create_app(settings)
    except UNUSABLE as error:
        raise _wrong(str(error)) from None
    uvicorn.run(served, host=settings.host, port=settings.port)


@app.command()
def plan(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="REQUEST.json or VISITS.csv AGENTS.csv")
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the plan as JSON to this file")] = None,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of the tables [default: today]")
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            help="Time zone of the tables, like Europe/Helsinki [default: looked up from the first shift's coordinates]"
        ),
    ] = None,
) -> None:
    """Plan a day here and now; Ctrl-C ends the search and keeps the best plan so far."""
    if output is not None and not output.parent.is_dir():
        message = f"There is no folder {output.parent} to write the plan to."
        raise _wrong(message)
    try:
        request = offline.read_request(files, date and date.date(), timezone)
        document = offline.plan(request, _settings(), ERR, files)
    except offline.UnusableError as error:
        raise _wrong(str(error)) from None
    render(request, document, OUT)
    if output is not None:
        output.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@app.command()
def check(request: File, plan: File) -> None:
    """Check a PLAN against its REQUEST and name every rule that it breaks; exit code 1 if there is one."""
    try:
        measured = offline.check(request, plan, _settings())
    except offline.UnusableError as error:
        raise _wrong(str(error)) from None
    for line in violation_lines(measured):
        OUT.print(line)
    if measured["violations"]:
        raise typer.Exit(BROKEN)


@app.command()
def demo(
    port: Port = None,
    *,
    once: Annotated[bool, typer.Option(help="Stop once the plan has been shown")] = False,
) -> None:
    """Start the service, plan a day in Helsinki over HTTP, show it, and keep serving."""
    try:
        demonstration.run(_settings(host="127.0.0.1", port=port), OUT, keep_serving=not once)
    except demonstration.CannotListenError as error:
        raise _wrong(str(error)) from None


@app.command()
def warm() -> None:
    """Compile the search and keep it, once after each installation: else the first plan has to wait for it."""
    try:
        warmed = warm_up(_settings().kernels)
    except CannotWarmUpError as error:
        raise _wrong(str(error)) from None
    OUT.print(f"The search is compiled ({warmed.seconds:.1f} s) and kept in {warmed.folder}", soft_wrap=True)


policy: Final = typer.Typer(help="Look up when somebody may be at a door.", no_args_is_help=True)
app.add_typer(policy, name="policy")


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
    *,
    house_default: Annotated[bool, typer.Option(help="What we recommend holds too")] = False,
) -> None:
    """Say whether a visit would be allowed, and by which rules; exit code 1 if it would not."""
    asked = Policy(jurisdiction=jurisdiction, activity=activity, house_default=house_default)
    try:
        presence, zone = policy_lines.presence(at, duration, place, timezone)
    except ValueError as error:
        raise _wrong(str(error)) from None
    door = Door(in_force(_packs(), asked), zone)
    judgement = judge(door, presence)
    _say(policy_lines.explained(door, presence, judgement))
    if judgement.verdict is not Verdict.ALLOW:
        raise typer.Exit(BROKEN)


addresses: Final = typer.Typer(help="Look addresses up.", no_args_is_help=True)
app.add_typer(addresses, name="addresses")


@addresses.command("build")
def build_addresses(
    extract: Annotated[Path, typer.Argument(help="An extract of OpenStreetMap: city.osm.pbf")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="[default: beside it, .addresses]")] = None,
) -> None:
    """Make an index of all addresses of a region, for DAYROUTE_ADDRESSES."""
    index = output or extract.with_name(extract.name.removesuffix(".pbf").removesuffix(".osm") + ".addresses")
    try:
        built = build_index(extract, index)
    except (ExtractUnreadableError, OSError) as error:
        raise _wrong(str(error)) from None
    _say(address_lines.built(built, str(index)))


@addresses.command("find")
def find_address(address: Annotated[str, typer.Argument(help="As people write it")]) -> None:
    """Say where an address is; exit code 1 if that is not sure."""
    settings = _settings()
    try:
        (found,) = geocoder_of(settings).find([Address(address)])
    except (*UNUSABLE, GeocoderDownError) as error:
        raise _wrong(str(error)) from None
    _say(address_lines.found(found))
    if not accepted_by(settings).takes(found):
        raise typer.Exit(BROKEN)


def main() -> None:
    """Entry point of the console script."""
    app()


def _settings(**given: object) -> Settings:
    """Settings from the environment; what the command line says goes first."""
    try:
        return Settings.model_validate({**Settings().model_dump(), **{k: v for k, v in given.items() if v is not None}})
    except ValidationError as error:
        lines = (f"{PREFIX}{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}." for each in error.errors())
        raise _wrong("\n".join(lines)) from None


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)


def _packs() -> Packs:
    try:
        return packs_of(_settings())
    except UNUSABLE as error:
        raise _wrong(str(error)) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wrong(sentences: str) -> typer.Exit:
    ERR.print(sentences, style="red", markup=False, highlight=False)
    return typer.Exit(WRONG_INPUT)
