"""The part of numba that dayroute uses, as of 0.68."""

from collections.abc import Callable
from typing import TypeVar

_F = TypeVar("_F", bound=Callable[..., object])

__version__: str

class config:  # noqa: N801 - a module that behaves as this
    CACHE_DIR: str

def njit(
    *,
    cache: bool = ...,
    nogil: bool = ...,
    forceinline: bool = ...,
    no_cpython_wrapper: bool = ...,
    no_cfunc_wrapper: bool = ...,
    _nrt: bool = ...,
) -> Callable[[_F], _F]: ...
