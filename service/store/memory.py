"""Plans kept in this process: gone when it ends."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from service.store.protocol import (
    KEY_KEPT_FOR,
    Case,
    IdempotencyKey,
    KeyReusedError,
    NewPlan,
    PlanRecord,
    QueueFullError,
    Status,
)


@dataclass(frozen=True, slots=True)
class _KeptKey:
    fingerprint: str
    plan_id: str
    at: datetime


class MemoryPlanStore:
    """A PlanStore of dictionaries. Keeps ``most_finished`` finished plans and forgets the oldest beyond them."""

    def __init__(self, most_finished: int) -> None:
        self._most_finished = most_finished
        self._lock = threading.Lock()
        self._plans: dict[str, PlanRecord] = {}
        self._keys: dict[str, _KeptKey] = {}
        self._cases: dict[str, Case] = {}
        self._arrivals = 0

    def add(self, new: NewPlan, key: IdempotencyKey | None, most_queued: int) -> PlanRecord:
        """See PlanStore."""
        with self._lock:
            known = self._under_key(key, new.created_at)
            if known is not None:
                return known
            if sum(plan.status is Status.QUEUED for plan in self._plans.values()) >= most_queued:
                raise QueueFullError
            self._arrivals += 1
            record = PlanRecord(id=new.id, number=self._arrivals, request=new.request, created_at=new.created_at)
            self._plans[new.id] = record
            if key is not None:
                self._keys[key.key] = _KeptKey(key.fingerprint, new.id, new.created_at)
            self._forget_oldest()
            return record

    def release_key(self, plan_id: str) -> None:
        """See PlanStore."""
        with self._lock:
            self._release_key(plan_id)

    def get(self, plan_id: str) -> PlanRecord | None:
        """See PlanStore."""
        with self._lock:
            return self._plans.get(plan_id)

    def update(self, plan_id: str, change: Callable[[PlanRecord], PlanRecord]) -> PlanRecord | None:
        """See PlanStore."""
        with self._lock:
            before = self._plans.get(plan_id)
            if before is None:
                return None
            after = change(before)
            if after is not before:
                after = replace(after, revision=before.revision + 1)
                self._plans[plan_id] = after
            return after

    def page(self, before: int | None, limit: int) -> tuple[PlanRecord, ...]:
        """See PlanStore."""
        with self._lock:
            newest_first = [plan for plan in reversed(self._plans.values()) if before is None or plan.number < before]
            return tuple(newest_first[:limit])

    def remove(self, plan_id: str) -> bool:
        """See PlanStore."""
        with self._lock:
            return self._remove(plan_id)

    def keep_case(self, case: Case) -> None:
        """See PlanStore."""
        with self._lock:
            if case.plan_id in self._plans:
                self._cases[case.incident_id] = case

    def case(self, incident_id: str) -> Case | None:
        """See PlanStore."""
        with self._lock:
            return self._cases.get(incident_id)

    def _under_key(self, key: IdempotencyKey | None, now: datetime) -> PlanRecord | None:
        self._keys = {name: kept for name, kept in self._keys.items() if now - kept.at < KEY_KEPT_FOR}
        kept = None if key is None else self._keys.get(key.key)
        if key is None or kept is None:
            return None
        if kept.fingerprint != key.fingerprint:
            raise KeyReusedError
        return self._plans[kept.plan_id]

    def _remove(self, plan_id: str) -> bool:
        self._release_key(plan_id)
        self._cases = {incident: case for incident, case in self._cases.items() if case.plan_id != plan_id}
        return self._plans.pop(plan_id, None) is not None

    def _release_key(self, plan_id: str) -> None:
        self._keys = {name: kept for name, kept in self._keys.items() if kept.plan_id != plan_id}

    def _forget_oldest(self) -> None:
        finished = [plan.id for plan in self._plans.values() if plan.status.final]
        for plan_id in finished[: max(0, len(finished) - self._most_finished)]:
            self._remove(plan_id)
