"""The checkout as the tests of the house see it: its packages, its files, the names its code gives."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("api", "service", "solver")
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the code gives, and where."""

    text: str
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.text}"


def files() -> list[Path]:
    """Every file that is or would be committed."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return [path for entry in sorted(set(listed)) if entry and (path := ROOT / entry).is_file()]


def modules(*folders: str) -> list[Path]:
    """All modules below these folders, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def syntax(path: Path) -> ast.Module:
    """The module as a tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def names(path: Path) -> Iterator[Name]:
    """What a module calls its classes, functions, parameters, fields, constants and JSON keys; and the module itself.

    Variables inside functions are nobody else's business and left out.
    """
    tree = syntax(path)
    yield Name(path.stem, path, 1)
    for scope in ast.walk(tree):
        if isinstance(scope, ast.Module | ast.ClassDef):
            yield from _assigned(scope, path)
        if isinstance(scope, ast.ClassDef | FUNCTIONS):
            yield Name(scope.name, path, scope.lineno)
        if isinstance(scope, ast.arg):
            yield Name(scope.arg, path, scope.lineno)
        if isinstance(scope, ast.Dict):
            yield from _keys(scope, path)


def _assigned(scope: ast.Module | ast.ClassDef, path: Path) -> Iterator[Name]:
    for statement in scope.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else ()
        targets = (statement.target,) if isinstance(statement, ast.AnnAssign) else targets
        for target in targets:
            if isinstance(target, ast.Name):
                yield Name(target.id, path, target.lineno)


def _keys(mapping: ast.Dict, path: Path) -> Iterator[Name]:
    for key in mapping.keys:
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isidentifier():
            yield Name(key.value, path, key.lineno)
