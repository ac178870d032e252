"""Waiting for plans to change."""

from collections.abc import Collection, Mapping

from service.jobs.watch import Watch
from service.store.protocol import StoreDownError

PATIENCE = 30.0
AWAY = StoreDownError("sqlite", "OperationalError")


class Revisions:
    """Revisions that a test decides; it may have to be asked more than once."""

    def __init__(self, away: int = 0, **now: int) -> None:
        self.now = now
        self.away = away

    def revisions(self, plan_ids: Collection[str]) -> Mapping[str, int]:
        if self.away:
            self.away -= 1
            raise AWAY
        return {plan_id: self.now[plan_id] for plan_id in plan_ids if plan_id in self.now}


def test_who_waits_hears_of_a_change() -> None:
    revisions = Revisions(a=1)
    watch = Watch(revisions)
    changed = watch.changed("a", 1)
    watch.look()
    before = changed.done()
    revisions.now["a"] = 2
    changed.result(PATIENCE)
    watch.close()

    assert not before


def test_who_knows_an_older_state_hears_at_once() -> None:
    watch = Watch(Revisions(a=5))
    watch.changed("a", 1).result(PATIENCE)
    watch.close()


def test_a_plan_that_is_gone_has_changed() -> None:
    watch = Watch(Revisions())
    watch.changed("a", 1).result(PATIENCE)
    watch.close()


def test_a_database_that_is_away_is_asked_again() -> None:
    watch = Watch(Revisions(away=2))
    watch.changed("a", 1).result(PATIENCE)
    watch.close()


def test_what_nobody_expected_does_not_end_the_looking() -> None:
    revisions = Revisions(a=1)
    watch = Watch(revisions)
    told = revisions.revisions
    failures = iter([True, True, False])

    def fails(plan_ids: Collection[str]) -> Mapping[str, int]:
        if next(failures, False):
            raise LookupError
        return told(plan_ids)

    revisions.revisions = fails
    revisions.now["a"] = 2
    watch.changed("a", 1).result(PATIENCE)
    watch.close()


def test_who_gives_up_does_not_end_the_waiting_of_others() -> None:
    revisions = Revisions(a=1)
    watch = Watch(revisions)
    first, second = watch.changed("a", 1), watch.changed("a", 1)
    first.cancel()
    revisions.now["a"] = 2
    second.result(PATIENCE)
    watch.close()

    assert first.cancelled()


def test_nobody_waits_when_nobody_looks_any_more() -> None:
    watch = Watch(Revisions(a=1))
    waiting = watch.changed("a", 1)
    watch.close()

    assert waiting.done()
    assert watch.changed("a", 1).done()
