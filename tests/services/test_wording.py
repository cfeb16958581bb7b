"""Sentences for findings are Indonesian sentences, without code words."""

import pytest

from services import wording

DETAILS = {
    "breadth": {"groups": ["academic", "citizen"]},
    "gap": {"condition_mean": 1.46, "importance_mean": 4.0},
    "spread": {"areas": ["tirto", "klego"]},
    "consensus": {"voices": 6, "objections": 1},
    "evidence": {"voices": 6, "with_reference": 2},
    "alignment": {},
}


@pytest.mark.parametrize("code", DETAILS)
def test_a_part_is_explained_without_code_words(code):
    said = wording.part_detail(code, DETAILS[code])
    for word in ("academic", "voices", "areas", "condition_mean", "objections"):
        assert word not in said


def test_the_gap_says_when_nobody_rated():
    assert "netral" in wording.part_detail("gap", {"condition_mean": None, "importance_mean": None})


def test_cue_words_are_marked_and_the_text_stays_whole():
    pieces = wording.mark_cues("Rob masuk; pompa mati.", ["rob", "pompa"])
    assert "".join(text for text, _ in pieces) == "Rob masuk; pompa mati."
    assert [text for text, is_cue in pieces if is_cue] == ["Rob", "pompa"]
