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

from service.jobs.queue import Urgency
from service.store.protocol import Status
from service.store.schema import PLANS, TENANTS

TICK: Final = timedelta(seconds=1)
"""The unit of tags. Queues tell 2^30 of them apart: years of planning without a pause."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What one tenant has sent so far; nobody else changes that while the transaction lasts."""

    tenant: str
    plans: int
    urgent_tag: int
    batch_tag: int
    queue_limit: int | None
    """How many of its plans may wait, where that is not as many as of any other."""

    @classmethod
    def lock(cls, connection: Connection, tenant: str) -> Self:
        """Read it, and keep it from others until the transaction ends."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        touched = dialect.insert(TENANTS).values(id=tenant, plans=0, urgent_tag=0, batch_tag=0)
        row = connection.execute(
            touched.on_conflict_do_update(index_elements=["id"], set_={"plans": TENANTS.c.plans}).returning(
                TENANTS.c.plans, TENANTS.c.urgent_tag, TENANTS.c.batch_tag, TENANTS.c.queue_limit
            )
        ).one()
        return cls(tenant, row.plans, row.urgent_tag, row.batch_tag, row.queue_limit)

    def take(self, connection: Connection, urgency: Urgency, effort: timedelta) -> tuple[int, int]:
        """Number and tag of the tenant's next plan."""
        column, so_far = (
            (TENANTS.c.urgent_tag, self.urgent_tag)
            if urgency is Urgency.WAITED_FOR
            else (TENANTS.c.batch_tag, self.batch_tag)
        )
        start = max(so_far, _present(connection, urgency))
        following = start + max(1, round(effort / TICK))
        connection.execute(
            update(TENANTS)
            .where(TENANTS.c.id == self.tenant)
            .values({TENANTS.c.plans: self.plans + 1, column: following})
        )
        return self.plans + 1, start


def _present(connection: Connection, urgency: Urgency) -> int:
    """How far the work in hand has come: the tag of what runs, else of what is next; where nothing is to do, any."""
    alike = PLANS.c.urgency == urgency.value
    running = select(func.max(PLANS.c.tag)).where(PLANS.c.status == Status.RUNNING.value, alike)
    waiting = select(func.min(PLANS.c.tag)).where(PLANS.c.status == Status.QUEUED.value, alike)
    found = connection.scalar(running)
    return (connection.scalar(waiting) or 0) if found is None else found
