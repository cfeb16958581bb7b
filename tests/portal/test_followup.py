"""After the receipt: number and PIN open one submission for a quarter of an hour, to correct, withdraw, erase."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Contact, DataRequest, Event, Paragraph, Point, Reading, Submission
from models.vocabulary import Purpose, RequestKind, SubmissionState
from portal import visit
from portal.extensions import db
from services import drafts, receipts
from tests.portal.conftest import hidden, read, sign_in
from tests.portal.test_citizen import receipt_of

PLANTED = "zubrowkaplanted"
TEXT = f"Selokan di depan pasar mampet, {PLANTED} sampai meluap"
EMAIL, PHONE = "planted@contoh.invalid", "0800-0000-4711"
CONTACT = {"name": "Planted Namawarga", "phone": PHONE, "email": EMAIL, "purposes": [p.value for p in Purpose]}


@pytest.fixture
def sent(client):
    """One submission with a contact, and its number and PIN."""
    data = {"topic": "auto", "text": TEXT} | CONTACT | hidden(client.get("/masukan/baru").text)
    answer = client.post("/masukan/baru", data=data, follow_redirects=True)
    return receipt_of(answer.text)


@pytest.fixture
def sender(app, sent):
    """Somebody at another computer who showed number and PIN."""
    other = app.test_client()
    show(other, *sent)
    return other


def show(client, number, pin):
    page = hidden(client.get("/masukan/status").text)
    return client.post("/masukan/status", data=page | {"receipt_no": number, "pin": pin})


def post(client, path, **data):
    token = hidden(client.get("/masukan/status").text)["csrf_token"]
    return client.post(path, data={"csrf_token": token} | data)


def row(app):
    with app.app_context():
        return db.session.scalars(select(Submission)).one()


def test_number_and_pin_open_the_way_of_the_words(sender):
    page = sender.get("/masukan/kabar").text
    assert TEXT in page and "Sampai di mana" in page and EMAIL in page
    for words in ("Perbaiki", "Tarik masukan ini", "Hapus masukan ini", "Ambil data saya"):
        assert words in page


PAGES = ("", "/perbaiki", "/tarik", "/hapus", "/data.json")
POSTS = ("/tarik", "/hapus", "/persetujuan/news/tarik", "/tutup")


@pytest.mark.parametrize("path", PAGES)
def test_without_number_and_pin_a_page_leads_to_the_question_for_them(app, sent, path):
    answer = app.test_client().get(f"/masukan/kabar{path}")
    assert answer.status_code == 303 and answer.location == "/masukan/status"


@pytest.mark.parametrize("path", POSTS)
def test_without_number_and_pin_nothing_is_done(app, sent, path):
    assert post(app.test_client(), f"/masukan/kabar{path}").location == "/masukan/status"
    assert row(app).state is SubmissionState.RECEIVED and row(app).text == TEXT


@pytest.mark.parametrize("path", POSTS)
def test_a_post_without_a_token_is_refused(app, sender, path):
    answer = sender.post(f"/masukan/kabar{path}")
    assert answer.status_code == 400 and "muat ulang" in answer.text and "tulisan Anda masih ada" not in answer.text
    assert row(app).state is SubmissionState.RECEIVED


def test_after_a_quarter_of_an_hour_it_is_closed(app, sender):
    with sender.session_transaction() as session:
        submission_id, until = session[visit.KEY]
        session[visit.KEY] = [submission_id, until - visit.LENGTH.total_seconds()]
    assert sender.get("/masukan/kabar").location == "/masukan/status"
    assert post(sender, "/masukan/kabar/hapus").location == "/masukan/status"
    assert row(app).text == TEXT


def road(page):
    """The steps of the thread: title, tag, and whether the step is still to come."""
    steps = re.findall(r'<li( class="later")?><h3>([^<]+?) <span class="tag \w+">([^<]+)</span></h3>', page)
    return [(title, tag, bool(later)) for later, title, tag in steps]


COMING = [("Diputuskan tim revisi", "menyusul", True), ("Dijawab", "menyusul", True)]


def test_the_road_names_every_step_and_which_of_them_are_not_yet(app, sender, settings):
    waiting = [("Dibaca", "menunggu", True), ("Dikelompokkan", "menunggu", True)]
    assert road(sender.get("/masukan/kabar").text) == [("Diterima", "selesai", False), *waiting, *COMING]
    read(settings)
    steps = road(sender.get("/masukan/kabar").text)
    assert steps[:2] == [("Diterima", "selesai", False), ("Dibaca", "selesai", False)] and steps[3:] == COMING


def test_the_road_tells_the_theme_and_how_many_others_say_the_same(app, client, examples):
    with app.app_context():
        row = db.session.scalars(
            select(Submission).join(Point).join(Reading).where(Reading.theme_id.is_not(None))
        ).first()
        pin = "424242"
        row.pin_salt, row.pin_hash = "garam", receipts.hash_pin(pin, "garam")
        number = row.receipt_no
        db.session.commit()
    assert show(client, number, pin).status_code == 303
    page = client.get("/masukan/kabar").text
    assert ("Dikelompokkan", "selesai", False) in road(page)
    assert re.search(r"<strong>Tema: [^<]+\.</strong> (\d+ kiriman lain mengatakan|Baru kiriman ini)", page)


def test_closing_it_closes_it(sender):
    post(sender, "/masukan/kabar/tutup")
    assert sender.get("/masukan/kabar").location == "/masukan/status"


def test_corrected_words_take_the_place_of_the_old(app, sender, settings):
    read(settings)
    assert TEXT in sender.get("/masukan/kabar/perbaiki").text
    assert post(sender, "/masukan/kabar/perbaiki", text="Selokan pasar mampet, keruk tiap bulan").status_code == 303
    assert read(settings) == 1
    assert "keruk tiap bulan" in sender.get("/masukan/kabar").text
    assert planted(settings, (PLANTED,)) == []


@pytest.mark.parametrize("text", ["", "  ", "pendek", "x" * 1501])
def test_bad_words_are_told_and_come_back(app, sender, text):
    answer = post(sender, "/masukan/kabar/perbaiki", text=text)
    assert answer.status_code == 422 and "Galat" in answer.text and text.strip() in answer.text
    assert row(app).text == TEXT


@pytest.mark.parametrize("path", ["/masukan/kabar/perbaiki?butir=2", "/masukan/kabar/perbaiki?butir=-1"])
def test_a_point_that_is_not_there_cannot_be_corrected(sender, path):
    assert sender.get(path).status_code == 404


def test_a_correction_that_comes_too_late_keeps_its_words_and_asks_for_the_pin_again(app, sent, sender):
    post(sender, "/masukan/kabar/tutup")
    late = post(sender, "/masukan/kabar/perbaiki", text="Selokan pasar mampet, keruk tiap bulan")
    assert late.status_code == 422 and "keruk tiap bulan" in late.text and row(app).text == TEXT
    wrong = {"receipt_no": sent[0], "pin": "000 000", "text": "Selokan pasar mampet, keruk tiap bulan"}
    assert "tidak cocok" in post(sender, "/masukan/kabar/perbaiki", **wrong).text
    assert post(sender, "/masukan/kabar/perbaiki", **wrong | {"pin": sent[1]}).status_code == 303
    assert row(app).text == "Selokan pasar mampet, keruk tiap bulan"


def test_withdrawn_it_counts_no_more_and_its_sender_still_sees_it(app, client, sender, settings, examples):
    post(sender, "/masukan/kabar/tarik")
    assert row_of(app, TEXT).state is SubmissionState.WITHDRAWN
    page = sender.get("/masukan/kabar").text
    assert "sudah Anda tarik" in page and TEXT in page and "Tarik masukan ini" not in page
    assert read(settings) == 1
    sign_in(client)
    staff = client.get("/staff/voices/originals").text + client.get("/staff/").text
    assert PLANTED not in staff
    assert post(sender, "/masukan/kabar/tarik").status_code == 303  # pressed again: nothing more to do
    assert sender.get("/masukan/kabar/perbaiki").location == "/masukan/kabar"


def row_of(app, text):
    with app.app_context():
        return db.session.scalars(select(Submission).where(Submission.text == text)).one()


def test_erased_at_once_while_nothing_is_published(app, sent, sender, settings):
    read(settings)
    assert planted(settings)
    post(sender, "/masukan/kabar/hapus")
    assert row(app).state is SubmissionState.ERASED
    assert "sudah dihapus" in sender.get("/masukan/kabar").text
    assert planted(settings) == []
    read(settings)
    assert planted(settings) == []
    again = app.test_client()
    show(again, *sent)
    page = again.get("/masukan/kabar").text
    assert sent[0] in page and "sudah dihapus" in page and PLANTED not in page


def planted(settings, words=(PLANTED, EMAIL, PHONE, CONTACT["name"])):
    """The files of the data folder that hold one of the words, however they are written."""
    wanted = [word.encode() for word in words] + [word.encode("utf-16-le") for word in words]
    files = [path for path in settings.data.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in wanted)]


def test_what_was_shown_in_public_is_out_at_once_and_erased_by_a_person_in_72_hours(app, sender, settings):
    with app.app_context():
        point = db.session.scalars(select(Point)).one()
        point.shown_at = point.submission.received_at
        db.session.commit()
    assert "72 jam" in sender.get("/masukan/kabar/hapus").text
    post(sender, "/masukan/kabar/hapus")
    with app.app_context():
        asked = db.session.scalars(select(DataRequest)).one()
        assert (asked.kind, asked.done_at) == (RequestKind.ERASE, None)
        assert asked.due_at - asked.asked_at == timedelta(hours=72)
    assert row(app).state is SubmissionState.WITHDRAWN and row(app).text == TEXT
    page = sender.get("/masukan/kabar").text
    assert "sudah kami catat" in page and "Hapus masukan ini" not in page
    officer = app.test_client()
    sign_in(officer, "privacy")
    desk = officer.get("/staff/requests").text
    assert "Masih 71 jam" in desk or "Masih 72 jam" in desk
    assert post(officer, f"/staff/requests/{asked.id}/erase").status_code == 303
    assert row(app).state is SubmissionState.ERASED and planted(settings) == []
    assert post(officer, f"/staff/requests/{asked.id}/erase").status_code == 409


def test_a_consent_taken_back_stops_its_use_at_once(app, sender, settings):
    post(sender, "/masukan/kabar/persetujuan/news/tarik")
    post(sender, "/masukan/kabar/persetujuan/name/tarik")
    with app.app_context():
        assert db.session.scalars(select(Contact)).all() == []
    page = sender.get("/masukan/kabar").text
    assert "Tidak ada kontak yang kami simpan" in page and EMAIL not in page
    assert planted(settings, (EMAIL, PHONE)) == []


def test_a_consent_of_an_unknown_kind_is_not_there(sender):
    assert post(sender, "/masukan/kabar/persetujuan/lain/tarik").status_code == 404


def test_all_that_is_stored_can_be_taken_along(sender):
    answer = sender.get("/masukan/kabar/data.json")
    assert answer.mimetype == "application/json" and "attachment" in answer.headers["Content-Disposition"]
    rows = json.loads(answer.text)
    assert rows["point"][0]["text"] == TEXT and rows["contact"][0]["email"] == EMAIL
    assert "pin_hash" not in answer.text


def test_the_pin_is_in_no_link_and_no_code(client, sent):
    page = client.get("/masukan/tanda-terima").text
    number, pin = sent
    links = re.findall(r'href="([^"]*)"', page)
    whatsapp = [link for link in links if link.startswith("https://wa.me/?text=")]
    assert len(whatsapp) == 1 and number in whatsapp[0]
    digits = pin.replace(" ", "")
    assert not any(digits in link or pin in link for link in links)
    assert page.count(digits) == 0 and page.count(pin) == 1


def test_a_held_submission_says_that_somebody_looks_at_it(app, sender):
    with app.app_context():
        db.session.scalars(select(Submission)).one().state = SubmissionState.HELD
        db.session.commit()
    page = sender.get("/masukan/kabar").text
    assert "sedang diperiksa orang" in page and "Perbaiki" in page


def test_a_contact_is_shown_on_press_alone_and_each_look_is_in_the_audit(app, client, sent):
    sign_in(client, "privacy")
    desk = client.get("/staff/requests").text
    assert sent[0] in desk and PHONE not in desk and EMAIL not in desk
    with app.app_context():
        submission_id = db.session.scalars(select(Contact.submission_id)).one()
    path = f"/staff/requests/contacts/{submission_id}"
    assert client.get(path).status_code == 405
    page = post(client, path).text
    assert PHONE in page and EMAIL in page and "https://wa.me/6280000004711?text=" in page
    with app.app_context():
        looks = db.session.scalars(select(Event).where(Event.action == "contact.view")).all()
        assert [e.subject_id for e in looks] == [str(submission_id)] and looks[0].actor_id


@pytest.mark.parametrize("role", ["lead", "reviewer", "officer", "administrator"])
def test_nobody_else_sees_the_desk_of_the_privacy_officer(client, role):
    sign_in(client, role)
    assert client.get("/staff/requests").status_code == 403


def test_a_fault_leaves_no_words_in_the_log(app, client, caplog):
    data = {"topic": "auto", "text": TEXT} | hidden(client.get("/masukan/baru").text)
    with app.app_context():
        db.session.execute(db.text("DROP TABLE point_mission"))
        db.session.execute(db.text("ALTER TABLE event RENAME TO event_lost"))
        db.session.commit()
    assert client.post("/masukan/baru", data=data).status_code >= 500
    assert "Error" in caplog.text and PLANTED not in caplog.text


VERSIONS = (
    "# Satu\n\n## Bencana\n\n[P-DIS-01] Pompa dijaga warga setiap malam.\n\n[P-DIS-02] Tanggul diperiksa dua kali.",
    "# Dua\n\n## Bencana\n\n[P-DIS-01] Pompa dijaga warga dan petugas setiap malam.",
)


def publish(app, text):
    with app.app_context():
        now = datetime.now(UTC)
        drafts.publish(db.session(), drafts.take(db.session(), text.encode(), name="n.md", now=now), now=now)
        db.session.commit()
        return db.session.scalars(select(Paragraph.id).order_by(Paragraph.id.desc())).all()


@pytest.mark.parametrize(
    ("place", "state", "link"),
    [(1, "Teksnya berubah", "/naskah/2/1#P-DIS-01"), (0, "Paragrafnya dihapus", "/naskah/1/1#P-DIS-02")],
)
def test_who_wrote_about_a_paragraph_reads_how_it_stands_now(app, client, place, state, link):
    paragraph = publish(app, VERSIONS[0])[place]
    form = client.get(f"/masukan/baru?paragraf={paragraph}").text
    answer = client.post("/masukan/baru", data=hidden(form) | {"topic": "auto", "text": TEXT}, follow_redirects=True)
    show(client, *receipt_of(answer.text))
    before = client.get("/masukan/kabar").text
    assert "Masih berlaku" in before and state not in before
    publish(app, VERSIONS[1])
    after = client.get("/masukan/kabar").text
    assert state in after and link in after and "Masih berlaku" not in after
    assert ("tidak ada lagi di versi terbaru" in after) is (state == "Paragrafnya dihapus")


def test_who_wrote_about_no_paragraph_reads_nothing_of_the_draft(app, sender):
    publish(app, VERSIONS[0])
    assert "Masih berlaku" not in sender.get("/masukan/kabar").text
