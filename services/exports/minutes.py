"""X3, the record of a meeting: who came, what was agreed, who signs; number, hours and signatures stay for ink."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, exists, select

from models import Meeting, Point, Reading, Submission, Triage
from models.submission import STANDS
from reports.paper import Block, Facts, Grid, Heading, Items, PageBreak, Signatures, Text, told_on
from reports.sheets import Column
from services import meetings
from services.exports import points, turnouts
from services.exports.contents import Content
from services.exports.frames import Frame
from services.meetings import Agreed, Came, Held
from services.tongue import N_, label

DAYS = (N_("Senin"), N_("Selasa"), N_("Rabu"), N_("Kamis"), N_("Jumat"), N_("Sabtu"), N_("Minggu"))
INK_ROWS, INK_HEIGHT = 20, 9
# Constituencies of which the law asks that they are heard, because they are often not.
VULNERABLE = frozenset(("women", "disability", "elderly", "youth", "poor"))
AGREEMENTS = ("no", "pokok_masukan", "kesepakatan", "penanggung_jawab", "tenggat")
ATTENDANCE = ("no", "nama", "L/P", "unsur", "lembaga", "no_hp", "tanda_tangan")
PARTICIPANTS = (N_("Unsur"), N_("Undangan"), N_("Hadir"), N_("P"), N_("L"), N_("Kelompok rentan"))


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one meeting; without any it is a form for ink."""

    held: Held | None = None
    came: Sequence[Came] = ()
    agreed: Sequence[Agreed] = ()
    spoken: Sequence[Row[Any]] = ()


def content(frame: Frame) -> Content:
    """One record, or all of the round one after another; without any meeting an empty one to be filled in."""
    records = [_read(frame, held) for held in _held(frame)]
    return Content(
        title=frame.tell("Berita acara"),
        subtitle=label(frame.round, "title", frame.lang),
        is_personal=any(_is_personal(frame, record) for record in records),
        blocks=lambda: _blocks(records, frame),
        is_landscape=False,
    )


def _read(frame: Frame, held: Held) -> Record:
    session = frame.session
    came = meetings.attendance(session, held.id, frame.lang)
    return Record(held, came, meetings.agreements(session, held.id), _spoken(frame, held.id))


def _is_personal(frame: Frame, record: Record) -> bool:
    """Words that no person has read, or somebody who is no office and sees to what was agreed."""
    offices = {name.casefold() for name in frame.names.agencies.values()}
    people = [a.responsible for a in record.agreed if a.responsible]
    return any(name.strip().casefold() not in offices for name in people) or any(
        not points.public(point) for point in record.spoken
    )


def _held(frame: Frame) -> list[Held]:
    wanted = frame.asked.meeting_id
    if wanted is not None:
        return [meetings.one(frame.session, wanted, frame.lang)]
    inside = exists().where(Submission.meeting_id == Meeting.id, Submission.round_id == frame.round.id)
    days = Meeting.held_on.between(frame.local(frame.round.opens_at).date(), frame.local(frame.round.answer_by).date())
    ids = set(frame.session.scalars(select(Meeting.id).where(inside | days)))
    found = [one for one in meetings.all_held(frame.session, frame.lang) if one.id in ids]
    return sorted(found, key=lambda one: (one.facts.held_on, one.id))


def _blocks(records: Sequence[Record], frame: Frame) -> list[Block]:
    unmet, blocks = _unmet(frame), list[Block]()
    for record in records or [Record()]:
        blocks += [PageBreak()] if blocks else []
        blocks += _record(frame, record, unmet)
    return blocks


def _record(frame: Frame, record: Record, unmet: Sequence[Block]) -> list[Block]:
    one = record.held
    present = [row for row in record.came if row.invited or row.women or row.men]
    empty = [] if present else meetings.constituencies(frame.session, frame.lang)
    signers = [row.label for row in present if row.women + row.men]
    return [
        *_head(frame, one),
        Heading(frame.tell("Peserta menurut unsur"), 2),
        _participants(frame, present, empty),
        Heading(frame.tell("Pokok bahasan"), 2),
        Text(one.facts.title if one else ""),
        Heading(frame.tell("Kesepakatan"), 2),
        _agreements(frame, record.agreed),
        Heading(frame.tell("Catatan perbedaan pendapat"), 2),
        Facts([(f"{n}.", "") for n in (1, 2, 3)]),
        Heading(frame.tell("Catatan keterwakilan"), 2),
        *unmet,
        Heading(frame.tell("Tanda tangan"), 2),
        Signatures(
            signers or [frame.tell("Penyelenggara"), frame.tell("Wakil warga"), frame.tell("Wakil perangkat daerah")]
        ),
        PageBreak(),
        Heading(frame.tell("Lampiran 1. Daftar hadir"), 2),
        Text(
            frame.tell("Diisi dengan tinta; nama dan nomor HP tidak disimpan di sini. Nomor HP boleh dikosongkan."),
            "small",
        ),
        _attendance(frame),
        Heading(frame.tell("Lampiran 2. Daftar masukan"), 2),
        _points(frame, record.spoken),
        Heading(frame.tell("Lampiran 3. Dokumentasi"), 2),
        Text(frame.tell("Tempel foto di sini, tanpa wajah anak dan tanpa pelat nomor."), "small"),
    ]


def _head(frame: Frame, one: Held | None) -> list[Block]:
    """What is not known stays a line for ink."""
    facts = one.facts if one else None
    day = frame.tell(DAYS[facts.held_on.weekday()]) if facts else ""
    place = ", ".join(part for part in (facts.place, one.area_name) if part) if facts and one else ""
    pairs = [
        (frame.tell("Nomor"), ""),
        (frame.tell("Hari"), day),
        (frame.tell("Tanggal"), told_on(facts.held_on, frame.lang) if facts else ""),
        (frame.tell("Waktu"), ""),
        (frame.tell("Tempat"), place),
        (frame.tell("Jenis pertemuan"), one.kind_label if one else ""),
        (frame.tell("Dasar"), label(frame.round, "title", frame.lang)),
        (frame.tell("Penyelenggara"), label(frame.round, "answerer", frame.lang)),
    ]
    return [Heading(facts.title if facts else frame.tell("Pertemuan"), 1), Facts(pairs)]


def _participants(frame: Frame, came: Sequence[Came], empty: Sequence[tuple[str, str]]) -> Grid:
    """Before anybody was counted, every constituency with room for ink."""
    columns = [Column(name, frame.tell(name), "", 30 if at == 0 else 12) for at, name in enumerate(PARTICIPANTS)]
    yes = frame.tell("ya")
    if empty:
        return Grid(columns, [[name, *[None] * 4, yes if code in VULNERABLE else None] for code, name in empty])
    rows = [[r.label, r.invited, r.women + r.men, r.women, r.men, yes if r.code in VULNERABLE else None] for r in came]
    total = [sum(getattr(row, name) for row in came) for name in ("invited", "women", "men")]
    rows.append([frame.tell("Jumlah"), total[0], total[1] + total[2], total[1], total[2], None])
    return Grid(columns, rows, marked=[len(rows) - 1])


def _agreements(frame: Frame, agreed: Sequence[Agreed]) -> Grid:
    names = (N_("No."), N_("Pokok masukan"), N_("Kesepakatan"), N_("Penanggung jawab"), N_("Tenggat"))
    widths = (6, 26, 44, 24, 16)
    columns = [Column(k, frame.tell(n), "", w) for k, n, w in zip(AGREEMENTS, names, widths, strict=True)]
    rows = [[at, a.subject, a.text, a.responsible or None, a.due_on] for at, a in enumerate(agreed, start=1)]
    return Grid(columns, rows or [[n, None, None, None, None] for n in range(1, 6)], height=0 if rows else INK_HEIGHT)


def _attendance(frame: Frame) -> Grid:
    names = (N_("No."), N_("Nama"), N_("L/P"), N_("Unsur"), N_("Lembaga"), N_("Nomor HP"), N_("Tanda tangan"))
    widths = (6, 30, 7, 18, 22, 16, 22)
    columns = [Column(k, frame.tell(n), "", w) for k, n, w in zip(ATTENDANCE, names, widths, strict=True)]
    return Grid(columns, [[n, *[None] * 6] for n in range(1, INK_ROWS + 1)], height=INK_HEIGHT)


def _unmet(frame: Frame) -> list[Block]:
    """What is short of its target, with what can be done about it."""
    short = turnouts.short(frame)
    if not short:
        return [Text(frame.tell("Semua target keterwakilan terpenuhi atau mendekati."))]
    lines = [f"{turnouts.told(step)}. {step.advice}" for step in short]
    return [Text(frame.tell("Yang masih kurang, dan tindakannya:")), Items(lines)]


def _spoken(frame: Frame, meeting_id: int) -> Sequence[Row[Any]]:
    said = points.of(
        select(
            Submission.receipt_no,
            Point.position,
            points.DIMENSION.label("dimension"),
            Point.text,
            Reading.masked_text,
            Triage.public_text,
            Triage.is_offensive,
        )
    )
    return frame.session.execute(said.where(Submission.meeting_id == meeting_id, STANDS).order_by(Point.id)).all()


def _points(frame: Frame, spoken: Sequence[Row[Any]]) -> Grid:
    names = ((N_("No."), 6), (N_("Nomor butir"), 18), (N_("Bidang"), 16), (N_("Masukan"), 60))
    columns = [Column(name, frame.tell(name), "", width) for name, width in names]
    rows = [
        [
            at,
            points.number(p.receipt_no, p.position),
            frame.names.dimensions.get(p.dimension),
            points.shown(p),
        ]
        for at, p in enumerate(spoken, start=1)
    ]
    return Grid(columns, rows)
