"""A draft as its drafter works on it: DOCX with old and new words as tracked changes and remarks at the margin."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reports.blanks import MAIN, NILA, OFFICE, SOFT
from reports.documents import BODY, document
from reports.letters import visible
from reports.margins import Margin, Span, is_turned, woven
from reports.paper import DEEPEST, Paper
from reports.parcels import FIRST, parcel, parts
from reports.remarks import Remark, comments, signature, threads

BOOKMARK = "ur_"  # and the lineage of a paragraph
KINDS = ("same", "removed", "added")
MARK_LOOKS = f'<w:b/><w:bCs/><w:color w:val="{NILA}"/>'
NOTE_LOOKS = f'<w:color w:val="{SOFT}"/>'
RELATIONS = "word/_rels/document.xml.rels"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


class Piece(Protocol):
    """Consecutive words of the older text (removed), of the newer one (added) or of both (same)."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A chapter (level 1) or a section in it; level 1 to 3."""

    text: str
    level: int = 1
    remarks: Sequence[Remark] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST:
            raise ValueError(f"a heading of level {self.level}: there are 1 to {DEEPEST}")


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """A paragraph of the draft.

    `lineage` is the number it is known by over all versions, None where it has none (a preface); `mark` is the one
    the draft gives it, empty where it was only numbered; `note` is what its braces hold. `changes` are the pieces
    from the older text to this one, None where nothing is to be tracked. If all of them were added the paragraph is
    new, if all were removed (`text` is empty) it is gone: then its mark and note came and went with it.
    """

    lineage: int | None
    mark: str
    text: str
    note: str = ""
    changes: Sequence[Piece] | None = None
    author: str = ""
    changed_at: datetime | None = None
    remarks: Sequence[Remark] = ()

    def __post_init__(self) -> None:
        if self.changes is None:
            return
        if not {piece.kind for piece in self.changes} <= set(KINDS):
            raise ValueError(f"pieces of a change are {', '.join(KINDS)}")
        if "".join(piece.text for piece in self.changes if piece.kind != "removed") != self.text:
            raise ValueError(f"paragraph {self.mark or self.lineage}: its pieces do not make its text")

    @property
    def fate(self) -> str:
        """The kind of all of its pieces where they are of one kind, else same."""
        kinds = {piece.kind for piece in self.changes or ()}
        return kinds.pop() if len(kinds) == 1 else "same"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A draft: its title, what stands in it in order, remarks on all of it, and facts for its foot."""

    title: str
    parts: Sequence[HeadingPart | ParagraphPart]
    facts: Sequence[tuple[str, str]]
    made_at: datetime
    language: str = "id"
    remarks: Sequence[Remark] = ()

    def __post_init__(self) -> None:
        known = Counter(part.lineage for part in self.parts if isinstance(part, ParagraphPart))
        twice = [lineage for lineage, times in known.items() if times > 1 and lineage is not None]
        if twice:
            raise ValueError(f"lineages that stand more than once: {twice[:5]}")


def manuscript(draft: Manuscript) -> bytes:
    """Return a DOCX file of a draft that can be worked on in an office and handed in again.

    Chapters are headings of the first level, sections of the second. A paragraph has its mark at its head, its note
    in braces at its end and, unless it is gone, a bookmark `ur_<lineage>` around it, by which it is known when the
    file comes back.
    Words that were taken out and put in are tracked changes: who accepts all has the newer version, who rejects all
    the older one. Remarks are comments on the words they quote (looked for without regard to case and white space,
    in the newer text and then in the older one), else on the whole paragraph; replies and what is settled are marked.

    The facts stand in the foot of each page and not in the text, which is the draft's alone. There is no author, no
    template and nothing of the machine or its clock. What XML cannot hold is replaced as `reports.letters.visible`
    says.

    Args:
        draft: what stands in it; moments without a zone are UTC.

    Returns:
        The bytes of the file. The same draft gives the same bytes.

    Source: ECMA-376, part 1, 17.13 (annotations: comments, revisions, bookmarks).

    >>> from datetime import datetime
    >>> manuscript(Manuscript("Rob", [ParagraphPart(7, "P-LIV-01", "Air naik.")], [], datetime(2026, 11, 2)))[:2]
    b'PK'
    """
    margin = Margin()
    body = [_heading(draft.title, "Title", draft.remarks, margin), *(_part(part, margin) for part in draft.parts)]
    content = parts(document(Paper(draft.title, [], draft.facts, draft.made_at, language=draft.language)))
    head, inner, rest = content[BODY].partition(b"<w:body>")
    _, page, end = rest.partition(b"<w:sectPr")
    content[BODY] = b"".join([head, inner, "".join(body).encode(), page, end])
    if margin.remarks:
        _add(content, "comments", f"{OFFICE}/comments", comments(margin.remarks))
        _add(content, "commentsExtended", EXTENDED, threads(margin.remarks))
    return parcel(content)


def _add(content: dict[str, bytes], name: str, relation: str, part: bytes) -> None:
    """Put one more part beside the body, with what it is and what leads to it."""
    content[f"word/{name}.xml"] = part
    kind = f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{name}+xml"/></Types>'
    content[FIRST] = content[FIRST].replace(b"</Types>", kind.encode())
    leads = f'<Relationship Id="{name}" Type="{relation}" Target="{name}.xml"/></Relationships>'
    content[RELATIONS] = content[RELATIONS].replace(b"</Relationships>", leads.encode())


def _part(part: HeadingPart | ParagraphPart, margin: Margin) -> str:
    match part:
        case HeadingPart(text, level, remarks):
            return _heading(text, f"Heading{level}", remarks, margin) if text or remarks else ""
        case ParagraphPart():
            return _paragraph(part, margin)
        case _:
            raise TypeError(f"{type(part).__name__} is no part of a draft")


def _heading(text: str, look: str, remarks: Iterable[Remark], margin: Margin) -> str:
    spans = [Span("same", visible(text))]
    return _written(spans, look, "", woven(spans, remarks, "", margin))


def _paragraph(part: ParagraphPart, margin: Margin) -> str:
    spans = _spans(part)
    signed = signature(part.author, part.changed_at)
    inner = woven(spans, part.remarks, signed, margin)
    # the bookmark of a paragraph that is gone would end up in the next one when its removal is accepted
    if part.lineage is not None and part.fate != "removed":
        number = next(margin.numbers)
        name = f'w:id="{number}" w:name="{BOOKMARK}{part.lineage}"'
        inner = f'<w:bookmarkStart {name}/>{inner}<w:bookmarkEnd w:id="{number}"/>'
    return _written(spans, "Normal", _end(part.fate, signed, margin), inner)


def _end(fate: str, signed: str, margin: Margin) -> str:
    """What is known of the sign that ends the paragraph: with it the whole paragraph came or went."""
    tag = {"removed": "del", "added": "ins"}.get(fate)
    return f'<w:rPr><w:{tag} w:id="{next(margin.numbers)}"{signed}/></w:rPr>' if tag else ""


def _written(spans: Sequence[Span], look: str, end: str, inner: str) -> str:
    direction = "<w:bidi/>" if is_turned(spans) else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{look}"/>{direction}{end}</w:pPr>{inner}</w:p>'


def _spans(part: ParagraphPart) -> list[Span]:
    fate = part.fate
    pieces = [Span("same", part.text)] if part.changes is None else part.changes
    texts = [Span(piece.kind, visible(piece.text)) for piece in pieces]
    mark = f"[{visible(part.mark)}] " if part.mark else ""
    gap = " " if any(span.text for span in texts) else ""
    note = f"{gap}{{{visible(part.note)}}}" if part.note else ""
    return [Span(fate, mark, MARK_LOOKS, is_text=False), *texts, Span(fate, note, NOTE_LOOKS, is_text=False)]
