"""Ranking: fixed scales, campaigns that do not buy a place, ties that stay ties."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pipeline import analyse
from analysis.priority import rank
from analysis.types import Plan, Text
from analysis.voices import COLUMNS, Voice, Voices


def places(result):
    return {r.theme: r.place for r in result.ranking}


@pytest.mark.parametrize("size", [50, 400])
def test_a_campaign_of_any_size_moves_its_theme_at_most_one_place(texts, plan, codebook, result, size):
    letter = next(t for t in texts if t.id == "S-035")
    flood = [replace(letter, id=f"Z-{n:04d}") for n in range(size)]
    after = places(analyse([*texts, *flood], plan=plan, codebook=codebook))
    before = places(result)
    theme = next(r.theme for r in result.readings if r.id == "S-035")
    assert abs(after[theme] - before[theme]) <= 1


def order(voices, themes=None, served=None):
    ready = Voices.of(voices, themes)
    return rank(ready, ready, served or {}, Plan(), 1)


VOICE = st.builds(
    Voice,
    theme=st.sampled_from("ABCDEFG"),
    group=st.sampled_from(["citizen", "agency", "academic"]),
    area=st.sampled_from([None, "k1", "k2", "k3"]),
    condition=st.sampled_from([None, 1, 2, 3, 4]),
    importance=st.sampled_from([None, 1, 2, 3, 4]),
    is_objection=st.booleans(),
    has_evidence=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(VOICE, min_size=2, max_size=40), st.sampled_from("ABCDEFG"))
def test_deleting_or_adding_a_theme_swaps_no_two_others(voices, gone):
    whole = Voices.of(voices, list("ABCDEFG"))
    left = np.array([v.theme != gone for v in voices])
    rest = replace(whole, **{name: getattr(whole, name)[left] for name in (*COLUMNS, "types")})
    kept = [(r.theme, r.score) for r in rank(whole, whole, {}, Plan(), 1) if r.theme != gone]
    assert [(r.theme, r.score) for r in rank(rest, rest, {}, Plan(), 1)] == kept


@settings(max_examples=40, deadline=None)
@given(st.lists(VOICE, min_size=2, max_size=40))
def test_renaming_a_theme_swaps_no_two_others(voices):
    renamed = [replace(v, theme="ZZZ") if v.theme == "A" else v for v in voices]
    before = {r.theme: (r.place, r.score) for r in order(voices)}
    after = {r.theme: (r.place, r.score) for r in order(renamed)}
    assert {("ZZZ" if t == "A" else t): place for t, place in before.items()} == after


OWN = st.tuples(
    st.sampled_from(
        ["rob masuk rumah", "jalan berlubang di depan pasar", "sampah menumpuk di sungai", "harga batik turun"]
    ),
    st.sampled_from(["citizen", "agency", "academic"]),
    st.sampled_from([None, "k1", "k2"]),
    st.integers(1, 4),
)
LETTER = "kami warga meminta pembangunan lapangan sepak bola yang baru segera dilaksanakan tahun ini juga"


@settings(max_examples=15, deadline=None)
@given(st.lists(OWN, min_size=4, max_size=16), st.integers(3, 40), st.sampled_from(["citizen", "academic"]))
def test_a_letter_of_any_size_from_any_group_moves_no_theme(plan, codebook, said, size, group):
    texts = [
        Text(f"A{n:03d}", f"{text} {n} {'abcdefghij'[n % 10] * 3}", group=g, area=area, condition=c, importance=5 - c)
        for n, (text, g, area, c) in enumerate(said)
    ]
    letters = [
        Text(f"Z{n:03d}", f"{LETTER} {said[0][0]}", group=group, area=f"k{n}", condition=1, importance=4)
        for n in range(size)
    ]
    before = places(analyse(texts, plan=plan, codebook=codebook))
    after = analyse([*texts, *letters], plan=plan, codebook=codebook)
    assert [c.members for c in after.campaigns if "Z000" in c.members] == [tuple(t.id for t in letters)]
    for theme, place in places(after).items():
        assert abs(place - before.get(theme, place)) <= 1, theme


def test_a_letter_alone_puts_its_theme_on_the_list_once(plan, codebook):
    letters = [Text(f"Z{n}", f"{LETTER} pompa rob mati", group="citizen") for n in range(9)]
    result = analyse([*letters, Text("A", "jalan berlubang parah", group="citizen")], plan=plan, codebook=codebook)
    theme = next(r.theme for r in result.readings if r.id == "Z0")
    rank_ = next(r for r in result.ranking if r.theme == theme)
    assert dict(next(p for p in rank_.parts if p.code == "consensus").detail)["voices"] == 1


def test_many_people_who_say_the_same_few_words_are_no_letter(plan, codebook):
    texts = [Text(f"T{n}", "jalan rusak", group="citizen") for n in range(5)]
    result = analyse(texts, plan=plan, codebook=codebook)
    assert result.campaigns == ()
    assert dict(next(p for p in result.ranking[0].parts if p.code == "consensus").detail)["voices"] == 5


def test_the_place_if_every_sender_counted_stands_beside(plan, codebook):
    own = [Text(f"A{n}", f"jalan berlubang di gang {'abcdefg'[n] * 4}", group="citizen") for n in range(4)]
    letters = [Text(f"Z{n:02d}", f"{LETTER} pompa rob mati", group="citizen") for n in range(60)]
    result = analyse([*own, *letters], plan=plan, codebook=codebook)
    theme = next(r.theme for r in result.readings if r.id == "Z00")
    found = next(r for r in result.ranking if r.theme == theme)
    assert found.place == 2 and found.without_collapse == 1


def test_random_weights_say_how_firmly_a_theme_stands_among_the_first_ten():
    voices = [Voice(f"T{n:02d}", "citizen", f"k{n}", 1, 4, False, n == 0) for n in range(12) for _ in range(13 - n)]
    found = {r.theme: r.acceptability for r in order(voices)}
    assert found["T00"] == 1.0 and found["T00"] >= found["T11"] and all(0 <= v <= 1 for v in found.values())


def test_equal_scores_share_a_place():
    found = order([Voice(t, "citizen", None, 1, 4, False, False) for t in ("A", "B")])
    assert [r.place for r in found] == [1, 1] and found[0].ties_with == ("B",)


def test_a_lone_voice_does_not_reach_the_end_of_a_scale():
    lone = order([Voice("A", "citizen", None, 1, 4, False, True)])
    parts = {p.code: p.value for p in lone[0].parts}
    assert parts["gap"] < 80 and parts["consensus"] == 0 and parts["evidence"] < 100


def test_equal_weights_of_groups_change_nothing_to_the_byte(texts, codebook, plan):
    few = texts[:40]
    even = replace(plan, group_weights=tuple((group, 3.0) for group in sorted({t.group for t in few})))
    plain, weighed = (analyse(few, plan=p, codebook=codebook) for p in (plan, even))
    assert weighed.ranking == plain.ranking
    assert plain.run.parameters == (("themes", None), ("codebook", len(codebook)))


def test_a_group_that_weighs_more_pulls_its_theme_up_and_the_run_says_so():
    said = [Voice("JALAN", "citizen", None, None, None, False, False)] * 30
    said += [Voice("ROB", group, None, None, None, False, False) for group in ("agency", "academic")] * 4
    ready = Voices.of(said)
    even, heavy = Plan(), Plan(group_weights=(("citizen", 8.0),))
    assert [r.theme for r in rank(ready, ready, {}, even, 1)] == ["ROB", "JALAN"]
    assert [r.theme for r in rank(ready, ready, {}, heavy, 1)] == ["JALAN", "ROB"]
    few = [Text(str(n), "pompa rob mati", group="citizen") for n in range(3)]
    assert dict(analyse(few, plan=heavy).run.parameters)["group_weights"] == (("citizen", 8.0),)
    assert analyse(few, plan=heavy).run.input_hash != analyse(few, plan=even).run.input_hash


def test_as_they_came_has_every_theme_of_the_ranking(result):
    assert {theme for theme, _ in result.as_they_came} == {r.theme for r in result.ranking}
    assert [place for _, place in result.as_they_came] == sorted(place for _, place in result.as_they_came)
