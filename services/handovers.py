"""Hand-overs: service complaints that go to SP4N-LAPOR!, with a text that names nobody; the plan keeps its theme."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Agency, Handover, Point, Submission
from models.submission import STANDS
from models.vocabulary import HandoverState, PointType, TriageField
from services import audit, redactions, triages
from services.errors import NotFound, NotThisState
from services.texts import clean
from services.tongue import word

PAGE = 25
S = HandoverState
# Where each state may lead; what went out is answered or called back, and a new start begins at the beginning.
LEADS = {
    None: (S.READY,),
    S.READY: (S.READY, S.HANDED, S.TAKEN_BACK),
    S.HANDED: (S.HANDED, S.ANSWERED, S.TAKEN_BACK),
    S.ANSWERED: (S.ANSWERED, S.HANDED),
    S.TAKEN_BACK: (S.TAKEN_BACK, S.READY),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed of a hand-over."""

    state: HandoverState
    category: str
    text: str
    agency: str | None = None
    tracking_id: str = ""


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One hand-over of the list."""

    point_id: int
    number: str
    category: str
    text: str
    agency: str
    state: HandoverState
    state_label: str
    tracking_id: str
    changed_at: datetime


def propose_agency(said: str, agencies: list[tuple[str, str]]) -> str | None:
    """The agency (code, name) that a text names first; None where it names none.

    >>> propose_agency("Sudah lapor ke DLH, belum diangkut", [("dpupr", "DPUPR"), ("dlh", "DLH")])
    'dlh'
    """
    found = [(match.start(), code) for code, name in agencies if (match := _named(name).search(said))]
    return min(found)[1] if found else None


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)


def save(session: Session, point_id: int, wanted: Wanted, *, actor_id: int, now: datetime) -> None:
    """Put a complaint on its way, or write down how far it is.

    Its text is read by a person and holds no number or address of anybody. What went out is not written anew: there
    only the state and the number it was given there change.
    """
    point, row = session.get(Point, point_id), session.get(Handover, point_id)
    if point is None:
        raise NotFound(f"point {point_id}")
    old = row.state if row else None
    if wanted.state not in LEADS[old]:
        raise NotThisState(f"a hand-over does not go from {old} to {wanted.state}")
    if row is None:
        row = Handover(point_id=point_id, text="", made_at=now, made_by=actor_id)
        session.add(row)
    if old in (None, S.READY, S.TAKEN_BACK):
        redactions.check(wanted.text)
        row.text, row.category, row.agency = clean(wanted.text), clean(wanted.category), wanted.agency
    row.state, row.tracking_id, row.changed_at = wanted.state, clean(wanted.tracking_id), now
    _call_complaint(session, point_id, actor_id, now)
    told = {"old": old.value if old else None, "new": wanted.state.value, "agency": wanted.agency}
    audit.record(session, "point.hand_over", "point", point_id, now=now, actor_id=actor_id, **told)
    session.flush()


def _call_complaint(session: Session, point_id: int, actor_id: int, now: datetime) -> None:
    """Whoever hands a point over says by it what sort of thing it is, unless somebody has said so already."""
    row = triages.row_of(session, point_id)
    if row.point_type is None:
        said = PointType.SERVICE_COMPLAINT.value
        triages.put(session, [triages.Said(row, TriageField.TYPE_FIELD, said)], actor_id=actor_id, now=now)


def listing(
    session: Session, *, state: HandoverState | None = None, after: int | None = None, lang: str = "id"
) -> tuple[list[HandoverRow], int | None]:
    """One page of hand-overs, the newest points first, and the cursor of the next."""
    page = select(Handover.point_id).order_by(Handover.point_id.desc()).limit(PAGE + 1)
    if state is not None:
        page = page.where(Handover.state == state)
    if after is not None:
        page = page.where(Handover.point_id < after)
    ids = session.scalars(page).all()
    rows = session.execute(
        select(Handover, Submission.receipt_no, Agency.name)
        .join(Point, Point.id == Handover.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Agency, Agency.code == Handover.agency)
        .where(STANDS, Handover.point_id.in_(ids[:PAGE]))
        .order_by(Handover.point_id.desc())
    )
    shown = [
        HandoverRow(
            row.point_id,
            number,
            row.category,
            row.text,
            agency or "",
            row.state,
            word(row.state, lang),
            row.tracking_id,
            row.changed_at,
        )
        for row, number, agency in rows
    ]
    return shown, ids[PAGE - 1] if len(ids) > PAGE else None
