"""What the batch interface reads: rows of CSV or JSON Lines, a plan folder, a codebook, an earlier result."""

import csv
import json
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.types import Area, CodebookTheme, Dimension, Mission, Plan, Text

# What many rows share is kept once: all but the person.
PLAIN = ("person", "group", "area", "dimension", "created_at", "language")
LONGEST_CELL = 2**24
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Unusable(Exception):
    """The input as a whole cannot be used."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Rows of a CSV or JSON Lines file with their numbers, one at a time; a broken row is its reason instead.

    Raises Unusable where the file cannot be opened, is not UTF-8 or has no header.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "in.jsonl"
    ...     said = path.write_text('{"id": "1", "text": "rob"}\\n[]\\n', "utf-8")
    ...     list(read_rows(path))
    [(1, {'id': '1', 'text': 'rob'}), (2, 'not an object')]
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".jsonl", ".ndjson"):
        raise Unusable(f"{path.name}: IN ends in .csv or .jsonl")
    try:
        with path.open(encoding="utf-8-sig", newline="" if kind == ".csv" else "\n") as file:
            yield from _csv_rows(file) if kind == ".csv" else _json_rows(file)
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path.name}: {error}") from error


def _json_rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"not JSON: {error}"
            continue
        yield number, row if isinstance(row, dict) else "not an object"


class _Lines:
    """Lines of a file; those of a row that could not be read come again, without its first."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.coming = iter(lines)
        self.again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else next(self.coming)
        self.taken.append(line)
        return line

    def go_back(self) -> None:
        """Hand out again what a quote that nobody closed has swallowed."""
        self.again.extendleft(reversed(self.taken[1:]))


def _csv_rows(file: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(file)
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise Unusable(f"the header cannot be read: {error}") from error
    if not {"id", "text"} <= set(header):
        raise Unusable(f"the header needs id and text; it has {', '.join(header) or 'nothing'}")
    number = 2
    while True:
        lines.taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield number, str(error)
            lines.go_back()
            reader = csv.reader(lines, strict=True)
        else:
            if cells is None:
                return
            if len(cells) == len(header):
                yield number, dict(zip(header, cells, strict=True))
            elif cells:
                yield number, f"{len(cells)} cells instead of {len(header)}"
        number += 1


def to_text(row: dict[str, Any], known: set[str]) -> Text:
    """One row as a Text; raises ValueError with the reason.

    >>> to_text({"id": "1", "text": "rob", "group": ""}, set()).group is None
    True
    """
    for name in ("id", "text"):
        if not isinstance(row.get(name), str):
            raise ValueError(f"{name} is missing or no text")
    if not row["id"].strip() or row["id"] in known:
        raise ValueError(f"id {row['id'][:40]!r} is empty or stood before")
    if CONTROL.search(row["text"]):
        raise ValueError("text holds control characters")
    known.add(row["id"])
    return Text(row["id"], row["text"], *_plain(row), _scale(row, "condition"), _scale(row, "importance"))


def _plain(row: dict[str, Any]) -> list[str | None]:
    values = [row.get(name) or None for name in PLAIN]
    for place, value in enumerate(values):
        if value is None:
            continue
        if not isinstance(value, str):
            raise ValueError(f"{PLAIN[place]} is no text")
        if place:
            values[place] = sys.intern(value)
    return values


def _scale(row: dict[str, Any], name: str) -> int | None:
    if name not in row:
        return None
    value = str(row[name] or "").strip()
    if value and value not in ("1", "2", "3", "4"):
        raise ValueError(f"{name} {value[:20]!r} is not 1 to 4")
    return int(value) if value else None


def _table(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    """Rows of a table with the columns it needs; none where there is no such file."""
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unusable(f"{path.name}: {error}") from error
    if missing := [name for name in needed if name not in (reader.fieldnames or ())]:
        raise Unusable(f"{path.name}: the column {missing[0]} is missing")
    return rows


def _split(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split("|") if part)


def read_plan(folder: Path) -> Plan:
    """The plan folder; a file that is not there leaves its part empty. Raises Unusable where a file cannot be read.

    >>> read_plan(Path("no such folder")) == Plan()
    True
    """
    weights = _table(folder / "criteria.csv", ("code", "weight"))
    try:
        told = tuple((r["code"], float(r["weight"])) for r in weights)
    except ValueError as error:
        raise Unusable(f"criteria.csv: {error}") from error
    dimensions = _table(folder / "dimensions.csv", ("code", "label_id", "keywords"))
    areas = _table(folder / "areas.csv", ("code", "name", "aliases"))
    missions = _table(folder / "missions.csv", ("code", "dimensions"))
    return Plan(
        tuple(Dimension(r["code"], r["label_id"], _split(r["keywords"])) for r in dimensions),
        tuple(Area(r["code"], r["name"], _split(r["aliases"])) for r in areas),
        tuple(Mission(r["code"], _split(r["dimensions"])) for r in missions),
        told,
    )


def read_codebook(path: Path) -> tuple[CodebookTheme, ...]:
    """A codebook: code, dimension, label_id, label_en, include, exclude and perhaps keywords.

    >>> read_codebook(Path("no such file"))
    Traceback (most recent call last):
    ...
    analysis.batch_in.Unusable: no such file: a codebook has the columns code, dimension, label_id, include, exclude
    """
    rows = _table(path, ())
    if not rows or not {"code", "label_id"} <= rows[0].keys():
        raise Unusable(f"{path.name}: a codebook has the columns code, dimension, label_id, include, exclude")
    return tuple(
        CodebookTheme(
            r["code"],
            r["label_id"],
            r.get("dimension") or None,
            r.get("include") or "",
            r.get("exclude") or "",
            _split(r.get("keywords") or ""),
            r.get("label_en") or "",
        )
        for r in rows
    )


def read_previous(path: Path) -> dict[str, str]:
    """Theme by id of text, of an earlier result; raises Unusable where it is none.

    >>> read_previous(Path("no such.json"))
    Traceback (most recent call last):
    analysis.batch_in.Unusable: no such.json is no earlier result: [Errno 2] No such file or directory: 'no such.json'
    """
    try:
        with path.open(encoding="utf-8") as file:
            rows = json.load(file)["readings"] if path.suffix == ".json" else _reading_lines(file)
            return {r["id"]: sys.intern(r["theme"]) for r in rows if r["theme"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unusable(f"{path.name} is no earlier result: {error}") from error


def _reading_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    return (row for row in map(json.loads, lines) if row["record"] == "reading")
