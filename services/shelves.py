"""Shelves: where the public finds what was released; stored bytes, newest first, each with the tag it is known by."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Release, ReleaseFile, Round
from services import answers
from services.errors import NotFound
from services.tongue import label

SOURCE = "id"


@dataclass(frozen=True, slots=True)
class Seen:
    """A release that the public sees."""

    id: int
    round_code: str
    round_title: str
    number: int
    publish_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Stored:
    body: bytes
    media_type: str
    etag: str


def seen(session: Session, *, now: datetime, lang: str = SOURCE, round_code: str | None = None) -> list[Seen]:
    """The releases that the public sees, the newest first; of one round or of all."""
    query = (
        select(Release.id, Round.code, label(Round, "title", lang), Release.number, Release.publish_at, Release.digest)
        .join(Round, Round.id == Release.round_id)
        .where(answers.is_public(now))
        .order_by(Release.publish_at.desc(), Release.id.desc())
        .limit(100)
    )
    if round_code is not None:
        query = query.where(Round.code == round_code)
    return [Seen(*row) for row in session.execute(query)]


def open_(
    session: Session, round_code: str, path: str, *, now: datetime, lang: str = SOURCE, number: int | None = None
) -> Stored:
    """A page or file of a round's newest public release, or of a numbered one; raises NotFound.

    A page that does not exist in a language is shown in Indonesian.
    """
    query = select(Release.id).join(Round).where(answers.is_public(now), Round.code == round_code)
    if number is not None:
        query = query.where(Release.number == number)
    release_id = session.scalar(query.order_by(Release.publish_at.desc(), Release.id.desc()).limit(1))
    if release_id is None:
        raise NotFound(f"release of {round_code}")
    return file(session, release_id, path, lang)


def file(session: Session, release_id: int, path: str, lang: str = SOURCE) -> Stored:
    """A page or file of a release, whoever may see it; raises NotFound."""
    rows = session.execute(
        select(ReleaseFile.language, ReleaseFile.body, ReleaseFile.media_type, ReleaseFile.etag).where(
            ReleaseFile.release_id == release_id,
            ReleaseFile.path == path,
            ReleaseFile.language.in_((lang, SOURCE, "")),
        )
    ).all()
    found = {row.language: row for row in rows}
    row = found.get(lang) or found.get(SOURCE) or found.get("")
    if row is None:
        raise NotFound(f"{path} of release {release_id}")
    return Stored(row.body, row.media_type, row.etag)
