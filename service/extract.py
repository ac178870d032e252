"""Extracts of OpenStreetMap, from which address indices and road data are made."""

from pathlib import Path
from typing import Final

from osmium.io import Reader

ATTRIBUTION: Final = "© OpenStreetMap contributors, ODbL 1.0"


class ExtractUnreadableError(Exception):
    """The file is no extract of OpenStreetMap, or has nothing of what is looked for; the text says which of the two."""


def date_of(extract: Path) -> str | None:
    """Up to when the map is, as a date, if the file says so. Raises ExtractUnreadableError."""
    if not extract.is_file():
        message = f"there is no file {extract}."
        raise ExtractUnreadableError(message)
    try:
        with Reader(str(extract)) as reader:
            return reader.header().get("osmosis_replication_timestamp", "")[:10] or None
    except RuntimeError as error:
        raise unreadable(extract, error) from error


def unreadable(extract: Path, error: RuntimeError) -> ExtractUnreadableError:
    """What to raise where the library gives up."""
    return ExtractUnreadableError(f"{extract.name} cannot be read as an extract of OpenStreetMap: {error}.")
