"""Money and value to whole numbers and back.

One unit of the plan's currency is 3,600,000, so that a rate per hour stays whole per second to a thousandth of a unit,
and a rate per kilometre stays whole per metre.
"""

from typing import Final

from solver.units import Cost, Prize

UNIT: Final = 3_600_000
SECONDS_PER_HOUR: Final = 3_600
METRES_PER_KM: Final = 1_000
DECIMALS: Final = 6
"""One part of the scale is 0.0000003; more digits than these are noise of the division."""


def whole(amount: float) -> Cost | Prize:
    """``amount`` of currency or value."""
    return round(amount * UNIT)


def whole_per_second(per_hour: float) -> Cost:
    """Rate for one second."""
    return round(per_hour * (UNIT // SECONDS_PER_HOUR))


def whole_per_metre(per_km: float) -> Cost:
    """Rate for one metre."""
    return round(per_km * (UNIT // METRES_PER_KM))


def amount(parts: Cost | Prize) -> float:
    """Back to currency or value."""
    return round(parts / UNIT, DECIMALS)
