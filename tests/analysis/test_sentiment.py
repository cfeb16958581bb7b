"""Sentiment: signs of words and word groups, what a negator turns round, all texts at once as each alone."""

import numpy as np
import pytest

from analysis import sentiment, words
from analysis.normalise import normalise
from analysis.sentiment import MARK, SENTIMENTS, mark, marked, negated, sentiments, signals
from analysis.tokenise import tokenise


def columns(lists):
    numbers, tokens = {}, []
    for line in lists:
        tokens += [numbers.setdefault(word, len(numbers)) for word in line]
    return np.array(tokens, dtype=np.int32), np.cumsum([0, *map(len, lists)]), list(numbers)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jalan sudah bagus", "positive"),
        ("jalan tidak bagus", "negative"),
        ("dalane ora apik", "negative"),
        ("mboten sae", "negative"),
        ("the lamp is not bright", "negative"),
        ("selokan tidak mampet", "neutral"),
        ("penerangan kurang terang", "negative"),
        ("petugas jarang ramah", "negative"),
        ("kaline mambu banget", "negative"),
        ("banyu mbludag", "negative"),
        ("pasar bersih tapi mahal", "mixed"),
        ("wifi tidak ada", "negative"),
        ("ora ono lampu", "negative"),
        ("usul pipa air bersih", "neutral"),
        ("usul tanam pohon di taman", "neutral"),
        ("", "neutral"),
    ],
)
def test_a_text_has_the_ring_of_its_words(text, said):
    assert sentiment.sentiment(tokenise(normalise(text))) == said


def test_raw_words_are_understood_without_being_spelled_out_first():
    assert sentiment.sentiment(["jln", "gk", "bagusss"]) == "negative"


def test_a_negator_reaches_three_words_and_not_into_the_next_text():
    tokens, bounds, vocabulary = columns([["tidak", "a", "b", "c", "d"], ["e"], ["belum"], ["f"], []])
    assert negated(tokens, bounds, vocabulary).tolist() == [False, True, True, True, False, False, False, False]


def test_all_texts_at_once_are_read_as_each_alone(rows):
    lists = [tokenise(normalise(row["text"])) for row in rows] + [[], ["tidak"], ["tidak", "ada"]]
    at_once = [SENTIMENTS[code] for code in sentiments(*columns(lists))]
    assert at_once == [sentiment.sentiment(line) for line in lists] and len(set(at_once)) == 4


def test_marked_columns_count_what_the_marked_words_say():
    lists = [["tidak", "bersih", "sekali", "bersih", "air", "air"], ["air"]]
    tokens, bounds, vocabulary = columns(lists)
    counts = marked(tokens, bounds, vocabulary).toarray()
    names = vocabulary + [MARK + word for word in vocabulary]
    for line, row in zip(lists, counts, strict=True):
        said = mark(line)
        assert {name: n for name, n in zip(names, row.tolist(), strict=True) if n} == {w: said.count(w) for w in said}


def test_signals_count_good_and_bad_words_near_a_negator_and_away_from_it():
    found = signals(*columns([["bagus", "tidak", "bersih"], ["rusak", "kotor"], []]))
    assert np.expm1(found).round().tolist() == [[1, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0]]


def test_no_word_is_both_good_and_bad_and_the_lists_are_large():
    lists = words.labelled("sentiment.txt")
    assert not lists["+"] & lists["-"] and not lists["!"] & (lists["+"] | lists["-"])
    assert len(lists["+"]) >= 250 and len(lists["-"]) >= 450 and len(lists["!"]) >= 20
