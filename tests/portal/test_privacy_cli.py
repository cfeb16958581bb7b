"""The commands: contacts go when their time is over, and a restored backup does not bring back the erased."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import Contact, Submission
from models.vocabulary import Channel, Purpose, SubmissionState
from portal.extensions import db
from portal.worker import Worker
from services import contacts, erasures, rounds, submissions

PLANTED = "zubrowkaplanted"


@pytest.fixture
def submission_id(app):
    with app.app_context():
        now = datetime.now(UTC)
        session = db.session()
        found = submissions.receive(
            session,
            submissions.Draft(text=f"Selokan pasar mampet {PLANTED}"),
            round_id=rounds.current(session, now=now)[0],
            prefix="PKL",
            key="kunci-formulir-satu",
            now=now,
        ).submission_id
        contacts.keep(
            session,
            found,
            name=None,
            phone="0800-0000-4711",
            email=None,
            purposes=frozenset({Purpose.NEWS}),
            channel=Channel.WEB,
            now=now,
        )
        session.commit()
    return found


def make_old(app):
    with app.app_context():
        db.session.execute(db.text("UPDATE round SET answer_by = '2020-01-01 00:00:00'"))
        db.session.commit()


def kept(app):
    with app.app_context():
        return db.session.scalars(select(Contact.phone)).all()


def test_a_dry_run_only_says_what_would_go(app, submission_id):
    run = app.test_cli_runner().invoke(args=["retention", "--dry-run"])
    assert run.exit_code == 0 and "0 kontak akan dihapus" in run.output
    make_old(app)
    assert "1 kontak akan dihapus" in app.test_cli_runner().invoke(args=["retention", "--dry-run"]).output
    assert kept(app) == ["0800-0000-4711"]


def test_the_command_erases_what_is_kept_too_long(app, submission_id):
    make_old(app)
    assert "1 kontak dihapus" in app.test_cli_runner().invoke(args=["retention"]).output
    assert kept(app) == []


def test_the_worker_does_so_once_a_day(app, settings, submission_id):
    worker = Worker(settings)
    try:
        worker.tidy()
        make_old(app)
        worker.tidy()  # the same day: not yet
        assert kept(app) == ["0800-0000-4711"]
        worker.tidied_at = None
        worker.tidy()
        assert kept(app) == []
    finally:
        worker.engine.dispose()


def test_a_restored_backup_does_not_bring_back_what_was_erased(app, submission_id, tmp_path):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["backup", str(tmp_path / "b.db")]).exit_code == 0
    with app.app_context():
        erasures.erase(db.session(), submission_id, now=datetime.now(UTC))
        db.session.commit()
    run = runner.invoke(args=["restore", str(tmp_path / "b.db"), "--yes"])
    assert run.exit_code == 0, run.output
    assert "1 masukan dihapus sekali lagi" in run.output
    with app.app_context():
        row = db.session.get(Submission, submission_id)
        assert (row.state, row.text) == (SubmissionState.ERASED, "")
    assert kept(app) == []
