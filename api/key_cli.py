"""``dayroute keys``: who may send requests."""

from typing import Annotated, Final

import typer
from rich.table import Table

from api.processes import keys_of
from api.terminal import OUT, say, settings_with, wrong
from service.access import Keys, Role
from service.outage import OutageError
from service.store.database import DatabaseUnusableError

keys: Final = typer.Typer(help="Who may send requests.", no_args_is_help=True)


@keys.command("add")
def add_key(
    tenant: Annotated[str, typer.Argument(help="Whose plans it opens; tenants see nothing of each other")] = "default",
    role: Annotated[Role, typer.Option(help="What it is good for")] = Role.PLAN,
    name: Annotated[str, typer.Option(help="Who has it")] = "",
) -> None:
    """Make a key and show it, this once: what is kept of it opens nothing."""
    made = _keys().add(tenant, role, name)
    say([made.secret])
    OUT.print(f"Key {made.key.id} of {made.key.tenant}, for {made.key.role}. It is not shown again.", style="dim")


@keys.command("list")
def list_keys() -> None:
    """List keys, without what they are."""
    table = Table("id", "tenant", "role", "name", "made", "revoked", box=None)
    for key in _keys().store.all():
        revoked = "" if key.revoked_at is None else f"{key.revoked_at:%Y-%m-%d}"
        table.add_row(key.id, key.tenant, key.role, key.name, f"{key.created_at:%Y-%m-%d}", revoked)
    OUT.print(table)


@keys.command("revoke")
def revoke_key(key: Annotated[str, typer.Argument(help="Its id, as `keys list` has it")]) -> None:
    """From now on the key opens nothing."""
    known = _keys()
    if not known.store.revoke(key, known.clock()):
        message = f"There is no key {key} that opens anything; `dayroute keys list` shows all."
        raise wrong(message)
    OUT.print(f"Key {key} opens nothing any more.")


def _keys() -> Keys:
    try:
        return keys_of(settings_with())
    except OutageError as error:
        raise wrong(error.detail) from None
    except DatabaseUnusableError as error:
        raise wrong(str(error)) from None
