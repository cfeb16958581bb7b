"""The desk of files: looked at, explained once, taken, taken back; hostile words are shown as words."""

import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from models import ImportFile, Submission
from models.vocabulary import Channel, Group
from portal.extensions import db
from portal.worker import Worker
from services.sources.guards import OLD_OFFICE
from tests.portal.conftest import Statements, hidden, sign_in

pytestmark = pytest.mark.usefixtures("reader_here")

DESK = "/staff/imports/"
FORM = "Cap waktu,Nama,Kelurahan,Keluhan\n1,Fulan,Tirto,Selokan mampet\n2,Fulan,Atlantis,Lampu mati\n"


@pytest.fixture
def bring(client):
    """Sign in and bring a file; returns the answer to the upload."""
    sign_in(client)

    def bring(content=FORM, name="kiriman.csv"):
        return upload(client, token(client), content.encode() if isinstance(content, str) else content, name)

    return bring


def upload(client, csrf_token, content, name="kiriman.csv"):
    """Send a form with a file, in one piece: the test client would leave the files of large ones open."""
    head = f'--batas\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{csrf_token}\r\n'
    head += f'--batas\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--batas--\r\n"
    return client.post(DESK, data=body, content_type="multipart/form-data; boundary=batas")


def token(client):
    return hidden(client.get(DESK).text)["csrf_token"]


def post(client, path, **fields):
    return client.post(DESK + path, data={"csrf_token": token(client)} | fields)


def work(settings):
    """What the worker does when it is woken."""
    worker = Worker(settings)
    try:
        worker.take()
    finally:
        worker.engine.dispose()


def number_of_submissions(app):
    with app.app_context():
        return db.session.scalar(select(func.count(Submission.id)))


def test_a_file_is_shown_before_anything_of_it_goes_in(app, client, bring):
    assert bring().headers["Location"] == DESK + "1"
    page = client.get(DESK + "1").text
    assert "kelurahan “Atlantis” tidak dikenal" in page and "Baris 3:" in page
    assert "mungkin data pribadi (“Nama”)" in page
    chosen = re.findall(r'<option value="([^"]*)" selected', page)
    assert chosen[:4] == ["", "", "kelurahan", "text"]
    assert number_of_submissions(app) == 0


def test_it_is_taken_by_the_worker_and_the_page_tells_how_far_it_is(app, client, settings, bring):
    bring()
    assert post(client, "1/take").status_code == 303
    page = client.get(DESK + "1").text
    assert '<progress id="bilah" max="2" value="0">' in page and "0 dari 2 baris" in page and "Muat ulang" in page
    work(settings)
    page = client.get(DESK + "1").text
    assert "Sudah dimuat" in page and "<progress" not in page
    assert number_of_submissions(app) == 1
    assert list(settings.imports.iterdir()) == []


def test_what_was_chosen_on_the_page_holds_also_when_it_is_taken_at_once(app, client, settings, bring):
    bring()
    chosen = {"column_0": "", "column_1": "text", "column_2": "", "column_3": "proposal"}
    answer = post(client, "1/take", **chosen, group="business", channel="fgd")
    assert answer.status_code == 303
    work(settings)
    with app.app_context():
        row = db.session.scalars(select(Submission).order_by(Submission.id)).first()
        assert (row.text, row.points[0].proposal) == ("Fulan", "Selokan mampet")
        assert (row.group, row.channel) == (Group.BUSINESS, Channel.FGD)


def test_an_explanation_is_kept_for_the_next_file_with_the_same_head(client, bring):
    bring()
    chosen = {"column_0": "", "column_1": "", "column_2": "", "column_3": "proposal", "group": "", "channel": "letter"}
    assert post(client, "1/mapping", **chosen).status_code == 303
    assert "pilihan Anda" in client.get(DESK + "1").text
    bring("Cap waktu,Nama,Kelurahan,Keluhan\n3,Fulan,Tirto,Lampu mati\n")
    page = client.get(DESK + "2").text
    assert page.count("seperti berkas serupa sebelumnya") == 4
    assert re.findall(r'<option value="([^"]*)" selected', page)[3:] == ["proposal", "", "letter"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"column_3": ""}, "Pilih sedikitnya satu kolom"),
        ({"column_3": "rahasia"}, "tidak kami kenal"),
        ({"group": "walikota"}, "tidak kami kenal"),
        ({"column_1": "group", "column_2": "group"}, "2 kolom dipilih sebagai “Kelompok”"),
    ],
)
def test_an_explanation_that_cannot_work_comes_back_with_its_reason(client, bring, fields, said):
    bring()
    for path in ("1/mapping", "1/take"):
        answer = post(client, path, **fields)
        assert answer.status_code == 422 and said in answer.text
        assert "<title>Galat:" in answer.text


def test_hostile_words_of_a_file_are_shown_as_words(client, bring):
    bring('<script>alert(1)</script>,Keluhan\n<img src=x>,{{7*7}} %(n)s\n"a",b,c\n', "<b>nama</b>.csv")
    page = client.get(DESK + "1").text
    assert "&lt;script&gt;" in page and "&lt;img src=x&gt;" in page and "{{7*7}} %(n)s" in page
    assert "<script>" not in page and "<img" not in page and "<b>nama" not in page


def test_bad_rows_are_handed_over_as_a_workbook(client, settings, bring):
    bring(FORM + '3,Fulan,"<script>%(n)s",Lampu mati\n')
    post(client, "1/take")
    work(settings)
    answer = client.get(DESK + "1/errors.xlsx")
    assert answer.headers["Content-Disposition"] == "attachment; filename=baris-ditolak-1.xlsx"
    rows = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].values)
    assert [row[0] for row in rows[1:]] == [3, 4] and "<script>%(n)s" in rows[2][2]
    assert client.get("/staff/imports/1/errors.xlsx?lang=en").status_code == 200


def test_undo_takes_it_out_and_the_file_may_come_again(app, client, settings, bring):
    for number in ("1", "2"):
        bring()
        post(client, f"{number}/take")
        work(settings)
        assert number_of_submissions(app) == 1
        assert post(client, f"{number}/undo").status_code == 303
        assert number_of_submissions(app) == 0
    assert "Dibatalkan" in client.get(DESK + "1").text
    assert post(client, "1/undo").status_code == 409


def test_a_file_is_thrown_away_whole(app, client, settings, bring):
    bring()
    assert post(client, "1/discard").headers["Location"] == DESK
    assert client.get(DESK + "1").status_code == 404
    assert list(settings.imports.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "kosong"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04rusak", "rusak"), (OLD_OFFICE, "xls")],
)
def test_what_cannot_be_read_is_told_beside_the_field(app, client, settings, bring, content, said):
    answer = bring(content)
    assert answer.status_code == 422 and said in answer.text and "<title>Galat:" in answer.text
    with app.app_context():
        assert db.session.scalars(select(ImportFile)).all() == []


def test_without_a_file_the_page_asks_for_one(client, bring):
    answer = post(client, "")
    assert answer.status_code == 422 and "Pilih berkasnya dahulu." in answer.text


def test_a_file_may_be_larger_than_a_suggestion_and_not_endless(client, bring):
    assert bring("Keluhan,Kelurahan\n" + f"{'Selokan mampet ' * 2000},Tirto\n" * 40).status_code == 303
    answer = bring(b"a" * (17 * 2**20))
    assert answer.status_code == 413 and "16 MB" in answer.text


def test_who_may_not_bring_files_may_not_send_large_ones_either(client):
    sign_in(client, "reviewer")
    csrf_token = hidden(client.get("/masukan/baru").text)["csrf_token"]
    assert upload(client, csrf_token, b"a" * 2_000_000).status_code in (403, 413)


def test_the_list_stays_within_its_statements(app, client, bring):
    for _ in range(3):
        bring()
    seen = Statements(app)
    assert client.get(DESK).text.count("kiriman.csv") == 3
    assert len(seen) <= 2, seen


def several():
    """A workbook of two sheets and a hidden one, with different heads."""
    book = Workbook()
    book.active.title = "Januari"
    for name, rows in (
        ("Januari", [["Keluhan"], ["Selokan mampet"]]),
        ("Februari", [["Kelurahan", "Usulan"], ["Tirto", "Halte beratap"], ["Tirto", "Lampu jalan"]]),
        ("Arsip", [["Keluhan"], ["Rahasia lama"]]),
    ):
        tab = book[name] if name in book.sheetnames else book.create_sheet(name)
        tab.sheet_state = "hidden" if name == "Arsip" else "visible"
        for row in rows:
            tab.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_the_sheet_of_a_workbook_is_chosen_before_its_columns(app, client, settings, bring):
    assert bring(several(), "bulan.xlsx").status_code == 303
    page = client.get(DESK + "1").text
    assert "Januari, 2 baris berisi" in page and "Februari, 3 baris berisi" in page
    assert "Arsip, 2 baris berisi, tersembunyi" in page and "Rahasia lama" not in page
    refused = post(client, "1/sheet", **{"lembar-sheet": "Maret"})
    assert refused.status_code == 422 and "Lembar lain belum dibaca" in refused.text
    assert post(client, "1/sheet", **{"lembar-sheet": "Februari"}).status_code == 303
    page = client.get(DESK + "1").text
    assert "Halte beratap" in page and "Selokan mampet" not in page
    assert '<option value="Februari" selected' in page
    chosen = {"column_0": "kelurahan", "column_1": "text", "group": "", "channel": ""}
    assert post(client, "1/take", **chosen).status_code == 303
    work(settings)
    assert number_of_submissions(app) == 2
    assert list(settings.imports.iterdir()) == []
    assert post(client, "1/sheet", **{"lembar-sheet": "Januari"}).status_code == 409
