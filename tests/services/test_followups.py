"""Follow-ups: number and PIN open one's own submission; correcting leaves nothing of the old words."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import Event, Finding, Point, Reading, Submission
from models.vocabulary import SubmissionState
from services import erasures, followups, materials, readings, runs, submissions
from services.errors import NotFound, NotThisState, TooManyTries
from tests.services import decided
from tests.services.conftest import read

TEXT = "Selokan di depan pasar mampet sejak bulan lalu karena zubrowka"
NEW = "Selokan di depan pasar mampet, tolong dikeruk dua kali setahun"


def send(session, round_id, now, text=TEXT, key="k" * 22, **more):
    draft = submissions.Draft(text=text, **more)
    return submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key, now=now)


def look_up(session, number, pin, now):
    return followups.look_up(session, number, pin, now=now)


def test_number_and_pin_open_the_status(session, round_id, now):
    receipt = send(session, round_id, now)
    found = look_up(session, receipt.number.lower(), f" {receipt.pin[:3]} {receipt.pin[3:]}", now)
    status = followups.status(session, found)
    assert status.number == receipt.number and status.points[0].text == TEXT and status.is_standing


def test_a_wrong_pin_and_an_unknown_number_give_the_same_answer(session, round_id, now):
    receipt = send(session, round_id, now)
    wrong = f"{(int(receipt.pin) + 1) % 10**6:06d}"
    assert look_up(session, receipt.number, wrong, now) is None
    assert look_up(session, "PKL-2222-00", receipt.pin, now) is None


def test_eight_wrong_pins_close_a_receipt_for_ten_minutes(session, round_id, now):
    receipt = send(session, round_id, now)
    wrong = f"{(int(receipt.pin) + 1) % 10**6:06d}"
    for _ in range(followups.TRIES):
        look_up(session, receipt.number, wrong, now)
    with pytest.raises(TooManyTries):
        look_up(session, receipt.number, receipt.pin, now)
    assert look_up(session, receipt.number, receipt.pin, now + timedelta(minutes=11)) is not None


def test_the_status_of_no_submission_is_not_there(session):
    with pytest.raises(NotFound):
        followups.status(session, 10**9)


def test_corrected_words_are_read_again_and_the_old_ones_are_in_no_table(session, round_id, now):
    receipt = send(session, round_id, now)
    read(session, round_id)
    later = now + timedelta(minutes=1)
    assert followups.correct(session, receipt.submission_id, 1, NEW, now=later)
    assert session.scalar(select(Submission.text)) == session.scalar(select(Point.text)) == NEW
    assert session.scalar(select(func.count()).select_from(Reading)) == 0
    assert runs.is_due(session, round_id, now=now)
    read(session, round_id, later + timedelta(minutes=1))
    assert "dua kali setahun" in session.scalar(select(Reading.masked_text))
    assert "zubrowka" not in everything(session)


def everything(session):
    """All rows of what holds words, as one text."""
    rows = [*session.execute(select(Finding.__table__)), *session.execute(select(Reading.__table__))]
    rows += [*session.execute(select(Point.__table__)), *session.execute(select(Event.__table__))]
    return " ".join(map(str, rows))


def test_the_same_words_again_are_no_correction(session, round_id, now):
    receipt = send(session, round_id, now)
    assert not followups.correct(session, receipt.submission_id, 1, f"  {TEXT}\n", now=now)
    assert session.scalar(select(Point.changed_at)) is None


def test_corrected_words_leave_the_front_page_until_somebody_has_read_them(session, round_id, now):
    receipt = send(session, round_id, now)
    session.scalars(select(Point)).one().shown_at = now
    followups.correct(session, receipt.submission_id, 1, NEW, now=now)
    assert session.scalar(select(Point.shown_at)) is None


@pytest.mark.parametrize("state", [SubmissionState.WITHDRAWN, SubmissionState.ERASED])
def test_what_is_withdrawn_or_erased_cannot_be_corrected(session, round_id, now, state):
    receipt = send(session, round_id, now)
    session.get_one(Submission, receipt.submission_id).state = state
    with pytest.raises(NotThisState):
        followups.correct(session, receipt.submission_id, 1, NEW, now=now)


def test_a_point_that_is_not_there_cannot_be_corrected(session, round_id, now):
    receipt = send(session, round_id, now)
    with pytest.raises(NotFound):
        followups.correct(session, receipt.submission_id, 2, NEW, now=now)


def test_words_corrected_while_a_run_was_on_are_not_stored_by_it(session, round_id, now):
    receipt = send(session, round_id, now)
    run_id = runs.claim(session, round_id, now=now)
    result = readings.analyse(materials.gather(session, round_id))
    followups.correct(session, receipt.submission_id, 1, NEW, now=now + timedelta(seconds=5))
    readings.store(session, run_id, result, now=now + timedelta(seconds=9))
    assert session.scalars(select(Reading)).all() == []
    quoted = [q for quotes in session.scalars(select(Finding.quotes)) for q in quotes]
    assert quoted == [] and runs.is_due(session, round_id, now=now)


def test_the_status_tells_the_answer_once_it_is_public_and_only_then(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    mine = session.get(Point, points[0]).submission_id
    told = decided.response(session, decided.decision(session, round_id, theme_id=theme_id))
    assert followups.status(session, mine, now=now).points[0].answer is None
    told.release_id = decided.release(session, round_id).id
    session.flush()
    assert followups.status(session, mine, now=now).points[0].answer.response.startswith("Jadwal jaga")
    assert followups.status(session, mine, "en", now=now).points[0].answer.label == "Accepted"
    erasures.withdraw(session, mine, now=now)
    assert followups.status(session, mine, now=now).points[0].answer is None
