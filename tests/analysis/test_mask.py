"""Masking: what points to a person is covered, plain figures stay, and hostile input costs linear time."""

import time

import pytest

from analysis.mask import COVER, is_identity, mask

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("NIK 3375014101990001 saya", "identity", "3375014101990001"),
        ("KK 3375-0101-0199-0001", "identity", "0199"),
        ("kode 9999 9999 9999 9999", "number", "9999"),
        ("kirim ke fulan.bin+satu@surat.contoh.example ya", "email", "fulan"),
        ("wa +62 812 0000 0000", "phone", "812"),
        ("telp (0285) 000-0000", "phone", "000-0000"),
        ("rek BRI 0000 01 000000 50 0 an. saya", "account", "000000"),
        ("plat nomor g 0000 xx", "plate", "0000"),
        ("motor G 0000 XX parkir", "plate", "0000"),
        ("rumah di RT 03/RW 05", "address", "03"),
        ("RT/RW 003/005 kelurahan", "address", "005"),
        ("rw 5 rt 2 dekat musala", "address", "rt 2"),
        ("Nama saya Fulan bin Fulan, warga", "name", "Fulan"),
        ("nama saya fulan mau lapor", "name", "fulan"),
        ("namaku Fulanah dari Kauman", "name", "Fulanah"),
        ("jenengku Fulan, omahku kebanjiran", "name", "Fulan"),
        ("nami kula Fulanah", "name", "Fulanah"),
        ("Nama: Fulan Fulanah\nAlamat: Kauman", "name", "Fulan"),
        ("undangan untuk Fulanah binti Fulan", "name", "Fulanah"),
    ],
)
def test_a_personal_shape_is_covered_and_its_kind_is_told(text, kind, hidden):
    masked = mask(text)
    assert hidden not in masked.text and COVER in masked.text
    assert [found.kind for found in masked.findings] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "anggaran 13.500.000.000 rupiah",
        "tahun 2025-2029, lalu 2030-2034 2035-2039",
        "RW kami ada 27 rumah",
        "nama saya tidak ada di daftar penerima",
        "enam nama jalan salah tulis",
        "asma anak saya kambuh karena asap 3 hari",
        "rapat jam 08.00-10.00, hadir 120 orang",
        "P-ENV-06 dan PP 59/2022",
        "air naik 40 cm @ pasar",
    ],
)
def test_plain_figures_and_words_stay(text):
    assert mask(text).text == text


def test_a_name_in_small_letters_ends_where_speech_goes_on():
    assert mask("nama saya fulan mau lapor jalan rusak").text == f"{COVER} mau lapor jalan rusak"


def test_offsets_are_those_of_the_original():
    text = "hp 0812-0000-0000, nama saya Fulan, rt 1 rw 2"
    found = mask(text).findings
    assert [text[f.start : f.end] for f in found] == ["0812-0000-0000", "nama saya Fulan", "rt 1 rw 2"]


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("3375014101990001", True),
        ("3375010101990001", True),
        ("3375017202990001", False),
        ("3375013201990001", False),
        ("3375010113990001", False),
        ("9975010101990001", False),
        ("3375010101990000", False),
    ],
)
def test_an_identity_number_has_a_province_a_date_and_a_running_number(digits, is_one):
    assert is_identity(digits) == is_one


@pytest.mark.parametrize(
    "piece",
    [
        "0",
        "a@",
        "a@a.a ",
        "nama saya ",
        "nama saya A",
        "rt ",
        "rt0",
        "+62",
        "1 ",
        "rek 1",
        "x",
        " ",
        "3375014101990001 ",
        "-",
    ],
)
def test_a_megabyte_of_anything_takes_linear_time(piece):
    text = piece * (MEGABYTE // len(piece)) + "@1"
    start = time.process_time()
    mask(text)
    assert time.process_time() - start < 3
