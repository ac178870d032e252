"""A queue in the database itself, by DBOS Transact: whoever reaches the database may work on it.

DBOS keeps ids of plans, in tables of its own beside ours, and hands each to one worker at a time. What a worker had
that is no more goes back to the queue; that is the one thing taken from inside DBOS, and looked for before a worker
starts.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Final, NoReturn

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import Connection, Engine

from service.jobs.queue import Urgency

APPLICATION: Final = "dayroute"
VERSION: Final = "1"
"""Of what is enqueued. DBOS would take a hash of the source, and a worker that was updated would leave what waits."""
QUEUE: Final = "plans"
MAKE: Final = "make"
POLL_SECONDS: Final = 0.05
LARGEST_TAG: Final = (1 << 30) - 1


class DbosQueue:
    """A Queue for one process; ``listen`` at most once in it, as DBOS is one per process."""

    def __init__(self, engine: Engine) -> None:
        """``engine`` is that of the store, whose transactions plans are enqueued in."""
        self._engine = engine
        self._client = DBOSClient(
            system_database_engine=engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            lazy=True,
            retry_connection_errors=False,
        )

    @staticmethod
    def migrate(url: str) -> None:
        """Its own tables, made or brought to the version of the library."""
        DBOS.migrate(url)

    def enqueue(self, connection: Connection, plan_id: str, urgency: Urgency, tag: int) -> None:
        """See Queue."""
        self._client.enqueue_in_transaction(
            connection,
            {
                "workflow_name": MAKE,
                "workflow_id": plan_id,
                "queue_name": QUEUE,
                "app_version": VERSION,
                "priority": 1 + (urgency << 30) + min(tag, LARGEST_TAG - 1),
            },
            plan_id,
        )

    def listen(self, make: Callable[[str], None], slots: int, worker: str) -> None:
        """See Queue. ``slots`` holds for all workers, as the last of them to start says.

        Raises AttributeError if DBOS has changed within.
        """
        _ = DBOS._recover_pending_workflows  # noqa: SLF001 - see above # pyright: ignore[reportPrivateUsage]
        DBOS(config=_config(self._engine, worker))

        @DBOS.workflow(name=MAKE, max_recovery_attempts=None)  # the store knows how often is too often
        def make_plan(plan_id: str) -> None:
            try:
                make(plan_id)
            except InterruptedError:
                _never_end()

        DBOS.listen_queues([QUEUE])
        DBOS.launch()
        DBOS.register_queue(
            QUEUE, worker_concurrency=slots, polling_interval_sec=POLL_SECONDS, on_conflict="always_update"
        )

    def in_hand(self) -> Collection[str]:
        """See Queue."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        return {workflow.executor_id for workflow in pending if workflow.executor_id is not None}

    def recover(self, workers: Collection[str]) -> None:
        """See Queue."""
        DBOS._recover_pending_workflows(list(workers))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - see above

    def forget(self, plan_ids: Sequence[str]) -> None:
        """See Queue."""
        self._client.delete_workflows(list(plan_ids))

    def drain(self) -> None:
        """See Queue."""
        DBOS.destroy(workflow_completion_timeout_sec=0)


def _config(engine: Engine, worker: str) -> DBOSConfig:
    return {
        "name": APPLICATION,
        "application_version": VERSION,
        "executor_id": worker,
        "system_database_url": engine.url.render_as_string(hide_password=False),
        "serializer": DBOSPortableJSONSerializer(),
        "run_migrations": False,
        "use_listen_notify": False,
        "log_level": "WARNING",
        "scheduler_polling_interval_sec": 3600.0,
    }


def _never_end() -> NoReturn:
    """To DBOS the plan is not made: when this process has ended, another goes on with it."""
    while True:
        threading.Event().wait()
