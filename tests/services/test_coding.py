"""A sample that is drawn fairly, coded blind, and holds nothing of what was taken back."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, update

from models import Coding, CodingSample, Event, ImportFile, Point, Reading, SamplePoint, Submission, Theme
from models.vocabulary import ImportState, SubmissionState, ThemeState
from services import batches, coding, erasures
from services.errors import NotFound, NotThisState
from tests.services.factories import person


@contextmanager
def counted(session):
    """The statements sent to the database meanwhile."""
    seen, engine = [], session.get_bind()

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    session.flush()
    session.expire_all()
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def coder(session):
    return person(session, "Fulanah").id


@pytest.fixture
def sample(session, round_id, run_id, now):
    return coding.draw(session, round_id, seed=7, size=6, now=now).id


def points(session, sample_id):
    query = select(SamplePoint.point_id).where(SamplePoint.sample_id == sample_id).order_by(SamplePoint.position)
    return list(session.scalars(query))


def code_all(session, sample_id, person_id, now, code="-"):
    while (found := coding.next_point(session, sample_id, person_id)) is not None:
        coding.give(session, sample_id, found.point_id, person_id, code, now=now)


def test_one_seed_draws_one_sample_and_another_seed_another(session, round_id, run_id, now):
    drawn = []
    for seed in (7, 7, 8):
        nested = session.begin_nested()
        drawn.append(points(session, coding.draw(session, round_id, seed=seed, size=20, now=now).id))
        nested.rollback()
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(set(drawn[0])) == 20 and drawn[0] != sorted(drawn[0])


def test_near_identical_texts_are_drawn_once_and_held_ones_never(session, round_id, run_id, now):
    ids = list(session.scalars(select(Reading.point_id).order_by(Reading.point_id)))
    for point_id in ids[:4]:
        session.get_one(Reading, point_id).duplicate_group = "d-1"
    session.get_one(Point, ids[5]).submission.state = SubmissionState.HELD
    session.get_one(Reading, ids[6]).masked_text = ""
    session.flush()
    already = session.scalar(
        select(func.count(Reading.point_id) - func.count(Reading.duplicate_group.distinct())).where(
            Reading.duplicate_group.is_not(None)
        )
    )
    sample = coding.draw(session, round_id, seed=1, size=500, now=now)
    drawn = set(points(session, sample.id))
    assert sample.size == len(drawn) == len(ids) - 2 - already
    assert ids[0] in drawn and drawn.isdisjoint({*ids[1:4], ids[5], ids[6]})


def test_every_text_is_as_likely_to_be_drawn_however_often_it_was_sent(session, round_id, run_id, now):
    ids = list(session.scalars(select(Reading.point_id).order_by(Reading.point_id)))
    for point_id in ids[:50]:
        session.get_one(Reading, point_id).duplicate_group = "d-1"
    for point_id in ids[50:]:
        session.get_one(Reading, point_id).duplicate_group = None
    session.flush()
    hits = 0
    for seed in range(60):
        nested = session.begin_nested()
        hits += ids[0] in points(session, coding.draw(session, round_id, seed=seed, size=10, now=now).id)
        nested.rollback()
    # 10 of 49 texts; by the fifty sendings of the first it would be there nearly every time
    assert 3 <= hits <= 24


def test_a_stated_error_asks_for_its_number_and_what_is_left_is_enough(session, round_id, run_id, now):
    left = coding.left(session, round_id)
    assert 60 < left < 98
    sample = coding.draw(session, round_id, seed=1, error=0.15, now=now)
    assert sample.size == 39 and coding.left(session, round_id) == left - 39
    coding.close(session, sample.id, now=now)
    rest = coding.draw(session, round_id, seed=1, error=0.01, now=now)
    assert rest.size == left - 39 and set(points(session, rest.id)).isdisjoint(points(session, sample.id))
    coding.close(session, rest.id, now=now)
    with pytest.raises(NotThisState, match="Tidak ada teks"):
        coding.draw(session, round_id, seed=1, now=now)


def test_what_cannot_be_drawn_is_refused(session, round_id, sample, now):
    with pytest.raises(NotThisState, match="masih dibuka"):
        coding.draw(session, round_id, seed=1, size=5, now=now)
    with pytest.raises(NotFound):
        coding.draw(session, 10**9, seed=1, size=5, now=now)
    for wrong in ({"size": 0}, {"size": -3}, {"error": 0}):
        with pytest.raises(ValueError, match=r"sample|error"):
            coding.draw(session, round_id, seed=1, now=now, **wrong)
    assert session.scalar(select(func.count(CodingSample.id))) == 1


def test_a_round_without_readings_has_nothing_to_draw(session, round_id, now):
    with pytest.raises(NotThisState, match="Tidak ada teks"):
        coding.draw(session, round_id, seed=1, size=5, now=now)


def test_the_next_point_shows_masked_words_and_nothing_that_was_made_of_them(session, sample, coder):
    reading = session.get_one(Reading, points(session, sample)[0])
    reading.masked_text = "Hubungi [nomor] soal selokan"
    session.flush()
    found = coding.next_point(session, sample, coder)
    assert (found.point_id, found.text, found.language) == (reading.point_id, reading.masked_text, reading.language)
    assert set(found.__slots__) == {"point_id", "text", "language"}


def test_everybody_codes_the_same_points_in_the_same_order_and_sees_only_their_own(session, sample, coder, now):
    other = person(session, "Fulan").id
    first, second, *_ = points(session, sample)
    theme = session.scalars(select(Theme.code).where(Theme.state == ThemeState.ACTIVE).order_by(Theme.code)).first()
    coding.give(session, sample, first, coder, theme, now=now)
    assert coding.next_point(session, sample, coder).point_id == second
    assert coding.next_point(session, sample, other).point_id == first
    assert [(g.point_id, g.code) for g in coding.given(session, sample, coder)[0]] == [(first, theme)]
    assert coding.given(session, sample, other) == ([], None)


def test_a_code_is_changed_until_its_giver_has_finished(session, sample, coder, now):
    first, *rest = points(session, sample)
    theme = session.scalars(select(Theme.code).where(Theme.state == ThemeState.ACTIVE).order_by(Theme.code)).first()
    coding.give(session, sample, first, coder, theme, now=now)
    with pytest.raises(NotThisState, match="Masih 5 teks"):
        coding.finish(session, sample, coder, now=now)
    code_all(session, sample, coder, now)
    coding.give(session, sample, first, coder, coding.NONE_FITS, now=now + timedelta(minutes=1))
    coding.finish(session, sample, coder, now=now)
    rows = session.scalars(select(Coding)).all()
    assert len(rows) == 6 and all(row.theme_id is None for row in rows)
    with pytest.raises(NotThisState, match="sudah selesai"):
        coding.give(session, sample, rest[0], coder, theme, now=now)
    with pytest.raises(NotThisState, match="sudah selesai"):
        coding.finish(session, sample, coder, now=now)


def test_what_is_not_there_is_not_coded(session, sample, coder, now):
    inside = points(session, sample)
    outside = session.scalars(select(Reading.point_id).where(Reading.point_id.not_in(inside))).first()
    dead = session.scalars(select(Theme).where(Theme.state == ThemeState.ACTIVE)).first()
    dead.state = ThemeState.RETIRED
    session.flush()
    for sample_id, point_id, code in (
        (sample, outside, "-"),
        (sample, 10**9, "-"),
        (10**9, inside[0], "-"),
        (sample, inside[0], "tidak-ada"),
        (sample, inside[0], dead.code),
    ):
        with pytest.raises(NotFound):
            coding.give(session, sample_id, point_id, coder, code, now=now)
    with pytest.raises(NotFound):
        coding.finish(session, sample, coder, now=now)
    assert session.scalar(select(func.count()).select_from(Coding)) == 0
    assert dead.code not in {choice.code for choice in coding.choices(session)}


def test_a_closed_sample_is_coded_no_more(session, round_id, sample, coder, now):
    first = points(session, sample)[0]
    coding.give(session, sample, first, coder, "-", now=now)
    coding.close(session, sample, now=now, actor_id=coder)
    assert coding.next_point(session, sample, coder) is None and coding.open_sample(session, round_id) is None
    for deed in (
        lambda: coding.give(session, sample, first, coder, "-", now=now),
        lambda: coding.finish(session, sample, coder, now=now),
        lambda: coding.close(session, sample, now=now),
    ):
        with pytest.raises(NotThisState, match="sudah ditutup"):
            deed()


def test_progress_tells_how_far_each_person_is_and_nothing_else(session, sample, coder, now):
    assert coding.progress(session, sample) == []
    other = person(session, "Fulan").id
    coding.give(session, sample, points(session, sample)[0], coder, "-", now=now)
    code_all(session, sample, other, now)
    coding.finish(session, sample, other, now=now)
    found = coding.progress(session, sample)
    assert [(p.name, p.done, p.of, p.finished_at) for p in found] == [("Fulanah", 1, 6, None), ("Fulan", 6, 6, now)]


@pytest.mark.parametrize("way", ["withdraw", "erase", "correct"])
def test_words_that_were_taken_back_or_changed_leave_the_sample(session, sample, coder, now, way):
    first, second, *_ = points(session, sample)
    code_all(session, sample, coder, now)
    point, later = session.get_one(Point, first), now + timedelta(hours=1)
    if way == "correct":
        point.changed_at = later
    else:
        getattr(erasures, way)(session, point.submission_id, now=later)
    session.flush()
    coding.finish(session, sample, coder, now=later)
    assert [(p.done, p.of) for p in coding.progress(session, sample)] == [(5, 5)]
    assert [g.point_id for g in coding.given(session, sample, coder)[0]] == points(session, sample)[-5:]
    with pytest.raises(NotFound):
        other = person(session, "Fulan").id
        coding.give(session, sample, first, other, "-", now=later)
    assert coding.next_point(session, sample, other).point_id == second


def test_words_that_were_changed_before_the_drawing_are_coded_as_they_are(session, round_id, run_id, coder, now):
    for point in session.scalars(select(Point)):
        point.changed_at = now - timedelta(hours=1)
    session.flush()
    sample = coding.draw(session, round_id, seed=7, size=6, now=now).id
    code_all(session, sample, coder, now)
    assert [(p.done, p.of) for p in coding.progress(session, sample)] == [(6, 6)]


def test_erasure_leaves_no_link_to_the_text(session, sample, coder, now):
    first = points(session, sample)[0]
    code_all(session, sample, coder, now)
    erasures.erase(session, session.get_one(Point, first).submission_id, now=now)
    for model in (Coding, SamplePoint):
        assert session.scalar(select(func.count()).where(model.point_id == first)) == 0
    assert session.get_one(CodingSample, sample).size == 6


def test_undoing_an_import_takes_its_points_out_of_samples(session, sample, coder, now):
    code_all(session, sample, coder, now)
    file = ImportFile(name="a.csv", digest="a", kind="csv", state=ImportState.TAKEN, mapping={}, report={}, made_at=now)
    session.add(file)
    session.flush()
    session.execute(update(Submission).values(import_id=file.id))
    batches.undo(session, file.id, now=now)
    assert points(session, sample) == [] and coding.next_point(session, sample, coder) is None
    assert session.scalar(select(func.count()).select_from(Coding)) == 0


def test_pages_of_what_was_given_hold_every_point_once(session, sample, coder, now, monkeypatch):
    monkeypatch.setattr(coding, "PAGE", 4)
    code_all(session, sample, coder, now)
    first, after = coding.given(session, sample, coder)
    last, end = coding.given(session, sample, coder, after)
    assert [g.point_id for g in first + last] == points(session, sample) and end is None


def test_the_choices_are_the_codebook_in_the_readers_language(session, run_id):
    found = coding.choices(session, "en")
    live = session.scalar(select(func.count(Theme.id)).where(Theme.state.in_(("active", "proposed"))))
    assert len(found) == live and len({choice.code for choice in found}) == live
    assert {"Mobility"} & {choice.dimension_label for choice in found}


def test_the_audit_holds_who_drew_and_finished_and_no_words(session, sample, coder, now):
    code_all(session, sample, coder, now)
    coding.finish(session, sample, coder, now=now)
    rows = session.scalars(select(Event).where(Event.subject == "coding_sample").order_by(Event.id)).all()
    assert [row.action for row in rows] == ["coding.draw", "coding.finish"]
    assert rows[0].details == {"round": 1, "points": 6, "seed": 7} and rows[1].details == {}


@pytest.mark.parametrize("size", [3, 40])
def test_statements_do_not_grow_with_the_sample(session, round_id, run_id, coder, now, size):
    with counted(session) as drawing:
        sample = coding.draw(session, round_id, seed=1, size=size, now=now).id
    point_id = points(session, sample)[0]
    with counted(session) as asking:
        coding.next_point(session, sample, coder)
    with counted(session) as giving:
        coding.give(session, sample, point_id, coder, "-", now=now)
    code_all(session, sample, coder, now)
    with counted(session) as looking:
        coding.progress(session, sample)
    with counted(session) as reading:
        coding.given(session, sample, coder)
    with counted(session) as finishing:
        coding.finish(session, sample, coder, now=now)
    found = [len(s) for s in (drawing, asking, giving, looking, reading, finishing)]
    assert found == [6, 1, 6, 1, 1, 3]
