"""The part of numba.experimental that dayroute uses, as of 0.68."""
