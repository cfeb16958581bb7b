"""What tells little by itself, numbers alone and lines that stand in every section, goes where its section goes."""

import time

import pytest

from analysis.alignment import align

RIGHTS = "Setiap warga berhak menyampaikan masukan secara lisan, tertulis, atau elektronik."
TERMS = "Konsultasi publik berlangsung paling singkat dua puluh satu hari kalender."
DATA = "Data pribadi penyampai dihapus paling lambat setahun setelah rencana ditetapkan."
TEAM = "Wali Kota membentuk tim penyusun dengan unsur perguruan tinggi dan dunia usaha."
SHEETS = {
    "Pasar": "Pasar rakyat dilengkapi tempat pengolahan sampah organik.",
    "Sungai": "Pompa di muara diperiksa sebelum musim hujan tiba.",
    "Sekolah": "Jalur pelaporan perundungan menjaga rahasia pelapor.",
    "Trotoar": "Ubin pemandu tidak terpotong oleh lapak dan parkir.",
}


def sheet(name):
    return [f"Bidang {name}", "Tujuan", SHEETS[name], "Dilaporkan setiap semester kepada Wali Kota.", "Waktu: 2027."]


def sheets(*names):
    return [line for name in names for line in sheet(name)]


def articles(*texts, first=4):
    return [line for number, text in enumerate(texts, first) for line in (f"Pasal {number}", text)]


def fates(old, new):
    return [(pair.state, pair.new) for pair in align(old, new).pairs]


def test_the_number_of_an_article_follows_its_text_when_one_is_put_in_before_it():
    found = align(articles(RIGHTS, TERMS, DATA), articles(RIGHTS, TEAM, TERMS, DATA))
    assert [pair.new for pair in found.pairs] == [(0,), (1,), (4,), (5,), (6,), (7,)] and found.added == (2, 3)
    assert {pair.state for pair in found.pairs} == {"same"}


def test_the_number_of_an_article_goes_with_its_text_when_that_is_taken_out():
    assert fates(articles(RIGHTS, TERMS, DATA), articles(RIGHTS, DATA)) == [
        ("same", (0,)),
        ("same", (1,)),
        ("removed", ()),
        ("removed", ()),
        ("same", (2,)),
        ("same", (3,)),
    ]


def test_the_number_of_an_article_moves_with_its_text():
    found = align(articles(RIGHTS, TERMS, DATA), articles(DATA, RIGHTS, TERMS))
    assert [pair.new for pair in found.pairs] == [(2,), (3,), (4,), (5,), (0,), (1,)]
    assert [pair.state for pair in found.pairs] == ["same"] * 4 + ["moved"] * 2


def test_lines_of_a_section_that_was_taken_out_go_with_it():
    found = align(sheets("Pasar", "Sungai", "Sekolah"), sheets("Pasar", "Sekolah"))
    assert [pair.new for pair in found.pairs] == [*((n,) for n in range(5)), *[()] * 5, *((n,) for n in range(5, 10))]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_lines_of_a_section_that_was_taken_out_are_not_those_of_a_new_one(place):
    kept = [name for name in ("Pasar", "Sungai", "Sekolah") if name != "Sungai"]
    new = [*kept[:place], "Trotoar", *kept[place:]]
    found = align(sheets("Pasar", "Sungai", "Sekolah"), sheets(*new))
    assert {pair.state for pair in found.pairs[5:10]} == {"removed"}
    assert found.added == tuple(range(place * 5, place * 5 + 5))


def test_lines_of_a_section_stay_when_its_text_is_written_a_little_otherwise():
    old = sheets("Pasar", "Sungai", "Sekolah")
    new = [
        line.replace("sebelum musim hujan", "menjelang musim hujan").replace("Waktu: 2027.", "Waktu: 2028.")
        for line in old
    ]
    assert [pair.new for pair in align(old, new).pairs] == [(n,) for n in range(15)]


def test_two_short_lines_that_became_one_are_merged_though_another_is_like_one_of_them():
    old = [RIGHTS, "Pelaksana: Dinas Pasar.", "Waktu: Januari sampai Juni 2027.", TERMS, "Waktu: Juli 2027.", DATA]
    new = [RIGHTS, f"{old[1]} {old[2]}", TERMS, "Waktu: Januari sampai Juli 2027.", DATA]
    assert fates(old, new)[1:3] == [("merged", (1,))] * 2 and fates(old, new)[4] == ("edited", (3,))
    assert fates(new, old)[1] == ("split", (1, 2)) and align(new, old).added == ()


def test_two_short_lines_of_which_one_was_taken_out_are_not_merged():
    old = [RIGHTS, "Pelaksana: Dinas Pasar.", "Waktu: Januari sampai Juni 2027.", TERMS]
    assert [state for state, _ in fates(old, [RIGHTS, old[1], TERMS])] == ["same", "same", "removed", "same"]


def test_one_line_again_and_again_between_other_ends_takes_no_time():
    old, new = ["Awal satu.", *["Waktu: 2027."] * 2_000], ["Mula dua.", *["Waktu: 2027."] * 2_000, "Tutup."]
    began = time.process_time()
    found = align(old, new)
    assert len(found.added) < 20 and time.process_time() - began < 2


PERMIT = "Pemerintah menyusun peraturan satu pintu usaha mikro agar perizinan dan pembinaan memakai satu basis."
TWIN = "Pemerintah menyusun peraturan satu pintu usaha mikro dan nelayan kecil agar perizinan dan pembinaan satu basis."


def test_a_paragraph_whose_own_words_went_into_its_twin_is_merged_into_it():
    taken = PERMIT.replace("usaha mikro", "usaha mikro dan nelayan kecil")
    found = fates([PERMIT, RIGHTS, TWIN, TERMS], [taken, RIGHTS, TERMS])
    assert found[0] == found[2] == ("merged", (0,))


@pytest.mark.parametrize("text", [PERMIT, PERMIT.replace("usaha mikro", "usaha mikro dan pedagang kaki lima")])
def test_a_paragraph_of_whose_own_words_none_went_into_its_twin_is_removed(text):
    found = fates([PERMIT, RIGHTS, TWIN, TERMS], [text, RIGHTS, TERMS])
    assert found[0][0] in ("same", "edited") and found[2] == ("removed", ())


def test_another_matter_with_a_few_words_in_common_is_no_edit():
    old = [RIGHTS, "Dinas menyusun jadwal pengerukan saluran muara bersama warga pesisir.", TERMS]
    new = [RIGHTS, "Dinas menyusun daftar penerima beasiswa vokasi untuk lulusan sekolah menengah.", TERMS]
    assert fates(old, new)[1] == ("removed", ()) and align(old, new).added == (1,)
