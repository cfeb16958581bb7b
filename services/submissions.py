"""Submissions: taken once, and receipted with a number and a PIN."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import PaperForm, Paragraph, Point, Submission, Topic
from models.vocabulary import AgeBand, Channel, Experience, Gender, Group, SubmissionState, Visibility
from services import audit, receipts
from services.errors import KeyReused, NotFound, RoundClosed, SerialUsed, UnknownSerial
from services.texts import clean
from services.tongue import label


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person sent; `area` is an area code, `place_note` a place that is none ("kota", "luar")."""

    text: str
    topic: str | None = None
    condition: int | None = None
    importance: int | None = None
    area: str | None = None
    place_note: str | None = None
    paragraph_id: int | None = None
    seconds_taken: int | None = None
    is_suspect: bool = False
    # How it came in, where somebody else wrote it down; `dimension` where no topic was named.
    channel: Channel = Channel.WEB
    group: Group = Group.CITIZEN
    dimension: str | None = None
    serial: str | None = None
    entry_batch_id: int | None = None
    meeting_id: int | None = None
    entered_by: int | None = None
    # What may be skipped; `held_for` is the reason to hold it for a person, who then reads it or lets it rest.
    visibility: Visibility = Visibility.UNNAMED
    affected: tuple[str, ...] = ()
    constituencies: tuple[str, ...] = ()
    experience: Experience | None = None
    age_band: AgeBand | None = None
    gender: Gender | None = None
    held_for: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receipt page shows; the PIN of a printed form stands on its strip alone and is empty here."""

    number: str
    pin: str
    spoken: str
    received_at: datetime
    text: str
    topic_label: str | None
    is_repeat: bool = False
    submission_id: int | None = None


def receive(
    session: Session,
    draft: Draft,
    *,
    round_id: int | None,
    prefix: str,
    key: str,
    now: datetime,
    lang: str = "id",
) -> Receipt:
    """Take one sending: submission, point and audit line in the caller's one transaction.

    The key makes a double tap one submission: the same key with the same text shows the same number and PIN
    again, with another text it is refused, because one of the two texts would be lost.
    """
    if round_id is None:
        raise RoundClosed("no open round")
    text, pin = clean(draft.text), receipts.pin_of(key)
    earlier = _by_key(session, key, lang)
    if earlier is not None:
        if earlier.text != text:
            raise KeyReused(earlier.number)
        return earlier
    slip = _slip(session, draft.serial, prefix, pin)
    row = _row(draft, slip, text, round_id=round_id, key=key, now=now)
    row.points.append(_point(session, draft, text))
    session.add(row)
    _flush(session, draft.serial)
    who, channel = draft.entered_by, draft.channel.value
    audit.record(session, "submission.receive", "submission", row.id, now=now, actor_id=who, channel=channel)
    return Receipt(
        number=row.receipt_no,
        pin="" if draft.serial else pin,
        spoken=receipts.spell(row.receipt_no, lang),
        received_at=now,
        text=text,
        topic_label=_topic(session, draft, lang),
        submission_id=row.id,
    )


def _visibility(draft: Draft) -> Visibility:
    """Of people under 18 no name is kept, so there is none to show."""
    is_child = draft.age_band is AgeBand.UNDER_18
    return Visibility.UNNAMED if is_child and draft.visibility is Visibility.NAMED else draft.visibility


def personal_kinds(text: str) -> tuple[str, ...]:
    """What sorts of personal data seem to stand in a text, each once, for a hint before it is sent.

    >>> personal_kinds("Hubungi 0812-0000-0000 atau 0813-0000-0000, RT 02/RW 05")
    ('phone', 'address')
    """
    return tuple(dict.fromkeys(finding.kind for finding in mask(clean(text)).findings))


class _Slip(NamedTuple):
    number: str
    salt: str
    pin_hash: str


def _slip(session: Session, serial: str | None, prefix: str, pin: str) -> _Slip:
    """Number and PIN of a sending: those on the strip of its printed form, else new ones."""
    if serial is None:
        salt = secrets.token_hex(8)
        return _Slip(receipts.free_number(session, prefix), salt, receipts.hash_pin(pin, salt))
    form = session.get(PaperForm, serial)
    if form is None:
        raise UnknownSerial(serial)
    if session.scalar(select(Submission.id).where(Submission.serial == serial)) is not None:
        raise SerialUsed(serial)
    return _Slip(form.receipt_no, form.pin_salt, form.pin_hash)


def _row(draft: Draft, slip: _Slip, text: str, *, round_id: int, key: str, now: datetime) -> Submission:
    """The submission of a draft, still without its point."""
    return Submission(
        round_id=round_id,
        receipt_no=slip.number,
        pin_salt=slip.salt,
        pin_hash=slip.pin_hash,
        key_hash=receipts.hash_key(key),
        group=draft.group,
        channel=draft.channel,
        serial=draft.serial,
        entry_batch_id=draft.entry_batch_id,
        meeting_id=draft.meeting_id,
        entered_by=draft.entered_by,
        text=text,
        area=draft.area,
        place_note=draft.place_note,
        received_at=now,
        seconds_taken=draft.seconds_taken,
        is_suspect=draft.is_suspect,
        state=SubmissionState.HELD if draft.held_for else SubmissionState.RECEIVED,
        held_for=draft.held_for,
        visibility=_visibility(draft),
        affected=list(draft.affected),
        constituencies=list(draft.constituencies),
        experience=draft.experience,
        age_band=draft.age_band,
        gender=draft.gender,
    )


def _flush(session: Session, serial: str | None) -> None:
    """Write it down; of two who type the same serial at once, the second is told."""
    try:
        session.flush()
    except IntegrityError as error:
        if serial is None:
            raise
        raise SerialUsed(serial) from error


def _topic(session: Session, draft: Draft, lang: str) -> str | None:
    if not draft.topic:
        return None
    return session.scalar(select(label(Topic, "label", lang)).where(Topic.slug == draft.topic))


def _point(session: Session, draft: Draft, text: str) -> Point:
    dimension = session.scalar(select(Topic.dimension).where(Topic.slug == draft.topic)) if draft.topic else None
    dimension = dimension or draft.dimension
    if dimension is None and draft.paragraph_id is not None:
        dimension = session.scalar(select(Paragraph.dimension).where(Paragraph.id == draft.paragraph_id))
    return Point(
        paragraph_id=draft.paragraph_id,
        text=text,
        topic=draft.topic,
        dimension=dimension,
        condition=draft.condition,
        importance=draft.importance,
    )


def _by_key(session: Session, key: str, lang: str) -> Receipt | None:
    row = session.execute(
        select(
            Submission.receipt_no,
            Submission.received_at,
            Submission.text,
            Submission.serial,
            label(Topic, "label", lang),
        )
        .join(Point, Point.submission_id == Submission.id)
        .outerjoin(Topic, Topic.slug == Point.topic)
        .where(Submission.key_hash == receipts.hash_key(key), Point.position == 1)
    ).first()
    if row is None:
        return None
    number, received_at, text, serial, topic = row
    pin = "" if serial else receipts.pin_of(key)
    return Receipt(number, pin, receipts.spell(number, lang), received_at, text, topic, is_repeat=True)


def receipt_of(session: Session, key: str, lang: str = "id") -> Receipt:
    """The receipt of a form's key, for the page after sending and its reload."""
    found = _by_key(session, key, lang)
    if found is None:
        raise NotFound("no submission with this key")
    return found
