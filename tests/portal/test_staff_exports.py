"""The desk of papers: asked for here, made apart by the press, taken by whoever may, every taking in the trail."""

import io
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models import Event, Export, Submission
from models.vocabulary import ExportState
from portal import press
from portal.extensions import db
from portal.printshop import Printshop
from portal.worker import Worker
from services import erasures
from services.exports import jobs, making
from services.exports.catalogue import CATALOGUE, Shelf
from tests.portal.conftest import Statements, hidden, sign_in

INDEX = "/staff/exports"
POST = {"ending": "xlsx"}


def ask(client, code="X2", path=INDEX, **fields):
    token = hidden(client.get(path).text)["csrf_token"]
    return client.post(f"{path}/{code}", data={"csrf_token": token, **POST, **fields})


def take(client, address, **fields):
    token = hidden(client.get(address).text)["csrf_token"]
    return client.post(f"{address}/file", data={"csrf_token": token, **fields})


@pytest.fixture
def worked(app, settings):
    """The print shop does what waits; its press runs here instead of in a process of its own."""

    def work():
        worker = Worker(settings)
        try:
            worker.printshop._press = lambda job_id: press.make_job(worker.engine, settings.exports, job_id)
            return worker.printshop.work()
        finally:
            worker.engine.dispose()

    return work


def test_the_page_names_every_paper_of_the_team_and_what_it_is_for(client):
    sign_in(client)
    page = client.get(INDEX).text
    for paper in CATALOGUE:
        is_here = f'id="{paper.code}"' in page
        assert is_here == (paper.shelf is Shelf.TEAM)
        assert not is_here or paper.purpose in page
    assert "Di sini akan berdiri berkas yang diminta" in page


def test_a_paper_is_asked_for_waited_for_and_taken(app, client, examples, worked):
    sign_in(client)
    answer = ask(client, dimension="DIS")
    assert answer.status_code == 303 and answer.location.startswith("/staff/exports/")
    waiting = client.get(answer.location).text
    assert '<meta http-equiv="refresh"' in waiting and "Sebentar lagi dibuat" in waiting
    assert worked() == 1
    page = client.get(answer.location).text
    assert '<meta http-equiv="refresh"' not in page and "Sudah jadi" in page
    taken = take(client, answer.location)
    assert taken.headers["Content-Disposition"] == "attachment; filename=X2-matriks-tanggapan-hitungan-1.xlsx"
    assert taken.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(io.BytesIO(taken.data)).worksheets[0]
    assert sheet.max_row > 10 and {row[3].value for row in sheet.iter_rows(min_row=2)} == {"Bencana"}
    assert "Bidang DIS" in client.get(INDEX).text
    with app.app_context():
        done = db.session.scalars(select(Event.action).where(Event.subject == "export").order_by(Event.id)).all()
        assert done == ["export.ask", "export.make", "export.take"]


def test_a_table_as_csv_comes_with_its_explanation(client, examples, worked):
    sign_in(client)
    address = ask(client, "X4", ending="csv").location
    worked()
    table, told = take(client, address), take(client, address, part="explanation")
    assert table.data.startswith(b"\xef\xbb\xbf") and b"rasio_terhadap_penduduk" in table.data
    assert told.headers["Content-Disposition"].endswith("X4-rekap-keterwakilan-hitungan-1-keterangan.csv")
    assert "Waktu hitungan" in told.data.decode()


def test_a_file_is_never_opened_by_a_link(client, examples, worked):
    sign_in(client)
    address = ask(client).location
    worked()
    assert client.get(f"{address}/file").status_code == 405


def test_what_is_not_made_yet_cannot_be_taken(client, examples):
    sign_in(client)
    address = ask(client).location
    token = hidden(client.get(INDEX).text)["csrf_token"]
    assert client.post(f"{address}/file", data={"csrf_token": token}).status_code == 409


def test_the_third_in_line_is_told_how_many_come_first(client, examples):
    sign_in(client)
    addresses = [ask(client, code).location for code in ("X1", "X2", "X4")]
    assert "2 berkas lain lebih dahulu" in client.get(addresses[2]).text


def test_a_form_that_the_paper_does_not_have_is_refused_in_words(client):
    sign_in(client)
    answer = ask(client, "X1", ending="docx")
    assert answer.status_code == 422 and "Pilih bentuk berkasnya." in answer.text
    assert ask(client, "X1", dimension="XYZ").status_code == 422


def test_five_papers_of_one_person_are_enough(client):
    sign_in(client)
    for code in ("X1", "X2", "X4", "X5", "X6"):
        assert ask(client, code).status_code == 303
    answer = ask(client, "X7")
    assert answer.status_code == 422 and "Lima berkas Anda masih dibuat" in answer.text


def test_a_job_that_cannot_be_done_says_why_in_the_readers_language(app, client, worked):
    sign_in(client)
    address = ask(client, "X11", ending="html").location  # before the first run there is nothing to report
    assert worked() == 1
    page = client.get(address).text
    assert "Belum ada yang bisa dibuat" in page and "Ambil berkas" not in page


@pytest.mark.parametrize(
    ("role", "path"), [("administrator", "/staff/exports/audit"), ("privacy", "/staff/exports/person")]
)
def test_other_shelves_are_for_others(client, role, path):
    sign_in(client, role)
    assert client.get(path).status_code == 200
    assert client.get(INDEX).status_code == 403


def test_the_privacy_officer_takes_the_data_of_one_sender(app, client, examples, worked):
    with app.app_context():
        number = db.session.scalars(select(Submission.receipt_no).limit(1)).one()
    sign_in(client, "privacy")
    path = "/staff/exports/person"
    assert ask(client, "X13", path, ending="json", receipt="PKL-ZZZZ-99").status_code == 422
    address = ask(client, "X13", path, ending="json", receipt=number.lower()).location
    worked()
    assert json.loads(take(client, address).data)["rows"]["submission"][0]["receipt_no"] == number


def test_the_pages_stay_within_their_statements(app, client, examples, worked):
    sign_in(client)
    address = ask(client).location
    seen = Statements(app)
    for path, most in ((INDEX, 5), (address, 6)):
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= most, seen
    seen.clear()
    ask(client, "X4")
    assert len(seen) <= 5 + 12


def test_when_words_are_erased_the_file_is_gone_with_the_answer(app, client, settings, examples, worked):
    sign_in(client)
    address = ask(client, "X1").location
    worked()
    assert list(settings.exports.iterdir())
    with app.app_context():
        submission_id = db.session.scalars(select(Submission.id).limit(1)).one()
        erasures.erase(db.session(), submission_id, now=datetime.now(UTC))
        db.session.commit()
        jobs.sweep(db.session(), settings.exports)
    assert client.get(address).status_code == 404
    assert list(settings.exports.iterdir()) == []


def test_a_press_that_fails_leaves_a_word_and_no_file(app, client, settings, examples, worked, monkeypatch):
    sign_in(client)
    address = ask(client, "X4").location

    def broken(frame):
        raise RuntimeError("rusak")

    monkeypatch.setitem(making.MAKERS, "X4", broken)
    worked()
    assert "Berkas tidak jadi dibuat" in client.get(address).text
    assert not settings.exports.exists() or not list(settings.exports.iterdir())


def test_words_that_are_erased_while_a_paper_is_made_are_not_kept(app, client, settings, examples, monkeypatch):
    sign_in(client)
    ask(client, "X4")
    worker = Worker(settings)
    with app.app_context():
        job_id = jobs.claim(db.session(), now=datetime.now(UTC))
        db.session.commit()
        made = making.make

        def interrupted(*arguments):
            done = made(*arguments)
            row = db.session.get_one(Export, job_id)
            row.state = ExportState.ASKED
            db.session.commit()
            return done

        monkeypatch.setattr(press.making, "make", interrupted)
        assert press.make_job(worker.engine, settings.exports, job_id) == 0
        assert list(settings.exports.iterdir()) == []
        assert db.session.get_one(Export, job_id, populate_existing=True).state is ExportState.ASKED
    worker.engine.dispose()


def test_the_print_shop_makes_a_paper_in_a_process_of_its_own(app, client, settings, examples):
    sign_in(client)
    address = ask(client, "X4").location
    worker = Worker(settings)
    worker.printshop.wake()
    worker.printshop.thread.join(60)
    worker.printshop.close()
    worker.engine.dispose()
    assert "Sudah jadi" in client.get(address).text
    (file,) = settings.exports.iterdir()
    assert file.stat().st_mode & 0o77 == 0


def test_a_press_that_is_killed_is_told_as_a_failure(app, client, settings, examples, monkeypatch):
    sign_in(client)
    address = ask(client, "X4").location
    worker = Worker(settings)
    monkeypatch.setattr("portal.printshop.sys.executable", "/bin/false")
    assert worker.printshop.work() == 1
    worker.engine.dispose()
    assert "Berkas tidak jadi dibuat" in client.get(address).text


def test_a_closed_print_shop_begins_nothing(settings, app):
    shop = Printshop(Worker(settings).engine, settings)
    shop.close()
    shop.wake()
    assert shop.thread is None and shop.work() == 0
    shop.engine.dispose()


def test_papers_are_kept_seven_days(app, client, settings, examples, worked):
    sign_in(client)
    ask(client, "X4")
    worked()
    worker = Worker(settings)
    worker.printshop.tidy(datetime.now(UTC) + timedelta(days=6))
    assert len(list(settings.exports.iterdir())) == 1
    worker.printshop.tidy(datetime.now(UTC) + timedelta(days=8))
    worker.engine.dispose()
    assert list(settings.exports.iterdir()) == []


def invoke(app, *words):
    done = app.test_cli_runner().invoke(args=["export", *map(str, words)])
    return done


def run_press(settings, capsys, *words):
    before = os.environ.get("DATA")
    os.environ["DATA"] = str(settings.data)
    try:
        code = press.main([str(word) for word in words])
    finally:
        os.environ.pop("DATA")
        os.environ |= {} if before is None else {"DATA": before}
    return code, capsys.readouterr()


def test_the_command_lists_every_code_with_its_endings(app):
    text = " ".join(invoke(app, "--help").output.split())
    for paper in CATALOGUE:
        assert f"{paper.code} {paper.name}" in text or paper.code in text
        assert all(f".{ending}" in text for ending in paper.endings)


def test_the_command_hands_everything_to_the_press(app, settings, examples, tmp_path):
    out = tmp_path / "folder" / "x4.csv"
    assert invoke(app, "X4", out, "--lang", "en").exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfunsur|kelurahan|kelompok,target,")
    assert "Percent" in (tmp_path / "folder" / "x4-keterangan.csv").read_text("utf-8-sig")


WRONG = (
    (("X99", "a.xlsx"), "Kode “X99” tidak dikenal. Yang ada: X1, X2"),
    (("X1", "a.docx"), "X1 tidak dibuat sebagai .docx; yang ada: .xlsx, .csv."),
    (("X1", "a.odt"), "Nama berkas harus berakhiran salah satu dari ini: .xlsx, .csv."),
    (("X1", "tanpa"), "Nama berkas harus berakhiran"),
    (("X13", "a.json"), "X13 butuh nomor tanda terima"),
    (("X13", "a.json", "--receipt", "PKL-ZZZZ-99"), "Belum ada yang bisa dibuat"),
    (("X3", "a.html", "--meeting", "99"), "Belum ada yang bisa dibuat"),
    (("X4", "a.xlsx", "--round", "99"), "Belum ada yang bisa dibuat"),
)


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_what_cannot_be_made_ends_with_two_and_one_clear_line(app, settings, examples, tmp_path, capsys, words, told):
    code, rest = words[0], words[2:]
    ended, said = run_press(settings, capsys, code, tmp_path / words[1], *rest)
    assert ended == 2 and told in said.err and said.err.count("\n") == 1
    assert list(tmp_path.glob("a.*")) == []


def test_a_folder_that_cannot_be_written_is_told(app, settings, examples, tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    ended, said = run_press(settings, capsys, "X4", tmp_path / "file" / "x4.csv")
    assert ended == 2 and str(tmp_path / "file") in said.err


def test_all_writes_every_paper_twice_the_same(app, settings, examples, tmp_path, capsys):
    folders = [tmp_path / name for name in ("satu", "dua")]
    for folder in folders:
        assert run_press(settings, capsys, "all", folder)[0] == 0
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second
    made = {Path(name).stem.partition("-")[0] for name in first}
    assert made == {paper.code for paper in CATALOGUE} - {"X13"}


def test_all_goes_on_where_one_cannot_be_made(app, settings, tmp_path, capsys):
    ended, said = run_press(settings, capsys, "all", tmp_path / "semua")
    assert ended == press.SOME_REFUSED and said.err.count("Galat:") >= 1
    assert (tmp_path / "semua" / "X1-register-masukan.xlsx").is_file()
