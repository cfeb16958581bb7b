"""The desks of decisions: decide with a reason, a second person on refusals, several at once, conflicts together."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Conflict, Decision, Event, Reading
from models.vocabulary import DecisionState
from portal.extensions import db
from tests.portal.conftest import Statements, sign_in
from tests.portal.deciding import NOTED, REFUSED, WHY, a_theme, send, the_decision
from tests.services import decided


@pytest.fixture
def theme(app, examples):
    return a_theme(app)


@pytest.fixture
def lead(client, theme):
    sign_in(client)
    return client


@pytest.fixture
def page(theme):
    return f"/staff/decisions/on/{theme[0]}/theme/{theme[1]}"


@pytest.fixture
def reviewer(app, theme):
    client = app.test_client()
    sign_in(client, "reviewer")
    return client


def stamps(html):
    return re.findall(r'name="stamp"[^>]*value="([^"]+)"', html)


def test_a_theme_is_decided_with_a_reason_and_leaves_the_list_of_undecided(app, lead, theme, page):
    name = re.search(r"<h1>(.*?)</h1>", lead.get(page).text)[1]
    assert f'theme/{theme[1]}"' in lead.get("/staff/decisions/undecided").text
    answer = send(lead, page, NOTED)
    assert answer.status_code == 303 and answer.location.endswith(page)
    told = lead.get(page).text
    assert "Ditetapkan" in told and NOTED["reason"] in told
    assert f'theme/{theme[1]}"' not in lead.get("/staff/decisions/undecided").text
    assert name in lead.get("/staff/decisions").text


def test_what_is_not_explained_comes_back_with_what_was_typed(app, lead, page):
    answer = send(lead, page, {"code": "deferred", "reason": "Nanti."})
    assert answer.status_code == 422 and "Galat:" in answer.text
    assert "Nanti." in answer.text and "Tulis sampai kapan" in answer.text and "Pilih alasannya." in answer.text
    assert the_decision(app) is None
    for wrong in ({"code": "pesta"}, {}, NOTED | {"due_on": "31-31-2026"}, NOTED | {"reason": "a b c " * 500}):
        assert send(lead, page, wrong).status_code == 422
    unknown = {"code": "already_covered", "reason": WHY, "paragraph": "P-XXX-99"}
    assert "tidak ada di naskah" in send(lead, page, unknown).text


def test_a_draft_may_be_unfinished_and_counts_for_nothing(app, lead, theme, page):
    assert send(lead, page, {"code": "deferred", "draft": "1"}).status_code == 303
    assert the_decision(app).state is DecisionState.DRAFTED
    assert f'theme/{theme[1]}"' in lead.get("/staff/decisions/undecided").text


def test_a_change_in_the_draft_stands_before_and_after(app, draft, lead, page):
    told = {"change": "Jadwal jaga ditulis.", "paragraph": "P-DIS-03", "text_after": "Pompa dijaga bergilir."}
    assert send(lead, page, {"code": "accepted", "reason": WHY} | told).status_code == 303
    html = lead.get(page).text
    assert "<ins>Pompa dijaga bergilir.</ins>" in html and "<del>" in html and "P-DIS-03" in html


def test_a_refusal_is_confirmed_by_a_second_person_and_not_by_its_author(app, lead, reviewer, page):
    send(lead, page, REFUSED)
    assert the_decision(app).state is DecisionState.AWAITING
    assert stamps(lead.get("/staff/decisions").text) == []
    assert "orang lain yang menetapkannya" in lead.get("/staff/decisions").text
    own = the_decision(app)
    forged = f"{own.id}-{own.made_at:%Y%m%d%H%M%S%f}"
    answer = send(lead, "/staff/decisions/confirm", {"stamp": forged}, "/staff/decisions")
    assert answer.status_code == 403 and the_decision(app).state is DecisionState.AWAITING
    found = stamps(reviewer.get("/staff/decisions").text)
    assert found == [forged]
    assert send(reviewer, "/staff/decisions/confirm", {"stamp": found}, "/staff/decisions").status_code == 303
    assert the_decision(app).state is DecisionState.CONFIRMED


def test_what_was_changed_meanwhile_is_not_confirmed_unread(app, lead, reviewer, page):
    send(lead, page, REFUSED)
    found = stamps(reviewer.get("/staff/decisions").text)
    send(lead, page, REFUSED | {"reason": "Alasan lain yang belum dibaca siapa pun."})
    answer = send(reviewer, "/staff/decisions/confirm", {"stamp": found}, "/staff/decisions")
    assert answer.status_code == 409 and "diubah sejak Anda membacanya" in answer.text
    assert the_decision(app).state is DecisionState.AWAITING


@pytest.mark.parametrize(("sent", "code"), [([], 422), (["bukan"], 400), (["999999999-" + "1" * 20], 404)])
def test_nothing_or_nonsense_confirms_nothing(app, lead, reviewer, page, sent, code):
    send(lead, page, REFUSED)
    assert send(reviewer, "/staff/decisions/confirm", {"stamp": sent}, "/staff/decisions").status_code == code
    assert the_decision(app).state is DecisionState.AWAITING


def test_a_refusal_goes_back_with_a_note_and_its_author_mends_it(app, lead, reviewer, page):
    send(lead, page, REFUSED)
    path = f"/staff/decisions/{the_decision(app).id}/back"
    assert send(reviewer, path, {"note": " "}, page).status_code == 422
    assert send(reviewer, path, {"note": "Sebut peraturannya."}, page).status_code == 303
    assert "Sebut peraturannya." in lead.get(page).text and the_decision(app).state is DecisionState.RETURNED
    assert send(lead, page, REFUSED).status_code == 303
    assert the_decision(app).state is DecisionState.AWAITING


def test_who_only_confirms_does_not_decide(app, reviewer, page):
    html = reviewer.get(page)
    assert html.status_code == 200 and 'name="code"' not in html.text
    fields = {"csrf_token": re.search(r'name="csrf_token"[^>]*value="([^"]+)"', reviewer.get("/masukan/baru").text)[1]}
    assert reviewer.post(page, data=fields | NOTED).status_code == 403
    assert the_decision(app) is None


def test_two_who_decide_at_once_do_not_write_over_each_other(app, lead, page):
    other = app.test_client()
    sign_in(other)
    first, second = lead.get(page).text, other.get(page).text
    token = r'name="csrf_token"[^>]*value="([^"]+)"'
    seen = {"seen": ""}
    assert lead.post(page, data=NOTED | seen | {"csrf_token": re.search(token, first)[1]}).status_code == 303
    late = other.post(page, data=REFUSED | seen | {"csrf_token": re.search(token, second)[1]})
    assert late.status_code == 409 and "lebih dahulu" in late.text and WHY in late.text
    assert the_decision(app).code == "noted"


def test_ones_own_is_taken_back_and_the_older_one_stands_again(app, lead, page):
    send(lead, page, NOTED)
    send(lead, page, REFUSED)
    own = the_decision(app)
    path = f"/staff/decisions/{own.id}/take-back"
    assert send(lead, path, {"stamp": ""}, page).status_code in (400, 422)
    assert send(lead, path, {"stamp": f"{own.id}-{own.made_at:%Y%m%d%H%M%S%f}"}, page).status_code == 303
    html = lead.get(page).text
    assert "Putusan sekarang" in html and "Riwayat putusan" in html
    with app.app_context():
        assert [row.state for row in db.session.scalars(select(Decision).order_by(Decision.id))] == [
            DecisionState.CONFIRMED,
            DecisionState.REPLACED,
        ]


def test_an_agency_gets_it_with_a_day_and_sees_it_on_its_desk(app, lead, page):
    send(lead, page, {"code": "deferred", "reason_code": "budget", "deferred_to": "2028", "reason": WHY})
    path = f"/staff/decisions/{the_decision(app).id}/assign"
    assert send(lead, path, {"lead_agency": "dpupr", "due_on": "2020-01-02"}, page).status_code == 303
    assert "lewat tenggat" in lead.get(page).text
    assert NAME_OF(lead, page) in lead.get("/staff/decisions?overdue=1").text
    assert send(lead, path, {"lead_agency": "tiada", "due_on": ""}, page).status_code == 422
    agency = app.test_client()
    sign_in(agency, "agency")
    desk = agency.get("/perangkat-daerah/").text
    assert WHY in desk and "Kamis, 2 Januari 2020" in desk and "lewat tenggat" in desk
    send(lead, path, {"lead_agency": "dinkominfo", "due_on": ""}, page)
    assert WHY not in agency.get("/perangkat-daerah/").text


def NAME_OF(client, page):
    return re.search(r"<h1>(.*?)</h1>", client.get(page).text)[1]


def test_done_is_said_by_somebody_else_and_where_it_can_be_seen(app, draft, lead, reviewer, page):
    send(lead, page, {"code": "accepted", "reason": WHY, "change": "Jadwal jaga.", "programme": "PRG-32"})
    path = f"/staff/decisions/{the_decision(app).id}/complete"
    assert "Sudah dikerjakan" not in lead.get(page).text
    assert send(lead, path, {"programme": "PRG-32"}, page).status_code == 403
    assert send(reviewer, path, {"paragraph": ""}, page).status_code == 422
    assert send(reviewer, path, {"paragraph": "P-DIS-03"}, page).status_code == 303
    assert the_decision(app).done_at is not None and "selesai" in lead.get(page).text


def test_several_points_get_one_decision_each(app, lead, theme):
    round_id, _theme, points = theme
    path = f"/staff/decisions/on/{round_id}/points?point={points[0]}&point={points[1]}"
    assert send(lead, path, NOTED).status_code == 303
    with app.app_context():
        assert set(db.session.scalars(select(Decision.point_id))) == set(points[:2])
    assert lead.get(f"/staff/decisions/on/{round_id}/points").status_code == 422
    assert lead.get(f"/staff/decisions/on/{round_id}/points?point=1&point=999999").status_code == 404
    assert lead.get(f"/staff/decisions/on/{round_id}/points?point=x").status_code == 422


def test_opposites_are_linked_by_a_person_and_answered_together(app, lead, theme):
    round_id, theme_id, points = theme
    path = f"/staff/decisions/on/{round_id}/points?point={points[0]}&point={points[1]}"
    linked = send(lead, f"/staff/conflicts/on/{round_id}", {"point": points[:2], "note": "Pompa"}, path)
    assert linked.status_code == 303
    again = send(lead, f"/staff/conflicts/on/{round_id}", {"point": points[:2], "note": ""}, path)
    assert again.status_code == 409
    page = linked.location
    both = {f"code-{points[0]}": "noted", f"code-{points[1]}": "not_accepted"}
    half = send(lead, page, {f"code-{points[0]}": "noted", "reason": WHY})
    assert half.status_code == 422 and WHY in half.text
    answer = send(lead, page, both | {"reason": WHY, "reason_code": "conflict"})
    assert answer.status_code == 303
    with app.app_context():
        rows = {row.point_id: row.state for row in db.session.scalars(select(Decision))}
    assert rows == {points[0]: DecisionState.CONFIRMED, points[1]: DecisionState.AWAITING}
    assert "lepaskan" not in lead.get(page).text
    assert send(lead, f"{page}/unlink", {}, page).status_code == 409
    assert "sudah diputuskan" in lead.get("/staff/conflicts").text


def test_the_machine_suggests_pairs_and_a_person_links_them(app, lead, theme):
    round_id, theme_id, points = theme
    with app.app_context():
        for point_id, types in zip(points, ([["objection", ["menolak"]]], [["support", ["setuju"]]]), strict=False):
            db.session.get(Reading, point_id).types = types
        for point_id in points[2:]:
            db.session.get(Reading, point_id).types = []
        db.session.commit()
    page = f"/staff/conflicts?theme={theme_id}"
    html = lead.get(page).text
    assert "<mark>menolak</mark>" in html and "<mark>setuju</mark>" in html
    with app.app_context():
        assert db.session.scalar(select(Conflict.id)) is None
    sent = send(lead, f"/staff/conflicts/on/{round_id}", {"point": points[:2]}, page)
    assert sent.status_code == 303
    assert send(lead, f"{sent.location}/unlink", {}, sent.location).status_code == 303


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("state=awaiting", 200),
        ("code=noted&dimension=DIS&agency=dpupr&q=pompa", 200),
        ("state=pesta", 400),
        ("code=pesta", 400),
        ("after=x", 400),
        ("round=999999", 404),
        ("q=" + "a" * 300, 400),
    ],
)
def test_filters_live_in_the_address_and_unknown_ones_are_refused(lead, query, code):
    assert lead.get(f"/staff/decisions?{query}").status_code == code


def test_before_anything_was_read_the_desks_say_what_will_stand_there(client):
    sign_in(client)
    for path in ("", "/undecided"):
        assert "Belum ada hitungan" in client.get(f"/staff/decisions{path}").text
    assert "Belum ada hitungan" in client.get("/staff/conflicts").text


def test_lists_and_pages_take_few_statements(app, lead, theme, page):
    round_id, theme_id, points = theme
    with app.app_context():
        for point_id in points:
            decided.decision(db.session(), round_id, point_id=point_id)
        db.session.commit()
    for path, most in (("/staff/decisions", 5), ("/staff/decisions/undecided", 5), ("/staff/conflicts", 5), (page, 6)):
        lead.get(path)
        told = Statements(app)
        lead.get(path)
        assert len(told) <= most, (path, told)
    told = Statements(app)
    send(lead, page, NOTED)
    assert len(told) <= 6 + 12


def test_the_history_tells_who_wrote_and_who_confirmed(app, lead, reviewer, page):
    with app.app_context():
        db.session.execute(db.text("UPDATE user SET name = 'Fulanah Ketua' WHERE email = 'lead@demo.example'"))
        db.session.execute(db.text("UPDATE user SET name = 'Fulan Peninjau' WHERE email = 'reviewer@demo.example'"))
        db.session.commit()
    send(lead, page, REFUSED)
    found = stamps(reviewer.get("/staff/decisions").text)
    send(reviewer, "/staff/decisions/confirm", {"stamp": found}, "/staff/decisions")
    html = lead.get(page).text
    assert "Ditulis Fulanah Ketua" in html and "Ditetapkan Fulan Peninjau" in html
    with app.app_context():
        told = db.session.scalars(select(Event.action).where(Event.subject == "decision")).all()
    assert told == ["decision.make", "decision.confirm"]


def test_a_point_that_was_mended_after_the_decision_says_so(app, lead, theme):
    round_id, _theme, points = theme
    page = f"/staff/decisions/on/{round_id}/point/{points[0]}"
    send(lead, page, NOTED)
    assert "membenahi tulisannya" not in lead.get(page).text
    with app.app_context():
        db.session.execute(
            db.text("UPDATE point SET changed_at = :at WHERE id = :id"),
            {"at": (datetime.now(UTC) + timedelta(minutes=1)).replace(tzinfo=None), "id": points[0]},
        )
        db.session.commit()
    assert "membenahi tulisannya" in lead.get(page).text


def test_equal_texts_are_decided_as_one_from_the_page_of_any_of_them(app, lead, theme):
    round_id, theme_id, points = theme
    with app.app_context():
        for point_id in points[:2]:
            db.session.get(Reading, point_id).duplicate_group = "kembar"
        db.session.commit()
    group = f"/staff/decisions/on/{round_id}/group/kembar"
    assert group in lead.get(f"/staff/decisions/on/{round_id}/point/{points[0]}").text
    assert send(lead, group, NOTED).status_code == 303
    assert the_decision(app).duplicate_group == "kembar"
    assert "2 teks yang sama" in lead.get("/staff/decisions").text
    assert lead.get(f"/staff/decisions/on/{round_id}/group/tiada").status_code == 404
    for wrong in ("x", "9" * 30, "-1"):
        assert lead.get(f"/staff/decisions/on/{round_id}/point/{wrong}").status_code == 404


def test_a_theme_leads_to_its_decision(lead, theme, page):
    assert f"/staff/decisions/theme/{theme[1]}" in lead.get(f"/staff/themes/{theme[1]}").text
    assert lead.get(f"/staff/decisions/theme/{theme[1]}").location.endswith(page)
    assert lead.get("/staff/decisions/theme/999999").status_code == 404
