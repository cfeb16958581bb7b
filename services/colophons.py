"""Colophons: what there is to know of each release: by whom, from which run, when it is seen, what stopped it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Person, Release, Round
from models.vocabulary import ReleaseState
from services.errors import NotFound
from services.tongue import label, word


@dataclass(frozen=True, slots=True)
class Colophon:
    """A release as its desk lists it; `is_made` tells whether its pages stand, `is_seen` whether the public sees it."""

    id: int
    round_id: int
    round_code: str
    round_title: str
    number: int
    state: ReleaseState
    label: str
    publish_at: datetime
    replies_until: datetime | None
    threshold: int
    rounding: int
    run_id: int
    codebook: int
    digest: str
    made_at: datetime
    made_by: str
    made_by_id: int | None
    approved_at: datetime | None
    approved_by: str
    approved_by_id: int | None
    released_at: datetime | None
    released_by: str
    leaks: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any]
    is_seen: bool

    @property
    def is_made(self) -> bool:
        return bool(self.digest)


def listed(session: Session, *, now: datetime, lang: str = "id", release_id: int | None = None) -> list[Colophon]:
    """Every release, the newest first, or one of them."""
    maker, first, second = (_person(name) for name in ("made_by", "approved_by", "released_by"))
    query = select(Release, Round.code, label(Round, "title", lang), maker, first, second).join(
        Round, Round.id == Release.round_id
    )
    if release_id is not None:
        query = query.where(Release.id == release_id)
    rows = session.execute(query.order_by(Release.id.desc()).limit(100))
    return [_facts(*row, now=now, lang=lang) for row in rows]


def _person(field: str) -> Any:
    query = select(func.coalesce(func.nullif(Person.name, ""), Person.email))
    return query.where(Person.id == getattr(Release, field)).correlate(Release).scalar_subquery()


def _facts(row: Release, code: str, title: str, *names: str | None, now: datetime, lang: str) -> Colophon:
    made_by, approved_by, released_by = (name or "" for name in names)
    return Colophon(
        id=row.id,
        round_id=row.round_id,
        round_code=code,
        round_title=title,
        number=row.number,
        state=row.state,
        label=word(row.state, lang),
        publish_at=row.publish_at,
        replies_until=row.replies_until,
        threshold=row.threshold,
        rounding=row.rounding,
        run_id=row.run_id,
        codebook=row.codebook,
        digest=row.digest,
        made_at=row.made_at,
        made_by=made_by,
        made_by_id=row.made_by,
        approved_at=row.approved_at,
        approved_by=approved_by,
        approved_by_id=row.approved_by,
        released_at=row.released_at,
        released_by=released_by,
        leaks=tuple(row.leaks),
        facts=row.facts,
        is_seen=row.state is ReleaseState.RELEASED and row.publish_at <= now,
    )


def one(session: Session, release_id: int, *, now: datetime, lang: str = "id") -> Colophon:
    """One release; raises NotFound."""
    found = listed(session, now=now, lang=lang, release_id=release_id)
    if not found:
        raise NotFound(f"release {release_id}")
    return found[0]
