"""X15, the hand-over to SP4N-LAPOR!: service complaints that are mended elsewhere, in words that a person edited."""

from collections.abc import Iterator

from sqlalchemy import select

from models import Handover, Point, Submission
from models.submission import STANDS
from models.vocabulary import HandoverState
from reports.sheets import Sheet, Value
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.tongue import word

COLUMNS = (
    Col("no_registrasi", ("Nomor registrasi", "Registration number"), ("Nomor tanda terima.", "Receipt number."), 16),
    Col("tanggal", ("Tanggal", "Date"), ("Hari masukan diterima.", "Day the submission was received."), 12),
    Col("kelurahan", ("Kelurahan", "Ward"), ("Yang disebut pengirim.", "As the sender said."), 18),
    Col("kategori", ("Kategori", "Category"), ("Kategori aduan.", "Category of the complaint."), 20),
    Col(
        "uraian (disunting)",
        ("Uraian (disunting)", "Description (edited)"),
        ("Disunting orang tim, tanpa data pribadi.", "Edited by the team, without personal data."),
        60,
    ),
    Col(
        "opd_usulan",
        ("Perangkat daerah usulan", "Proposed agency"),
        ("Yang diusulkan menangani.", "Who may mend it."),
        22,
    ),
    Col("status_serah", ("Status serah", "State"), ("Sampai mana penyerahannya.", "How far it has come."), 20),
    Col("tracking_id", ("Nomor lacak", "Tracking number"), ("Nomor di SP4N-LAPOR!.", "Number in SP4N-LAPOR!."), 18),
)


def content(frame: Frame) -> Content:
    """What is on its way; what was taken back is not handed over."""
    title = frame.tell("Serahan SP4N-LAPOR!")
    return Content(title, is_personal=False, sheets=[Sheet(title, columns(COLUMNS, frame.lang), _rows(frame))])


def _rows(frame: Frame) -> Iterator[list[Value]]:
    rows = frame.session.execute(
        select(Handover, Submission.receipt_no, Submission.received_at, Submission.area, Submission.place_note)
        .join(Point, Point.id == Handover.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(STANDS, Submission.round_id == frame.round.id, Handover.state != HandoverState.TAKEN_BACK)
        .order_by(Handover.point_id)
    )
    for handover, number, received_at, area, note in rows:
        _, kelurahan = frame.names.place(area, note)
        yield [
            number,
            frame.local(received_at).date(),
            kelurahan,
            handover.category or None,
            handover.text,
            frame.names.agencies.get(handover.agency),
            word(handover.state, frame.lang),
            handover.tracking_id or None,
        ]
