"""Durations as ISO 8601 writes them."""

from datetime import timedelta
from typing import Final

DURATION_TEXT: Final = r"^PT(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]{1,6})?S)?$"
"""What ``iso_duration`` writes. JSON Schema's own format knows no fractions."""


def iso_duration(duration: timedelta) -> str:
    """ISO 8601 in hours, minutes and seconds: ``PT0S``, ``PT26H5M``, ``PT9.8S``."""
    whole, micros = divmod(duration // timedelta(microseconds=1), 1_000_000)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{micros:06d}".rstrip("0") if micros else ""
    parts = [
        f"{hours}H" if hours else "",
        f"{minutes}M" if minutes else "",
        f"{seconds}{fraction}S" if seconds or fraction else "",
    ]
    return "PT" + ("".join(parts) or "0S")
