"""Structs that compiled functions pass around by reference."""

from collections.abc import Sequence
from typing import TypeVar

from numba.core.types import StructRef

_T = TypeVar("_T", bound=type[StructRef])

class StructRefProxy:
    def __init__(self, *fields: object) -> None: ...

def register(struct_type: _T) -> _T: ...
def define_proxy(py_class: type[StructRefProxy], struct_typeclass: type[StructRef], fields: Sequence[str]) -> None: ...
