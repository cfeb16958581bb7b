"""Making papers: the same run gives the same bytes, what is personal is said, few statements however much there is."""

import io
from contextlib import contextmanager

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, select

from models import Decision, Event, Point, Reading, Release, Submission, Triage
from models.vocabulary import DecisionState, ReleaseState, Visibility
from reports.csvs import read_back
from services.errors import NotFound
from services.exports import contents
from services.exports.catalogue import CATALOGUE, Shelf, entry
from services.exports.contents import TooLong
from services.exports.making import UnknownEnding
from tests.services.exports import reading
from tests.services.exports.world import NOW, ROB

FORMS = [(paper.code, ending) for paper in CATALOGUE for ending in paper.endings if ending != "pdf"]
RECEIPT = "PKL-AAAA-01"


def asked(code):
    return {"receipt": RECEIPT} if "receipt" in entry(code).asks else {}


@pytest.mark.parametrize(("code", "ending"), FORMS)
def test_the_same_run_gives_the_same_bytes_whoever_takes_it(session, make, code, ending):
    first = make(code, ending, **asked(code))
    session.add(Event(at=NOW, actor_id=1, action="export.take", subject="export", subject_id="9", details={}))
    session.flush()
    again = make(code, ending, **asked(code))
    assert first.files == again.files and first.digest == again.digest


def test_what_changed_makes_another_file(session, make):
    first = make("X2", "csv")
    session.scalars(select(Decision).where(Decision.theme_id.is_not(None))).one().reason = "Alasan lain."
    session.flush()
    assert make("X2", "csv").digest != first.digest


def test_the_trail_ends_before_the_last_takings_and_holds_the_earlier_ones(session, content):
    deeds = [row[3] for row in content("X12").sheets[0].rows]
    assert deeds[-1] == "triage.set" and "export.ask" in deeds and "export.take" not in deeds
    session.add(Event(at=NOW, actor_id=1, action="round.close", subject="round", subject_id="1", details={}))
    session.flush()
    assert [row[3] for row in content("X12").sheets[0].rows][-2:] == ["export.take", "round.close"]


def test_every_paper_says_what_it_stands_on(make):
    rows = dict(row[2:] for row in read_back(make("X4", "csv").files["kertas-keterangan.csv"])[1:11])
    assert rows["Keterangan"] == "Rekap keterwakilan"
    assert rows["Putaran"] == "Penjaringan isu revisi Master Plan Smart City (isu-2026)"
    assert (rows["Versi naskah"], rows["Versi buku kode"], rows["Hitungan ke-"]) == ("1", "1", "1")
    assert rows["Waktu hitungan"] == "2026-11-23 09.00 WIB"
    assert (rows["Saringan"], rows["Data pribadi"]) == ("tidak ada", "tidak")
    assert "Kota Pekalongan" in rows["Konsultasi"]


def test_filters_narrow_the_rows_and_are_named(make):
    found = make("X1", "csv", dimension="GOV")
    assert [row[0] for row in read_back(found.files["kertas.csv"])[1:]] == ["PKL-AAAA-03"]
    told = read_back(found.files["kertas-keterangan.csv"])
    assert ["", "", "Saringan", "Bidang: Tata kelola"] in told


PERSONAL = {
    "X1": True,
    "X2": True,
    "X3": True,
    "X4": False,
    "X5": True,
    "X6": False,
    "X7": False,
    "X8": False,
    "X9": False,
    "X10": True,
    "X11": False,
    "X12": True,
    "X13": True,
    "X14": True,
    "X15": False,
    "X16": True,
}


@pytest.mark.parametrize("code", PERSONAL)
def test_a_paper_says_whether_it_holds_personal_data(content, code):
    assert content(code, **asked(code)).is_personal is PERSONAL[code]


def clear_everything(session):
    for row in session.scalars(select(Triage)):
        row.public_text, row.redacted_at, row.is_offensive = "Sudah dibaca.", NOW, False
    for point in session.scalars(select(Point)):
        point.proposed_text = point.evidence = None
    for sent in session.scalars(select(Submission)):
        sent.visibility = Visibility.UNNAMED
    session.flush()


@pytest.mark.parametrize("code", ["X2", "X3", "X5", "X10", "X16"])
def test_once_a_person_has_read_every_word_a_paper_holds_no_personal_data(session, content, code):
    clear_everything(session)
    assert content(code).is_personal is False
    assert content("X1").is_personal is True


def test_the_public_matrix_names_nobody_who_did_not_agree_and_shows_no_word_that_nobody_read(session, content):
    found = content("X2", is_public=True)
    said = " ".join(str(cell) for row in found.sheets[0].rows for cell in row)
    assert ROB in said and "Fulanah Peneliti" in said
    for word in ("Kasar", "dijual", "0812", "▇", "Jam jaga pompa harus"):
        assert word not in said
    session.scalars(select(Submission).where(Submission.visibility == Visibility.NAMED)).one().visibility = "unnamed"
    session.flush()
    rows = content("X2", is_public=True).sheets[0].rows
    assert "Fulanah Peneliti" not in str(rows)


def test_before_a_release_the_public_matrix_is_empty(session, content):
    release = session.scalars(select(Release)).one()
    release.state, release.released_at = ReleaseState.PREPARED, None
    session.flush()
    assert list(content("X2", is_public=True).sheets[0].rows) == []


def test_numbers_that_point_at_somebody_stand_in_the_register_and_nowhere_else(session):
    found = reading.words(session, NOW)
    assert [code for code, words in found.items() if "0812-0000-0000" in words] == ["X1"]


def test_what_no_longer_stands_is_a_number_in_the_register_and_a_word_nowhere(session):
    found = reading.words(session, NOW)
    assert [code for code, words in found.items() if "Rahasia nomor" in words] == []
    assert "PKL-AAAA-08" in found["X1"]


def test_a_refusal_that_waits_for_a_second_person_is_told_as_waiting(session, content):
    row = next(row for row in content("X2").sheets[0].rows if "PKL-AAAA-03" in row[1])
    assert row[8] == "Tidak dapat diterima (Menunggu orang kedua)"
    decision = session.scalars(select(Decision).where(Decision.point_id.is_not(None))).one()
    decision.state, decision.confirmed_by = DecisionState.CONFIRMED, 1
    session.flush()
    row = next(row for row in content("X2").sheets[0].rows if "PKL-AAAA-03" in row[1])
    assert row[8] == "Tidak dapat diterima"


def test_a_point_with_an_answer_of_its_own_stands_apart_from_its_equals(session, content):
    first = session.scalars(select(Point).join(Submission).where(Submission.receipt_no == "PKL-AAAA-02")).one()
    like = session.scalars(select(Decision).where(Decision.theme_id.is_not(None))).one()
    values = {c.name: getattr(like, c.name) for c in Decision.__table__.columns if c.name not in ("id", "theme_id")}
    session.add(Decision(**values | {"point_id": first.id, "reason": "Jawaban sendiri."}))
    session.flush()
    rows = [row for row in content("X2").sheets[0].rows if row[5] == ROB]
    assert [(row[1], row[7]) for row in rows] == [("PKL-AAAA-01", 1), ("PKL-AAAA-02", 1)]


def test_a_form_that_a_paper_does_not_have_is_refused_with_those_it_has(make):
    with pytest.raises(UnknownEnding, match=r"X1 tidak dibuat sebagai \.docx; yang ada: \.xlsx, \.csv\."):
        make("X1", "docx")


@pytest.mark.parametrize(("code", "facts"), [("X3", {"meeting_id": 99}), ("X13", {"receipt": "PKL-ZZZZ-99"})])
def test_what_is_not_there_is_no_paper(make, code, facts):
    with pytest.raises(NotFound):
        make(code, "html", **facts)
    with pytest.raises(NotFound):
        make(code, "html", round_id=99, **facts)


def test_too_many_rows_are_no_paper_and_still_a_spreadsheet(make, monkeypatch):
    monkeypatch.setattr(contents, "MOST_ROWS_ON_PAPER", 3)
    with pytest.raises(TooLong):
        make("X2", "docx")
    assert make("X2", "xlsx").files


def test_a_wide_table_stands_on_paper_with_every_column(content):
    blocks = contents.layout(content("X5"))
    shown = [column.key for block in blocks if hasattr(block, "columns") for column in block.columns]
    assert set(shown) == {column.key for column in content("X5").sheets[0].columns}


def test_a_workbook_explains_every_column_of_every_sheet(make):
    book = load_workbook(io.BytesIO(make("X5", "xlsx").files["kertas.xlsx"]))
    assert book.sheetnames == ["Lembar prioritas", "Bagian nilai", "Nilai tim", "Butir masukan", "Keterangan"]
    explained = [row[0] for row in book.worksheets[-1].iter_rows(values_only=True)]
    for sheet in book.worksheets[:-1]:
        assert {cell.value for cell in sheet[1]} <= set(explained)


def test_the_shelves_hold_every_paper_once():
    by_shelf = {shelf: [p.code for p in CATALOGUE if p.shelf is shelf] for shelf in Shelf}
    assert by_shelf[Shelf.TRAIL] == ["X12"] and by_shelf[Shelf.PERSON] == ["X13"]
    assert sum(map(len, by_shelf.values())) == len(CATALOGUE)


@contextmanager
def counted(session):
    found = []
    engine = session.get_bind()

    def note(*arguments):
        found.append(arguments[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


MOST = {"X3": 30, "X4": 20, "X8": 20, "X11": 40, "X16": 30}


@pytest.mark.parametrize("code", [paper.code for paper in CATALOGUE if paper.code != "X13"])
def test_more_points_take_no_more_statements(session, content, code):
    def read():
        with counted(session) as statements:
            found = content(code)
            for sheet in found.sheets:
                list(sheet.rows)
            contents.layout(found)
        return len(statements)

    before = read()
    multiply(session, 60)
    assert before <= MOST.get(code, 16)
    assert read() <= before


def multiply(session, times):
    """So many more sendings like the first one."""
    first = session.scalars(select(Submission).where(Submission.receipt_no == RECEIPT)).one()
    theme_id, run_id = session.execute(
        select(Reading.theme_id, Reading.run_id).where(Reading.point_id == first.points[0].id)
    ).one()
    more = {name: [] for name in ("words", "types", "dimensions", "flags")}
    for number in range(times):
        row = Submission(
            round_id=first.round_id,
            receipt_no=f"PKL-CCCC-{number:02d}",
            group=first.group,
            channel=first.channel,
            text=f"Pompa mati {number}",
            received_at=NOW,
        )
        row.points = [Point(text=f"Pompa mati {number}")]
        session.add(row)
        session.flush()
        facts = {"language": "id", "margin": 1.0, "masked_text": row.text, "sentiment": "neutral"}
        session.add(Reading(point_id=row.points[0].id, run_id=run_id, theme_id=theme_id, **facts, **more))
    session.flush()
