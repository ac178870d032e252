"""The cells of a table as a spreadsheet saves it: CSV in UTF-8, separated by commas, semicolons or tabs.

What is wrong with the file itself, its columns or the length of a line is said here; what a cell means is not known.
"""

import csv
import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SEPARATORS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table means, in words for people, and what a cell may look like."""

    meaning: str
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: ``where`` names it, ``cells`` has the text of each column, without blanks around it.

    ``decimal`` is what stands before the fraction of a number: a comma where commas do not separate cells.
    """

    where: str
    cells: Mapping[str, str]
    decimal: str = "."


def read_lines(path: Path, columns: Mapping[str, Column], faults: list[str]) -> list[Line]:
    """The lines below the header that have anything in them. Adds to ``faults`` a sentence for each one amiss."""
    text = _text_of(path, faults)
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[Line] = []
    try:
        names = [name.strip() for name in next(reader, ())]
        faults.extend(f"{path.name}: {fault}" for fault in _faults_of_header(names, columns))
        for cells in reader:
            where = f"{path.name}, line {reader.line_num}"
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(names):
                faults.append(f"{where}: expected {len(names)} cells as in the first line, found {len(cells)}.")
                continue
            lines.append(
                Line(where, dict(zip(names, map(str.strip, cells), strict=True)), "," if separator == ";" else ".")
            )
    except csv.Error:
        faults.append(f"{path.name}, line {reader.line_num}: expected each quotation mark to have its partner.")
    return lines


def _text_of(path: Path, faults: list[str]) -> str:
    """The text of the file; none if it is not UTF-8, which is then the only fault to be told of it."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(f"{path.name}, line {line}: not in UTF-8; save the table as UTF-8.")
        return ""
    if not text.strip():
        faults.append(f"{path.name}: empty; expected a first line with the names of the columns.")
        return ""
    return text


def _faults_of_header(names: Sequence[str], columns: Mapping[str, Column]) -> Iterator[str]:
    """Columns that nobody knows, that are there twice, and that are not there; nothing of a file without header."""
    meant: set[str] = set()
    for position, name in enumerate(names, start=1):
        if name in names[: position - 1]:
            yield f"the column {name!r} is there twice."
        elif not name:
            yield f"column {position} has no name."
        elif name not in columns:
            close = difflib.get_close_matches(name, columns, n=1)
            meant.update(close)
            hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(columns)}."
            yield f"there is no column {name!r}; {hint}"
    for name, column in columns.items():
        if names and column.required and name not in meant.union(names):
            yield f"the column {name!r} is missing."
