"""Random numbers by splitmix64. The caller owns their state, one number: a run cut into pieces stays the same."""

import numpy as np
from numpy.typing import NDArray

from solver.search.arrays import Float
from solver.search.compiled import inline


@inline
def draw(state: NDArray[np.uint64]) -> Float:
    """Uniform in [0, 1)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return np.float64(z >> np.uint64(11)) * (1.0 / 9007199254740992.0)
