"""Language: cue words, the automaton over many texts at once, and the same answers as the library gives."""

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis import language, words
from analysis.language import LANGUAGES, classify, languages
from analysis.tokenise import tokenise

TOLD = [
    ("id", "Warga sudah melapor tetapi selokan belum juga dikeruk"),
    ("id", "lampu jalan mati trs, tolong diganti yg baru"),
    ("jv", "Dalane wis suwe rusak, kapan arep didandani maneh?"),
    ("jv", "Nuwun sewu, toya ing griya kula sampun mboten mili wiwit wingi"),
    ("jv", "nyong wis nunggu kesuwen, pimen iki banyune ora mili"),
    ("en", "The street lamp near our house has been dark for weeks"),
    ("other", "!!! 🌊 123"),
]
ODD = [
    "",
    "?",
    "RUMAH KAMI TERENDAM ROB",
    "e\u0301te\u0301 " * 9,
    "水が家に入った",
    "rob \ud800 masuk",
    "\x00",
    "rob " * 20_000,
    "🌊" * 3_000,
    "Straße überflutet, bitte helfen",
]


def columns(texts):
    numbers, tokens, bounds = {}, [], [0]
    for text in texts:
        tokens += [numbers.setdefault(word, len(numbers)) for word in tokenise(text.lower())]
        bounds.append(len(tokens))
    return np.array(tokens, dtype=np.int32), np.array(bounds), list(numbers)


@pytest.fixture(scope="module")
def library():
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(language.CLASSES))
    return model


def test_each_language_is_told_by_its_own_words():
    texts = [text for _, text in TOLD]
    codes, _ = languages(texts, *columns(texts))
    assert [LANGUAGES[code] for code in codes] == [told for told, _ in TOLD]


def test_many_texts_at_once_and_one_text_alone_get_the_same_answer():
    texts = [text for _, text in TOLD] + ODD
    codes, is_guess = languages(texts, *columns(texts))
    alone = [language.language(text, tokenise(text.lower())) for text in texts]
    assert alone == [(LANGUAGES[code], bool(guess)) for code, guess in zip(codes, is_guess, strict=True)]


def test_the_model_says_what_the_library_says_and_is_as_sure(library, rows):
    texts = [row["text"] for row in rows] + [text for _, text in TOLD] + ODD
    codes, sure = classify(texts)
    for text, code, share in zip(texts, codes, sure, strict=True):
        named, confidence = library.classify(text[: language.LONGEST])
        if any(tokenise(text)):
            assert LANGUAGES[code] == ("id" if named == "ms" else named), text[:60]
        assert share == pytest.approx(confidence, abs=1e-4), text[:60]


def test_the_model_is_given_back_and_loaded_again():
    first = classify(["banjir di rumah"])
    language.forget()
    assert language._model.cache_info().currsize == 0
    again = classify(["banjir di rumah"])
    assert [a.tolist() for a in first] == [a.tolist() for a in again]


def test_few_words_without_a_cue_are_called_a_guess():
    assert language.language("Kauman", ["kauman"])[1] and language.language("", []) == ("other", True)


def test_no_word_stands_for_two_languages():
    cues = words.labelled("languages.txt")
    for one in language.KNOWN:
        for other in language.KNOWN:
            assert one == other or not cues[one] & cues[other]
