"""The job door: every round in which something is due is read, whichever is open."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text

from models import Difference, Finding, Reading, Round, Run, Submission, Total
from models.vocabulary import Level, RunState
from portal.config import BadSetting, Settings
from portal.extensions import db
from portal.worker import Worker, main
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


def test_what_comes_into_a_big_round_is_placed_without_a_run_and_a_full_run_takes_it_over(app, settings):
    big = replace(settings, big_round=5)
    with app.app_context():
        now = datetime.now(UTC)
        current = rounds.current(db.session(), now=now)[0]
        for number in range(60):
            voice(current, f"Air rob masuk rumah kami lewat gang nomor {number}, pompa mati", now, number)
        db.session.commit()
    assert read(big) == 1, "the first run is a full one, stored in steps"
    with app.app_context():
        voice(current, "Air rob masuk rumah, pompa mati", datetime.now(UTC), 100)
        db.session.commit()
    assert read(big) == 0
    with app.app_context():
        run = db.session.scalars(select(Run)).one()
        assert (run.received, run.placed, run.state) == (61, 1, RunState.DONE)
        assert db.session.scalar(select(func.count(Reading.point_id)).where(Reading.theme_id.is_not(None))) == 61
        assert db.session.scalars(select(Finding.received)).all() == [61]
    worker = Worker(big)
    assert worker.read_all() == 1
    worker.engine.dispose()
    with app.app_context():
        newest = db.session.scalars(select(Run).order_by(Run.id.desc()).limit(1)).one()
        assert (newest.received, newest.placed) == (61, 0)


def test_who_is_woken_places_what_just_came_and_reads_where_nothing_can_be_placed(app, settings):
    worker = Worker(replace(settings, big_round=5))
    with app.app_context():
        now = datetime.now(UTC)
        current = rounds.current(db.session(), now=now)[0]
        for number in range(40):
            voice(current, f"Air rob masuk rumah kami lewat gang nomor {number}, pompa mati", now, number)
        db.session.commit()
    worker.wake()
    with app.app_context():
        assert db.session.scalars(select(Run.received)).all() == [40]
        voice(current, "Air rob masuk rumah, pompa mati", datetime.now(UTC), 100)
        db.session.commit()
    assert worker.place_newest() == 1
    assert worker.place_newest() == 0
    worker.engine.dispose()
    with app.app_context():
        assert db.session.scalars(select(Run.received)).all() == [41]


def test_a_count_from_nothing_is_kept_as_a_difference_and_runs_stay_as_they_are(app, settings):
    with app.app_context():
        now = datetime.now(UTC)
        voice(rounds.current(db.session(), now=now)[0], "Selokan pasar mampet tiap hujan", now, 1)
        db.session.commit()
    worker = Worker(settings)
    assert worker.compare() == 0 and worker.compare_all() == 0, "nothing was read yet"
    worker.read()
    assert worker.compare() == 0, "a week is not over"
    assert worker.compare_all() == 1
    worker.engine.dispose()
    with app.app_context():
        found = db.session.scalars(select(Difference)).one()
        assert (found.texts, found.moved, found.agreement) == (1, 0, 1.0)
        assert len(db.session.scalars(select(Run.id)).all()) == 1


def test_once_reads_or_compares_and_says_which(app, settings, monkeypatch, capsys):
    monkeypatch.setenv("DATA", str(settings.data))
    with app.app_context():
        now = datetime.now(UTC)
        voice(rounds.current(db.session(), now=now)[0], "Selokan pasar mampet tiap hujan", now, 1)
        db.session.commit()
    said = []
    for flags in (["--once", "--cold"], ["--once"], ["--once"], ["--once", "--full"], ["--once", "--cold"]):
        assert main(flags) == 0
        said.append(capsys.readouterr().out.strip())
    assert said == [
        "Tidak ada yang dibaca: belum pernah ada hitungan, atau yang lain sedang berjalan.",
        "1 hitungan selesai.",
        "Tidak ada yang perlu dibaca.",
        "1 hitungan selesai.",
        "1 putaran dibandingkan dengan hitungan dari awal.",
    ]
    with pytest.raises(SystemExit):
        main(["--cold"])
    with app.app_context():
        assert len(db.session.scalars(select(Run.id)).all()) == 2


def test_the_hour_of_the_night_and_what_is_big_are_settings_with_limits():
    found = Settings.from_environ({"NIGHT_HOUR": "23", "BIG_ROUND": "100"})
    assert (found.night_hour, found.big_round) == (23, 100)
    assert (Settings.from_environ({}).night_hour, Settings.from_environ({}).big_round) == (2, 5_000)
    for wrong in ({"NIGHT_HOUR": "24"}, {"NIGHT_HOUR": "malam"}, {"BIG_ROUND": "-1"}):
        with pytest.raises(BadSetting):
            Settings.from_environ(wrong)


def test_after_a_run_and_once_a_day_the_planner_is_told_how_long_tables_are(app, settings):
    told = text("SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = 'submission' AND idx IS NOT NULL")
    with app.app_context():
        there = rounds.current(db.session(), now=datetime.now(UTC))
        voice(there[0], "Pompa di Tirto mati sejak kemarin.", datetime.now(UTC) - timedelta(hours=1), 1)
        db.session.commit()
    assert read(settings) == 1
    with app.app_context():
        assert db.session.scalar(told) == 1
        voice(there[0], "Lampu jalan di Medono padam.", datetime.now(UTC) - timedelta(hours=1), 2)
        db.session.commit()
    worker = Worker(settings)
    worker.tidy()
    worker.engine.dispose()
    with app.app_context():
        assert db.session.scalar(told) == 2


def test_a_big_round_is_added_up_after_its_run_and_a_small_one_is_not(app, settings):
    for number, big in enumerate((5_000, 0), start=1):
        with app.app_context():
            there = rounds.current(db.session(), now=datetime.now(UTC))
            voice(there[0], f"Pompa nomor {number} di Tirto mati.", datetime.now(UTC) - timedelta(hours=1), number)
            db.session.commit()
        read(replace(settings, big_round=big))
        with app.app_context():
            assert bool(db.session.scalar(select(func.count(Total.name)))) is (big == 0)
