"""What a sheet of a workbook holds besides values: merged cells, hidden rows, formulas nobody computed."""

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Marks:
    """`width` is the last column that holds a value, `rows` the number of rows that do."""

    merged: list[Area] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    uncomputed: int = 0
    rows: int = 0
    width: int = 0


def read(file: IO[bytes]) -> Marks:
    """One pass over the sheet's XML; nothing is built in memory but the marks."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.ParseFile(file)
    return reader.marks


class _Reader:
    def __init__(self) -> None:
        self.marks = Marks()
        self.row = self.column = 0
        self.has_formula = self.has_value = self.is_value = self.row_counts = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column, self.row_counts = 0, False
                if attributes.get("hidden") in ("1", "true"):
                    self.marks.hidden.add(self.row)
            case "c":
                self.column = place(attributes["r"])[1] if "r" in attributes else self.column + 1
                self.has_formula = self.has_value = False
            case "f":
                self.has_formula = True
            case "v" | "is":
                self.is_value = True
            case "mergeCell":
                first, _, last = attributes["ref"].partition(":")
                self.marks.merged.append(Area(*place(first), *place(last or first)))

    def text(self, text: str) -> None:
        self.has_value = self.has_value or self.is_value and not text.isspace()

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in ("v", "is"):
            self.is_value = False
        if tag != "c":
            return
        if self.has_value:
            self.marks.width = max(self.marks.width, self.column)
            self.marks.rows += not self.row_counts
            self.row_counts = True
        elif self.has_formula:
            self.marks.uncomputed += 1


def place(reference: str) -> tuple[int, int]:
    """Row and column of a cell's name.

    >>> place("B12")
    (12, 2)
    """
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
