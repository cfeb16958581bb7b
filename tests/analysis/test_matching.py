"""What a word says depends on its neighbours: after a word of place it says where, in an idiom nothing of its own."""

import numpy as np
import pytest

from analysis import corpus, features, matching
from analysis.codebook import frame
from analysis.pipeline import analyse
from analysis.types import CodebookTheme, Plan, Text

THEMES = (
    CodebookTheme("EDU", "Sekolah", None),
    CodebookTheme("DRAIN", "Selokan", None, include="Saluran air"),
    CodebookTheme("ANSWER", "Jawaban aduan", None, keywords=("jawab",)),
)


@pytest.mark.parametrize("place", ["depan", "sebelah", "ngarep", "near the"])
def test_what_stands_beside_something_is_about_the_thing_and_not_the_place(place):
    said = f"{'clogged ditch' if place.endswith('the') else 'selokan mampet'} {place} sekolah sekolahan"
    (reading,) = analyse([Text("1", said)], plan=Plan(), codebook=THEMES).readings
    assert reading.theme == "DRAIN"
    (plain,) = analyse([Text("1", "sekolah")], plan=Plan(), codebook=THEMES).readings
    assert plain.theme == "EDU"


def test_an_idiom_takes_back_what_its_words_say_alone():
    read = corpus.read([Text("1", "jawab"), Text("2", "tanggung jawab")])
    stems = features.build(read, np.zeros(2, dtype=bool))
    matcher = matching.open_matcher(read, stems, frame(THEMES))
    numbers, _ = matching.best(matcher, depth=1)
    assert matcher.themes[numbers[0, 0]] == "ANSWER" and numbers[1, 0] == -1


def test_a_javanese_text_and_its_indonesian_twin_stand_in_one_theme():
    said = {"1": "selokan depan rumah saya mampet", "2": "kalen ngarep omahku buntet"}
    readings = analyse([Text(n, text) for n, text in said.items()], plan=Plan(), codebook=THEMES).readings
    assert [r.theme for r in readings] == ["DRAIN", "DRAIN"]
