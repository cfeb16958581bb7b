"""A workbook made in a process of its own is the same file, and this process never loads what writes it."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from reports import apart, tables
from reports.sheets import Column, Sheet, Words
from tests.conftest import CHECKOUT

MADE = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
ROWS = [["=1+1", 3, 0.5, True, None], ["nol\x00 🌊\ud800", -3, 2.0, False, "x" * 40_000]]


def test_it_is_the_same_file():
    columns = [Column(str(at), f"Kolom {at}", "Arti", 10 + at) for at in range(5)]
    asked = {"title": "Rob", "facts": [("Putaran", "1")], "made_at": MADE, "words": Words(made="Made")}
    sheets = [Sheet("[]:*?/\\", columns, ROWS), Sheet("Kosong", columns, [])]
    assert apart.workbook(sheets, **asked) == tables.workbook(sheets, **asked)


def test_what_cannot_be_handed_over_or_made_is_refused():
    column = [Column("a", "A", "")]
    with pytest.raises(TypeError):
        apart.workbook([Sheet("A", column, [[MADE]])], title="", facts=[], made_at=MADE)
    with pytest.raises(subprocess.CalledProcessError):
        apart.workbook([Sheet("A", column, [["a", "b"]])], title="", facts=[], made_at=MADE)


def test_this_process_loads_nothing_heavy():
    code = "import sys, reports.apart; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
