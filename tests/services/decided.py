"""Decisions, answers and releases as the tests of several services need them, put straight into their tables."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from models import AnsweredPoint, Decision, Reading, Release, Response, Run
from models.vocabulary import DecisionCode, DecisionState, ReleaseState
from tests.services import factories

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def decision(session, round_id, **more):
    """A confirmed acceptance of a theme, a group or a point."""
    values = {
        "code": DecisionCode.ACCEPTED,
        "state": DecisionState.CONFIRMED,
        "reason": "Pompa lama sudah sering mati dan tidak cukup.",
        "change": "Jadwal jaga pompa masuk naskah.",
        "made_at": NOW,
        "confirmed_at": NOW,
    }
    row = Decision(round_id=round_id, **values | more)
    session.add(row)
    session.flush()
    return row


def response(session, row, *, is_ready=True, release=None, **more):
    """What the public is told of a decision."""
    values = {
        "text_id": "Jadwal jaga pompa kami masukkan ke naskah.",
        "text_en": "A rota of the pumps is in.",
        "made_at": NOW,
        "ready_at": NOW if is_ready else None,
        "release_id": release.id if release else None,
    }
    told = Response(decision_id=row.id, **values | more)
    session.add(told)
    session.flush()
    return told


def release(session, round_id, *, number=1, publish_at=NOW, replies_days=14, is_out=True):
    """A release that two persons let go at its moment."""
    run_id = session.scalar(select(Run.id).where(Run.round_id == round_id).limit(1))
    row = Release(
        round_id=round_id,
        number=number,
        state=ReleaseState.RELEASED if is_out else ReleaseState.PREPARED,
        run_id=run_id,
        publish_at=publish_at,
        replies_until=publish_at + timedelta(days=replies_days),
        made_at=NOW,
        released_at=publish_at if is_out else None,
        approved_by=factories.person(session, "Satu").id if is_out else None,
        released_by=factories.person(session, "Dua").id if is_out else None,
    )
    session.add(row)
    session.flush()
    return row


def give(session, point_ids, told, let_go):
    """Write down which answer a release gave."""
    session.add_all(AnsweredPoint(point_id=i, release_id=let_go.id, response_id=told.id) for i in point_ids)
    session.flush()


def theme_with(session, least=2):
    """A theme and its points, the first theme that has enough of them."""
    rows = session.execute(select(Reading.theme_id, Reading.point_id).where(Reading.theme_id.is_not(None)))
    themes = {}
    for theme_id, point_id in rows:
        themes.setdefault(theme_id, []).append(point_id)
    return next((theme, sorted(points)) for theme, points in sorted(themes.items()) if len(points) >= least)
