"""The catalogue: which papers there are, what each is for, in which forms; light enough for the site to know it."""

from dataclasses import dataclass
from enum import StrEnum

from services.errors import NotFound
from services.tongue import N_


class Shelf(StrEnum):
    """Who may take a paper: the team, whoever sees the audit, whoever sees contacts."""

    TEAM = "team"
    TRAIL = "trail"
    PERSON = "person"


TABLE = ("xlsx", "csv")
PAPER = ("docx", "html", "pdf")
ENDINGS = ("xlsx", "csv", "docx", "html", "pdf", "pptx", "json")
# Made by a program that is not everywhere; `export all` leaves it out where it is not installed.
TYPESET = "pdf"


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper: `name` and `purpose` are messages, `asks` the filters it knows beside round and language."""

    code: str
    slug: str
    name: str
    purpose: str
    endings: tuple[str, ...]
    shelf: Shelf = Shelf.TEAM
    asks: tuple[str, ...] = ()


CATALOGUE = (
    Entry(
        "X1",
        "register-masukan",
        N_("Register masukan"),
        N_("Setiap masukan dengan teks aslinya, untuk meja tim. Memuat data pribadi."),
        TABLE,
        asks=("dimension", "group"),
    ),
    Entry(
        "X2",
        "matriks-tanggapan",
        N_("Matriks tanggapan"),
        N_("Butir demi butir: keputusan, alasan, dan perubahan naskah. Bahan utama forum konsultasi publik."),
        TABLE + PAPER,
        asks=("dimension", "group", "public"),
    ),
    Entry(
        "X3",
        "berita-acara",
        N_("Berita acara"),
        N_("Catatan resmi pertemuan dengan daftar hadir; nomor dan tanda tangan diisi dengan tinta."),
        PAPER,
        asks=("meeting",),
    ),
    Entry(
        "X4",
        "rekap-keterwakilan",
        N_("Rekap keterwakilan"),
        N_("Siapa yang sudah bersuara, siapa yang belum, dan apa tindakannya. Lampiran berita acara."),
        TABLE + PAPER,
    ),
    Entry(
        "X5",
        "lembar-prioritas",
        N_("Lembar prioritas"),
        N_("Semua isu dengan hitungan, nilai tim, rentang, dan kutipan. Untuk diskusi teknis per bidang."),
        TABLE + PAPER,
        asks=("dimension",),
    ),
    Entry(
        "X6",
        "reviu-program",
        N_("Reviu program lama"),
        N_("Usul perangkat daerah, akademisi, dan penilaian warga atas tiap program, berdampingan."),
        TABLE + PAPER,
        asks=("dimension",),
    ),
    Entry(
        "X7",
        "matriks-keselarasan",
        N_("Matriks keselarasan"),
        N_("Bidang terhadap misi RPJMD dan acuan nasional; baris dan kolom yang kosong ditandai."),
        TABLE + PAPER,
    ),
    Entry(
        "X8",
        "rencana-aksi",
        N_("Rencana aksi (kerangka)"),
        N_("Kerangka tabel rencana aksi dari keputusan tim; indikator, target, dan pagu diisi kemudian."),
        TABLE + PAPER,
        asks=("dimension",),
    ),
    Entry(
        "X9",
        "elemen-dimensi",
        N_("Matriks elemen × dimensi"),
        N_("Banyaknya butir, usulan, program lama, dan aksi baru per elemen, bidang, dan sifat."),
        TABLE + PAPER,
    ),
    Entry(
        "X10",
        "komentar-naskah",
        N_("Komentar naskah per paragraf"),
        N_("Untuk penyusun naskah: teks semula, komentar, usul redaksi, keputusan, dan teks menjadi."),
        TABLE + PAPER,
        asks=("dimension",),
    ),
    Entry(
        "X11",
        "laporan-publik",
        N_("Laporan publik"),
        N_("Apa yang didengar, apa yang berubah, apa yang tidak dan mengapa; data terbuka sebagai CSV."),
        ("csv", "html", "pdf", "docx"),
    ),
    Entry(
        "X12",
        "jejak-audit",
        N_("Jejak audit"),
        N_("Siapa berbuat apa, kapan, dan mengapa; tanpa kata-kata warga."),
        TABLE,
        Shelf.TRAIL,
    ),
    Entry(
        "X13",
        "data-subjek",
        N_("Data subjek"),
        N_("Semua yang tersimpan tentang satu kiriman, untuk pengirimnya. Memuat kontak bila ada."),
        ("json", "html"),
        Shelf.PERSON,
        asks=("receipt",),
    ),
    Entry(
        "X14",
        "buku-kode",
        N_("Buku kode"),
        N_("Semua tema dengan batas, contoh, dan riwayat gabung dan pisahnya."),
        TABLE + PAPER,
    ),
    Entry(
        "X15",
        "serahan-lapor",
        N_("Serahan SP4N-LAPOR!"),
        N_("Aduan layanan yang diserahkan ke SP4N-LAPOR!, dengan nomor lacaknya."),
        TABLE,
    ),
    Entry(
        "X16",
        "ringkasan-pimpinan",
        N_("Ringkasan pimpinan"),
        N_("Dua halaman atau delapan salindia untuk pimpinan: hitungan, prioritas, dan keputusan yang diminta."),
        ("docx", "html", "pdf", "pptx"),
    ),
)
_BY_CODE = {entry.code: entry for entry in CATALOGUE}


def entry(code: str) -> Entry:
    """The paper of a code, however it is written.

    >>> entry("x12").slug
    'jejak-audit'
    """
    found = _BY_CODE.get(code.upper())
    if found is None:
        raise NotFound(f"export {code}")
    return found


def on_shelf(shelf: Shelf) -> tuple[Entry, ...]:
    """The papers of a shelf."""
    return tuple(paper for paper in CATALOGUE if paper.shelf is shelf)
