"""``dayroute tenants``: how many plans of each may wait."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated, Final

import typer
from rich.table import Table

from api.processes import database_of
from api.terminal import OUT, settings_with, wrong
from service.outage import OutageError
from service.store.database import DatabaseUnusableError
from service.store.tenants import SqlTenants

tenants: Final = typer.Typer(help="How many plans of each tenant may wait.", no_args_is_help=True)


@tenants.command("list")
def list_tenants() -> None:
    """List tenants that have sent a plan or have a limit of their own."""
    table = Table("tenant", "may have waiting", box=None)
    with _known() as known:
        for tenant, limit in known.limits().items():
            table.add_row(tenant, "as any other" if limit is None else str(limit))
    OUT.print(table)


@tenants.command("limit")
def limit_tenant(
    tenant: Annotated[str, typer.Argument()],
    plans: Annotated[int | None, typer.Argument(min=0, help="Absent = as many as of any other")] = None,
) -> None:
    """Say how many plans of a tenant may wait; its requests beyond that are answered 429."""
    with _known() as known:
        known.limit(tenant, plans)
    limited = "as many plans as any other" if plans is None else f"{plans} plans"
    OUT.print(f"{tenant} may have {limited} waiting.", markup=False)


@contextmanager
def _known() -> Generator[SqlTenants]:
    try:
        database = database_of(settings_with())
        yield SqlTenants(database)
        database.close()
    except OutageError as error:
        raise wrong(error.detail) from None
    except DatabaseUnusableError as error:
        raise wrong(str(error)) from None
