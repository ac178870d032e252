"""The best plan so far, and whoever wants to hear of a better one."""

from collections.abc import Callable

from solver.allowance import Allowance
from solver.draft import Draft, Timetable
from solver.solution import Route, Sequences, Solution


class Best:
    """Keeps the best plan, and tells of it. Every proposal is timed exactly before it is believed."""

    def __init__(self, timetable: Timetable, allowance: Allowance, on_better: Callable[[Solution], None]) -> None:
        self._timetable = timetable
        self._allowance = allowance
        self._on_better = on_better
        self.problem = timetable.problem
        self.draft = timetable.idle()

    @property
    def solution(self) -> Solution:
        """The best plan so far, scored."""
        return self._timetable.solution(self.draft)

    def offer(self, sequences: Sequences) -> tuple[Route, ...] | None:
        """Look at a proposal and time it; one that is not legal is no plan."""
        draft = self._timetable.draft(sequences)
        if draft is None:
            return None
        self.offer_draft(draft)
        return tuple(timed.route for timed in draft.routes if timed)

    def offer_draft(self, draft: Draft) -> None:
        """Keep a plan if it is the best so far."""
        if draft.key > self.draft.key:
            self.draft = draft
            self._allowance.improve()
            self._on_better(self.solution)

    def begin_with(self, start: Sequences) -> None:
        """Keep as much of an earlier plan as is legal today, each visit where it was."""
        if self.offer(start) is not None:
            return
        draft, before = self._timetable.idle(), None
        while draft is not before:  # what comes after others may have to wait for them
            before = draft
            for shift, stops in enumerate(start):
                for stop in stops:
                    if stop.visit not in draft.served():
                        draft = self._timetable.changed(draft, shift, (*draft.stops(shift), stop)) or draft
        self.offer_draft(draft)
