"""What every stage owes: empty, hostile and very long texts are read or told apart, and nothing is lost."""

import time

import pytest

from analysis import duplicates, mask
from analysis.pipeline import analyse
from analysis.types import Plan, Text

ODD = {
    "empty": "",
    "dot": ".",
    "spaces": " \n\t ",
    "emoji": "🌊🌊🌊",
    "control": "rob\x00 masuk\x07 rumah",
    "surrogate": "rob \ud800 masuk rumah",
    "long": "rob masuk rumah " * 20_000,
    "one word": "x" * 50_000,
    "mixed": "The road is broken, dalane rusak, jalan berlubang",
    "digits": "3" * 5000 + "@" * 5000 + "0812 " * 2000,
    "bidi": "\u202eابتثج rob\u202c",
    "towers": "e" + "\u0301" * 3000,
}


@pytest.mark.parametrize("with_codebook", [True, False])
def test_no_odd_text_breaks_a_stage_and_none_is_lost(plan, codebook, with_codebook):
    texts = [Text(name, text) for name, text in ODD.items()]
    result = analyse(texts, plan=plan, codebook=codebook if with_codebook else ())
    assert {r.id for r in result.readings} == set(ODD)
    for reading in result.readings:
        assert reading.theme or reading.theme_reason, reading.id
        assert reading.language in ("id", "jv", "en", "other")
    flags = {r.id: r.flags for r in result.readings}
    assert "cleaned" in flags["control"] and "too_long" in flags["long"] and "empty" in flags["emoji"]


def test_nothing_at_all_is_read_without_a_fault():
    result = analyse([], plan=Plan())
    assert not len(result.readings) and result.ranking == ()


def test_without_a_codebook_every_text_with_content_gets_a_theme(texts, plan):
    result = analyse(texts, plan=plan)
    assert sum(r.theme is None for r in result.readings) <= 2
    names = [t.name for t in result.themes]
    assert len(names) == len(set(names)) and all(names)


def test_the_number_of_themes_can_be_asked_for(texts, plan):
    assert len(analyse(texts, plan=plan, themes=5).themes) <= 5


def test_an_earlier_result_keeps_the_ids_of_themes(texts, plan):
    first = analyse(texts, plan=plan, themes=8)
    more = [*texts, Text("S-999", "jalan depan sekolah berlubang parah")]
    again = analyse(more, plan=plan, themes=8, previous={r.id: r.theme for r in first.readings})
    kept = {t.id for t in first.themes} & {t.id for t in again.themes}
    assert len(kept) >= 4


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("NIK 3375999999999999 saya", "3375999999999999"),
        ("nik 3375-9999-9999-9999", "9999"),
        ("hubungi 0812-0000-0000 ya", "0812"),
        ("wa +62 812 0000 0000", "812"),
        ("kirim ke fulan@contoh.example", "fulan@"),
        ("plat G 0000 XX parkir", "0000"),
        ("rumah di RT 03/RW 05", "03"),
        ("nama saya Fulan bin Fulan mau lapor", "Fulan"),
        ("rekening BRI 0000 01 000000 50 0", "000000"),
    ],
)
def test_personal_shapes_are_covered(text, hidden):
    assert hidden not in mask.mask(text).text


@pytest.mark.parametrize("text", ["anggaran 13.500.000.000 rupiah", "tahun 2025-2029", "ada 27 kelurahan", "RW kami"])
def test_plain_figures_stay(text):
    assert mask.mask(text).text == text


@pytest.mark.parametrize("text", ["0" * 20_000, "a@" * 10_000, "nama saya " * 2_000, "rt " * 7_000, "+62" * 7_000])
def test_masking_takes_linear_time(text):
    start = time.process_time()
    mask.mask(text)
    assert time.process_time() - start < 2


def test_short_equal_words_join_only_when_equal():
    found = duplicates.group(["setuju", "setuju", "setuju sekali"], 1)
    assert found.roots.tolist() == [0, 0, 2] and found.letters == set() and found.short == {0}
