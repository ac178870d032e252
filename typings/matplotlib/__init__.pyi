"""The part of matplotlib that the benchmarks draw with (3.11)."""
