"""Decisions: what the team makes of themes, groups of equal texts and points. A refusal needs two persons.

Nothing is written over but what its own author has not had confirmed: everything else is replaced by a new row, and
the old one stays readable.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Agency, Decision, Draft, Paragraph, Point, Programme, Reading, Response, Submission, Theme
from models.decision import TARGETS
from models.submission import STANDS
from models.theme import LIVE
from models.vocabulary import DecisionState, DraftState
from services import audit
from services.errors import AlreadyDecided, NotFound, NotThisState, Unexplained
from services.explanations import REFUSALS, Faults, Ruling, faults
from services.texts import clean
from services.tongue import N_, SOURCE, say

REWRITABLE = (DecisionState.DRAFTED, DecisionState.AWAITING, DecisionState.RETURNED)
TEXTS = ("reason", "change", "text_before", "text_after", "deferred_to", "forwarded_to")
TOLD = ("code", "reason_code", "state", "lead_agency", "programme")
UNKNOWN_PARAGRAPH = N_("Paragraf “%(mark)s” tidak ada di naskah.")
UNKNOWN_PROGRAMME = N_("Program ini tidak kami kenal.")
UNKNOWN_AGENCY = N_("Perangkat daerah ini tidak kami kenal.")
UNFINISHED = N_("Rancangan yang belum diberi alasan.")


@dataclass(frozen=True, slots=True)
class Target:
    """What is decided on: `kind` is theme, group or point, `key` its id or the name of the group."""

    kind: str
    key: int | str

    @property
    def column(self) -> str:
        return TARGETS[self.kind]


def target_of(row: Decision) -> Target:
    """What a decision is about."""
    return Target(*row.target)


def stamp(row: Decision | None) -> str:
    """What a page shows and sends back, so that nobody decides on or confirms what has changed meanwhile."""
    return "" if row is None else row.stamp


def living(session: Session, round_id: int, target: Target) -> Decision | None:
    """The decision on exactly this thing that is not replaced."""
    column = getattr(Decision, target.column)
    return session.scalar(
        select(Decision).where(
            Decision.round_id == round_id, column == target.key, Decision.state != DecisionState.REPLACED
        )
    )


def living_on(session: Session, point_ids: Collection[int]) -> dict[int, Decision]:
    """The decision on each of these points themselves; one that has none is left out."""
    query = select(Decision).where(Decision.point_id.in_(point_ids), Decision.state != DecisionState.REPLACED)
    return {row.point_id: row for row in session.scalars(query) if row.point_id is not None}


def decide(
    session: Session,
    round_id: int,
    targets: Sequence[Target],
    ruling: Ruling,
    *,
    actor_id: int,
    now: datetime,
    is_draft: bool = False,
    conflict_id: int | None = None,
    seen: Mapping[Target, str] | None = None,
) -> list[int]:
    """Decide the same on each of these, one decision each; returns their ids.

    What refuses awaits a second person, everything else stands at once: it takes nothing from anybody, and two
    persons still let it out to the public. A draft need not be complete and counts for nothing. `seen` holds the
    stamps that the page showed.
    """
    values = values_of(session, ruling)
    missing = {} if is_draft else faults(ruling, in_conflict=conflict_id is not None)
    if missing:
        raise Unexplained(missing)
    for target in targets:
        _check_there(session, round_id, target)
    values["conflict_id"] = conflict_id
    made = []
    for target in targets:
        before = living(session, round_id, target)
        if seen is not None and stamp(before) != seen.get(target, ""):
            raise AlreadyDecided
        row = _row(session, round_id, target, before, actor_id=actor_id, is_draft=is_draft)
        made.append(_write(session, row, values, actor_id=actor_id, now=now, is_draft=is_draft))
    return made


def values_of(session: Session, ruling: Ruling) -> dict[str, Any]:
    """What is stored of a ruling; a paragraph is found by its mark in the newest version that has it and is out."""
    unknown: Faults = {}
    paragraph = _paragraph(session, ruling.paragraph)
    if ruling.paragraph and paragraph is None:
        unknown["paragraph"] = (UNKNOWN_PARAGRAPH, {"mark": ruling.paragraph})
    if ruling.programme and session.get(Programme, ruling.programme) is None:
        unknown["programme"] = (UNKNOWN_PROGRAMME, {})
    if ruling.lead_agency and session.get(Agency, ruling.lead_agency) is None:
        unknown["lead_agency"] = (UNKNOWN_AGENCY, {})
    if unknown:
        raise Unexplained(unknown)
    if ruling.code in REFUSALS:  # the desk offers the words that a comment proposes: refused, they change nothing
        ruling = replace(ruling, text_before="", text_after="")
    if ruling.text_after and not ruling.text_before and paragraph is not None:
        ruling = replace(ruling, text_before=paragraph.text)
    return {
        "code": ruling.code,
        "reason_code": ruling.reason_code,
        "paragraph_id": paragraph.id if paragraph else None,
        "paragraph_mark": paragraph.mark if paragraph else "",
        "programme": ruling.programme or None,
        "lead_agency": ruling.lead_agency or None,
        "due_on": ruling.due_on,
        **{name: clean(getattr(ruling, name)) for name in TEXTS},
    }


def _paragraph(session: Session, mark: str) -> Paragraph | None:
    if not mark:
        return None
    query = select(Paragraph).join(Draft, Draft.id == Paragraph.draft_id).where(Paragraph.mark == mark.strip())
    query = query.where(Draft.state == DraftState.PUBLISHED)
    return session.scalar(query.order_by(Draft.number.desc()).limit(1))


def _check_there(session: Session, round_id: int, target: Target) -> None:
    """A theme that lives, a group with a text that stands, or a point that stands, of this round."""
    point = select(Point.id).join(Submission).where(Submission.round_id == round_id, STANDS)
    query = {
        "theme": select(Theme.id).where(Theme.id == target.key, Theme.state.in_(LIVE)),
        "group": point.join(Reading, Reading.point_id == Point.id).where(Reading.duplicate_group == target.key),
        "point": point.where(Point.id == target.key),
    }[target.kind]
    if session.scalar(query.limit(1)) is None:
        raise NotFound(f"{target.kind} {target.key}")


def _row(
    session: Session, round_id: int, target: Target, before: Decision | None, *, actor_id: int, is_draft: bool
) -> Decision:
    """The row to write into: one's own that is not confirmed, else a new one in the place of what stands there."""
    if before is not None and before.state in REWRITABLE and before.made_by == actor_id:
        return before
    row = Decision(round_id=round_id, **{target.column: target.key})
    if before is not None:
        if is_draft:
            raise NotThisState(f"decision {before.id} stands; a draft does not take its place")
        retire(session, before)
        row.replaces_id = before.id
    session.add(row)
    return row


def retire(session: Session, row: Decision) -> None:
    """Let a decision stand no more; it stays readable, also a draft in which nothing was said yet."""
    row.state, row.reason = DecisionState.REPLACED, row.reason or say(SOURCE, UNFINISHED)
    session.flush()


def _write(
    session: Session, row: Decision, values: dict[str, Any], *, actor_id: int, now: datetime, is_draft: bool
) -> int:
    old = told(row) if row.id else None
    for name, value in values.items():
        setattr(row, name, value)
    row.made_by, row.made_at = actor_id, now
    row.confirmed_at, row.confirmed_by = None, None
    row.state = DecisionState.DRAFTED if is_draft else DecisionState.AWAITING
    if not is_draft and row.code not in REFUSALS:
        row.state, row.confirmed_at, row.confirmed_by = DecisionState.CONFIRMED, now, actor_id
    session.flush()
    unsign(session, row.id)
    action = "decision.draft" if is_draft else "decision.change" if old else "decision.make"
    record(session, row, action, old, actor_id=actor_id, now=now)
    return row.id


def unsign(session: Session, decision_id: int) -> None:
    """A public text that was signed for other facts is not signed any more."""
    session.execute(
        update(Response)
        .where(Response.decision_id == decision_id, Response.release_id.is_(None))
        .values(ready_at=None, ready_by=None)
        .execution_options(synchronize_session="fetch")
    )


def told(row: Decision) -> dict[str, Any]:
    """What the audit tells of a decision: codes and states, no words."""
    return {name: value for name in TOLD if (value := getattr(row, name)) is not None}


def record(
    session: Session, row: Decision, action: str, old: dict[str, Any] | None, *, actor_id: int, now: datetime
) -> None:
    """Add a deed on a decision to the audit, with what it was before."""
    target = target_of(row)
    about = {target.kind: target.key, "replaces": row.replaces_id}
    beside = {name: value for name, value in about.items() if value is not None}
    audit.record(
        session,
        action,
        "decision",
        row.id,
        now=now,
        actor_id=actor_id,
        old=old or {},
        new=told(row),
        why=row.reason_code or "",
        **beside,
    )


def get(session: Session, decision_id: int) -> Decision:
    """A decision, also one that was replaced."""
    row = session.get(Decision, decision_id)
    if row is None:
        raise NotFound(f"decision {decision_id}")
    return row
