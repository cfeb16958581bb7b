"""X2, the response matrix: what was said, what was decided, why, and what changes; one row per group of equal texts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from models import Paragraph, Person, Point, Reading, Submission, Triage
from models.submission import STANDS
from models.vocabulary import Capacity, DecisionState, Visibility
from reports.sheets import Sheet, Value
from services.answers import Answer
from services.exports import decided, points
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.tongue import word

COLUMNS = (
    Col("no", ("No.", "No."), ("Nomor urut.", "Running number."), 6),
    Col(
        "no_registrasi",
        ("Nomor registrasi", "Registration number"),
        ("Semua nomor tanda terima di balik baris ini.", "All receipt numbers behind this row."),
        18,
    ),
    Col(
        "unsur/kelompok",
        ("Unsur/kelompok", "Constituency/group"),
        (
            "Kelompok pengirim; nama hanya bila pengirim mengizinkannya.",
            "Group of the sender; a name only where the sender agreed to it.",
        ),
        20,
    ),
    Col("dimensi", ("Bidang", "Dimension"), ("Bidang butir ini.", "Dimension of the point."), 14),
    Col("paragraf", ("Paragraf", "Paragraph"), ("Penanda paragraf naskah.", "Mark of the draft's paragraph."), 12),
    Col(
        "butir_masukan",
        ("Butir masukan", "Point"),
        (
            "Kata-kata pengirim dengan data pribadi ditutup; untuk umum hanya yang disetujui orang.",
            "The sender's words, personal data covered; for the public only what a person cleared.",
        ),
        50,
    ),
    Col("jenis", ("Jenis", "Type"), ("Masalah, usulan, keberatan, dan lainnya.", "Problem, proposal and so on."), 14),
    Col(
        "jumlah_pendukung",
        ("Jumlah pendukung", "Supporters"),
        ("Banyaknya kiriman yang berkata sama.", "How many submissions say the same."),
        10,
    ),
    Col("keputusan", ("Keputusan", "Decision"), ("Keputusan tim.", "The team's decision."), 18),
    Col(
        "tanggapan_dan_alasan",
        ("Tanggapan dan alasan", "Response and reason"),
        ("Jawaban untuk pengirim dan alasannya.", "The answer to the sender, and why."),
        50,
    ),
    Col(
        "perubahan_naskah (semula → menjadi)",
        ("Perubahan naskah (semula → menjadi)", "Change of the draft (from → to)"),
        ("Apa yang berubah di naskah atau program.", "What changes in the draft or a programme."),
        44,
    ),
    Col(
        "opd_pengampu",
        ("Perangkat daerah pengampu", "Responsible agency"),
        ("Yang menindaklanjuti.", "Who carries it out."),
        18,
    ),
    Col("tenggat", ("Tenggat", "Due"), ("Sampai kapan.", "By when."), 12),
)


def content(frame: Frame) -> Content:
    """The staff's matrix of all points, or the public's of those whose answer a release has let go."""
    answers = decided.of_round(frame)
    rows = _grouped(frame.session.execute(_query(frame)).all(), answers, is_public=frame.asked.is_public)
    title = frame.tell("Matriks tanggapan")
    table = [_row(number, said, answers.get(said[0].id), frame) for number, said in enumerate(rows, start=1)]
    return Content(
        title=title,
        is_personal=any(_is_personal(said, frame) for said in rows),
        sheets=[Sheet(title, columns(COLUMNS, frame.lang), table)],
        notes=[] if frame.asked.is_public else [frame.tell("Rancangan untuk tim; belum untuk diumumkan.")],
    )


def _query(frame: Frame) -> Any:
    said = points.of(
        select(
            Point.id,
            Submission.receipt_no,
            Submission.group,
            Submission.organisation,
            Submission.agency,
            Submission.capacity,
            Submission.visibility,
            Person.name.label("person"),
            points.DIMENSION.label("dimension"),
            Paragraph.mark,
            Point.text,
            Reading.masked_text,
            Reading.types,
            Reading.duplicate_group,
            points.KIND.label("kind"),
            Triage.public_text,
            Triage.is_offensive,
        )
    )
    return (
        said.outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .outerjoin(Person, Person.id == Submission.person_id)
        .where(*points.only(frame), STANDS)
        .order_by(Point.id)
    )


def _grouped(rows: Sequence[Row[Any]], answers: dict[int, Answer], *, is_public: bool) -> list[list[Row[Any]]]:
    """Points that say the same in one row; a point with an answer of its own stands alone."""
    found: dict[object, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        answer = answers.get(row.id)
        if is_public and answer is None:
            continue
        is_own = row.duplicate_group is None or (answer is not None and answer.by == "point")
        found[row.id if is_own else row.duplicate_group].append(row)
    return list(found.values())


def _row(number: int, said: list[Row[Any]], answer: Answer | None, frame: Frame) -> list[Value]:
    first = _spokesman(said)
    return [
        number,
        points.join((p.receipt_no for p in said), ", "),
        points.join((_who(p, frame) for p in said), ", "),
        frame.names.dimensions.get(first.dimension),
        first.mark or (answer.paragraph_mark if answer else None) or None,
        _text(first, frame),
        points.kind_of(first.kind, first.types, frame.lang),
        len(said),
        _decision(answer, frame),
        decided.told(answer),
        decided.change(answer),
        (answer.lead_agency_name or None) if answer else None,
        answer.due_on if answer else None,
    ]


def _spokesman(said: list[Row[Any]]) -> Row[Any]:
    """Of equal texts the first that a person has cleared."""
    return next((p for p in said if points.public(p) and p.visibility is not Visibility.TEAM), said[0])


def _decision(answer: Answer | None, frame: Frame) -> str | None:
    if answer is None:
        return None
    if answer.state is DecisionState.CONFIRMED or frame.asked.is_public:
        return answer.label
    return f"{answer.label} ({word(answer.state, frame.lang)})"


def _text(point: Row[Any], frame: Frame) -> str:
    """For the public only what was cleared, and of somebody who wrote for the team alone nothing at all."""
    if not frame.asked.is_public:
        return points.shown(point) or ""
    if point.visibility is Visibility.TEAM:
        return frame.tell("(Ditulis untuk tim saja.)")
    return points.public(point) or frame.tell("(Teksnya belum disunting untuk umum.)")


def _is_personal(said: list[Row[Any]], frame: Frame) -> bool:
    """Whether somebody is named, or words are shown that no person has read."""
    return any(_name(p) for p in said) or not (frame.asked.is_public or points.public(_spokesman(said)))


def _who(point: Row[Any], frame: Frame) -> str:
    name = _name(point)
    office = frame.names.agencies.get(point.agency) if point.capacity is Capacity.OFFICIAL else None
    return ", ".join(part for part in (word(point.group, frame.lang), office, name) if part)


def _name(point: Row[Any]) -> str | None:
    """Who agreed to be named; contacts are not read here."""
    return (point.person or point.organisation) if point.visibility is Visibility.NAMED else None
