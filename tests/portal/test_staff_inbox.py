"""The inbox door: filters in the address, one act after the other, few statements, and refusals that keep the words."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from models import Handover, Point, RefusedMatch, Submission, Triage, TriageMark
from models.vocabulary import HandoverState, MatchState, Stage, SubmissionState
from portal.config import ROOT
from portal.extensions import db
from portal.worker import Worker
from services import inboxes
from tests.portal.conftest import Statements, hidden, sign_in

INBOX = "/staff/inbox"


@pytest.fixture
def desk(app, client, settings, examples):
    """The examples at the inbox, with the register of refusals, and an analyst's way in."""
    result = app.test_cli_runner().invoke(args=["import", "refused", str(ROOT / "demo" / "refused.csv")])
    assert result.exit_code == 0 and "12 baru" in result.output
    lay_out(settings)
    sign_in(client, "lead")
    return client


def lay_out(settings):
    worker = Worker(settings)
    try:
        worker.clerk.lay_out()
    finally:
        worker.engine.dispose()


def ids(page):
    return [int(i) for i in re.findall(r'name="points" id="[^"]*" value="(\d+)"', page)]


def post(client, path, **fields):
    token = hidden(client.get(INBOX).text)["csrf_token"]
    return client.post(path, data={"csrf_token": token, **fields})


def stored(app, model, key):
    with app.app_context():
        return db.session.get(model, key)


def test_without_signing_in_it_leads_to_the_sign_in(client):
    assert client.get(INBOX).status_code == client.get(f"{INBOX}/1").status_code == 302


def test_before_anything_came_the_page_says_what_will_stand_there(client):
    sign_in(client, "lead")
    page = client.get(INBOX)
    assert page.status_code == 200 and "Di sini akan berdiri setiap masukan" in page.text


def test_pages_stay_within_their_statements(app, desk):
    seen = Statements(app)
    for path, most in (
        (INBOX, 5),
        (f"{INBOX}?stage=arrived&dimension=DIS&group=citizen&q=pompa", 5),
        (f"{INBOX}?theme=3&flag=complaint", 5),
        (f"{INBOX}/handovers", 5),
        (f"{INBOX}/1", 6),
        ("/staff/register", 5),
        ("/staff/register/3", 6),
    ):
        desk.get(path)
        seen.clear()
        assert desk.get(path).status_code == 200
        assert len(seen) <= most, (path, len(seen), seen)


def test_acts_stay_within_their_statements(app, desk):
    token = hidden(desk.get(INBOX).text)["csrf_token"]
    seen = Statements(app)
    many = {"points": [str(n) for n in range(1, 26)]}
    for path, fields in (
        (f"{INBOX}/1/mark", {"field": "dimension", "value": "GOV"}),
        (f"{INBOX}/1/act", {"deed": "accept"}),
        (f"{INBOX}/1/act", {"deed": "screened"}),
        (f"{INBOX}/1/act", {"deed": "undo"}),
        (f"{INBOX}/1/public-text", {"text": "Pompa mati tiap sore"}),
        (f"{INBOX}/bulk", {"deed": "screened", **many}),
        (f"{INBOX}/bulk", {"deed": "plain", **many}),
        ("/staff/register/3/points/1", {"verdict": "same"}),
    ):
        seen.clear()
        assert desk.post(path, data={"csrf_token": token, **fields}).status_code == 303, path
        assert len(seen) <= 12, (path, fields, len(seen), seen)


def test_the_list_goes_on_where_the_first_page_ended(desk, monkeypatch):
    monkeypatch.setattr(inboxes, "PAGE", 30)
    seen, path = [], f"{INBOX}?stage=arrived"
    while path:
        page = desk.get(path).text
        seen += ids(page)
        found = re.search(r'data-key="\." href="([^"]+)"', page)
        path = html.unescape(found[1]) if found else None
    assert seen == sorted(set(seen), reverse=True) and len(seen) == 98


@pytest.mark.parametrize(
    "query",
    [
        "round=99",
        "round=x",
        "stage=done",
        "dimension=XXX",
        "group=nobody",
        "channel=drum",
        "language=fr",
        "theme=x",
        "theme=99999",
        "kind=poem",
        "flag=red",
        "after=-1",
        "after=" + "9" * 30,
    ],
)
def test_a_broken_address_is_told(desk, query):
    assert desk.get(f"{INBOX}?{query}").status_code == 400


@pytest.mark.parametrize("query", ['" OR NEAR( *', "a' --", "<script>", "x" * 5000, "\x00"])
def test_any_search_is_answered(desk, query):
    page = desk.get(INBOX, query_string={"q": query})
    assert page.status_code == 200 and "<script>alert" not in page.text


def test_filters_and_place_go_along_to_the_point_and_back(desk):
    page = desk.get(f"{INBOX}?stage=arrived&dimension=DIS&q=pompa").text
    first = re.search(rf'href="({INBOX}/\d+\?[^"]+)"', page)[1]
    asked = parse_qs(urlsplit(html.unescape(first)).query)
    assert asked == {"stage": ["arrived"], "dimension": ["DIS"], "q": ["pompa"]}
    point = desk.get(html.unescape(first)).text
    back = re.search(r'data-key="b" href="([^"]+)"', point)[1]
    assert parse_qs(urlsplit(html.unescape(back)).query) == asked
    forms = re.findall(r'action="([^"]+/mark[^"]*)"', point)
    assert forms and all("stage=arrived" in form and "q=pompa" in form for form in forms)


def test_after_screening_the_next_that_waits_is_opened(app, desk):
    first, second, *_more = ids(desk.get(f"{INBOX}?dimension=DIS").text)
    answer = post(desk, f"{INBOX}/{first}/act?dimension=DIS", deed="screened")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{INBOX}/{second}?dimension=DIS")
    assert stored(app, Triage, first).stage is Stage.SCREENED


def test_after_the_last_one_the_list_comes_back(app, desk):
    with app.app_context():
        for row in db.session.scalars(select(Triage).where(Triage.point_id != 7)):
            row.stage = Stage.SCREENED
        db.session.commit()
    answer = post(desk, f"{INBOX}/7/act?stage=arrived", deed="screened")
    assert answer.headers["Location"].endswith(f"{INBOX}?stage=arrived")


def test_one_key_says_one_thing_and_again_takes_it_back(app, desk):
    page = desk.get(f"{INBOX}/1").text
    button = re.search(r'<button[^>]*value="([^"]*)" data-key="d2" aria-pressed="false"', page)
    assert button[1] == "GOV"
    assert post(desk, f"{INBOX}/1/mark", field="dimension", value="GOV").status_code == 303
    assert stored(app, Triage, 1).dimension == "GOV"
    page = desk.get(f"{INBOX}/1").text
    assert re.search(r'<button[^>]*value="" data-key="d2" aria-pressed="true"', page)
    post(desk, f"{INBOX}/1/mark", field="dimension", value="")
    assert stored(app, Triage, 1).dimension is None


@pytest.mark.parametrize("fields", [{}, {"field": "redaction", "value": "yes"}, {"field": "mood", "value": "x"}])
def test_what_is_no_mark_comes_back_with_the_page(app, desk, fields):
    assert post(desk, f"{INBOX}/1/mark", **fields).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(TriageMark)) == 0


def test_a_value_that_is_not_known_is_refused(desk):
    assert post(desk, f"{INBOX}/1/mark", field="dimension", value="XXX").status_code == 409
    assert post(desk, f"{INBOX}/1/act", deed="undo").status_code == 409
    assert post(desk, f"{INBOX}/1/act", deed="explode").status_code == 422


def test_many_are_done_at_once(app, desk):
    answer = post(desk, f"{INBOX}/bulk?dimension=DIS", deed="change", change="nature:both", points=["1", "2", "3"])
    assert answer.headers["Location"].endswith(f"{INBOX}?dimension=DIS")
    assert [stored(app, Triage, n).nature for n in (1, 2, 3, 4)] == ["both", "both", "both", None]
    post(desk, f"{INBOX}/bulk", deed="accept", points=["1", "2"])
    assert stored(app, Triage, 1).dimension == "DIS" and stored(app, Triage, 3).dimension is None


@pytest.mark.parametrize(
    "fields",
    [
        {"deed": "screened"},
        {"deed": "screened", "points": ["x"]},
        {"deed": "burn", "points": ["1"]},
        {"deed": "change", "points": ["1"]},
        {"points": ["1"]},
    ],
)
def test_a_bulk_act_without_points_or_deed_comes_back(desk, fields):
    page = post(desk, f"{INBOX}/bulk", **fields)
    assert page.status_code == 422 and "Belum dikerjakan" in page.text


def test_a_bulk_act_on_what_is_gone_does_nothing(app, desk):
    assert post(desk, f"{INBOX}/bulk", deed="screened", points=["1", "999999"]).status_code == 404
    assert stored(app, Triage, 1).stage is Stage.ARRIVED
    assert post(desk, f"{INBOX}/bulk", deed="change", change="stage:coded", points=["1"]).status_code in (303, 400)
    assert post(desk, f"{INBOX}/bulk", deed="change", change="mood:x", points=["1"]).status_code == 400


def test_set_aside_and_brought_back(app, desk):
    answer = post(desk, f"{INBOX}/2/act", deed="aside_spam")
    assert answer.status_code == 303
    assert stored(app, Submission, stored(app, Point, 2).submission_id).state is SubmissionState.SET_ASIDE
    assert 2 in ids(desk.get(f"{INBOX}?flag=aside").text) and "disisihkan" in desk.get(f"{INBOX}/2").text
    assert post(desk, f"{INBOX}/2/act", deed="aside_spam").status_code == 409
    post(desk, f"{INBOX}/bulk?flag=aside", deed="restore", points=["2"])
    assert stored(app, Submission, stored(app, Point, 2).submission_id).state is SubmissionState.RECEIVED


def test_a_text_for_the_public_is_confirmed_or_comes_back_with_its_words(app, desk):
    page = post(desk, f"{INBOX}/1/public-text", text="Hubungi 0812-0000-0000 saja")
    assert page.status_code == 422 and "Masih ada yang menyerupai nomor telepon" in page.text
    assert "Hubungi 0812-0000-0000 saja" in page.text and stored(app, Triage, 1).public_text is None
    assert post(desk, f"{INBOX}/1/public-text", text=" ").status_code == 422
    assert post(desk, f"{INBOX}/1/public-text", text="Pompa mati").status_code == 303
    assert stored(app, Triage, 1).public_text == "Pompa mati"
    post(desk, f"{INBOX}/1/act", deed="offend")
    assert stored(app, Triage, 1).public_text is None and "disembunyikan" in desk.get(f"{INBOX}/1").text


def test_split_and_joined(app, desk):
    text = stored(app, Point, 1).text
    cut = text.replace(", ", ",\n\n", 1)
    answer = post(desk, f"{INBOX}/1/split", parts=cut.replace("\n", "\r\n"))
    assert answer.status_code == 303, answer.text[:2000]
    with app.app_context():
        parts = db.session.scalars(select(Point).where(Point.split_from_id == 1)).all()
        assert len(parts) == 1 and db.session.get(Point, 1).text + parts[0].text == text
    assert "Gabungkan lagi" in desk.get(f"{INBOX}/1").text
    assert post(desk, f"{INBOX}/1/act", deed="join").status_code == 303
    assert stored(app, Point, 1).text == text
    assert post(desk, f"{INBOX}/1/act", deed="join").status_code == 409


@pytest.mark.parametrize("parts", ["kata lain\n\nsama sekali", "rob", ""])
def test_a_split_that_changes_words_comes_back_with_them(desk, parts):
    page = post(desk, f"{INBOX}/1/split", parts=parts)
    assert page.status_code == 422 and parts.split("\n")[0] in page.text


def test_a_complaint_is_handed_over_and_listed(app, desk):
    sent = {
        "category": "Sampah",
        "complaint": "Sampah tidak diangkut",
        "agency": "dlh",
        "state": "ready",
        "tracking_id": "",
    }
    assert post(desk, f"{INBOX}/3/handover", **sent).status_code == 303
    assert stored(app, Handover, 3).state is HandoverState.READY
    listed = desk.get(f"{INBOX}/handovers?state=ready").text
    assert "Sampah tidak diangkut" in listed and "DLH" in listed
    assert "Sampah tidak diangkut" not in desk.get(f"{INBOX}/handovers?state=handed").text
    assert desk.get(f"{INBOX}/handovers?state=lost").status_code == 400
    assert post(desk, f"{INBOX}/3/handover", **sent | {"state": "answered"}).status_code == 409
    page = post(desk, f"{INBOX}/3/handover", **sent | {"agency": "nasa", "complaint": "Ada kata"})
    assert page.status_code == 422 and "Ada kata" in page.text


def test_who_only_reads_sees_no_button_and_nothing_that_is_covered(app, desk, client):
    with app.app_context():
        db.session.get(Point, 1).text = "Hubungi Pak Fulan 0812-0000-0000"
        db.session.commit()
    assert "0812-0000-0000" in desk.get(f"{INBOX}/1").text
    reader = app.test_client()
    sign_in(reader, "reviewer")
    page = reader.get(f"{INBOX}/1").text
    assert "0812" not in page and "<button" not in page.split("<main")[1].split("keys-only")[0]
    assert 'name="points"' not in reader.get(INBOX).text


def test_what_was_refused_before_is_agreed_to_where_it_is_seen(app, desk):
    page = desk.get(f"{INBOX}/1").text
    assert "Pernah diminta dan tidak diterima" in page
    action = html.unescape(re.search(r'action="(/staff/register/\d+/points/1\?[^"]*)"', page)[1])
    answer = post(desk, action, verdict="same")
    assert answer.status_code == 303 and answer.headers["Location"].startswith(f"{INBOX}/1")
    with app.app_context():
        states = set(db.session.scalars(select(RefusedMatch.state).where(RefusedMatch.point_id == 1)))
        assert MatchState.AGREED in states
    assert "Diminta lagi 1 kali" in desk.get("/staff/register").text
    assert post(desk, action.split("?")[0], verdict="maybe").status_code == 422
    assert post(desk, "/staff/register/1/points/1", verdict="same").status_code == 404


def test_the_register_says_what_to_do_while_it_is_empty(client):
    sign_in(client, "lead")
    assert "import refused" in client.get("/staff/register").text


def test_a_bad_register_is_told_by_row(app, tmp_path):
    path = tmp_path / "ditolak.csv"
    path.write_text("cycle,code,text,reason\n2021,R-1,Tambah pompa,Anggaran\n2021,,Pompa,Anggaran\n", "utf-8")
    result = app.test_cli_runner().invoke(args=["import", "refused", str(path)])
    assert result.exit_code == 3 and "1 baru" in result.output and "Baris 3: code kosong" in result.output
    path.write_text("apa,saja\n1,2\n", "utf-8")
    assert app.test_cli_runner().invoke(args=["import", "refused", str(path)]).exit_code == 2


def test_keys_are_told_apart_on_a_page(desk):
    for path in (INBOX, f"{INBOX}/1"):
        keys = re.findall(r'data-key="([^"]+)"', desk.get(path).text)
        assert len(keys) == len(set(keys)) > 1
        longer = {key[0] for key in keys if len(key) > 1}
        assert longer.isdisjoint(key for key in keys if len(key) == 1)
