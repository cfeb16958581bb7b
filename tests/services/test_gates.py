"""The publication gate finds what points to a person wherever it stands, and lets clean files pass."""

import csv
import io
import time
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from analysis.mask import COVER, mask
from reports.documents import document
from reports.prints import page
from reports.slides import deck
from reports.tables import Column, Sheet, workbook
from services.gates import scan
from tests.reports.sheets_of_paper import SLIDES, paper
from tests.services.planted import PLACES
from tests.services.planted.parcel import parcel

ROOT = Path(__file__).resolve().parents[2]
# Numbers that nobody can have, and a name nobody bears.
PLANTED = {
    "email": "fulan.bin@contoh.example",
    "phone": "0812-0000-0000",
    "identity": "3375014101990001",
    "name": "Fulanah Contohwati",
}
NAMES = ["Fulanah Contohwati", "Sari"]


def kinds(text, **more):
    return [leak.kind for leak in scan({"data.txt": text.encode()}, **more)]


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_planted_is_found(place, kind):
    file, content = PLACES[place](PLANTED[kind])
    leaks = scan({file: content}, names=NAMES)
    assert kind in {leak.kind for leak in leaks}
    told = " ".join(f"{leak.file} {leak.place} {leak.excerpt}" for leak in leaks)
    assert PLANTED[kind] not in told and COVER in told


@pytest.mark.parametrize("place", PLACES)
def test_the_same_file_with_nothing_planted_passes(place):
    file, content = PLACES[place]("selokan dekat pasar")
    assert scan({file: content}, names=NAMES) == []


def test_there_are_more_than_forty_places():
    assert len(PLACES) >= 40


@pytest.mark.parametrize(
    "number",
    [
        "081200000000",
        "0812 0000 0000",
        "0812.0000.0000",
        "0812/0000/0000",
        "0812 - 0000 - 0000",
        "(0812) 0000-0000",
        "(0812)00000000",
        "0812_0000_0000",
        "+62 812 0000 0000",
        "+62-812-0000-0000",
        "+62 (0) 812 0000 0000",
        "(+62) 812 0000 0000",
        "62812 0000 0000",
        "0062 812 0000 0000",
        "+62.812.0000.0000",
        "08 12 00 00 00 00",
        "0 8 1 2 0 0 0 0 0 0 0 0",
        "wa.me/6281200000000",
        "WA081200000000",
        "hp 81200000000",
        "O812-0000-0000",
        "o8120000 0000",
        "(0285) 000000",
        "0285 000000",
        "0285-000000",
        "0285/000000",
        "0285 - 00 00 00",
        "0285000000",
        "+62 285 000000",
        "+62285000000",
        "021 0000 0000",
        "+60 12-000 0000",
        "nol delapan satu dua nol nol nol nol nol nol nol nol",
        "kosong delapan satu dua, tiga tiga tiga tiga, nol nol nol nol",
        "0812\u20110000\u20110000",
        "٠٨١٢٠٠٠٠٠٠٠٠",
        "𝟎𝟖𝟏𝟐𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(number):
    assert kinds(f"tanya {number} saja") == ["phone"]


@pytest.mark.parametrize(
    "number",
    [
        "3375014101990001",
        "3375 0141 0199 0001",
        "3375-0141-0199-0001",
        "33.75.01.410199.0001",
        "337501 410199 0001",
        "33 75 01 41 01 99 0001",
        "3375014101 990001",
        "3 3 7 5 0 1 4 1 0 1 9 9 0 0 0 1",
        "3375 - 0141 - 0199 - 0001",
        "3375/0141/0199/0001",
        "NIK:3375014101990001",
    ],
)
def test_an_identity_number_is_found_however_it_is_parted(number):
    assert kinds(f"nomor {number} itu") == ["identity"]


@pytest.mark.parametrize(
    "address",
    [
        "fulan@contoh.example",
        "FULAN+rob@surat.contoh.example",
        "fulan (at) contoh.example",
        "fulan [at] contoh [dot] example",
        "fulan(at)contoh(titik)example",
        "fulan at contoh dot example",
        "fulan @ contoh.example",
        "fulan＠contoh．example",
        "fulan&#64;contoh.example",
        "fulan%40contoh.example",
        "fulan\\u0040contoh.example",
        "mailto:fulan@contoh.example?subject=rob",
        "fulan@contoh.example.json",
    ],
)
def test_an_address_is_found_however_it_is_hidden(address):
    assert set(kinds(f"tulis ke {address} saja")) == {"email"}


@pytest.mark.parametrize(("kind", "value"), [("phone", 81200000000), ("identity", 3375014101990001)])
def test_a_number_that_a_spreadsheet_took_for_an_amount_is_found(kind, value):
    table = workbook([Sheet("A", [Column("x", "x", "x")], [[float(value)]])], title="A", facts=[], made_at=MADE)
    assert {leak.kind for leak in scan({"a.xlsx": table})} == {kind}
    assert kinds(f"{value / 10 ** (len(str(value)) - 1)!r}E{len(str(value)) - 1}") == [kind]


MADE = datetime(2026, 11, 2, 8, 30)


@pytest.mark.parametrize(
    ("text", "names", "is_found"),
    [
        ("kata Fulanah Contohwati kemarin", ["Fulanah Contohwati"], True),
        ("kata FULANAH CONTOHWATI", ["Fulanah Contohwati"], True),
        ("kata fulanah contohwati", ["Fulanah Contohwati"], True),
        ("Fulanah-Contohwati", ["Hj. Fulanah Contohwati, S.E."], True),
        ("Fulanah  Contohwati", ["Bapak Fulanah Contohwati"], True),
        ("kata Fulanah Contohwati", ["Fulanah Contohwati Robiyah"], True),
        ("kata Fulanah Robiyah", ["Fulanah Contohwati Robiyah"], True),
        ("kata Contohwati Robiyah", ["Fulanah Contohwati Robiyah"], False),
        ("kata Fulanahku Contohwati", ["Fulanah Contohwati"], False),
        ("kata Fulan kemarin", ["Fulan"], True),
        ("bu fulanah bilang", ["Fulanah"], True),
        ("fulanah", ["Fulanah"], True),
        ("Jalan Sari Rasa", ["Sari"], False),
        ("di Jalan Sari itu", ["Sari"], False),
        ("warung Sari Rasa", ["Sari"], False),
        ("sari buah dan jamu", ["Sari"], False),
        ("kata Bu Sari tadi", ["Sari"], True),
        ("kata Ani", ["Ani"], False),
    ],
)
def test_a_name_is_found_as_whole_words(text, names, is_found):
    assert kinds(f"warga bilang: {text}" if text != "fulanah" else text, names=names) == ["name"] * is_found


def test_what_the_mask_knows_is_found_too():
    text = "nama saya Fulan, Fulanah binti Fulan\nmotor G 0000 XX\nRT 03/RW 05\nrek BRI 0000 01 000000 50 0"
    assert sorted(kinds(text)) == ["account", "address", "name", "name", "plate"]


def test_what_the_office_itself_publishes_may_stand_in_any_spelling():
    text = "Dinas: (0285) 000000, dinas@contoh.example, wa +62 812-0000-0000, Fulan Contohan"
    names = ["Fulan Contohan"]
    assert sorted(kinds(text, names=names)) == ["email", "name", "phone", "phone"]
    allowed = ["0285000000", "DINAS@contoh.example", "081200000000", "fulan contohan"]
    assert kinds(text, names=names, allowed=allowed) == []
    assert kinds(text, names=names, allowed=allowed[:3]) == ["name"]


def test_what_may_stand_covers_no_neighbour():
    assert kinds("dinas@contoh.example xdinas@contoh.example", allowed=["dinas@contoh.example"]) == ["email"]


def test_a_leak_tells_file_place_and_words_and_covers_itself():
    content = PLACES["hidden sheet"]("wa Fulan 0812-0000-0000 sore")[1]
    (leak,) = [leak for leak in scan({"data.xlsx": content}) if "(hidden)" in leak.place or "shared" in leak.place]
    assert (leak.file, leak.kind, leak.excerpt) == ("data.xlsx", "phone", f"wa Fulan {COVER} sore")


def test_the_same_thing_at_one_place_is_told_once():
    assert kinds("a@contoh.example a@contoh.example") == ["email"]


def test_a_file_that_cannot_be_read_stops_the_release_and_the_others_are_read_all_the_same():
    leaks = scan({"a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "b.txt": b"fulan@contoh.example"})
    assert [(leak.file, leak.kind) for leak in leaks] == [("a.xls", "unreadable"), ("b.txt", "email")]


def test_a_file_full_of_leaks_tells_some_hundred_of_them():
    text = "\n".join(f"fulan{n}@contoh.example" for n in range(2000))
    assert len(kinds(text)) == 500


# nothing is found where nothing is


@pytest.mark.parametrize(
    "text",
    [
        "PKL-7K3M-92 dan PKL-2CDF-08",
        sha256(b"rob").hexdigest(),
        "d08120000000081200000000abcdef12",
        "run 0812ab34-0000-4000-8000-081200000000",
        "2026-11-02T08:30:15.081234567+07:00",
        "0.08123456789012345",
        "0.8123456789012345 -6.8886081234567 109.6753081234567",
        "8.123456789012345e-05",
        "0.123456789012345",
        "rapat 08.00-10.00 2 November 2026",
        "rapat 08.12 - 10.00, 09:15-12:30",
        "2025-2029, 2030-2034, 2025 2026 2027 2028",
        "Rp 62.850.000.000 dan Rp8.500.000.000",
        "anggaran 13.500.000.000 rupiah",
        "kota mandiri 2025-2029",
        "nomor surat 045.2/0123/2026",
        "33.75.01.1001 Kauman",
        "5.1.02.01.01.0001",
        "logo@2x.png 1200x800",
        "npm/pkg@1.2.3/dist/a.js",
        "@media print { margin: 0 }",
        "air naik 40 cm @ pasar. Lalu surut",
        "available at example.org",
        "Nama: Dinas Komunikasi",
        "Boleh tampilkan nama saya: nama saya boleh disebut",
        "enam nama jalan salah tulis",
        "PP 59/2022, Permendagri 86/2017, Perda 30/2011",
        "URL http://127.0.0.1:8000/masukan/0123",
        "10 20 30 40 50 60 70 80 90",
        "satu dua tiga empat lima enam",
        "12.345.678 jiwa; 1.234.567.890 orang",
    ],
)
def test_what_only_looks_like_it_passes(text):
    assert kinds(text, names=NAMES) == []


def exports():
    """Files as a release has them, made of the example texts, masked as all published words are."""
    with (ROOT / "demo" / "submissions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [
        Column(key, key, "arti") for key in ("no_publik", "bulan", "kelompok", "teks", "digest", "lat", "skor", "pada")
    ]
    table = [
        [f"PKL-7K3M-{n:02d}", "2026-11", row["group"], mask(row["text"]).text, sha256(row["text"].encode()).hexdigest(),
         -6.8886 + n / 7919, 1 / (n + 1), MADE]
        for n, row in enumerate(rows)
    ]  # fmt: skip
    facts = [("Jalan baca", sha256(b"run").hexdigest()), ("Lisensi", "CC0")]
    book = workbook([Sheet("Masukan", columns, table)], title="Data terbuka", facts=facts, made_at=MADE)
    plain = io.StringIO()
    csv.writer(plain).writerows(table)
    return {"masukan.xlsx": book, "masukan.csv": plain.getvalue().encode("utf-8-sig")}


def test_real_exports_of_the_example_texts_pass():
    found = scan(exports(), names=NAMES)
    assert [(leak.place, leak.kind, leak.excerpt) for leak in found] == []


def test_papers_and_slides_of_ours_pass():
    slides = deck(SLIDES, title="Rob", facts=[("Hitungan", "3")], made_at=MADE)
    assert scan({"a.docx": document(paper()), "a.html": page(paper()), "a.pptx": slides}, names=NAMES) == []


def test_the_example_texts_as_they_came_in_do_not_pass():
    found = scan({"submissions.csv": (ROOT / "demo" / "submissions.csv").read_bytes()})
    assert {"phone", "number", "name"} <= {leak.kind for leak in found}


@pytest.mark.parametrize("file", ["static/urun.css", "static/keep.js", "demo/draft-masterplan.md", "plan/topics.csv"])
def test_files_of_the_site_pass(file):
    assert scan({file: (ROOT / file).read_bytes()}, names=NAMES) == []


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.png")), ids=lambda path: path.name)
def test_pictures_of_the_site_pass(picture):
    assert scan({picture.name: picture.read_bytes()}) == []


@pytest.mark.parametrize(
    "piece", ["0", "a@", "a@a.a ", "8", "(", "at ", "=3", "&#4", "%2", "\\u", "data:", "nol ", "0-"]
)
def test_a_long_text_of_anything_takes_linear_time(piece):
    text = piece * (200_000 // len(piece)) + "@1"
    start = time.process_time()
    scan({"a.txt": text.encode()}, names=NAMES)
    assert time.process_time() - start < 4


def test_a_hundred_thousand_cells_are_read_in_seconds():
    rows = "".join(f"{n},2026-11,warga,selokan di pasar mampet dan bau\r\n" for n in range(12_500))
    start = time.process_time()
    assert scan({"a.csv": rows.encode(), "b.zip": parcel({"c.csv": rows})}, names=NAMES) == []
    assert time.process_time() - start < 10
