"""Ranking: fixed scales, campaigns that do not buy a place, ties that stay ties."""

from dataclasses import replace

import pytest

from analysis.pipeline import analyse
from analysis.priority import Voice, rank
from analysis.types import Plan


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


def test_deleting_a_theme_swaps_no_two_others(texts, plan, codebook, result):
    gone = result.ranking[2].theme
    themes = {t.id: t.dimension for t in result.themes}
    voices = [
        Voice(r.theme, t.group, t.area, t.condition, t.importance, False, t.has_evidence, t.missions)
        for t, r in zip(sorted(texts, key=lambda t: t.id), result.readings, strict=True)
        if r.theme
    ]
    whole = [r.theme for r in rank(voices, voices, themes, plan, 1)]
    marked = [replace(v, theme="ZZZ") if v.theme == gone else v for v in voices]
    renamed = [r.theme for r in rank(marked, marked, themes, plan, 1) if r.theme != "ZZZ"]
    assert [t for t in whole if t != gone] == [t for t in renamed if t != gone]


def test_equal_scores_share_a_place():
    voices = [Voice(t, "citizen", None, 1, 4, False, False, ()) for t in ("A", "B")]
    found = rank(voices, voices, {"A": None, "B": None}, Plan(), 1)
    assert [r.place for r in found] == [1, 1] and found[0].ties_with == ("B",)


def test_a_lone_voice_does_not_reach_the_end_of_a_scale():
    voices = [Voice("A", "citizen", None, 1, 4, False, True, ())]
    parts = {p.code: p.value for p in rank(voices, voices, {"A": None}, Plan(), 1)[0].parts}
    assert parts["gap"] < 80 and parts["consensus"] == 0 and parts["evidence"] < 100
