"""What a draft must be before it is taken: so many paragraphs, none empty or endless, no mark given twice."""

from collections import defaultdict
from dataclasses import dataclass

from analysis.paragraphs import Document, Paragraph
from services.errors import UnreadableFile
from services.tongue import N_

MAX_PARAGRAPHS, LONGEST = 5000, 20_000
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sayings:
    """How a file says where something stands: text by its lines, a word processor by its paragraphs."""

    nothing: str
    empty: str
    long: str
    doubled: str


LINES = Sayings(
    nothing=N_("Tidak ada paragraf di dalamnya. Naskah ditulis dalam Markdown, satu paragraf per alinea."),
    empty=N_("Baris %(line)s: paragraf %(mark)s kosong."),
    long=N_("Baris %(line)s: paragraf lebih panjang dari %(n)s huruf."),
    doubled=N_("Penanda paragraf berulang, dengan nomor barisnya: %(where)s."),
)
BLOCKS = Sayings(
    nothing=N_("Tidak ada paragraf di dalamnya. Tulis isi naskah sebagai teks biasa di bawah judul babnya."),
    empty=N_("Alinea ke-%(line)s: paragraf %(mark)s kosong."),
    long=N_("Alinea ke-%(line)s, “%(start)s…”: paragraf lebih panjang dari %(n)s huruf."),
    doubled=N_("Penanda paragraf berulang, dengan nomor alineanya: %(where)s."),
)


def check(document: Document, sayings: Sayings) -> None:
    """Raises UnreadableFile; of marks given twice every place is named, because a comment must know where it stands."""
    paragraphs = [p for chapter in document.chapters for p in chapter.paragraphs]
    if not paragraphs:
        raise UnreadableFile(sayings.nothing)
    check_number(len(paragraphs))
    if len(document.chapters) > MAX_PARAGRAPHS:
        raise UnreadableFile(N_("Lebih dari %(n)s bab; bagi menjadi beberapa berkas."), n=MAX_PARAGRAPHS)
    _check_marks(paragraphs, sayings)
    for p in paragraphs:
        if not p.text:
            raise UnreadableFile(sayings.empty, line=p.line, mark=p.mark)
        if len(p.text) > LONGEST:
            raise UnreadableFile(sayings.long, line=p.line, n=LONGEST, start=p.text[:40])


def check_number(paragraphs: int) -> None:
    """Refuse what no plan has."""
    if paragraphs > MAX_PARAGRAPHS:
        raise UnreadableFile(N_("Lebih dari %(n)s paragraf; bagi menjadi beberapa berkas."), n=MAX_PARAGRAPHS)


def _check_marks(paragraphs: list[Paragraph], sayings: Sayings) -> None:
    lines: dict[str, list[str]] = defaultdict(list)
    for p in paragraphs:
        lines[p.mark].append(str(p.line))
    doubled = [f"{mark} ({', '.join(found[:SHOWN])})" for mark, found in lines.items() if len(found) > 1]
    if doubled:
        raise UnreadableFile(sayings.doubled, where=", ".join(doubled[:SHOWN]))
