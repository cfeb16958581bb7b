"""Elements: what a cure is made of and whether it is digital, and nothing where the words do not tell."""

import pytest

from analysis.elements import element, nature
from tests.analysis.test_conformance import HOSTILE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tolong terbitkan perda dan sanksi untuk pembuang limbah", "superstructure"),
        ("Got di gang kami perlu dikeruk, pompanya rusak", "infrastructure"),
        ("Latih kader dan petugas, tambah anggaran perawatan", "structure"),
        ("The bylaw has no enforcement", "superstructure"),
    ],
)
def test_the_element_with_most_cues_is_guessed(text, code):
    guess = element(text)
    assert guess is not None and guess.code == code
    assert all(cue in text for cue in guess.cues)


@pytest.mark.parametrize("text", ["", "Terima kasih banyak", "Perda dan pompa"])
def test_without_cues_or_with_as_many_for_two_there_is_no_guess(text):
    assert element(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Aplikasi dan situsnya sering error", "digital"),
        ("Selokan mampet, sampah menumpuk", "non_digital"),
        ("Pasang sensor di pompa dan cctv di jembatan", "both"),
    ],
)
def test_the_nature_follows_the_cues(text, code):
    guess = nature(text)
    assert guess is not None and guess.code == code and guess.cues


def test_a_text_without_cues_has_no_nature():
    assert nature("Terima kasih banyak") is None


def test_a_cue_of_two_words_is_found_before_its_parts():
    assert element("Rumah pompa di utara").cues == ("Rumah pompa",)


def test_other_forms_of_a_word_are_cues_too():
    assert element("Pelatihan untuk kader").cues == ("Pelatihan", "kader")
    assert element("Selokannya penuh").cues == ("Selokannya",)


@pytest.mark.parametrize("name", sorted(set(HOSTILE) - {"a megabyte", "one word a million times"}))
def test_nothing_breaks_it_and_it_says_the_same_twice(name):
    for text in HOSTILE[name][:20]:
        assert element(text) == element(text)
        assert nature(text) == nature(text)
