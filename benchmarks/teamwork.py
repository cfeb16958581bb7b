"""What a team does with what it was sent, laid over a data folder by the number of each point and never by chance."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from benchmarks.growth import put
from models import (
    Agency,
    Coder,
    CodingSample,
    Conflict,
    ConflictPoint,
    DataRequest,
    Decision,
    Division,
    Event,
    Export,
    Handover,
    Invitation,
    Mark,
    Objection,
    Person,
    Point,
    Reading,
    Release,
    Response,
    Round,
    Run,
    SamplePoint,
    Score,
    Submission,
    Theme,
    ThemeExample,
    Triage,
    TriageMark,
)
from models.vocabulary import (
    DecisionCode,
    DecisionState,
    Element,
    ExportState,
    HandoverState,
    MarkKind,
    Nature,
    ObjectionState,
    ReasonCode,
    ReleaseState,
    RequestKind,
    Stage,
    TriageField,
)
from services import codebooks, schemes

EMAIL = "semua@demo.example"
# Every list that does not grow with the round is longer than a page.
SHELF, DECISIONS, EVENTS_A_POINT = 60, 200, 2
# Of a hundred points.
ASKED, MARKED, HANDED, CODED, SCREENED, REDACTED = 1, 5, 1, 30, 60, 50


def sort(session: Session, now: datetime) -> None:
    """What people did with themes: marks, examples, changes of the codebook, a split that was asked for, a sample."""
    moment, person = now - timedelta(days=1), person_of(session)
    placed = select(Reading.point_id, Reading.theme_id).where(Reading.theme_id.is_not(None))
    some = session.execute(placed.where(Reading.point_id % 100 < MARKED)).all()
    mark = {"kind": MarkKind.PIN, "actor_id": person, "at": moment, "reason": "contoh"}
    put(session, Mark, ({"point_id": point, "theme_id": theme, **mark} for point, theme in some))
    themes = list(session.scalars(select(Theme).order_by(Theme.id)))
    first = dict(session.execute(select(Reading.theme_id, Reading.point_id).where(Reading.theme_id.is_not(None))).all())
    put(
        session,
        ThemeExample,
        ({"theme_id": t, "point_id": p, "actor_id": person, "at": moment} for t, p in first.items()),
    )
    for number in range(2 * SHELF):
        one = themes[number % len(themes)]
        codebooks.record(session, one, "rename", actor_id=person, now=moment, why="contoh")
    theme, points = next(iter(first)), list(first.values())
    groups = [{"name": "jalan", "point_ids": points, "examples": points[:2]}]
    put(session, Division, iter([{"theme_id": theme, "asked_at": moment, "made_at": now, "groups": groups}]))
    _sample(session, moment, person)


def _sample(session: Session, moment: datetime, person: int) -> None:
    round_id = session.scalars(select(Round.id)).one()
    read = session.execute(select(Reading.point_id, Reading.theme_id).order_by(Reading.point_id).limit(DECISIONS)).all()
    sample = {"id": 1, "round_id": round_id, "size": len(read), "seed": 1, "made_by": person, "made_at": moment}
    put(session, CodingSample, iter([sample]))
    drawn = enumerate(read, start=1)
    put(
        session,
        SamplePoint,
        ({"sample_id": 1, "point_id": p, "theme_id": t, "position": n} for n, (p, t) in drawn),
    )
    put(session, Coder, iter([{"sample_id": 1, "person_id": person}]))


def screen(session: Session, now: datetime) -> None:
    """What people said at the inbox, with its history, and what went on to SP4N-LAPOR!."""
    person, rest = person_of(session), Triage.point_id % 100
    for rows, values in (
        (rest < SCREENED, {"stage": Stage.SCREENED, "screened_at": now, "screened_by": person}),
        (rest < CODED, {"stage": Stage.CODED, "dimension": Triage.suggested}),
        (rest < CODED // 2, {"element": Element.INFRASTRUCTURE}),
        (rest.between(CODED // 2, CODED), {"element": Element.STRUCTURE, "nature": list(Nature)[0]}),
        (Triage.point_id % 97 == 0, {"has_personal_data": True}),
        (Triage.point_id % 89 == 0, {"is_complaint": True}),
        (Triage.point_id % 499 == 0, {"is_offensive": True}),
        (Triage.point_id % 10 == 7, {"language": "jv"}),
        (rest < REDACTED, {"public_text": "Teks yang sudah dibaca.", "redacted_at": now, "redacted_by": person}),
    ):
        session.execute(update(Triage).where(rows).values(**values).execution_options(synchronize_session=False))
    said = {"actor_id": person, "at": now}
    coded = session.execute(select(Triage.point_id, Triage.dimension).where(Triage.stage == Stage.CODED)).all()
    put(
        session,
        TriageMark,
        (
            {"point_id": point, "field": field, "value": value, "suggested": value, **said}
            for point, code in coded
            for field, value in (
                (TriageField.STAGE_FIELD, Stage.CODED.value),
                (TriageField.DIMENSION_FIELD, code or ""),
                (TriageField.ELEMENT_FIELD, Element.STRUCTURE.value),
            )
        ),
    )
    agency, states = session.scalars(select(Agency.code)).first(), list(HandoverState)
    gone = session.scalars(select(Triage.point_id).where(rest < HANDED)).all()
    common = {"category": "Jalan", "text": "Aduan", "agency": agency, "made_at": now, "changed_at": now}
    put(session, Handover, ({"point_id": p, "state": states[p // 100 % len(states)], **common} for p in gone))


def score(session: Session, now: datetime) -> None:
    """A scheme, fixed and open, with the values of three reviewers for every theme that was found."""
    person, round_id = person_of(session), session.scalars(select(Round.id)).one()
    scheme_id = schemes.save(session, round_id, schemes.Wanted("usg"), why="", actor_id=person, now=now)
    schemes.fix(session, scheme_id, actor_id=person, now=now)
    current = schemes.current(session, round_id)
    assert current is not None
    reviewers = list(session.scalars(select(Person.id).where(Person.id != person)))
    themes = list(session.scalars(select(Theme.id).order_by(Theme.id)))
    put(
        session,
        Score,
        (
            {
                "scheme_id": scheme_id,
                "theme_id": theme,
                "person_id": reviewer,
                "criterion": criterion.code,
                "value": criterion.low + (theme * 3 + reviewer) % len(criterion.values),
                "at": now,
            }
            for theme in themes
            for reviewer in reviewers
            for criterion in current.criteria
        ),
    )
    schemes.reveal(session, scheme_id, actor_id=person, now=now)


def decide(session: Session, now: datetime) -> None:
    """200 decisions on themes and points, their answers, conflicts, and replies to what was published."""
    person, round_id = person_of(session), session.scalars(select(Round.id)).one()
    other = session.scalars(select(Person.id).where(Person.id != person)).first()
    themes = list(session.scalars(select(Theme.id).order_by(Theme.id)))[: DECISIONS // 4]
    points = list(session.scalars(select(Point.id).order_by(Point.id).limit(DECISIONS - len(themes))))
    codes, reasons, agencies = list(DecisionCode), list(ReasonCode), list(session.scalars(select(Agency.code)))
    states = (DecisionState.CONFIRMED, DecisionState.CONFIRMED, DecisionState.AWAITING, DecisionState.DRAFTED)
    targets = [{"theme_id": t, "point_id": None} for t in themes] + [{"theme_id": None, "point_id": p} for p in points]
    made = {"round_id": round_id, "reason": "Alasan yang ditulis tim.", "made_at": now, "made_by": person}
    put(
        session,
        Decision,
        (
            {
                "id": n,
                **made,
                **target,
                "code": codes[n % len(codes)],
                "reason_code": reasons[n % len(reasons)],
                "lead_agency": agencies[n % len(agencies)],
                "due_on": (now + timedelta(days=n % 60 - 20)).date(),
                "state": states[n % 4],
                "confirmed_at": now if n % 4 < 2 else None,
                "confirmed_by": other if n % 4 < 2 else None,
            }
            for n, target in enumerate(targets, start=1)
        ),
    )
    _answer(session, now, person, round_id)
    put(session, Conflict, ({"id": n, "round_id": round_id, "made_at": now} for n in range(1, 41)))
    pairs = ((n, n * 3 + k) for n in range(1, 41) for k in range(3))
    put(session, ConflictPoint, ({"conflict_id": n, "point_id": p} for n, p in pairs))


def _answer(session: Session, now: datetime, person: int, round_id: int) -> None:
    run_id = session.scalars(select(Run.id).order_by(Run.id.desc())).first()
    release = {"id": 1, "round_id": round_id, "number": 1, "state": ReleaseState.DISCARDED, "run_id": run_id}
    put(session, Release, iter([{**release, "publish_at": now, "made_at": now, "made_by": person}]))
    decided = session.scalars(select(Decision.id).where(Decision.state == DecisionState.CONFIRMED)).all()
    said = {"text_id": "Jawaban tim.", "made_at": now, "made_by": person}
    put(
        session,
        Response,
        ({"decision_id": d, **said, "ready_at": now if d % 3 else None} for d in decided if d % 5),
    )
    own = select(Response.id, Decision.point_id).join(Decision).where(Decision.point_id.is_not(None)).limit(SHELF)
    replies = session.execute(own).all()
    states = list(ObjectionState)
    put(
        session,
        Objection,
        (
            {
                "response_id": r,
                "point_id": p,
                "submission_id": p,
                "text": "Saya belum setuju.",
                "at": now,
                "state": states[p % 3],
            }
            for r, p in replies
        ),
    )


def shelve(session: Session, now: datetime) -> None:
    """Papers that were asked for, people who were invited, and senders who asked for their data."""
    person, states = person_of(session), (ExportState.MADE, ExportState.MADE, ExportState.BROKEN)
    put(
        session,
        Export,
        (
            {
                "code": f"X{n % 8 + 1}",
                "ending": "xlsx",
                "state": states[n % 3],
                "asked_at": now,
                "asked_by": person,
                "made_at": now,
                "file": f"{n}.xlsx",
                "size": 9_000,
                "digest": f"{n:064x}",
            }
            for n in range(1, 2 * SHELF + 1)
        ),
    )
    invited = {"role": "analyst", "made_at": now, "expires_at": now + timedelta(days=7), "made_by": person}
    put(session, Invitation, ({"email": f"{n}@demo.example", "token_hash": str(n), **invited} for n in range(SHELF)))
    ids, kinds = session.scalars(select(Submission.id).where(Submission.id % 100 < ASKED)).all(), list(RequestKind)
    put(
        session,
        DataRequest,
        (
            {
                "submission_id": i,
                "kind": kinds[i // 100 % len(kinds)],
                "identity": "dikenal petugas" if i // 100 % 2 else None,
                "asked_at": now,
                "due_at": now + timedelta(days=3),
            }
            for i in ids
        ),
    )


def log(session: Session, now: datetime) -> None:
    """The trail of what was done: two events a point."""
    person, many = person_of(session), session.scalars(select(Point.id).order_by(Point.id.desc())).first() or 0
    event = {"at": now, "actor_id": person, "action": "triage.mark", "subject": "point"}
    rows = range(EVENTS_A_POINT * many)
    put(session, Event, ({**event, "subject_id": str(n // 2), "details": {"field": "stage"}} for n in rows))


def person_of(session: Session) -> int:
    """Whoever does everything in these folders."""
    return session.scalars(select(Person.id).where(Person.email == EMAIL)).one()


STEPS: tuple[Callable[[Session, datetime], None], ...] = (sort, screen, score, decide, shelve, log)
