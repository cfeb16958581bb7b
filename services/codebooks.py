"""The codebook: every change of it is kept with who, when and why; its number is that of the newest change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import CodebookChange, Dimension, Person, Theme
from models.theme import LIVE
from models.vocabulary import ThemeState
from services.errors import NotFound
from services.tongue import N_, label, say, word
from services.wording import dimension_label, theme_name

PAGE = 50
KEPT = (
    "code",
    "dimension",
    "label_id",
    "label_en",
    "name_by_person",
    "definition",
    "include",
    "exclude",
    "keywords",
    "state",
    "parent_id",
    "merged_into",
    "version",
)
# Words that the machine may have taken from what somebody wrote.
FROM_TEXTS = ("label_id", "keywords")
ACTIONS = {
    "accept": N_("Usulan mesin diterima"),
    "refuse": N_("Usulan mesin ditolak"),
    "rename": N_("Ganti nama"),
    "edit": N_("Batasan ditulis ulang"),
    "merge": N_("Digabung ke tema lain"),
    "take_in": N_("Menerima isi tema lain"),
    "unmerge": N_("Penggabungan dibatalkan"),
    "split": N_("Dipecah dari tema lain"),
    "found": N_("Dibuat dari yang belum tertampung"),
    "retire": N_("Tidak dipakai lagi"),
    "revive": N_("Dipakai lagi"),
    "example": N_("Contoh dipilih"),
    "unexample": N_("Contoh dilepas"),
}


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme of the codebook; `version` is its own, not that of the whole."""

    id: int
    code: str
    name: str
    dimension: str
    definition: str
    include: str
    exclude: str
    state: ThemeState
    state_label: str
    version: int


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """One change: `number` is the version of the codebook that it made."""

    number: int
    theme_id: int
    theme: str
    action: str
    why: str
    by: str
    at: datetime


def record(session: Session, theme: Theme, action: str, *, actor_id: int | None, now: datetime, why: str = "") -> int:
    """Write down a change that was just made to a theme, inside the caller's transaction; returns its number."""
    session.flush()
    row = CodebookChange(theme_id=theme.id, action=action, why=why.strip(), row=_row(theme), actor_id=actor_id, at=now)
    session.add(row)
    session.flush()
    return row.id


def _row(theme: Theme) -> dict[str, Any]:
    return {name: str(value) if (value := getattr(theme, name)) is not None else None for name in KEPT}


def number(session: Session) -> int:
    """The version of the codebook: how many changes it has seen; 0 where it stands as the plan brought it."""
    return session.scalar(select(func.max(CodebookChange.id))) or 0


def themes(
    session: Session,
    *,
    dimension: str | None = None,
    state: ThemeState | None = None,
    after: str = "",
    lang: str = "id",
) -> tuple[list[ThemeRow], str | None]:
    """One page of the codebook by code, and the cursor of the next; without a state what people see."""
    query = (
        select(Theme, label(Dimension, "short", lang))
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Theme.code > after, Theme.state == state if state else Theme.state.in_(LIVE))
        .order_by(Theme.code)
        .limit(PAGE + 1)
    )
    if dimension:
        query = query.where(Theme.dimension == dimension)
    rows = session.execute(query).all()
    shown = [_facts(theme, short, lang) for theme, short in rows[:PAGE]]
    return shown, rows[PAGE - 1][0].code if len(rows) > PAGE else None


def choices(session: Session, lang: str = "id", *, but: int | None = None) -> list[tuple[int, str, str]]:
    """Every theme that people see, to choose from: id, name and dimension, in the order of the dimensions."""
    rows = session.execute(
        select(Theme.id, theme_name(Theme, lang), label(Dimension, "short", lang))
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Theme.state.in_(LIVE), Theme.id != (but or 0))
        .order_by(Dimension.position.is_(None), Dimension.position, theme_name(Theme, lang))
    )
    return [(theme_id, name, dimension_label(short, lang)) for theme_id, name, short in rows]


def _facts(theme: Theme, short: str | None, lang: str) -> ThemeRow:
    return ThemeRow(
        id=theme.id,
        code=theme.code,
        name=theme_name(theme, lang),
        dimension=dimension_label(short, lang),
        definition=theme.definition,
        include=theme.include,
        exclude=theme.exclude,
        state=theme.state,
        state_label=word(theme.state, lang),
        version=theme.version,
    )


def at(session: Session, version: int) -> dict[int, Mapping[str, Any]]:
    """The codebook as it stood at a version: each theme that had been changed by then, by its id."""
    newest = select(func.max(CodebookChange.id)).where(CodebookChange.id <= version).group_by(CodebookChange.theme_id)
    rows = session.execute(select(CodebookChange.theme_id, CodebookChange.row).where(CodebookChange.id.in_(newest)))
    return {theme_id: row for theme_id, row in rows}


def history(
    session: Session, *, theme_id: int | None = None, before: int | None = None, lang: str = "id"
) -> tuple[list[ChangeFacts], int | None]:
    """One page of changes, the newest first, of one theme or of all, and the cursor of the next page."""
    query = (
        select(CodebookChange, theme_name(Theme, lang), Person.name)
        .join(Theme, Theme.id == CodebookChange.theme_id)
        .outerjoin(Person, Person.id == CodebookChange.actor_id)
        .order_by(CodebookChange.id.desc())
        .limit(PAGE + 1)
    )
    if theme_id is not None:
        query = query.where(CodebookChange.theme_id == theme_id)
    if before is not None:
        query = query.where(CodebookChange.id < before)
    rows = session.execute(query).all()
    shown = [
        ChangeFacts(row.id, row.theme_id, name, say(lang, ACTIONS[row.action]), row.why, by or "", row.at)
        for row, name, by in rows[:PAGE]
    ]
    return shown, rows[PAGE - 1][0].id if len(rows) > PAGE else None


def forget(session: Session) -> None:
    """Let older rows of machine-made themes say what those say now: erased words stand in none of them."""
    rows = session.execute(
        select(CodebookChange, Theme).join(Theme, Theme.id == CodebookChange.theme_id).where(Theme.is_machine_made)
    )
    for change, theme in rows:
        kept = change.row | {name: getattr(theme, name) for name in FROM_TEXTS}
        if kept != change.row:
            change.row = kept


@dataclass(frozen=True, slots=True)
class Naming:
    """How a theme is called, and whether it lives; `merged_into` names the theme in which its texts stand."""

    id: int
    name: str
    state: ThemeState
    state_label: str
    merged_into: int | None

    @property
    def is_living(self) -> bool:
        return self.state in LIVE


def names(session: Session, theme_id: int, lang: str = "id") -> Naming:
    """One theme of whatever state; raises NotFound."""
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    return Naming(theme.id, theme_name(theme, lang), theme.state, word(theme.state, lang), theme.merged_into)
