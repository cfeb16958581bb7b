"""A data folder as a consultation of any size leaves it: sent in, read, screened, scored, decided, half answered.

Texts, senders, groups and areas are made (`benchmarks/generated.py`, `growth.sendings`). What the team did is laid over
them in shares that do not depend on the size, by the number of the point and never by chance; what a team does by hand
(200 decisions, a scheme, meetings, papers) is the same in every size.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from flask_security import hash_password
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks import teamwork
from benchmarks.growth import BLOCK, put, sendings
from benchmarks.teamwork import EMAIL, SHELF, person_of
from models import (
    Agreement,
    Area,
    Attendance,
    Dimension,
    EntryBatch,
    ImportFile,
    Meeting,
    Mission,
    Paragraph,
    Point,
    PointMission,
    Programme,
    Round,
    Submission,
    Term,
)
from models.engine import weigh
from models.vocabulary import (
    AgeBand,
    Channel,
    Gender,
    Group,
    ImportState,
    MeetingKind,
    SubmissionState,
    Verdict,
    Visibility,
)
from portal.config import ROOT, Settings
from portal.extensions import db, people
from portal.rights import ROLES
from portal.worker import Worker
from services import drafts, plans, programmes, registers, rounds

PASSWORD = "kata-sandi-contoh-1"
DEMO_DRAFT = ROOT / "demo" / "draft-masterplan.md"
DAYS, REVIEWERS = 60, 3
# Of a hundred sendings: held, spoken at a meeting, typed from paper, from a file, on a paragraph, on a programme, ...
HELD, SPOKEN, TYPED, FILED, ON_TEXT, ON_PROGRAMME, MISSIONED = 1, 2, 5, 20, 8, 5, 10


def settings(folder: Path) -> Settings:
    """The site over such a folder."""
    return Settings(data=folder, is_demo=False)


def fill(app: Flask, points: int, tell: Callable[[str], None] = lambda _: None) -> None:
    """Make the database of `app` with so many points that stand; `tell` hears what is being done."""
    now = datetime.now(UTC)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        session = db.session()
        _begin(session, now)
        tell("sent in")
        _send(session, points, now)
        session.commit()
    tell("read, laid out, indexed")
    worker = Worker(app.extensions["settings"])
    worker.read()
    worker.engine.dispose()
    with app.app_context():
        session = db.session()
        for step in teamwork.STEPS:
            tell(step.__name__)
            step(session, now)
            session.commit()
        db.session.remove()
        weigh(db.engine)  # as every night
        db.engine.dispose()


def _begin(session: Session, now: datetime) -> None:
    """The plan, a draft, programmes, refusals of the last cycle, an open round and those who work here."""
    plans.load(session, ROOT / "plan", now=now)
    rounds.open_for_demo(session, now=now)
    drafts.publish(session, drafts.take(session, DEMO_DRAFT.read_bytes(), name="draft.md", now=now), now=now)
    programmes.import_file(session, ROOT / "demo" / "programmes.csv", now=now)
    registers.import_file(session, ROOT / "demo" / "refused.csv", now=now)
    one = people.create_user(email=EMAIL, password=hash_password(PASSWORD))
    for role in ROLES:
        if role not in ("academic", "agency"):
            people.add_role_to_user(one, people.find_or_create_role(role))
    for number in range(REVIEWERS):
        person = people.create_user(email=f"penilai{number}@demo.example", password="")
        people.add_role_to_user(person, people.find_or_create_role("reviewer"))
    session.commit()


def _send(session: Session, points: int, now: datetime) -> None:
    """Sendings of one text each, with what a sender may say beside it."""
    _shelves_of_origin(session, now)
    facts = _Facts(session, now)
    rows = sendings(points + points * HELD // 100)
    numbered = enumerate(rows, start=1)
    while some := list(islice(numbered, BLOCK)):
        session.execute(insert(Submission), [facts.submission(n, row, n > points) for n, row in some])
        session.execute(insert(Point), [facts.point(n, row) for n, row in some])
        missions = [{"point_id": n, "mission": facts.missions[n % 7 % len(facts.missions)]} for n, _ in some]
        session.execute(insert(PointMission), [row for row in missions if row["point_id"] % 100 < MISSIONED])


def _shelves_of_origin(session: Session, now: datetime) -> None:
    """Meetings, piles of paper and files that sendings come from."""
    person = person_of(session)
    many = range(1, SHELF + 1)
    kinds, areas = list(MeetingKind), list(session.scalars(select(Area.code).order_by(Area.code)))
    terms = list(session.scalars(select(Term.code).where(Term.kind == "constituency")))
    put(
        session,
        Meeting,
        (
            {
                "id": n,
                "kind": kinds[n % len(kinds)],
                "title": f"Rembug ke-{n}",
                "area": areas[n % len(areas)],
                "held_on": (now - timedelta(days=n)).date(),
                "made_at": now,
            }
            for n in many
        ),
    )
    put(
        session,
        Attendance,
        ({"meeting_id": n, "constituency": c, "invited": 30, "women": n % 9, "men": 7} for n in many for c in terms),
    )
    put(
        session,
        Agreement,
        ({"meeting_id": n, "subject": "Jalan", "text": f"Kesepakatan {n}", "due_on": now.date()} for n in many),
    )
    pile = {"person_id": person, "channel": Channel.PAPER, "expected": 50, "opened_at": now}
    put(session, EntryBatch, ({"id": n, **pile, "closed_at": now if n % 3 else None} for n in many))
    file = {"kind": "csv", "mapping": {}, "report": {}, "state": ImportState.TAKEN, "made_at": now, "taken_at": now}
    put(session, ImportFile, ({"id": n, "name": f"lembar-{n}.csv", "digest": f"{n:064x}", **file} for n in many))


class _Facts:
    """What a sending says beside its text, by its number."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.now = now
        self.round_id = session.scalars(select(Round.id)).one()
        self.missions = list(session.scalars(select(Mission.code).order_by(Mission.code)))
        self.dimensions = list(session.scalars(select(Dimension.code).where(Dimension.is_current)))
        self.paragraphs = list(session.scalars(select(Paragraph.id)))
        self.programmes = list(session.scalars(select(Programme.code)))
        self.terms = list(session.scalars(select(Term.code).where(Term.kind == "constituency")))

    def submission(self, n: int, row: tuple[Any, ...], is_held: bool) -> dict[str, Any]:
        number, said, person, group, area, _moment = row
        rest = n % 100
        return {
            "id": n,
            "round_id": self.round_id,
            "receipt_no": f"UR-{number}",
            # a sender who is told apart without an account, as in a chat
            "source_ref": f"@{person}{number}",
            "group": Group(group),
            "channel": self._channel(rest),
            "text": said,
            "area": area,
            "received_at": self.now - timedelta(seconds=60 + n * 7919 % (DAYS * 86_400)),
            "state": SubmissionState.HELD if is_held else SubmissionState.RECEIVED,
            "held_for": "person" if is_held else None,
            "visibility": Visibility.UNNAMED,
            "seconds_taken": 40 + n % 300 if self._channel(rest) is Channel.WEB else None,
            "gender": list(Gender)[n % 3],
            "age_band": list(AgeBand)[n % 5],
            "constituencies": [self.terms[n % len(self.terms)]] if n % 4 == 0 else [],
            "meeting_id": n % SHELF + 1 if rest < SPOKEN else None,
            "entry_batch_id": n % SHELF + 1 if SPOKEN <= rest < SPOKEN + TYPED else None,
            "import_id": n % SHELF + 1 if 40 <= rest < 40 + FILED else None,
        }

    def _channel(self, rest: int) -> Channel:
        if rest < SPOKEN:
            return Channel.FGD
        return Channel.PAPER if rest < SPOKEN + TYPED else list(Channel)[rest % len(Channel)]

    def point(self, n: int, row: tuple[Any, ...]) -> dict[str, Any]:
        rest, verdicts = n % 100, list(Verdict)
        on_text, on_programme = rest < ON_TEXT, ON_TEXT <= rest < ON_TEXT + ON_PROGRAMME
        return {
            "id": n,
            "submission_id": n,
            "text": row[1],
            "dimension": self.dimensions[n % len(self.dimensions)] if n % 3 == 0 else None,
            "condition": n % 4 + 1 if n % 3 == 0 else None,
            "importance": n // 4 % 4 + 1 if n % 3 == 0 else None,
            "paragraph_id": self.paragraphs[n % len(self.paragraphs)] if on_text else None,
            "programme": self.programmes[n % len(self.programmes)] if on_programme else None,
            "verdict": verdicts[n % len(verdicts)] if on_programme else None,
        }
