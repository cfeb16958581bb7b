"""Takeouts: everything that is stored about one submission, found by following the keys of the tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from models import Base, Event, Submission

# Secrets of the receipt, and which member of the staff did something: not the sender's own data.
LEFT_OUT = frozenset(
    {
        "pin_salt",
        "pin_hash",
        "key_hash",
        "entered_by",
        "done_by",
        "asked_by",
        "actor_id",
        "redacted_by",
        "screened_by",
        "made_by",
        "confirmed_by",
        "ready_by",
        "answered_by",
        "moderated_by",
        "settled_by",
        "reply.person_id",
    }
)


def rows_of(session: Session, submission_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row that hangs on a submission, by table: its own, what refers to it, and what refers to that.

    The tables are found by reflection, so that a table which is added later cannot be forgotten here.
    """
    found = {Submission.__tablename__: _read(session, Submission.__table__, "id", {submission_id})}
    waiting = [Submission.__table__]
    while waiting:
        parent = waiting.pop()
        for table in Base.metadata.sorted_tables:
            if table.name not in found:
                rows = _children(session, table, parent, found[parent.name])
                if rows:
                    found[table.name] = rows
                    waiting.append(table)
    found[Event.__tablename__] = _events(session, submission_id)
    return {name: [_shown(name, row) for row in rows] for name, rows in found.items()}


def _children(session: Session, table: Table, parent: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for key in table.foreign_keys:
        if key.column.table is parent:
            return _read(session, table, key.parent.name, {row[key.column.name] for row in rows})
    return []


def _read(session: Session, table: Any, column: str, values: set[Any]) -> list[dict[str, Any]]:
    found = session.execute(select(table).where(table.c[column].in_(values)).order_by(*table.primary_key.columns))
    return [dict(row) for row in found.mappings()]


def _events(session: Session, submission_id: int) -> list[dict[str, Any]]:
    query = select(Event.__table__).where(Event.subject == "submission", Event.subject_id == str(submission_id))
    return [dict(row) for row in session.execute(query.order_by(Event.id)).mappings()]


def _shown(table: str, row: dict[str, Any]) -> dict[str, Any]:
    left_out = {name for name in row if LEFT_OUT & {name, f"{table}.{name}"}}
    return {name: _plain(value) for name, value in row.items() if name not in left_out}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
