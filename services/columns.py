"""The columns of tables that go out: keys that stay, names and meanings in the reader's language."""

from dataclasses import fields

from reports.sheets import INDONESIAN, Column, Words
from services.tongue import N_, say

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


def words(lang: str) -> Words:
    """The fixed words of a workbook."""
    return Words(**{f.name: say(lang, getattr(INDONESIAN, f.name)) for f in fields(Words)})
