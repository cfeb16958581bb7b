"""The clerk: after each reading new points are at the inbox, in the search and held against the register, once."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from models import POINT_SEARCH, RefusedMatch, Triage
from portal.config import ROOT
from portal.extensions import db
from portal.worker import Worker
from services import registers, rounds, search, submissions


def counts(app):
    with app.app_context():
        asked = (select(func.count()).select_from(table) for table in (Triage, POINT_SEARCH, RefusedMatch))
        return [db.session.scalar(query) for query in asked]


def send(app, text, key):
    with app.app_context():
        now = datetime.now(UTC)
        round_id = rounds.current(db.session(), now=now)[0]
        submissions.receive(
            db.session(), submissions.Draft(text=text), round_id=round_id, prefix="PKL", key=key, now=now
        )
        db.session.commit()


def test_what_came_in_is_laid_out_after_it_was_read(app, settings):
    with app.app_context():
        registers.import_file(db.session(), ROOT / "demo" / "refused.csv", now=datetime.now(UTC))
        db.session.commit()
    send(app, "Tambah pompa rob baru di kampung pesisir", "kunci-petugas-satu")
    worker = Worker(settings)
    try:
        worker.wake()
        assert counts(app) == [1, 1, 1]
        assert worker.clerk.lay_out() == 0
        send(app, "Lampu jalan mati", "kunci-petugas-dua")
        assert counts(app) == [1, 1, 1]
        worker.wake()
    finally:
        worker.engine.dispose()
    assert counts(app) == [2, 2, 1]
    with app.app_context():
        assert len(list(db.session.scalars(search.matching("lampu")))) == 1


def test_what_comes_into_a_big_round_is_laid_out_at_once_too(app, settings, examples):
    worker = Worker(settings)
    worker.big_round = 10
    try:
        worker.read_all()  # a run of a big round leaves the words by which newcomers are placed
        before = counts(app)[0]
        send(app, "Pompa rob di Tirto mati", "kunci-petugas-tiga")
        worker.wake()
    finally:
        worker.engine.dispose()
    assert counts(app)[:2] == [before + 1, before + 1] == [99, 99]
