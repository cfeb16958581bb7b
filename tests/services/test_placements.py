"""Placements: what comes into a big round stands in its theme at once, and every count is what counting anew gives."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from models import Finding, Reading, Run, Submission, Theme
from models.vocabulary import Group
from services import materials, placements, readings, runs, tallies, traces
from tests.services.factories import person
from tests.services.test_runs import big, send  # noqa: F401

LATER = timedelta(minutes=1)
ROB = "Air rob masuk rumah kami tiap sore dan pompa air rob tidak jalan"


@pytest.fixture
def newest(session, big):  # noqa: F811
    return session.scalar(select(func.max(Run.id)))


def put(session, round_id, now, *texts):
    """Send texts and place them; the readings of their points."""
    sent = [send(session, round_id, now, text) for text in texts]
    placements.place(session, round_id)
    session.expire_all()
    return [
        session.scalars(
            select(Reading).join(placements.Point, placements.Point.id == Reading.point_id)
            .where(placements.Point.submission_id == number)
        ).one_or_none()
        for number in sent
    ]  # fmt: skip


def counts(session, run_id):
    session.expire_all()
    run = session.get_one(Run, run_id)
    return {
        row.theme_id: (row.received, row.distinct_texts, row.people_min, row.people_max, row.groups)
        for row in session.scalars(select(Finding).where(Finding.run_id == run_id))
    }, (run.received, run.distinct_texts, run.people_min, run.people_max, run.unplaced)


def test_a_new_text_stands_in_its_theme_and_nothing_was_read_anew(session, round_id, newest, now):
    places = dict(session.execute(select(Finding.theme_id, Finding.place).where(Finding.run_id == newest)).all())
    (reading,) = put(session, round_id, now, ROB)
    assert session.get_one(Theme, reading.theme_id).code == "DIS-ROB"
    assert reading.words and reading.margin > 0 and reading.fingerprint and reading.run_id == newest
    assert session.get_one(Run, newest).received == 99 and session.get_one(Run, newest).placed == 1
    again = dict(session.execute(select(Finding.theme_id, Finding.place).where(Finding.run_id == newest)).all())
    assert again == places, "the list waits for the next run"


def test_the_counts_are_those_of_counting_anew(session, round_id, newest, now):
    fulan = person(session, "Fulan")
    texts = [ROB, ROB, ROB, "Sampah di bantaran sungai menumpuk dan bau", "Lampu jalan PJU di gang kami padam gelap"]
    sent = [send(session, round_id, now, text) for text in [*texts, "Jalan berlubang di dekat pasar rusak parah"]]
    for number, values in ((1, {"area": "krapyak"}), (3, {"person_id": fulan.id}), (4, {"person_id": fulan.id}),
                           (5, {"group": Group.AGENCY, "agency": "dpupr"})):  # fmt: skip
        for name, value in values.items():
            setattr(session.get_one(Submission, sent[number]), name, value)
    session.flush()
    assert placements.place(session, round_id) == len(sent)
    shown, whole = counts(session, newest)
    tallies.recount(session, newest, shown)
    assert counts(session, newest)[0] == shown
    run_counts = recounted(session, round_id)
    assert whole == run_counts


def recounted(session, round_id):
    """The whole round counted in one piece, as a theme of its own."""
    rows = session.execute(
        select(
            func.count(),
            func.count(tallies.DISTINCT.distinct()),
            func.count(tallies.SPEAKER.distinct()),
            func.count(tallies.case((tallies.SPEAKER.is_(None), tallies.ALIKE)).distinct()),
            func.count(tallies.case((tallies.SPEAKER.is_(None), 1))),
            func.count(tallies.case((Reading.theme_id.is_(None), 1))),
        )
        .select_from(Reading)
        .join(placements.Point, placements.Point.id == Reading.point_id)
        .join(Submission)
        .where(Submission.round_id == round_id)
    ).one()
    received, distinct, known, alike, unknown, unplaced = rows
    return received, distinct, known + alike, known + unknown, unplaced


def test_equal_texts_become_one_group_and_count_once(session, round_id, newest, now):
    first, second, third = put(session, round_id, now, ROB, ROB.upper() + "!", "Sampah di bantaran sungai menumpuk")
    assert first.duplicate_group == second.duplicate_group == f"D-{first.point_id:09d}"
    assert third.duplicate_group is None
    assert first.fingerprint == second.fingerprint != third.fingerprint


def test_a_text_that_no_word_reaches_waits_and_says_why(session, round_id, newest, now):
    unplaced = session.get_one(Run, newest).unplaced
    (reading,) = put(session, round_id, now, "Kelinci oranye melompati gitar piano biola")
    assert reading.theme_id is None and reading.theme_reason == "no_shared_words"
    assert session.get_one(Run, newest).unplaced == unplaced + 1


def test_nothing_is_placed_twice_nor_in_a_round_that_was_never_read(session, round_id, newest, now):
    put(session, round_id, now, ROB)
    assert placements.place(session, round_id) == 0
    assert session.get_one(Run, newest).placed == 1
    assert placements.place(session, 10**9) == 0


def test_what_was_withdrawn_is_not_placed_and_a_theme_that_is_gone_gets_nothing(session, round_id, newest, now):
    rob = session.scalars(select(Theme).where(Theme.code == "DIS-ROB")).one()
    rob.state, rob.merged_into = "merged", session.scalar(select(Theme.id).where(Theme.code == "ENV-RIVER"))
    number = send(session, round_id, now, "Sampah di bantaran sungai menumpuk")
    traces.forget(session, number, now=now)
    session.get_one(Submission, number).state = "withdrawn"
    session.flush()
    (reading,) = put(session, round_id, now, ROB)
    assert reading.theme_id != rob.id
    assert session.scalar(select(func.count(Reading.point_id))) == 99


def test_only_so_many_are_placed_in_one_step(session, round_id, newest, now):
    for number in range(3):
        send(session, round_id, now, f"{ROB} {number}")
    assert placements.place(session, round_id, most=2) == 2
    assert placements.place(session, round_id, most=2) == 1


def test_the_next_run_takes_over_what_was_placed(session, round_id, newest, now):
    put(session, round_id, now, ROB)
    again = runs.claim(session, round_id, now=now + 99 * LATER, is_asked_for=True)
    readings.store(session, again, readings.analyse(materials.gather(session, round_id)), now=now, big=97)
    assert (session.get_one(Run, again).received, session.get_one(Run, again).placed) == (99, 0)


def test_a_quick_look_finds_what_came_last_and_passes_over_what_lies_before(session, round_id, newest, now):
    early, late = send(session, round_id, now, ROB), send(session, round_id, now, f"{ROB} lagi")
    assert placements.place(session, round_id, most=0) == 0
    query = select(placements.Point.id).where(placements.Point.submission_id == late)
    last = session.scalar(query)
    assert placements.place(session, round_id, is_quick=True, most=2) == 2
    session.execute(delete(Reading).where(Reading.point_id != last))
    assert placements.place(session, round_id, is_quick=True) == 0
    assert placements.place(session, round_id) > 0
    assert early < late
