"""Bonds: of an erased point no word is left in decisions, answers and objections; of a withdrawn one none is shown."""

import pytest
from sqlalchemy import func, select

from models import AnsweredPoint, ConflictPoint, Decision, Objection, Point, Reading, Response
from models.engine import truncate
from models.vocabulary import DecisionCode, DecisionState
from services import answers, bonds, conflicts, erasures, objections, responses, takeouts
from tests.services import decided, factories
from tests.services.test_erasures import PLANTED, everything, read, send


@pytest.fixture
def answered(session, round_id, now):
    """A submission whose point has a decision and an answer of its own, an objection and a conflict."""
    receipt, other = (
        send(session, round_id, now),
        send(session, round_id, now, text="Pompa rob di Degayu jangan dijaga"),
    )
    read(session, round_id)
    point, there = (
        session.scalars(select(Point.id).where(Point.submission_id == one.submission_id)).one()
        for one in (receipt, other)
    )
    actor = factories.person(session).id
    conflicts.link(session, round_id, [point, there], note="Pompa", actor_id=actor, now=now)
    own = decided.decision(
        session, round_id, point_id=point, reason=f"Karena {PLANTED} menurut beliau.", change=PLANTED
    )
    told = decided.response(session, own, text_id=f"Kami menjawab soal {PLANTED} itu.", text_en=PLANTED)
    release = decided.release(session, round_id)
    responses.hand_out(session, release.id)
    made = objections.object_to(session, point, f"Saya tidak setuju, {PLANTED} harus diganti.", now=now)
    objections.settle(
        session,
        made,
        state="dissent",
        answer=f"Soal {PLANTED} kami ajukan lagi.",
        public_text=f"Soal {PLANTED}.",
        actor_id=actor,
        now=now,
    )
    return receipt, point, own, told


def test_after_an_erasure_no_decision_answer_or_objection_holds_the_words(session, round_id, answered, now, tmp_path):
    receipt, point, own, told = answered
    assert everything(session).count(PLANTED) > 6
    session.commit()
    erasures.erase(session, receipt.submission_id, now=now)
    assert PLANTED not in everything(session)
    for model in (Objection, AnsweredPoint):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    assert session.scalars(select(ConflictPoint.point_id).where(ConflictPoint.point_id == point)).all() == []
    assert (own.code, own.state, told.ready_at) == (DecisionCode.ACCEPTED, DecisionState.REPLACED, None)
    assert answers.of_points(session, [point], now=now, is_published=True)[point].response == bonds.GONE
    session.commit()
    truncate(session.get_bind())
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not any(PLANTED.encode() in data for data in files)


def test_an_erasure_leaves_the_decision_on_the_theme_and_other_points_alone(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    on_theme = decided.decision(session, round_id, theme_id=theme_id)
    own = decided.decision(session, round_id, point_id=points[1])
    erasures.erase(session, session.get(Point, points[0]).submission_id, now=now)
    assert (on_theme.state, own.state) == (DecisionState.CONFIRMED, DecisionState.CONFIRMED)
    assert on_theme.reason and answers.of_points(session, points[:1], now=now) == {}


def test_what_is_withdrawn_keeps_its_answer_for_its_sender_and_is_not_shown(session, round_id, answered, now):
    receipt, point, own, _ = answered
    erasures.withdraw(session, receipt.submission_id, now=now)
    assert objections.dissents(session, round_id) == []
    assert responses.lacking(session, round_id)[0].point_id != point
    assert point not in conflicts.page(session, round_id)[0].point_ids
    assert own.reason.startswith("Karena")


def test_everything_of_it_stands_in_the_takeout(session, answered):
    receipt, _, _, _ = answered
    rows = takeouts.rows_of(session, receipt.submission_id)
    assert {"decision", "response", "objection", "answered_point", "conflict_point"} <= rows.keys()


def test_points_that_are_deleted_leave_nothing_that_stands_on_them(session, answered):
    _, point, own, told = answered
    later = decided.decision(session, own.round_id, theme_id=session.get(Reading, point).theme_id)
    bonds.delete_all(session, [point])
    for model, key in ((Decision, own.id), (Response, told.id)):
        assert session.get(model, key) is None
    assert session.scalar(select(func.count()).select_from(Objection)) == 0
    assert session.get(Decision, later.id) is not None
