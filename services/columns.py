"""The columns of tables that are handed over: keys that stay, names and meanings in the reader's language."""

from dataclasses import fields
from typing import Any

from reports.tables import INDONESIAN, Column, Words
from services.tongue import N_, label, say

CRITERIA, QUOTES = 6, 3
LATER = N_("Diisi tim sesudah dibahas; di berkas ini masih kosong.")
# Key, label, meaning and width of the columns, in the order that the paper for meetings has.
LIST = (
    ("peringkat", N_("Peringkat"), N_("Tempat dalam urutan; nilai yang sama berbagi tempat."), 10),
    ("isu", N_("Isu"), N_("Nama tema; nama dari orang mendahului nama dari mesin."), 34),
    ("dimensi", N_("Bidang"), N_("Bidang tema menurut buku kode."), 16),
    ("dimensi_kedua", N_("Bidang kedua"), N_("Bidang lain yang paling sering dipilih penulisnya."), 16),
    ("elemen", N_("Elemen"), N_("Unsur yang disebut pada butirnya, dengan banyaknya."), 24),
    ("sifat", N_("Sifat"), N_("Digital atau bukan, dengan banyaknya."), 24),
    ("jumlah_masukan", N_("Jumlah masukan"), N_("Semua butir yang diterima pada tema ini."), 12),
    ("jumlah_peserta", N_("Jumlah peserta"), N_("Paling sedikit dan paling banyak orang di baliknya."), 12),
    ("jumlah_suara", N_("Jumlah suara"), N_("Satu suara tiap orang atau tiap teks yang hampir sama."), 12),
    ("kelompok_tercakup", N_("Kelompok tercakup"), N_("Kelompok yang menyebut tema ini."), 30),
    ("kelurahan_tercakup", N_("Kelurahan tercakup"), N_("Banyaknya kelurahan yang disebut."), 12),
    ("kondisi_rata2", N_("Keadaan rata-rata"), N_("Skala 1 (buruk) sampai 4 (baik)."), 12),
    ("kepentingan_rata2", N_("Pentingnya rata-rata"), N_("Skala 1 (tidak penting) sampai 4 (sangat penting)."), 12),
    ("kuadran_ipa", N_("Kuadran"), N_("Letak terhadap rata-rata semua tema yang dinilai."), 20),
    ("u", N_("Mendesak (U)"), LATER, 10),
    ("s", N_("Gawat (S)"), LATER, 10),
    ("g", N_("Berkembang (G)"), LATER, 10),
    ("usg", N_("USG"), LATER, 10),
    ("skor_tertimbang", N_("Skor tertimbang"), N_("Jumlah nilai dikali bobotnya, skala tetap 0–100."), 12),
    ("upaya", N_("Upaya"), LATER, 10),
    ("dampak", N_("Dampak"), LATER, 10),
    ("bukti", N_("Bukti"), N_("Banyaknya suara yang menyertakan rujukan."), 10),
    ("misi_rpjmd", N_("Misi RPJMD"), N_("Nomor misi menurut bidangnya dan menurut penulisnya."), 14),
    ("rentang_peringkat", N_("Rentang peringkat"), N_("Tempat ke-5 sampai ke-95 dari 200 undian suara."), 14),
    ("ubahan_tim", N_("Ubahan tim"), LATER, 14),
    ("alasan_ubahan", N_("Alasan ubahan"), LATER, 24),
)
BEFORE_SCORE = 18  # the criteria and their weights stand before the weighted score
PARTS = (
    ("peringkat", N_("Peringkat"), N_("Tempat dalam urutan."), 10),
    ("isu", N_("Isu"), N_("Nama tema."), 34),
    ("kriteria", N_("Kriteria"), N_("Bagian dari nilai."), 18),
    ("nilai", N_("Nilai"), N_("Skala tetap 0–100."), 10),
    ("bobot", N_("Bobot"), N_("Bobot dalam persen."), 10),
    ("sumbangan", N_("Sumbangan"), N_("Bagian dari skor tertimbang."), 12),
    ("arti", N_("Arti"), N_("Apa yang diukur kriteria ini."), 48),
    ("rincian", N_("Rincian"), N_("Dari apa nilainya di tema ini."), 40),
)
POINTS = (
    ("peringkat", N_("Peringkat"), N_("Tempat tema butir ini."), 10),
    ("isu", N_("Isu"), N_("Nama tema."), 30),
    ("no_registrasi", N_("Nomor tanda terima"), N_("Nomor masukan asalnya."), 16),
    ("kelompok", N_("Kelompok"), N_("Kelompok penulisnya."), 18),
    ("kelurahan", N_("Kelurahan"), N_("Kelurahan yang disebut penulisnya."), 20),
    ("kanal", N_("Kanal"), N_("Jalan masuknya."), 18),
    ("teks", N_("Teks"), N_("Kata-kata penulisnya, utuh; data pribadi ditutup."), 80),
    ("usul_redaksi", N_("Usul redaksi"), N_("Kalimat pengganti yang diusulkan, utuh; data pribadi ditutup."), 50),
    ("rujukan", N_("Rujukan"), N_("Bukti yang disebut penulisnya; data pribadi ditutup."), 40),
)
# As reports/tables.py has them; marked here, because reports know no languages.
WORDS = (
    N_("Keterangan"),
    N_("Lanjutan"),
    N_("lanjutan"),
    N_("Nomor"),
    N_("Lembar"),
    N_("Sel"),
    N_("Bagian"),
    N_("Dibuat"),
    N_("Kolom"),
    N_("Nama"),
    N_("Arti"),
)


def columns(rows: tuple[tuple[str, str, str, int], ...], lang: str) -> list[Column]:
    """Columns from their keys, names, meanings and widths."""
    return [Column(key, say(lang, name), say(lang, meaning), width) for key, name, meaning, width in rows]


def list_columns(criteria: list[tuple[str, dict[str, Any]]], lang: str) -> list[Column]:
    """The columns of the ranked list: the plan's criteria and their weights stand before the weighted score."""
    fixed = columns(LIST, lang)
    values, weights, quotes = [], [], []
    for n in range(1, CRITERIA + 1):
        row = criteria[n - 1][1] if n <= len(criteria) else {}
        name = label(row, "label", lang) or ""
        values.append(Column(f"k{n}", name, label(row, "meaning", lang) or "", 12))
        weights.append(
            Column(f"bobot_k{n}", say(lang, "Bobot %(name)s", name=name), say(lang, "Bobot dalam persen."), 10)
        )
    for n in range(1, QUOTES + 1):
        name = say(lang, "Contoh kutipan %(n)s", n=n)
        quotes.append(Column(f"contoh_kutipan_{n}", name, say(lang, "Kata-kata penulisnya; data pribadi ditutup."), 50))
    return [*fixed[:BEFORE_SCORE], *values, *weights, *fixed[BEFORE_SCORE:], *quotes]


def words(lang: str) -> Words:
    """The fixed words of a workbook."""
    return Words(**{f.name: say(lang, getattr(INDONESIAN, f.name)) for f in fields(Words)})
