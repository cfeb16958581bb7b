"""Papers: forms printed with a serial of their own, and a strip with number and PIN to take home."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Dimension, PaperForm, Submission, Term
from services import audit, receipts
from services.tongue import label

LETTERS_OF_A_SERIAL = 6
MOST = 200
AFFECTED = "affected"


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed form; its PIN is known now and never again."""

    serial: str
    number: str
    pin: str


@dataclass(frozen=True, slots=True)
class Run:
    """What was printed at one moment, and how many of it came back."""

    printed_at: datetime
    language: str
    printed: int
    returned: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What a printed form numbers, in its order: (code, label)."""

    dimensions: tuple[tuple[str, str], ...]
    affected: tuple[tuple[str, str], ...]


def choices(session: Session, lang: str = "id") -> Choices:
    """The numbers of the printed form: on paper and in typing they must be the same."""
    dimensions = session.execute(
        select(Dimension.code, label(Dimension, "plain", lang)).where(Dimension.is_current).order_by(Dimension.position)
    )
    affected = session.execute(
        select(Term.code, label(Term, "label", lang)).where(Term.kind == AFFECTED, Term.is_current).order_by(Term.code)
    )
    return Choices(tuple(map(tuple, dimensions)), tuple(map(tuple, affected)))


def print_forms(
    session: Session, count: int, *, language: str, prefix: str, now: datetime, actor_id: int | None = None
) -> list[Printed]:
    """Make so many forms. The table keeps a salted hash of each PIN, so a run cannot be shown a second time."""
    if not 1 <= count <= MOST:
        raise ValueError(f"between 1 and {MOST} forms")
    forms = [_make(session, language, prefix, now, actor_id) for _ in range(count)]
    session.flush()
    audit.record(session, "paper.print", "paper_form", now.isoformat(), now=now, actor_id=actor_id, forms=count)
    return forms


def _make(session: Session, language: str, prefix: str, now: datetime, actor_id: int | None) -> Printed:
    pin, salt = f"{secrets.randbelow(10**receipts.PIN_DIGITS):0{receipts.PIN_DIGITS}d}", secrets.token_hex(8)
    row = PaperForm(
        serial=_free_serial(session),
        receipt_no=receipts.free_number(session, prefix),
        pin_salt=salt,
        pin_hash=receipts.hash_pin(pin, salt),
        language=language,
        printed_at=now,
        printed_by=actor_id,
    )
    session.add(row)
    return Printed(row.serial, row.receipt_no, pin)


def _free_serial(session: Session) -> str:
    """A random serial: one that was guessed or mistyped is, as good as always, nobody's."""
    while True:
        serial = tidy_serial("".join(secrets.choice(receipts.LETTERS) for _ in range(LETTERS_OF_A_SERIAL)))
        if session.get(PaperForm, serial) is None:
            return serial


def tidy_serial(typed: str) -> str:
    """What was typed as a serial, in the form in which it is stored.

    >>> tidy_serial(" k7m 2f4 ")
    'K7M-2F4'
    """
    plain = "".join(c for c in typed.upper() if c.isalnum())
    middle = LETTERS_OF_A_SERIAL // 2
    return f"{plain[:middle]}-{plain[middle:]}" if len(plain) == LETTERS_OF_A_SERIAL else plain


def free(session: Session, typed: str) -> str | None:
    """The serial that was typed, where such a form was printed and what stands on it is not in yet."""
    serial = tidy_serial(typed)
    is_used = session.scalar(select(Submission.id).where(Submission.serial == serial)) is not None
    return None if is_used or session.get(PaperForm, serial) is None else serial


def runs(session: Session) -> list[Run]:
    """What was printed so far, newest first, with how many of each run came back."""
    rows = session.execute(
        select(PaperForm.printed_at, PaperForm.language, func.count(), func.count(Submission.id))
        .outerjoin(Submission, Submission.serial == PaperForm.serial)
        .group_by(PaperForm.printed_at, PaperForm.language)
        .order_by(PaperForm.printed_at.desc())
        .limit(50)
    )
    return [Run(*row) for row in rows]
