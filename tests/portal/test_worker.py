"""The job door: every round in which something is due is read, whichever is open."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models import Reading, Round, Run, Submission
from models.vocabulary import Level, RunState
from portal.extensions import db
from services import consultations, erasures, rounds, submissions
from services.consultations import TEXTS, Terms
from tests.portal.conftest import read

LAST_WEEK, IN_A_MONTH = timedelta(days=7), timedelta(days=30)


def voice(round_id, text, now, number):
    sent = submissions.receive(
        db.session(),
        submissions.Draft(text=text, topic="rob-dan-banjir"),
        round_id=round_id,
        prefix="PKL",
        key=f"kunci-formulir-{number:04d}",
        now=now,
    )
    return sent.submission_id


def close_and_begin(now):
    """End the open round a week ago and open another one; returns the ids of both."""
    session = db.session()
    older = rounds.current(session, now=now)[0]
    session.get_one(Round, older).closes_at = now - LAST_WEEK
    texts = {name: f"isi {name}" for name in TEXTS}
    today = (now - timedelta(days=2)).date()
    terms = Terms(today, today + IN_A_MONTH, today + 2 * IN_A_MONTH, Level.INVOLVE, texts)
    newer = consultations.begin(session, terms, zone=ZoneInfo("Asia/Jakarta"), now=now, actor_id=None)
    return older, newer


def test_a_withdrawal_in_a_closed_round_is_read_while_the_next_one_is_open(app, settings):
    with app.app_context():
        now = datetime.now(UTC)
        older = rounds.current(db.session(), now=now)[0]
        gone = voice(older, "Selokan pasar mampet tiap hujan", now, 1)
        voice(older, "Lampu jalan di gang kami padam", now, 2)
        db.session.commit()
    assert read(settings) == 1
    with app.app_context():
        older, newer = close_and_begin(now)
        voice(newer, "Halte bus tidak beratap", datetime.now(UTC), 3)
        erasures.withdraw(db.session(), gone, now=datetime.now(UTC))
        db.session.commit()
    assert read(settings) == 2
    with app.app_context():
        runs = db.session.execute(select(Run.round_id, Run.received, Run.state).order_by(Run.id)).all()
        assert runs[0] == (older, 2, RunState.DONE)
        assert sorted(runs[1:]) == sorted([(older, 1, RunState.DONE), (newer, 1, RunState.DONE)])
        unread = select(Submission.id).where(Submission.id.not_in(select(Reading.point_id)))
        assert db.session.scalars(unread).all() == [gone]
    assert read(settings) == 0, "nothing is due any more, also in the older round"
