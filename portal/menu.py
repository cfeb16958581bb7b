"""The menu of the team: its desks in groups, by what a person does there; everybody sees the ones they may open."""

from typing import NamedTuple

from flask import Flask, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.access import may_open

GROUPS: tuple[tuple[LazyString, tuple[tuple[str, LazyString], ...]], ...] = (
    (
        _l("Menerima"),
        (
            ("staff_imports.index", _l("Berkas")),
            ("staff_papers.index", _l("Kertas")),
            ("staff_meetings.index", _l("Rapat")),
            ("staff_held.index", _l("Kiriman")),
            ("staff_inbox.index", _l("Penyaringan")),
        ),
    ),
    (
        _l("Mendengar"),
        (
            ("staff_insights.index", _l("Temuan")),
            ("staff_unplaced.index", _l("Belum tertampung")),
            ("staff_codebook.index", _l("Buku kode")),
            ("staff_coding.index", _l("Pengodean ganda")),
            ("staff_voices.index", _l("Suara")),
            ("staff_channels.index", _l("Saluran")),
            ("staff_representation.index", _l("Keterwakilan")),
        ),
    ),
    (
        _l("Menimbang"),
        (
            ("staff_priorities.index", _l("Prioritas")),
            ("staff_scores.index", _l("Penilaian")),
            ("staff_programmes.index", _l("Program")),
            ("staff_drafts.index", _l("Naskah")),
            ("staff_remarks.index", _l("Komentar")),
            ("staff_registers.index", _l("Pernah ditolak")),
        ),
    ),
    (
        _l("Menjawab"),
        (
            ("staff_decisions.index", _l("Putusan tim")),
            ("staff_responses.index", _l("Jawaban")),
            ("staff_releases.index", _l("Terbitan")),
            ("staff_exports.index", _l("Dokumen")),
            ("staff_exports.trail_index", _l("Jejak audit")),
            ("staff_exports.person_index", _l("Data subjek")),
        ),
    ),
    (
        _l("Mengatur"),
        (
            ("staff_rounds.index", _l("Putaran")),
            ("staff_requests.index", _l("Permintaan")),
            ("staff_people.index", _l("Orang")),
        ),
    ),
)
# Pages that stand behind a desk of the menu without bearing its name.
BEHIND = {
    "staff_themes": "staff_insights",
    "staff_fates": "staff_drafts",
    "staff_openness": "staff_drafts",
    "staff_deciding": "staff_decisions",
    "staff_conflicts": "staff_decisions",
    "staff_objections": "staff_responses",
}
SHELVES = ("trail", "person")
SHORT = 4  # so many entries stand in a row, without groups to unfold


class Entry(NamedTuple):
    """One desk; `current` is what `aria-current` says: "page", "true" on a page behind it, or nothing."""

    endpoint: str
    words: LazyString
    current: str


class Group(NamedTuple):
    words: LazyString
    entries: tuple[Entry, ...]

    @property
    def is_current(self) -> bool:
        """Whether the page that is being read belongs here."""
        return any(entry.current for entry in self.entries)


class Menu(NamedTuple):
    """What the visitor may open; groups without such an entry are left out."""

    groups: tuple[Group, ...]

    @property
    def is_short(self) -> bool:
        """Whether everything fits in a row."""
        return sum(len(group.entries) for group in self.groups) <= SHORT


def menu() -> Menu:
    """The menu of whoever asks, on the page they ask for."""
    groups = (
        Group(words, tuple(Entry(endpoint, name, _current(endpoint)) for endpoint, name in rows if may_open(endpoint)))
        for words, rows in GROUPS
    )
    return Menu(tuple(group for group in groups if group.entries))


def _current(endpoint: str) -> str:
    if request.endpoint == endpoint:
        return "page"
    here = BEHIND.get(request.blueprint or "", request.blueprint)
    return "true" if here == endpoint.partition(".")[0] and _shelf(request.endpoint) == _shelf(endpoint) else ""


def _shelf(endpoint: str | None) -> str:
    """Which of the shelves of papers a route is about: they are one door with an entry for each."""
    return next((shelf for shelf in SHELVES if f".{shelf}_" in (endpoint or "")), "")


def add_to(app: Flask) -> None:
    """Let the layout of the desks ask for it."""
    app.add_template_global(menu, "desk_menu")
