"""Seconds and metres between places: on roads, by estimates that need no data, or by the caller's own matrices."""
