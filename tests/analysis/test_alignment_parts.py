"""The parts of the alignment: what of a text counts, the run in order, the best pairs, and how long all of it takes."""

import random
import time
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.alignment import align
from analysis.alignment.links import in_order
from analysis.alignment.pairing import pair_up
from analysis.alignment.versions import flatten, keys, weigh

ALIKE = [
    ("[P-DIS-04] Rob naik.", "Rob naik."),
    ("[P-DIS-04]: Rob naik.", "[P-DIS-12] Rob naik."),
    ("1. Rob naik.", "12) Rob naik."),
    ("1.2 Rob naik.", "1.3.1. Rob naik."),
    ("a) Rob naik.", "(3) Rob naik."),
    ("iv. Rob naik.", "• Rob naik."),
    ("## 3. Rob naik.", "– Rob naik."),
    ("BAB II PENDAHULUAN", "Bab 3. Pendahuluan"),
    ("Pasal 12", "Pasal 13."),
    ("Bagian Kedua", "BAGIAN KETIGA"),
    ("Bagian Kesebelas Hak Warga", "Bagian Kedua belas: Hak Warga"),
    ("Ayat (3)", "ayat (4)"),
    ("Tabel 5.2 Capaian", "Tabel 6.11. Capaian"),
    ("Gambar 3.1 – Peta rob", "Peta rob"),
    ("Lampiran II", "Lampiran III"),
    ("Aksi 3. Trotoar", "Aksi 12: Trotoar"),
    ("VI.1 Rob naik.", "IV.2.a Rob naik."),
    ("A.1. Rob naik.", "1.1.2 rob naik."),
    ("10 | Pompa | 3", "| 11 | Pompa | 3"),
    ("IKU-4. Rob naik.", "✓ Rob naik."),
    ("1.", "2)"),
    ("Rob  naik\n lagi", "rob NAIK lagi"),
    ("Rob “naik” – lagi", 'Rob "naik" - lagi'),
    ("Rob , naik ( lagi )", "Rob, naik (lagi)"),
    ("Rob naik. {elemen: struktur; opd: BPBD}", "Rob naik. {opd: DLH}"),
    ("ﬁnal Ｒob\u200b naik", "final Rob naik"),
]
UNLIKE = [
    ("10 persen", "15 persen"),
    ("2.500 warga", "3.500 warga"),
    ("Rob naik.", "Rob naik!"),
    ("Rob {naik}", "Rob {surut}"),
    ("10 | Pompa | 3", "10 | Pompa | 4"),
    ("10 | 20", "11 | 20"),
    ("Program 3 kelurahan", "Program 4 kelurahan"),
    ("Tabel 5.2 menunjukkan rob", "Tabel 5.3 menunjukkan rob"),
    ("08.30 Pembukaan", "09.30 Pembukaan"),
    ("2.5 juta", "3.5 juta"),
    ("Pasal 5-7 dicabut", "Pasal 5-8 dicabut"),
    ("Pasal 5", "Bab 5"),
    ("Pasal 5", "5."),
    ("Pasal 5 ayat (2) dicabut", "Pasal 6 ayat (2) dicabut"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_marks_numbering_and_the_shape_of_signs_do_not_count(one, other):
    assert flatten(one) == flatten(other) and align([one], [other]).pairs[0].state == "same"


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_words_figures_and_signs_do_count(one, other):
    assert flatten(one) != flatten(other) and align([one], [other]).pairs[0].state != "same"


def test_forms_of_a_word_are_one_word():
    assert keys("mengangkut") == keys("diangkut") == keys("pengangkutan") != keys("angin")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), max_size=7))
def test_the_run_in_order_is_the_longest_and_of_those_the_heaviest(items):
    kept = in_order([place for place, _ in items], [size for _, size in items])
    chosen = [item for item, stays in zip(items, kept, strict=True) if stays]
    runs = [
        c for k in range(len(items) + 1) for c in combinations(items, k) if list(c) == sorted(c, key=lambda i: i[0])
    ]
    assert tuple(chosen) in runs
    assert (len(chosen), sum(size for _, size in chosen)) == max((len(c), sum(size for _, size in c)) for c in runs)


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 99).map(lambda n: n / 100)))
def test_pairs_are_worth_most_together(worth):
    chosen = pair_up(worth, 0.3)
    assert len({o for o, _ in chosen}) == len({n for _, n in chosen}) == len(chosen)
    ways = (zip(range(4), way, strict=True) for way in permutations(range(4)))
    best = max(sum(max(worth.get(pair, 0) - 0.3, 0) for pair in way) for way in ways)
    assert sum(worth[pair] - 0.3 for pair in chosen) == pytest.approx(best)


def test_pairs_that_are_all_worth_the_same_take_no_longer():
    draw = random.Random(2)
    worth = {(draw.randrange(1_000), draw.randrange(1_000)): 0.8 for _ in range(20_000)}
    began = time.process_time()
    assert len(pair_up(worth, 0.3)) >= 999 and time.process_time() - began < 1


def test_a_word_of_every_paragraph_weighs_least_and_a_figure_less_than_a_word():
    version = weigh(["kota mangrove 12", "kota pompa", "kota lampu"], [])[0]
    assert version.words[0]["kota"] < version.words[0]["mangrove"] and version.words[0]["12"] < 1


@pytest.mark.slow
def test_three_thousand_paragraphs_take_seconds():
    draw = random.Random(5)
    stems = ["".join(draw.choices("abdegiklmnoprstu", k=6)) for _ in range(6_000)]
    weights = [1 / (n + 2) for n in range(6_000)]
    old = [" ".join(draw.choices(stems, weights, k=60)) for _ in range(3_000)]
    new = [" ".join(draw.choice(stems) if draw.random() < 0.3 else word for word in text.split()) for text in old]
    began = time.process_time()
    found = align(old, new)
    spent = time.process_time() - began
    assert sum(pair.new == (pair.old,) for pair in found.pairs) >= 2_990 and spent < 6
