"""What whoever counts hears of plans being made."""

from service.day.plan import Plan
from service.day.request import DayRequest
from service.geocoding.protocol import GeocoderDownError
from service.jobs.queue import Urgency
from service.jobs.solving import SolverDied
from tests.plans import EMPTY_PLAN, MONDAY, NO_TIME
from tests.unit.service.jobs.bench import BETTER, Bench, Notes, Scripted, ended


def test_who_counts_hears_how_a_plan_begins_is_found_and_ends(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()
    bench.maker(Scripted(BETTER, BETTER, EMPTY_PLAN), observer=notes).make(plan_id)

    assert [
        ("began", Urgency.BATCH, NO_TIME, False),
        ("found", NO_TIME),
        ("ended", "done", "", NO_TIME, EMPTY_PLAN),
    ] == notes.heard


def test_who_counts_hears_of_every_solver_that_died_whether_it_left_a_plan_or_not(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()
    bench.maker(Scripted(SolverDied("x"), ended("died"), EMPTY_PLAN), observer=notes).make(plan_id)

    assert 2 == notes.heard.count("solver died")


def test_who_counts_hears_why_there_is_no_plan_and_that_one_was_begun_before(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()
    bench.work.claim(plan_id, "lost", MONDAY)
    bench.maker(Scripted(GeocoderDownError("photon", "slow")), observer=notes).make(plan_id)

    assert [
        ("began", Urgency.BATCH, NO_TIME, True),
        ("ended", "failed", "geocoder_down", NO_TIME, None),
    ] == notes.heard


def test_what_no_longer_counts_is_not_heard_to_end(bench: Bench) -> None:
    notes, plan_id = Notes(), bench.submitted()

    def overtaken(request: DayRequest, **how: object) -> Plan:
        del request, how
        bench.work.claim(plan_id, "another", MONDAY)
        return EMPTY_PLAN

    bench.maker(overtaken, observer=notes).make(plan_id)

    assert 1 == len(notes.heard)
