"""The story of the demonstration: one round from its texts to its published answers, through the services alone."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from demo import story
from demo.past import STATE, State
from models import Decision, Event, Objection, Point, Release, Round, Scheme, Score, Submission
from models.engine import open_engine
from models.submission import STANDS
from models.vocabulary import CommentState, DecisionCode, DecisionState, ReleaseState
from services import answers, drafts, fates, followups, rounds
from services.explanations import REFUSALS

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


class Stopped(Exception):
    pass


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A data folder after its first start, in which the story was broken off once and told to its end."""
    data = tmp_path_factory.mktemp("story") / "data"
    environ = os.environ | {"DATA": str(data), "DEMO": "1"}
    command = [sys.executable, "-m", "flask", "--app", "app", "init"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True)

    def stop_after_the_third(line):
        if line.startswith("demo 3/"):
            raise Stopped

    with pytest.raises(Stopped):
        story.tell(data, datetime.now(UTC), size="kecil", say=stop_after_the_third)
    assert State.read(data).done == 3
    lines = []
    story.tell(data, datetime.now(UTC), size="kecil", say=lines.append)
    assert lines[0].startswith(f"demo 4/{len(story.STEPS)}") and len(lines) == len(story.STEPS) - 3
    return data


@pytest.fixture
def session(told):
    engine = open_engine(f"sqlite:///{told / 'urun.db'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def facts(told):
    return State.read(told).facts


def of_round(session, facts):
    return list(
        session.scalars(select(Point.id).join(Submission).where(Submission.round_id == facts["round_id"], STANDS))
    )


def test_what_was_broken_off_goes_on_and_nothing_is_done_twice(told, session, facts):
    number = select(func.count(Submission.id)).where(Submission.round_id == facts["round_id"])
    assert session.scalar(number) == 81, "80 of the generator and one with a PIN"
    assert session.scalar(select(func.count(Round.id))) == 2
    before = (told / STATE).read_bytes()
    story.tell(told, datetime.now(UTC), size="kecil", say=pytest.fail)
    assert (told / STATE).read_bytes() == before


def test_the_open_round_stays_the_one_in_front_with_its_98_texts(session, facts):
    now = datetime.now(UTC)
    current, shown = rounds.current(session, now=now)
    assert current != facts["round_id"] and shown.is_open
    assert session.scalar(select(func.count(Submission.id)).where(Submission.round_id == current)) == 98
    first = session.get_one(Round, facts["round_id"])
    assert first.closes_at < session.get_one(Round, current).opens_at and first.closes_at < now


def test_every_point_that_stands_has_a_published_answer(session, facts):
    points = of_round(session, facts)
    found = answers.of_points(session, points, now=datetime.now(UTC), is_published=True)
    assert len(points) >= 75 and found.keys() == set(points)
    assert all(answer.response and answer.reason for answer in found.values())


def test_the_receipt_and_pin_of_the_page_open_the_answer_with_the_changed_paragraph(session, facts):
    now = datetime.now(UTC)
    submission_id = followups.look_up(session, facts["receipt"], facts["pin"], now=now)
    assert submission_id is not None
    assert followups.look_up(session, facts["receipt"], "000000", now=now) is None
    point = session.scalars(select(Point.id).where(Point.submission_id == submission_id)).one()
    answer = answers.of_points(session, [point], now=now, is_published=True)[point]
    assert answer.code is DecisionCode.ACCEPTED_IN_PART and answer.paragraph_mark == "P-DIS-04"
    assert answer.text_before and answer.text_after and answer.text_before != answer.text_after


def test_every_refusal_was_confirmed_by_another_person(session, facts):
    rows = session.scalars(select(Decision).where(Decision.round_id == facts["round_id"])).all()
    assert {row.state for row in rows} == {DecisionState.CONFIRMED}
    refused = [row for row in rows if row.code in REFUSALS]
    assert refused and all(row.confirmed_by not in (None, row.made_by) for row in refused)


def test_the_release_passed_the_gate_and_two_persons_and_is_in_the_past(session, facts):
    release = session.get_one(Release, facts["release"])
    assert release.state is ReleaseState.RELEASED and release.leaks == []
    assert release.approved_by != release.released_by
    assert release.publish_at < datetime.now(UTC) < release.replies_until
    assert session.scalar(select(func.count(Objection.id))) == 0, "to object is left to who tries the demonstration"


def test_three_persons_scored_and_everything_left_its_trace(session, facts):
    by_round = select(Scheme.round_id, func.count(Score.person_id.distinct())).join(Score, Score.scheme_id == Scheme.id)
    scored = dict(session.execute(by_round.group_by(Scheme.round_id)).all())
    assert scored.pop(facts["round_id"]) == 3
    assert list(scored.values()) == [2], "of the open round the third is who tries the demonstration"
    actions = set(session.scalars(select(Event.action).distinct()))
    wanted = "round.begin import.submissions submission.aside point.mark scheme.fix scheme.reveal order.override"
    wanted += " decision.make decision.confirm conflict.link response.sign release.approve release.release"
    assert set(wanted.split()) <= actions


def test_a_folder_without_the_demonstration_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA", str(tmp_path))
    assert story.main([]) == 2 and "holds no demonstration" in capsys.readouterr().err


def test_the_state_is_readable_by_its_owner_alone(told):
    assert (told / STATE).stat().st_mode & 0o077 == 0


def test_the_second_version_of_the_draft_has_a_place_for_every_comment_on_the_first(session):
    newest = drafts.newest(session)
    assert newest.number == 2
    tally, commented = fates.tally(session, newest.id), Point.paragraph_id.is_not(None)
    said = session.scalar(select(func.count(Point.id)).join(Submission).where(commented, STANDS))
    assert sum(tally.comments.values()) == said > 30
    assert tally.comments.keys() >= {CommentState.APPLIES, CommentState.CHANGED, CommentState.MOVED}
    assert tally.added == 1 and sum(tally.paragraphs.values()) == 49
