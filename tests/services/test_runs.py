"""Runs: what is due, round by round, which round is taken up next, and that one run is under way at a time."""

from contextlib import contextmanager
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, event, select

from models import Point, Reading, Run, Submission, Theme, ThemeWord
from models.vocabulary import Level, RunState
from services import consultations, erasures, followups, insights, materials, publications, readings, runs, submissions
from services.consultations import TEXTS, Terms
from tests.services.conftest import read
from tests.services.factories import key

JAKARTA = ZoneInfo("Asia/Jakarta")
APRIL = timedelta(days=150)  # from `now`, in the plan's round, into the round of April 2027


@pytest.fixture
def april(session, now):
    """A round after the plan's, open in April 2027."""
    texts = {name: f"isi {name}" for name in TEXTS}
    terms = Terms(date(2027, 4, 1), date(2027, 4, 30), date(2027, 6, 1), Level.INVOLVE, texts)
    return consultations.begin(session, terms, zone=JAKARTA, now=now, actor_id=None)


def send(session, round_id, now, text="Selokan pasar mampet tiap hujan"):
    draft = submissions.Draft(text=text, topic="rob-dan-banjir")
    return submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now).submission_id


@contextmanager
def counted(session):
    """The statements sent to the database meanwhile."""
    seen, engine = [], session.get_bind()

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    session.flush()
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def both(session, round_id, april, now):
    """Two rounds with voices that are read: the ids of two submissions of the older one."""
    older = [send(session, round_id, now), send(session, round_id, now, "Lampu jalan di gang kami padam")]
    read(session, round_id, now + timedelta(hours=1))
    send(session, april, now + APRIL)
    read(session, april, now + APRIL + timedelta(hours=1))
    assert runs.waiting(session, now=now) == []
    return older


def test_a_late_withdrawal_in_an_older_round_is_due_while_a_newer_one_is_open(session, round_id, april, both, now):
    late = now + APRIL + timedelta(days=1)
    erasures.withdraw(session, both[0], now=late)
    assert runs.waiting(session, now=now) == [round_id]
    assert not runs.is_due(session, april, now=now)
    claimed = runs.claim_next(session, now=late + timedelta(minutes=1))
    assert claimed is not None and claimed[0] == round_id
    result = readings.analyse(materials.gather(session, round_id))
    readings.store(session, claimed[1], result, now=late + timedelta(minutes=2))
    assert session.get_one(Run, claimed[1]).received == 1
    assert runs.waiting(session, now=now) == []


def test_a_late_correction_in_an_older_round_is_read_again(session, round_id, both, now):
    late = now + APRIL + timedelta(days=1)
    followups.correct(session, both[1], 1, "Lampu jalan sudah menyala, trotoar rusak", now=late)
    assert runs.waiting(session, now=now) == [round_id]
    read(session, round_id, late + timedelta(minutes=1))
    assert "trotoar rusak" in str(session.scalars(select(Reading.masked_text)).all())


def test_what_waits_longest_is_taken_up_first(session, round_id, april, both, now):
    late = now + APRIL + timedelta(days=1)
    send(session, april, late, "Halte bus tidak beratap")
    erasures.withdraw(session, both[0], now=late + timedelta(minutes=5))
    assert runs.waiting(session, now=now) == [april, round_id]
    erasures.withdraw(session, both[1], now=late + timedelta(minutes=6))
    assert runs.waiting(session, now=now) == [april, round_id], "a second change does not move a round"


def test_a_round_that_cannot_be_read_does_not_keep_the_others_waiting(session, round_id, april, both, now):
    late = now + APRIL + timedelta(days=1)
    erasures.withdraw(session, both[0], now=late)
    send(session, april, late + timedelta(minutes=5), "Halte bus tidak beratap")
    assert runs.claim_next(session, now=late + timedelta(minutes=6))[0] == round_id
    runs.release(session)  # the run failed
    assert runs.waiting(session, now=now) == [april, round_id]


def test_a_change_of_the_themes_is_due_in_every_round_that_was_read_and_the_newest_is_first(
    session, round_id, april, both, now
):
    session.scalars(select(Theme).limit(1)).one().changed_at = now + APRIL + timedelta(days=1)
    session.flush()
    assert runs.waiting(session, now=now) == [april, round_id]


def test_rounds_without_voices_are_never_due(session, round_id, april, now):
    session.scalars(select(Theme).limit(1)).one().changed_at = now + APRIL
    session.flush()
    assert runs.waiting(session, now=now) == []
    assert runs.claim_next(session, now=now) is None


def test_one_run_at_a_time_also_when_two_rounds_wait(session, round_id, april, now):
    send(session, round_id, now)
    send(session, april, now + APRIL)
    assert runs.claim_next(session, now=now + APRIL)[0] == round_id
    assert runs.claim_next(session, now=now + APRIL) is None
    assert runs.claim_next(session, now=now + APRIL + 2 * runs.LEASE)[0] == april


def test_desks_keep_showing_the_newest_round(session, round_id, april, both, now):
    shown = insights.newest_run(session).number
    late = now + APRIL + timedelta(days=1)
    erasures.withdraw(session, both[0], now=late)
    again = read(session, round_id, late + timedelta(minutes=1))
    assert again > shown
    assert insights.newest_run(session).number == shown
    assert publications.counts(session).received == 1


def test_a_receipt_counts_the_similar_voices_of_its_own_round(session, round_id, april, now):
    older = [send(session, round_id, now, f"Pompa rob di {place} mati tiap sore") for place in ("Tirto", "Degayu")]
    newer = send(session, april, now + APRIL, "Pompa rob di Krapyak mati tiap sore")
    read(session, april, now + APRIL + timedelta(hours=1))
    read(session, round_id, now + APRIL + timedelta(hours=2))
    others = [followups.status(session, submission_id).points[0].others for submission_id in (*older, newer)]
    assert others == [1, 1, 0]


def test_runs_of_an_older_round_do_not_push_out_those_of_the_newest(session, round_id, april, both, now):
    shown = insights.newest_run(session).number
    point = session.scalars(select(Point).where(Point.submission_id == both[0])).one()
    for minute in range(readings.KEPT_RUNS + 1):
        late = now + APRIL + timedelta(days=1, minutes=2 * minute)
        point.changed_at = late
        session.flush()
        read(session, round_id, late + timedelta(minutes=1))
    assert insights.by_dimension(session, insights.newest_run(session))
    assert insights.newest_run(session).number == shown


def test_looking_for_work_is_one_statement_however_many_rounds_there_are(session, round_id, both, now):
    with counted(session) as statements:
        runs.waiting(session, now=now)
    assert len(statements) == 1


def test_a_dead_workers_run_is_taken_up_again_in_its_own_round(session, round_id, april, now):
    send(session, round_id, now)
    _, run_id = runs.claim_next(session, now=now)
    later = now + 2 * runs.LEASE
    assert runs.claim_next(session, now=later)[0] == round_id
    assert session.get_one(Run, run_id).state is RunState.FAILED
    assert session.scalars(select(Submission.round_id)).all() == [round_id]


NIGHT = timedelta(hours=12)
SMALL = runs.Pace(big=97)  # so that the 98 examples are many


@pytest.fixture
def big(session, round_id, run_id, now):
    """The examples as a big round, with what its run learned of the words; the moment at which it was read."""
    began = now + timedelta(hours=1)
    number = runs.claim(session, round_id, now=began, is_asked_for=True)
    result = readings.analyse(materials.gather(session, round_id))
    readings.store(session, number, result, now=began, big=SMALL.big)
    return began


def test_what_comes_into_a_big_round_is_placed_and_not_read_anew(session, round_id, big):
    send(session, round_id, big)
    later = big + timedelta(minutes=1)
    assert runs.waiting(session, now=later, pace=SMALL) == []
    assert runs.arriving(session, now=later, pace=SMALL) == [round_id]
    assert runs.waiting(session, now=later) == [round_id], "a small round is read at once"
    assert runs.arriving(session, now=later) == []


def test_a_big_round_is_read_anew_when_one_in_twenty_is_new_or_its_run_is_a_day_old(session, round_id, big):
    send(session, round_id, big)
    assert runs.waiting(session, now=big + timedelta(hours=23), pace=SMALL) == []
    assert runs.waiting(session, now=big + timedelta(hours=24), pace=SMALL) == [round_id]
    for number in range(4):
        send(session, round_id, big, f"Lampu jalan di gang {number} padam")
    assert runs.waiting(session, now=big + timedelta(minutes=1), pace=SMALL) == [round_id]
    assert runs.arriving(session, now=big + timedelta(minutes=1), pace=SMALL) == []


def test_what_was_placed_counts_as_new_too(session, round_id, run_id, big):
    newest = session.scalar(select(Run.id).order_by(Run.id.desc()).limit(1))
    session.get_one(Run, newest).placed, session.get_one(Run, newest).received = 5, 103
    session.flush()
    assert runs.waiting(session, now=big + timedelta(minutes=1), pace=SMALL) == [round_id]


def test_a_change_in_a_big_round_waits_ten_minutes_after_its_run(session, round_id, big):
    session.scalars(select(Point).limit(1)).one().changed_at = big + timedelta(minutes=1)
    session.flush()
    assert runs.waiting(session, now=big + timedelta(minutes=9), pace=SMALL) == []
    assert runs.waiting(session, now=big + timedelta(minutes=10), pace=SMALL) == [round_id]


def test_in_the_night_a_big_round_with_something_new_is_read_once(session, round_id, big):
    night = runs.Pace(big=SMALL.big, night=big + NIGHT)
    assert runs.waiting(session, now=big + NIGHT, pace=night) == [], "nothing is new"
    send(session, round_id, big)
    assert runs.waiting(session, now=big + NIGHT - timedelta(seconds=1), pace=night) == []
    assert runs.waiting(session, now=big + NIGHT, pace=night) == [round_id]


def test_a_big_round_without_words_is_read_anew(session, round_id, big):
    session.execute(delete(ThemeWord))
    send(session, round_id, big)
    assert runs.waiting(session, now=big + timedelta(minutes=1), pace=SMALL) == [round_id]


def test_a_run_that_somebody_asks_for_needs_nothing_new_but_waits_for_another(session, round_id, big):
    later = big + timedelta(minutes=1)
    assert runs.claim(session, round_id, now=later) is None
    assert runs.claim(session, round_id, now=later, is_asked_for=True) is not None
    assert runs.claim(session, round_id, now=later, is_asked_for=True) is None
    assert runs.read_before(session) == [round_id]


def test_a_big_round_is_ready_for_what_comes_in_until_a_full_run_is_worth_it(session, round_id, big):
    soon = big + timedelta(minutes=1)
    assert runs.ready(session, now=soon, pace=SMALL) == [round_id]
    assert runs.ready(session, now=soon) == [], "98 are few"
    assert runs.ready(session, now=big + timedelta(days=1), pace=SMALL) == []
    assert runs.ready(session, now=soon, pace=runs.Pace(big=SMALL.big, night=soon)) == []
    newest = session.scalars(select(Run).order_by(Run.id.desc()).limit(1)).one()
    newest.placed, newest.received = 4, 102
    session.flush()
    assert runs.ready(session, now=soon, pace=SMALL) == []
