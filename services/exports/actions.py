"""X8, the skeleton of the action plan: what was accepted, with what is known of it; the rest is filled in by hand."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from models import Area, Decision, Point, Programme, Submission, Theme, Topic, Triage
from models.submission import STANDS
from models.vocabulary import DecisionCode, DecisionState, Element, Nature
from reports.sheets import Sheet, Value
from services.exports import decided, points, team
from services.exports.columns import LATER, Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.exports.team import Team
from services.tongue import label, word
from services.wording import theme_name

PERIOD = (2026, 2030)
TAKEN = (DecisionCode.ACCEPTED, DecisionCode.ACCEPTED_IN_PART)
HEAD = (
    Col("no", ("No.", "No."), ("Nomor urut.", "Running number."), 6),
    Col("dimensi", ("Bidang", "Dimension"), ("Bidang temanya atau butirnya.", "Of its theme or its points."), 16),
    Col(
        "subdimensi", ("Subbidang", "Sub-dimension"), ("Topik yang paling banyak disebut.", "The topic named most."), 22
    ),
    Col(
        "isu/rekomendasi",
        ("Isu atau rekomendasi", "Issue or recommendation"),
        ("Tema, dan apa yang berubah menurut keputusan.", "The theme, and what changes by the decision."),
        44,
    ),
    Col(
        "program", ("Program", "Programme"), ("Program yang disebut keputusan.", "Programme named by the decision."), 28
    ),
    Col("kegiatan", ("Kegiatan", "Activity"), LATER, 18),
    Col("subkegiatan", ("Subkegiatan", "Sub-activity"), LATER, 18),
    Col(
        "quick_win",
        ("Program percepatan", "Quick win"),
        (
            "Upaya kecil dan dampak besar menurut nilai tim; kosong bila belum dinilai.",
            "Little effort, great impact, by the team's scores; empty if not scored.",
        ),
        12,
    ),
    Col("elemen", ("Elemen", "Element"), ("Yang paling banyak pada butirnya.", "The one most of its points have."), 16),
    Col("sifat", ("Sifat", "Nature"), ("Digital, bukan, atau keduanya.", "Digital, not, or both."), 14),
    Col("lokasi", ("Lokasi", "Place"), ("Kelurahan yang disebut.", "Wards named."), 24),
    Col(
        "opd_penanggung_jawab",
        ("Penanggung jawab", "Responsible agency"),
        ("Menurut keputusan.", "By the decision."),
        20,
    ),
    Col("opd_pendukung", ("Pendukung", "Supporting agencies"), LATER, 18),
    Col("mitra", ("Mitra", "Partners"), LATER, 16),
    Col("indikator", ("Indikator", "Indicator"), LATER, 18),
    Col("satuan", ("Satuan", "Unit"), LATER, 10),
    Col("kondisi_awal (tahun)", ("Kondisi awal (tahun)", "Baseline (year)"), LATER, 14),
)
TAIL = (
    Col("pagu_indikatif_per_tahun", ("Pagu indikatif per tahun", "Indicative budget a year"), LATER, 16),
    Col("sumber_dana", ("Sumber dana", "Funding"), LATER, 14),
    Col("misi_rpjmd", ("Misi RPJMD", "Missions"), ("Nomor misi.", "Numbers of the missions."), 12),
    Col("acuan_nasional", ("Acuan nasional", "National reference"), ("Yang disebut butirnya.", "Named by points."), 20),
    Col(
        "dasar_masukan (no. butir)",
        ("Dasar masukan (nomor butir)", "Points it rests on"),
        ("Nomor tanda terima dan urutan butirnya.", "Receipt numbers and places of the points."),
        30,
    ),
    Col("keterangan", ("Keterangan", "Remarks"), ("Tenggat dan keadaannya.", "Due date and state."), 28),
)


@dataclass(frozen=True, slots=True)
class Action:
    """One accepted thing and the points behind it."""

    decision: Decision
    theme: Theme | None
    programme: Programme | None
    points: Sequence[Row[Any]]

    @property
    def element(self) -> Element | None:
        return _most([p.element for p in self.points]) or (self.programme.element if self.programme else None)

    @property
    def nature(self) -> Nature | None:
        return _most([p.nature for p in self.points]) or (self.programme.nature if self.programme else None)

    @property
    def dimension(self) -> str | None:
        own = self.theme.dimension if self.theme else None
        return (
            own or _most([p.dimension for p in self.points]) or (self.programme.dimension if self.programme else None)
        )


def _most(values: Sequence[Any]) -> Any:
    """The value that is there most often; of several the first by name."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None


def columns_of(frame: Frame) -> tuple[Col, ...]:
    """With one target for each year of the plan's period."""
    period = frame.city.get("period", {})
    first, last = period.get("first", PERIOD[0]), period.get("last", PERIOD[1])
    targets = (
        Col(f"target_{year}", (f"Target {year}", f"Target {year}"), LATER, 10) for year in range(first, last + 1)
    )
    return (*HEAD, *targets, *TAIL)


def content(frame: Frame) -> Content:
    """One row for each thing that was accepted; what only a later stage knows stays empty."""
    cols, title = columns_of(frame), frame.tell("Rencana aksi (kerangka)")
    empty = len(cols) - len(HEAD) - len(TAIL)
    made = team.of_round(frame)
    rows = [_row(number, action, empty, made, frame) for number, action in enumerate(accepted(frame), start=1)]
    return Content(
        title=title,
        is_personal=False,
        sheets=[Sheet(title, columns(cols, frame.lang), rows)],
        notes=[frame.tell("Indikator, target, pagu, dan kegiatan diisi kemudian; kolomnya sudah tersedia.")],
        keeps=1,
    )


def accepted(frame: Frame) -> list[Action]:
    """What was accepted, wholly or in part, and confirmed; by dimension, then in the order of deciding."""
    rows = frame.session.execute(
        select(Decision, Theme, Programme)
        .outerjoin(Theme, Theme.id == Decision.theme_id)
        .outerjoin(Programme, Programme.code == Decision.programme)
        .where(Decision.round_id == frame.round.id, Decision.code.in_(TAKEN), Decision.state == DecisionState.CONFIRMED)
        .order_by(Decision.id)
    ).all()
    behind = _behind(frame) if rows else {}
    found = [Action(*row, behind.get(row[0].id, [])) for row in rows]
    order = list(frame.names.dimensions)
    if frame.asked.dimension:
        found = [action for action in found if action.dimension == frame.asked.dimension]
    return sorted(found, key=lambda a: order.index(a.dimension) if a.dimension in order else len(order))


def _behind(frame: Frame) -> dict[int, list[Row[Any]]]:
    decisions = {point_id: answer.decision_id for point_id, answer in decided.of_round(frame).items()}
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in frame.session.execute(_points(frame)):
        if row.id in decisions:
            found[decisions[row.id]].append(row)
    return found


def _points(frame: Frame) -> Any:
    said = points.of(
        select(
            Point.id,
            Submission.receipt_no,
            Point.position,
            points.DIMENSION.label("dimension"),
            points.ELEMENT.label("element"),
            points.NATURE.label("nature"),
            label(Topic, "label", frame.lang).label("topic"),
            Area.name.label("area"),
            theme_name(Theme, frame.lang).label("theme"),
            Triage.missions,
            points.MISSIONS.label("own_missions"),
            points.FRAMEWORKS.label("frameworks"),
        )
    )
    return (
        said.outerjoin(Topic, Topic.slug == Point.topic)
        .outerjoin(Area, Area.code == Submission.area)
        .where(Submission.round_id == frame.round.id, STANDS)
        .order_by(Point.id)
    )


def _row(number: int, action: Action, years: int, made: Team, frame: Frame) -> list[Value]:
    decision, said, lang = action.decision, action.points, frame.lang
    theme = theme_name(action.theme, lang) if action.theme else _most([p.theme for p in said])
    due = frame.tell("Tenggat %(day)s", day=decision.due_on.isoformat()) if decision.due_on else None
    done = frame.tell("Sudah dikerjakan") if decision.done_at else None
    return [
        number,
        frame.names.dimensions.get(action.dimension),
        _most([p.topic for p in said]),
        points.join((theme, decision.change), ": "),
        action.programme.name if action.programme else None,
        None,
        None,
        _quick(made.is_quick_win(action.theme.id if action.theme else None), frame),
        word(action.element, lang) if action.element else None,
        word(action.nature, lang) if action.nature else None,
        points.join(sorted({p.area for p in said if p.area}), ", "),
        frame.names.agencies.get(decision.lead_agency),
        *[None] * (5 + years + 2),
        points.missions(said),
        points.join((p.frameworks for p in said), ", "),
        points.join((points.number(p.receipt_no, p.position) for p in said), ", "),
        points.join((word(decision.code, lang), due, done)),
    ]


def _quick(is_quick: bool | None, frame: Frame) -> str | None:
    if is_quick is None:
        return None
    return frame.tell("ya") if is_quick else frame.tell("tidak")
