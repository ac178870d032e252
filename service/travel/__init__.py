"""Seconds and metres between places: an estimate that needs no data, or the caller's own matrices."""
