"""Somebody whom a plan has to ask, and who gives no answer."""

from datetime import timedelta
from typing import ClassVar


class OutageError(Exception):
    """No answer. The text names who was asked and the kind of failure, never what was asked."""

    code: ClassVar[str] = "service_down"
    what: ClassVar[str] = "service"
    consequence: ClassVar[str] = "The request could not be answered"

    def __init__(self, source: str, kind: str, retry_after: timedelta | None = None) -> None:
        """``retry_after``: when to ask again, if it says so."""
        self.source = source
        self.kind = kind
        self.retry_after = retry_after
        super().__init__(f"the {self.what} {source} gives no answer: {kind}.")

    @property
    def detail(self) -> str:
        """It in a sentence for whoever sent the request."""
        return f"{self.consequence}: {self} Nothing is lost: the same request will do later."
