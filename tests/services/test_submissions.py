"""Submissions: taken once, receipted, looked up only with number and PIN."""

import pytest
from sqlalchemy import func, select

from models import Event, Point, Submission
from services import submissions
from services.errors import KeyReused, RoundClosed

TEXT = "Selokan di depan pasar mampet sejak bulan lalu"
KEY = "k" * 22


def send(session, round_id, now, text=TEXT, key=KEY, **more):
    draft = submissions.Draft(text=text, **more)
    return submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key, now=now)


def test_a_sending_leaves_submission_point_and_trace(session, round_id, now):
    receipt = send(session, round_id, now, topic="sungai-dan-selokan", condition=1)
    assert session.scalar(select(func.count()).select_from(Submission)) == 1
    point = session.scalars(select(Point)).one()
    assert (point.text, point.dimension, point.condition) == (TEXT, "ENV", 1)
    event = session.scalars(select(Event).where(Event.action == "submission.receive")).one()
    assert TEXT not in str(event.details)
    assert receipt.topic_label and receipt.number.startswith("PKL-")


def test_a_double_tap_is_one_submission_with_the_same_receipt(session, round_id, now):
    first, second = send(session, round_id, now), send(session, round_id, now)
    assert (first.number, first.pin) == (second.number, second.pin)
    assert second.is_repeat and session.scalar(select(func.count()).select_from(Submission)) == 1


def test_the_same_key_with_another_text_is_refused_and_keeps_the_first(session, round_id, now):
    send(session, round_id, now)
    with pytest.raises(KeyReused):
        send(session, round_id, now, text="Tulisan yang lain sama sekali")
    assert session.scalars(select(Submission.text)).all() == [TEXT]


def test_without_an_open_round_nothing_is_taken(session, now):
    with pytest.raises(RoundClosed):
        send(session, None, now)


def test_the_pin_is_not_in_the_database(session, round_id, now):
    receipt = send(session, round_id, now)
    row = session.scalars(select(Submission)).one()
    stored = " ".join(str(getattr(row, column.name)) for column in Submission.__table__.columns)
    assert receipt.pin not in stored and KEY not in stored
