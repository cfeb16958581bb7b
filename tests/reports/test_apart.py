"""A workbook made in a process of its own is the same file, and this process never loads what writes it."""

import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from reports import apart, documents, tables
from reports.paper import Counts, Facts, Figure, Grid, Heading, Items, PageBreak, Paper, Signatures, Text
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


PAPERS = (
    Paper("Kosong", [], [], MADE),
    Paper(
        "Surat \x00 🌊",
        [
            Heading("Judul", 2),
            Text("<b>\nBaris", "quote", lead="Kata:", source="Warga"),
            Facts([("Nama", "Budi"), ("Tanda tangan", "")]),
            Counts([("3", "komentar")]),
            Grid([Column("a", "A", ""), Column("b", "B", "", 30)], [["=1+1", 3], ["\ud800", None]], marked=[0]),
            Items(["satu", "dua"], is_numbered=True),
            Figure("<svg></svg>", "Gambar", "Isinya"),
            PageBreak(),
            Signatures(["Ketua"]),
        ],
        [("Nomor", "1")],
        MADE.astimezone(ZoneInfo("Asia/Jakarta")),
        size="F4",
        is_landscape=True,
        language="en",
        subtitle="Bawah",
    ),
)


@pytest.mark.parametrize("paper", PAPERS, ids=["empty", "every block"])
def test_a_document_is_the_same_file(paper):
    assert apart.document(paper) == documents.document(paper)


def test_a_document_is_the_same_file_whatever_else_the_process_has_loaded():
    code = (
        "import hashlib, sys\nfrom datetime import datetime\n{more}from reports.documents import document\n"
        "from reports.paper import Paper\nfile = document(Paper('A', [], [('a', 'b')], datetime(2026, 1, 1)))\n"
        "print(hashlib.sha256(file).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code.format(more=more)], capture_output=True, text=True, check=True, cwd=CHECKOUT
        ).stdout
        for more in ("", "import pptx, openpyxl\n")
    }
    assert len(said) == 1 and len(said.pop().strip()) == 64


def test_a_document_that_cannot_be_handed_over_is_refused():
    with pytest.raises(TypeError):
        apart.document(Paper("A", [Grid([Column("a", "A", "")], [[MADE]])], [], MADE))
    with pytest.raises(KeyError):
        apart.read_paper(apart.handed(PAPERS[0]).replace(b'"blocks": []', b'"blocks": [{"is": "Paper", "of": {}}]'))


def test_this_process_loads_nothing_heavy():
    code = "import sys, reports.apart; print('xlsxwriter' in sys.modules or 'docx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
