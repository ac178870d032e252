"""Whoever counts how plans are made, and hears of no day, place or tenant."""

from datetime import timedelta
from typing import Final, Protocol

from service.day.plan import Plan
from service.jobs.queue import Urgency


class Observer(Protocol):
    """Called from any thread, often; returns at once."""

    def began(self, urgency: Urgency, waited: timedelta, *, again: bool) -> None:
        """Somebody is at a plan that came in so long ago; ``again``: not for the first time."""
        ...

    def found(self, after: timedelta) -> None:
        """There is a first plan, so long after the request came in."""
        ...

    def solver_died(self) -> None:
        """A solver ended without an answer."""
        ...

    def ended(self, status: str, code: str, took: timedelta, plan: Plan | None) -> None:
        """What was begun has come to an end; ``code`` says why there is no plan, and is empty if there is one."""
        ...

    def expired(self, plans: int) -> None:
        """So many plans failed because they were needed before anybody could begin with them."""
        ...

    def told_back(self, *, taken: bool) -> None:
        """Somebody was called back, and took it or not."""
        ...

    def recovered(self, plans: int) -> None:
        """So many plans of workers that are no more were given to others."""
        ...


class Unobserved:
    """An Observer that counts nothing."""

    def began(self, urgency: Urgency, waited: timedelta, *, again: bool) -> None:
        """See Observer."""

    def found(self, after: timedelta) -> None:
        """See Observer."""

    def solver_died(self) -> None:
        """See Observer."""

    def ended(self, status: str, code: str, took: timedelta, plan: Plan | None) -> None:
        """See Observer."""

    def expired(self, plans: int) -> None:
        """See Observer."""

    def told_back(self, *, taken: bool) -> None:
        """See Observer."""

    def recovered(self, plans: int) -> None:
        """See Observer."""


UNOBSERVED: Final = Unobserved()
