"""What tests of decisions and answers do alike: decide, send, and let a release go, on a site with examples."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from models import Decision, Finding, Person, Point, Reading, Submission
from portal.extensions import db
from services import receipts, responses
from tests.portal.conftest import hidden
from tests.services import decided

WHY = "Dana untuk pompa baru baru ada mulai tahun 2028."
NOTED = {"code": "noted", "reason": "Dukungan ini kami catat dengan baik."}
REFUSED = {"code": "not_accepted", "reason_code": "authority", "reason": WHY}
PIN = "123456"


def a_theme(app, least=3):
    """The round, a theme with enough points in it, and these points."""
    with app.app_context():
        query = select(Finding.theme_id).where(Finding.received >= least, Finding.position.is_not(None))
        theme_id = db.session.scalar(query.order_by(Finding.position).limit(1))
        rows = db.session.execute(
            select(Reading.point_id, Submission.round_id)
            .join(Point, Point.id == Reading.point_id)
            .join(Submission)
            .where(Reading.theme_id == theme_id)
            .order_by(Reading.point_id)
        ).all()
    return rows[0].round_id, theme_id, [row.point_id for row in rows]


def send(client, path, data, page=None):
    """Fill in a form of a page and send it."""
    fields = hidden(client.get(page or path).text)
    return client.post(path, data=fields | data)


def the_decision(app):
    """The newest decision, apart from its session."""
    with app.app_context():
        row = db.session.scalar(select(Decision).order_by(Decision.id.desc()).limit(1))
        if row is not None:
            db.session.expunge(row)
    return row


def publish(app, *, ago=timedelta(hours=1), replies_days=14, **facts):
    """A theme decided, answered and released; returns the receipt number of one of its points, which has the PIN."""
    round_id, theme_id, points = a_theme(app)
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        row = decided.decision(session, round_id, theme_id=theme_id, **facts)
        decided.response(session, row, text_jv="Jadwal jaga pompa wis mlebu rencana.", ready_at=now - ago)
        release = decided.release(session, round_id, publish_at=now - ago, replies_days=replies_days)
        responses.hand_out(session, release.id)
        submission = session.get(Submission, session.get(Point, points[0]).submission_id)
        submission.pin_salt, submission.pin_hash = "garam", receipts.hash_pin(PIN, "garam")
        number = submission.receipt_no
        session.commit()
    return number


def person_id(app, role):
    with app.app_context():
        return db.session.scalar(select(Person.id).where(Person.email == f"{role}@demo.example"))
