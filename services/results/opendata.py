"""Open data: one row for each point, with allowed columns only; what could point at somebody stays empty."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from models import Dimension, Point, Reading, Round, Submission, Theme, Triage
from models.submission import STANDS
from models.vocabulary import PointType, ThemeState
from services import answers
from services.results import people
from services.results.heard import LET_OUT, is_final
from services.tongue import N_, label, say, word
from services.wording import theme_name

BATCH = 2_000
CITY_ZONE = ZoneInfo("Asia/Jakarta")
LICENCE = "CC BY 4.0"

# key, what it is called, what it means
COLUMNS = (
    ("no_publik", N_("Nomor"), N_("Nomor urut di berkas ini; bukan nomor tanda terima.")),
    ("bulan", N_("Bulan"), N_("Bulan masukan diterima, tahun-bulan.")),
    (
        "kelompok",
        N_("Kelompok"),
        N_("Kelompok penulisnya; kosong bila orang dari kelompok itu di bidang ini terlalu sedikit."),
    ),
    ("dimensi", N_("Bidang"), N_("Bidang butir ini menurut tim, penulis, atau temanya.")),
    ("tema", N_("Tema"), N_("Tema dari buku kode; kosong bila belum tertampung.")),
    ("jenis", N_("Jenis"), N_("Masalah, usulan, keberatan, dukungan, pertanyaan, atau aduan layanan.")),
    (
        "teks_publik",
        N_("Teks"),
        N_("Teks yang sudah dibaca orang dan boleh terbit; kosong bila belum dibaca, atau hanya untuk tim."),
    ),
    ("keputusan", N_("Keputusan"), N_("Apa yang diputuskan tim atas butir ini.")),
    ("alasan", N_("Alasan"), N_("Alasan keputusan itu.")),
)


class Row(NamedTuple):
    """One row, in the order of `COLUMNS`."""

    no_publik: int
    bulan: str
    kelompok: str
    dimensi: str
    tema: str
    jenis: str
    teks_publik: str
    keputusan: str
    alasan: str


def rows(session: Session, round_id: int, *, now: datetime, threshold: int = 10, lang: str = "id") -> Iterator[Row]:
    """The rows of a round, in an order that does not tell when each came in."""
    code = session.scalar(select(Round.code).where(Round.id == round_id)) or ""
    ids = sorted(session.scalars(_points(round_id).with_only_columns(Point.id)), key=lambda n: _shuffled(code, n))
    may_carry = people.carried(session, round_id, threshold)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        found = {row.id: row for row in session.execute(_facts(round_id, lang).where(Point.id.in_(some)))}
        decided = answers.of_points(session, some, now=now, lang=lang)
        for number, point_id in enumerate(some, start=start + 1):
            answer = decided.get(point_id)
            yield _row(number, found[point_id], answer if answer and is_final(answer) else None, may_carry, lang)


def _shuffled(code: str, point_id: int) -> bytes:
    return hashlib.sha256(f"{code}:{point_id}".encode()).digest()


def _points(round_id: int) -> Select:  # type: ignore[type-arg]
    return (
        select(Point.id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(Submission.round_id == round_id, STANDS)
    )


def _facts(round_id: int, lang: str) -> Select:  # type: ignore[type-arg]
    """What a row is made of; a text is read only where it may stand in public."""
    code = func.coalesce(Triage.dimension, Point.dimension, Theme.dimension)
    return (
        _points(round_id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, and_(Theme.id == Reading.theme_id, Theme.state == ThemeState.ACTIVE))
        .outerjoin(Dimension, Dimension.code == code)
        .with_only_columns(
            Point.id,
            Submission.received_at,
            Submission.group,
            people.SHOWN.label("cell"),
            label(Dimension, "short", lang).label("dimension"),
            theme_name(Theme, lang).label("theme"),
            func.coalesce(Triage.point_type, Point.point_type).label("kind"),
            Triage.kind.label("read_as"),
            func.nullif(func.iif(and_(*LET_OUT), Triage.public_text, ""), "").label("text"),
        )
    )


def _row(number: int, found, answer: answers.Answer | None, may_carry, lang: str) -> Row:  # type: ignore[no-untyped-def]
    group = found.group.value
    kind = found.kind or (PointType(found.read_as) if found.read_as in set(PointType) else None)
    return Row(
        no_publik=number,
        bulan=f"{found.received_at.astimezone(CITY_ZONE):%Y-%m}",
        kelompok=word(found.group, lang) if (group, found.cell) in may_carry else "",
        dimensi=found.dimension or "",
        tema=found.theme or "",
        jenis=word(kind, lang) if kind else "",
        teks_publik=found.text or "",
        keputusan=answer.label if answer else "",
        alasan=_why(answer) if answer else "",
    )


def _why(answer: answers.Answer) -> str:
    return ": ".join(part for part in (answer.reason_label, answer.reason) if part)


def dictionary(lang: str = "id") -> list[tuple[str, str, str]]:
    """The data dictionary: key, name and meaning of each column."""
    return [(key, say(lang, name), say(lang, meaning)) for key, name, meaning in COLUMNS]
