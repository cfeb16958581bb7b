"""The accessibility statement: what the last run of the browser tests found, read from the file that it wrote."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from services.tongue import N_, say

STANDARD = "WCAG 2.2 AA"
ANSWER_DAYS = 5  # working days in which somebody answers who reported an obstacle
CHECKS = {
    "axe": N_("aturan WCAG 2.2 A dan AA yang dapat diperiksa mesin"),
    "width": N_("tidak ada yang lebih lebar dari layar, mulai 320 titik"),
    "structure": N_("satu judul utama; setiap isian, pilihan, dan gambar punya nama"),
    "targets": N_("setiap tombol dan isian warga sedikitnya 44 kali 44 titik"),
    "focus_order": N_("papan ketik berjalan dari atas ke bawah dan letaknya terlihat"),
    "error_summary": N_("kesalahan disebut paling atas dan bertaut ke isiannya"),
    "text_200": N_("huruf dua kali lebih besar tidak memotong apa pun"),
    "forced_colours": N_("dengan warna pilihan pembaca, garis tepi tetap menunjukkan isian"),
    "motion": N_("tidak ada yang bergerak"),
}
# What no test of ours can say, and what we know to be unfinished.
KNOWN = (
    N_("Pemeriksaan oleh pengguna pembaca layar belum dilakukan."),
    N_("Naskah rencana hanya ada dalam bahasa Indonesia, dengan istilah pemerintahan."),
    N_("Bahasa Jawa baru ada di halaman warga, bukan di naskah dan halaman masuk."),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a run found: `pages` and `looks` (a page in a language at a width) that it saw, `faults` by page."""

    tested_at: datetime
    engine: str
    rules: int
    pages: int
    languages: tuple[str, ...]
    widths: tuple[int, ...]
    checks: tuple[str, ...]
    faults: tuple[tuple[str, tuple[str, ...]], ...]
    known: tuple[str, ...]


def read(file: Path, lang: str = "id") -> Statement | None:
    """The statement of the last run, or None where none was written."""
    try:
        facts = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    pages = facts["pages"]
    return Statement(
        tested_at=datetime.fromisoformat(facts["tested_at"]),
        engine=f"axe-core {facts['axe']['version']}",
        rules=facts["axe"]["rules"],
        pages=len(pages),
        languages=tuple(sorted({code for page in pages for code in page["languages"]})),
        widths=tuple(sorted({width for page in pages for width in page["widths"]})),
        checks=tuple(say(lang, CHECKS[code]) for code in CHECKS if code in facts["checks"]),
        faults=tuple((page["path"], tuple(page["faults"])) for page in pages if page["faults"]),
        known=tuple(say(lang, sentence) for sentence in KNOWN),
    )
