"""Where compiled kernels are kept between processes.

numba recompiles a function when its own file changes, but not when a file that it imports does: a mended bug kept
running. The folder is therefore named by a hash of all sources of this package, which must not compile in anything
from elsewhere, and of numba's version; the processor is part of numba's own key.

Kept kernels are code that is run unseen. A folder that somebody else could have written to is not used, hence nobody
else can enter one that is made here: numba's own files are as open as the umask leaves them. Since solvers start
without the environment of whoever started them, neither HOME nor TMPDIR has a say in which folder it is.
"""

import shutil
from contextlib import suppress
from hashlib import blake2b
from os import W_OK, access, environ, geteuid
from pathlib import Path
from pwd import getpwuid
from stat import S_IRWXG, S_IRWXO, S_ISVTX, S_IWGRP, S_IWOTH
from tempfile import mkdtemp
from typing import Final

from numba import __version__, config

from solver.search.forgiving import forgive

SOURCES: Final = Path(__file__).parent

FOLDER: Final = "DAYROUTE_KERNELS"
"""Environment variable that names a folder to keep kernels in."""

BESIDE: Final = SOURCES / "__pycache__"
"""Where Python keeps its own compiled files, and an image or an administrator keeps kernels that everybody may read."""


class NowhereToKeepError(Exception):
    """No folder will do; the text says what to do about it."""


def keep_kernels() -> Path:
    """Tell numba where to keep what it compiles; called before anything is declared for compilation.

    Raises NowhereToKeepError.
    """
    folder = folder_of_kernels()
    config.CACHE_DIR = str(folder)
    forgive()
    return folder


def folder_of_kernels() -> Path:
    """The folder asked for, or else the first that will do: beside the sources, or the user's own; made if need be.

    Raises NowhereToKeepError.
    """
    for base in _bases():
        folder = base.resolve() / _name()
        with suppress(OSError):
            if not folder.exists():
                _make(folder)
        if access(folder, W_OK) and is_safe(folder):
            return folder
    message = (
        f"There is no folder to keep compiled kernels in: set {FOLDER} to one that you can write to and others cannot."
    )
    raise NowhereToKeepError(message)


def is_safe(folder: Path) -> bool:
    """Whether nobody but this user and root could have put anything into ``folder``, or another in its place.

    What is in it counts only if others can get there.
    """
    closed = not folder.lstat().st_mode & (S_IRWXG | S_IRWXO)
    inside = () if closed else folder.rglob("*")
    return all(map(_is_ours, (folder, *inside))) and _is_ours(folder.parent, or_if=S_ISVTX)


def _is_ours(path: Path, *, or_if: int = 0) -> bool:
    """Whether others cannot write to ``path``, ``or_if`` one of these bits allows for it.

    Where S_ISVTX is set, as for /tmp, they may add to a folder, but neither remove nor rename what is not theirs.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:  # a file with which another process has just replaced an older one
        return True
    open_to_others = status.st_mode & (S_IWGRP | S_IWOTH) and not status.st_mode & or_if
    return status.st_uid in {0, geteuid()} and not open_to_others


def _bases() -> list[Path]:
    if FOLDER in environ:
        return [Path(environ[FOLDER])]
    with suppress(KeyError):  # somebody who is a number and nothing else, as in a container
        return [BESIDE, Path(getpwuid(geteuid()).pw_dir) / ".cache" / "dayroute"]
    return [BESIDE]


def _name() -> str:
    """Of the folder: where the sources are, and what they say."""
    where = blake2b(str(SOURCES).encode(), digest_size=4).hexdigest()
    return f"kernels-{where}-{hash_of_sources()}"


def hash_of_sources() -> str:
    """Hash of everything that decides what the kernels do."""
    digest = blake2b(__version__.encode(), digest_size=8)
    for source in sorted(SOURCES.glob("**/*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _make(folder: Path) -> None:
    """A new folder, at once with all that is in it, in place of older ones for the same sources.

    It begins with the kernels beside the sources, if there are any and the disk has room for them: those of an image
    cannot be written to, which numba demands.
    """
    folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        installed = BESIDE / folder.name
        if installed.is_dir() and is_safe(installed):
            with suppress(OSError):
                shutil.copytree(installed, fresh, dirs_exist_ok=True)
        fresh.chmod(0o700)
        fresh.rename(folder)  # fails if another process was quicker, and has put something into it
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    family = folder.name.rpartition("-")[0]
    for other in folder.parent.glob(f"{family}-*"):
        if other != folder:  # older, or begun by a process that was ended or slower
            shutil.rmtree(other, ignore_errors=True)
