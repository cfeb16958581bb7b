"""The trace of what was done: ids and reasons, never people's words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models import Event


def record(
    session: Session,
    action: str,
    subject: str,
    subject_id: object,
    *,
    now: datetime,
    actor_id: int | None = None,
    **details: Any,
) -> None:
    """Add one line to the audit inside the caller's transaction, so that deed and trace stand or fall together."""
    session.add(
        Event(
            at=now,
            actor_id=actor_id,
            action=action,
            subject=subject,
            subject_id=str(subject_id),
            details=details,
        )
    )


def record_each(
    session: Session,
    action: str,
    subject: str,
    each: Iterable[tuple[object, Mapping[str, Any]]],
    *,
    now: datetime,
    actor_id: int | None = None,
) -> None:
    """The same for one deed on many things (id, details), in one statement."""
    shared = {"at": now, "actor_id": actor_id, "action": action, "subject": subject}
    rows = [{**shared, "subject_id": str(subject_id), "details": dict(details)} for subject_id, details in each]
    if rows:
        session.execute(insert(Event), rows)
