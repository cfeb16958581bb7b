"""Batches: a file is looked at, taken step by step, goes on after a kill, and comes out again as a whole."""

import io
import stat
from contextlib import contextmanager
from datetime import timedelta

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from models import Event, ImportFile, Point, Reading, Submission
from models.vocabulary import Channel, Group, ImportState, SubmissionState
from services import batches, erasures, imports, manifests, materials, readings, runs, takings
from services.errors import NotFound, NotThisState, UnreadableFile
from services.mappings import Mapping
from tests.services.conftest import ROOT, read
from tests.services.sources.conftest import BROUGHT, musrenbang

pytestmark = pytest.mark.usefixtures("reader_here")
FORM = BROUGHT / "google-forms.csv"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "imports"


@pytest.fixture
def bring(session, folder, now):
    """Bring a file, or the content of one, as far as its preview."""

    def bring(content, name="kiriman.csv"):
        content = content.read_bytes() if hasattr(content, "read_bytes") else content
        upload = batches.read(lambda part: part.write_bytes(content), name=name, folder=folder, key=b"kunci")
        return batches.bring(session, upload, folder=folder, now=now)

    return bring


@pytest.fixture
def take(session, folder, round_id, now):
    """Take a file to its end."""

    def take(import_id):
        batches.take(session, import_id, round_id=round_id, prefix="PKL", now=now)
        finish(session, folder, import_id, now)
        return manifests.show(session, import_id)

    return take


def finish(session, folder, import_id, now):
    @contextmanager
    def begin():
        yield session
        session.flush()

    takings.finish(begin, folder, import_id, clock=lambda: now)


def counts(told):
    return told.added, told.known, told.refused


def rows(n, start=0):
    return ("Keluhan\n" + "".join(f"Selokan gang {i} mampet\n" for i in range(start, start + n))).encode()


def test_a_google_form_goes_in_with_its_ratings_places_and_proposals(session, bring, take):
    assert counts(take(bring(FORM))) == (4, 0, 0)
    points = session.scalars(select(Point).order_by(Point.id)).all()
    assert [p.condition for p in points] == [1, 2, 2, None]
    assert points[0].proposal == "Dikeruk sebelum musim hujan, bukan sesudahnya." and points[1].proposal is None
    assert len(set(session.scalars(select(Submission.area)))) == 4
    assert set(session.scalars(select(Submission.import_id))) == {1}
    assert set(session.scalars(select(Submission.channel))) == {Channel.ONLINE_FORM}


def test_columns_that_are_not_kept_are_kept_nowhere(session, bring, take, folder):
    take(bring(FORM))
    session.flush()
    everything = "".join(
        str(row)
        for t in ("submission", "point", "event", "import_file", "import_mapping")
        for row in session.connection().exec_driver_sql(f"SELECT * FROM {t}")
    )
    assert "Got di gang" in everything
    assert "Fulan" not in everything and "contoh.invalid" not in everything
    assert list(folder.iterdir()) == []


def test_a_survey_that_was_not_sent_is_refused_and_two_questions_are_two_points(session, bring, take):
    told = take(bring(BROUGHT / "limesurvey.csv"))
    assert counts(told) == (2, 0, 1)
    assert manifests.bad_rows(session, told.id) == [(3, "belum dikirim oleh pengisinya")]
    assert session.scalar(select(func.count(Point.id))) == 4
    assert session.scalars(select(Submission.group).order_by(Submission.id)).all() == [Group.CITIZEN, Group.BUSINESS]


def test_a_musrenbang_goes_in_by_its_blocks(session, bring, take):
    content = io.BytesIO()
    musrenbang().save(content)
    import_id = bring(content.getvalue(), "musrenbang.xlsx")
    look_at = Mapping(["", "", "text", "", "", "", "kelurahan"], channel=Channel.MUSRENBANG)
    batches.set_mapping(session, import_id, look_at, now=batches.one(session, import_id).made_at)
    assert counts(take(import_id)) == (3, 0, 0)
    areas = session.scalars(select(Submission.area).order_by(Submission.id)).all()
    assert areas == ["bandengan", "bandengan", "krapyak"]
    assert set(session.scalars(select(Submission.channel))) == {Channel.MUSRENBANG}


def test_a_chat_counts_its_writers_and_knows_none(session, bring, take, round_id):
    assert counts(take(bring(BROUGHT / "whatsapp-android.txt", "chat.txt"))) == (6, 0, 0)
    material = materials.gather(session, round_id)
    assert len({text.person for text in material.texts}) == 4
    assert all(text.person.startswith("@") for text in material.texts)
    assert "0812" not in "".join(session.scalars(select(Submission.text)))
    assert set(session.scalars(select(Submission.channel))) == {Channel.CHAT}


def test_a_chat_that_was_exported_again_adds_only_what_is_new(session, bring, take):
    chat = (BROUGHT / "whatsapp-android.txt").read_text("utf-8")
    take(bring(chat.encode(), "chat.txt"))
    assert counts(take(bring((chat + "12/11/26 07.00 - Fulan RT: Terima kasih\n").encode(), "chat.txt"))) == (1, 6, 0)


def test_the_same_file_adds_nothing_and_says_so_beforehand(session, bring, take, folder):
    first = bring(FORM)
    assert manifests.look(session, folder, first).twin is None
    take(first)
    second = bring(FORM)
    assert manifests.look(session, folder, second).twin == first
    assert counts(take(second)) == (0, 4, 0)


def test_an_overlapping_file_adds_only_its_new_rows(bring, take):
    take(bring(rows(600)))
    assert counts(take(bring(rows(600, start=500)))) == (500, 100, 0)


def test_our_own_table_is_the_same_by_the_old_command_and_by_the_page(session, bring, take, round_id, now):
    demo = ROOT / "demo" / "submissions.csv"
    imports.import_submissions(session, demo, round_id=round_id, prefix="PKL", now=now)
    assert counts(take(bring(demo))) == (0, 98, 0)


def test_it_goes_on_after_a_kill_where_it_was(session, bring, folder, round_id, now):
    import_id = bring(rows(1100) + b"Selokan gang 7 mampet\n")
    batches.take(session, import_id, round_id=round_id, prefix="PKL", now=now)
    killed = takings.Work(session, folder, import_id)
    assert killed.step(session, now=now)
    session.commit()
    assert batches.waiting(session) == [import_id]
    assert manifests.show(session, import_id).done == takings.STEP
    finish(session, folder, import_id, now)
    told = manifests.show(session, import_id)
    assert (counts(told), told.state) == ((1101, 0, 0), ImportState.TAKEN)
    assert batches.waiting(session) == [] and not batches.rows_of(folder, import_id).exists()


def test_two_workers_at_one_file_do_not_take_a_row_twice(session, bring, folder, round_id, now):
    import_id = bring(rows(700))
    batches.take(session, import_id, round_id=round_id, prefix="PKL", now=now)
    one, other = (takings.Work(session, folder, import_id) for _ in range(2))
    assert one.step(session, now=now) and not other.step(session, now=now)
    other.close()
    assert batches.rows_of(folder, import_id).exists()
    assert not one.step(session, now=now)
    assert counts(manifests.show(session, import_id)) == (700, 0, 0)


def test_rows_that_are_gone_end_the_work_and_are_told(session, bring, folder, take):
    import_id = bring(rows(3))
    batches.rows_of(folder, import_id).unlink()
    assert manifests.look(session, folder, import_id).is_gone
    told = take(import_id)
    assert told.state is ImportState.TAKEN and "3 baris tidak dimuat" in told.notes[-1]


def test_undo_takes_everything_out_and_the_file_can_come_again(session, bring, take, round_id, now, run_id):
    before = session.scalar(select(func.count(Point.id)))
    told = take(bring(FORM))
    read(session, round_id, now + timedelta(minutes=1))
    assert batches.undo(session, told.id, now=now + timedelta(minutes=2)) == 4
    assert session.scalar(select(func.count(Point.id))) == before
    assert session.scalar(select(func.count(Reading.point_id))) == before
    assert manifests.show(session, told.id).state is ImportState.UNDONE
    assert runs.is_due(session, round_id, now=now)
    assert counts(take(bring(FORM))) == (4, 0, 0)


def test_a_run_that_was_under_way_does_not_bring_undone_points_back(session, bring, take, round_id, now, run_id):
    told = take(bring(FORM))
    later = now + timedelta(minutes=1)
    running = runs.claim(session, round_id, now=later)
    result = readings.analyse(materials.gather(session, round_id))
    batches.undo(session, told.id, now=later + timedelta(seconds=1))
    readings.store(session, running, result, now=later + timedelta(seconds=2))
    assert session.scalar(select(func.count(Reading.point_id))) == 98
    assert runs.is_due(session, round_id, now=now)


def test_only_a_file_that_was_taken_is_undone_and_only_a_previewed_one_is_changed(session, bring, take, folder, now):
    import_id = bring(FORM)
    with pytest.raises(NotThisState):
        batches.undo(session, import_id, now=now)
    take(import_id)
    mapping = Mapping(["text"] + [""] * 7)
    for deed in (
        lambda: batches.set_mapping(session, import_id, mapping, now=now),
        lambda: batches.take(session, import_id, round_id=1, prefix="PKL", now=now),
        lambda: batches.discard(session, folder, import_id, now=now),
    ):
        with pytest.raises(NotThisState):
            deed()
    with pytest.raises(NotFound):
        batches.undo(session, 10**9, now=now)


def test_a_file_that_is_thrown_away_leaves_nothing(session, bring, folder, now):
    import_id = bring(FORM)
    path = batches.rows_of(folder, import_id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
    batches.discard(session, folder, import_id, now=now)
    assert session.get(ImportFile, import_id) is None and list(folder.iterdir()) == []


def test_what_cannot_be_read_leaves_nothing(session, bring, folder):
    with pytest.raises(UnreadableFile, match="PDF"):
        bring(b"%PDF-1.7")
    assert list(folder.iterdir()) == [] and session.scalars(select(ImportFile)).all() == []


def test_bad_rows_come_as_a_workbook_that_holds_only_what_would_be_kept(session, bring, take):
    head, *bad = ("Nama,Kelurahan,Keluhan", "Fulan,Atlantis,=cmd()", "Fulan,Tirto,")
    told = take(bring("\n".join((head, *bad, "Fulan,Tirto,Baik", "satu,dua,tiga,empat")).encode()))
    assert counts(told) == (1, 0, 3)
    first = load_workbook(io.BytesIO(manifests.error_file(session, told.id))).worksheets[0]
    head, one, two, three = first.iter_rows(values_only=True)
    assert head == ("baris", "kolom", "salahnya", "seharusnya", "Nama", "Kelurahan", "Keluhan", "(4)")
    assert one[:4] == (2, "Kelurahan", "kelurahan “Atlantis” tidak dikenal", "kelurahan kota ini")
    assert one[4:7] == ("", "Atlantis", "=cmd()") and first["G2"].data_type == "s"
    assert two[:3] == (3, "Keluhan", "Keluhan kosong")
    assert three[0] == 5 and three[4:] == ("satu", "dua", "tiga", "empat")


def test_a_file_without_bad_rows_has_no_error_file(session, bring, take):
    with pytest.raises(NotFound):
        manifests.error_file(session, take(bring(FORM)).id)


def test_in_the_end_nothing_waits_and_no_bad_row_is_kept(session, bring, take, folder, now):
    waiting = bring(FORM)
    taken = take(bring(b"Keluhan,Kelurahan\nLampu mati,Atlantis\n")).id
    (folder / "lama.part").write_text("sisa")
    batches.tidy(session, folder, now=now + timedelta(days=6))
    assert manifests.show(session, waiting).id == waiting and manifests.show(session, taken).errors == 1
    batches.tidy(session, folder, now=now + timedelta(days=900))
    assert session.get(ImportFile, waiting) is None and manifests.show(session, taken).errors == 0
    assert list(folder.iterdir()) == []


PLANTED = "zubrowkaplanted"
TWICE = f"Kelurahan,Keluhan\nTirto,Selokan {PLANTED}\nTirto,Lampu mati\nTirto,Selokan {PLANTED}\n".encode()


def kept_of(session, folder, word=PLANTED):
    """Where a word still stands: the tables, and the files that wait."""
    session.flush()
    rows = [
        str(tuple(row))
        for t in ("submission", "point", "import_file", "event", "reading", "finding")
        for row in session.connection().exec_driver_sql(f"SELECT * FROM {t}")
        if word in str(tuple(row))
    ]
    return rows + [path.name for path in folder.glob("*") if word in path.read_text("ascii")]


def test_an_erasure_takes_the_words_out_of_bad_rows_and_of_a_file_that_waits(session, bring, take, folder, now):
    take(bring(f"Kelurahan,Keluhan\nAtlantis,Selokan {PLANTED}\nAtlantis,Lampu mati\n".encode()))  # refused at first
    mended = f"Kelurahan,Keluhan\nTirto,Selokan {PLANTED}\nTirto,Halte bocor\n".encode()
    take(bring(mended))
    waiting = bring(mended)
    submission = session.scalars(select(Submission).where(Submission.text.contains(PLANTED))).one()
    assert len(kept_of(session, folder)) == 4
    batches.forget(session, folder, submission.id)
    erasures.erase(session, submission.id, now=now)
    assert kept_of(session, folder) == []
    assert len(kept_of(session, folder, "Lampu mati")) == 1, "somebody else's bad row is still there to be mended"
    look = manifests.look(session, folder, waiting)
    assert (look.good, look.refused) == (2, 0) and look.columns[1].samples == ("Halte bocor",)
    assert counts(take(waiting)) == (0, 2, 0)
    assert session.get_one(Submission, submission.id).state is SubmissionState.ERASED


def test_of_two_equal_rows_one_is_erased_and_the_other_is_still_known(session, bring, take, folder, now):
    take(bring(TWICE))
    waiting = bring(TWICE)
    first, second = session.scalars(
        select(Submission).where(Submission.text.contains(PLANTED)).order_by(Submission.id)
    ).all()
    batches.forget(session, folder, first.id)
    erasures.erase(session, first.id, now=now)
    assert second.text == f"Selokan {PLANTED}" and second.state is SubmissionState.RECEIVED
    assert batches.rows_of(folder, waiting).read_text("ascii").count(PLANTED) == 1
    assert counts(take(waiting)) == (0, 3, 0)


def test_rows_of_a_file_that_is_being_taken_are_forgotten_in_their_place(session, bring, folder, round_id, now):
    import_id = bring(rows(600) + f"Selokan {PLANTED}\n".encode())
    batches.take(session, import_id, round_id=round_id, prefix="PKL", now=now)
    work = takings.Work(session, folder, import_id)
    assert work.step(session, now=now)
    first = session.scalars(select(Submission).order_by(Submission.id).limit(1)).one()
    words = first.text
    batches.forget(session, folder, first.id)
    erasures.erase(session, first.id, now=now)
    assert kept_of(session, folder, f'"{words}"') == []
    finish(session, folder, import_id, now)  # another worker, after a kill
    assert counts(manifests.show(session, import_id)) == (601, 0, 0)
    assert session.get_one(Submission, first.id).text == ""


def test_forgetting_what_no_file_brought_touches_no_file(session, bring, folder, take):
    waiting = bring(FORM)
    before = batches.rows_of(folder, waiting).read_bytes()
    take(bring(rows(2)))
    batches.forget(session, folder, session.scalars(select(Submission.id)).first())
    assert batches.rows_of(folder, waiting).read_bytes() == before
    batches.forget(session, folder, 10**9)


def test_undoing_an_import_does_not_let_the_same_file_bring_back_what_was_erased(session, bring, take, now):
    told = take(bring(TWICE))
    erased, withdrawn, _ = session.scalars(select(Submission).order_by(Submission.id)).all()
    erasures.erase(session, erased.id, now=now)
    erasures.withdraw(session, withdrawn.id, now=now)
    assert batches.undo(session, told.id, now=now) == 1
    assert counts(take(bring(TWICE))) == (1, 2, 0)
    states = session.scalars(select(Submission.state).order_by(Submission.id)).all()
    assert states == [SubmissionState.ERASED, SubmissionState.WITHDRAWN, SubmissionState.RECEIVED]


def months(*more):
    """A workbook of sheets with one head and a row in common."""
    book = Workbook()
    book.active.title = "Januari"
    for name in ("Januari", "Februari", *more):
        tab = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in (["Keluhan"], ["Lampu mati"], [f"Selokan {name}"]):
            tab.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def choose(session, folder):
    """Look at another sheet of a file that waits."""

    def choose(import_id, sheet):
        facts, rows = batches.read_sheet(folder, import_id, name="bulan.xlsx", sheet=sheet, key=b"kunci")
        batches.choose(session, folder, import_id, facts, rows)

    return choose


def test_each_sheet_is_a_take_of_its_own_and_the_same_sheet_adds_nothing(session, bring, take, choose, folder):
    content = months()
    first = bring(content, "bulan.xlsx")
    assert manifests.look(session, folder, first).can_choose
    assert [(t.name, t.rows) for t in manifests.show(session, first).tabs] == [("Januari", 3), ("Februari", 3)]
    told = take(first)
    assert (counts(told), told.sheet) == ((2, 0, 0), "Januari")
    assert list(folder.iterdir()) == [], "the workbook is erased once a sheet of it is taken"
    second = bring(content, "bulan.xlsx")
    assert manifests.look(session, folder, second).twin == first
    choose(second, "Februari")
    look = manifests.look(session, folder, second)
    assert look.twin is None and look.columns[0].samples == ("Lampu mati", "Selokan Februari")
    assert counts(take(second)) == (2, 0, 0), "what stands on two sheets was said twice"
    for sheet in ("Januari", "Februari"):
        again = bring(content, "bulan.xlsx")
        choose(again, sheet)
        assert counts(take(again)) == (0, 2, 0)


def test_a_file_saved_with_one_more_sheet_brings_its_old_rows_no_second_time(bring, take, choose):
    take(bring(months(), "bulan.xlsx"))
    more = bring(months("Maret"), "bulan.xlsx")
    assert counts(take(more)) == (0, 2, 0)
    march = bring(months("Maret"), "bulan.xlsx")
    choose(march, "Maret")
    assert counts(take(march))[0] >= 1


def test_a_sheet_that_is_not_there_leaves_the_one_that_was_read(session, bring, choose, folder):
    import_id = bring(months(), "bulan.xlsx")
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(UnreadableFile, match="Januari .*Februari"):
        choose(import_id, "Maret")
    assert sorted(path.name for path in folder.iterdir()) == before
    assert manifests.show(session, import_id).sheet == "Januari"


def test_a_workbook_that_waits_is_private_and_goes_with_its_rows(session, bring, folder, now):
    import_id = bring(months(), "bulan.xlsx")
    original = batches.original_of(folder, import_id)
    assert stat.S_IMODE(original.stat().st_mode) == 0o600
    batches.tidy(session, folder, now=now)
    assert original.exists()
    batches.discard(session, folder, import_id, now=now)
    assert list(folder.iterdir()) == []


def test_an_erasure_takes_a_waiting_workbook_whole_and_leaves_its_sheet(session, bring, take, choose, folder):
    content = months()
    take(bring(content, "bulan.xlsx"))
    waiting = bring(content, "bulan.xlsx")
    batches.forget(session, folder, session.scalars(select(Submission.id).order_by(Submission.id.desc())).first())
    assert not batches.original_of(folder, waiting).exists()
    kept = batches.rows_of(folder, waiting).read_text("ascii")
    assert "Selokan Januari" not in kept and "Lampu mati" in kept
    with pytest.raises(UnreadableFile, match="aslinya sudah dihapus"):
        choose(waiting, "Februari")
    assert counts(take(waiting)) == (0, 2, 0)


def test_each_deed_leaves_its_line_without_words(session, bring, take, now):
    told = take(bring(FORM))
    batches.undo(session, told.id, now=now)
    session.flush()
    lines = session.execute(select(Event.action, Event.details).where(Event.subject == "import_file")).all()
    assert [line[0] for line in lines] == ["import.bring", "import.take", "import.taken", "import.undo"]
    assert "Got" not in str(lines)
