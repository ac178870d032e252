"""A kernel is kept, but neither what is damaged nor a full disk keeps anybody from their plan."""

# pyright: reportFunctionMemberAccess=false, reportAttributeAccessIssue=false, reportUnknownMemberType=false

from collections.abc import Callable, Generator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path

import pytest
from numba import config, njit
from numba.core.caching import IndexDataCacheFile

from solver import warm
from solver.search.forgiving import Forgiving, forgive


def doubled(number: int) -> int:
    return 2 * number


def compiled_hits() -> int:
    """Has the function compiled as a new process would; how many of its kernels were kept."""
    function = njit(cache=True)(doubled)
    assert 6 == function(3)
    return sum(function.stats.cache_hits.values())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where kernels are kept, the function's among them."""
    config.reload_config()  # else numba does so when it next compiles, and forgets the folder
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(Forgiving, "lost", None)
    forgive()
    assert [0, 1] == [compiled_hits(), compiled_hits()]
    return tmp_path


def empty(file: Path) -> None:
    file.write_bytes(b"")


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def garble(file: Path) -> None:
    file.write_bytes(b"no kernel")


@pytest.mark.parametrize("damage", [empty, truncate, garble])
@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
def test_what_is_damaged_is_compiled_anew_and_replaced(
    folder: Path, suffix: str, damage: Callable[[Path], None]
) -> None:
    [file] = folder.rglob(f"*{suffix}")
    damage(file)

    assert [0, 1] == [compiled_hits(), compiled_hits()]


@contextmanager
def nothing_written(_: IndexDataCacheFile, __: str) -> Generator[None]:
    raise OSError(ENOSPC, "No space left on device")
    yield


def test_what_cannot_be_kept_is_used_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in folder.rglob("*.nb?"):
        file.unlink()
    monkeypatch.setattr(IndexDataCacheFile, "_open_for_write", nothing_written)

    assert [0, 0] == [compiled_hits(), compiled_hits()]


def test_what_is_damaged_and_cannot_be_replaced_is_compiled_every_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a disk that was full already when it was put there."""
    [index] = folder.rglob("*.nbi")
    empty(index)
    monkeypatch.setattr(IndexDataCacheFile, "_open_for_write", nothing_written)

    assert [0, 0] == [compiled_hits(), compiled_hits()]
    assert isinstance(Forgiving.lost, OSError)


def test_whoever_warms_up_is_told_in_a_sentence_that_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Forgiving, "lost", OSError(ENOSPC, "No space left on device"))
    monkeypatch.setattr(warm, "warm", lambda: None)

    with pytest.raises(SystemExit, match=r"^The compiled search cannot be kept in /.*: No space left on device\.$"):
        warm.main()
