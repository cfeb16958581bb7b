"""A small world with something of everything, whose every number and moment is fixed."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, select

from models import (
    Agreement,
    AnsweredPoint,
    Attendance,
    Chapter,
    CodebookChange,
    Decision,
    Draft,
    Event,
    Finding,
    Handover,
    Meeting,
    Override,
    Paragraph,
    Person,
    PlanVersion,
    Point,
    PointFramework,
    PointMission,
    Programme,
    Reading,
    Release,
    Response,
    Role,
    Round,
    Run,
    Scheme,
    Score,
    Submission,
    Theme,
    ThemeExample,
    Triage,
)
from models.vocabulary import (
    Capacity,
    Channel,
    DecisionCode,
    DecisionState,
    DraftState,
    Element,
    Gender,
    Group,
    HandoverState,
    MeetingKind,
    Nature,
    PointType,
    ProgrammeState,
    ReasonCode,
    ReleaseState,
    RunState,
    Stage,
    SubmissionState,
    Verdict,
    Visibility,
)

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
RUN_AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ROB = "Rob masuk rumah sampai lutut, pompanya mati."
PARTS = (("breadth", 80.0, 60), ("consensus", 40.0, 40))


class Builder:
    """Writes the world, one thing after another."""

    def __init__(self, session):
        self.session = session
        self.round = session.scalars(select(Round)).one()
        self.themes = {t.code: t for t in session.scalars(select(Theme))}
        self.points = {}

    def add(self, *rows):
        self.session.add_all(rows)
        self.session.flush()
        return rows[0]

    def build(self):
        self.people()
        self.draft()
        self.programmes()
        self.run()
        self.voices()
        self.findings()
        self.team()
        self.decisions()
        self.meeting()
        self.codebook()
        self.trail()
        self.session.commit()

    def people(self):
        roles = {name: self.add(Role(name=name)) for name in ("lead", "analyst", "academic")}
        self.lead = self.person(1, "Fulanah", roles["lead"])
        self.analyst = self.person(2, "Fulan", roles["analyst"])
        self.academic = self.person(3, "Fulanah Peneliti", roles["academic"])

    def person(self, number, name, role):
        email = f"u{number}@contoh.invalid"
        row = Person(id=number, email=email, name=name, active=True, fs_uniquifier=f"{number:032d}")
        row.roles = [role]
        return self.add(row)

    def draft(self):
        made = self.add(
            Draft(
                number=1,
                title="Rancangan",
                digest="d",
                source_name="r.md",
                state=DraftState.PUBLISHED,
                made_at=NOW,
                published_at=NOW,
                report={},
            )
        )
        chapter = self.add(Chapter(draft_id=made.id, position=1, title="Bencana"))
        facts = {"draft_id": made.id, "chapter_id": chapter.id}
        self.paragraph = self.add(
            Paragraph(**facts, position=1, mark="P-DIS-01", text="Pompa dijaga pada jam kerja.", dimension="DIS")
        )
        self.add(Paragraph(**facts, position=2, mark="P-DIS-02", text="Peringatan dikirim lewat radio."))

    def programmes(self):
        self.add(
            Programme(
                code="PRG-01",
                name="Pompa rob",
                old_dimension="Smart Environment",
                dimension="DIS",
                element=Element.INFRASTRUCTURE,
                nature=Nature.NON_DIGITAL,
                agency="dpupr",
                state=ProgrammeState.UNDER_WAY,
                mission="4",
                start_year=2019,
            ),
            Programme(code="PRG-02", name="Aduan kota", dimension="GOV", nature=Nature.DIGITAL, agency="dinkominfo"),
        )

    def run(self):
        self.made = self.add(
            Run(
                round_id=self.round.id,
                state=RunState.DONE,
                started_at=RUN_AT,
                lease_until=RUN_AT,
                finished_at=RUN_AT,
                input_hash="abc123",
                received=9,
                distinct_texts=8,
                people_min=7,
                people_max=9,
            )
        )

    def say(self, number, text, *, theme=None, group=Group.CITIZEN, triage=None, reading=None, point=None, **more):
        """One sending with one point, read and screened."""
        facts = {"round_id": self.round.id, "receipt_no": f"PKL-AAAA-{number:02d}", "group": group}
        facts |= {"channel": Channel.WEB, "text": text, "received_at": NOW - timedelta(days=20 - number)} | more
        sent = self.add(Submission(**facts))
        return self.point(sent, number, text, theme=theme, triage=triage, reading=reading, point=point)

    def point(self, sent, number, text, *, position=1, theme=None, triage=None, reading=None, point=None):
        said = self.add(Point(submission_id=sent.id, position=position, text=text, **(point or {})))
        self.points[f"{number}/{position}"] = said
        known = {"run_id": self.made.id, "language": "id", "margin": 1.0, "masked_text": text, "sentiment": "neutral"}
        lists = {name: [] for name in ("words", "types", "dimensions", "flags")}
        theme_id = self.themes[theme].id if theme else None
        self.add(Reading(point_id=said.id, theme_id=theme_id, **(known | lists | (reading or {}))))
        facets = {"round_id": self.round.id, "group": sent.group, "channel": sent.channel}
        self.add(Triage(point_id=said.id, **facets, **(triage or {})))
        return said

    def voices(self):
        self.citizens()
        self.institutions()
        self.crowd()
        self.apart()

    def citizens(self):
        cleared = {"public_text": ROB, "redacted_at": NOW, "redacted_by": self.analyst.id}
        coded = {
            "stage": Stage.CODED,
            "dimension": "DIS",
            "element": Element.INFRASTRUCTURE,
            "nature": Nature.NON_DIGITAL,
            "missions": ["4"],
        }
        first = self.say(
            1,
            f"{ROB} Lampu jalan juga gelap.",
            theme="DIS-ROB",
            area="krapyak",
            gender=Gender.WOMAN,
            constituencies=["fishers"],
            triage=coded | cleared,
            reading={"duplicate_group": "g1", "masked_text": ROB},
            point={"topic": "rob-dan-banjir", "dimension": "DIS", "condition": 1, "importance": 4},
        )
        first.text = ROB
        sent = self.session.get(Submission, first.submission_id)
        self.point(sent, 1, "Lampu jalan juga gelap.", position=2, point={"point_type": PointType.PROBLEM})
        self.say(
            2,
            ROB,
            theme="DIS-ROB",
            area="krapyak",
            gender=Gender.MAN,
            reading={"duplicate_group": "g1"},
            point={"condition": 2, "importance": 4},
        )
        self.say(
            3,
            "Hubungi saya 0812-0000-0000, antre KTP lama.",
            theme="GOV-SERVICE",
            place_note="luar",
            reading={"masked_text": "Hubungi saya ▇▇▇▇, antre KTP lama.", "types": [["problem", ["lama"]]]},
            triage={"has_personal_data": True, "is_complaint": True},
        )
        self.add(
            Handover(
                point_id=self.points["3/1"].id,
                state=HandoverState.HANDED,
                category="Kependudukan",
                text="Antre KTP lama.",
                agency="disdukcapil",
                tracking_id="9000001",
                made_at=NOW,
                changed_at=NOW,
            )
        )
        rude = {"is_offensive": True, "dimension": "DIS"}
        self.say(4, "Kasar sekali petugas pompanya, bodoh.", theme="DIS-ROB", triage=rude)
        self.say(
            5,
            "Ini untuk tim saja: pompa dijual.",
            theme="DIS-ROB",
            visibility=Visibility.TEAM,
            point={"programme": "PRG-01", "condition": 2},
        )

    def institutions(self):
        comment = self.say(
            6,
            "Jam jaga pompa harus 24 jam.",
            theme="DIS-ROB",
            group=Group.ACADEMIC,
            person_id=self.academic.id,
            organisation="Universitas Contoh",
            capacity=Capacity.PERSONAL,
            visibility=Visibility.NAMED,
            triage={"second_dimension": "GOV"},
            point={
                "point_type": PointType.PROPOSAL,
                "paragraph_id": self.paragraph.id,
                "dimension": "DIS",
                "proposed_text": "Pompa dijaga 24 jam.",
                "evidence": "Laporan BPBD 2025",
                "element": Element.STRUCTURE,
                "nature": Nature.NON_DIGITAL,
            },
        )
        comment.framework_items = [PointFramework(framework="iso", code="37123")]
        verdict = self.say(
            7,
            "Dilanjutkan, pompanya masih layak.",
            theme="DIS-ROB",
            group=Group.AGENCY,
            agency="dpupr",
            capacity=Capacity.OFFICIAL,
            point={"programme": "PRG-01", "verdict": Verdict.KEEP, "merge_into": "PRG-02"},
        )
        verdict.missions = [PointMission(mission="4"), PointMission(mission="9")]
        self.session.flush()

    def crowd(self):
        """Enough people for tables in which nobody can be found."""
        for number in range(11, 41):
            self.say(number, f"Lampu jalan gang {number} gelap.", area="medono", received_at=NOW)

    def apart(self):
        """What does not stand: a row in the register, and nowhere a word."""
        for number, state in ((8, SubmissionState.WITHDRAWN), (9, SubmissionState.SET_ASIDE)):
            self.say(number, f"Rahasia nomor {number}.", theme="DIS-ROB", state=state)

    def findings(self):
        for position, (code, received) in enumerate((("DIS-ROB", 6), ("GOV-SERVICE", 1)), start=1):
            quotes = [("1/1", ROB, "citizen"), ("4/1", "kasar", "citizen")] if position == 1 else []
            quotes = quotes or [("3/1", "Hubungi saya ▇▇▇▇, antre KTP lama.", "citizen")]
            self.add(
                Finding(
                    run_id=self.made.id,
                    theme_id=self.themes[code].id,
                    position=position,
                    place=position,
                    low=1,
                    high=2,
                    score=64.0 / position,
                    received=received,
                    distinct_texts=received,
                    people_min=received,
                    people_max=received + 1,
                    terms=[["rob", 3.0]],
                    stance=[["problem", 1]],
                    groups=[["citizen", 4], ["academic", 1]] if position == 1 else [["citizen", 1]],
                    quotes=[
                        {"id": str(self.points[key].id), "text": text, "group": group, "area": None, "language": "id"}
                        for key, text, group in quotes
                    ],
                    borderline=[],
                    rank=rank_of(position),
                )
            )

    def team(self):
        plan = self.session.scalars(select(PlanVersion)).one()
        criteria = list(plan.city["scoring"])
        self.scheme = self.add(
            Scheme(
                round_id=self.round.id,
                number=1,
                order_by="usg",
                criteria=criteria,
                why="Awal",
                made_at=NOW,
                made_by=self.lead.id,
                fixed_at=NOW,
                fixed_by=self.lead.id,
                revealed_at=NOW,
                revealed_by=self.lead.id,
            )
        )
        for theme, base in (("DIS-ROB", 4), ("GOV-SERVICE", 2)):
            for person, more in ((self.lead, 0), (self.analyst, 1)):
                self.score(theme, person, base, more, criteria)
        self.add(
            Override(
                scheme_id=self.scheme.id,
                theme_id=self.themes["GOV-SERVICE"].id,
                place=1,
                reason="Janji wali kota.",
                actor_id=self.lead.id,
                at=NOW,
            )
        )

    def score(self, theme, person, base, more, criteria):
        for row in criteria:
            value = {"effort": 2, "impact": 5, "evidence": 2}.get(row["code"], base + more)
            self.add(
                Score(
                    scheme_id=self.scheme.id,
                    theme_id=self.themes[theme].id,
                    person_id=person.id,
                    criterion=row["code"],
                    value=value,
                    at=NOW,
                )
            )

    def decisions(self):
        facts = {"round_id": self.round.id, "made_at": NOW, "made_by": self.analyst.id}
        done = {"state": DecisionState.CONFIRMED, "confirmed_at": NOW, "confirmed_by": self.lead.id}
        accepted = self.add(
            Decision(
                **facts,
                **done,
                theme_id=self.themes["DIS-ROB"].id,
                code=DecisionCode.ACCEPTED,
                reason="Banyak yang kebanjiran.",
                change="Jam jaga pompa menjadi 24 jam.",
                paragraph_id=self.paragraph.id,
                paragraph_mark="P-DIS-01",
                text_before="Pompa dijaga pada jam kerja.",
                text_after="Pompa dijaga 24 jam.",
                programme="PRG-01",
                lead_agency="dpupr",
                due_on=date(2027, 3, 31),
            )
        )
        self.add(
            Decision(
                **facts,
                point_id=self.points["3/1"].id,
                code=DecisionCode.NOT_ACCEPTED,
                reason_code=ReasonCode.SCOPE,
                reason="Bukan lingkup rencana ini.",
                state=DecisionState.AWAITING,
            )
        )
        self.release(accepted)

    def release(self, decision):
        release = self.add(
            Release(
                round_id=self.round.id,
                number=1,
                state=ReleaseState.RELEASED,
                run_id=self.made.id,
                publish_at=NOW - timedelta(hours=1),
                made_at=NOW,
                approved_at=NOW,
                approved_by=self.lead.id,
                released_at=NOW - timedelta(hours=2),
                released_by=self.analyst.id,
            )
        )
        response = self.add(
            Response(
                decision_id=decision.id,
                text_id="Terima kasih. Pompa akan dijaga 24 jam.",
                made_at=NOW,
                ready_at=NOW,
                release_id=release.id,
            )
        )
        for key in ("1/1", "2/1", "4/1", "5/1", "6/1"):
            self.add(AnsweredPoint(point_id=self.points[key].id, release_id=release.id, response_id=response.id))

    def meeting(self):
        held = self.add(
            Meeting(
                kind=MeetingKind.FKP,
                title="Forum konsultasi publik",
                place="Aula kelurahan",
                area="krapyak",
                held_on=date(2026, 11, 20),
                made_at=NOW,
            )
        )
        self.add(Attendance(meeting_id=held.id, constituency="fishers", invited=12, women=3, men=6))
        self.add(
            Agreement(
                meeting_id=held.id,
                subject="Pompa",
                text="Jadwal jaga dipasang di balai RW.",
                responsible="DPUPR",
                due_on=date(2026, 12, 31),
            )
        )
        self.say(10, "Pompa dijaga warga bergantian.", channel=Channel.FGD, meeting_id=held.id)

    def codebook(self):
        theme = self.themes["DIS-ROB"]
        theme.definition, theme.version = "Air laut atau sungai masuk permukiman.", 2
        self.add(
            CodebookChange(
                theme_id=theme.id, action="edit", why="Batasnya diperjelas.", row={}, actor_id=self.lead.id, at=NOW
            )
        )
        self.add(ThemeExample(theme_id=theme.id, point_id=self.points["1/1"].id, actor_id=self.lead.id, at=NOW))

    def trail(self):
        """Only these events: the plan's own has a digest of the plan's folder in it."""
        self.session.execute(delete(Event))
        rows = (
            (self.lead.id, "order.override", "theme", "7", {"old": 2, "new": 1, "why": "Janji wali kota."}),
            (None, "submission.receive", "submission", "1", {"channel": "web"}),
            (self.analyst.id, "export.ask", "export", "1", {"code": "X1"}),
            (self.analyst.id, "triage.set", "point", "1", {"old": None, "new": ["4"]}),
            (self.analyst.id, "export.take", "export", "1", {"code": "X1"}),
        )
        for number, (actor, action, subject, key, details) in enumerate(rows, start=1):
            at = NOW + timedelta(minutes=number)
            self.add(Event(at=at, actor_id=actor, action=action, subject=subject, subject_id=key, details=details))


def rank_of(position):
    details = {
        "breadth": {"groups": ["citizen"]},
        "consensus": {"objections": 0, "voices": 5},
        "spread": {"areas": ["krapyak"]},
        "gap": {"condition_mean": 1.0 + position, "importance_mean": 4.5 - position},
    }
    parts = [{"code": c, "value": v, "weight": w, "detail": list(details[c].items())} for c, v, w in PARTS]
    for code in ("spread", "gap"):
        parts.append({"code": code, "value": 0.0, "weight": 0, "detail": list(details[code].items())})
    return {"parts": parts, "ties_with": [], "without_collapse": position, "leave_out": []}
