"""X14, the codebook: every theme with its limits and an example, and every change of it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from models import CodebookChange, Person, Reading, Submission, Theme, ThemeExample, Triage
from models.point import Point
from models.submission import STANDS
from models.vocabulary import Visibility
from reports.sheets import Sheet, Value
from services.codebooks import ACTIONS
from services.exports import points
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.tongue import word
from services.wording import theme_name

COLUMNS = (
    Col("code", ("Kode", "Code"), ("Kode tema; tidak pernah berubah.", "Code of the theme; never changes."), 16),
    Col("dimension", ("Bidang", "Dimension"), ("Kode bidangnya.", "Code of its dimension."), 12),
    Col("label_id", ("Nama", "Name in Indonesian"), ("Nama dalam bahasa Indonesia.", "Name in Indonesian."), 34),
    Col("label_en", ("Nama Inggris", "Name in English"), ("Nama dalam bahasa Inggris.", "Name in English."), 34),
    Col("definition", ("Batasan", "Definition"), ("Apa yang dimaksud.", "What is meant."), 50),
    Col("include", ("Termasuk", "Includes"), ("Yang masuk ke sini.", "What belongs here."), 44),
    Col("exclude", ("Tidak termasuk", "Excludes"), ("Yang tidak, dan ke mana.", "What does not, and where."), 44),
    Col(
        "example_quote",
        ("Contoh kutipan", "Example quote"),
        ("Contoh yang dipilih orang; data pribadi ditutup.", "An example chosen by a person; personal data covered."),
        50,
    ),
    Col("parent", ("Induk", "Parent"), ("Kode tema di atasnya.", "Code of the theme above."), 16),
    Col("state", ("Keadaan", "State"), ("Berlaku, usulan, digabung, dan lainnya.", "Active, proposed and so on."), 18),
    Col("version", ("Versi", "Version"), ("Berapa kali tema ini ditulis.", "How often the theme was written."), 8),
    Col("changed_by", ("Diubah oleh", "Changed by"), ("Pengubah terakhir.", "Who changed it last."), 20),
    Col("why", ("Alasan", "Why"), ("Alasan perubahan terakhir.", "Why it was changed last."), 40),
)
CHANGES = (
    Col("versi_buku_kode", ("Versi buku kode", "Codebook version"), ("Nomor perubahan.", "Number of the change."), 10),
    Col("waktu", ("Waktu", "Time"), ("Menurut jam kota.", "By the city's clock."), 22),
    Col("code", ("Kode", "Code"), ("Kode tema.", "Code of the theme."), 16),
    Col("isu", ("Tema", "Theme"), ("Nama tema sekarang.", "Present name of the theme."), 34),
    Col("tindakan", ("Tindakan", "Deed"), ("Gabung, pisah, ganti nama.", "Merged, split, renamed."), 28),
    Col("pelaku", ("Pelaku", "Who"), ("Orang tim yang mengubah.", "Member of the team."), 20),
    Col("alasan", ("Alasan", "Why"), ("Alasan yang ditulis.", "The reason that was written."), 44),
)
AS_EXAMPLE = func.coalesce(Triage.public_text, Reading.masked_text)


def content(frame: Frame) -> Content:
    """All themes by code, merged and retired ones too, and the history of the book."""
    title = frame.tell("Buku kode")
    examples = _examples(frame)
    rows = [_row(row, examples.get(row.Theme.id), frame) for row in frame.session.execute(_query())]
    return Content(
        title=title,
        is_personal=any(not is_clear for _, is_clear in examples.values()) or any(row[11] for row in rows),
        sheets=[
            Sheet(title, columns(COLUMNS, frame.lang), rows),
            Sheet(frame.tell("Riwayat"), columns(CHANGES, frame.lang), _changes(frame)),
        ],
        keeps=1,
    )


def _query() -> Any:
    parent, into = aliased(Theme), aliased(Theme)
    newest = select(func.max(CodebookChange.id)).group_by(CodebookChange.theme_id)
    return (
        select(
            Theme,
            func.coalesce(parent.code, into.code).label("parent"),
            Person.name.label("by"),
            CodebookChange.why,
        )
        .outerjoin(parent, parent.id == Theme.parent_id)
        .outerjoin(into, into.id == Theme.merged_into)
        .outerjoin(CodebookChange, (CodebookChange.theme_id == Theme.id) & CodebookChange.id.in_(newest))
        .outerjoin(Person, Person.id == CodebookChange.actor_id)
        .order_by(Theme.code)
    )


def _row(row: Row[Any], example: tuple[str, bool] | None, frame: Frame) -> list[Value]:
    theme = row.Theme
    return [
        theme.code,
        theme.dimension,
        theme.name,
        theme.label_en or None,
        theme.definition or None,
        theme.include or None,
        theme.exclude or None,
        example[0] if example else None,
        row.parent,
        word(theme.state, frame.lang),
        theme.version,
        row.by,
        row.why or None,
    ]


def _examples(frame: Frame) -> dict[int, tuple[str, bool]]:
    """Of each theme the first example that a person chose, and whether its words were read for the public."""
    rows = frame.session.execute(
        select(ThemeExample.theme_id, AS_EXAMPLE, points.IS_CONFIRMED)
        .join(Point, Point.id == ThemeExample.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .where(
            STANDS,
            AS_EXAMPLE.is_not(None),
            Submission.visibility != Visibility.TEAM,
            ~func.coalesce(Triage.is_offensive, False),
        )
        .order_by(ThemeExample.theme_id, ThemeExample.at.desc(), ThemeExample.point_id.desc())
    )
    return {theme_id: (text, bool(is_clear)) for theme_id, text, is_clear in rows}


def _changes(frame: Frame) -> Iterator[list[Value]]:
    rows = frame.session.execute(
        select(CodebookChange, Theme, Person.name)
        .join(Theme, Theme.id == CodebookChange.theme_id)
        .outerjoin(Person, Person.id == CodebookChange.actor_id)
        .order_by(CodebookChange.id)
    )
    for change, theme, by in rows:
        yield [
            change.id,
            f"{frame.local(change.at):%Y-%m-%d %H.%M %Z}",
            theme.code,
            theme_name(theme, frame.lang),
            frame.tell(ACTIONS.get(change.action, change.action)),
            by,
            change.why or None,
        ]
