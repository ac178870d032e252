"""Compiled kernels are kept where only we can write, and never outlive the sources they were made of."""

import ast
import os
import shutil
from errno import ENOSPC
from pathlib import Path

import pytest

from solver.search import cache
from solver.search.cache import NowhereToKeepError, folder_of_kernels, hash_of_sources
from tests.tree import ROOT, modules, syntax

NOBODY = 65534


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that kernels are to be kept in."""
    asked_for = tmp_path / "asked for"
    asked_for.mkdir(mode=0o755)
    monkeypatch.setenv("DAYROUTE_KERNELS", str(asked_for))
    monkeypatch.setattr(cache, "BESIDE", tmp_path / "beside")
    return asked_for


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, to be changed."""
    copy = shutil.copytree(ROOT / "solver", tmp_path / "solver", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "SOURCES", copy / "search")
    return copy


def give_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a folder be somebody else's; whoever is not root can only become somebody else."""
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, -1)
    else:
        monkeypatch.setattr(cache, "geteuid", lambda: NOBODY)


class TestTheFolder:
    def test_it_lies_where_it_is_asked_for_and_can_be_entered_by_nobody_else(self, base: Path) -> None:
        folder = folder_of_kernels()

        assert (base, 0o700) == (folder.parent, folder.stat().st_mode & 0o777)

    def test_it_is_the_same_every_time_with_all_that_is_in_it(self, base: Path) -> None:
        kernel = folder_of_kernels() / "kernel"
        kernel.touch()

        assert (kernel.parent, [kernel]) == (folder_of_kernels(), list(kernel.parent.iterdir()))
        assert [kernel.parent] == list(base.iterdir())

    def test_it_is_the_same_however_open_the_umask_leaves_what_is_put_into_it(self, base: Path) -> None:
        (folder_of_kernels() / "inner").mkdir()
        (folder_of_kernels() / "inner").chmod(0o775)
        (folder_of_kernels() / "inner" / "kernel").touch()
        (folder_of_kernels() / "inner" / "kernel").chmod(0o664)

        assert [folder_of_kernels()] == list(base.iterdir())

    def test_nothing_is_left_of_one_that_was_never_finished(self, base: Path) -> None:
        """Its process was ended while it took over what is installed."""
        folder = folder_of_kernels()
        folder.rename(f"{folder}.begun")

        assert [folder_of_kernels()] == list(base.iterdir())

    def test_it_is_the_first_of_several_that_will_do(self, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        blocked = base / "a file"
        blocked.touch()
        monkeypatch.setattr(cache, "_bases", lambda: [blocked, base / "second", base / "third"])

        assert base / "second" == folder_of_kernels().parent

    @pytest.mark.parametrize("source", ["search/labels.py", "search/layout/__init__.py"])
    def test_it_is_another_once_a_source_has_changed(self, sources: Path, base: Path, source: str) -> None:
        before = folder_of_kernels()
        with (sources / source).open("a") as changed:
            changed.write("# mended\n")

        assert before != folder_of_kernels()
        assert [folder_of_kernels()] == list(base.iterdir())

    def test_it_replaces_none_of_another_installation(self, sources: Path, base: Path) -> None:
        of_another = base / f"kernels-00000000-{hash_of_sources()}"
        of_another.mkdir()
        folder_of_kernels()

        assert of_another.exists()
        assert sources.exists()

    def test_a_new_one_begins_with_the_kernels_beside_the_sources(
        self, base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """As in an image, where they can be read and not written to."""
        monkeypatch.setenv("DAYROUTE_KERNELS", str(tmp_path / "beside"))
        (folder_of_kernels() / "of the image").touch()
        monkeypatch.setenv("DAYROUTE_KERNELS", str(base))

        assert ["of the image"] == [kernel.name for kernel in folder_of_kernels().iterdir()]

    def test_a_new_one_is_empty_where_there_is_no_room_for_them(
        self, base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def disk_is_full(*_: object, **__: object) -> None:
            raise OSError(ENOSPC, "No space left on device")

        monkeypatch.setenv("DAYROUTE_KERNELS", str(tmp_path / "beside"))
        (folder_of_kernels() / "of the image").touch()
        monkeypatch.setenv("DAYROUTE_KERNELS", str(base))
        monkeypatch.setattr(shutil, "copytree", disk_is_full)

        assert [] == list(folder_of_kernels().iterdir())


class TestWhatOthersCouldWriteTo:
    """Where they can enter the folder, as one that an administrator keeps for everybody."""

    @pytest.mark.parametrize("mode", [0o775, 0o757, 0o777])
    @pytest.mark.parametrize("which", ["the folder", "a folder in it", "a file in it", "the folder around it"])
    def test_it_is_not_used(self, base: Path, which: str, mode: int) -> None:
        folder = folder_of_kernels()
        folder.chmod(0o755)
        (folder / "inner").mkdir(mode=0o755)
        (folder / "inner" / "kernel").touch(mode=0o644)
        opened = {
            "the folder": folder,
            "a folder in it": folder / "inner",
            "a file in it": folder / "inner" / "kernel",
            "the folder around it": base,
        }
        opened[which].chmod(mode)

        with pytest.raises(NowhereToKeepError, match="set DAYROUTE_KERNELS to one that you can write to and others"):
            folder_of_kernels()

    def test_nor_is_what_belongs_to_somebody_else(self, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        give_away(folder_of_kernels(), monkeypatch)
        assert base.exists()

        with pytest.raises(NowhereToKeepError):
            folder_of_kernels()

    def test_nor_what_a_link_leads_to(self, base: Path, tmp_path: Path) -> None:
        folder = folder_of_kernels()
        folder.rmdir()
        folder.symlink_to(tmp_path, target_is_directory=True)
        assert base.exists()

        with pytest.raises(NowhereToKeepError):
            folder_of_kernels()

    def test_a_folder_of_its_own_may_lie_where_everybody_has_one(self, base: Path) -> None:
        base.chmod(0o1777)

        assert base == folder_of_kernels().parent

    def test_kernels_beside_the_sources_are_not_taken_over_from_there(
        self, base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DAYROUTE_KERNELS", str(tmp_path / "beside"))
        (folder_of_kernels() / "anybody's").touch(mode=0o666)
        (folder_of_kernels() / "anybody's").chmod(0o666)
        folder_of_kernels().chmod(0o755)
        monkeypatch.setenv("DAYROUTE_KERNELS", str(base))

        assert [] == list(folder_of_kernels().iterdir())


def imports_of(module: str) -> set[str]:
    """Modules of the solver that a module imports from."""
    path = ROOT.joinpath(*module.removesuffix(".__init__").split("."))
    tree = syntax(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
    found = (node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {name for name in found if name.startswith("solver.")}


def test_kernels_are_made_of_nothing_but_the_sources_that_are_hashed() -> None:
    """Of nothing else that is compiled or that such a module imports from, directly or not."""
    of_search = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules("solver/search")}
    reached, waiting = set[str](), [name for name in of_search if "solver.search.compiled" in imports_of(name)]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imports_of(name) if name.startswith("solver.search") else ()

    assert set() == {name for name in reached if not name.startswith("solver.search")}
    assert "solver.search.arrays" in reached
