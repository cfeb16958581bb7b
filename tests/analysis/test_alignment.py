"""Which paragraph became which: every state, every old paragraph once, nothing lost, and doubt where doubt is due."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.alignment import STATES, SURE, align
from analysis.alignment.certainty import NOT_QUITE
from analysis.alignment.versions import flatten

MARKET = "Pasar rakyat yang telah direvitalisasi dilengkapi pembayaran nontunai dan tempat pengolahan sampah."
LIGHTS = "Perbaikan titik gelap penerangan jalan dikerjakan berdasarkan laporan warga dengan batas waktu."
PUMPS = "Pompa banjir di setiap muara sungai diperiksa petugas sebelum musim hujan; hasilnya diumumkan."
SCHOOL = "Sekolah dan pesantren ramah anak memiliki jalur pelaporan perundungan yang menjaga kerahasiaan."
HEALTH = "Puskesmas memakai data kunjungan untuk menentukan rumah tangga yang perlu dikunjungi kader."
DRAFT = [MARKET, LIGHTS, PUMPS, SCHOOL, HEALTH]
APPS = "Aplikasi yang tumpang tindih atau tidak memiliki anggaran pemeliharaan dihentikan secara bertahap."


def states(old, new, fixed=None):
    return [pair.state for pair in align(old, new, fixed).pairs]


def links(old, new, fixed=None):
    return [pair.new for pair in align(old, new, fixed).pairs]


def changed(place, *texts):
    """The draft with other texts in one place."""
    return [*DRAFT[:place], *texts, *DRAFT[place + 1 :]]


# the six states

EDITS = {
    "a word": LIGHTS.replace("warga", "masyarakat"),
    "a sign": LIGHTS.replace(".", "!"),
    "words in another order": "Berdasarkan laporan warga, perbaikan titik gelap penerangan jalan dengan batas waktu "
    "dikerjakan.",
    "a sentence more": LIGHTS
    + " Lampu yang padam lebih dari sepekan diganti tanpa menunggu anggaran tahun berikutnya.",
    "half of it left": "Perbaikan titik gelap penerangan jalan.",
    "synonyms": "Titik gelap di jalan diperbaiki sesuai aduan masyarakat, dan tenggatnya ditetapkan.",
}


@pytest.mark.parametrize("kind", EDITS)
def test_a_paragraph_that_was_changed_in_its_place_is_edited(kind):
    found = align(DRAFT, changed(1, EDITS[kind]))
    assert [pair.state for pair in found.pairs] == ["same", "edited", "same", "same", "same"] and not found.added
    assert 0 < found.pairs[1].similarity <= NOT_QUITE and found.pairs[1].main == 1


def test_a_paragraph_that_was_taken_out_for_another_is_removed_and_the_other_added():
    found = align(DRAFT, changed(1, APPS))
    assert found.pairs[1].state == "removed" and found.added == (1,)
    assert found.pairs[1].new == () and found.pairs[1].main is None and found.pairs[1].similarity == 0


@pytest.mark.parametrize(("old", "new"), [("10 persen", "15 persen"), ("Target 2.500 rumah", "Target 3.000 rumah")])
def test_another_figure_is_an_edit_and_no_new_paragraph(old, new):
    assert states([*DRAFT[:2], old], [*DRAFT[:2], new]) == ["same", "same", "edited"]


def test_rows_that_differ_in_figures_alone_keep_their_places():
    old = [f"Sasaran tahun {2025 + n}: {10 + n} persen rumah tangga." for n in range(6)]
    new = [f"Sasaran tahun {2025 + n}: {15 + n} persen rumah tangga." for n in range(6)]
    assert links(old, new) == [(n,) for n in range(6)] and set(states(old, new)) == {"edited"}


def test_of_two_that_changed_places_the_shorter_one_moved():
    long, short = PUMPS + " " + APPS, HEALTH
    assert states([long, short], [short, long]) == ["same", "moved"]
    assert states([short, long], [long, short]) == ["moved", "same"]


def test_of_a_chapter_that_went_elsewhere_the_smaller_block_moved():
    others = [f"{word} disusun bersama warga setiap kelurahan." for word in ("Anggaran", "Jadwal", "Peta", "Regulasi")]
    assert states(DRAFT[:2] + others, others + DRAFT[:2]) == ["moved"] * 2 + ["same"] * 4


def test_a_paragraph_that_moved_and_was_edited_is_moved_and_less_than_the_same():
    found = align([*DRAFT, APPS], [APPS.replace("bertahap", "serentak"), *DRAFT])
    assert found.pairs[5].state == "moved" and found.pairs[5].new == (0,) and found.pairs[5].similarity < 1


def test_what_was_put_in_or_taken_out_before_it_moves_nothing():
    assert states(DRAFT, [APPS, *DRAFT]) == ["same"] * 5 and states(DRAFT, DRAFT[1:]) == ["removed"] + ["same"] * 4


def test_a_paragraph_that_came_apart_is_split_and_names_its_parts_in_order():
    found = align([MARKET, f"{LIGHTS} {PUMPS}", HEALTH], [MARKET, LIGHTS, PUMPS, HEALTH])
    assert found.pairs[1].state == "split" and found.pairs[1].new == (1, 2) and found.added == ()
    assert found.pairs[1].main in (1, 2) and found.pairs[1].similarity > 0.9


def test_a_list_in_a_sentence_that_became_items_is_split_into_all_of_them():
    items = ["cakupan air minum perpipaan", "jumlah rumah tidak layak huni", "lama perbaikan penerangan", "tinggi rob"]
    new = [MARKET, "Indikator:", *(f"– {item}" for item in items), SCHOOL]
    found = align([MARKET, "Indikator: " + "; ".join(items) + ".", SCHOOL], new)
    assert found.pairs[1].state == "split" and found.pairs[1].new == (1, 2, 3, 4, 5) and found.added == ()


def test_however_many_parts_there_are_all_are_found():
    items = [f"pompa {chr(97 + n // 26)}{chr(97 + n % 26)}wadung muara" for n in range(60)]
    found = align([MARKET, "; ".join(items), SCHOOL], [MARKET, *items, SCHOOL])
    assert found.pairs[1].new == tuple(range(1, 61)) and found.added == ()


def test_a_part_that_went_elsewhere_is_still_a_part():
    found = align([f"{LIGHTS} {PUMPS}", SCHOOL, HEALTH], [LIGHTS, SCHOOL, HEALTH, PUMPS])
    assert found.pairs[0].state == "split" and found.pairs[0].new == (0, 3)


def test_a_part_is_not_taken_for_another_paragraph_that_is_a_little_like_it():
    like = "Pompa banjir di muara sungai dirawat dinas dengan anggaran kota."
    found = align([f"{LIGHTS} {PUMPS}", SCHOOL, like], [LIGHTS, PUMPS, SCHOOL])
    assert [pair.state for pair in found.pairs] == ["split", "same", "removed"]


def test_two_remains_of_a_long_paragraph_are_not_the_whole_of_it():
    found = align([" ".join(DRAFT), APPS], [LIGHTS, APPS, HEALTH])
    assert found.pairs[0].state != "split" and len(found.added) >= 1


def test_a_new_paragraph_beside_one_that_was_edited_is_no_part_of_it():
    found = align(DRAFT, [MARKET, LIGHTS.replace("warga", "masyarakat"), APPS, *DRAFT[2:]])
    assert found.pairs[1].state == "edited" and found.added == (2,)


def test_two_paragraphs_that_became_one_are_merged_wherever_it_stands():
    for new in ([MARKET, f"{LIGHTS} {PUMPS}", SCHOOL, HEALTH], [f"{LIGHTS} {PUMPS}", MARKET, SCHOOL, HEALTH]):
        found = align(DRAFT, new)
        assert [pair.state for pair in found.pairs].count("merged") == 2 and found.added == ()
        assert found.pairs[1].new == found.pairs[2].new == (new.index(f"{LIGHTS} {PUMPS}"),)


def test_a_paragraph_whose_neighbour_was_taken_out_is_not_merged_with_it():
    assert states([LIGHTS, PUMPS], [LIGHTS]) == ["same", "removed"]
    assert states([LIGHTS, PUMPS], [LIGHTS.replace("warga", "masyarakat")]) == ["edited", "removed"]


# texts that stand several times, short ones, empty ones


def test_copies_are_told_apart_by_their_neighbours():
    old = [MARKET, "Indikator:", LIGHTS, "Indikator:", PUMPS, "Indikator:"]
    assert links(old, [MARKET, "Indikator:", PUMPS, "Indikator:"]) == [(0,), (1,), (), (), (2,), (3,)]


def test_copies_beside_edited_neighbours_go_with_them():
    old = [MARKET, "Indikator:", LIGHTS, "Indikator:", PUMPS, "Indikator:"]
    new = [MARKET.replace("rakyat", "tradisional"), "Indikator:", PUMPS.replace("hujan", "basah"), "Indikator:"]
    assert links(old, new) == [(0,), (1,), (), (), (2,), (3,)]


def test_copies_go_along_with_neighbours_that_were_edited_and_moved():
    old = [MARKET, "Indikator:", LIGHTS, "Indikator:"]
    new = [LIGHTS.replace("warga", "lurah"), "Indikator:", MARKET.replace("rakyat", "kota"), "Indikator:"]
    assert links(old, new) == [(2,), (3,), (0,), (1,)]


def test_equal_texts_without_any_neighbour_are_linked_in_order():
    assert links(["Setuju."] * 3, ["Setuju."] * 2) == [(0,), (1,), ()]
    found = align(["Setuju."], ["Setuju."] * 3)
    assert found.pairs[0].state == "same" and found.added == (1, 2)


def test_empty_texts_are_paragraphs_too():
    assert states(["", LIGHTS], ["", LIGHTS]) == ["same", "same"] and states(["", LIGHTS], [LIGHTS]) == [
        "removed",
        "same",
    ]
    assert align([], []).pairs == () and align([], ["a"]).added == (0,) and states(["a"], []) == ["removed"]


@pytest.mark.parametrize("count", [400, 1_500])
def test_texts_of_one_form_are_followed_by_their_place(count):
    old = [f"Sasaran {n % 9} persen rumah" for n in range(count)]
    new = [f"Sasaran {n % 9 + 9} persen rumah" for n in range(count)]
    assert links(old, new) == [(n,) for n in range(count)]


# pairs that are known for certain


def test_a_known_pair_holds_against_a_likeness_elsewhere():
    old, new = [LIGHTS, PUMPS], [LIGHTS.replace("jalan", "gang") + " " + APPS, LIGHTS.replace("jalan", "taman"), PUMPS]
    assert links(old, new) == [(1,), (2,)] and links(old, new, {0: 0}) == [(0,), (2,)]


def test_a_known_pair_that_was_written_anew_is_edited_and_wants_a_look():
    found = align(DRAFT, changed(1, APPS), {1: 1})
    assert found.pairs[1].state == "edited" and found.pairs[1].confidence < SURE and found.added == ()


def test_a_known_pair_is_not_believed_where_the_text_stands_elsewhere():
    assert links(DRAFT, [APPS, *DRAFT], {0: 0}) == [(n + 1,) for n in range(5)]
    assert states(DRAFT, [MARKET, *DRAFT[2:]], {0: 0, 1: 0}) == ["same", "removed", "same", "same", "same"]


def test_two_that_are_known_to_be_one_are_merged():
    assert states([LIGHTS, PUMPS], [f"{LIGHTS} {PUMPS}"], {0: 0, 1: 0}) == ["merged", "merged"]


@pytest.mark.parametrize("pair", [{0: 5}, {5: 0}, {-1: 0}, {0: -1}])
def test_a_known_pair_of_a_paragraph_that_is_not_there_is_an_error(pair):
    with pytest.raises(ValueError, match="no such pair"):
        align(DRAFT, DRAFT, pair)


# how sure


def test_what_stands_once_word_for_word_is_certain_and_a_copy_is_not():
    assert all(pair.confidence == pair.similarity == 1 for pair in align(DRAFT, DRAFT[::-1]).pairs)
    assert all(SURE <= pair.confidence < 1 for pair in align(["Setuju."] * 4, ["Setuju."] * 4).pairs)


def test_the_more_was_changed_the_less_sure_it_is():
    words, found = LIGHTS.split(), []
    for gone in (1, 4, 7):
        found.append(align(DRAFT, changed(1, " ".join(words[:-gone] + APPS.split()[:gone]))).pairs[1])
    assert [pair.state for pair in found] == ["edited"] * 3
    assert found[0].confidence > found[1].confidence > found[2].confidence


def test_two_that_are_equally_like_are_not_sure_and_one_alone_is():
    twin = LIGHTS.replace("jalan", "taman"), LIGHTS.replace("jalan", "pasar")
    alone = align([LIGHTS, HEALTH], [twin[0], APPS, HEALTH]).pairs[0].confidence
    beside = align([LIGHTS, HEALTH], [*twin, HEALTH]).pairs[0].confidence
    assert beside < SURE < alone


def test_half_a_paragraph_far_away_wants_a_look():
    far = [*DRAFT, "Titik gelap di gang diperbaiki sesuai aduan masyarakat, dan tenggatnya ditetapkan kelurahan."]
    pair = align(DRAFT, far[:1] + far[2:]).pairs[1]
    assert pair.confidence < SURE


# rules that hold for any texts

TEXTS = st.lists(
    st.sampled_from([*DRAFT, APPS, LIGHTS[:50], f"{PUMPS} {APPS}", "", "Indikator:", "1.", "10 persen", "🌊"])
)
WORDS = st.lists(st.text("abc 1.", max_size=12), max_size=8)


def check(old, new, found):
    assert [pair.old for pair in found.pairs] == list(range(len(old)))
    linked = {n for pair in found.pairs for n in pair.new}
    assert linked.isdisjoint(found.added) and sorted(linked | set(found.added)) == list(range(len(new)))
    assert list(found.added) == sorted(set(found.added))
    for pair in found.pairs:
        assert pair.state in STATES and list(pair.new) == sorted(set(pair.new))
        assert 0 <= pair.similarity <= 1 and 0 <= pair.confidence <= 1
        assert (pair.state == "removed") == (not pair.new) and (pair.state == "split") == (len(pair.new) > 1)
        assert pair.main in pair.new if pair.new else pair.main is None
        if pair.state == "same":
            assert flatten(old[pair.old]) == flatten(new[pair.main]) and pair.similarity == 1
        if pair.state == "merged":
            assert sum(pair.main in other.new for other in found.pairs) > 1


@settings(max_examples=150, deadline=None)
@given(TEXTS | WORDS, TEXTS | WORDS, st.data())
def test_every_old_paragraph_has_one_fate_and_every_new_one_an_ancestor_or_none(old, new, data):
    check(old, new, align(old, new))
    if old and new:
        places = st.dictionaries(st.integers(0, len(old) - 1), st.integers(0, len(new) - 1))
        check(old, new, align(old, new, data.draw(places)))


@settings(max_examples=50, deadline=None)
@given(TEXTS | WORDS)
def test_a_version_against_itself_is_the_same_throughout(texts):
    found = align(texts, texts)
    assert [(pair.state, pair.new) for pair in found.pairs] == [("same", (n,)) for n in range(len(texts))]


@given(st.permutations([*DRAFT, APPS]))
def test_distinct_texts_in_any_order_are_all_found_again(shuffled):
    texts = [*DRAFT, APPS]
    found = align(texts, shuffled)
    assert [shuffled[pair.main] for pair in found.pairs] == texts and found.added == ()
    kept = [pair.main for pair in found.pairs if pair.state == "same"]
    longest = max(k for k in range(7) if any(list(c) == sorted(c) for c in combinations(map(shuffled.index, texts), k)))
    assert kept == sorted(kept) and len(kept) == longest


@given(st.sets(st.integers(0, 5)))
def test_exactly_what_was_taken_out_is_removed_and_the_way_back_adds_it(gone):
    texts = [*DRAFT, APPS]
    rest = [text for n, text in enumerate(texts) if n not in gone]
    assert [n for n, state in enumerate(states(texts, rest)) if state == "removed"] == sorted(gone)
    assert align(rest, texts).added == tuple(sorted(gone)) and set(states(rest, texts)) <= {"same"}
