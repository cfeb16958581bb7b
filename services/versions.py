"""Versions: where a paragraph stands in each published version, how its words came to be, and who proposed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from analysis.differing import Piece
from models import Agency, Chapter, Draft, Fate, Paragraph, Person, Point, Submission, Wording
from models.submission import STANDS
from models.vocabulary import Capacity, DraftState, FateState, Visibility
from services import changes
from services.errors import NotFound
from services.paragraphs import ParagraphFacts, Place, paragraph_of, paragraphs_in
from services.tongue import word
from services.wording import group_label

PUBLISHED = Draft.state == DraftState.PUBLISHED
MOST = 1000


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a line of paragraphs stands in a version; `place` is None where it is not there, or no longer.

    `paragraph_id` is then the last one of the line that was published.
    """

    paragraph_id: int
    place: Place | None


@dataclass(frozen=True, slots=True)
class Detail:
    """A paragraph of a published version by itself.

    `before_id` and `after_id` are its neighbours; `removed_in` is the number of the first published version without
    it; `heir_id` and `heir_mark` are of the paragraph that stands for it in the newest one, `newest` its number;
    `whole_id` and `whole_mark` of the one in the version before of which it is a part that was taken off.
    """

    paragraph: ParagraphFacts
    draft_id: int
    number: int
    position: int
    heading: str
    before_id: int | None
    after_id: int | None
    removed_in: int | None
    newest: int
    heir_id: int | None
    heir_mark: str
    whole_id: int | None
    whole_mark: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose words a paragraph took: a name only where its owner lets it stand, else the group; empty: the team's."""

    who: str
    is_literal: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One version of a paragraph; `pieces` is what changed since the step before, `sources` what went into it.

    A source is the id and the mark of a paragraph of an older version that is not of this line.
    """

    id: int
    number: int
    published_at: datetime
    mark: str
    state: FateState | None
    state_label: str
    text: str
    pieces: tuple[Piece, ...]
    sources: tuple[tuple[int, str], ...]
    credits: tuple[Credit, ...]


def _target(number: int | None) -> ScalarSelect[int]:
    """The id of the published version with this number, or of the newest."""
    query = select(Draft.id).where(PUBLISHED)
    if number is not None:
        query = query.where(Draft.number == number)
    return query.order_by(Draft.number.desc()).limit(1).scalar_subquery()


def at(session: Session, lineage_id: int, number: int | None = None) -> Whereabouts:
    """Where the paragraphs of a line stand in a published version, without one in the newest.

    Raises NotFound where the line or the version was never published.
    """
    heir, there, target = aliased(Paragraph), aliased(Chapter), _target(number)
    is_here = Paragraph.draft_id == target
    row = session.execute(
        select(
            Paragraph.id,
            target.label("target_id"),
            is_here.label("is_here"),
            Chapter.position,
            Paragraph.mark,
            Paragraph.page,
            heir.mark.label("heir_mark"),
            heir.page.label("heir_page"),
            there.position.label("heir_position"),
            select(Draft.number).where(Draft.id == target).scalar_subquery().label("number"),
        )
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .outerjoin(Fate, (Fate.paragraph_id == Paragraph.id) & (Fate.draft_id == target))
        .outerjoin(heir, heir.id == Fate.heir_id)
        .outerjoin(there, there.id == heir.chapter_id)
        .where(Paragraph.lineage_id == lineage_id, PUBLISHED)
        .order_by(is_here.desc(), Draft.number.desc())
        .limit(1)
    ).first()
    if row is None or row.target_id is None:
        raise NotFound(f"line {lineage_id} in {number}")
    if row.is_here:
        return Whereabouts(row.id, Place(row.number, row.position, row.mark, row.page))
    if row.heir_mark is None:
        return Whereabouts(row.id, None)
    return Whereabouts(row.id, Place(row.number, row.heir_position, row.heir_mark, row.heir_page))


def detail(session: Session, paragraph_id: int, *, lang: str = "id") -> Detail:
    """A paragraph of a published version with its neighbours and what became of it; raises NotFound."""
    heir, whole, parting, newest = aliased(Paragraph), aliased(Paragraph), aliased(Fate), _target(None)
    row = session.execute(
        paragraphs_in(lang)
        .add_columns(
            Paragraph.draft_id,
            Draft.number,
            Chapter.position.label("chapter"),
            Chapter.title.label("heading"),
            _neighbour(is_after=False).label("before_id"),
            _neighbour(is_after=True).label("after_id"),
            _removed_in().label("removed_in"),
            select(func.max(Draft.number)).where(PUBLISHED).scalar_subquery().label("newest"),
            heir.id.label("heir_id"),
            heir.mark.label("heir_mark"),
            whole.id.label("whole_id"),
            whole.mark.label("whole_mark"),
        )
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .outerjoin(Fate, (Fate.paragraph_id == Paragraph.id) & (Fate.draft_id == newest))
        .outerjoin(heir, heir.id == Fate.heir_id)
        .outerjoin(parting, (parting.draft_id == Paragraph.draft_id) & _names(parting.others, paragraph_id))
        .outerjoin(whole, (whole.id == parting.paragraph_id) & (whole.draft_id == Draft.base_id))
        .where(Paragraph.id == paragraph_id, PUBLISHED)
        .order_by(whole.id.is_(None), whole.id)
    ).first()
    if row is None:
        raise NotFound(f"paragraph {paragraph_id}")
    return Detail(
        paragraph=paragraph_of(row, lang),
        draft_id=row.draft_id,
        number=row.number,
        position=row.chapter,
        heading=row.heading,
        before_id=row.before_id,
        after_id=row.after_id,
        removed_in=row.removed_in,
        newest=row.newest,
        heir_id=row.heir_id,
        heir_mark=row.heir_mark or "",
        whole_id=row.whole_id,
        whole_mark=row.whole_mark or "",
    )


def _names(others: ColumnElement[Any], paragraph_id: int) -> ColumnElement[bool]:
    """Whether a list of ids, which is stored as text, has this one in it."""
    plain = func.replace(func.replace(func.replace(cast(others, String), " ", ""), "[", ","), "]", ",")
    return plain.contains(f",{paragraph_id},")


def _neighbour(*, is_after: bool) -> ScalarSelect[int]:
    """The id of the paragraph that stands before or after, also across chapters."""
    other, its = aliased(Paragraph), aliased(Chapter)
    here, there = (Chapter.position, Paragraph.position), (its.position, other.position)
    order: Sequence[ColumnElement[Any]]
    if is_after:
        beyond, order = or_(there[0] > here[0], and_(there[0] == here[0], there[1] > here[1])), there
    else:
        beyond = or_(there[0] < here[0], and_(there[0] == here[0], there[1] < here[1]))
        order = [column.desc() for column in there]
    query = select(other.id).join(its, its.id == other.chapter_id).where(other.draft_id == Paragraph.draft_id, beyond)
    return query.order_by(*order).limit(1).correlate(Paragraph, Chapter).scalar_subquery()


def _removed_in() -> ScalarSelect[int]:
    later, fate = aliased(Draft), aliased(Fate)
    return (
        select(func.min(later.number))
        .join(fate, fate.draft_id == later.id)
        .where(fate.paragraph_id == Paragraph.id, fate.heir_id.is_(None), later.state == DraftState.PUBLISHED)
        .correlate(Paragraph)
        .scalar_subquery()
    )


def history(session: Session, lineage_id: int, *, lang: str = "id") -> list[Step]:
    """What was published of a line, the oldest first: each change by words, and who proposed what was taken."""
    rows = session.execute(_steps(lineage_id)).all()
    steps: list[Step] = []
    for paragraph_id in dict.fromkeys(row.id for row in rows):
        own = [row for row in rows if row.id == paragraph_id]
        steps.append(_step(own, lineage_id, steps[-1].text if steps else "", lang))
    return steps


def _steps(lineage_id: int) -> Select[Any]:
    old, base = aliased(Paragraph), aliased(Draft)
    return (
        select(
            Paragraph.id,
            Paragraph.mark,
            Paragraph.text,
            Draft.number,
            Draft.published_at,
            Fate.state,
            old.id.label("old_id"),
            old.mark.label("old_mark"),
            old.lineage_id.label("old_line"),
            Wording.id.label("wording_id"),
            Wording.is_literal,
            Submission.group,
            Submission.visibility,
            Submission.capacity,
            Agency.name.label("agency"),
            func.coalesce(Person.name, Submission.organisation).label("name"),
        )
        .join(Draft, Draft.id == Paragraph.draft_id)
        .outerjoin(base, base.id == Draft.base_id)
        .outerjoin(Fate, (Fate.heir_id == Paragraph.id) & (Fate.draft_id == Paragraph.draft_id))
        .outerjoin(old, (old.id == Fate.paragraph_id) & (old.draft_id == base.id))
        .outerjoin(Wording, Wording.paragraph_id == Paragraph.id)
        .outerjoin(Point, Point.id == Wording.point_id)
        .outerjoin(Submission, (Submission.id == Point.submission_id) & STANDS)
        .outerjoin(Person, Person.id == Submission.person_id)
        .outerjoin(Agency, Agency.code == Submission.agency)
        .where(Paragraph.lineage_id == lineage_id, PUBLISHED, or_(Fate.id.is_(None), old.id.is_not(None)))
        .order_by(Draft.number, Fate.similarity.desc(), Wording.id)
        .limit(MOST)
    )


def _step(rows: list[Row[Any]], lineage_id: int, before: str, lang: str) -> Step:
    first = rows[0]
    state = next((row.state for row in rows if row.old_line == lineage_id), None)
    sources = {row.old_id: row.old_mark for row in rows if row.old_id and row.old_line != lineage_id}
    credits_ = {row.wording_id: _credit(row, lang) for row in rows if row.wording_id}
    return Step(
        id=first.id,
        number=first.number,
        published_at=first.published_at,
        mark=first.mark,
        state=state,
        state_label=word(state, lang) if state else "",
        text=first.text,
        pieces=changes.between(before, first.text) if before else (),
        sources=tuple(sources.items()),
        credits=tuple(credits_.values()),
    )


def _credit(row: Row[Any], lang: str) -> Credit:
    if row.group is None or row.visibility is Visibility.TEAM:
        return Credit("", row.is_literal)
    office = row.agency if row.capacity is Capacity.OFFICIAL else None
    name = row.name if row.visibility is Visibility.NAMED else None
    return Credit(", ".join(filter(None, (name, office, group_label(row.group, lang)))), row.is_literal)
