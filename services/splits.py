"""Splits: a point that says several things becomes several points, and one again; what was sent stays whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models import (
    AnsweredPoint,
    Coding,
    ConflictPoint,
    Decision,
    Handover,
    Mark,
    Objection,
    Point,
    PointFramework,
    PointMission,
    Remark,
    Reply,
    SamplePoint,
    Submission,
    ThemeExample,
    Wording,
)
from models.vocabulary import HandoverState, SubmissionState
from services import audit, redactions, vestiges
from services.errors import NotFound, NotThisState, Refusal
from services.tongue import N_

# Where a point is bound by one of these, its words are not changed any more.
BOUND: tuple[tuple[Any, str], ...] = (
    (Decision, N_("sudah diputuskan")),
    (Objection, N_("sudah ditanggapi pengirimnya")),
    (AnsweredPoint, N_("jawabannya sudah diumumkan")),
    (ConflictPoint, N_("ditautkan dengan masukan yang bertentangan")),
    (SamplePoint, N_("ikut contoh pengodean ganda")),
    (Coding, N_("sudah diberi kode dua orang")),
    (ThemeExample, N_("menjadi contoh di buku kode")),
    (Wording, N_("usul redaksinya sudah masuk naskah")),
    (Handover, N_("sedang diserahkan; batalkan dahulu penyerahannya")),
)
# What the writer said of the whole goes along with each part; ratings and evidence stay with the first.
SHARED = ("dimension", "paragraph_id", "paragraph_ref", "programme", "programme_ref")
FEWEST, MOST = 2, 20


class Unsplittable(Refusal):
    """The point cannot be split or joined so; the text says why."""


def spans(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Where each part begins and ends in the text: together they are the text, spaces and all.

    Raises Unsplittable where the parts say anything else than the text, spaces aside.

    >>> spans("Got mampet. Lampu mati.", ["Got mampet.", "Lampu mati."])
    [(0, 12), (12, 23)]
    """
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    said = ["".join(part.split()) for part in parts]
    if not all(said) or "".join(said) != "".join(text.split()):
        raise Unsplittable(N_("Kata-katanya harus tetap sama; pisahkan hanya dengan satu baris kosong."))
    starts, read = [0], 0
    for part in said[:-1]:
        read += len(part)
        starts.append(letters[read])
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def split(session: Session, point_id: int, parts: Sequence[str], *, actor_id: int, now: datetime) -> list[int]:
    """Make several points of one; returns their ids, the first being the one that was there.

    The first keeps what was said of it (marks, pins, ratings, the proposal), and its text for the public is read anew;
    the others begin at the inbox. What is decided, coded twice or handed over is refused: it was said of the whole.
    """
    point = _point(session, point_id)
    if not FEWEST <= len(parts) <= MOST:
        raise Unsplittable(N_("Pisahkan menjadi 2 sampai %(most)s butir dengan satu baris kosong."), most=MOST)
    places = spans(point.text, parts)
    _check_free(session, [point_id])
    texts = [point.text[start:end] for start, end in places]
    vestiges.unread(session, [point_id], now=now)
    redactions.void(session, point_id, actor_id=actor_id, now=now, why="split")
    vestiges.unshow(session, [point_id])
    point.text, point.shown_at = texts[0], None
    made = [_part(point, text) for text in texts[1:]]
    session.add_all(made)
    _renumber(point, made)
    session.flush()
    _share_place(session, point_id, [part.id for part in made])
    ids = [point_id, *(part.id for part in made)]
    audit.record(session, "point.split", "point", point_id, now=now, actor_id=actor_id, old=1, new=len(ids), into=ids)
    return ids


def _point(session: Session, point_id: int) -> Point:
    point = session.get(Point, point_id)
    if point is None:
        raise NotFound(f"point {point_id}")
    if point.submission.state is not SubmissionState.RECEIVED:
        raise NotThisState(f"submission {point.submission_id} is {point.submission.state}")
    return point


def _check_free(session: Session, point_ids: list[int]) -> None:
    for model, why in BOUND:
        query = select(model.point_id).where(model.point_id.in_(point_ids)).limit(1)
        if model is Handover:
            query = query.where(Handover.state != HandoverState.TAKEN_BACK)
        if session.scalar(query) is not None:
            raise Unsplittable(N_("Butir ini %(why)s, jadi kata-katanya tidak diubah lagi."), why=why)


def _part(point: Point, text: str) -> Point:
    shared = {name: getattr(point, name) for name in SHARED}
    origin = point.split_from_id or point.id
    return Point(submission_id=point.submission_id, text=text, split_from_id=origin, **shared)


def _share_place(session: Session, point_id: int, part_ids: Sequence[int]) -> None:
    """A comment on a gap or on a whole version says so in its remark: the parts stand there too."""
    remark = session.get(Remark, point_id)
    if remark is not None and (remark.is_gap or remark.draft_id is not None):
        place = {"draft_id": remark.draft_id, "is_gap": remark.is_gap}
        session.add_all(Remark(point_id=part_id, **place) for part_id in part_ids)
        session.flush()


def _renumber(point: Point, made: list[Point]) -> None:
    """The parts stand behind their first; whatever came after it moves down."""
    for other in point.submission.points:
        if other.position > point.position:
            other.position += len(made)
    for n, part in enumerate(made, start=1):
        part.position = point.position + n


def join(session: Session, point_id: int, *, actor_id: int, now: datetime) -> int:
    """Make one point again of all the parts of a point; returns its id.

    What the machine read and what was marked of the other parts goes, the audit keeps it; a part that a person placed
    in a theme, or that is bound otherwise, is refused.
    """
    origin = _point(session, point_id)
    if origin.split_from_id is not None:
        origin = _point(session, origin.split_from_id)
    query = select(Point).where(Point.split_from_id == origin.id).order_by(Point.position)
    parts = list(session.scalars(query))
    if not parts:
        raise NotThisState(f"point {point_id} was not split")
    ids = [part.id for part in parts]
    _check_free(session, [origin.id, *ids])
    if session.scalar(select(Mark.id).where(Mark.point_id.in_(ids)).limit(1)) is not None:
        raise Unsplittable(N_("Satu bagiannya sudah ditempatkan orang dalam tema, jadi tidak digabung lagi."))
    vestiges.unread(session, [origin.id, *ids], now=now)
    redactions.void(session, origin.id, actor_id=actor_id, now=now, why="join")
    vestiges.unshow(session, [origin.id])
    origin.text = "".join([origin.text, *(part.text for part in parts)])
    session.flush()
    session.execute(update(Reply).where(Reply.point_id.in_(ids)).values(point_id=origin.id))
    _drop(session, ids, now)
    _close_up(session, origin.submission_id)
    audit.record(session, "point.join", "point", origin.id, now=now, actor_id=actor_id, old=len(ids) + 1, new=1, of=ids)
    return origin.id


def _drop(session: Session, ids: list[int], now: datetime) -> None:
    vestiges.delete_all(session, ids, now=now)
    for link in (PointMission, PointFramework, Remark):
        session.execute(delete(link).where(link.point_id.in_(ids)))
    session.execute(delete(Point).where(Point.id.in_(ids)))
    session.expire_all()


def _close_up(session: Session, submission_id: int) -> None:
    for n, point in enumerate(session.get_one(Submission, submission_id).points, start=1):
        point.position = n
    session.flush()
