"""Road data, and a server of our own that answers from them: made, started, mended, ended."""

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.extract import ExtractUnreadableError
from service.travel.exchange import Exchange
from service.travel.osrm import tools as where_tools_are
from service.travel.osrm.build import CannotBuildError, build_roads
from service.travel.osrm.data import RoadData, RoadsUnusableError
from service.travel.osrm.engine import Osrm
from service.travel.osrm.process import KEEPER, RoutedProcess
from service.travel.osrm.tools import Tools, ToolsMissingError
from service.travel.osrm.wire import Wire
from service.travel.protocol import RoadsDownError
from tests.adapters.map_of_islands import TOWN, at, draw_map
from tests.adapters.processes import comes_true, is_gone
from tests.tree import ROOT

DOORS = [at(TOWN, 3, 4), at(TOWN, 30, 20)]


def routed_under(keeper: int) -> int:
    """The process that a keeper keeps."""
    (child,) = Path(f"/proc/{keeper}/task/{keeper}/children").read_text(encoding="ascii").split()
    return int(child)


class TestProcess:
    def test_it_starts_when_it_is_first_asked_and_ends_when_it_is_closed(self, islands: Path) -> None:
        server = RoutedProcess(RoadData.at(islands), Tools.found(), threads=1)
        with closing(Exchange("osrm", timedelta(seconds=20))) as exchange:
            engine = Osrm(Wire(server.url, exchange))
            seconds = engine.table(DOORS, DOORS, "car").seconds
            keeper = server.pid or 0
            routed = routed_under(keeper)
            server.close()

        assert seconds[0, 1] > 60
        assert comes_true(lambda: is_gone(keeper) and is_gone(routed))

    def test_killed_it_is_started_again_and_the_question_is_answered(self, islands: Path) -> None:
        server = RoutedProcess(RoadData.at(islands), Tools.found(), threads=1)
        with closing(Exchange("osrm", timedelta(seconds=20))) as exchange, closing(server):
            engine = Osrm(Wire(server.url, exchange))
            before = engine.table(DOORS, DOORS, "car").seconds
            os.kill(routed_under(server.pid or 0), signal.SIGKILL)
            assert comes_true(lambda: server.pid is None)
            after = engine.table(DOORS, DOORS, "car").seconds

        assert before.tolist() == after.tolist()

    def test_it_does_not_outlive_whoever_needs_it(self, islands: Path) -> None:
        """Killed, they can no longer see to it."""
        program = (
            "import sys; from pathlib import Path\n"
            "from service.travel.osrm.data import RoadData\n"
            "from service.travel.osrm.process import RoutedProcess\n"
            "from service.travel.osrm.tools import Tools\n"
            "server = RoutedProcess(RoadData.at(Path(sys.argv[1])), Tools.found(), 1)\n"
            "server.url(); print(server.pid, flush=True); sys.stdin.read()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program, islands], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as user:
            assert user.stdout is not None
            keeper = int(user.stdout.readline())
            routed = routed_under(keeper)
            user.kill()

        assert comes_true(lambda: is_gone(keeper) and is_gone(routed))

    def test_begun_in_the_background_it_is_there_for_who_comes_later(self, islands: Path) -> None:
        with closing(RoutedProcess(RoadData.at(islands), Tools.found(), threads=1)) as server:
            server.begin()

            assert comes_true(lambda: server.pid is not None)

    def test_closed_it_is_not_started_again(self, islands: Path) -> None:
        server = RoutedProcess(RoadData.at(islands), Tools.found(), threads=1)
        server.url()
        server.close()
        with pytest.raises(RoadsDownError):
            server.url()

        assert server.pid is None

    @pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
    def test_without_its_keeper_it_ends(self, islands: Path, sent: signal.Signals) -> None:
        with closing(RoutedProcess(RoadData.at(islands), Tools.found(), threads=1)) as server:
            server.url()
            keeper = server.pid or 0
            routed = routed_under(keeper)
            os.kill(keeper, sent)

            assert comes_true(lambda: is_gone(routed))

    def test_two_of_them_never_share_a_port(self, islands: Path) -> None:
        data, tools = RoadData.at(islands), Tools.found()
        with ExitStack() as held:
            servers = [held.enter_context(closing(RoutedProcess(data, tools, threads=1))) for _ in range(4)]
            with ThreadPoolExecutor(4) as pool:
                urls = list(pool.map(RoutedProcess.url, servers))

        assert 4 == len(set(urls))

    def test_data_that_are_gone_are_an_outage(self, islands: Path, tmp_path: Path) -> None:
        data = RoadData.at(shutil.copytree(islands, tmp_path / "roads"))
        shutil.rmtree(tmp_path / "roads")
        with closing(RoutedProcess(data, Tools.found(), threads=1)) as server, pytest.raises(RoadsDownError):
            server.url()

    def test_servers_that_know_no_place_far_from_a_road_answer_as_well(self, islands: Path) -> None:
        """Some are told a radius beyond which they refuse the whole question."""
        tools = Tools.found()
        narrow = [*KEEPER, "env", "sh", "-c", 'exec "$0" "$@" --default-radius=500']
        with (
            closing(RoutedProcess(RoadData.at(islands), tools, 1, keeper=tuple(narrow))) as server,
            closing(Exchange("osrm", timedelta(seconds=20))) as exchange,
        ):
            engine = Osrm(Wire(server.url, exchange))

            assert engine.snap([*DOORS, at(TOWN, -20, 20)], "car").tolist() == pytest.approx([0, 0, 2224], abs=10)

    def test_data_that_it_cannot_load_are_an_outage(self, islands: Path, tmp_path: Path) -> None:
        for name in ("roads.osrm.cells", "roads.osrm.mldgr"):
            (tmp_path / name).write_bytes((islands / name).read_bytes())
        with (
            closing(RoutedProcess(RoadData.at(tmp_path / "roads.osrm"), Tools.found(), threads=1)) as server,
            pytest.raises(RoadsDownError, match="does not start"),
        ):
            server.url()


class TestRoadData:
    def test_they_say_for_whom_they_are(self, islands: Path) -> None:
        data = RoadData.at(islands)

        assert ("MLD", "car", None) == (data.algorithm, data.profile, data.date)

    def test_files_of_others_can_be_used(self, islands: Path) -> None:
        data = RoadData.at(islands / "roads.osrm")
        with closing(RoutedProcess(data, Tools.found(), threads=1)) as server:
            assert server.url()

        assert RoadData(islands / "roads.osrm", "MLD") == data

    @pytest.mark.parametrize("said", [b"[]", b"{", b'{"profile": 7}', b"\xff"])
    def test_a_folder_that_says_nonsense_of_itself_is_refused(self, said: bytes, tmp_path: Path) -> None:
        (tmp_path / "about.json").write_bytes(said)
        with pytest.raises(RoadsUnusableError, match="no folder of road data"):
            RoadData.at(tmp_path)

    def test_a_folder_of_something_else_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(RoadsUnusableError, match="no folder of road data"):
            RoadData.at(tmp_path)

    def test_nothing_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(RoadsUnusableError, match="There are no road data"):
            RoadData.at(tmp_path / "city.osrm")


class TestBuild:
    def test_older_data_are_replaced(self, tmp_path: Path) -> None:
        draw_map(tmp_path / "map.osm.pbf")
        first = build_roads(tmp_path / "map.osm.pbf", tmp_path / "map.osrm", "car", Tools.found(), 1)
        again = build_roads(tmp_path / "map.osm.pbf", tmp_path / "map.osrm", "foot", Tools.found(), 1)

        assert "foot" == RoadData.at(again.folder).profile
        assert first.folder == again.folder
        assert ["map.osm.pbf", "map.osrm"] == sorted(path.name for path in tmp_path.iterdir())

    def test_what_is_no_road_data_is_not_replaced(self, tmp_path: Path) -> None:
        draw_map(tmp_path / "map.osm.pbf")
        (tmp_path / "letters").mkdir()
        (tmp_path / "letters" / "about.json").write_text("{}")
        with pytest.raises(CannotBuildError, match="no folder of road data"):
            build_roads(tmp_path / "map.osm.pbf", tmp_path / "letters", "car", Tools.found(), 1)

        assert (tmp_path / "letters" / "about.json").is_file()

    @pytest.mark.parametrize(("content", "said"), [(None, "there is no file"), (b"letters", "cannot be read")])
    def test_what_is_no_extract_is_refused(self, content: bytes | None, said: str, tmp_path: Path) -> None:
        if content is not None:
            (tmp_path / "map.osm.pbf").write_bytes(content)
        with pytest.raises(ExtractUnreadableError, match=said):
            build_roads(tmp_path / "map.osm.pbf", tmp_path / "map.osrm", "car", Tools.found(), 1)

    def test_what_a_program_says_before_it_gives_up_is_told(self, tmp_path: Path) -> None:
        draw_map(tmp_path / "map.osm.pbf")
        with pytest.raises(CannotBuildError, match=r"osrm-extract says: .*broom"):
            build_roads(tmp_path / "map.osm.pbf", tmp_path / "map.osrm", "broom", Tools.found(), 1)

        assert ["map.osm.pbf"] == [path.name for path in tmp_path.iterdir()]


class TestTools:
    def test_the_programs_of_a_system_do_as_well(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ours = Tools.found()
        monkeypatch.setattr(where_tools_are, "PACKAGE", "no_such_package")
        monkeypatch.setattr(where_tools_are, "ELSEWHERE", (tmp_path / "nothing", ours.profiles))
        monkeypatch.setenv("PATH", str(Path(ours.programs["osrm-routed"]).parent))

        assert replace(ours) == Tools.found()

    def test_without_them_it_is_told_how_to_get_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(where_tools_are, "PACKAGE", "no_such_package")
        monkeypatch.setenv("PATH", "")
        with pytest.raises(ToolsMissingError, match="osrm-bindings"):
            Tools.found()
