"""Columns of the papers: the key that stands in row 1, what it is called and what it means, in both languages."""

from collections.abc import Iterable
from typing import NamedTuple

from reports.sheets import Column
from services.tongue import pick

LATER = (
    "Sumbernya belum ada di sini; diisi tim dengan tangan atau oleh tahap berikutnya.",
    "Its source is not here yet; filled in by the team by hand or by a later stage.",
)


class Col(NamedTuple):
    """One column: `key` never changes; names and meanings are (Indonesian, English); `width` in characters."""

    key: str
    name: tuple[str, str]
    meaning: tuple[str, str]
    width: float = 18


def columns(cols: Iterable[Col], lang: str) -> list[Column]:
    """The columns as a table takes them.

    >>> columns([Col("no", ("Nomor", "Number"), ("Urutan", "Order"), 6)], "en")
    [Column(key='no', label='Number', meaning='Order', width=6)]
    """
    return [Column(col.key, pick(col.name, lang), pick(col.meaning, lang), col.width) for col in cols]
