"""Settings of numba that dayroute changes."""

CACHE_DIR: str
