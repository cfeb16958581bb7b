"""Listings: JSON, CSV and plain lines, each text with its path, its cell or its line."""

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

from reports.contents.bounds import Unreadable

DELIMITERS = ",;\t|"
FOLDED = re.compile(r"\r?\n[ \t]")


def json_texts(text: str) -> Iterator[tuple[str, str]]:
    """Every key and every value of a JSON document with its path; keys that stand twice too.

    Raises:
        Unreadable: it is not JSON, or nested more deeply than anybody writes.

    >>> list(json_texts('{"a": [1, "rob"]}'))
    [('$', 'a'), ('$.a[0]', '1'), ('$.a[1]', 'rob')]
    """
    try:
        return iter(list(_walk("$", json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str))))
    except (ValueError, RecursionError) as error:
        raise Unreadable("broken", f"is not JSON: {error}") from error


class _Pairs(list):
    """An object with its keys in order, also those that stand twice."""


def _walk(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Pairs):
        for key, inner in value:
            yield path, key
            yield from _walk(f"{path}.{key}", inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _walk(f"{path}[{at}]", inner)
    elif isinstance(value, str):
        yield path, value


def csv_texts(text: str) -> Iterator[tuple[str, str]]:
    """Every cell of a CSV file with its row and column, counted from one; a row with no cell of its own by its line.

    >>> list(csv_texts('nama;isi\\r\\n"rob; banjir";ya\\r\\n'))
    [('R1C1', 'nama'), ('R1C2', 'isi'), ('R2C1', 'rob; banjir'), ('R2C2', 'ya')]
    """
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for at, row in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), start=1):
            for column, cell in enumerate(row, start=1):
                yield f"R{at}C{column}", cell
    except csv.Error:
        # a cell longer than the reader takes, or a NUL: then by lines
        yield from line_texts(text)


def line_texts(text: str, is_folded: bool = False) -> Iterator[tuple[str, str]]:
    """Every line with its number; in calendars and mail, a line that only went on because it was long is one line.

    >>> list(line_texts("satu\\n dua")), list(line_texts("satu\\n dua", True))
    ([('L1', 'satu'), ('L2', ' dua')], [('L1', 'satudua')])
    """
    lines = (FOLDED.sub("", text) if is_folded else text).splitlines()
    return ((f"L{at}", line) for at, line in enumerate(lines, start=1) if line.strip())
