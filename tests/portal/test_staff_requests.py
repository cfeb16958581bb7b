"""The privacy officer's desk: a request without a PIN is entered, looked at, carried out or taken off."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import DataRequest, Event, ImportFile, Point, Submission
from models.vocabulary import RequestKind, SubmissionState
from portal.extensions import db
from services import batches, rounds
from tests.portal import on_import
from tests.portal.conftest import hidden, read, sign_in

pytestmark = pytest.mark.usefixtures("reader_here")

PLANTED = "zubrowkaplanted"
ROWS = f"Kelurahan,Keluhan\nTirto,Selokan {PLANTED} mampet\nTirto,Lampu jalan mati\n"
DESK = "/staff/requests"


@pytest.fixture
def number(app, settings):
    """The receipt number of a row that a file brought and that was read; the same file waits once more."""
    with app.app_context():
        now = datetime.now(UTC)
        session, folder = db.session(), settings.imports
        round_id = rounds.current(session, now=now)[0]
        on_import.take(session, folder, on_import.bring(session, folder, ROWS, now=now), round_id, now=now)
        on_import.bring(session, folder, ROWS, now=now)
        session.commit()
        found = session.scalars(select(Submission.receipt_no).where(Submission.text.contains(PLANTED))).one()
    read(settings)
    return found


@pytest.fixture
def officer(client):
    sign_in(client, "privacy")
    return client


def post(client, path, **fields):
    return client.post(path, data=hidden(client.get(DESK).text) | fields)


def enter(client, number, kind="erase", identity="datang ke loket dan menyebut isinya"):
    return post(client, DESK, number=number, kind=kind, identity=identity)


def row(app):
    with app.app_context():
        found = db.session.scalars(select(Submission).order_by(Submission.id)).first()
        db.session.expunge_all()
        return found


def planted(settings):
    files = [path for path in settings.data.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if PLANTED.encode() in path.read_bytes())


def test_a_row_of_a_file_is_erased_with_every_trace_of_it(app, settings, officer, number):
    assert planted(settings)
    shown = enter(officer, number.lower().replace("-", " "))
    assert shown.status_code == 303
    page = officer.get(shown.location).text
    assert PLANTED in page and "datang ke loket" in page and "Masih 7" in officer.get(DESK).text
    assert row(app).state is SubmissionState.RECEIVED, "nothing is done before the words were seen"
    assert post(officer, f"{shown.location}/erase").status_code == 303
    assert (row(app).state, row(app).text) == (SubmissionState.ERASED, "")
    assert planted(settings) == []
    with app.app_context():
        waiting = db.session.scalars(select(ImportFile.id).order_by(ImportFile.id.desc())).first()
        assert batches.rows_of(settings.imports, waiting).exists()
        done = db.session.scalars(select(DataRequest)).one()
        assert done.done_at is not None and done.done_by is not None
    assert "Masih 7" not in officer.get(DESK).text
    assert post(officer, f"{shown.location}/erase").status_code == 409


def test_a_row_of_a_file_is_withdrawn(app, officer, number):
    shown = enter(officer, number, "withdraw").location
    assert "Tarik sekarang" in officer.get(shown).text
    assert post(officer, f"{shown}/erase").status_code == 409, "only what was asked for is done"
    assert post(officer, f"{shown}/withdraw").status_code == 303
    assert row(app).state is SubmissionState.WITHDRAWN and PLANTED in row(app).text


def test_a_row_of_a_file_is_corrected_and_its_old_words_are_nowhere(app, settings, officer, number):
    shown = enter(officer, number, "correct").location
    assert f"Selokan {PLANTED} mampet</textarea>" in officer.get(shown).text
    assert post(officer, f"{shown}/correct", text_1=f"Selokan {PLANTED} mampet").status_code == 422, "nothing changed"
    refused = post(officer, f"{shown}/correct", text_1="  ")
    assert refused.status_code == 422 and "untuk mengosongkan, pilih hapus" in refused.text
    assert post(officer, f"{shown}/correct", text_1="Selokan pasar mampet").status_code == 303
    assert row(app).text == "Selokan pasar mampet" and planted(settings) == []
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.action == "submission.correct")).one()
        assert event.actor_id is not None and "Selokan" not in str(event.details)
    assert read(settings) == 1, "it is read again"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"number": "PKL-0000-00"}, "Nomor ini tidak kami kenal"),
        ({"number": ""}, "Tulis nomor tanda terima"),
        ({"kind": ""}, "Pilih yang diminta"),
        ({"kind": "borong"}, "Pilihan ini tidak kami kenal"),
        ({"identity": "  "}, "tanpa itu permintaan ini tidak dapat dicatat"),
        ({"identity": "telepon dari 0812-0000-0000"}, "tanpa data itu"),
        ({"identity": "KTP 0000000000000000"}, "tanpa data itu"),
    ],
)
def test_what_cannot_be_entered_is_told_with_the_fields_kept(app, officer, number, fields, said):
    asked = {"number": number, "kind": "erase", "identity": "datang ke loket"} | fields
    answer = post(officer, DESK, **asked)
    assert answer.status_code == 422 and said in answer.text
    assert all(f'value="{asked[name]}"' in answer.text for name in ("number",) if asked[name])
    with app.app_context():
        assert db.session.scalars(select(DataRequest)).all() == []


def test_what_was_erased_cannot_be_asked_for_again(officer, number):
    shown = enter(officer, number).location
    post(officer, f"{shown}/erase")
    answer = enter(officer, number, "withdraw")
    assert answer.status_code == 422 and "sudah dihapus" in answer.text


def test_a_wrong_number_is_taken_off_the_list_and_nothing_was_done(app, officer, number):
    shown = enter(officer, number).location
    assert post(officer, f"{shown}/cancel").status_code == 303
    assert officer.get(shown).status_code == 404
    assert row(app).state is SubmissionState.RECEIVED


def test_what_a_sender_asked_for_by_pin_is_carried_out_as_before(app, officer, number):
    with app.app_context():
        point = db.session.scalars(select(Point)).first()
        request = DataRequest(
            submission_id=point.submission_id,
            kind=RequestKind.ERASE,
            asked_at=datetime.now(UTC),
            due_at=datetime.now(UTC),
        )
        db.session.add(request)
        db.session.commit()
        path = f"{DESK}/{request.id}"
    assert post(officer, f"{path}/cancel").status_code == 409
    assert f'action="{path}/erase"' in officer.get(DESK).text
    assert post(officer, f"{path}/erase").status_code == 303


@pytest.mark.parametrize("role", ["lead", "reviewer", "officer"])
def test_nobody_else_enters_or_opens_a_request(client, role):
    sign_in(client, role)
    fields = hidden(client.get("/masukan/baru").text)
    assert client.post(DESK, data=fields).status_code == 403
    assert client.get(f"{DESK}/1").status_code == 403
