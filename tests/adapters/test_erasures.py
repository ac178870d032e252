"""One person's data taken out of a tenant's plans, in every database."""

import threading
import zlib
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from service.day.place import Candidate, Place, Point, Quality
from service.day.plan import Reason
from service.day.request import DayRequest
from service.day.visit import After
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.progress import Incumbent, Progress
from service.sources import Sources
from service.store.database import Database
from service.store.plans import SqlTenantPlans
from service.store.protocol import Attempt, Erased, Failure, Improvement, Made, NewPlan, Outcome, QueueLimits, Status
from service.store.schema import (
    CALLBACKS,
    CASES,
    ERASURES,
    IDEMPOTENCY_KEYS,
    IMPROVEMENTS,
    INCUMBENTS,
    PLANS,
    REQUESTS,
    RESULTS,
)
from service.store.work import SqlPlanWork
from service.travel.estimate import Estimate
from service.travel.roads import Roads
from tests.plans import MONDAY
from tests.worlds import at, day, given, visit

ACCOUNT = "loan-4711"
SECRETS = (b"loan-4711", b"V-secret", b"Mannerheimintie", b"24.9412", b"call me")
LATER = MONDAY + timedelta(hours=1)


HOUSE = Place(Point(60.1709, 24.9412), index=1, address="Mannerheimintie 1")
THEIRS = replace(visit("V-secret", place=HOUSE), account=ACCOUNT, data={"note": "call me"})
REQUEST = day(
    THEIRS,
    replace(visit("V-2", 2), account="another", after=(After("V-secret"),)),
    visit("V-3", 3),
    visit("V-far", 1, ("20:00", "21:00")),
    baseline=(given("A/mon", "V-secret", "V-2", starts={"V-secret": at("9:01")}),),
)
PLAN = plan_day(
    REQUEST,
    sources=Sources(Roads(Estimate()), Packs.of()),
    solver=InProcess(),
    on_better=lambda _: None,
    stop=threading.Event(),
)


def submit(plans: SqlTenantPlans, plan_id: str, request: DayRequest = REQUEST) -> None:
    plans.add(NewPlan(plan_id, request, MONDAY, timedelta(seconds=1)), None, QueueLimits(9, 9))


def begin(work: SqlPlanWork, plan_id: str) -> Attempt:
    claimed = work.claim(plan_id, "w", MONDAY)
    assert claimed is not None
    return claimed.attempt


def finish(work: SqlPlanWork, attempt: Attempt) -> None:
    work.finish(attempt, Outcome(Status.DONE, MONDAY, plan=PLAN))


def made(plans: SqlTenantPlans, plan_id: str) -> Made:
    found = plans.made(plan_id)
    assert found is not None
    return found


def kept(database: Database) -> bytes:
    """All that stands in the database of plans."""
    with database.read() as connection:
        documents = [
            document
            for table in (REQUESTS, RESULTS, INCUMBENTS)
            for document in connection.scalars(select(table.c.document))
        ]
        rows = [
            str(connection.execute(select(table)).all()).encode()
            for table in (PLANS, IMPROVEMENTS, CASES, IDEMPOTENCY_KEYS, CALLBACKS, ERASURES)
        ]
    return b"".join([*map(zlib.decompress, documents), *rows])


def test_nothing_of_the_person_is_left_in_a_finished_plan_and_the_rest_is_as_it_was(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(plans, "a")
    finish(work, begin(work, "a"))
    before, revision = kept(database), plans.page(None, 1)[0].revision
    erased = plans.erase(ACCOUNT, LATER)
    now = made(plans, "a")

    state = plans.state("a")

    assert Erased(1, 0) == erased
    assert state is not None
    assert revision + 1 == state.revision  # whoever kept the plan learns that it has changed
    assert b"loan-4711" in before
    assert [] == [secret for secret in SECRETS if secret in kept(database)]
    assert (PLAN.score, PLAN.metrics) == (now.plan.score, now.plan.metrics)
    assert [
        (stop.visit_id.replace("V-secret", "erased-1"), stop.start)
        for itinerary in PLAN.itineraries
        for stop in itinerary.visits
    ] == [(stop.visit_id, stop.start) for itinerary in now.plan.itineraries for stop in itinerary.visits]
    assert "erased-1" == now.request.visits[0].id
    assert (After("erased-1"),) == now.request.visits[1].after
    assert ("erased-1", "V-2") == now.request.baseline[0].visits
    assert "another" == now.request.visits[1].account


def test_a_plan_that_waits_is_made_without_the_person(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(plans, "a")
    erased = plans.erase(ACCOUNT, LATER)
    left = kept(database)
    claimed = work.claim("a", "w", LATER)

    assert Erased(1, 0) == erased
    assert [] == [secret for secret in SECRETS if secret in left]
    assert claimed is not None
    assert ["V-2", "V-3", "V-far"] == [each.id for each in claimed.request.visits]
    assert () == claimed.request.visits[0].after
    assert ("V-2",) == claimed.request.baseline[0].visits


def test_a_plan_that_is_being_made_loses_the_person_when_it_ends(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(plans, "a")
    attempt = begin(work, "a")
    erased = plans.erase(ACCOUNT, LATER)
    finish(work, attempt)

    assert Erased(1, 1) == erased
    assert [] == [secret for secret in SECRETS if secret in kept(database)]
    assert "erased-1" in {stop.visit_id for each in made(plans, "a").plan.itineraries for stop in each.visits}


def test_whoever_goes_on_with_a_plan_goes_on_without_the_person(plans: SqlTenantPlans, work: SqlPlanWork) -> None:
    submit(plans, "a")
    attempt = begin(work, "a")
    found = Incumbent(Progress(1.0, 1.0, 1, timedelta(seconds=1)), (given("A/mon", "V-secret"),))
    work.improve([Improvement(attempt, found)])
    plans.erase(ACCOUNT, LATER)
    again = work.claim("a", "another", LATER)

    assert again is not None
    assert ["V-2", "V-3", "V-far"] == [each.id for each in again.request.visits]
    assert again.incumbent is None


def test_what_is_sent_afterwards_is_another_matter(plans: SqlTenantPlans, work: SqlPlanWork) -> None:
    plans.erase(ACCOUNT, MONDAY - timedelta(minutes=10))
    submit(plans, "a")
    claimed = work.claim("a", "w", MONDAY)

    assert claimed is not None
    assert REQUEST.visits[0].account == claimed.request.visits[0].account


def test_other_tenants_and_other_people_are_left_alone(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(replace(plans, tenant="them"), "theirs")
    submit(plans, "others", replace(REQUEST, visits=REQUEST.visits[2:], baseline=()))
    finish(work, begin(work, "theirs"))
    others = replace(plans, tenant="them")
    before = made(others, "theirs")

    assert Erased(0, 0) == plans.erase(ACCOUNT, LATER)
    assert before == made(others, "theirs")
    assert b"loan-4711" in kept(database)


def test_what_cannot_be_read_any_more_is_erased_altogether(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(plans, "a")
    finish(work, begin(work, "a"))
    with database.write() as connection:
        connection.execute(update(REQUESTS).values(document=b"?"))
    plans.erase(ACCOUNT, LATER)

    assert plans.state("a") is None


def test_places_that_an_address_may_mean_go_too_and_what_stays_is_no_name(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(plans, "a")
    candidate = Candidate(Point(60.17, 24.9412), Quality.ROOFTOP, "Mannerheimintie 1", exact=True)
    left_out = replace(PLAN.unassigned[0], visit_id="V-secret", candidates=(candidate,))
    work.finish(begin(work, "a"), Outcome(Status.DONE, MONDAY, plan=replace(PLAN, unassigned=(left_out,))))
    plans.erase(ACCOUNT, LATER)
    with database.read() as connection:
        tombstones = connection.execute(select(ERASURES)).all()

    assert [] == [secret for secret in SECRETS if secret in kept(database)]
    assert 1 == len(tombstones)
    assert ACCOUNT not in str(tombstones)


def test_sentences_that_name_the_visit_of_another_name_the_tombstone(plans: SqlTenantPlans, work: SqlPlanWork) -> None:
    submit(plans, "a")
    reason = Reason("predecessor_unassigned", "It may only come after V-secret, which is not in the plan.")
    left_out = replace(PLAN.unassigned[0], reasons=(reason,), remedy="Get V-secret into the plan first; V-secret-2 is.")
    work.finish(begin(work, "a"), Outcome(Status.DONE, MONDAY, plan=replace(PLAN, unassigned=(left_out,))))
    plans.erase(ACCOUNT, LATER)
    (told,) = made(plans, "a").plan.unassigned

    assert "It may only come after erased-1, which is not in the plan." == told.reasons[0].detail
    assert "Get erased-1 into the plan first; V-secret-2 is." == told.remedy


def test_a_day_of_nobody_else_is_cancelled(plans: SqlTenantPlans, work: SqlPlanWork, database: Database) -> None:
    submit(plans, "a", replace(REQUEST, visits=REQUEST.visits[:1], baseline=()))
    plans.erase(ACCOUNT, LATER)
    state = plans.state("a")

    assert state is not None
    assert Status.CANCELLED == state.status
    assert work.claim("a", "w", LATER) is None
    assert [] == [secret for secret in SECRETS if secret in kept(database)]


def test_one_that_nobody_can_read_is_no_burden_to_who_takes_it_up(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(plans, "a")
    attempt = begin(work, "a")
    with database.write() as connection:
        connection.execute(update(REQUESTS).values(document=b"?"))
    plans.erase("somebody else", LATER)
    failure = Failure("plan_failed", "It cannot be read.", "incident")
    counted = work.finish(attempt, Outcome(Status.FAILED, MONDAY, failure=failure, error="E"))

    assert counted
    assert plans.state("a") is None


def erasures_in(database: Database) -> int:
    with database.read() as connection:
        return len(connection.execute(select(ERASURES)).all())


def test_an_erasure_is_remembered_until_all_that_was_sent_before_it_has_ended(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    submit(plans, "a")
    attempt = begin(work, "a")
    plans.erase(ACCOUNT, LATER)
    replace(plans, tenant="them").erase(ACCOUNT, LATER)
    work.tidy(LATER + timedelta(hours=1, minutes=1))
    while_it_is_made = erasures_in(database)
    finish(work, attempt)
    work.tidy(LATER + timedelta(minutes=59))  # a request may be on its way still
    soon_after = erasures_in(database)
    work.tidy(LATER + timedelta(hours=1, minutes=1))

    assert (1, 1, 0) == (while_it_is_made, soon_after, erasures_in(database))


def test_a_plan_that_waits_keeps_it_and_so_does_one_that_is_younger_by_less_than_clocks_differ(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    plans.erase(ACCOUNT, MONDAY - timedelta(minutes=4))
    submit(plans, "a")
    work.tidy(MONDAY + timedelta(hours=2))
    while_it_waits = erasures_in(database)
    claimed = work.claim("a", "w", MONDAY)
    assert claimed is not None
    finish(work, claimed.attempt)
    work.tidy(MONDAY + timedelta(hours=2))

    assert (1, 0) == (while_it_waits, erasures_in(database))
    assert "V-secret" not in {each.id for each in claimed.request.visits}


def test_two_who_ask_for_the_same_at_once_are_both_served(plans: SqlTenantPlans, database: Database) -> None:
    submit(plans, "a")
    asking = [threading.Thread(target=plans.erase, args=(ACCOUNT, LATER)) for _ in range(4)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert 1 == erasures_in(database)
    assert [] == [secret for secret in SECRETS if secret in kept(database)]


def test_an_erasure_does_not_move_back(plans: SqlTenantPlans, database: Database) -> None:
    plans.erase(ACCOUNT, LATER)
    plans.erase(ACCOUNT, MONDAY)
    with database.read() as connection:
        at = connection.scalar(select(ERASURES.c.at))

    assert LATER == at


def test_what_was_sent_after_an_erasure_does_not_keep_it(
    plans: SqlTenantPlans, work: SqlPlanWork, database: Database
) -> None:
    plans.erase(ACCOUNT, MONDAY - timedelta(hours=2))
    submit(plans, "a")
    work.tidy(MONDAY)

    assert 0 == erasures_in(database)


def test_a_plan_that_is_stopped_before_it_began_has_nothing_of_the_person_either(
    plans: SqlTenantPlans, database: Database
) -> None:
    plans.erase(ACCOUNT, LATER)  # while the request was on its way
    submit(plans, "a")
    plans.stop("a", LATER)

    assert [] == [secret for secret in SECRETS if secret in kept(database)]
