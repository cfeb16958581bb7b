"""Comparisons: what differs between two published versions, paragraph by paragraph, in the order of the newer one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from analysis.differing import Piece
from models import Chapter, Fate, Paragraph
from models.vocabulary import FateState
from services import changes
from services.tongue import N_, say, word

ADDED = "added"
LABELS: dict[str, str] = {ADDED: N_("Baru"), FateState.MOVED: N_("Pindah"), FateState.REMOVED: N_("Dihapus")}
AT_ONCE = 20
WHOLE = 20_000  # paragraphs of a version


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to show: what stands in the newer version, what it came from in the older one, or both.

    `kind` is a FateState or ADDED; `new` is None where it was removed; `parts` are the paragraphs of the newer
    version that a split one became, this one among them.
    """

    kind: str
    new: int | None
    old: tuple[int, ...]
    parts: tuple[int, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.kind != FateState.SAME


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph of one of the two versions, and where it is read there."""

    id: int
    mark: str
    section: str
    text: str
    position: int
    heading: str
    page: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry in words; `pieces` is empty where nothing of the text changed."""

    kind: str
    label: str
    new: Side | None
    old: tuple[Side, ...]
    parts: tuple[Side, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Fated:
    """Where a paragraph of the older version went."""

    id: int
    heir: int | None
    others: tuple[int, ...]
    state: FateState


def compare(session: Session, older_id: int, newer_id: int) -> list[Entry]:
    """Every paragraph of both versions once: two statements, without their texts.

    What was removed stands after the paragraph that it followed.
    """
    old = _fated(session, older_id, newer_id)
    new = session.scalars(
        select(Paragraph.id)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Paragraph.draft_id == newer_id)
        .order_by(Chapter.position, Paragraph.position)
        .limit(WHOLE)
    ).all()
    places = {number: place for place, number in enumerate(new)}
    placed = [((places[entry.new], 0), entry) for entry in _standing(old, new) if entry.new is not None]
    return [entry for _, entry in sorted([*placed, *_removed(old, places)], key=lambda pair: pair[0])]


def _fated(session: Session, older_id: int, newer_id: int) -> list[Fated]:
    """Where each paragraph went; where the two were never compared, to the one of its line."""
    heir, kin = aliased(Paragraph), aliased(Paragraph)
    rows = session.execute(
        select(
            Paragraph.id,
            Fate.heir_id,
            Fate.others,
            Fate.state,
            (heir.text == Paragraph.text).label("is_equal"),
            kin.id.label("kin_id"),
            (kin.text == Paragraph.text).label("is_alike"),
        )
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .outerjoin(Fate, (Fate.paragraph_id == Paragraph.id) & (Fate.draft_id == newer_id))
        .outerjoin(heir, heir.id == Fate.heir_id)
        .outerjoin(kin, Fate.id.is_(None) & (kin.lineage_id == Paragraph.lineage_id) & (kin.draft_id == newer_id))
        .where(Paragraph.draft_id == older_id)
        .order_by(Chapter.position, Paragraph.position)
        .limit(WHOLE)
    )
    return [_fate(row) for row in rows]


def _fate(row: Row[Any]) -> Fated:
    if row.state is None:
        state = FateState.REMOVED if row.kin_id is None else _said(FateState.EDITED, row.is_alike)
        return Fated(row.id, row.kin_id, (), state)
    return Fated(row.id, row.heir_id, tuple(row.others), _said(row.state, row.is_equal))


def _said(state: FateState, is_equal: bool) -> FateState:
    """Words that were changed and changed back are the same."""
    return FateState.SAME if state is FateState.EDITED and is_equal else state


def _standing(old: Sequence[Fated], new: Sequence[int]) -> Iterable[Entry]:
    """What stands in the newer version, with what went into it."""
    main: dict[int, list[Fated]] = defaultdict(list)
    part: dict[int, list[Fated]] = defaultdict(list)
    for one in old:
        if one.heir is not None:
            main[one.heir].append(one)
        for other in one.others:
            part[other].append(one)
    for number in new:
        sources = [*main[number], *part[number]]
        parts = next(((one.heir, *one.others) for one in sources if one.others), ())
        known = tuple(p for p in parts if p is not None)
        yield Entry(_kind(main[number], part[number]), number, tuple(one.id for one in sources), known)


def _kind(main: Sequence[Fated], part: Sequence[Fated]) -> str:
    if len(main) + len(part) > 1:
        return FateState.MERGED
    if main:
        return main[0].state
    return FateState.SPLIT if part else ADDED


def _removed(old: Sequence[Fated], places: Mapping[int, int]) -> Iterable[tuple[tuple[int, int], Entry]]:
    """What is gone, with its place: after the last one before it that stayed where it was."""
    last = -1
    for number, one in enumerate(old, start=1):
        if one.heir is None:
            yield (last, number), Entry(FateState.REMOVED, None, (one.id,))
        elif one.state is not FateState.MOVED:
            last = places.get(one.heir, last)


def summary(entries: Iterable[Entry], lang: str = "id") -> list[tuple[str, int, str]]:
    """Each kind there is, how many entries are of it, and its label, the most telling ones first."""
    found = Counter(entry.kind for entry in entries)
    order = (FateState.EDITED, FateState.MOVED, FateState.SPLIT, FateState.MERGED, FateState.REMOVED, ADDED)
    return [(kind, found[kind], label(kind, lang)) for kind in (*order, FateState.SAME) if found[kind]]


def label(kind: str, lang: str = "id") -> str:
    """The words for a kind of entry, such that a number may stand before them."""
    return say(lang, LABELS[kind]) if kind in LABELS else word(FateState(kind), lang)


def shown(session: Session, entries: Sequence[Entry], lang: str = "id") -> list[Shown]:
    """These entries with their texts, in one statement."""
    ids = {number for entry in entries for number in (entry.new, *entry.old, *entry.parts) if number is not None}
    sides = _sides(session, ids)
    return [_shown(entry, sides, lang) for entry in entries]


def _sides(session: Session, ids: Collection[int]) -> dict[int, Side]:
    if not ids:
        return {}
    rows = session.execute(
        select(
            Paragraph.id,
            Paragraph.mark,
            Paragraph.section,
            Paragraph.text,
            Chapter.position,
            Chapter.title,
            Paragraph.page,
        )
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Paragraph.id.in_(ids))
    )
    return {row.id: Side(*row) for row in rows}


def _shown(entry: Entry, sides: Mapping[int, Side], lang: str) -> Shown:
    new = sides[entry.new] if entry.new is not None else None
    old = tuple(sides[number] for number in entry.old)
    return Shown(
        kind=entry.kind,
        label=label(entry.kind, lang),
        new=new,
        old=old,
        parts=tuple(sides[number] for number in entry.parts),
        pieces=changes.between("\n\n".join(side.text for side in old), new.text if new else ""),
    )
