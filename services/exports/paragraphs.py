"""X10, comments by paragraph, for whoever writes the draft: what stands, what is said of it, what it becomes."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import aliased

from models import Chapter, Draft, Fate, Paragraph, Point, Reading, Remark, Submission, Triage
from models.submission import STANDS
from reports.paper import Block, Heading, Text
from reports.sheets import Sheet, Value
from services import fates
from services.answers import Answer
from services.exports import decided, points
from services.exports.columns import Col, columns
from services.exports.contents import Content, bounded
from services.exports.frames import Frame
from services.wording import group_label

COLUMNS = (
    Col(
        "paragraf",
        ("Paragraf", "Paragraph"),
        ("Penanda paragraf di versi terbaru.", "Mark of the paragraph in the newest version."),
        12,
    ),
    Col(
        "teks_semula",
        ("Teks semula", "Present text"),
        ("Kalimat di versi yang dikomentari.", "Its text in the version that was commented on."),
        50,
    ),
    Col(
        "no_butir",
        ("Nomor butir", "Point"),
        ("Nomor tanda terima dan urutan butirnya.", "Receipt number and place of the point in it."),
        18,
    ),
    Col("kelompok", ("Kelompok", "Group"), ("Kelompok pengirim.", "Group of the sender."), 16),
    Col("jenis", ("Jenis", "Type"), ("Salah fakta, usulan, dan lainnya.", "Factual error, proposal and so on."), 16),
    Col("komentar", ("Komentar", "Comment"), ("Data pribadi ditutup.", "Personal data covered."), 50),
    Col("usul_redaksi", ("Usul redaksi", "Proposed wording"), ("Data pribadi ditutup.", "Personal data covered."), 50),
    Col("rujukan", ("Rujukan", "Reference"), ("Bukti yang disebut.", "Evidence named."), 34),
    Col("keputusan", ("Keputusan", "Decision"), ("Keputusan tim.", "The team's decision."), 18),
    Col("teks_menjadi", ("Teks menjadi", "New text"), ("Kalimat sesudah keputusan.", "Text after the decision."), 50),
)


def content(frame: Frame) -> Content:
    """Every comment, in the order of the newest version of the draft; what is about all of it comes first.

    A comment stands under the paragraph that its own became; where that one is gone, under what it was called.
    """
    answers, title = decided.of_round(frame), frame.tell("Komentar naskah per paragraf")
    found = frame.session.execute(_query(frame)).all()
    rows = [_row(point, answers.get(point.id), frame) for point in found]
    return Content(
        title=title,
        is_personal=any(not points.is_read(point) for point in found),
        sheets=[Sheet(title, columns(COLUMNS, frame.lang), rows)],
        blocks=lambda: _blocks(rows, frame),
        size="A4",
        is_landscape=False,
    )


def _query(frame: Frame) -> Any:
    at, chapter, newest = aliased(Paragraph), aliased(Chapter), fates.newest_published()
    said = points.of(
        select(
            Point.id,
            at.mark,
            Paragraph.text.label("before"),
            Submission.receipt_no,
            Point.position,
            Submission.group,
            points.KIND.label("kind"),
            Reading.types,
            Reading.masked_text,
            Point.text,
            Point.proposed_text,
            Point.evidence,
            Triage.public_text,
            Triage.is_offensive,
        )
    )
    return (
        said.outerjoin(Remark, Remark.point_id == Point.id)
        .outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .outerjoin(Draft, Draft.id == func.coalesce(Paragraph.draft_id, Remark.draft_id))
        .outerjoin(Fate, (Fate.paragraph_id == Paragraph.id) & (Fate.draft_id == newest))
        .outerjoin(at, at.id == func.coalesce(Fate.heir_id, Paragraph.id))
        .outerjoin(chapter, chapter.id == at.chapter_id)
        .where(*points.only(frame), STANDS, or_(Point.paragraph_id.is_not(None), Remark.draft_id.is_not(None)))
        .order_by(at.id.is_not(None), chapter.position, at.position, at.mark, Draft.number, Point.id)
    )


def _row(point: Row[Any], answer: Answer | None, frame: Frame) -> list[Value]:
    return [
        point.mark or frame.tell("Seluruh naskah"),
        point.before,
        points.number(point.receipt_no, point.position),
        group_label(point.group, frame.lang),
        points.kind_of(point.kind, point.types, frame.lang),
        points.shown(point),
        points.masked(point.proposed_text),
        points.masked(point.evidence),
        answer.label if answer else None,
        (answer.text_after or None) if answer else None,
    ]


def _blocks(rows: Sequence[Sequence[Value]], frame: Frame) -> list[Block]:
    """Old and new text one under the other, and between them what was said."""
    blocks: list[Block] = []
    for (mark, before), said in groupby(bounded(rows), key=lambda row: (row[0], row[1])):
        comments = list(said)
        after = list(dict.fromkeys(str(row[9]) for row in comments if row[9]))
        blocks.append(Heading(str(mark), 2))
        blocks += [Text(str(before), "removed" if after else "plain", frame.tell("Semula"))] if before else []
        blocks += [Text(text, "added", frame.tell("Menjadi")) for text in after]
        for row in comments:
            blocks += _comment(row, frame)
    return blocks


def _comment(row: Sequence[Value], frame: Frame) -> list[Block]:
    """Wording and evidence that somebody proposes are their words too."""
    _, _, number, group, kind, text, proposed, evidence, decision, _ = row
    said = " · ".join(str(part) for part in (number, group, kind, decision) if part)
    blocks: list[Block] = [Text(str(text or ""), "quote", source=said)]
    for name, words in ((frame.tell("Usul redaksi"), proposed), (frame.tell("Rujukan"), evidence)):
        blocks += [Text(str(words), "small", name)] if words else []
    return blocks
