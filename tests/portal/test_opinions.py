"""The short form on a dimension, for academics and agencies; and the verdict of an agency on its programmes."""

import pytest
from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from models import Point, Round, Submission
from portal.extensions import db
from tests.portal.conftest import Statements, hidden, sign_in

OPINION = {
    "problem": "Pompa sering mati.",
    "proposal": "Buat jadwal jaga.",
    "condition": "1",
    "importance": "4",
    "element": "structure",
    "nature": "non_digital",
    "missions": ["4", "8"],
    "framework_items": ["iso:37123"],
    "evidence": "Laporan 2025",
    "capacity": "official",
    "signed_off_by": "Kepala Bidang",
}
VERDICT = {"verdict": "adapt", "text": "Solar sering habis.", "signed_off_by": "Kepala Dinas", "merge_into": ""}


def post(client, path, data):
    fields = MultiDict(hidden(client.get(path).text))
    for name, value in data.items():
        fields.setlist(name, value if isinstance(value, list) else [value])
    return client.post(path, data=fields)


def stored(app):
    with app.app_context():
        return list(db.session.scalars(select(Point).order_by(Point.id)))


@pytest.mark.parametrize(("role", "door"), [("academic", "/akademisi"), ("agency", "/perangkat-daerah")])
def test_an_opinion_is_taken_whole_and_shown_to_its_author(app, client, draft, role, door):
    sign_in(client, role)
    answer = post(client, f"{door}/bidang/DIS", OPINION)
    assert answer.status_code == 303
    with app.app_context():
        point = db.session.scalars(select(Point)).one()
        assert (point.text, point.proposal, point.point_type) == (
            "Pompa sering mati.",
            "Buat jadwal jaga.",
            "proposal",
        )
        assert (point.dimension, point.condition, point.importance) == ("DIS", 1, 4)
        assert (point.element, point.nature) == ("structure", "non_digital")
        assert [m.mission for m in point.missions] == ["4", "8"]
        assert [(i.framework, i.code) for i in point.framework_items] == [("iso", "37123")]
        assert (point.submission.capacity, point.submission.signed_off_by) == ("official", "Kepala Bidang")
    page = client.get(f"{door}/bidang/DIS").text
    assert "Pompa sering mati." in page and "Buat jadwal jaga." in page
    assert "Sudah 1 pendapat." in client.get(f"{door}/").text


def test_an_opinion_comes_back_into_the_form_and_is_changed(app, client, draft):
    sign_in(client, "academic")
    post(client, "/akademisi/bidang/DIS", OPINION)
    path = f"/akademisi/pendapat/{stored(app)[0].id}"
    form = client.get(path).text
    for words in ("Pompa sering mati.", "Buat jadwal jaga.", "Laporan 2025", "Kepala Bidang"):
        assert words in form
    assert form.count("checked") == 2 + 2 + 2 + 1 + 1  # scales, element and nature, missions, item, capacity
    post(client, path, OPINION | {"problem": "", "missions": ["9"], "framework_items": [], "condition": ""})
    with app.app_context():
        point = db.session.scalars(select(Point)).one()
        assert (point.text, point.proposal, point.condition) == ("Buat jadwal jaga.", None, None)
        assert [m.mission for m in point.missions] == ["9"] and point.framework_items == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"problem": " ", "proposal": ""}, "Tulis masalahnya, usulannya, atau keduanya."),
        ({"element": ""}, "Pilih satu elemen."),
        ({"nature": "analog"}, "tidak kami kenal"),
        ({"signed_off_by": ""}, "Sebut jabatan yang mengesahkan"),
        ({"missions": ["99"]}, "tidak kami kenal"),
        ({"problem": "x" * 5001}, "paling panjang 5000"),
    ],
)
def test_a_bad_opinion_is_told_and_kept(app, client, draft, typed, message):
    sign_in(client, "academic")
    answer = post(client, "/akademisi/bidang/DIS", OPINION | typed)
    assert answer.status_code == 422 and message in answer.text
    assert (typed.get("proposal") or "Buat jadwal jaga.") in answer.text or "proposal" in typed
    assert stored(app) == []


@pytest.mark.parametrize(
    ("missions", "message"), [([], "satu sampai tiga"), (["1", "2", "3", "4"], "paling banyak tiga")]
)
def test_an_agency_names_one_to_three_missions(app, client, draft, missions, message):
    sign_in(client, "agency")
    answer = post(client, "/perangkat-daerah/bidang/DIS", OPINION | {"missions": missions})
    assert answer.status_code == 422 and message in answer.text
    assert stored(app) == []


def test_an_agency_sees_its_own_programmes_and_judges_one(app, client, draft):
    sign_in(client, "agency")
    page = client.get("/perangkat-daerah/").text
    assert "Rumah pompa dan tanggul pengendali rob" in page and "Mal Pelayanan Publik" not in page
    assert post(client, "/perangkat-daerah/program/PRG-32", VERDICT).status_code == 303
    page = client.get("/perangkat-daerah/").text
    assert "Disesuaikan" in page and "Solar sering habis." in page and "Sudah 1 dari 1 program" in page
    with app.app_context():
        point = db.session.scalars(select(Point)).one()
        assert (point.programme, point.dimension, point.submission.agency) == ("PRG-32", "DIS", "dpupr")


def test_a_verdict_is_changed_and_stays_one(app, client, draft):
    sign_in(client, "agency")
    post(client, "/perangkat-daerah/program/PRG-32", VERDICT)
    assert "Solar sering habis." in client.get("/perangkat-daerah/program/PRG-32").text
    merged = VERDICT | {"verdict": "merge", "merge_into": "PRG-31"}
    assert post(client, "/perangkat-daerah/program/PRG-32", merged).status_code == 303
    [point] = stored(app)
    assert (point.verdict, point.merge_into) == ("merge", "PRG-31")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"verdict": ""}, "Pilih dilanjutkan"),
        ({"verdict": "merge"}, "Pilih program tujuannya"),
        ({"verdict": "merge", "merge_into": "PRG-32"}, "tidak kami kenal"),
        ({"text": "\n "}, "Tulis alasannya."),
        ({"signed_off_by": ""}, "Sebut jabatan yang mengesahkan."),
    ],
)
def test_a_bad_verdict_is_told_and_kept(app, client, draft, typed, message):
    sign_in(client, "agency")
    answer = post(client, "/perangkat-daerah/program/PRG-32", VERDICT | {"evidence": "LKjIP 2025"} | typed)
    assert answer.status_code == 422 and message in answer.text and "LKjIP 2025" in answer.text
    assert stored(app) == []


def test_another_agencys_programme_is_not_there(client, draft):
    sign_in(client, "agency")
    assert client.get("/perangkat-daerah/program/PRG-01").status_code == 404


def test_after_the_round_closed_nothing_is_taken_and_the_words_come_back(app, client, draft):
    sign_in(client, "agency")
    fields = {
        p: hidden(client.get(p).text) for p in ("/perangkat-daerah/program/PRG-32", "/perangkat-daerah/bidang/DIS")
    }
    with app.app_context():
        db.session.execute(update(Round).values(closes_at=Round.opens_at))
        db.session.commit()
    for (path, held), typed in zip(fields.items(), (VERDICT, OPINION), strict=True):
        answer = client.post(path, data=MultiDict(held) | MultiDict(typed))
        assert answer.status_code == 409 and (typed.get("text") or typed["problem"]) in answer.text
        assert "tidak dibuka" in client.get(path).text
    assert stored(app) == []


def test_pages_and_sendings_stay_within_their_statements(app, client, draft):
    sign_in(client, "agency")
    seen = Statements(app)
    for path, most in (
        ("/perangkat-daerah/", 6),
        ("/perangkat-daerah/program/PRG-32", 6),
        ("/perangkat-daerah/bidang/DIS", 6),
    ):
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= most, (path, seen)
    for path, data in (("/perangkat-daerah/program/PRG-32", VERDICT), ("/perangkat-daerah/bidang/DIS", OPINION)):
        fields = MultiDict(hidden(client.get(path).text)) | MultiDict(data)
        seen.clear()
        assert client.post(path, data=fields).status_code == 303
        assert len(seen) <= 14, (path, len(seen), seen)


def test_two_people_of_one_agency_share_and_are_one_sender(app, client, draft):
    sign_in(client, "agency")
    post(client, "/perangkat-daerah/bidang/DIS", OPINION)
    with app.app_context():
        assert db.session.scalars(select(Submission.agency)).one() == "dpupr"
