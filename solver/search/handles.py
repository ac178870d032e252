"""One-word handles to the tuples of arrays, for compiled code.

A tuple of forty arrays goes through a compiled call as some 350 words, by value: 0.8 to 1.6 µs each time. A struct
with the same arrays is one pointer, and reads the same: ``facts.travel[0, a, b]``.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUntypedBaseClass=false, reportUntypedClassDecorator=false, reportUnknownParameterType=false

from numba.core import types
from numba.experimental import structref

from solver.search.arrays import Facts, Plan, Scratch, Tuning
from solver.search.compiled import kernel


@structref.register
class FactsType(types.StructRef):
    """Facts to the compiler."""


@structref.register
class PlanType(types.StructRef):
    """Plan to the compiler."""


@structref.register
class ScratchType(types.StructRef):
    """Scratch to the compiler."""


@structref.register
class TuningType(types.StructRef):
    """Tuning to the compiler."""


class FactsHandle(structref.StructRefProxy):
    """Facts from outside."""


class PlanHandle(structref.StructRefProxy):
    """Plan from outside."""


class ScratchHandle(structref.StructRefProxy):
    """Scratch from outside."""


class TuningHandle(structref.StructRefProxy):
    """Tuning from outside."""


structref.define_proxy(FactsHandle, FactsType, list(Facts._fields))
structref.define_proxy(PlanHandle, PlanType, list(Plan._fields))
structref.define_proxy(ScratchHandle, ScratchType, list(Scratch._fields))
structref.define_proxy(TuningHandle, TuningType, list(Tuning._fields))

# The constructors that define_proxy writes are compiled anew in every process, a second in all; these are kept on disk.


@kernel
def facts_handle(fields: Facts) -> Facts:
    """Facts as compiled functions take them."""
    return FactsHandle(*fields)


@kernel
def plan_handle(fields: Plan) -> Plan:
    """A plan as compiled functions take it."""
    return PlanHandle(*fields)


@kernel
def scratch_handle(fields: Scratch) -> Scratch:
    """Notes as compiled functions take them."""
    return ScratchHandle(*fields)


@kernel
def tuning_handle(fields: Tuning) -> Tuning:
    """Settings as compiled functions take them."""
    return TuningHandle(*fields)
