"""What stands beside a comment (its quote, its moderation, replies, letters, credits) goes with its words."""

import pytest
from sqlalchemy import func, select

from models import Letter, Paragraph, Person, Point, Remark, Reply, Submission, Wording
from models.engine import truncate
from models.vocabulary import RemarkState
from services import bonds, comments, erasures, followups, letters, remarks, replies, splits, submissions, takeouts
from services.remarks import Remarked
from services.splits import Unsplittable
from tests.services import decided, factories
from tests.services.factories import call, key, said
from tests.services.test_erasures import PLANTED, everything
from tests.services.test_letters import ZONE
from tests.services.test_outcomes import TEXTS, document


@pytest.fixture
def author(session):
    return factories.academic(session)


@pytest.fixture
def place(session, now):
    factories.draft(session, document(*TEXTS), now=now)
    return session.scalars(select(Paragraph).order_by(Paragraph.position)).first()


@pytest.fixture
def point_id(session, round_id, now, author, place):
    """A comment with everything that may hold its words: quote, moderation, reply, letter, wording."""
    words = said(f"Kata {PLANTED}", proposed_text=f"Pompa {PLANTED}")
    beside = {"call": call(round_id), "key": key(), "now": now, "remarked": Remarked(quote=f"Pompa {PLANTED}")}
    made = comments.add(session, author, place.id, words, **beside)
    team = factories.person(session).id
    remarks.moderate(session, [made], RemarkState.HIDDEN, why=f"Memuat {PLANTED}", now=now, actor_id=team)
    remarks.settle(session, [made], now=now, actor_id=team)
    replies.add(session, made, f"Soal {PLANTED} kami tanyakan.", now=now, actor_id=team)
    return made


def adopted(session, round_id, point_id, place, now):
    own = decided.decision(session, round_id, point_id=point_id, text_after="Pompa dijaga.")
    facts = {"draft_id": place.draft_id, "paragraph_id": place.id, "decision_id": own.id, "made_at": now}
    row = Wording(point_id=point_id, is_literal=True, **facts)
    session.add(row)
    session.flush()
    return row


def submission_of(session, point_id):
    return session.get_one(Point, point_id).submission_id


def test_after_an_erasure_no_table_and_no_file_holds_the_words(
    session, round_id, author, point_id, place, now, tmp_path
):
    row = adopted(session, round_id, point_id, place, now)
    number = letters.ask(session, author.person_id, round_id, now=now, zone=ZONE)
    content = session.scalars(select(Letter)).one().content
    session.scalars(select(Letter)).one().content = content | {"adopted": [{"text": PLANTED}]}
    session.flush()
    assert everything(session).count(PLANTED) >= 6
    session.commit()
    erasures.erase(session, submission_of(session, point_id), now=now)
    session.commit()
    assert PLANTED not in everything(session)
    for model in (Remark, Reply):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    assert (row.point_id, letters.find(session, number).content) == (None, {})
    session.commit()
    assert truncate(session.get_bind())
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not any(PLANTED.encode() in data for data in files)


def test_what_is_withdrawn_keeps_its_words_for_its_sender_and_forgets_what_was_said_of_them(
    session, point_id, now, author, round_id
):
    letters.ask(session, author.person_id, round_id, now=now, zone=ZONE)
    erasures.withdraw(session, submission_of(session, point_id), now=now)
    session.expire_all()
    row = session.get_one(Remark, point_id)
    assert row.quote == f"Pompa {PLANTED}" and (row.state, row.why, row.settled_at) == (RemarkState.PENDING, "", None)
    assert session.scalars(select(Letter)).one().content == {}


def test_points_that_are_deleted_leave_nothing_beside_them(session, round_id, point_id, place, now):
    adopted(session, round_id, point_id, place, now)
    bonds.delete_all(session, [point_id])
    for model in (Remark, Reply, Wording):
        assert session.scalar(select(func.count()).select_from(model)) == 0


def test_a_wording_of_a_decision_on_the_theme_only_forgets_who_proposed_it(session, round_id, point_id, place, now):
    row = adopted(session, round_id, point_id, place, now)
    row.decision_id = decided.decision(session, round_id, duplicate_group=1).id
    session.flush()
    bonds.delete_all(session, [point_id])
    session.refresh(row)
    assert row.point_id is None


def test_a_citizen_who_writes_anew_is_read_again_before_others_read_it(session, round_id, place, now):
    wanted = submissions.Draft(f"Pompa {PLANTED} mati tiap sore", paragraph_id=place.id)
    receipt = submissions.receive(session, wanted, round_id=round_id, prefix="PKL", key=key(), now=now)
    point = session.get_one(Submission, receipt.submission_id).points[0]
    remarks.moderate(session, [point.id], RemarkState.SHOWN, now=now)
    remarks.settle(session, [point.id], now=now)
    assert followups.correct(session, receipt.submission_id, 1, "Pompa mati tiap sore", now=now)
    session.expire_all()
    row = session.get_one(Remark, point.id)
    assert (row.state, row.moderated_at, row.settled_at) == (RemarkState.PENDING, None, None)


def test_the_parts_of_a_comment_on_all_of_a_version_stay_comments_on_it(session, round_id, author, place, now):
    words = said("Terlalu tebal.\n\nTerlalu banyak singkatan.")
    made = comments.add_whole(session, author, 1, words, call=call(round_id), key=key(), now=now)
    remarks.moderate(session, [made], RemarkState.SHOWN, now=now)
    actor = factories.person(session).id
    parts = ["Terlalu tebal.", "Terlalu banyak singkatan."]
    ids = splits.split(session, made, parts, actor_id=actor, now=now)
    session.expire_all()
    found = [session.get_one(Remark, number) for number in ids]
    assert {(row.draft_id, row.state) for row in found} == {(place.draft_id, RemarkState.PENDING)}
    replies.add(session, ids[1], "Singkatannya kami jelaskan.", now=now, actor_id=actor)
    splits.join(session, ids[1], actor_id=actor, now=now)
    assert session.scalars(select(Reply.point_id)).all() == [made]
    assert session.scalars(select(Remark.point_id)).all() == [made]


def test_a_comment_on_a_paragraph_is_split_without_remarks_of_its_parts(session, round_id, author, place, now):
    words = said("Kurang jelas.\n\nKurang rinci.")
    made = comments.add(session, author, place.id, words, call=call(round_id), key=key(), now=now)
    parts = ["Kurang jelas.", "Kurang rinci."]
    ids = splits.split(session, made, parts, actor_id=factories.person(session).id, now=now)
    assert session.scalars(select(Remark.point_id)).all() == [made]
    assert {session.get_one(Point, number).paragraph_id for number in ids} == {place.id}


def test_what_a_version_took_over_is_not_split_any_more(session, round_id, author, place, now):
    words = said("Kurang jelas.\n\nKurang rinci.")
    made = comments.add(session, author, place.id, words, call=call(round_id), key=key(), now=now)
    row = adopted(session, round_id, made, place, now)
    row.decision_id = decided.decision(session, round_id, duplicate_group=1).id
    session.delete(session.get_one(decided.Decision, 1))
    session.flush()
    with pytest.raises(Unsplittable) as refusal:
        splits.split(session, made, ["Kurang jelas.", "Kurang rinci."], actor_id=1, now=now)
    assert refusal.value.values["why"] == "usul redaksinya sudah masuk naskah"


def test_the_takeout_tells_the_sender_what_stands_beside_and_not_who_of_the_team_did_it(session, point_id):
    rows = takeouts.rows_of(session, submission_of(session, point_id))
    assert rows["remark"][0]["quote"] == f"Pompa {PLANTED}" and rows["reply"][0]["text"].startswith("Soal")
    assert "person_id" in rows["submission"][0] and "person_id" not in rows["reply"][0]
    assert not {"moderated_by", "settled_by"} & rows["remark"][0].keys()
    assert session.scalar(select(func.count(Person.id))) == 2
