"""Read fields of a struct in functions that are compiled without reference counting.

numba counts a reference, with an atomic instruction, each time a function reads an array out of a struct, and again
when it is done. A search reads millions of them, while Python owns every array for the whole run. Declared with
``_nrt=False`` a function counts nothing, three times as fast (decision 0005); the one thing that numba cannot do then
is find the fields behind a struct's reference, which this module tells it: their address is word 3 of the MemInfo.

Both are private to numba, hence its pinned version and tests/unit/solver/search/test_borrow.py.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownParameterType=false
# pyright: reportMissingParameterType=false, reportUnknownArgumentType=false, reportMissingTypeStubs=false
# pyright: reportPrivateUsage=false, reportAttributeAccessIssue=false

from llvmlite import ir
from numba.experimental import structref

_counted = structref._Utils.get_data_pointer  # noqa: SLF001 - see above


def _get_data_pointer(self, value):  # noqa: ANN001, ANN202 - as numba declares it
    if self.context.enable_nrt:
        return _counted(self, value)
    word = ir.IntType(8).as_pointer()
    info = self.builder.bitcast(self.get_struct_ref(value).meminfo, word.as_pointer())
    data = self.builder.load(self.builder.gep(info, [ir.Constant(ir.IntType(32), 3)]))
    fields = self.context.data_model_manager[self.struct_type.get_data_type()]
    return self.builder.bitcast(data, fields.get_value_type().as_pointer())


def borrow() -> None:
    """Tell numba, once."""
    structref._Utils.get_data_pointer = _get_data_pointer  # noqa: SLF001 - see above
