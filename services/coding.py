"""Coding: a random sample, coded by several people who see neither the machine's word nor each other's."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import Select, String, and_, cast, exists, func, insert, select, update
from sqlalchemy.orm import Session

from analysis.agreement import still_to_check
from models import Coder, Coding, CodingSample, Dimension, Person, Point, Reading, Round, SamplePoint, Submission, Theme
from models.sample_point import AS_DRAWN
from models.submission import STANDS
from models.theme import LIVE
from services import audit
from services.errors import NotFound, NotThisState
from services.tongue import N_, label
from services.wording import dimension_label, theme_name

NONE_FITS = "-"
PAGE = 25


@dataclass(frozen=True, slots=True)
class Sample:
    id: int
    size: int
    seed: int
    made_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToCode:
    """One point to be coded: its masked words and nothing that anybody made of them."""

    point_id: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme that can be given; `code` is what `give` takes."""

    code: str
    name: str
    dimension_label: str
    include: str
    exclude: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave, to be looked through before they finish; `code` may be `NONE_FITS`."""

    point_id: int
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person is: `done` of `of` points."""

    person_id: int
    name: str
    done: int
    of: int
    finished_at: datetime | None


def draw(
    session: Session,
    round_id: int,
    *,
    seed: int,
    now: datetime,
    size: int | None = None,
    error: float = 0.05,
    actor_id: int | None = None,
) -> Sample:
    """Draw a sample of a round: `size` texts, or as many as tell a share to within `error` (0–1) at 95 %.

    Drawn is from what stands, is read and was in no sample of the round before, each group of near-identical texts
    once, by its first; where fewer are left, all of them. One sample of a round is open at a time, so that people meet
    in it. The same seed over the same texts draws the same. Raises ValueError for a size below 1 or an error of 0.
    """
    wanted = still_to_check(0, 0, error) if size is None else size
    if wanted < 1:
        raise ValueError("a sample has at least one point")
    if session.get(Round, round_id) is None:
        raise NotFound(f"round {round_id}")
    if open_sample(session, round_id):
        raise NotThisState(N_("Contoh yang lama masih dibuka; tutup dulu sebelum mengambil yang baru."))
    ids = list(session.scalars(_unsampled(round_id)))
    if not ids:
        raise NotThisState(N_("Tidak ada teks terbaca yang belum pernah masuk contoh."))
    chosen = Random(seed).sample(ids, min(wanted, len(ids)))
    row = CodingSample(round_id=round_id, size=len(chosen), seed=seed, made_by=actor_id, made_at=now)
    session.add(row)
    session.flush()
    placed = enumerate(chosen, start=1)
    session.execute(insert(SamplePoint), [{"sample_id": row.id, "point_id": i, "position": n} for n, i in placed])
    machine = select(Reading.theme_id).where(Reading.point_id == SamplePoint.point_id).scalar_subquery()
    session.execute(update(SamplePoint).where(SamplePoint.sample_id == row.id).values(theme_id=machine))
    facts = {"round": round_id, "points": row.size, "seed": seed}
    audit.record(session, "coding.draw", "coding_sample", row.id, now=now, actor_id=actor_id, **facts)
    return _sample(row)


def _unsampled(round_id: int) -> Select[tuple[int]]:
    """The first of each group of near-identical texts of a round of which none was ever in a sample."""
    text = func.coalesce("group:" + Reading.duplicate_group, "point:" + cast(Reading.point_id, String))
    first = func.min(Reading.point_id)
    return (
        select(first)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .outerjoin(SamplePoint, SamplePoint.point_id == Point.id)
        .where(Submission.round_id == round_id, STANDS, Reading.masked_text != "")
        .group_by(text)
        .having(func.count(SamplePoint.sample_id) == 0)
        .order_by(first)
    )


def left(session: Session, round_id: int) -> int:
    """How many texts of a round could still be drawn."""
    return session.scalar(select(func.count()).select_from(_unsampled(round_id).subquery())) or 0


def open_sample(session: Session, round_id: int) -> Sample | None:
    """The sample of a round that can be coded now."""
    row = session.scalar(
        select(CodingSample).where(CodingSample.round_id == round_id, CodingSample.closed_at.is_(None)).limit(1)
    )
    return _sample(row) if row else None


def sample(session: Session, sample_id: int, *, is_open: bool = False) -> Sample:
    """A sample; raises NotFound, or NotThisState for one that is closed where it must be open."""
    row = _open(session, sample_id) if is_open else session.get(CodingSample, sample_id)
    if row is None:
        raise NotFound(f"coding sample {sample_id}")
    return _sample(row)


def close(session: Session, sample_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """End the coding of a sample; who has not finished by then stays out of the result."""
    row = _open(session, sample_id)
    row.closed_at = now
    audit.record(session, "coding.close", "coding_sample", sample_id, now=now, actor_id=actor_id)


def _sample(row: CodingSample) -> Sample:
    return Sample(row.id, row.size, row.seed, row.made_at, row.closed_at)


def _open(session: Session, sample_id: int) -> CodingSample:
    row = session.get(CodingSample, sample_id)
    if row is None:
        raise NotFound(f"coding sample {sample_id}")
    if row.closed_at is not None:
        raise NotThisState(N_("Contoh ini sudah ditutup."))
    return row


def choices(session: Session, lang: str = "id") -> list[Choice]:
    """Every theme that people see, in the order of the dimensions; which of them the machine made is not told."""
    rows = session.execute(
        select(Theme, label(Dimension, "short", lang))
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Theme.state.in_(LIVE))
        .order_by(Dimension.position.is_(None), Dimension.position, Theme.code)
    )
    return [
        Choice(theme.code, theme_name(theme, lang), dimension_label(short, lang), theme.include, theme.exclude)
        for theme, short in rows
    ]


def next_point(session: Session, sample_id: int, person_id: int) -> ToCode | None:
    """The next point that a person has not coded; None where there is none or the sample is closed."""
    row = session.execute(
        _waiting(sample_id, person_id).where(CodingSample.closed_at.is_(None)).order_by(SamplePoint.position).limit(1)
    ).first()
    return ToCode(row.id, row.masked_text, row.language) if row else None


def _held(sample_id: int) -> Select[tuple[int, str, str]]:
    """The points that a sample still holds."""
    return (
        select(Point.id, Reading.masked_text, Reading.language)
        .select_from(SamplePoint)
        .join(CodingSample, CodingSample.id == SamplePoint.sample_id)
        .join(Point, Point.id == SamplePoint.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .join(Reading, Reading.point_id == Point.id)
        .where(SamplePoint.sample_id == sample_id, AS_DRAWN)
    )


def _waiting(sample_id: int, person_id: int) -> Select[tuple[int, str, str]]:
    mine = and_(
        Coding.sample_id == SamplePoint.sample_id,
        Coding.point_id == SamplePoint.point_id,
        Coding.person_id == person_id,
    )
    return _held(sample_id).where(~exists().where(mine))


def give(session: Session, sample_id: int, point_id: int, person_id: int, code: str, *, now: datetime) -> None:
    """Give a point the theme with this code, or `NONE_FITS`; until the person has finished it may be changed."""
    _open(session, sample_id)
    coder = session.get(Coder, (sample_id, person_id))
    if coder is not None and coder.finished_at is not None:
        raise NotThisState(N_("Anda sudah selesai; pilihan Anda tidak dapat diubah lagi."))
    if session.execute(_held(sample_id).where(Point.id == point_id)).first() is None:
        raise NotFound(f"point {point_id} in sample {sample_id}")
    theme_id = None if code == NONE_FITS else _theme(session, code)
    if coder is None:
        session.add(Coder(sample_id=sample_id, person_id=person_id))
        session.flush()
    session.merge(Coding(sample_id=sample_id, point_id=point_id, person_id=person_id, theme_id=theme_id, at=now))
    session.flush()


def _theme(session: Session, code: str) -> int:
    theme_id = session.scalar(select(Theme.id).where(Theme.code == code, Theme.state.in_(LIVE)))
    if theme_id is None:
        raise NotFound(f"theme {code}")
    return theme_id


def given(session: Session, sample_id: int, person_id: int, after: int = 0) -> tuple[list[Given], int | None]:
    """One page of what a person gave, in the order of the sample, and the cursor of the next page."""
    rows = session.execute(
        _held(sample_id)
        .join(Coding, and_(Coding.sample_id == SamplePoint.sample_id, Coding.point_id == SamplePoint.point_id))
        .outerjoin(Theme, Theme.id == Coding.theme_id)
        .where(Coding.person_id == person_id, SamplePoint.position > after)
        .add_columns(Theme.code, SamplePoint.position)
        .order_by(SamplePoint.position)
        .limit(PAGE + 1)
    ).all()
    shown = [Given(row.id, row.masked_text, row.code or NONE_FITS) for row in rows[:PAGE]]
    return shown, rows[PAGE - 1].position if len(rows) > PAGE else None


def finish(session: Session, sample_id: int, person_id: int, *, now: datetime) -> None:
    """Say that one has finished: from then on nothing of it is changed, and it counts in the result."""
    _open(session, sample_id)
    coder = session.get(Coder, (sample_id, person_id))
    if coder is None:
        raise NotFound(f"coder {person_id} of sample {sample_id}")
    if coder.finished_at is not None:
        raise NotThisState(N_("Anda sudah selesai; pilihan Anda tidak dapat diubah lagi."))
    waiting = session.scalar(select(func.count()).select_from(_waiting(sample_id, person_id).subquery()))
    if waiting:
        raise NotThisState(N_("Masih %(n)s teks yang belum Anda beri tema."), n=waiting)
    coder.finished_at = now
    audit.record(session, "coding.finish", "coding_sample", sample_id, now=now, actor_id=person_id)


def progress(session: Session, sample_id: int) -> list[Progress]:
    """How far everybody is who has begun, by the points that the sample still holds; never what they gave."""
    held = _held(sample_id).with_only_columns(Point.id).subquery()
    of = select(func.count()).select_from(held).scalar_subquery()
    rows = session.execute(
        select(Coder.person_id, Person.name, Coder.finished_at, func.count(held.c.id).label("done"), of.label("of"))
        .join(Person, Person.id == Coder.person_id)
        .outerjoin(Coding, and_(Coding.sample_id == Coder.sample_id, Coding.person_id == Coder.person_id))
        .outerjoin(held, held.c.id == Coding.point_id)
        .where(Coder.sample_id == sample_id)
        .group_by(Coder.person_id, Person.name, Coder.finished_at)
        .order_by(Coder.person_id)
    )
    return [Progress(row.person_id, row.name or "", row.done, row.of, row.finished_at) for row in rows]
