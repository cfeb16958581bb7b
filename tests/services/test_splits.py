"""Splits: the parts are the text, spaces and all; what was said of the whole is kept or refuses the split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import (
    CodingSample,
    Conflict,
    ConflictPoint,
    Decision,
    Event,
    Handover,
    Mark,
    Point,
    Reading,
    SamplePoint,
    Submission,
    Theme,
    ThemeExample,
    Triage,
    TriageMark,
)
from models.vocabulary import DecisionCode, DecisionState, HandoverState, SubmissionState, TriageField
from services import marks, redactions, search, splits, submissions, takeouts, triages
from services.errors import NotFound, NotThisState
from services.splits import Unsplittable
from tests.services.conftest import read
from tests.services.factories import key, person

TEXT = "Got di pasar mampet sejak lama.\n\nLampu jalan mati;  juga wifi lambat."
PARTS = ["Got di pasar mampet sejak lama.", "Lampu jalan mati;", "juga wifi lambat."]


@pytest.fixture
def point_id(session, round_id, now):
    """A point that says three things, read and at the inbox."""
    draft = submissions.Draft(text=TEXT, topic="pasar", condition=2, importance=4)
    receipt = submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)
    read(session, round_id, now)
    triages.prepare(session)
    search.index(session)
    session.actor = person(session).id
    return session.scalars(select(Point.id).where(Point.submission_id == receipt.submission_id)).one()


def split(session, point_id, now, parts=PARTS):
    return splits.split(session, point_id, parts, actor_id=session.actor, now=now)


def test_the_parts_are_the_text_and_the_sending_stays_whole(session, point_id, now):
    ids = split(session, point_id, now)
    points = [session.get_one(Point, i) for i in ids]
    assert "".join(point.text for point in points) == TEXT == points[0].submission.text
    assert [point.position for point in points] == [1, 2, 3]
    assert [point.split_from_id for point in points] == [None, point_id, point_id]
    assert {point.changed_at for point in points[:1]} == {now}


@given(st.lists(st.text(st.sampled_from("ab \n\t.é🌊"), min_size=1), min_size=1, max_size=6), st.data())
def test_spans_partition_any_text(words, data):
    text = " ".join(words)
    kept = [word for word in words if word.strip()]
    if not kept:
        return
    found = splits.spans(text, kept)
    assert "".join(text[start:end] for start, end in found) == text
    assert all(text[start:end].strip() for start, end in found)


@pytest.mark.parametrize(
    "parts",
    [
        [TEXT],
        [],
        ["Got di pasar mampet", "Lampu jalan mati;", "juga wifi lambat."],
        [*PARTS, "tambahan"],
        [PARTS[1], PARTS[0], PARTS[2]],
        [*PARTS[:2], ""],
    ],
)
def test_other_words_or_one_part_alone_are_refused(session, point_id, now, parts):
    with pytest.raises(Unsplittable):
        split(session, point_id, now, parts)
    assert session.scalars(select(Point.text)).all() == [TEXT]


def test_ratings_and_marks_stay_with_the_first_and_the_others_begin_anew(session, point_id, now):
    triages.mark(session, [point_id], TriageField.DIMENSION_FIELD, "GOV", actor_id=session.actor, now=now)
    marks.pin(session, [point_id], actor_id=session.actor, now=now)
    first, *others = split(session, point_id, now)
    assert session.get_one(Triage, first).dimension == "GOV"
    assert session.scalars(select(Mark.point_id)).all() == [first]
    assert [session.get_one(Point, i).condition for i in (first, *others)] == [2, None, None]
    read(session, session.get_one(Point, first).submission.round_id, now)
    assert triages.prepare(session) == 2
    assert [session.get_one(Triage, i).dimension for i in others] == [None, None]


def test_all_parts_are_read_anew(session, point_id, now):
    ids = split(session, point_id, now)
    assert session.get(Reading, point_id) is None
    read(session, session.get_one(Point, point_id).submission.round_id, now)
    texts = [session.get_one(Reading, i).masked_text for i in ids]
    assert [text.strip() for text in texts] == PARTS


def test_a_text_for_the_public_is_read_anew(session, point_id, now):
    redactions.confirm(session, point_id, TEXT, actor_id=session.actor, now=now)
    split(session, point_id, now)
    row = session.get_one(Triage, point_id)
    assert (row.public_text, row.redacted_at) == (None, None)
    values = session.scalars(select(TriageMark.value).where(TriageMark.field == TriageField.REDACTION_FIELD)).all()
    assert values == ["yes", ""]


def decision(session, point_id, now):
    round_id = session.get_one(Point, point_id).submission.round_id
    facts = {"code": DecisionCode.NOTED, "reason": "Dicatat.", "state": DecisionState.DRAFTED, "made_at": now}
    return [Decision(round_id=round_id, point_id=point_id, made_by=session.actor, **facts)]


def sample(session, point_id, now):
    round_id = session.get_one(Point, point_id).submission.round_id
    return [
        CodingSample(id=1, round_id=round_id, size=1, seed=1, made_at=now),
        SamplePoint(sample_id=1, point_id=point_id, position=1),
    ]


def example(session, point_id, now):
    theme = session.scalars(select(Theme.id).limit(1)).one()
    return [ThemeExample(theme_id=theme, point_id=point_id, actor_id=session.actor, at=now)]


def handover(session, point_id, now):
    return [Handover(point_id=point_id, state=HandoverState.READY, text="Got mampet", made_at=now, changed_at=now)]


@pytest.mark.parametrize("bond", [decision, sample, example, handover])
def test_what_was_said_of_the_whole_refuses_the_split(session, point_id, now, bond):
    for row in bond(session, point_id, now):
        session.add(row)
        session.flush()
    with pytest.raises(Unsplittable):
        split(session, point_id, now)
    assert session.get_one(Point, point_id).text == TEXT and session.get(Reading, point_id) is not None


def test_a_handover_that_was_taken_back_does_not_stand_in_the_way(session, point_id, now):
    (row,) = handover(session, point_id, now)
    row.state = HandoverState.TAKEN_BACK
    session.add(row)
    session.flush()
    assert len(split(session, point_id, now)) == 3


def test_joined_it_is_the_same_text_again(session, point_id, now):
    ids = split(session, point_id, now)
    read(session, session.get_one(Point, point_id).submission.round_id, now)
    triages.prepare(session)
    search.index(session)
    triages.mark(session, [ids[1]], TriageField.STAGE_FIELD, "screened", actor_id=session.actor, now=now)
    assert splits.join(session, ids[2], actor_id=session.actor, now=now) == point_id
    session.expire_all()
    (point,) = session.scalars(select(Point)).all()
    assert (point.text, point.position, point.split_from_id) == (TEXT, 1, None)
    assert session.scalars(select(Reading.point_id)).all() == []
    acts = select(Event.action).where(Event.action.in_(("point.split", "point.join"))).order_by(Event.id)
    actions = session.scalars(acts).all()
    assert actions == ["point.split", "point.join"]


def test_a_part_that_is_split_again_hangs_on_the_first_too(session, point_id, now):
    first, second = split(session, point_id, now, [PARTS[0], f"{PARTS[1]} {PARTS[2]}"])
    _, third = split(session, second, now, PARTS[1:])
    assert session.get_one(Point, third).split_from_id == first
    assert [session.get_one(Point, i).position for i in (first, second, third)] == [1, 2, 3]
    splits.join(session, first, actor_id=session.actor, now=now)
    session.expire_all()
    assert session.scalars(select(Point.text)).all() == [TEXT]


def test_a_part_that_a_person_placed_is_not_joined(session, point_id, now):
    ids = split(session, point_id, now)
    read(session, session.get_one(Point, point_id).submission.round_id, now)
    marks.pin(session, [ids[1]], actor_id=session.actor, now=now)
    with pytest.raises(Unsplittable):
        splits.join(session, point_id, actor_id=session.actor, now=now)
    assert len(session.scalars(select(Point)).all()) == 3


def test_what_was_not_split_is_not_joined(session, point_id, now):
    with pytest.raises(NotThisState):
        splits.join(session, point_id, actor_id=session.actor, now=now)
    with pytest.raises(NotFound):
        splits.join(session, 10**9, actor_id=session.actor, now=now)


@pytest.mark.parametrize("state", [SubmissionState.WITHDRAWN, SubmissionState.SET_ASIDE])
def test_what_does_not_stand_is_not_split(session, point_id, now, state):
    session.get_one(Point, point_id).submission.state = state
    session.flush()
    with pytest.raises(NotThisState):
        split(session, point_id, now)


def test_the_sender_finds_every_part_in_the_own_data(session, point_id, now):
    split(session, point_id, now)
    submission = session.get_one(Point, point_id).submission_id
    found = takeouts.rows_of(session, submission)
    assert len(found["point"]) == 3 and found["submission"][0]["text"] == TEXT
    assert session.get_one(Submission, submission).text == TEXT


def test_conflicting_points_are_not_split(session, point_id, now):
    round_id = session.get_one(Point, point_id).submission.round_id
    conflict = Conflict(round_id=round_id, made_at=now)
    session.add(conflict)
    session.flush()
    session.add(ConflictPoint(conflict_id=conflict.id, point_id=point_id))
    session.flush()
    with pytest.raises(Unsplittable):
        split(session, point_id, now)
