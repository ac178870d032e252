"""Who goes first among those in the same hurry: whoever had less so far.

Start-time fair queueing (Goyal, Vin, Cheng 1996): every plan is tagged with the time at which its tenant's work would
begin if all tenants with something to do were served side by side; the lowest tag goes first. A tenant that had nothing
to do for a while begins at the present, and saves nothing up.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.store.protocol import Status
from service.store.schema import PLANS, TENANTS

TICK: Final = timedelta(seconds=1)
"""The unit of tags. Queues tell 2^30 of them apart: years of planning without a pause."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What one tenant has sent so far; nobody else changes that while the transaction lasts."""

    tenant: str
    plans: int
    tag: int

    @classmethod
    def lock(cls, connection: Connection, tenant: str) -> Self:
        """Read it, and keep it from others until the transaction ends."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        touched = dialect.insert(TENANTS).values(id=tenant, plans=0, tag=0)
        row = connection.execute(
            touched.on_conflict_do_update(index_elements=["id"], set_={"plans": TENANTS.c.plans}).returning(
                TENANTS.c.plans, TENANTS.c.tag
            )
        ).one()
        return cls(tenant, row.plans, row.tag)

    def take(self, connection: Connection, effort: timedelta) -> tuple[int, int]:
        """Number and tag of the tenant's next plan."""
        start = max(self.tag, _present(connection))
        number = self.plans + 1
        following = start + max(1, round(effort / TICK))
        connection.execute(update(TENANTS).where(TENANTS.c.id == self.tenant).values(plans=number, tag=following))
        return number, start


def _present(connection: Connection) -> int:
    """How far the work in hand has come: the tag of what runs, else of what is next; where nothing is to do, any."""
    running = connection.scalar(select(func.max(PLANS.c.tag)).where(PLANS.c.status == Status.RUNNING.value))
    if running is not None:
        return running
    return connection.scalar(select(func.min(PLANS.c.tag)).where(PLANS.c.status == Status.QUEUED.value)) or 0
