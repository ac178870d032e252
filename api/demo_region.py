"""A day made of the addresses of a region, for whoever wants to see their own map at work."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from api.tables import JsonObject
from service.day.place import Point
from service.geocoding.index import AddressIndex
from service.zones import zone_at

VISITS: Final = 60
AGENTS: Final = 3
SEED: Final = 1
WINTER_MONDAY: Final = (2026, 3, 2)


def day_in(index: AddressIndex) -> JsonObject:
    """Visits to houses taken at random, by address; agents start at one of them."""
    (_, office), *doors = index.some(VISITS + 1, SEED)
    return {
        "name": "houses taken at random",
        "agents": [{"id": f"agent-{n}", "shifts": [_shift(n, office)]} for n in range(1, AGENTS + 1)],
        "visits": [
            {"id": f"visit-{n}", "address": address, "duration": "PT10M", "priority": 10 + n * 37 % 90}
            for n, (address, _) in enumerate(doors, start=1)
        ],
        "options": {"time_limit": "PT5S"},
    }


def _shift(number: int, office: Point) -> JsonObject:
    zone = ZoneInfo(zone_at(office) or "UTC")
    start, end = (datetime(*WINTER_MONDAY, hour, tzinfo=zone).isoformat() for hour in (9, 13))
    return {
        "id": f"agent-{number}/mon",
        "start": start,
        "end": end,
        "start_location": {"lat": office.lat, "lon": office.lon},
    }
