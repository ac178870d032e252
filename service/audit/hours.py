"""Rules of permitted hours within one itinerary."""

from collections.abc import Iterator

from service.audit.permitted import is_dark
from service.audit.reading import Day
from service.audit.rule import Rule, whole_seconds
from service.day.plan import Violated


def permitted(day: Day) -> Iterator[Violated]:
    """From start to finish every policy in force permits presence, or the customer has agreed where they let that."""
    for call in day.calls:
        if call.law is None:
            continue
        visit, shift = call.visit.id, day.shift.id
        if call.law.barred:
            yield Rule.VISITS_BARRED.broken(visit=visit, shift=shift)
        elif call.law.unsaid(call.presence):
            yield Rule.POLICY_NEEDED.broken(visit=visit, shift=shift)
        elif outside := call.law.outside(call.presence):
            yield Rule.PERMITTED_HOURS.broken(whole_seconds(outside), visit=visit, shift=shift)


def basis_told(day: Day) -> Iterator[Violated]:
    """With each visit stand all policies that permit it, in the versions in force, and no others; none without any."""
    for call in day.calls:
        told = {(basis.policy, basis.version) for basis in call.stop.basis}
        if call.law is None:
            right = not told
        else:
            right = bool(told) and call.law.cited(call.presence) <= told <= call.law.citable()
        if not right:
            yield Rule.BASIS_TOLD.broken(visit=call.visit.id, shift=day.shift.id)


def after_dark(day: Day) -> Iterator[Violated]:
    """After dark as many people come as the policies ask for."""
    for call in day.calls:
        crew = 0 if call.law is None else call.law.crew
        if crew > day.agent.party_size and is_dark(call.place, call.presence):
            yield Rule.PARTY_SIZE.broken(crew - day.agent.party_size, visit=call.visit.id, shift=day.shift.id)
