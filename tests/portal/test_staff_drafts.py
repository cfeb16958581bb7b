"""The drafter's desk: a file is looked at, doubts are settled, decisions become a version, and the file goes out."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from sqlalchemy import func, select

from models import Decision, Draft, Event, Fate, Paragraph, Point, Wording
from models.vocabulary import DecisionCode, DecisionState, FateState
from portal.config import ROOT
from portal.extensions import db, people
from services import comments, drafts, rounds
from services.contributions import Author, Call, Said
from tests.portal.conftest import Statements, hidden, sign_in

TEXT = (ROOT / "demo" / "draft-masterplan.md").read_text("utf-8")
ROB = "[P-A-01] Tanggul laut di pesisir utara ditinggikan dua meter."
PASAR = "[P-A-02] Pasar rakyat dilengkapi pencatatan retribusi elektronik dan tempat sampah."
OTHER = "[P-A-03] Perajin batik memperoleh pelatihan pewarna alami dan pengolahan limbah bersama."


@pytest.fixture
def desk(app):
    client = app.test_client()
    sign_in(client, "lead")
    return client


def docx(*lines):
    made, file = Document(), io.BytesIO()
    made.add_heading("Bab satu", 1)
    for line in lines:
        made.add_paragraph(line)
    made.save(file)
    return file.getvalue()


def upload(client, content, name="naskah.docx"):
    """Send a form with a file, in one piece: the test client would leave the files of large ones open."""
    token = hidden(client.get("/staff/drafts/").text)["csrf_token"]
    head = f'--batas\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    head += f'--batas\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--batas--\r\n"
    return client.post("/staff/drafts/", data=body, content_type="multipart/form-data; boundary=batas")


def press(client, path, page="/staff/drafts/", **data):
    return client.post(path, data=hidden(client.get(page).text) | data)


def version(app, *paragraphs, is_published=True):
    with app.app_context():
        now = datetime.now(UTC)
        draft_id = drafts.take(db.session(), "\n\n".join(paragraphs).encode(), name="n.md", now=now)
        if is_published:
            drafts.publish(db.session(), draft_id, now=now)
        db.session.commit()
        return draft_id


def comment(app, draft_id, mark="P-A-01", **more):
    with app.app_context():
        now, person = datetime.now(UTC), people.find_user(email="academic@demo.example")
        at = db.session.scalar(select(Paragraph.id).where(Paragraph.draft_id == draft_id, Paragraph.mark == mark))
        call = Call(rounds.current(db.session(), now=now)[0], "PKL")
        author = Author(person.id, "academic", "")
        key = f"kunci-{mark}-{db.session.scalar(select(func.count(Point.id)))}"
        said = Said("Perlu angka yang jelas.", **more)
        point_id = comments.add(db.session(), author, at, said, call=call, key=key, now=now)
        db.session.commit()
        return point_id


def decide(app, point_id, before, after):
    with app.app_context():
        point, now = db.session.get(Point, point_id), datetime.now(UTC)
        paragraph = db.session.get(Paragraph, point.paragraph_id)
        row = Decision(
            round_id=point.submission.round_id,
            point_id=point_id,
            code=DecisionCode.ACCEPTED,
            state=DecisionState.CONFIRMED,
            reason="Angkanya memang perlu disebut.",
            change="Angka disebut.",
            paragraph_id=paragraph.id,
            paragraph_mark=paragraph.mark,
            text_before=before,
            text_after=after,
            made_at=now,
            confirmed_at=now,
        )
        db.session.add(row)
        db.session.commit()
        return row.id


def test_a_word_file_is_read_and_its_page_says_what_was_kept_and_what_was_not(app, desk):
    answer = upload(desk, docx("[P-A-01] Rob naik.", "Tanpa penanda."))
    assert (answer.status_code, answer.location) == (303, "/staff/drafts/1")
    page = desk.get("/staff/drafts/1").text
    assert "Yang diambil" in page and "judul bab dan bagian" in page and "belum terbit" in page
    assert "1 paragraf tanpa penanda, diberi nomor di sini" in page
    assert "Paragraf dari versi sebelumnya" not in page
    with app.app_context():
        assert db.session.scalar(select(func.count(Draft.id))) == 1


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"PK\x03\x04 rusak", "naskah.docx", "DOCX ini rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "naskah.doc", "Word lama"),
        (b"%PDF-1.7", "naskah.pdf", "PDF"),
        (docx(), "kosong.docx", "Tidak ada paragraf di dalamnya"),
        (docx("[P-A-01] a", "[P-A-01] b"), "rangkap.docx", "Penanda paragraf berulang"),
        (b"", "kosong.md", "Tidak ada paragraf"),
    ],
)
def test_a_bad_file_is_told_beside_its_field_and_leaves_nothing(app, desk, content, name, told):
    answer = upload(desk, content, name)
    assert answer.status_code == 422 and told in answer.text and "Galat:" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count(Draft.id))) == 0


def test_without_a_file_it_is_told(desk):
    answer = press(desk, "/staff/drafts/")
    assert answer.status_code == 422 and "Pilih berkasnya dahulu." in answer.text


def test_a_file_of_more_than_a_megabyte_is_taken_and_one_of_seventeen_is_told(desk):
    assert (
        upload(desk, b"kata " * 3000 + b"\n\n" + b"kata lagi di sini\n\n" * 400 + b" \n" * 500_000, "n.md").status_code
        == 303
    )
    answer = upload(desk, b"x" * (17 * 2**20), "n.md")
    assert answer.status_code == 413 and "16 MB" in answer.text


def test_the_counts_before_and_after_are_told_before_anybody_publishes(app, desk):
    first = version(app, ROB, PASAR)
    comment(app, first)
    comment(app, first, "P-A-02")
    version(app, ROB.replace("dua", "tiga"), OTHER, is_published=False)
    page = desk.get("/staff/drafts/2").text
    assert "Sebelum = sesudah: 2 komentar. Tidak ada yang hilang." in page
    assert "Baru di versi ini" in page and "Terbitkan" in page
    answer = press(desk, "/staff/drafts/2/publish")
    assert answer.location == "/staff/drafts/2" and "tidak dapat dibuang" in desk.get("/staff/drafts/2").text


def test_what_was_not_published_is_thrown_away_and_what_was_is_not(app, desk):
    version(app, ROB)
    version(app, PASAR, is_published=False)
    assert press(desk, "/staff/drafts/2/discard").status_code == 303
    assert press(desk, "/staff/drafts/1/discard").status_code == 409
    with app.app_context():
        assert db.session.scalars(select(Draft.number)).all() == [1]


def doubtful(app):
    version(app, ROB, PASAR)
    draft_id = version(app, ROB, OTHER, "[P-A-04] Pasar ditata kembali dengan tempat sampah.", is_published=False)
    with app.app_context():
        rows = list(db.session.scalars(select(Fate).where(Fate.draft_id == draft_id).order_by(Fate.id)))
        rows[1].confidence = 0.2
        db.session.commit()
        return draft_id, [row.id for row in rows]


def test_only_what_is_not_sure_is_listed_until_all_is_asked_for(app, desk):
    _draft, _fates = doubtful(app)
    page = desk.get("/staff/drafts/2/fates").text
    assert "P-A-02" in page and 'id="h-1"' not in page
    every = desk.get("/staff/drafts/2/fates?every=1").text
    assert "P-A-01" in every and "sama persis" in every and "sangat ragu" in every


def test_ticked_ones_are_confirmed_and_nothing_ticked_is_told(app, desk):
    draft_id, found = doubtful(app)
    path = "/staff/drafts/2/fates"
    answer = press(desk, path, path)
    assert answer.status_code == 422 and "Centang dahulu" in answer.text
    assert press(desk, path, path, fate=str(found[1])).status_code == 303
    assert "Semua sudah pasti atau sudah diperiksa." in desk.get(path).text
    with app.app_context():
        assert db.session.get(Fate, found[1]).confirmed_at is not None
        assert db.session.get(Fate, found[0]).confirmed_at is None
    assert press(desk, path, path, fate="satu").status_code == 400


def test_all_of_a_page_is_confirmed_with_one_press(app, desk):
    _draft, found = doubtful(app)
    path = "/staff/drafts/2/fates?every=1"
    assert press(desk, path, path, all="1", here=[str(n) for n in found]).location.endswith("/fates?every=1")
    with app.app_context():
        assert db.session.scalar(select(func.count(Fate.id)).where(Fate.confirmed_at.is_(None))) == 0


@pytest.mark.parametrize("way", ["near", "mark", "gone"])
def test_one_is_put_right_from_the_list_by_its_mark_or_as_gone(app, desk, way):
    draft_id, found = doubtful(app)
    with app.app_context():
        heir = db.session.scalar(select(Paragraph.id).where(Paragraph.draft_id == draft_id, Paragraph.mark == "P-A-04"))
    said = {"near": {"heir": str(heir)}, "mark": {"mark": "[p-a-04]"}, "gone": {"heir": "gone"}}[way]
    answer = press(desk, f"/staff/drafts/2/fates/{found[1]}", "/staff/drafts/2/fates", **said)
    assert answer.status_code == 303
    with app.app_context():
        row = db.session.get(Fate, found[1])
        assert (row.heir_id, row.state) == ((None, FateState.REMOVED) if way == "gone" else (heir, FateState.EDITED))
        assert row.confirmed_at is not None and row.confidence == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [({}, "Pilih paragraf yang benar"), ({"mark": "P-XXX-99"}, "Tidak ada paragraf P-XXX-99 di versi ini.")],
)
def test_a_correction_that_names_nothing_is_told_on_the_page(app, desk, said, told):
    _draft, found = doubtful(app)
    answer = press(desk, f"/staff/drafts/2/fates/{found[1]}", "/staff/drafts/2/fates", **said)
    assert answer.status_code == 422 and told in answer.text and f'id="h-{found[1]}"' in answer.text


@pytest.mark.parametrize("heir", ["999999", "1"])
def test_a_paragraph_of_another_version_is_not_there(app, desk, heir):
    _draft, found = doubtful(app)
    assert press(desk, f"/staff/drafts/2/fates/{found[1]}", "/staff/drafts/2/fates", heir=heir).status_code == 404


def test_after_publishing_a_correction_moves_the_comments_at_once(app, desk):
    first = version(app, ROB, PASAR)
    point = comment(app, first, "P-A-02")
    second = version(app, ROB, OTHER)
    third = version(app, ROB, OTHER, "[P-A-09] Tambahan di akhir.")
    with app.app_context():
        pasar = select(Paragraph.id).where(Paragraph.draft_id == first, Paragraph.mark == "P-A-02").scalar_subquery()
        fate = db.session.scalar(select(Fate.id).where(Fate.draft_id == second, Fate.paragraph_id == pasar))
    answer = press(desk, f"/staff/drafts/2/fates/{fate}", "/staff/drafts/2/fates?every=1", mark="P-A-03")
    assert answer.status_code == 303
    with app.app_context():
        for draft_id in (second, third):
            at = db.session.scalar(
                select(Paragraph.id).where(Paragraph.draft_id == draft_id, Paragraph.mark == "P-A-03")
            )
            assert [c.id for c in comments.on(db.session(), draft_id, [at], is_team=True)[at]] == [point]
            assert comments.lost(db.session(), draft_id) == []


AFTER = "Tanggul laut di pesisir utara ditinggikan tiga meter dan dijaga bergilir."


def decided(app):
    first = version(app, ROB, PASAR)
    point = comment(app, first, proposed_text=AFTER)
    return point, decide(app, point, ROB.partition("] ")[2], AFTER)


def test_decisions_become_the_next_version_with_one_press(app, desk):
    _point, decision_id = decided(app)
    page = desk.get("/staff/drafts/compose").text
    assert "Akan masuk" in page and "dijaga bergilir" in page and f"/staff/decisions/{decision_id}" in page
    answer = press(desk, "/staff/drafts/compose", "/staff/drafts/compose")
    assert (answer.status_code, answer.location) == (303, "/staff/drafts/2")
    page = desk.get("/staff/drafts/2").text
    assert "1 paragraf diubah menurut putusan" in page and "Usul redaksi yang masuk" in page and "Akademisi" in page
    with app.app_context():
        assert db.session.scalar(select(func.count(Wording.id))) == 1


def test_a_decision_that_was_changed_afterwards_is_marked_before_anybody_publishes(app, desk):
    _point, decision_id = decided(app)
    press(desk, "/staff/drafts/compose", "/staff/drafts/compose")
    assert "putusannya sudah berubah" not in desk.get("/staff/drafts/2").text
    with app.app_context():
        db.session.get(Decision, decision_id).state = DecisionState.REPLACED
        db.session.commit()
    assert "putusannya sudah berubah" in desk.get("/staff/drafts/2").text


def test_a_version_that_another_one_overtook_does_not_undo_it(app, desk):
    decided(app)
    press(desk, "/staff/drafts/compose", "/staff/drafts/compose")
    version(app, ROB, OTHER)
    answer = press(desk, "/staff/drafts/2/publish")
    assert answer.status_code == 409 and "versi lain terbit sesudah versi ini disusun" in answer.text
    assert "belum terbit" in desk.get("/staff/drafts/2").text
    assert press(desk, "/staff/drafts/2/discard").status_code == 303
    assert press(desk, "/staff/drafts/compose", "/staff/drafts/compose").location == "/staff/drafts/4"
    assert press(desk, "/staff/drafts/4/publish").status_code == 303


def test_a_long_chapter_is_read_page_by_page_and_none_is_there_beyond_the_last(app, desk):
    version(app, *(f"[P-B-{n:03}] Paragraf nomor {n}." for n in range(30)))
    first, second = (desk.get(f"/staff/drafts/1/1?bagian={n}").text for n in (1, 2))
    assert "P-B-000" in first and "P-B-029" not in first and "P-B-029" in second
    assert desk.get("/staff/drafts/1/1?bagian=3").status_code == 404
    assert desk.get("/staff/drafts/1/2").status_code == 404


def test_without_a_decision_that_fits_the_page_says_so(app, desk):
    assert "Belum ada versi yang terbit" in desk.get("/staff/drafts/compose").text
    version(app, ROB)
    assert "Sekarang belum ada" in desk.get("/staff/drafts/compose").text
    answer = press(desk, "/staff/drafts/compose", "/staff/drafts/compose")
    assert answer.status_code == 422 and "Belum ada putusan yang dapat masuk" in answer.text


def test_the_page_names_what_clashes_and_what_is_stale(app, desk):
    point, _first = decided(app)
    second = comment(app, 1)
    decide(app, second, ROB.partition("] ")[2], "Tanggul dibongkar.")
    stale = comment(app, 1, "P-A-02")
    decide(app, stale, "Kalimat yang tidak pernah ada.", "Pasar dipindah.")
    page = desk.get("/staff/drafts/compose").text
    assert "Berbenturan: tidak ada yang masuk" in page and "Tanggul dibongkar." in page
    assert "Teksnya sudah lain: tidak masuk" in page and "Pasar dipindah." in page


def test_the_file_for_the_drafter_holds_changes_and_comments_and_leaves_a_line_in_the_audit(app, desk):
    point, _decision = decided(app)
    press(desk, "/staff/drafts/compose", "/staff/drafts/compose")
    answer = press(desk, "/staff/drafts/2/naskah.docx", "/staff/drafts/2")
    assert answer.status_code == 200 and "naskah-versi-2.docx" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        body, said = (file.read(f"word/{name}.xml").decode() for name in ("document", "comments"))
    assert "<w:del " in body and "<w:ins " in body and 'w:name="ur_' in body
    assert "Perlu angka yang jelas." in said and "Akademisi" in said
    with app.app_context():
        assert db.session.scalar(select(func.count(Event.id)).where(Event.action == "draft.hand")) == 1
    assert desk.get("/staff/drafts/2/naskah.docx").status_code == 405
    assert press(desk, "/staff/drafts/9/naskah.docx").status_code == 404


def test_who_only_reads_findings_publishes_nothing_and_takes_no_file(app):
    version(app, ROB, PASAR)
    version(app, ROB, OTHER, is_published=False)
    client = app.test_client()
    sign_in(client, "reviewer")
    for path in ("/staff/drafts/", "/staff/drafts/2", "/staff/drafts/2/fates?every=1", "/staff/drafts/compose"):
        page = client.get(path)
        assert page.status_code == 200 and "Terbitkan" not in page.text and "Betulkan" not in page.text
    data = hidden(client.get("/masukan/baru").text)
    for path in ("2/publish", "2/fates", "2/naskah.docx", "compose"):
        assert client.post(f"/staff/drafts/{path}", data=data).status_code == 403


def test_the_desk_asks_few_questions_of_the_database(app, desk):
    first = version(app, *(f"[P-B-{n:03}] Paragraf nomor {n} tentang hal {n * 7}." for n in range(120)))
    for n in range(5):
        comment(app, first, f"P-B-{n:03}")
    point = comment(app, first, "P-B-000", proposed_text="Lain.")
    decide(app, point, "Paragraf nomor 0 tentang hal 0.", "Lain sama sekali.")
    press(desk, "/staff/drafts/compose", "/staff/drafts/compose")
    asked = Statements(app)
    most = {"/staff/drafts/": 5, "/staff/drafts/2": 6, "/staff/drafts/2/fates?every=1": 5, "/staff/drafts/compose": 5}
    for path, most_ in most.items():
        asked.clear()
        assert desk.get(path).status_code == 200
        assert len(asked) <= most_, (path, "\n".join(asked))
    data = hidden(desk.get("/staff/drafts/2/fates").text)
    with app.app_context():
        fate = db.session.scalar(select(Fate.id).where(Fate.draft_id == 2).limit(1))
    for path, more in (
        ("/staff/drafts/2/fates", {"fate": str(fate)}),
        (f"/staff/drafts/2/fates/{fate}", {"heir": "gone"}),
        ("/staff/drafts/2/naskah.docx", {}),
        ("/staff/drafts/2/publish", {}),
    ):
        asked.clear()
        assert desk.post(path, data=data | more).status_code in (200, 303)
        assert len(asked) <= 12, (path, "\n".join(asked))


def test_two_pages_hold_everything_that_is_asked_for(app, desk):
    texts = [f"[P-B-{n:03}] Paragraf nomor {n} tentang hal {n * 7}." for n in range(30)]
    version(app, *texts)
    version(app, *texts, OTHER)
    first = desk.get("/staff/drafts/2/fates?every=1").text
    assert first.count('<article class="para"') == 20
    second = desk.get("/staff/drafts/2/fates?every=1&after=20").text
    assert "after=20" in first and second.count('<article class="para"') == 10
    assert desk.get("/staff/drafts/2/fates?after=x").status_code == 400
