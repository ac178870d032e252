"""The command line: ``dayroute --help`` lists the commands; groups of them stand in ``*_cli``."""

import ipaddress
import json
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer

from api import demo as demonstration
from api import offline, processes
from api.callback_cli import callbacks
from api.key_cli import keys
from api.policy_cli import policy
from api.region_cli import addresses, region, region_of
from api.region_cli import roads as road_data
from api.render import render, violation_lines
from api.settings import PREFIX, Settings
from api.tenant_cli import tenants
from api.terminal import BROKEN, ERR, OUT, settings_with, wrong
from api.wiring import UNUSABLE
from service.jobs.warm import CannotWarmUpError, warm_up
from service.outage import OutageError
from service.retention import Keeping

app: Final = typer.Typer(
    help="Plans the day of people who call at doors.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)

app.add_typer(policy, name="policy")
app.add_typer(keys, name="keys")
app.add_typer(callbacks, name="callbacks")
app.add_typer(tenants, name="tenants")
app.add_typer(addresses, name="addresses")
app.add_typer(road_data, name="roads")
app.add_typer(region, name="region")

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Host = Annotated[str | None, typer.Option(help=f"Address to listen on [default: {PREFIX}HOST or 127.0.0.1]")]
WithoutKeys = Annotated[bool, typer.Option(help="Serve beyond this host although nobody has a key yet")]
ChildOf = Annotated[int | None, typer.Option(hidden=True)]
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help=f"Port to listen on [default: {PREFIX}PORT or 8000]")]


@app.command()
def serve(host: Host = None, port: Port = None, *, without_keys: WithoutKeys = False) -> None:
    """Serve the API: take requests and make plans, in processes that are started again when they die."""
    settings = _guarded(settings_with(host=host, port=port), without_keys=without_keys)
    with _said_plainly():
        processes.serve(settings)


@app.command()
def web(
    host: Host = None,
    port: Port = None,
    *,
    without_keys: WithoutKeys = False,
    fd: Annotated[int | None, typer.Option(hidden=True)] = None,
    child_of: ChildOf = None,
) -> None:
    """Take requests only; workers elsewhere make the plans."""
    settings = settings_with(host=host, port=port)
    if fd is None:
        settings = _guarded(settings, without_keys=without_keys)
    if child_of is not None:
        processes.end_with(child_of)
    with _said_plainly():
        processes.web(settings, fd)


@app.command()
def worker(
    slots: Annotated[
        int | None, typer.Option(min=1, max=256, help=f"Plans at a time [default: {PREFIX}SOLVER_SLOTS]")
    ] = None,
    name: Annotated[str | None, typer.Option(hidden=True)] = None,
    child_of: ChildOf = None,
) -> None:
    """Make plans only; what is not finished when it ends is left to other workers."""
    settings = settings_with(solver_slots=slots)
    if child_of is not None:
        processes.end_with(child_of)
    with _said_plainly():
        processes.worker(settings, name)


@app.command()
def migrate() -> None:
    """Make the tables of the database, or bring them to this version."""
    with _said_plainly():
        processes.migrate(settings_with())
    OUT.print("The database has the tables of this version.")


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
        raise wrong(message)
    try:
        request = offline.read_request(files, date and date.date(), timezone)
        document = offline.plan(request, settings_with(), ERR, files)
    except offline.UnusableError as error:
        raise wrong(str(error)) from None
    render(request, document, OUT)
    if output is not None:
        output.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@app.command()
def check(request: File, plan: File) -> None:
    """Check a PLAN against its REQUEST and name every rule that it breaks; exit code 1 if there is one."""
    try:
        measured = offline.check(request, plan, settings_with())
    except offline.UnusableError as error:
        raise wrong(str(error)) from None
    for line in violation_lines(measured):
        OUT.print(line)
    if measured["violations"]:
        raise typer.Exit(BROKEN)


@app.command()
def demo(
    port: Port = None,
    *,
    once: Annotated[bool, typer.Option(help="Stop once the plan has been shown")] = False,
    roads: Annotated[
        Path | None, typer.Option(help="An extract of OpenStreetMap: plan a day among its addresses, on its roads")
    ] = None,
) -> None:
    """Start the service, plan a day in Helsinki over HTTP, show it, and keep serving."""
    settings = settings_with(host="127.0.0.1", port=port)
    with ExitStack() as made:
        own_day = None
        if roads is not None:
            folder = Path(made.enter_context(TemporaryDirectory(prefix="dayroute-")))
            settings, own_day = region_of(roads, folder, settings)
        try:
            demonstration.run(settings, OUT, keep_serving=not once, own_day=own_day)
        except (demonstration.CannotListenError, *UNUSABLE) as error:
            raise wrong(str(error)) from None


@app.command()
def warm() -> None:
    """Compile the search and keep it, once after each installation: else the first plan has to wait for it."""
    try:
        warmed = warm_up(settings_with().kernels)
    except CannotWarmUpError as error:
        raise wrong(str(error)) from None
    OUT.print(f"The search is compiled ({warmed.seconds:.1f} s) and kept in {warmed.folder}", soft_wrap=True)


@app.command()
def purge(
    days: Annotated[
        int | None,
        typer.Option(
            min=0, help=f"How long any is kept after it ended [default: {PREFIX}KEEP_DAYS and _KEEP_FAILED_DAYS]"
        ),
    ] = None,
) -> None:
    """Erase old plans now, with everything that was sent for them; workers do so hourly where settings say when."""
    settings = settings_with()
    keeping = settings.keeping if days is None else Keeping(timedelta(days=days), timedelta(days=days))
    if keeping == Keeping():
        message = f"Nobody has said how long plans are kept: --days, or {PREFIX}KEEP_DAYS and {PREFIX}KEEP_FAILED_DAYS."
        raise wrong(message)
    with _said_plainly():
        erased = processes.purge(settings, keeping)
    OUT.print(f"{erased} plans erased.")


@app.command()
def erase(
    account: Annotated[str, typer.Argument(help="A visit's `account`, as it was sent")],
    tenant: Annotated[str, typer.Option(help="Whose plans")] = "default",
) -> None:
    """Take one person's data out of all plans that were sent by now."""
    with _said_plainly():
        erased = processes.erase(settings_with(), tenant, account)
    if not erased.plans:
        OUT.print(f"It is in no plan of {tenant}.", markup=False)
        return
    later = f" {erased.running} of them are being made, and lose it when they end." if erased.running else ""
    OUT.print(f"It was in {erased.plans} plans, and is no more.{later}")


def main() -> None:
    """Entry point of the console script."""
    app()


@contextmanager
def _said_plainly() -> Generator[None]:
    """What cannot be is told in a sentence."""
    try:
        yield
    except OutageError as error:
        raise wrong(error.detail) from None
    except (demonstration.CannotListenError, *UNUSABLE) as error:
        raise wrong(str(error)) from None


def _guarded(settings: Settings, *, without_keys: bool) -> Settings:
    """Whom to ask for a key: beyond this host everybody, unless somebody says that nobody need have one."""
    if without_keys or _is_loopback(settings.host) or settings.keys == "never":
        return settings
    with _said_plainly():
        if not processes.has_keys(settings):
            message = (
                f"{settings.host} can be reached from beyond this host, and nobody has a key. Make one with "
                "`dayroute keys add`, serve on 127.0.0.1 behind a proxy that asks for something else, "
                "or say --without-keys."
            )
            raise wrong(message)
    return settings.model_copy(update={"keys": "always"})


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
