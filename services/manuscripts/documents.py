"""A draft in DOCX becomes blocks: headings with their depth, paragraphs and rows with their numbers and lineages."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from services import parcels, texts
from services.errors import UnreadableFile
from services.manuscripts import guards
from services.manuscripts.books import TextBook
from services.manuscripts.checks import check_number
from services.manuscripts.lines import Item
from services.manuscripts.parts import damaged, open_parts

Row = tuple[int, str, int, str, int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: `rows` of depth, text, place, sign and lineage, in order, and the counts by their words."""

    rows: list[Row]
    kept: dict[str, int]
    dropped: dict[str, int]


def read(content: bytes) -> Found:
    """Raises UnreadableFile for what is no DOCX, is damaged, or is better not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            guards.check_archive(archive, len(content))
            book = TextBook(open_parts(archive))
            items = book.items()
    except parcels.Damaged as error:
        raise damaged(str(error)) from error
    except parcels.BROKEN as error:
        raise UnreadableFile(guards.BROKEN_DOCX) from error
    rows = _rows(_titled(items))
    check_number(sum(not row[0] for row in rows))
    book.kept["bookmarks"] += sum(row[4] is not None for row in rows)
    book.dropped["lost_bookmarks"] += sum(max(0, len(item.lineages) - 1) for item in items)
    return Found(rows, _counted(book.kept), _counted(book.dropped))


def _titled(items: list[Item]) -> Iterator[Item]:
    """The first lines in the style of a title are the title, above all headings; later ones are headings."""
    groups = [(is_title, list(group)) for is_title, group in groupby(items, key=lambda item: item.is_title)]
    first = next((n for n, (is_title, _group) in enumerate(groups) if is_title), None)
    for n, (_is_title, group) in enumerate(groups):
        if n == first:
            yield replace(group[0], text=" ".join(item.text for item in group), depth=1)
        else:
            yield from (replace(item, depth=item.depth + bool(item.depth and first is not None)) for item in group)


def _rows(items: Iterable[Item]) -> list[Row]:
    rows: list[Row] = []
    for item in items:
        text = texts.clean(item.text)
        if text:
            lineage = item.lineages[0] if item.lineages else None
            sign = f"{texts.clean(item.sign)} " if item.sign else ""
            rows.append((item.depth, text, len(rows) + 1, sign, lineage))
    return rows


def _counted(counts: dict[str, int]) -> dict[str, int]:
    return {word: n for word, n in sorted(counts.items()) if n}
