"""The command of double coding: draws, says how far people are, and tells a result only when there is one."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from models import CodingSample, Event, Round
from portal.extensions import db, people
from services import coding

pytestmark = pytest.mark.usefixtures("examples")


@pytest.fixture
def number(app):
    """The round that is open."""
    with app.app_context():
        return db.session.scalar(select(Round.id).order_by(Round.opens_at.desc()))


@pytest.fixture
def run(app, number):
    """Run `coding … --round`; returns exit code, output, errors."""

    def run(command, *words, round_id=number):
        done = app.test_cli_runner().invoke(args=["coding", command, "--round", str(round_id), *map(str, words)])
        return done.exit_code, done.stdout, done.stderr

    return run


def code(app, number, *roles):
    """Let people code all that is drawn, each the same, and finish."""
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        sample = coding.open_sample(session, number)
        for role in roles:
            person = people.find_user(email=f"{role}@demo.example").id
            while (found := coding.next_point(session, sample.id, person)) is not None:
                coding.give(session, sample.id, found.point_id, person, coding.NONE_FITS, now=now)
            coding.finish(session, sample.id, person, now=now)
        session.commit()


def test_a_sample_is_drawn_coded_and_told(app, run, number):
    code_, said, _ = run("draw", "--size", 5, "--seed", 7)
    assert (code_, said) == (0, "Contoh 1: 5 teks, benih 7.\n")
    code(app, number, "lead")
    code_, said, errors = run("result")
    assert code_ == 2 and "5 dari 5, selesai" in said and "sedikitnya dua orang" in errors
    code(app, number, "reviewer")
    code_, said, errors = run("result", "--error", "0.1")
    assert (code_, errors) == (0, "")
    assert "Dua orang menilai 5 teks" in said and "10 poin persen" in said
    assert "1.00\t5\ttidak ada tema yang cocok\n" in said


def test_without_a_seed_each_drawing_has_one_of_its_own_and_it_is_kept(app, run):
    _, first, _ = run("draw", "--size", 3)
    run("close")
    _, second, _ = run("draw", "--size", 3)
    with app.app_context():
        seeds = db.session.scalars(select(CodingSample.seed).order_by(CodingSample.id)).all()
        traces = db.session.scalars(select(Event.action).where(Event.subject == "coding_sample")).all()
    assert len(set(seeds)) == 2 and traces == ["coding.draw", "coding.close", "coding.draw"]
    assert [f"benih {seed}." in said for seed, said in zip(seeds, (first, second), strict=True)] == [True, True]


def test_what_cannot_be_done_ends_with_2_and_keeps_nothing(app, run):
    assert run("close") == (2, "", "Galat: Tidak ada contoh yang dibuka.\n")
    for command in ("draw", "result"):
        done = run(command, round_id=99)
        assert done == (2, "", "Galat: Tidak ada putaran 99.\n")
    run("draw", "--size", 3)
    code_, _, errors = run("draw", "--size", 3)
    assert code_ == 2 and errors.startswith("Galat: Contoh yang lama masih dibuka")
    for wrong in (("--size", 0), ("--error", 0), ("--error", 1), ("--seed", -1), ("--seed", 2**40)):
        assert run("draw", *wrong)[0] == 2
    with app.app_context():
        assert db.session.scalar(select(func.count(CodingSample.id))) == 1
