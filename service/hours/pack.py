"""A policy pack: what one jurisdiction says of calls at people's doors, from which source, and how sure that is."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from service.day.daytime import Hours


class DayClass(StrEnum):
    """Kinds of days; a public holiday is nothing else besides."""

    WEEKDAY = "weekday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    PUBLIC_HOLIDAY = "public_holiday"


class Confidence(StrEnum):
    """How well a rule is founded."""

    PRIMARY = "primary"
    """The operative text or the regulator's own page was seen."""
    SECONDARY = "secondary"
    """Press, a law firm, an association."""
    UNVERIFIED = "unverified"


class HoursBasis(StrEnum):
    """What the source speaks of."""

    VISITS_EXPLICIT = "visits_explicit"
    ALL_CONTACT = "all_contact"
    CALLS_ONLY_PROXY = "calls_only_proxy"
    """Calls only; the nearest there is."""


class Counts(StrEnum):
    """What a cap counts."""

    ATTEMPTED = "attempted"
    """Every knock at the door."""
    CONTACTED = "contacted"
    """Only if somebody was reached."""


class Written(Struct, frozen=True, forbid_unknown_fields=True):
    """Part of a file: a key that is misspelt would be a rule that is lost."""


class Calendar(Written, frozen=True):
    """Whose public holidays count: ISO 3166-1 country, and ISO 3166-2 subdivision without the country."""

    country: str
    subdivision: str | None = None


class Cap(Written, frozen=True):
    """At most ``max`` in any ``days`` days, of one ``unit``: a debt, a debtor, a creditor, an address."""

    max: int
    days: int
    counts: Counts
    unit: str
    confidence: Confidence | None = None
    note: str = ""

    def __str__(self) -> str:
        """As people say it."""
        return f"at most {self.max} {self.counts} in {self.days} days per {self.unit}"


class Spacing(Written, frozen=True):
    """So many days have to pass between two; on ``working_days`` neither weekends nor holidays count."""

    days: int
    counts: Counts
    working_days: bool = False

    def __str__(self) -> str:
        """As people say it."""
        return f"{self.days} {'working ' if self.working_days else ''}days since the last that was {self.counts}"


class Source(Written, frozen=True):
    """Where a rule was read."""

    title: str
    citation: str | None = None
    url: str | None = None
    kind: str | None = None


class Pack(Written, frozen=True, kw_only=True):
    """Rules of one jurisdiction for one ``activity`` (``None`` = for any).

    ``visits_allowed`` is ``None`` where no source says so, and hours of a class of days are ``None`` where no number
    was found: neither is a permission. No hours at all = no visit on such days. ``consent_widens``: whether the
    customer's consent opens other hours, ``None`` = nobody knows, and it does not. ``for_people`` is what no rule here
    covers.
    """

    id: str
    version: str
    name: str
    activity: str | None
    scope: str
    status: str
    visits_allowed: bool | None
    hours: Mapping[DayClass, Hours | None]
    parent: str | None = None
    hours_basis: HoursBasis | None = None
    calendar: Calendar | None = None
    consent_widens: bool | None = None
    caps: tuple[Cap, ...] = ()
    spacing: Spacing | None = None
    after_dark_party_size: int | None = None
    for_people: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: Confidence | None = None
    hours_confidence: Confidence | None = None
    verified_on: date | None = None
    review_by: date | None = None

    def __post_init__(self) -> None:
        if set(self.hours) != set(DayClass):
            message = "hours must name weekday, saturday, sunday and public_holiday; null where nothing is known."
            raise ValueError(message)
