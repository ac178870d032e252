"""Travel times on roads: who cannot be reached is told, and a service that is down costs no plan its honesty."""

import threading
from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from api.v1 import mapping_out
from api.v1.reading import read_day, read_evaluation
from service.day.place import Place
from service.evaluate_plan import evaluate_plan
from service.hours.packs import Packs
from service.jobs.solving import InProcess
from service.plan_day import plan_day
from service.sources import Sources
from service.store.protocol import Made, PlanState, Status
from service.travel.by_profile import ByProfile
from service.travel.estimate import Estimate
from service.travel.protocol import RoadsDownError, TravelEngine
from service.travel.roads import Roads
from tests.features.json_answers import each, entry_of, listed, reasons, stop_of, stops
from tests.features.json_street import ROOM, Json, agent_json, found, instant
from tests.roads import StraightRoad, beside_the_road, on_the_island
from tests.worlds import at

OFFICE = beside_the_road(0)


def location(place: Place) -> Json:
    assert place.point is not None
    return {"lat": place.point.lat, "lon": place.point.lon}


def shift(name: str = "A/mon", start: Place = OFFICE) -> Json:
    return {"id": name, "start": instant("9:00"), "end": instant("17:00"), "start_location": location(start)}


def visit(name: str, place: Place, **more: object) -> Json:
    return {"id": name, "location": location(place), "duration": "PT10M"} | more


def day(*visits: Json, agents: list[Json] | None = None, **rest: object) -> Json:
    return {
        "agents": [agent_json(shifts=[shift()])] if agents is None else agents,
        "visits": list(visits),
        "options": {"solution_limit": 500},
    } | rest


def sources(engine: TravelEngine, *, estimate_when_down: bool = False) -> Sources:
    return Sources(Roads(engine, Estimate(), estimate_when_down=estimate_when_down), Packs.of())


def plan(document: Json, engine: TravelEngine | None = None, *, estimate_when_down: bool = False) -> Json:
    request = read_day(document, ROOM)
    made = plan_day(
        request,
        sources=sources(engine or StraightRoad(), estimate_when_down=estimate_when_down),
        solver=InProcess(),
        on_better=lambda _: None,
        stop=threading.Event(),
    )
    state = PlanState("plan", 1, at("8:00"), request.name, request.currency, Status.DONE)
    return cast("Json", mapping_out.plan(state, Made(request, made)).model_dump(mode="json"))


def test_the_plan_drives_on_roads_and_says_so() -> None:
    made = plan(day(visit("V", beside_the_road(7))))

    assert "PT7M" == stop_of(made, "V")["travel"]
    assert {
        "source": "osrm",
        "engine": "a straight road",
        "data_date": "2026-03-01",
        "attribution": "© whoever drew it",
    } == made["travel"]
    assert "travel_estimated" not in each(made, "warnings", of="code")


class TestPlacesThatNobodyReaches:
    def test_a_place_far_from_every_road_is_left_out_and_told_how_far(self) -> None:
        made = plan(day(visit("V", beside_the_road(7, metres=800)), visit("W", beside_the_road(5))))

        assert ["W"] == stops(made)
        assert ["unreachable"] == reasons(made, "V")
        assert "800 m away" in str(found(entry_of(made, "V"), "reasons", 0, "detail"))
        assert 800 == pytest.approx(cast("int", found(entry_of(made, "V"), "reasons", 0, "lacking")), abs=1)
        assert "nearest place on a road" in str(entry_of(made, "V")["remedy"])

    def test_a_door_some_way_from_the_road_is_walked_to(self) -> None:
        assert ["V"] == stops(plan(day(visit("V", beside_the_road(7, metres=290)))))

    def test_of_several_places_the_one_that_can_be_reached_is_taken(self) -> None:
        work = {"id": "work", "location": location(beside_the_road(3))}
        made = plan(day(visit("V", beside_the_road(7, metres=5000), options=[work])))

        assert "work" == stop_of(made, "V")["option"]

    def test_an_island_is_reached_by_who_starts_there_and_by_nobody_else(self) -> None:
        both = [
            agent_json("A", shifts=[shift("A/mon")]),
            agent_json("B", shifts=[shift("B/mon", on_the_island(0))]),
        ]
        island, land = visit("V", on_the_island(7)), visit("W", beside_the_road(5))

        alone = plan(day(island, land))
        together = plan(day(island, land, agents=both))

        assert ["unreachable"] == reasons(alone, "V")
        assert {"A": ["W"], "B": ["V"]} == {
            itinerary["agent_id"]: [stop["visit_id"] for stop in listed(itinerary, "stops")]
            for itinerary in listed(together, "itineraries")
        }

    def test_a_shift_that_starts_off_the_road_is_told_and_the_others_go_on(self) -> None:
        lost = agent_json("A", shifts=[shift("A/mon", beside_the_road(0, metres=9000))])
        made = plan(day(visit("V", beside_the_road(7)), agents=[lost, agent_json("B", shifts=[shift("B/mon")])]))

        assert "shift_off_road" in each(made, "warnings", of="code")
        assert ["B"] == each(made, "itineraries", of="agent_id")

    def test_a_shift_that_ends_off_the_road_is_told_where(self) -> None:
        lost = shift() | {"end_location": location(beside_the_road(3, metres=9000))}
        made = plan(day(visit("V", beside_the_road(7)), agents=[agent_json(shifts=[lost])]))
        warned = next(one for one in listed(made, "warnings") if one["code"] == "shift_off_road")

        assert "/agents/0/shifts/0/end_location" == warned["pointer"]

    def test_a_place_off_the_road_for_cars_is_told_to_their_drivers_though_others_walk(self) -> None:
        office = beside_the_road(0, metres=9000)
        agents = [
            agent_json("A", shifts=[shift("A/mon", office)]),
            agent_json("B", shifts=[shift("B/mon", office)], profile="foot"),
        ]
        made = plan(day(visit("V", beside_the_road(1)), agents=agents), ByProfile(Estimate(), {"car": StraightRoad()}))
        warned = [one["pointer"] for one in listed(made, "warnings") if one["code"] == "shift_off_road"]

        assert ["/agents/0/shifts/0/start_location"] == warned

    def test_a_visit_after_one_that_nobody_reaches_is_out_too(self) -> None:
        after = visit("W", beside_the_road(5), after=[{"visit": "V", "min_gap": "PT0S"}])
        made = plan(day(visit("V", on_the_island(3)), visit("U", beside_the_road(4, metres=999)), after))

        assert ["unreachable"] == reasons(made, "U")
        assert "predecessor_unassigned" in reasons(made, "W")


class TestProfiles:
    def test_who_has_no_roads_of_their_own_is_estimated_and_that_is_told(self) -> None:
        agents = [
            agent_json("A", shifts=[shift("A/mon")]),
            agent_json("B", shifts=[shift("B/mon")], profile="foot"),
        ]
        made = plan(day(visit("V", beside_the_road(7)), agents=agents), ByProfile(Estimate(), {"car": StraightRoad()}))
        warned = next(one for one in listed(made, "warnings") if one["code"] == "travel_estimated")

        assert "estimated for foot" in str(warned["detail"])
        assert "mixed" == found(made, "travel", "source")
        assert "car: a straight road; foot: great circle, speed bands" == found(made, "travel", "engine")

    def test_who_wants_estimates_has_them(self) -> None:
        made = plan(day(visit("V", beside_the_road(7)), travel={"source": "estimate"}))

        assert "estimate" == found(made, "travel", "source")


class TestLines:
    def test_asked_for_there_is_one_for_each_leg_and_the_way_back(self) -> None:
        made = plan(
            day(
                visit("V", beside_the_road(7)),
                visit("W", beside_the_road(9)),
                options={"solution_limit": 500, "geometry": "polyline"},
            )
        )

        assert found(made, "itineraries", 0, "geometry") in [["0>7", "7>9", "9>0"], ["0>9", "9>7", "7>0"]]

    def test_not_asked_for_there_are_none(self) -> None:
        assert plan(day(visit("V", beside_the_road(7))))["itineraries"] != []
        assert found(plan(day(visit("V", beside_the_road(7)))), "itineraries", 0, "geometry") is None

    def test_of_matrices_of_the_request_nobody_knows_the_lines(self) -> None:
        document = day(
            {"id": "V", "location": {"index": 1}, "duration": "PT10M"},
            agents=[agent_json(shifts=[shift() | {"start_location": {"index": 0}}])],
            travel={"source": "matrix", "matrices": [{"profile": "car", "seconds": [[0, 60], [60, 0]]}]},
            options={"solution_limit": 5, "geometry": "polyline"},
        )

        assert [None, None] == found(plan(document), "itineraries", 0, "geometry")

    def test_a_ferry_is_told_whoever_asked_for_lines(self) -> None:
        made = plan(day(visit("V", beside_the_road(7)), visit("W", beside_the_road(40))))
        warned = next(one for one in listed(made, "warnings") if one["code"] == "by_ferry")

        assert "'W'" in str(warned["detail"])

    def test_where_they_cannot_be_had_the_plan_stands(self) -> None:
        class Tired(StraightRoad):
            def draw(self, stops: object, profile: str) -> list[None]:
                raise RoadsDownError(self.name, f"{profile}, {stops}")

        made = plan(day(visit("V", beside_the_road(7))), Tired())

        assert ["V"] == stops(made)
        assert "lines_missing" in each(made, "warnings", of="code")


class TestOutages:
    def test_a_plan_fails_for_the_time_being(self) -> None:
        with pytest.raises(RoadsDownError) as down:
            plan(day(visit("V", beside_the_road(7))), StraightRoad(down=True))

        assert "Nothing is lost" in down.value.detail

    def test_or_all_of_it_is_estimated_and_says_so(self) -> None:
        made = plan(day(visit("V", beside_the_road(7))), StraightRoad(down=True), estimate_when_down=True)

        assert "estimate" == found(made, "travel", "source")
        assert {"roads_replaced", "travel_estimated"} <= set(each(made, "warnings", of="code"))

    def test_down_for_one_profile_nothing_is_mixed(self) -> None:
        class Half(StraightRoad):
            def snap(self, places: Sequence[Place], profile: str) -> NDArray[np.float64]:
                self.down = profile == "foot"
                return super().snap(places, profile)

        agents = [
            agent_json("A", shifts=[shift("A/mon")]),
            agent_json("B", shifts=[shift("B/mon")], profile="foot"),
        ]
        made = plan(day(visit("V", beside_the_road(7)), agents=agents), Half(), estimate_when_down=True)

        assert "estimate" == found(made, "travel", "source")

    def test_when_it_is_back_the_same_request_is_planned(self) -> None:
        road = StraightRoad(down=True)
        document = day(visit("V", beside_the_road(7)))
        with pytest.raises(RoadsDownError):
            plan(document, road)
        road.down = False

        assert ["V"] == stops(plan(document, road))

    def test_itineraries_of_others_are_not_measured_without_roads(self) -> None:
        envelope: Json = {
            "request": day(visit("V", beside_the_road(7))),
            "itineraries": [{"shift_id": "A/mon", "visits": ["V"]}],
        }
        request, given = read_evaluation(envelope, ROOM)
        with pytest.raises(RoadsDownError):
            evaluate_plan(request, given, sources=sources(StraightRoad(down=True)))


@pytest.mark.parametrize(
    ("place", "said"),
    [(on_the_island(7), "no way to or from"), (beside_the_road(7, metres=900), "900 m away")],
    ids=["island", "mountain"],
)
def test_who_goes_where_nobody_can_is_told(place: Place, said: str) -> None:
    envelope: Json = {"request": day(visit("V", place)), "itineraries": [{"shift_id": "A/mon", "visits": ["V"]}]}
    request, given = read_evaluation(envelope, ROOM)
    measured = evaluate_plan(request, given, sources=sources(StraightRoad()))
    (detail,) = {violation.detail for violation in measured.violations if violation.code == "unreachable"}

    assert said in detail


def test_who_goes_by_a_way_that_nobody_can_use_is_told_though_another_is_measured() -> None:
    work = {"id": "work", "location": location(beside_the_road(3))}
    envelope: Json = {
        "request": day(visit("V", beside_the_road(7, metres=5000), options=[work])),
        "itineraries": [{"shift_id": "A/mon", "visits": ["V"], "options": {"V": None}}],
    }
    request, given = read_evaluation(envelope, ROOM)
    measured = evaluate_plan(request, given, sources=sources(StraightRoad()))

    assert "option_unusable" in {violation.code for violation in measured.violations}
