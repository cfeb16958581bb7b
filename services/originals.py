"""Originals: what people said behind a number, masked, with what it stands on and the words that placed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, exists, func, select
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import (
    Agency,
    Area,
    Mission,
    Paragraph,
    Point,
    PointMission,
    Programme,
    Reading,
    Run,
    Submission,
    Term,
    Theme,
    Triage,
)
from models.run import NEWEST
from models.submission import STANDS
from models.vocabulary import Channel, Element, Gender, Group, Nature, SubmissionState
from services import audit
from services.crossings import ACROSS
from services.errors import NotFound
from services.tongue import N_, label, say, word
from services.wording import caption

PAGE = 25
PLACE_NOTES = ("kota", "luar")
# The round that the desks count.
COUNTED = select(Run.round_id).where(Run.id == NEWEST.scalar_subquery()).scalar_subquery()
OWN = (Point.dimension, Theme.dimension)
ELEMENT, NATURE = func.coalesce(Triage.element, Point.element), func.coalesce(Triage.nature, Point.nature)
BESIDE = {"kota": N_("Seluruh kota"), "luar": N_("Luar kota"), ACROSS: N_("Tidak disebut")}


@dataclass(frozen=True, slots=True)
class Original:
    """One original behind a number.

    `standing` says what it stands on and what its writer calls it ("Komentar atas P-DIS-04: salah fakta"); `cues` are
    the words that placed it; `is_shown` whether the team lets it stand on the front page.
    """

    point_id: int
    number: str
    text: str
    caption: str
    language: str
    cues: tuple[str, ...]
    received_at: datetime
    standing: str
    proposed_text: str | None
    evidence: str | None
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Sender:
    """What may be asked of a sender; the area is a kelurahan, "kota", "luar", or "-" where none is said."""

    area: str | None = None
    constituency: str | None = None
    gender: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """What the team says of a point, or where it says nothing its writer.

    The element `ACROSS` asks for the points that lack an element or a nature.
    """

    element: str | None = None
    nature: str | None = None
    mission: str | None = None


def behind(
    session: Session,
    theme_id: int | None = None,
    after: int = 0,
    group: str | None = None,
    dimension: str | None = None,
    lang: str = "id",
    channel: str | None = None,
    sender: Sender | None = None,
    coded: Coded | None = None,
    copies: str | None = None,
    round_id: int | None = None,
    is_of_all_rounds: bool = False,
) -> tuple[list[Original], int | None]:
    """One page of the texts behind a theme, a group, a dimension or a channel, oldest first, and the next cursor.

    They are those of a round, else of the round that the desks count, so that a number opens to just as many. The
    dimension is the point's own, else its theme's, and with `coded` the team's before both; `ACROSS` asks for the
    texts that have none; `copies` names a group of equal texts.
    """
    own = (Triage.dimension, *OWN) if coded else OWN
    only = [*_only(theme_id, group, dimension, channel, own), *_sent_by(sender or Sender()), *_coded(coded or Coded())]
    query = _originals()
    if coded:
        query = query.outerjoin(Triage, Triage.point_id == Point.id)
    if not is_of_all_rounds:
        query = query.where(Submission.round_id == (round_id or COUNTED))
    if copies:
        query = query.where(Reading.duplicate_group == copies)
    query = query.where(Reading.point_id > after, *only)
    rows = session.execute(query.order_by(Reading.point_id).limit(PAGE + 1)).all()
    shown = [_original(row, lang) for row in rows[:PAGE]]
    return shown, rows[PAGE - 1].id if len(rows) > PAGE else None


def _originals() -> Select[Any]:
    return (
        select(
            Point.id,
            Submission.receipt_no,
            Reading.masked_text,
            Submission.group,
            Area.name.label("area"),
            Reading.language,
            Reading.words,
            Submission.received_at,
            Point.point_type,
            Paragraph.mark,
            Programme.name.label("programme"),
            Point.verdict,
            Point.proposed_text,
            Point.evidence,
            Point.shown_at,
        )
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Area, Area.code == Submission.area)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .outerjoin(Programme, Programme.code == Point.programme)
        .where(STANDS)
    )


def _only(
    theme_id: int | None, group: str | None, dimension: str | None, channel: str | None, own_: tuple[Any, ...]
) -> Iterator[ColumnElement[bool]]:
    if channel:
        yield Submission.channel == Channel(channel)
    if theme_id is not None:
        yield Reading.theme_id == theme_id
    if group:
        yield Submission.group == Group(group)
    if dimension:
        own = func.coalesce(*own_)
        yield own.is_(None) if dimension == ACROSS else own == dimension


def _sent_by(sender: Sender) -> Iterator[ColumnElement[bool]]:
    if sender.area in PLACE_NOTES:
        yield Submission.area.is_(None) & (Submission.place_note == sender.area)
    elif sender.area == ACROSS:
        yield Submission.area.is_(None) & Submission.place_note.is_(None)
    elif sender.area:
        yield Submission.area == sender.area
    if sender.constituency:
        # a list in a JSON column; the quotes keep a code from meeting the middle of another
        yield cast(Submission.constituencies, String).contains(f'"{sender.constituency}"', autoescape=True)
    if sender.gender:
        yield Submission.gender == Gender(sender.gender)
    if sender.agency:
        yield Submission.agency == sender.agency


def _coded(coded: Coded) -> Iterator[ColumnElement[bool]]:
    if coded.element == ACROSS:
        yield ELEMENT.is_(None) | NATURE.is_(None)
    elif coded.element:
        yield ELEMENT == Element(coded.element)
    if coded.nature:
        yield NATURE == Nature(coded.nature)
    if coded.mission:
        own = exists().where(PointMission.point_id == Point.id, PointMission.mission == coded.mission)
        yield own | cast(Triage.missions, String).contains(f'"{coded.mission}"', autoescape=True)


def codes(session: Session, lang: str = "id") -> dict[str, dict[str, str]]:
    """What may be asked of what the team says, with the words for it: element, nature and mission by code."""
    return {
        "element": {one.value: word(one, lang) for one in Element} | {ACROSS: say(lang, "elemen atau sifat belum ada")},
        "nature": {one.value: word(one, lang) for one in Nature},
        "mission": dict(session.execute(select(Mission.code, label(Mission, "label", lang))).all()),
    }


def senders(session: Session, lang: str = "id") -> dict[str, dict[str, str]]:
    """What may be asked of a sender, with the words for it: area, constituency, gender and agency by code."""
    areas = dict(session.execute(select(Area.code, Area.name).where(Area.kind == "kelurahan")).all())
    terms = select(Term.code, label(Term, "label", lang)).where(Term.kind == "constituency")
    return {
        "area": areas | {code: say(lang, words) for code, words in BESIDE.items()},
        "constituency": dict(session.execute(terms).all()),
        "gender": {gender.value: word(gender, lang) for gender in Gender},
        "agency": dict(session.execute(select(Agency.code, Agency.name)).all()),
    }


def _original(row: Row[Any], lang: str) -> Original:
    return Original(
        point_id=row.id,
        number=row.receipt_no,
        text=row.masked_text,
        caption=caption(row.group, row.area, row.language, lang),
        language=row.language,
        cues=tuple(w for w, _ in row.words),
        received_at=row.received_at,
        standing=_standing(row, lang),
        proposed_text=mask(row.proposed_text).text if row.proposed_text else None,
        evidence=mask(row.evidence).text if row.evidence else None,
        is_shown=row.shown_at is not None,
    )


def _standing(row: Row[Any], lang: str) -> str:
    """What the point stands on, and what its writer calls it."""
    parts = []
    if row.mark:
        parts.append(say(lang, "Tentang paragraf %(mark)s", mark=row.mark))
    if row.programme:
        parts.append(say(lang, "Tentang program %(name)s", name=row.programme))
    called = row.verdict or row.point_type
    said = " · ".join(parts)
    if called is None:
        return said
    return f"{said}: {word(called, lang)}" if said else word(called, lang)


def groups(lang: str = "id") -> list[tuple[str, str]]:
    """The groups to filter by."""
    return [(group.value, word(group, lang)) for group in Group]


def channel_label(code: str, lang: str = "id") -> str:
    """How a submission came, in words."""
    return word(Channel(code), lang)


def show(session: Session, point_id: int, *, is_shown: bool, actor_id: int, now: datetime) -> None:
    """Let a voice stand on the front page, or no longer; whoever does so has read it."""
    point = session.get(Point, point_id)
    if point is None or point.submission.state is not SubmissionState.RECEIVED:
        raise NotFound(f"point {point_id}")
    point.shown_at = now if is_shown else None
    action = "point.show" if is_shown else "point.hide"
    audit.record(session, action, "point", point_id, now=now, actor_id=actor_id)
