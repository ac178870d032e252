"""How the functions of this package are compiled: to machine code kept on disk, without Python's lock.

kernel   called from Python
inner    called from kernels only, and without reference counting: it may not make an array
inline   as inner, and copied into whoever calls it
"""

from numba import njit

from solver.search.borrow import borrow
from solver.search.cache import keep_kernels

keep_kernels()
borrow()

kernel = njit(cache=True, nogil=True)
inner = njit(cache=True, nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)
inline = njit(cache=True, nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True)
