"""Texts that break files elsewhere: every form is opened by another program and reads back the same."""

import io
import json

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from sqlalchemy import delete, select

from models import Reading, Round, Run, Submission
from reports.cells import clean
from reports.csvs import read_back
from reports.paper import visible
from services.exports import frames, making
from services.exports.catalogue import CATALOGUE
from services.exports.frames import Asked
from tests.reports import conftest as offices
from tests.reports.reader import read
from tests.services.conftest import NOW, opened

office, impress = offices.office, offices.impress
LONG = "banjir " * 5_714 + "ya"  # 40,000 characters
HOSTILE = (
    "=1+1",
    "+62 nol",
    "-3 derajat",
    "@fulan",
    '=HYPERLINK("http://contoh.invalid")',
    "'kutip",
    "🌊 rob 👨‍👩‍👧",
    "nol\x00 bel\x07 lari\x1b",
    "_x0041_",
    "baris satu\nbaris dua",
    "<b>tebal</b> & [x]:*?/\\",
    "سلام rob",
    LONG,
)
TITLE = "Putaran []:*?/\\ =1+1"


@pytest.fixture
def hostile(session):
    """Every sending says one of them; the round is called like a forbidden name of a sheet."""
    round_ = session.scalars(select(Round)).one()
    round_.title_id = round_.title_en = TITLE
    sent = list(session.scalars(select(Submission).where(Submission.state == "received").order_by(Submission.id)))
    assert len(sent) >= len(HOSTILE)
    for row, text in zip(sent, HOSTILE, strict=False):
        row.text = text
        for point in row.points:
            point.text = text
            reading = session.get(Reading, point.id)
            if reading is not None:
                reading.masked_text, reading.duplicate_group = text, None
    session.flush()
    return HOSTILE


def column(rows, key):
    at = rows[0].index(key)
    return [row[at] for row in rows[1:]]


def test_a_spreadsheet_reads_back_the_same_from_another_program(hostile, make, office):
    content = make("X1", "xlsx").files["kertas.xlsx"]
    wanted = set(hostile) - {"_x0041_"}  # which openpyxl takes for an escape; tests/reports reads the XML for that
    for found in (content, office(content, "xlsx", "xlsx")):
        sheets = read(found)
        assert wanted <= set(column(sheets["Register masukan"], "teks_asli"))
    kinds = {c.data_type for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for c in row}
    assert "f" not in kinds


def test_a_table_as_csv_reads_back_the_same_from_another_program(hostile, make, office):
    files = make("X1", "csv").files
    assert list(files) == ["kertas.csv", "kertas-keterangan.csv"]
    way = "Text - txt - csv (StarCalc):44,34,76,1," + "/".join(f"{at}/2" for at in range(1, 25))
    saved = office(files["kertas.csv"], "csv", f"csv:{way}", f"--infilter={way}")
    for found in (files["kertas.csv"], saved):
        assert {clean(text) for text in hostile} <= set(column(read_back(found), "teks_asli"))


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_a_paper_reads_back_the_same_from_another_program(hostile, make, office, ending):
    content = make("X2", ending).files[f"kertas.{ending}"]
    lines = office(content, ending, "txt:Text (encoded):UTF8").decode("utf-8-sig").splitlines()
    found = {line.strip() for line in lines}
    wanted = {line.strip() for text in hostile for line in visible(text).splitlines()}
    assert wanted <= found


def test_slides_hold_what_was_said(hostile, make):
    content = make("X16", "pptx").files["kertas.pptx"]
    deck = Presentation(io.BytesIO(content))
    assert len(deck.slides) == 8
    assert all(slide.shapes.title.text_frame.text.strip() for slide in deck.slides)
    texts = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert TITLE in texts


def test_slides_open_in_another_program(hostile, make, impress):
    assert TITLE in impress(make("X16", "pptx").files["kertas.pptx"], "pptx", "fodp").decode()


def test_data_of_a_sender_reads_back_the_same(session, hostile, make):
    for row in session.scalars(select(Submission).where(Submission.text.in_(hostile))):
        made = make("X13", "json", receipt=row.receipt_no).files["kertas.json"]
        assert json.loads(made)["rows"]["submission"][0]["text"] == row.text


@pytest.mark.parametrize("code", [paper.code for paper in CATALOGUE if paper.code not in ("X13", "X11")])
def test_a_city_that_has_heard_nothing_yet_has_papers_without_rows(tmp_path, planned, code, office):
    copy = tmp_path / "empty.db"
    copy.write_bytes(planned.read_bytes())
    with opened(copy) as session:
        asked = {ending: Asked(ending=ending, now=NOW) for ending in making.entry(code).endings if ending != "pdf"}
        files = {e: making.make(session, code, f"kertas.{e}", one).files[f"kertas.{e}"] for e, one in asked.items()}
    assert all(files.values())
    if "docx" in files:
        assert office(files["docx"], "docx", "txt:Text (encoded):UTF8")


def test_before_the_first_run_the_moment_is_that_of_the_plan_and_no_clock_is_read(session):
    session.execute(delete(Run).where(Run.id < 0))
    frame = frames.gather(session, Asked(now=NOW))
    assert frame.made_at == frame.run.finished_at
    assert f"{frame.made_at:%Z}" == "WIB"
