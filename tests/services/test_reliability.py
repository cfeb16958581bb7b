"""What double coding tells: nothing before two have finished, known values after, the machine against people."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from analysis import agreement
from models import CodingSample, Mark, Point, SamplePoint, Theme
from models.vocabulary import MarkKind, SubmissionState, ThemeState
from services import coding, erasures, reliability
from services.errors import NotFound, NotThisState
from tests.services.factories import person
from tests.services.test_coding import counted, points


@pytest.fixture
def themes(session, run_id):
    """Three themes of the codebook."""
    query = select(Theme).where(Theme.state == ThemeState.ACTIVE).order_by(Theme.code).limit(3)
    return session.scalars(query).all()


@pytest.fixture
def people(session):
    return [person(session, name).id for name in ("Fulan", "Fulanah", "Fulan B")]


@pytest.fixture
def code(session, round_id, themes, people, now):
    """Draw a sample and code it: each word has a letter for each point (a, b, c, or - for none), one word a person."""
    letters = dict(zip("abc", (theme.code for theme in themes), strict=True)) | {"-": coding.NONE_FITS}

    def code(*words, machine=None, who=None, finished=None, seed=7):
        sample = coding.draw(session, round_id, seed=seed, size=len(words[0]), now=now).id
        drawn = points(session, sample)
        for person_id, word in zip(who or people, words, strict=False):
            for point_id, letter in zip(drawn, word, strict=True):
                coding.give(session, sample, point_id, person_id, letters[letter], now=now)
        for person_id in (who or people)[: len(words) if finished is None else finished]:
            coding.finish(session, sample, person_id, now=now)
        ids = dict(zip("abc", (theme.id for theme in themes), strict=True))
        for point_id, letter in zip(drawn, machine or "", strict=False):
            session.get_one(SamplePoint, (sample, point_id)).theme_id = ids.get(letter)
        session.flush()
        return sample

    return code


def test_nothing_is_told_before_two_people_have_finished(session, round_id, code):
    with pytest.raises(NotThisState, match="sedikitnya dua orang"):
        reliability.result(session, round_id)
    code("aab", "abb", finished=1)
    with pytest.raises(NotThisState, match="sedikitnya dua orang"):
        reliability.result(session, round_id)
    with pytest.raises(NotFound):
        reliability.result(session, 10**9)


def test_one_who_finished_in_one_sample_and_one_in_another_are_not_two(session, round_id, code, people, now):
    coding.close(session, code("aab", "abb", finished=1), now=now)
    code("abc", who=people[1:2])
    with pytest.raises(NotThisState):
        reliability.result(session, round_id)


def test_two_people_are_measured_by_kappa(session, round_id, code, themes):
    code("aaaaabbbbb", "aaaabbbbba", machine="aaaaaabbbc")
    found = reliability.result(session, round_id)
    # 8 of 10 alike, by chance 5 of 10
    assert (found.measure, found.people, found.points, found.value, found.share) == ("kappa", 2, 10, 0.6, 0.8)
    assert found.low < found.value < found.high and found.dropped == 0
    assert [(t.value, t.points) for t in found.themes] == [(0.8, 6), (0.8, 6)]
    assert {t.name for t in found.themes} == {themes[0].name, themes[1].name}
    (pair,) = found.confusions
    assert pair.points == 2 and {pair.one, pair.other} == {themes[0].name, themes[1].name}


def test_the_machine_is_right_only_where_it_says_what_everybody_said(session, round_id, code):
    code("aaaaabbbbb", "aaaabbbbba", machine="aaaaaabbbc")
    found = reliability.result(session, round_id)
    # alike on points 1-4 and 6-9; of these the machine differs on the sixth
    assert (found.together.hits, found.together.checked) == (8, 10)
    assert (found.machine.hits, found.machine.checked) == (7, 10)
    assert (found.machine.low, found.machine.high) == agreement.wilson(7, 10)
    assert found.still == agreement.still_to_check(7, 10, 0.05) > 0


def test_a_text_that_fits_none_is_right_where_the_machine_left_it_out(session, round_id, code):
    code("--a", "-aa", machine="---")
    found = reliability.result(session, round_id)
    assert (found.machine.hits, found.machine.checked) == (1, 3)
    assert "tidak ada tema yang cocok" in {t.name for t in found.themes}


def test_more_people_are_measured_by_alpha_and_the_unfinished_do_not_count(session, round_id, code):
    code("aabbc", "aabbb", "aabcb", machine="aabba")
    found = reliability.result(session, round_id)
    marks = {"1": "aaa", "2": "aaa", "3": "bbb", "4": "bbc", "5": "cbb"}
    expected = agreement.alpha({n: list(given) for n, given in marks.items()})
    assert (found.measure, found.people) == ("alpha", 3)
    assert (found.value, found.low, found.high, found.share) == (
        expected.value,
        expected.low,
        expected.high,
        expected.share,
    )
    assert (found.together.hits, found.machine.hits) == (3, 3)
    assert [pair.points for pair in found.confusions] == [2]


def test_of_three_only_the_two_who_finished_count(session, round_id, code):
    code("aab", "aab", "ccc", finished=2)
    found = reliability.result(session, round_id)
    assert (found.measure, found.people, found.value) == ("kappa", 2, 1.0) and found.confusions == ()


def test_all_samples_of_a_round_are_told_together(session, round_id, code, people, now):
    coding.close(session, code("aab", "aab"), now=now)
    code("abc", "abb")
    assert reliability.result(session, round_id).points == 6
    coding.close(session, coding.open_sample(session, round_id).id, now=now)
    code("cc", "cc", who=people[1:])
    found = reliability.result(session, round_id)
    assert (found.points, found.people, found.measure) == (8, 3, "alpha")


@pytest.mark.parametrize("way", ["withdraw", "erase", "correct"])
def test_what_left_the_sample_does_not_count(session, round_id, code, now, way):
    sample = code("aabb", "aaba", machine="aabb")
    point = session.get_one(Point, points(session, sample)[3])
    if way == "correct":
        point.changed_at = now + timedelta(hours=1)
    else:
        getattr(erasures, way)(session, point.submission_id, now=now + timedelta(hours=1))
    session.flush()
    found = reliability.result(session, round_id)
    assert (found.points, found.dropped, found.share, found.machine.hits) == (3, 1, 1.0, 3)
    assert found.sentences[-1].startswith("1 teks dari contoh tidak dihitung lagi")


def test_where_all_was_taken_back_nothing_is_told(session, round_id, code):
    sample = code("ab", "ab")
    for point_id in points(session, sample):
        session.get_one(Point, point_id).submission.state = SubmissionState.WITHDRAWN
    session.flush()
    with pytest.raises(NotThisState):
        reliability.result(session, round_id)


def mark(session, point_id, theme, person_id, at):
    session.add(Mark(point_id=point_id, kind=MarkKind.MOVE, theme_id=theme.id, actor_id=person_id, at=at))
    session.flush()


def test_points_that_a_person_had_placed_say_nothing_of_the_machine(session, round_id, code, themes, people, now):
    sample = code("aab", "aab", machine="aab")
    first, second, third = points(session, sample)
    mark(session, first, themes[0], people[2], now - timedelta(days=1))
    mark(session, second, themes[0], people[2], now + timedelta(days=1))
    found = reliability.result(session, round_id)
    assert found.points == 3 and (found.machine.hits, found.machine.checked) == (2, 2)
    for point_id in (second, third):
        mark(session, point_id, themes[0], people[2], now - timedelta(days=1))
    found = reliability.result(session, round_id)
    assert found.machine is None and found.together.checked == 3
    assert any("mesin tidak dibandingkan" in sentence for sentence in found.sentences)


def test_a_theme_that_was_merged_is_read_as_the_one_it_went_into(session, round_id, code, themes):
    code("aab", "acb", machine="cab")
    before = reliability.result(session, round_id)
    themes[2].state, themes[2].merged_into = ThemeState.MERGED, themes[0].id
    session.flush()
    found = reliability.result(session, round_id)
    assert (before.share, before.machine.hits) == (0.6667, 1)
    assert (found.share, found.machine.hits) == (1.0, 3) and len(found.themes) == 2


def test_a_wider_error_asks_for_fewer_and_what_is_left_is_told(session, round_id, code):
    code("aaaaabbbbb", "aaaabbbbba", machine="aaaaaabbbc")
    narrow, wide = (reliability.result(session, round_id, error=error) for error in (0.02, 0.15))
    assert narrow.still > narrow.left == wide.left == coding.left(session, round_id) >= wide.still > 0
    assert any(f"padahal yang tersisa hanya {narrow.left}." in sentence for sentence in narrow.sentences)
    assert any(f"15 poin persen, {wide.still} teks lagi perlu dinilai." in sentence for sentence in wide.sentences)
    known = reliability.result(session, round_id, error=0.4)
    assert known.still == 0 and any("sudah diketahui sampai lebih kurang 40" in s for s in known.sentences)
    with pytest.raises(ValueError, match="error"):
        reliability.result(session, round_id, error=0)


def test_the_sentences_say_the_numbers_and_no_more(session, round_id, code, themes):
    code("aaaaabbbbb", "aaaabbbbba", machine="aaaaaabbbc")
    found = reliability.result(session, round_id)
    first, meaning, confused, machine, still = found.sentences
    assert first.startswith(
        "Dua orang menilai 10 teks tanpa saling melihat dan sepakat pada 80 persen; kappa Cohen 0,60 ("
    )
    assert meaning.startswith("Nilai 1 berarti selalu sepakat")
    assert f"“{themes[0].name}”" in confused and f"“{themes[1].name}”" in confused and "2 teks" in confused
    assert (
        "pada 7 dari 10 teks: 70 persen (rentang 95 persen: 39,7 sampai 89,2)" in machine and "bulat pada 8" in machine
    )
    assert "5 poin persen" in still
    code_names = [theme.code for theme in themes]
    assert not any(name in sentence for name in code_names for sentence in found.sentences)


def test_people_are_counted_in_the_sentence_of_three(session, round_id, code):
    code("aabb", "aabb", "aabc")
    first = reliability.result(session, round_id).sentences[0]
    assert first.startswith(
        "3 orang menilai 4 teks tanpa saling melihat; rata-rata dua orang sepakat pada 83,3 persen;"
    )


@pytest.mark.parametrize("size", [2, 30])
def test_a_result_takes_four_statements_however_much_was_coded(session, round_id, code, size):
    code("a" * size, "a" * (size - 1) + "b")
    with counted(session) as statements:
        reliability.result(session, round_id)
    assert len(statements) == 4
    assert session.scalars(select(CodingSample.size)).all() == [size]
