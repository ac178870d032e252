"""Policy packs: those that come with us, and a tenant's own."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from service.hours.calendars import is_public_holiday, knows
from service.hours.pack import Calendar, Confidence, Pack
from service.hours.packs import PackRefused, Packs, templates

OWN = {
    "id": "FI",
    "version": "2026-12",
    "name": "Finland, as our counsel reads it",
    "activity": "debt_collection",
    "scope": "Consumers",
    "status": "reviewed",
    "visits_allowed": True,
    "hours": {"weekday": ["08:00-20:00"], "saturday": ["10:00-14:00"], "sunday": [], "public_holiday": None},
}


def folder(path: Path, *packs: Mapping[str, object]) -> Path:
    for pack in packs:
        (path / f"{pack['id']}.json").write_text(json.dumps(pack), encoding="utf-8")
    return path


@pytest.mark.parametrize("pack", templates(), ids=lambda pack: str(pack.id))
class TestTemplates:
    def test_each_says_that_it_is_no_law(self, pack: Pack) -> None:
        assert pack.status in {"template, not legal advice", "our recommendation, not law"}

    def test_each_has_a_day_to_be_read_again(self, pack: Pack) -> None:
        assert pack.verified_on is not None
        assert pack.review_by is not None
        assert pack.verified_on < pack.review_by

    def test_none_is_unverified_and_each_jurisdiction_has_sources(self, pack: Pack) -> None:
        assert pack.confidence is not Confidence.UNVERIFIED
        assert pack.activity is None or (pack.sources and pack.confidence)

    def test_the_holidays_of_each_jurisdiction_are_known(self, pack: Pack) -> None:
        assert pack.activity is None or (pack.calendar is not None and knows(pack.calendar))

    def test_the_parents_of_each_are_there(self, pack: Pack) -> None:
        Packs.of().check_parents(pack)


def test_a_jurisdiction_comes_after_its_parents() -> None:
    assert ["US", "US-MA"] == [pack.id for pack in Packs.of().lineage("US-MA")]


def test_nothing_is_known_of_a_jurisdiction_without_a_pack() -> None:
    assert () == Packs.of().lineage("XX")


@pytest.mark.parametrize("name", ["US-TX", "US-MA-025", "US"])
def test_a_part_of_a_country_has_the_nearest_pack_that_there_is(name: str) -> None:
    assert "US" == Packs.of().lineage(name)[0].id


@pytest.mark.parametrize("name", ["PUBLIC", "utils", "HolidaySum", "NYSE", "__name__"])
def test_other_names_of_the_library_are_no_countries(name: str) -> None:
    assert not knows(Calendar(name))


def test_threads_that_ask_for_the_holidays_of_a_year_at_once_all_get_them() -> None:
    """The year is one that nobody has asked for before."""
    day, calendar = date(2041, 12, 25), Calendar("FI")

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(is_public_holiday, [calendar] * 64, [day] * 64))

    assert all(told)


class TestOwn:
    def test_a_calendar_that_nobody_knows_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PackRefused, match="FI: no public holidays are known of QQ"):
            Packs.of(folder(tmp_path, OWN | {"calendar": {"country": "QQ"}}))

    @pytest.mark.parametrize("change", [{"visits_allowed": None}, {"visits_allowed": False}, {}])
    def test_the_house_has_to_answer_for_every_day(self, change: Mapping[str, object], tmp_path: Path) -> None:
        """Our OWN gives no hours of public holidays."""
        with pytest.raises(PackRefused, match="house-default: it answers"):
            Packs.of(folder(tmp_path, {**OWN, "id": "house-default", **change}))

    def test_a_pack_of_the_tenants_is_one_like_the_others(self, tmp_path: Path) -> None:
        packs = Packs.of(folder(tmp_path, OWN))

        assert "Finland, as our counsel reads it" == packs.by_id["FI"].name
        assert len(packs.by_id) == len(templates()) + 1

    def test_it_takes_the_place_of_ours_of_the_same_id(self, tmp_path: Path) -> None:
        assert "reviewed" == Packs.of(folder(tmp_path, OWN | {"id": "DE"})).by_id["DE"].status

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"hourz": {}}, "hourz"),
            ({"hours": {"weekday": ["9-17"], "saturday": [], "sunday": [], "public_holiday": []}}, "hours are written"),
            ({"hours": {"weekday": ["09:00-17:00"]}}, "hours must name weekday, saturday, sunday and public_holiday"),
            ({"hours": {"monday": ["09:00-17:00"]}}, "monday"),
            ({"visits_allowed": "yes"}, "visits_allowed"),
            ({"caps": [{"max": 1, "days": 7, "counts": "often", "unit": "debt"}]}, "counts"),
            ({"caps": [{"max": 1, "days": 7, "counts": "contacted", "unit": "debt", "per": "7d"}]}, "per"),
            ({"parent": "Atlantis"}, "its parent Atlantis does not exist"),
            ({"parent": "FI"}, "its parent FI comes back to it"),
        ],
    )
    def test_one_that_makes_no_sense_is_refused_by_name(
        self, tmp_path: Path, wrong: dict[str, object], told: str
    ) -> None:
        with pytest.raises(PackRefused, match=f"FI.*{told}"):
            Packs.of(folder(tmp_path, OWN | wrong))

    def test_one_that_is_no_json_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "x.json").write_text("{", encoding="utf-8")

        with pytest.raises(PackRefused, match=r"x\.json"):
            Packs.of(tmp_path)

    def test_a_folder_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PackRefused, match="there is no folder"):
            Packs.of(tmp_path / "nowhere")

    @pytest.mark.parametrize("what", ["confidence", "hours_confidence"])
    def test_unverified_rules_are_taken_only_if_somebody_says_so(self, tmp_path: Path, what: str) -> None:
        own = folder(tmp_path, OWN | {what: "unverified"})

        with pytest.raises(PackRefused, match="unverified"):
            Packs.of(own)
        assert "FI" in Packs.of(own, unverified=True).by_id
