"""Inflected and otherwise spelt Javanese words lead to the word of the list, and Indonesian ones stay what they are."""

import pytest

from analysis import words
from analysis.features import is_content, key_of
from analysis.stem import stem


@pytest.mark.parametrize(
    ("javanese", "indonesian"),
    [
        ("omahku", "rumah"),
        ("segarane", "laut"),
        ("griyanipun", "rumah"),
        ("didandani", "perbaiki"),
        ("ndandani", "perbaiki"),
        ("nyimpenake", "simpan"),
        ("dikeduk", "keruk"),
        ("nduwure", "tinggi"),
        ("kutho", "kota"),
        ("konco", "teman"),
        ("lendut", "lumpur"),
        ("hapenya", "hp"),
    ],
)
def test_an_inflected_word_counts_as_the_indonesian_one(javanese, indonesian):
    assert key_of(javanese, "jv") == key_of(indonesian, "id")


@pytest.mark.parametrize("word", ["melarang", "tindakan", "makanan", "terkena", "kelemahan", "meter", "datang", "kita"])
def test_an_indonesian_word_is_not_taken_for_javanese(word):
    assert word not in words.javanese()
    assert key_of(word, "id") == stem(word)


def test_a_javanese_word_that_only_joins_says_nothing():
    assert not any(is_content(word) for word in ("ngarep", "saben", "mbok", "tesih", "nganti"))
    assert is_content("uwuh") and is_content("got")
