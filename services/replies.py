"""Replies: what the team says under a comment; its author reads them always, others where they read the comment."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import Person, Reply
from services import audit, remarks
from services.texts import clean


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """One reply; `who` is for the team alone and empty for everybody else: to them the team is one."""

    id: int
    text: str
    at: datetime
    who: str


def add(session: Session, point_id: int, text: str, *, now: datetime, actor_id: int) -> int:
    """Say something under a comment; the same again at once (a double tap) is the reply that stands."""
    remarks.comment(session, point_id)
    said = clean(text)
    last = session.scalar(select(Reply).where(Reply.point_id == point_id).order_by(Reply.id.desc()).limit(1))
    if last is not None and (last.person_id, last.text) == (actor_id, said):
        return last.id
    row = Reply(point_id=point_id, person_id=actor_id, text=said, at=now)
    session.add(row)
    session.flush()
    audit.record(session, "comment.reply", "point", point_id, now=now, actor_id=actor_id, reply=row.id)
    return row.id


def of(session: Session, point_ids: Collection[int], *, is_team: bool = False) -> dict[int, list[ReplyFacts]]:
    """The replies under each of these comments, the first one first; what points to a person is covered."""
    if not point_ids:
        return {}
    found: dict[int, list[ReplyFacts]] = defaultdict(list)
    rows = session.execute(
        select(Reply, Person.name)
        .join(Person, Person.id == Reply.person_id)
        .where(Reply.point_id.in_(point_ids))
        .order_by(Reply.id)
    )
    for reply, name in rows:
        found[reply.point_id].append(
            ReplyFacts(reply.id, mask(reply.text).text, reply.at, name or "" if is_team else "")
        )
    return dict(found)
