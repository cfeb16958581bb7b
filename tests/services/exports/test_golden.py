"""Every column of every paper of the fixed world, against a file that a person has read.

After a wanted change: `GOLDEN=write pytest tests/services/exports/test_golden.py`, then read the difference.
"""

import os
from pathlib import Path

import pytest

from reports import csvs
from reports.paper import Counts, Facts, Grid, Heading, Items, Signatures, Text
from services.exports.contents import layout

GOLDEN = Path(__file__).parent / "golden"
TABLES = ("X1", "X2", "X4", "X5", "X6", "X7", "X8", "X9", "X10", "X11", "X12", "X14", "X15")


def compare(name, made):
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.write_bytes(made)
    assert made.decode() == path.read_bytes().decode()


@pytest.mark.parametrize("code", TABLES)
def test_a_table_is_as_it_was_read(content, code):
    compare(f"{code}.csv", csvs.csv_file(content(code).sheets[0]))


@pytest.mark.parametrize("code", ["X5", "X7", "X14"])
def test_the_sheets_behind_a_table_are_as_they_were_read(content, code):
    for number, sheet in enumerate(content(code).sheets[1:], start=2):
        compare(f"{code}-{number}.csv", csvs.csv_file(sheet))


def test_the_public_matrix_is_as_it_was_read(content):
    compare("X2-umum.csv", csvs.csv_file(content("X2", is_public=True).sheets[0]))


@pytest.mark.parametrize("code", ["X3", "X10", "X11", "X16"])
def test_a_paper_is_as_it_was_read(content, code):
    compare(f"{code}.txt", "\n".join(line for block in layout(content(code)) for line in lines(block)).encode())


def test_the_data_of_one_sender_is_as_it_was_read(content):
    found = content("X13", receipt="pkl-aaaa-01")
    compare("X13.txt", "\n".join(line for block in layout(found) for line in lines(block)).encode())


def lines(block):
    """What stands in a block, in words."""
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {text}"
        case Text():
            yield f"[{block.look}] {block.lead} {block.text} {block.source}".rstrip()
        case Facts(pairs) | Counts(pairs):
            yield from (f"{name}: {value}" for name, value in pairs)
        case Grid():
            yield " | ".join(column.label for column in block.columns)
            yield from (" | ".join("" if v is None else str(v) for v in row) for row in block.rows)
        case Items(texts):
            yield from (f"- {text}" for text in texts)
        case Signatures(names):
            yield f"signatures: {', '.join(names)}"
        case _:
            yield "---"
