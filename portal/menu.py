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
        ),
    ),
    (
        _l("Mendengar"),
        (
            ("staff_insights.index", _l("Temuan")),
            ("staff_voices.index", _l("Suara")),
            ("staff_channels.index", _l("Saluran")),
            ("staff_representation.index", _l("Keterwakilan")),
        ),
    ),
    (
        _l("Menimbang"),
        (
            ("staff_priorities.index", _l("Prioritas")),
            ("staff_programmes.index", _l("Program")),
            ("staff_drafts.index", _l("Naskah")),
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
    return "true" if request.blueprint == endpoint.partition(".")[0] else ""


def add_to(app: Flask) -> None:
    """Let the layout of the desks ask for it."""
    app.add_template_global(menu, "desk_menu")
