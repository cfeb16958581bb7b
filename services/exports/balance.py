"""X9, the matrix of elements and dimensions: counts of points, proposals, old programmes and new actions."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select

from models import Programme, Submission
from models.submission import STANDS
from models.vocabulary import Element, Nature, PointType
from reports.paper import Block, Grid, Heading
from reports.sheets import Column, Sheet, Value
from services.exports import actions, points
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.tongue import word

COLUMNS = (
    Col("elemen", ("Elemen", "Element"), ("Suprastruktur, infrastruktur, struktur.", "One of the three elements."), 18),
    Col("dimensi", ("Bidang", "Dimension"), ("Bidang rencana.", "Dimension of the plan."), 18),
    Col("sifat", ("Sifat", "Nature"), ("Digital, non-digital, atau keduanya.", "Digital, non-digital, or both."), 22),
    Col("jumlah_butir", ("Butir", "Points"), ("Semua butir yang berlaku.", "All points that stand."), 10),
    Col("jumlah_usulan", ("Usulan", "Proposals"), ("Butir yang berupa usulan.", "Points that propose something."), 10),
    Col(
        "jumlah_program_lama", ("Program lama", "Old programmes"), ("Program yang direviu.", "Programmes reviewed."), 12
    ),
    Col("jumlah_aksi_baru", ("Aksi baru", "New actions"), ("Baris rencana aksi.", "Rows of the action plan."), 12),
)


class Cell(NamedTuple):
    """One cell; None where nobody has said yet."""

    element: Element | None
    dimension: str | None
    nature: Nature | None


def content(frame: Frame) -> Content:
    """Every element in every dimension, split by nature; what nobody has coded yet stands at the end."""
    counts = [_points(frame), _points(frame, PointType.PROPOSAL), _programmes(frame), _actions(frame)]
    rows = list(_rows(counts, frame))
    title = frame.tell("Matriks elemen × dimensi")
    return Content(
        title=title,
        is_personal=False,
        sheets=[Sheet(title, columns(COLUMNS, frame.lang), rows)],
        blocks=lambda: _blocks(counts, frame),
    )


def _cells(counts: list[Counter[Cell]], frame: Frame) -> Iterator[Cell]:
    """The full matrix, then whatever else was counted."""
    whole = [Cell(e, d, n) for e in Element for d in frame.names.dimensions for n in Nature]
    yield from whole
    rest = {cell for count in counts for cell, n in count.items() if n} - set(whole)
    yield from sorted(rest, key=lambda cell: tuple(str(part or "~") for part in cell))


def _rows(counts: list[Counter[Cell]], frame: Frame) -> Iterator[list[Value]]:
    unsaid = frame.tell("belum ditentukan")
    for cell in _cells(counts, frame):
        yield [
            word(cell.element, frame.lang) if cell.element else unsaid,
            frame.names.dimensions.get(cell.dimension) or unsaid,
            word(cell.nature, frame.lang) if cell.nature else unsaid,
            *(count[cell] for count in counts),
        ]


def _points(frame: Frame, kind: PointType | None = None) -> Counter[Cell]:
    query = (
        points.of(select(points.ELEMENT, points.DIMENSION, points.NATURE, func.count()))
        .where(Submission.round_id == frame.round.id, STANDS)
        .group_by(points.ELEMENT, points.DIMENSION, points.NATURE)
    )
    query = query if kind is None else query.where(points.KIND == kind)
    return Counter({Cell(e, d, n): count for e, d, n, count in frame.session.execute(query)})


def _programmes(frame: Frame) -> Counter[Cell]:
    rows = frame.session.execute(select(Programme.element, Programme.dimension, Programme.nature))
    return Counter(Cell(*row) for row in rows)


def _actions(frame: Frame) -> Counter[Cell]:
    return Counter(Cell(a.element, a.dimension, a.nature) for a in actions.accepted(frame))


def _blocks(counts: list[Counter[Cell]], frame: Frame) -> list[Block]:
    """Four matrices, each with elements down and dimensions across; a cell says digital / non-digital / both."""
    heads = [Column("elemen", frame.tell("Elemen"), "", 20)]
    heads += [Column(str(code), name, "", 12) for code, name in frame.names.dimensions.items()]
    blocks: list[Block] = []
    for column, count in zip(columns(COLUMNS, frame.lang)[3:], counts, strict=True):
        table = [
            [
                word(e, frame.lang),
                *(" / ".join(str(count[Cell(e, d, n)]) for n in Nature) for d in frame.names.dimensions),
            ]
            for e in Element
        ]
        blocks += [
            Heading(column.label, 2),
            Grid(heads, table, caption=" / ".join(word(n, frame.lang) for n in Nature)),
        ]
    return blocks
