"""Arrays go into compiled code as fields of a struct, and are read there without counting references."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportFunctionMemberAccess=false
# pyright: reportCallIssue=false, reportAttributeAccessIssue=false

import numpy as np
from numba import njit, typeof

from solver.presolve import open_ways
from solver.search.arrays import Facts
from solver.search.compiled import inner
from solver.search.handles import facts_handle
from solver.search.layout import lay_out
from tests.builders import problem, visit

DAY = problem(visit(3, service=7), visit(5, service=8))
FACTS = lay_out(DAY, open_ways(DAY)).facts


def services(facts: Facts) -> int:
    """Reads several arrays out of a struct, again and again."""
    total = 0
    for j in range(facts.service.shape[0]):
        total += int(facts.service[j]) * int(facts.first_option[facts.visit[j] + 1])
    return total


def test_what_is_read_is_what_is_there_counted_or_not() -> None:
    handle = facts_handle(FACTS)

    assert [23, 23] == [njit(_nrt=counting)(services)(handle) for counting in (True, False)]


def test_compiled_functions_count_no_references() -> None:
    counted, borrowed = njit(services), inner(services)
    handle = facts_handle(FACTS)
    for function in (counted, borrowed):
        function.compile((typeof(handle),))
        function.recompile()  # what an earlier run left in a cache says nothing about its code

    assert [True, False] == ["NRT_incref" in code for f in (counted, borrowed) for code in f.inspect_llvm().values()]


def test_facts_cannot_be_written_to() -> None:
    """One kind of array for the compiler, whether a matrix came from a request or over a pipe."""
    assert {False} == {field.flags.writeable for field in FACTS if isinstance(field, np.ndarray)}
