"""Which round a page speaks of: the open one, else the last, else the next; a receipt keeps its own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Round, Submission
from models.vocabulary import Channel, Group
from services import rounds


def some_rounds(session, now, *days):
    """Rounds of ten days, beginning so many days from now; returns their ids."""
    like = session.scalars(select(Round)).one()
    made = []
    for number, start in enumerate(days):
        values = {c.name: getattr(like, c.name) for c in Round.__table__.columns if c.name != "id"}
        opens = now + timedelta(days=start)
        times = {"opens_at": opens, "closes_at": opens + timedelta(days=10), "answer_by": opens + timedelta(days=20)}
        made.append(Round(**values | times | {"code": f"r{number}"}))
    session.add_all(made)
    session.delete(like)
    session.flush()
    return [row.id for row in made]


@pytest.mark.parametrize(
    ("days", "expected", "is_open"),
    [
        ((-30, -5, 20), 1, True),
        ((-50, -30, 20), 1, False),
        ((-30, -50, 20, 5), 0, False),
        ((40, 20, 60), 1, False),
        ((-10, 1), 0, True),
    ],
)
def test_the_round_is_the_open_one_else_the_last_one_else_the_next(session, now, days, expected, is_open):
    made = some_rounds(session, now, *days)
    round_id, facts = rounds.current(session, now=now)
    assert (round_id, facts.is_open) == (made[expected], is_open)
    assert facts.is_coming is (days[expected] > 0)


def test_a_receipt_keeps_the_promise_of_its_own_round(session, now):
    old, present = some_rounds(session, now, -50, -5)
    row = Submission(round_id=old, receipt_no="PKL-1", group=Group.CITIZEN, channel=Channel.WEB, text="Banjir.")
    row.received_at = now - timedelta(days=45)
    session.add(row)
    session.flush()
    facts = rounds.of_receipt(session, "PKL-1", now=now)
    assert not facts.is_open and facts.answer_by == session.get(Round, old).answer_by
    assert rounds.current(session, now=now)[0] == present
    assert rounds.of_receipt(session, "PKL-2", now=now) is None


def test_the_demonstration_opens_what_has_run_out_but_not_what_a_person_closed(session, now):
    row, later = session.scalars(select(Round)).one(), now + timedelta(days=365)
    row.changed_at = now
    rounds.open_for_demo(session, now=later)
    assert row.closes_at < later
    row.changed_at = None
    rounds.open_for_demo(session, now=later)
    assert row.closes_at > later


def test_the_demonstration_opens_no_second_round(session, now):
    past, present = some_rounds(session, now, -50, -5)
    rounds.open_for_demo(session, now=now)
    assert session.get(Round, past).closes_at < now and rounds.current(session, now=now)[0] == present


def test_a_round_speaks_english_too(session, now):
    assert rounds.current(session, now=now, lang="en")[1].answerer == "The revision team"
