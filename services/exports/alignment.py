"""X7, the alignment matrix: what stands under which mission and national reference, and where nothing stands."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import select

from models import FrameworkItem, Point, Programme, Submission, Triage
from models.submission import STANDS
from reports.paper import Block, Heading, Text
from reports.sheets import Column, Sheet, Value
from services import rankings
from services.exports import points
from services.exports.columns import Col, columns
from services.exports.contents import Content, grids
from services.exports.frames import Frame
from services.tongue import N_, label
from services.wording import theme_name

COLUMNS = (
    Col("item", ("Hal", "Item"), ("Nomor butir, kode program, atau nama tema.", "Point, programme or theme."), 34),
    Col("jenis", ("Jenis", "Kind"), ("Butir, program, atau tema.", "Point, programme or theme."), 14),
    Col("dimensi", ("Bidang", "Dimension"), ("Bidang hal ini.", "Dimension of the item."), 18),
    Col("misi", ("Misi", "Mission"), ("Nomor misi RPJMD.", "Number of the mission."), 8),
    Col("acuan", ("Acuan", "Reference"), ("Butir acuan nasional.", "Item of a national reference."), 28),
    Col(
        "kekuatan (langsung/tidak langsung)",
        ("Kekuatan (langsung/tidak langsung)", "Strength (direct/indirect)"),
        (
            "Langsung bila disebut penulis, tim, atau program; tidak langsung bila hanya lewat bidangnya.",
            "Direct where a writer, the team or a programme names it; indirect where only its dimension feeds it.",
        ),
        18,
    ),
    Col("catatan", ("Catatan", "Note"), ("Yang kosong disebut di sini.", "What is empty is told here."), 34),
)
DIRECT, INDIRECT = N_("langsung"), N_("tidak langsung")
POINT, PROGRAMME, THEME, MISSION = N_("butir"), N_("program"), N_("tema"), N_("misi")
ALONE, UNSERVED = N_("Belum tertaut ke misi mana pun."), N_("Belum ada butir atau program untuk misi ini.")


class Link(NamedTuple):
    """One item under one mission or one national reference."""

    item: str
    kind: str
    dimension: str | None
    mission: str | None
    reference: str | None
    is_direct: bool


def content(frame: Frame) -> Content:
    """In the table one row per link; on paper the matrix, whose empty rows and columns are set off."""
    links, title = list(_links(frame)), frame.tell("Matriks keselarasan")
    matrix = _matrix(links, frame)
    rows = [*(_row(link, frame) for link in links), *_unserved(links, frame)]
    return Content(
        title=title,
        is_personal=False,
        sheets=[Sheet(title, columns(COLUMNS, frame.lang), rows), matrix],
        blocks=lambda: _blocks(matrix, frame),
    )


def _links(frame: Frame) -> Iterator[Link]:
    for row in frame.session.execute(_points(frame)):
        name = points.number(row.receipt_no, row.position)
        for code in points.by_number(points.mission_codes(row)):
            yield Link(name, POINT, row.dimension, code, None, True)
        for item in (row.frameworks or "").split(", "):
            if item:
                yield Link(name, POINT, row.dimension, None, item, True)
    for programme in frame.session.scalars(select(Programme).order_by(Programme.code)):
        name = f"{programme.code} {programme.name}"
        yield Link(name, PROGRAMME, programme.dimension, programme.mission, None, programme.mission is not None)
    if frame.run:
        for _, theme, _, _ in frame.session.execute(rankings.ranked(frame.run.id, frame.lang)):
            for code, _, fed in frame.names.missions:
                if theme.dimension in fed:
                    yield Link(theme_name(theme, frame.lang), THEME, theme.dimension, code, None, False)


def _points(frame: Frame) -> Any:
    said = points.of(
        select(
            Submission.receipt_no,
            Point.position,
            points.DIMENSION.label("dimension"),
            Triage.missions,
            points.MISSIONS.label("own_missions"),
            points.FRAMEWORKS.label("frameworks"),
        )
    )
    return said.where(Submission.round_id == frame.round.id, STANDS).order_by(Point.id)


def _row(link: Link, frame: Frame) -> list[Value]:
    is_alone = link.mission is None and link.reference is None
    return [
        link.item,
        frame.tell(link.kind),
        frame.names.dimensions.get(link.dimension),
        link.mission,
        link.reference,
        None if is_alone else frame.tell(DIRECT if link.is_direct else INDIRECT),
        frame.tell(ALONE) if is_alone else None,
    ]


def _unserved(links: list[Link], frame: Frame) -> Iterator[list[Value]]:
    served = {link.mission for link in links if link.is_direct}
    for code, name, _ in frame.names.missions:
        if code not in served:
            yield [name, frame.tell(MISSION), None, code, None, None, frame.tell(UNSERVED)]


def _counts(links: list[Link]) -> dict[str | None, Counter[str | None]]:
    """Of each dimension how many points and programmes name each mission and each reference."""
    found: dict[str | None, Counter[str | None]] = defaultdict(Counter)
    for link in links:
        if link.is_direct:
            found[link.dimension][link.mission or link.reference] += 1
    return found


def _heads(frame: Frame) -> list[Column]:
    """Dimensions down; missions, then national references across."""
    query = select(FrameworkItem.framework, FrameworkItem.code, label(FrameworkItem, "label", frame.lang))
    items = frame.session.execute(
        query.where(FrameworkItem.is_current).order_by(FrameworkItem.framework, FrameworkItem.code)
    )
    missions = [Column(code, frame.tell("Misi %(n)s", n=code), name, 10) for code, name, _ in frame.names.missions]
    named = [Column(f"{framework}/{code}", name, f"{framework} {code}", 12) for framework, code, name in items]
    return [Column("dimensi", frame.tell("Bidang"), "", 20), *missions, *named]


def _matrix(links: list[Link], frame: Frame) -> Sheet:
    heads, counts = _heads(frame), _counts(links)
    rows = [[name, *(counts[code][h.key] for h in heads[1:])] for code, name in frame.names.dimensions.items()]
    return Sheet(frame.tell("Matriks"), heads, rows)


def _blocks(matrix: Sheet, frame: Frame) -> list[Block]:
    rows = list(matrix.rows)
    empty = [at for at, row in enumerate(rows) if not any(row[1:])]
    gaps = [head for at, head in enumerate(matrix.columns) if at and not any(row[at] for row in rows)]
    blocks = grids(matrix, keeps=1, marked=empty)
    blocks.append(Heading(frame.tell("Yang masih kosong"), 2))
    lines = [(frame.tell("Bidang"), [str(rows[at][0]) for at in empty]), (frame.tell("Kolom"), [h.label for h in gaps])]
    blocks += [Text(", ".join(names) or "–", lead=lead) for lead, names in lines]
    return blocks
