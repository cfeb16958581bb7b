"""Sentences for findings are Indonesian sentences, without code words."""

import pytest
from sqlalchemy import select

from models import Theme
from models.vocabulary import ThemeState
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


def test_who_said_it_is_told_in_the_readers_language():
    assert wording.caption("citizen", "Tirto", "jv") == "Warga, Tirto, bahasa Jawa"
    assert wording.caption("citizen", "Tirto", "jv", "en") == "Citizen, Tirto, Javanese"
    assert wording.group_label(None) == "Tidak disebut"
    assert wording.kind_label("objection", "en") == "Objection" and wording.kind_label("xyz", "en") == "xyz"


@pytest.mark.parametrize(
    ("person", "english", "lang", "name"),
    [
        (None, "Tidal flooding", "en", "Tidal flooding"),
        (None, "", "en", "Rob"),
        (None, "Tidal flooding", "id", "Rob"),
        ("Air pasang", "Tidal flooding", "en", "Air pasang"),
    ],
)
def test_a_persons_name_for_a_theme_outranks_every_label(session, now, person, english, lang, name):
    theme = Theme(
        code="X", label_id="Rob", label_en=english, name_by_person=person, state=ThemeState.ACTIVE, changed_at=now
    )
    session.add(theme)
    session.flush()
    assert wording.theme_name(theme, lang) == name
    assert session.scalar(select(wording.theme_name(Theme, lang)).where(Theme.code == "X")) == name


@pytest.mark.parametrize(
    ("condition", "importance", "quarter"),
    [(1, 4, "A."), (2, 4, "B."), (1, 3, "C."), (2, 3, "D."), (None, 4, ""), (1, None, "")],
)
def test_the_quarter_is_read_against_the_means(condition, importance, quarter):
    gap = {"condition_mean": condition, "importance_mean": importance}
    assert wording.quarter(gap, (1.5, 3.5))[:2] == quarter
