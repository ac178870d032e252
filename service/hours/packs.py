"""Which policy packs there are: those that come with us, and those that a tenant brings in files of the same form.

The ones that come with us are templates, not legal advice: each has its sources, how sure they are, and the day by
which somebody should read them again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

import msgspec

from service.day.daytime import Hours, joined, read_span
from service.hours.calendars import knows
from service.hours.pack import Confidence, Pack

HOUSE: Final = "house-default"
"""The pack of what we recommend where a tenant asks for it."""


class PackRefused(Exception):  # noqa: N818 - named after what happened
    """A pack file cannot be taken; the text says which one and why."""


@dataclass(frozen=True, slots=True)
class Packs:
    """Packs by id. Every parent is among them."""

    by_id: Mapping[str, Pack]

    @classmethod
    def of(cls, folder: Path | None = None, *, unverified: bool = False) -> Self:
        """Those that come with us, and the tenant's from ``folder``, which take the place of those of the same id.

        Raises PackRefused for a file that is none, for a parent that does not exist or comes back to its child, for a
        calendar that is not known, and for unverified rules unless ``unverified`` says that they may be used.
        """
        own = () if folder is None else tuple(_read_folder(folder, unverified=unverified))
        packs = cls({pack.id: pack for pack in (*templates(), *own)})
        for pack in own:
            packs.check_parents(pack)
            _check(pack)
        return packs

    def lineage(self, jurisdiction: str) -> tuple[Pack, ...]:
        """The pack of a jurisdiction, its parents first; nothing if there is none.

        A part of a country without a pack has at least that of the country: names begin as ISO 3166 has it.
        """
        found: list[Pack] = []
        parts = jurisdiction.split("-")
        within = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
        name: str | None = next((one for one in within if one in self.by_id), None)
        while name is not None and name in self.by_id:
            found.append(self.by_id[name])
            name = found[-1].parent
        return tuple(reversed(found))

    @property
    def house(self) -> Pack:
        """What we recommend."""
        return self.by_id[HOUSE]

    def check_parents(self, pack: Pack) -> None:
        """Raise PackRefused unless the parents of a pack exist and come to an end."""
        seen = {pack.id}
        parent = pack.parent
        while parent is not None:
            if parent not in self.by_id or parent in seen:
                message = (
                    f"{pack.id}: its parent {parent} {'comes back to it' if parent in seen else 'does not exist'}."
                )
                raise PackRefused(message)
            seen.add(parent)
            parent = self.by_id[parent].parent


def _check(pack: Pack) -> None:
    """Raise PackRefused for a calendar that nobody knows, and where the house leaves out what it is asked for."""
    if pack.calendar is not None and not knows(pack.calendar):
        message = f"{pack.id}: no public holidays are known of {pack.calendar.country}, {pack.calendar.subdivision}."
        raise PackRefused(message)
    if pack.id == HOUSE and (pack.visits_allowed is not True or None in pack.hours.values()):
        message = f"{HOUSE}: it answers where nobody else does, so it has to allow visits and give hours of all days."
        raise PackRefused(message)


@cache
def templates() -> tuple[Pack, ...]:
    """The packs that come with us."""
    found = files("service.hours").joinpath("templates").iterdir()
    return tuple(read_pack(entry.read_bytes()) for entry in found if entry.name.endswith(".json"))


def read_pack(written: bytes) -> Pack:
    """A pack from JSON, with hours written like "09:00-19:00". Raises PackRefused that says where it is none."""
    try:
        raw = msgspec.json.decode(written, type=dict[str, object])
        hours = msgspec.convert(raw.get("hours"), dict[str, tuple[str, ...] | None])
        raw["hours"] = {day: spans if spans is None else _hours(spans) for day, spans in hours.items()}
        return msgspec.convert(raw, Pack, from_attributes=True)
    except (msgspec.MsgspecError, ValueError) as error:
        raise PackRefused(str(error)) from error


def _hours(spans: Iterable[str]) -> Hours:
    return joined(read_span(span) for span in spans)


def _read_folder(folder: Path, *, unverified: bool) -> Iterator[Pack]:
    if not folder.is_dir():
        message = f"there is no folder {folder} to read policy packs from."
        raise PackRefused(message)
    for path in sorted(folder.glob("*.json")):
        try:
            pack = read_pack(path.read_bytes())
        except PackRefused as error:
            message = f"{path.name}: {error}"
            raise PackRefused(message) from error
        if Confidence.UNVERIFIED in {pack.confidence, pack.hours_confidence} and not unverified:
            message = (
                f"{path.name}: its rules are unverified; DAYROUTE_UNVERIFIED_POLICIES=true takes them all the same."
            )
            raise PackRefused(message)
        yield pack
