"""Plans for one tenant: handed in, stopped, erased."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.budgets import default_seconds
from service.day.request import DayRequest
from service.jobs.queue import Urgency
from service.store.protocol import Erased, IdempotencyKey, NewPlan, PlanState, QueueLimits, Room, TenantPlans

LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PlanJobs:
    """``clock`` gives aware instants, ``new_id`` unguessable ids."""

    plans: TenantPlans
    limits: QueueLimits
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def submit(
        self, request: DayRequest, key: IdempotencyKey | None = None, urgency: Urgency = Urgency.BATCH
    ) -> PlanState:
        """Keeps the request, to be planned when its turn comes; the same key brings back the same plan.

        Raises KeyReusedError, QueueFullError, TenantQueueFullError, StoreDownError.
        """
        effort = request.options.time_limit or timedelta(seconds=default_seconds(len(request.visits)))
        new = NewPlan(self.new_id(), request, self.clock(), effort, urgency)
        state = self.plans.add(new, key, self.limits)
        if state.id == new.id:
            told = {"plan_id": state.id, "visits": len(request.visits), "agents": len(request.agents)}
            LOG.info("a plan was accepted", extra=told)
        return state

    @property
    def room(self) -> Room:
        """For how many more plans there is room."""
        return self.plans.room(self.limits)

    def stop(self, plan_id: str) -> PlanState | None:
        """Asks a running plan for its best so far, cancels a waiting one; ``None`` if there is no such plan."""
        return self.plans.stop(plan_id, self.clock())

    def erase(self, account: str) -> Erased:
        """Takes one person's data out of all plans that were sent by now. Raises StoreDownError."""
        return self.plans.erase(account, self.clock())
