"""The desk of comments: narrowed, shown, hidden with a reason, settled, replied to, and led to a decision."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import Decision, Draft, Event, Paragraph, Point, Remark, Reply, Submission
from models.vocabulary import PointType, RemarkState, Severity
from portal.config import ROOT
from portal.extensions import db, people
from services import comments, decisions, drafts, rounds
from services.contributions import Author, Call, Group, Said
from services.decisions import Target
from services.explanations import Ruling
from services.remarks import Remarked
from tests.portal.conftest import Statements, hidden, sign_in

DESK = "/staff/comments/"


@pytest.fixture
def written(app, draft):
    """Three comments of an academic and one of an office; returns their points."""
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        call = Call(rounds.current(session, now=now)[0], "PKL")
        scholar, office = (people.find_user(email=f"{role}@demo.example") for role in ("academic", "agency"))
        of_scholar = Author(scholar.id, Group.ACADEMIC, "", None)
        of_office = Author(office.id, Group.AGENCY, "", None, office.agency)
        said = [
            (of_scholar, "P-DIS-04", "Sebut penjaganya.", PointType.PROPOSAL, "Pompa dijaga bergilir."),
            (of_scholar, "P-ECO-01", "Angkanya lama, tanya 0812-0000-0000.", PointType.FACTUAL_ERROR, None),
            (of_office, "P-DIS-05", "Sudah ada di rencana kami.", PointType.SUPPORT, None),
        ]
        points = []
        for n, (author, mark, text, kind, proposed) in enumerate(said):
            place = session.scalar(select(Paragraph.id).where(Paragraph.mark == mark))
            what = Said(text=text, point_type=kind, proposed_text=proposed, evidence="BPS Pekalongan 2023")
            beside = Remarked(severity=Severity.MUST)
            told = {"call": call, "key": f"kunci-komentar-{n}", "now": now, "remarked": beside}
            points.append(comments.add(session, author, place, what, **told))
        whole = Said(text="Susunannya perlu diubah.", point_type=PointType.OBJECTION)
        told = {"call": call, "key": "kunci-komentar-9", "now": now}
        points.append(comments.add_whole(session, of_scholar, 1, whole, **told))
        db.session.commit()
        return points


def press(client, **typed):
    return client.post(DESK, data=hidden(client.get(DESK).text) | typed)


def rows(app, what):
    with app.app_context():
        return list(db.session.scalars(select(what)))


def states(app):
    return {row.point_id: row.state for row in rows(app, Remark)}


def test_the_desk_lists_every_comment_masked_the_newest_first(app, client, written):
    sign_in(client, "reviewer")
    page = client.get(DESK).text
    places = [page.index(text) for text in ("Susunannya", "Sudah ada di", "Angkanya lama", "Sebut penjaganya")]
    assert places == sorted(places)
    assert "0812" not in page and "Pompa dijaga bergilir." in page and "Harus diubah" in page
    assert f"/staff/decisions/on/1/point/{written[0]}" in page and f"/staff/inbox/{written[0]}" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("dimension=DIS", {0, 2}),
        ("chapter=7", {0, 2}),
        ("chapter=1", {1}),
        ("group=agency", {2}),
        ("kind=factual_error", {1}),
        ("version=1", {0, 1, 2, 3}),
        ("state=applies", {0, 1, 2, 3}),
        ("state=removed", set()),
        ("moderation=pending", {0, 1, 2, 3}),
        ("moderation=shown&kind=support", set()),
        ("undecided=1", {0, 1, 2, 3}),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_says(app, client, written, asked, found):
    sign_in(client, "reviewer")
    page = client.get(f"{DESK}?{asked}").text
    assert {n for n, point in enumerate(written) if f'id="k{point}"' in page} == found
    assert found or "Tidak ada komentar yang cocok" in page


@pytest.mark.parametrize(
    "asked",
    ["version=9", "version=x", "chapter=99", "dimension=XYZ", "state=lost", "moderation=ya", "kind=x", "undecided=2"],
)
def test_what_no_page_links_to_is_refused(app, client, written, asked):
    sign_in(client, "reviewer")
    assert client.get(f"{DESK}?{asked}").status_code == 400


def test_ticked_comments_are_shown_and_hidden_with_a_reason_that_the_author_reads(app, client, written):
    sign_in(client)
    assert press(client, points=written[:2], deed="show").status_code == 303
    assert press(client, points=[written[1], written[3]], deed="hide", why="Memuat nama orang.").status_code == 303
    shown, hidden_, pending = RemarkState.SHOWN, RemarkState.HIDDEN, RemarkState.PENDING
    assert states(app) == dict(zip(written, (shown, hidden_, pending, hidden_), strict=True))
    author = app.test_client()
    sign_in(author, "academic")
    assert "Memuat nama orang." in author.get(f"/komentar/{written[1]}").text
    actions = [event.action for event in rows(app, Event) if event.action.startswith("comment.")]
    assert sorted(actions) == ["comment.hidden"] * 2 + ["comment.shown"] * 2


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"deed": "show"}, "Centang dahulu komentarnya."),
        ({"points": ["1"], "deed": "hide", "why": "  "}, "Tulis alasannya"),
        ({"points": ["1"], "deed": "burn"}, "tidak kami kenal"),
        ({"points": ["satu"], "deed": "show"}, "tidak kami kenal"),
        ({"points": ["1"], "deed": "hide", "why": "x" * 301}, "paling panjang 300"),
    ],
)
def test_a_bad_press_changes_nothing_and_says_why(app, client, written, typed, message):
    sign_in(client)
    answer = press(client, **typed)
    assert answer.status_code == 422 and message in answer.text
    assert set(states(app).values()) == {RemarkState.PENDING}


def test_what_is_no_comment_is_not_touched_by_a_press(app, client, written, examples):
    with app.app_context():
        other = db.session.scalar(select(Point.id).join(Submission).where(Point.paragraph_id.is_(None)).limit(1))
    sign_in(client)
    assert press(client, points=[other, 10**9], deed="show").status_code == 303
    assert set(states(app).values()) == {RemarkState.PENDING} and other not in states(app)


def test_comments_are_settled_in_bulk_and_taken_back(app, client, written):
    sign_in(client)
    press(client, points=written[:2], deed="settle")
    assert f'id="k{written[0]}"' in client.get(f"{DESK}?state=settled").text
    assert f'id="k{written[0]}"' not in client.get(f"{DESK}?state=applies").text
    press(client, points=written[:1], deed="unsettle")
    assert {row.point_id for row in rows(app, Remark) if row.settled_at} == {written[1]}


def test_a_reply_is_read_by_the_author_as_of_the_team(app, client, written):
    sign_in(client)
    data = hidden(client.get(DESK).text) | {"text": "Akan kami periksa <b>lagi</b>."}
    path = f"{DESK}{written[0]}/reply"
    for _ in range(2):
        assert client.post(path, data=data).status_code == 303
    assert len(rows(app, Reply)) == 1
    author = app.test_client()
    sign_in(author, "academic")
    page = author.get(f"/komentar/{written[0]}").text
    assert "Akan kami periksa &lt;b&gt;lagi" in page and "Tim revisi" in page and "lead@" not in page


def test_an_empty_reply_is_told_beside_its_comment(app, client, written):
    sign_in(client)
    data = hidden(client.get(DESK).text) | {"text": " "}
    answer = client.post(f"{DESK}{written[0]}/reply", data=data)
    assert answer.status_code == 422 and "Tulis balasannya." in answer.text and rows(app, Reply) == []


def test_who_only_reads_findings_neither_shows_nor_replies(app, client, written):
    sign_in(client, "reviewer")
    page = client.get(DESK).text
    assert 'name="deed"' not in page and "Kirim balasan" not in page
    token = {"csrf_token": hidden(client.get("/masukan/baru").text)["csrf_token"]}
    assert client.post(DESK, data=token | {"points": written, "deed": "show"}).status_code == 403
    assert client.post(f"{DESK}{written[0]}/reply", data=token | {"text": "Halo"}).status_code == 403


def test_a_decision_begins_with_the_paragraph_as_it_is_now_and_the_words_that_are_proposed(app, client, written):
    with app.app_context():
        text = (ROOT / "demo" / "draft-masterplan.md").read_text().replace("[P-DIS-04] ", "[P-DIS-04] Juga: ")
        second = drafts.take(db.session(), text.encode(), name="dua.md", now=datetime.now(UTC))
        drafts.publish(db.session(), second, now=datetime.now(UTC))
        db.session.commit()
    sign_in(client)
    page = client.get(f"/staff/decisions/on/1/point/{written[0]}").text
    assert 'value="P-DIS-04"' in page and "Pompa dijaga bergilir.</textarea>" in page and "Juga: " in page
    whole = client.get(f"/staff/decisions/on/1/point/{written[3]}").text
    assert 'value="P-' not in whole


def test_refused_the_proposed_words_change_nothing(app, client, written):
    sign_in(client)
    path = f"/staff/decisions/on/1/point/{written[0]}"
    typed = {"code": "not_accepted", "reason_code": "technical", "reason": "Sudah diatur di tempat lain."}
    typed |= {"paragraph": "P-DIS-04", "text_before": "Lama", "text_after": "Pompa dijaga bergilir."}
    answer = client.post(path, data=hidden(client.get(path).text) | typed)
    assert answer.status_code == 303, answer.text[:3000]
    [row] = rows(app, Decision)
    assert (row.text_before, row.text_after, row.paragraph_mark) == ("", "", "P-DIS-04")


def test_a_decided_comment_says_so_and_is_not_undecided(app, client, written):
    with app.app_context():
        who = people.find_user(email="lead@demo.example").id
        ruling = Ruling(code="accepted", reason="Angkanya kami perbarui.", change="Angka baru.", paragraph="P-ECO-01")
        target, told = Target("point", written[1]), {"actor_id": who, "now": datetime.now(UTC)}
        decisions.decide(db.session(), 1, [target], ruling, seen=None, is_draft=False, **told)
        db.session.commit()
    sign_in(client, "reviewer")
    assert f'id="k{written[1]}"' not in client.get(f"{DESK}?undecided=1").text
    assert "Putusan: Diterima" in client.get(f"{DESK}?kind=factual_error").text


def test_pages_of_the_list_follow_one_another_without_a_gap(app, client, written):
    with app.app_context():
        point = db.session.get_one(Point, written[0])
        for n in range(30):
            sending = Submission(
                round_id=point.submission.round_id,
                receipt_no=f"PKL-UJI-{n:03d}",
                group=point.submission.group,
                channel=point.submission.channel,
                person_id=point.submission.person_id,
                text="Lagi",
                received_at=datetime.now(UTC),
                points=[Point(text="Lagi", paragraph_id=point.paragraph_id)],
            )
            db.session.add(sending)
        db.session.commit()
        every = set(db.session.scalars(select(Point.id)))
    sign_in(client, "reviewer")
    seen, address = [], DESK
    while address:
        page = client.get(address).text
        seen += [int(part.split('"')[0]) for part in page.split('<li id="k')[1:]]
        following = re.search(r'class="govuk-button alt" href="(/staff/comments/\?after=\d+)"', page)
        address = following[1] if following else ""
    assert len(seen) == len(set(seen)) and set(seen) == every


def test_the_desk_stays_within_its_statements(app, client, written):
    sign_in(client)
    seen = Statements(app)
    for asked in ("", "?dimension=DIS&state=applies&undecided=1"):
        client.get(DESK + asked)
        seen.clear()
        assert client.get(DESK + asked).status_code == 200
        assert len(seen) <= 5, seen
    data = hidden(client.get(DESK).text) | {"points": written, "deed": "show"}
    seen.clear()
    assert client.post(DESK, data=data).status_code == 303
    assert len(seen) <= 12, seen


def test_without_a_draft_the_desk_says_what_will_stand_there(app, client):
    sign_in(client, "reviewer")
    assert rows(app, Draft) == [] and "Di sini akan berdiri setiap komentar" in client.get(DESK).text
