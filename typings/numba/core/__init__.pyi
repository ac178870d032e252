"""The part of numba.core that dayroute uses, as of 0.68."""
