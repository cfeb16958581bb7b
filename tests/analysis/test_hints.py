"""Hints: names after titles, a neighbourhood alone, a child's illness; offices and places are none."""

import pytest

from analysis.hints import hints
from tests.analysis.test_conformance import HOSTILE, spent


def found(text):
    return [(one.kind, text[one.start : one.end]) for one in hints(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tolong Pak Fulan datang", [("name", "Fulan")]),
        ("kata Bu RT Fulanah Sari kemarin", [("name", "Fulanah Sari")]),
        ("pak slamet yang jaga pompa", [("name", "slamet")]),
        ("Kemarin Siti jatuh di got", [("name", "Siti")]),
        ("warga rt 03 kebanjiran", [("address", "rt 03")]),
        ("anak saya asma karena asap", [("child_health", "anak saya asma")]),
        ("Sesak napas balita di sini. Tolong", [("child_health", "Sesak napas balita")]),
    ],
)
def test_what_may_point_to_somebody_is_found(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bapak Wali Kota Pekalongan, tolong got dikeruk",
        "Bu Lurah dan Pak Camat belum datang",
        "Bapak/Ibu petugas kebersihan",
        "Anak saya sekolah di sini. Orang tua banyak yang asma.",
        "Sakit sekali melihat sungai begini",
        "jalan rata dan trotoar rapi",
        "Mbah putri bilang air asin",
    ],
)
def test_offices_places_and_illness_apart_from_a_child_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_nothing_breaks_it_and_spans_stay_inside(name):
    for text in HOSTILE[name][:20]:
        for one in hints(text):
            assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_takes_at_most_twice_its_share_of_the_time(name):
    for text in HOSTILE[name][:3]:
        quarter, whole = spent(hints, text[: len(text) // 4]), spent(hints, text)
        assert whole < 8 * max(quarter, 0.01)
