"""Remarks: what a comment has beside its point, who reads it, when it is settled, and what the team replies."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models import Event, Paragraph, Point, Remark, Reply, Round, Submission, Triage
from models.vocabulary import CommentState, RemarkState, Severity, Visibility
from services import commentaries, comments, contributions, erasures, opinions, remarks, replies, rounds, triages
from services.commentaries import Filters
from services.errors import NotFound
from services.remarks import Remarked
from tests.services.factories import academic, call, draft, key, officer, said

TEXT = "[P-DIS-01] Tanggul laut di utara ditinggikan dua meter\n\n[P-ECO-01] Pasar rakyat dibuka lagi"


@pytest.fixture
def place(session):
    """The first version and its two paragraphs."""
    draft_id = draft(session, TEXT)
    return draft_id, *ids(session, draft_id)


def ids(session, draft_id):
    return session.scalars(select(Paragraph.id).where(Paragraph.draft_id == draft_id).order_by(Paragraph.id)).all()


def write(session, author, paragraph_id, round_id, now, text="Perlu angka", **beside):
    told = {"call": call(round_id), "key": key(), "now": now, "remarked": Remarked(**beside)}
    return comments.add(session, author, paragraph_id, said(text), **told)


def show(session, now, *point_ids):
    return remarks.moderate(session, point_ids, RemarkState.SHOWN, now=now)


def seen(session, draft_id, paragraph_id, author=None, *, is_open_to_others=True, now=None):
    told = {"author": author, "shows_others": is_open_to_others, "now": now}
    return comments.on(session, draft_id, [paragraph_id], **told).get(paragraph_id, [])


def test_what_stands_beside_a_comment_is_kept_with_it(session, place, round_id, now):
    author = academic(session)
    point_id = write(session, author, place[1], round_id, now, quote=" dua meter ", severity=Severity.MUST, is_gap=True)
    assert remarks.read(session, point_id) == Remarked("dua meter", Severity.MUST, True)
    [own] = comments.own(session, author)
    assert (own.quote, own.severity, own.is_gap, own.is_whole) == ("dua meter", "Harus diubah", True, False)
    assert (own.moderation, own.state) == (RemarkState.PENDING, CommentState.APPLIES)


def test_a_change_asks_the_team_anew_and_the_same_again_does_not(session, place, round_id, now):
    author = academic(session)
    point_id = write(session, author, place[1], round_id, now, severity=Severity.MUST)
    show(session, now, point_id)
    remarks.settle(session, [point_id], now=now)
    later, told = now + timedelta(hours=1), {"is_open": True}
    beside = Remarked(severity=Severity.MUST)
    comments.change(session, author, point_id, said("Perlu angka"), now=later, remarked=beside, **told)
    row = session.get_one(Remark, point_id)
    assert row.state is RemarkState.SHOWN and row.settled_at is not None
    comments.change(session, author, point_id, said("Perlu dua angka"), now=later, remarked=beside, **told)
    session.refresh(row)
    assert row.state is RemarkState.PENDING and row.settled_at is None and row.severity is Severity.MUST


def test_others_read_only_what_was_let_stand_and_when_the_round_says_so(session, place, round_id, now):
    author, reader = academic(session), academic(session)
    point_id = write(session, author, place[1], round_id, now, "Tanya saya di a@b.invalid")
    assert seen(session, place[0], place[1], reader) == [] == seen(session, place[0], place[1])
    show(session, now, point_id)
    assert seen(session, place[0], place[1], reader, is_open_to_others=False) == []
    [other] = seen(session, place[0], place[1], reader)
    assert "a@b" not in other.text and other.who == "" and other.group == "Akademisi" and not other.is_own
    [mine] = seen(session, place[0], place[1], author, is_open_to_others=False)
    assert "a@b.invalid" in mine.text
    over = session.get_one(Round, round_id).closes_at + timedelta(seconds=1)
    assert len(seen(session, place[0], place[1], reader, is_open_to_others=False, now=over)) == 1
    remarks.moderate(session, [point_id], RemarkState.HIDDEN, why="Nama orang.", now=now)
    assert seen(session, place[0], place[1], reader) == []
    [mine] = seen(session, place[0], place[1], author)
    assert mine.why == "Nama orang."


def test_what_is_offensive_kept_for_the_team_or_withdrawn_is_read_by_no_other(session, place, round_id, now):
    author = academic(session)
    first, second, third = (write(session, author, place[1], round_id, now, f"Kata {n}") for n in range(3))
    show(session, now, first, second, third)
    assert len(seen(session, place[0], place[1])) == 3
    triages.prepare(session)
    session.execute(update(Triage).where(Triage.point_id == first).values(is_offensive=True))
    sending = select(Point.submission_id).where(Point.id == second).scalar_subquery()
    session.execute(update(Submission).where(Submission.id == sending).values(visibility=Visibility.TEAM))
    assert [c.id for c in seen(session, place[0], place[1])] == [third]
    erasures.withdraw(session, session.get_one(Point, third).submission_id, now=now)
    assert seen(session, place[0], place[1]) == []


def test_a_name_is_read_by_others_where_its_bearer_said_so_and_an_office_always(session, place, round_id, now):
    scholar = academic(session, "Siti Contoh")
    point_id = write(session, scholar, place[1], round_id, now)
    office = write(session, officer(session), place[1], round_id, now)
    show(session, now, point_id, office)
    assert [bool(c.who) for c in seen(session, place[0], place[1])] == [False, True]
    session.execute(update(Submission).values(visibility=Visibility.NAMED))
    assert [c.who for c in seen(session, place[0], place[1])][0] == "Siti Contoh"


def test_the_round_that_counts_shows_early_or_is_over(session, round_id, now):
    def shows(moment):
        return remarks.shows_others(rounds.current(session, now=moment)[1])

    assert not shows(now) and not remarks.shows_others(None)
    assert shows(session.get_one(Round, round_id).closes_at + timedelta(seconds=1))
    session.get_one(Round, round_id).shows_comments_early = True
    session.flush()
    assert shows(now)


def test_nothing_is_hidden_without_a_reason(session, place, round_id, now):
    point_id = write(session, academic(session), place[1], round_id, now)
    with pytest.raises(ValueError, match="reason"):
        remarks.moderate(session, [point_id], RemarkState.HIDDEN, why="  ", now=now)
    assert session.get_one(Remark, point_id).state is RemarkState.PENDING


def test_what_is_said_twice_of_a_comment_is_said_once_with_one_trace(session, place, round_id, now):
    point_id = write(session, academic(session), place[1], round_id, now)
    assert [show(session, now, point_id) for _ in range(2)] == [1, 0]
    assert [remarks.settle(session, [point_id], now=now) for _ in range(2)] == [1, 0]
    actions = session.scalars(select(Event.action).where(Event.action.like("comment.%"))).all()
    assert sorted(actions) == ["comment.settle", "comment.shown"]


def test_a_comment_that_came_in_a_file_is_moderated_too_and_an_opinion_is_not(session, place, round_id, now):
    author = academic(session)
    told = {"call": call(round_id), "now": now}
    old = contributions.add(session, author, said(paragraph_id=place[1]), key=key(), **told)
    opinion = contributions.add(session, author, said(dimension="DIS"), key=key(), **told)
    assert session.scalar(select(func.count()).select_from(Remark)) == 0
    assert show(session, now, old, opinion, 10**9) == 1
    assert session.scalars(select(Remark.point_id)).all() == [old]


def test_a_comment_on_all_of_the_draft_is_counted_as_one_and_no_opinion(session, place, round_id, now):
    author = academic(session)
    told = {"call": call(round_id), "key": key(), "now": now}
    point_id = comments.add_whole(session, author, 1, said("Susunannya"), **told)
    on_paragraph = write(session, author, place[1], round_id, now)
    assert [(c.id, c.is_whole, c.mark) for c in comments.own(session, author)] == [
        (point_id, True, ""),
        (on_paragraph, False, "P-DIS-01"),
    ]
    assert opinions.own(session, author) == []
    with pytest.raises(NotFound):
        opinions.loaded(session, author, point_id)
    assert comments.loaded(session, author, point_id).text == "Susunannya"
    draft(session, TEXT.replace("dua", "tiga"))
    assert [c.state for c in comments.on_whole(session, 2, author=author)] == [CommentState.APPLIES]
    assert {e.comment.id for e in commentaries.listing(session, Filters())[0]} == {point_id, on_paragraph}
    assert sum(commentaries.counts(session).values()) == 2
    draft(session, TEXT.replace("dua", "lima"), is_published=False)
    for number in (3, 9):
        with pytest.raises(NotFound):
            comments.add_whole(session, author, number, said("x"), **told | {"key": key()})


def test_what_a_decision_would_change_is_the_paragraph_as_it_is_now(session, place, round_id, now):
    author = academic(session)
    told = {"call": call(round_id), "now": now}
    asked = comments.add(session, author, place[1], said(proposed_text="Tiga meter"), key=key(), **told)
    gone = write(session, author, place[2], round_id, now)
    draft(session, "[P-DIS-01] Tanggul laut di utara ditinggikan empat meter")
    found = commentaries.proposal(session, asked)
    assert (found.mark, found.text_after) == ("P-DIS-01", "Tiga meter") and "empat" in found.text_before
    assert commentaries.proposal(session, gone) is None
    states = {e.comment.id: e.comment.state for e in commentaries.listing(session, Filters())[0]}
    assert states == {asked: CommentState.CHANGED, gone: CommentState.REMOVED}
    for state in (CommentState.CHANGED, CommentState.REMOVED):
        assert [states[e.comment.id] for e in commentaries.listing(session, Filters(state=state))[0]] == [state]


def test_replies_stand_under_their_comment_masked_and_named_to_the_team_alone(session, place, round_id, now):
    point_id = write(session, academic(session), place[1], round_id, now)
    who = officer(session, name="Budi Contoh").person_id
    first = replies.add(session, point_id, "Tanya ke 0812-0000-0000", now=now, actor_id=who)
    assert replies.add(session, point_id, "Tanya ke 0812-0000-0000", now=now, actor_id=who) == first
    replies.add(session, point_id, "Sudah.", now=now, actor_id=who)
    [one, two] = replies.of(session, [point_id])[point_id]
    assert "0812" not in one.text and (one.who, two.text) == ("", "Sudah.")
    assert replies.of(session, [point_id], is_team=True)[point_id][0].who == "Budi Contoh"
    assert replies.of(session, []) == {}
    for missing in (
        10**9,
        contributions.add(session, academic(session), said(dimension="DIS"), call=call(round_id), key=key(), now=now),
    ):
        with pytest.raises(NotFound):
            replies.add(session, missing, "Halo", now=now, actor_id=who)
    assert session.scalar(select(func.count()).select_from(Reply)) == 2
