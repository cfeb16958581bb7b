"""Outcomes: every comment has one state, the counts add up, and only what is public of decisions is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Paragraph, Person, Reply, Run, Submission, Wording
from models.vocabulary import CommentState, RunState
from services import comments, erasures, outcomes, remarks, submissions
from tests.services import decided, factories
from tests.services.factories import call, key, said

TEXTS = (
    "Pompa rob di Tirto dijaga warga setiap malam.",
    "Tanggul sungai diperiksa dua kali setahun oleh dinas.",
    "Sirene banjir dipasang di setiap kelurahan pesisir.",
)


def document(*texts, title="Naskah"):
    body = "\n\n".join(f"[P-DIS-{n:02}] {text}" for n, text in enumerate(texts, start=1))
    return f"# {title}\n\n## Bencana\n\n{body}\n"


@pytest.fixture
def author(session):
    return factories.academic(session)


@pytest.fixture
def ids(session, round_id, now, author):
    """A comment on each paragraph of version 1, and one on all of it; in version 2 one is changed and one is gone."""
    factories.draft(session, document(*TEXTS), now=now)
    words = {"call": call(round_id), "now": now}
    places = session.scalars(select(Paragraph.id).order_by(Paragraph.position)).all()
    made = [comments.add(session, author, place, said(f"Butir {place}"), key=key(), **words) for place in places]
    made.append(comments.add_whole(session, author, 1, said("Terlalu tebal"), key=key(), **words))
    second = document(TEXTS[0], TEXTS[1].replace("dua kali", "empat kali"), title="Kedua")
    factories.draft(session, second, now=now)
    return made


def states(session, author, now):
    return {one.id: one.state for one in outcomes.every(session, author, now=now)}


def test_each_comment_stands_where_its_paragraph_went(session, author, ids, now):
    same, changed, removed, whole = ids
    assert states(session, author, now) == {
        same: CommentState.APPLIES,
        changed: CommentState.CHANGED,
        removed: CommentState.REMOVED,
        whole: CommentState.APPLIES,
    }
    found = {one.id: one for one in outcomes.every(session, author, now=now)}
    assert (found[changed].origin.version, found[changed].here) == (1, (2, 1, 1, "P-DIS-02"))
    assert {(p.kind, p.text.strip()) for p in found[changed].pieces} >= {("removed", "dua"), ("added", "empat")}
    assert found[removed].here is None and found[removed].origin.mark == "P-DIS-03" and found[removed].pieces == ()
    assert found[same].pieces == () and found[whole].origin is None


def test_the_counts_add_up_to_all_comments(session, author, ids, now):
    counts = outcomes.counts(session, author)
    assert list(counts) == list(CommentState) and sum(counts.values()) == len(ids)
    assert counts == outcomes.counts_of_person(session, author.person_id)
    for state, n in counts.items():
        assert len(outcomes.page(session, author, state=state, now=now)[0]) == n


def test_a_persons_word_outranks_what_became_of_the_paragraph(session, author, ids, now):
    remarks.settle(session, ids[1:2], now=now)
    decided.decision(session, session.get_one(Submission, 1).round_id, point_id=ids[2])
    found = states(session, author, now)
    assert [found[i] for i in ids] == [CommentState.APPLIES, CommentState.SETTLED, CommentState.SETTLED] + [
        CommentState.APPLIES
    ]


def test_pages_follow_each_other_and_lose_nothing(session, author, ids, now):
    seen, after = [], None
    for _ in ids:
        found, following = outcomes.page(session, author, now=now, after=after, limit=1)
        seen += [one.id for one in found]
        after = outcomes.read_cursor(following)
    assert following == "" and sorted(seen) == sorted(ids) and len(seen) == len(set(seen))


def test_before_any_version_is_out_after_it_everything_still_applies(session, round_id, now, author):
    factories.draft(session, document(*TEXTS), now=now)
    place = session.scalars(select(Paragraph.id)).first()
    own = comments.add(session, author, place, said(), call=call(round_id), key=key(), now=now)
    factories.draft(session, document(TEXTS[1]), now=now, is_published=False)
    assert states(session, author, now) == {own: CommentState.APPLIES}


def test_nothing_of_somebody_else_is_told_and_nothing_withdrawn(session, author, ids, now):
    assert outcomes.every(session, factories.academic(session), now=now) == []
    erasures.withdraw(session, session.get_one(Submission, 1).id, now=now)
    assert len(outcomes.every(session, author, now=now)) == len(ids) - 1
    assert sum(outcomes.counts(session, author).values()) == len(ids) - 1


def test_a_decision_is_told_once_a_release_has_told_it(session, round_id, author, ids, now):
    own = decided.decision(session, round_id, point_id=ids[0])
    found = {one.id: one.answer for one in outcomes.every(session, author, now=now)}
    assert not any(found.values())
    session.add(Run(round_id=round_id, state=RunState.DONE, started_at=now, lease_until=now, finished_at=now))
    session.flush()
    decided.response(session, own, release=decided.release(session, round_id, publish_at=now + timedelta(days=1)))
    assert not any(one.answer for one in outcomes.every(session, author, now=now))
    later = {one.id: one.answer for one in outcomes.every(session, author, now=now + timedelta(days=1))}
    assert later[ids[0]].reason == own.reason and later[ids[1]] is None


def test_replies_and_wordings_stand_beside_it(session, round_id, author, ids, now):
    team = factories.person(session).id
    session.add(Reply(point_id=ids[0], person_id=team, text="Hubungi budi@contoh.invalid", at=now))
    own = decided.decision(session, round_id, point_id=ids[1])
    place = session.scalars(select(Paragraph).where(Paragraph.mark == "P-DIS-02")).all()[-1]
    facts = {"draft_id": place.draft_id, "paragraph_id": place.id, "decision_id": own.id, "made_at": now}
    session.add(Wording(point_id=ids[1], is_literal=True, **facts))
    session.flush()
    found = {one.id: one for one in outcomes.every(session, author, now=now)}
    assert len(found[ids[0]].replies) == 1 and "budi@" not in found[ids[0]].replies[0].text
    assert found[ids[1]].taken[:1] == (2,) and found[ids[0]].taken is None


def test_people_of_an_agency_see_what_the_agency_said(session, round_id, now):
    factories.draft(session, document(*TEXTS), now=now)
    one, other = factories.officer(session), factories.officer(session)
    place = session.scalars(select(Paragraph.id)).first()
    own = comments.add(session, one, place, said(), call=call(round_id), key=key(), now=now)
    assert list(states(session, other, now)) == [own]
    assert sum(outcomes.counts_of_person(session, other.person_id).values()) == 0
    assert session.get(Person, other.person_id) is not None


def test_of_a_citizens_points_those_that_stand_on_a_paragraph_are_told(session, round_id, now):
    factories.draft(session, document(*TEXTS), now=now)
    place = session.scalars(select(Paragraph.id).order_by(Paragraph.position)).all()[1]
    sent = [
        submissions.receive(session, wanted, round_id=round_id, prefix="PKL", key=key(), now=now).submission_id
        for wanted in (submissions.Draft("Tanggul retak", paragraph_id=place), submissions.Draft("Lampu mati di gang"))
    ]
    factories.draft(session, document(TEXTS[0], title="Kedua"), now=now)
    points = [session.get_one(Submission, number).points[0].id for number in sent]
    found = outcomes.of_points(session, points)
    assert list(found) == points[:1] and found[points[0]].state is CommentState.REMOVED
    assert outcomes.of_points(session, []) == {}
    assert outcomes.counts_of_submission(session, sent[0])[CommentState.REMOVED] == 1
