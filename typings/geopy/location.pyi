from collections.abc import Mapping

class Location:
    latitude: float
    longitude: float
    raw: Mapping[str, object]
