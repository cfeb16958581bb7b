"""Who says what: fixed scales, one voice that cannot shout, and agreement that stays agreement."""

import random
from dataclasses import replace

import pytest

from analysis.batch_out import as_document
from analysis.disagreement import disagreements
from analysis.pipeline import analyse
from analysis.voices import Voice, Voices


def voice(group, condition=None, *, objects=False, theme="T", types=()):
    return Voice(theme, group, None, condition, 4, objects, False, types)


def only(voices):
    found = disagreements(Voices.of(voices))
    assert len(found) == 1
    return found[0]


def test_no_voices_are_no_disagreement():
    assert disagreements(Voices.of([])) == ()


def test_one_group_has_nobody_to_disagree_with():
    found = only([voice("citizen", 1), voice("citizen", 4)])
    assert found.value is None and found.measure is None and found.groups[0].end == ""


def test_voices_without_a_group_are_shown_and_not_compared():
    found = only([voice("", 1), voice("citizen", 4)])
    assert found.value is None and [g.group for g in found.groups] == ["", "citizen"]


def test_groups_that_say_the_same_stand_at_zero_whatever_their_size():
    found = only([voice("citizen", 1)] * 12 + [voice("agency", 1)])
    assert found.value == 0 and found.measure is None and not any(g.end for g in found.groups)


def test_one_voice_against_one_does_not_reach_the_end_of_the_scale():
    lone = only([voice("citizen", 1, objects=True), voice("agency", 4)])
    many = only([voice("citizen", 1, objects=True), voice("agency", 4)] * 40)
    assert 0 < lone.value < 50 < many.value <= 100


def test_the_theme_stands_at_the_longer_of_its_two_distances():
    rated = [voice("citizen", 1)] * 5 + [voice("agency", 3)] * 5
    assert only(rated).measure == "condition"
    against = [voice("citizen", 2, objects=True)] * 5 + [voice("agency", 2)] * 5
    assert only(against).measure == "objection"
    ends = {g.group: g.end for g in only(against).groups}
    assert ends == {"citizen": "objection_high", "agency": "objection_low"}


def test_a_group_that_rated_nothing_is_no_end_of_the_condition():
    found = only([voice("citizen", 1)] * 3 + [voice("agency", 4)] * 3 + [voice("media")])
    assert {g.group: g.end for g in found.groups} == {
        "citizen": "condition_low",
        "agency": "condition_high",
        "media": "",
    }
    assert next(g for g in found.groups if g.group == "media").condition is None


def test_kinds_are_counted_for_each_group():
    voices = [voice("citizen", types=("problem", "proposal")), voice("citizen", types=("problem",)), voice("media")]
    found = only(voices)
    assert {g.group: g.types for g in found.groups} == {"citizen": (("problem", 2), ("proposal", 1)), "media": ()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_voices_does_not_matter(seed):
    draw = random.Random(seed)
    voices = [
        voice(draw.choice(["citizen", "agency", "media"]), draw.choice([None, 1, 2, 3, 4]), theme=draw.choice("AB"))
        for _ in range(60)
    ]
    mixed = draw.sample(voices, len(voices))
    assert disagreements(Voices.of(voices)) == disagreements(Voices.of(mixed))


def test_every_theme_with_a_place_says_who_says_what(result):
    assert [d.theme for d in result.disagreements] == sorted(r.theme for r in result.ranking)
    for found in result.disagreements:
        assert found.value is None or 0 <= found.value <= 100
        assert sum(g.voices for g in found.groups) >= 1


def test_a_repeated_letter_is_one_voice_and_the_document_says_it(result, texts, plan, codebook):
    themes = {t["id"]: t for t in as_document(result)["themes"]}
    letter = next(t for t in texts if t.id == "S-035")
    theme = next(r.theme for r in result.readings if r.id == "S-035")
    again = analyse([*texts, *(with_id(letter, n) for n in range(30))], plan=plan, codebook=codebook)
    after = {t["id"]: t for t in as_document(again)["themes"]}
    assert after[theme]["disagreement"]["groups"] == themes[theme]["disagreement"]["groups"]


def with_id(text, number):
    return replace(text, id=f"Z-{number}")
