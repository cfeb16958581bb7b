"""X6, the review of existing programmes: what the agency, academics and citizens say of each, side by side."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from models import Decision, Point, Programme, Submission
from models.submission import STANDS
from models.vocabulary import DecisionState, Group
from reports.sheets import Sheet, Value
from services.exports import points
from services.exports.columns import LATER, Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.tongue import decimal, word

COLUMNS = (
    Col("id", ("Kode", "Code"), ("Kode program lama.", "Code of the existing programme."), 10),
    Col("program", ("Program", "Programme"), ("Nama program.", "Name of the programme."), 36),
    Col(
        "dimensi_lama", ("Bidang lama", "Old dimension"), ("Bidang di rencana 2018.", "Dimension in the old plan."), 18
    ),
    Col(
        "dimensi_baru", ("Bidang baru", "New dimension"), ("Bidang di rencana baru.", "Dimension in the new plan."), 16
    ),
    Col(
        "elemen", ("Elemen", "Element"), ("Suprastruktur, infrastruktur, struktur.", "Which of the three elements."), 16
    ),
    Col("sifat", ("Sifat", "Nature"), ("Digital atau bukan.", "Digital or not."), 14),
    Col("opd", ("Perangkat daerah", "Agency"), ("Pengampu program.", "Agency that leads it."), 18),
    Col("tahun_mulai", ("Tahun mulai", "Since"), ("Tahun mulainya.", "Year it began."), 10),
    Col("status", ("Status", "State"), ("Berjalan, terhambat, dan lainnya.", "Under way, hindered and so on."), 14),
    Col("capaian", ("Capaian", "Achievement"), LATER, 24),
    Col("misi_rpjmd", ("Misi RPJMD", "Mission"), ("Nomor misi.", "Number of the mission."), 10),
    Col(
        "usul_opd", ("Usul perangkat daerah", "Agency proposes"), ("Usul pengampunya.", "What its agency proposes."), 18
    ),
    Col(
        "usul_akademisi",
        ("Usul akademisi", "Academics propose"),
        ("Usul dan banyaknya akademisi.", "Proposals, with how many academics."),
        22,
    ),
    Col(
        "penilaian_warga (rata2; n)",
        ("Penilaian warga (rata-rata; n)", "Citizens' rating (mean; n)"),
        ("Keadaan menurut warga, skala 1–4.", "Condition as citizens see it, scale 1–4."),
        14,
    ),
    Col("jumlah_masukan", ("Jumlah masukan", "Points"), ("Butir tentang program ini.", "Points on it."), 10),
    Col(
        "putusan_tim",
        ("Putusan tim", "Team's verdict"),
        ("Keputusan yang menyebut program ini.", "Decisions that name this programme."),
        20,
    ),
    Col("digabung_ke", ("Digabung ke", "Merged into"), ("Program tujuan yang diusulkan.", "Proposed target."), 14),
    Col(
        "alasan",
        ("Alasan", "Reason"),
        ("Alasan tim, kalau belum ada alasan perangkat daerah.", "The team's, else the agency's."),
        50,
    ),
)


def content(frame: Frame) -> Content:
    """Every programme by its code."""
    query = select(Programme).order_by(Programme.code)
    if frame.asked.dimension:
        query = query.where(Programme.dimension == frame.asked.dimension)
    said, decided = _said(frame), _decided(frame)
    title = frame.tell("Reviu program lama")
    rows = [_row(p, said.get(p.code, []), decided.get(p.code, []), frame) for p in frame.session.scalars(query)]
    # The agency's own words, which nobody has read for this.
    is_personal = any(row[-1] and not decided.get(str(row[0])) for row in rows)
    return Content(title, is_personal=is_personal, sheets=[Sheet(title, columns(COLUMNS, frame.lang), rows)])


def _said(frame: Frame) -> dict[str, list[Row[Any]]]:
    rows = frame.session.execute(
        select(
            Point.programme,
            Submission.group,
            Submission.agency,
            Point.verdict,
            Point.condition,
            Point.merge_into,
            Point.text,
        )
        .join(Submission, Submission.id == Point.submission_id)
        .where(Point.programme.is_not(None), STANDS, Submission.round_id == frame.round.id)
        .order_by(Point.id)
    )
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.programme].append(row)
    return found


def _decided(frame: Frame) -> dict[str, list[Decision]]:
    query = select(Decision).where(
        Decision.round_id == frame.round.id,
        Decision.programme.is_not(None),
        Decision.state == DecisionState.CONFIRMED,
    )
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in frame.session.scalars(query.order_by(Decision.id)):
        found[decision.programme or ""].append(decision)
    return found


def _row(programme: Programme, said: Sequence[Row[Any]], decided: Sequence[Decision], frame: Frame) -> list[Value]:
    lang = frame.lang
    own = next((s for s in reversed(said) if s.agency == programme.agency and s.verdict), None)
    reasons = points.join(decision.reason or decision.change for decision in decided)
    return [
        programme.code,
        programme.name,
        programme.old_dimension or None,
        frame.names.dimensions.get(programme.dimension),
        word(programme.element, lang) if programme.element else None,
        word(programme.nature, lang) if programme.nature else None,
        frame.names.agencies.get(programme.agency),
        programme.start_year,
        word(programme.state, lang) if programme.state else None,
        None,
        programme.mission,
        word(own.verdict, lang) if own else None,
        points.counted(word(s.verdict, lang) for s in said if s.group is Group.ACADEMIC and s.verdict),
        _rated([s.condition for s in said if s.group is Group.CITIZEN and s.condition is not None], lang),
        len(said),
        points.join(word(decision.code, lang) for decision in decided),
        points.join(s.merge_into for s in said),
        reasons or (points.masked(own.text) if own else None),
    ]


def _rated(values: Sequence[int], lang: str) -> str | None:
    return f"{decimal(sum(values) / len(values), lang, 2)}; {len(values)}" if values else None
