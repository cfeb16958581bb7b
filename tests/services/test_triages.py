"""Triages: what people say of a point stands apart from what the machine reads, with its history and a way back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Event, Point, Reading, Submission, Theme, Triage, TriageMark
from models.vocabulary import Element, Group, MarkKind, PointType, Stage, SubmissionState, TriageField
from services import followups, marks, materials, readings, submissions, suggestions, triages
from services.errors import NotFound, NotThisState
from tests.services.conftest import read
from tests.services.factories import key, person

F = TriageField
TEXT = "Pompa rob di kampung kami mati tiap sore, tolong perbaiki pompanya"


@pytest.fixture
def desk(session, run_id):
    """The example points at the inbox, and somebody who screens them."""
    assert triages.prepare(session) == 98
    session.actor = person(session).id
    return session


def send(session, round_id, now, text=TEXT):
    draft = submissions.Draft(text=text, topic="rob-dan-banjir")
    receipt = submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)
    return session.scalars(select(Point.id).where(Point.submission_id == receipt.submission_id)).one()


def said(session, point_id):
    return [
        (mark.field, mark.value, mark.suggested)
        for mark in session.scalars(select(TriageMark).where(TriageMark.point_id == point_id).order_by(TriageMark.id))
    ]


def test_preparing_again_makes_and_changes_nothing(desk):
    before = [tuple(row) for row in desk.execute(select(Triage.__table__))]
    assert triages.prepare(desk) == 0
    assert [tuple(row) for row in desk.execute(select(Triage.__table__))] == before


def test_what_is_copied_follows_what_it_is_copied_from(desk):
    row = desk.get_one(Triage, 1)
    reading = desk.get_one(Reading, 1)
    assert (row.theme_id, row.language, row.kind) == (reading.theme_id, reading.language, reading.types[0][0])
    theme = desk.scalars(select(Theme.id).where(Theme.id != reading.theme_id).limit(1)).one()
    reading.theme_id, reading.language = theme, "jv"
    desk.get_one(Point, 1).submission.group = Group.MEDIA
    desk.flush()
    triages.prepare(desk)
    row = desk.get_one(Triage, 1)
    assert (row.theme_id, row.language, row.group) == (theme, "jv", Group.MEDIA)


def test_a_point_that_nobody_has_read_yet_is_at_the_inbox_without_facts(session, round_id, now):
    point_id = send(session, round_id, now)
    assert triages.prepare(session) == 1
    row = session.get_one(Triage, point_id)
    assert (row.language, row.kind, row.theme_id, row.suggested) == ("", "", None, "DIS")


@pytest.mark.parametrize("state", [SubmissionState.HELD, SubmissionState.WITHDRAWN, SubmissionState.ERASED])
def test_what_does_not_stand_does_not_come_to_the_inbox(session, round_id, now, state):
    point_id = send(session, round_id, now)
    session.get_one(Point, point_id).submission.state = state
    session.flush()
    assert triages.prepare(session) == 0


def test_another_run_changes_no_mark(desk, round_id, now):
    triages.mark(desk, [1], F.DIMENSION_FIELD, "GOV", actor_id=desk.actor, now=now)
    triages.mark(desk, [1], F.STAGE_FIELD, "screened", actor_id=desk.actor, now=now)
    desk.get_one(Point, 2).changed_at = now + timedelta(minutes=1)
    read(desk, round_id, now + timedelta(minutes=2))
    triages.prepare(desk)
    row = desk.get_one(Triage, 1)
    assert (row.dimension, row.stage, row.suggested) == ("GOV", Stage.SCREENED, "DIS")


@pytest.mark.parametrize(
    ("field", "value", "stands"),
    [
        (F.DIMENSION_FIELD, "GOV", "GOV"),
        (F.SECOND_DIMENSION_FIELD, "ECO", "ECO"),
        (F.ELEMENT_FIELD, "structure", Element.STRUCTURE),
        (F.NATURE_FIELD, "both", "both"),
        (F.TYPE_FIELD, "question", PointType.QUESTION),
        (F.STAGE_FIELD, "coded", Stage.CODED),
    ],
)
def test_a_mark_stands_with_its_history_and_in_the_audit(desk, now, field, value, stands):
    assert triages.mark(desk, [1], field, value, actor_id=desk.actor, now=now) == 1
    assert getattr(desk.get_one(Triage, 1), field.value) == stands
    suggested = suggestions.of_points(desk, [1])[1].get(field, ())
    assert said(desk, 1) == [(field, value, suggested[0].value if suggested else None)]
    event = desk.scalars(select(Event).where(Event.action == "point.mark")).one()
    assert (event.subject_id, event.actor_id) == ("1", desk.actor)
    assert (event.details["field"], event.details["new"]) == (field.value, value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (F.DIMENSION_FIELD, "XXX"),
        (F.ELEMENT_FIELD, "buildings"),
        (F.NATURE_FIELD, "analog"),
        (F.TYPE_FIELD, "poem"),
        (F.STAGE_FIELD, ""),
        (F.STAGE_FIELD, "published"),
        (F.MISSION_FIELD, "99"),
        (F.MISSION_FIELD, ""),
        (F.REDACTION_FIELD, "yes"),
        (F.OFFENSIVE_FIELD, "yes"),
    ],
)
def test_a_value_that_the_field_does_not_know_is_refused(desk, now, field, value):
    with pytest.raises(NotThisState):
        triages.mark(desk, [1], field, value, actor_id=desk.actor, now=now)
    assert said(desk, 1) == []


def test_the_same_again_is_no_news(desk, now):
    for expected in (1, 0):
        assert triages.mark(desk, [1], F.DIMENSION_FIELD, "GOV", actor_id=desk.actor, now=now) == expected
    assert len(said(desk, 1)) == 1


def test_many_points_are_marked_at_once_and_one_that_is_not_there_refuses_all(desk, now):
    assert triages.mark(desk, range(1, 31), F.STAGE_FIELD, "screened", actor_id=desk.actor, now=now) == 30
    with pytest.raises(NotFound):
        triages.mark(desk, [31, 10**9], F.STAGE_FIELD, "screened", actor_id=desk.actor, now=now)
    assert desk.get_one(Triage, 31).stage is Stage.ARRIVED


def test_missions_are_added_and_taken_off_one_by_one(desk, now):
    for value in ("8", "4", "-8"):
        triages.mark(desk, [1], F.MISSION_FIELD, value, actor_id=desk.actor, now=now)
    assert desk.get_one(Triage, 1).missions == ["4"]
    assert [value for _, value, _ in said(desk, 1)] == ["8", "4", "-8"]
    assert triages.mark(desk, [1], F.MISSION_FIELD, "-8", actor_id=desk.actor, now=now) == 0


def test_nothing_that_is_suggested_stands_before_a_person_says_so(desk):
    rows = desk.scalars(select(Triage)).all()
    assert {(row.dimension, row.element, row.nature, row.point_type) for row in rows} == {(None, None, None, None)}


def test_accepting_says_what_is_suggested_where_nobody_said_anything(desk, now):
    triages.mark(desk, [1], F.DIMENSION_FIELD, "GOV", actor_id=desk.actor, now=now)
    suggested = suggestions.of_points(desk, [1])[1]
    assert triages.accept(desk, [1], actor_id=desk.actor, now=now) == 3
    row = desk.get_one(Triage, 1)
    assert row.dimension == "GOV"
    assert row.element == suggested[F.ELEMENT_FIELD][0].value and row.point_type == suggested[F.TYPE_FIELD][0].value
    assert row.second_dimension is None and row.missions == [] and row.stage is Stage.ARRIVED
    assert all(value == of for field, value, of in said(desk, 1)[1:])
    assert triages.accept(desk, [1], actor_id=desk.actor, now=now) == 0


def test_undo_leads_back_to_what_was_said_before(desk, now):
    for value in ("GOV", "ECO"):
        triages.mark(desk, [1], F.DIMENSION_FIELD, value, actor_id=desk.actor, now=now)
    assert triages.undo(desk, 1, actor_id=desk.actor, now=now) is F.DIMENSION_FIELD
    assert desk.get_one(Triage, 1).dimension == "GOV"
    assert [value for _, value, _ in said(desk, 1)] == ["GOV", "ECO", "GOV"]


@pytest.mark.parametrize(
    ("field", "value", "before"),
    [
        (F.DIMENSION_FIELD, "GOV", None),
        (F.STAGE_FIELD, "screened", Stage.ARRIVED),
        (F.MISSION_FIELD, "4", []),
    ],
)
def test_undo_of_the_first_mark_leaves_nothing_said(desk, now, field, value, before):
    triages.mark(desk, [1], field, value, actor_id=desk.actor, now=now)
    triages.undo(desk, 1, actor_id=desk.actor, now=now)
    row = desk.get_one(Triage, 1)
    assert (row.missions if field is F.MISSION_FIELD else getattr(row, field.value)) == before
    assert row.screened_at is None


def test_there_is_nothing_to_undo_before_a_mark(desk, now):
    with pytest.raises(NotThisState):
        triages.undo(desk, 1, actor_id=desk.actor, now=now)


def test_who_screened_it_and_when_is_kept_and_goes_with_it(desk, now):
    triages.mark(desk, [1], F.STAGE_FIELD, "screened", actor_id=desk.actor, now=now)
    later = now + timedelta(hours=1)
    triages.mark(desk, [1], F.STAGE_FIELD, "coded", actor_id=person(desk).id, now=later)
    row = desk.get_one(Triage, 1)
    assert row.screened_at == now
    triages.mark(desk, [1], F.STAGE_FIELD, "arrived", actor_id=desk.actor, now=later)
    assert (row.screened_at, row.screened_by) == (None, None)


def test_a_person_says_whether_it_is_a_complaint(desk, now):
    complaint = desk.scalars(select(Triage.point_id).where(Triage.is_complaint, Triage.point_id > 1).limit(1)).one()
    triages.mark(desk, [complaint], F.TYPE_FIELD, "problem", actor_id=desk.actor, now=now)
    triages.mark(desk, [1], F.TYPE_FIELD, "service_complaint", actor_id=desk.actor, now=now)
    for _again in range(2):
        assert not desk.get_one(Triage, complaint).is_complaint and desk.get_one(Triage, 1).is_complaint
        triages.prepare(desk)


def test_new_words_are_screened_anew(desk, now):
    """A sender who corrects a text said something else: what was said of the old words is gone with them."""
    triages.mark(desk, [1], F.DIMENSION_FIELD, "GOV", actor_id=desk.actor, now=now)
    submission = desk.get_one(Point, 1).submission_id
    assert followups.correct(desk, submission, 1, "Lampu jalan di gang kami padam", now=now)
    assert desk.get(Triage, 1) is None and said(desk, 1) == []
    assert triages.prepare(desk) == 1
    assert desk.scalars(select(Event.action).where(Event.action == "point.mark")).all() == ["point.mark"]


def test_the_counts_add_up(desk, round_id, now):
    triages.mark(desk, [1, 2, 3], F.STAGE_FIELD, "screened", actor_id=desk.actor, now=now)
    counts = triages.counts(desk, round_id)
    assert counts.points == 98 and counts.by_stage == {"arrived": 95, "screened": 3}
    assert counts.aside == {} and counts.redacted == counts.offensive == 0
    assert triages.counts(desk, round_id + 1).points == 0


def test_a_pin_and_a_mark_stand_beside_one_another(desk, round_id, now):
    marks.pin(desk, [1], actor_id=desk.actor, now=now)
    triages.mark(desk, [1], F.DIMENSION_FIELD, "GOV", actor_id=desk.actor, now=now)
    result = readings.analyse(materials.gather(desk, round_id))
    assert next(r for r in result.readings if int(r.id) == 1).theme
    assert [fact.kind for fact in marks.history(desk, 1)] == [MarkKind.PIN]
    assert desk.get_one(Submission, 1).state is SubmissionState.RECEIVED
