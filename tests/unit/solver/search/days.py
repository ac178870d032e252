"""Searches on tiny days, and what the exact timetable says of their plans."""

from solver.draft import Draft, Timetable
from solver.presolve import open_ways
from solver.problem import Problem
from solver.search.arrays import Tuning
from solver.search.layout import lay_out
from solver.search.run import Search
from solver.solution import Sequences

HOT = 10.0
COLD = 0.1


def search_on(day: Problem, seed: int = 1, start: Sequences = (), tuning: Tuning | None = None) -> Search:
    """A search that stands at ``start``, or at nobody going out."""
    search = Search(lay_out(day, open_ways(day)), seed, tuning)
    search.start_from(start or ((),) * len(day.shifts))
    return search


def searched(day: Problem, rounds: int, seed: int = 1, start: Sequences = (), tuning: Tuning | None = None) -> Search:
    """A search that has cooled down once."""
    search = search_on(day, seed, start, tuning)
    search.fill()
    search.run(rounds, HOT, COLD)
    return search


def timed(day: Problem, sequences: Sequences) -> Draft | None:
    """The plan as the exact timetable has it, ``None`` if it is not legal."""
    return Timetable(day).draft(sequences)


def score_of(day: Problem, sequences: Sequences) -> tuple[int, int, int] | None:
    """Required visits served, prize and cost by the exact timetable, ``None`` if the plan is not legal."""
    timetable = Timetable(day)
    draft = timetable.draft(sequences)
    if draft is None:
        return None
    score = timetable.solution(draft).score
    required = sum(visit.required for visit in day.visits)
    return required - score.required_missed, score.prize, score.costs.total
