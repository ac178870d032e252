"""The part of ortools.linear_solver that solver.engine uses, as of 9.15."""
