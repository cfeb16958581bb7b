"""Papers to try with, hostile texts, and what they are read back as."""

import io
from datetime import datetime, timedelta, timezone

from docx import Document

from reports.figures import Span, ranges
from reports.paper import (
    Counts,
    Facts,
    Figure,
    Grid,
    Heading,
    Items,
    PageBreak,
    Paper,
    Signatures,
    Text,
)
from reports.slides import Figures, Opening, Points, Quote, Quotes, Rows
from reports.tables import Column

WIB = timezone(timedelta(hours=7), "WIB")
MADE = datetime(2026, 11, 2, 15, 30, tzinfo=WIB)
LONG = "Air masuk rumah setiap rob. " * 1_429  # over 40,000 letters
TEXTS = [
    "rob masuk rumah",
    "=1+1",
    "+62",
    "-3",
    "@SUM(A1)",
    "'petik",
    "007",
    "<b>tebal</b> & \"kutip\" 'petik'",
    "]]> <!-- --> </style></script>",
    "{{ 7*7 }} {% raw %}",
    "#set x = 1; $a_b$ *tebal* _miring_ `kode` @rujukan <label> // komentar /* */ \\ ~ [isi]",
    "http://contoh.invalid",
    "🌊👩‍👩‍👧",
    "ꦥꦼꦏꦭꦺꦴꦔꦤ꧀",
    "سلام على الجميع",
    "\u202edibalik\u202c",
    "[]:*?/\\",
]
# what no document can hold, and how it shows
UNFIT = {
    "nol\x00di tengah": "nol␀di tengah",
    "bel\x07 \x1b[31m": "bel␇ ␛[31m",
    "separuh\ud83c": "separuh�",
    "\ufffe\uffff": "��",
    "hapus\x7f\x85": "hapus␡�",
}
COLUMNS = [
    Column("no", "No", "Nomor", 5),
    Column("butir", "Butir masukan", "Kata-kata pengirim", 40),
    Column("jumlah", "Jumlah", "Banyaknya", 8),
]
FIGURE = Figure(
    ranges([Span("Rob", 1, 1, 3)], id="r", title="Rentang", description="Rob teratas.", of=5),
    "Rentang peringkat",
    "Rob bertempat 1 sampai 3.",
)
ROWS = [[1, "Air masuk rumah", 12], [2, "Sampah di kali", 7]]
BLOCKS = (
    Facts([("Nomor", ""), ("Tempat", "Aula")]),
    Counts([("640", "kiriman"), ("512", "peserta")]),
    Heading("Pokok bahasan"),
    Heading("Rob", 2),
    Text("Isi.\nBaris kedua.", lead="Dasar."),
    Text("Rumah kami terendam.", look="quote", source="warga, pesisir"),
    Text("Bukan sampel acak.", look="note"),
    Text("Teks lama.", look="removed"),
    Text("Teks baru.", look="added"),
    Items(["satu", "dua"], is_numbered=True),
    Items(["satu lagi"], is_numbered=True),
    Items(["titik"]),
    FIGURE,
    Grid(COLUMNS, ROWS, caption="Matriks", marked={1}),
    PageBreak(),
    Signatures(["Perangkat daerah", "Akademisi", "Komunitas", "Warga"]),
)
EMPTY = (Facts([]), Counts([]), Items([]), Items([], is_numbered=True), Signatures([]))
SLIDES = (
    Opening("Ringkasan", "Putaran 1"),
    Figures("Siapa yang bicara", [("640", "kiriman"), ("512", "peserta")], "Bukan sampel acak."),
    Rows("Teratas", COLUMNS, ROWS, note="Rentang dari 200 undian."),
    Quotes("Kata mereka", [Quote("Rumah kami terendam.", "warga, pesisir", "Bencana")]),
    Points("Diputuskan", ["Jadwal jaga pompa", "Pompa baru"], is_numbered=True),
)


def paper(*blocks, **changes):
    facts = [("Putaran", "1"), ("Hitungan", "3")]
    return Paper(**{"title": "Berita acara", "blocks": blocks or BLOCKS, "facts": facts, "made_at": MADE, **changes})


def table(texts, **changes):
    """Texts as the middle column of a table."""
    return Grid(COLUMNS, [[at, text, 0] for at, text in enumerate(texts, start=1)], **changes)


def opened(content):
    return Document(io.BytesIO(content))


def column(content, at=1):
    """The texts of a column of the last table of a document, its head left aside."""
    return [row.cells[at].text for row in opened(content).tables[-1].rows][1:]
