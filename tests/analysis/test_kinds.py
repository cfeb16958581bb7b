"""Kinds: cue words and word groups in three languages, all texts at once as each alone."""

import numpy as np
import pytest

from analysis.kinds import ORDER, kinds, said
from analysis.normalise import normalise
from analysis.tokenise import tokenise


def read(text, chosen=None):
    plain = normalise(text)
    return {mark.type for mark in kinds(plain, tokenise(plain), chosen)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tolong selokan dikeruk", "proposal"),
        ("mugi lampu margi dipun pasang", "proposal"),
        ("please add a bench", "proposal"),
        ("banyune mbludag", "problem"),
        ("there is no shade", "problem"),
        ("sudah lapor, petugas bilang tunggu", "service_complaint"),
        ("piye iki", "question"),
        ("how much is the fee", "question"),
        ("matur nuwun, dalane wis alus", "support"),
        ("kami tidak setuju pasar dipindah", "objection"),
        ("emoh digusur", "objection"),
    ],
)
def test_cue_words_of_three_languages_tell_the_kind(text, kind):
    assert kind in read(text)


def test_one_cue_is_too_few_for_a_complaint_about_service_however_often_it_is_said():
    assert "service_complaint" not in read("petugas petugas petugas")


def test_a_word_group_counts_only_where_its_words_stand_together():
    assert "support" in read("terima kasih") and "support" not in read("kasih surat, terima besok")


def test_a_persons_own_choice_comes_first():
    marks = kinds("?", [], "support")
    assert [mark.type for mark in marks] == ["support", "question"]


def test_all_texts_at_once_are_read_as_each_alone(rows):
    texts = [row["text"] for row in rows] + ["", "?", "terima", "kasih", "petugas petugas"]
    chosen = [None] * (len(texts) - 1) + ["support"]
    numbers, tokens, bounds = {}, [], [0]
    for text in texts:
        tokens += [numbers.setdefault(word, len(numbers)) for word in tokenise(normalise(text))]
        bounds.append(len(tokens))
    asks = np.array(["?" in text for text in texts])
    found = said(np.array(tokens, dtype=np.int32), np.array(bounds), list(numbers), asks)
    picked = {number: kind for number, kind in enumerate(chosen) if kind}
    table, marks = found.kinds(picked), found.marks(0, len(texts), picked)
    assert table.shape == (len(texts), len(ORDER))
    for text, mine, row, mark in zip(texts, chosen, table, marks, strict=True):
        plain = normalise(text)
        assert mark == kinds(plain, tokenise(plain), mine), text
        assert {ORDER[place] for place in np.flatnonzero(row)} == {one.type for one in mark}, text
