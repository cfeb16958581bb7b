"""Remarks at the margin of a text document: comments as an office knows them, with their replies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import quoteattr

from reports.blanks import XML, W
from reports.letters import is_from_right, visible
from reports.runs import run
from reports.sheets import as_utc

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NOBODY = "–"
MOST_INITIALS = 3
BOLD = "<w:b/><w:bCs/>"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said of a place in a draft.

    `author` is a name or a group, as it may be shown. `quote` are the words that are meant; without them, or where
    they are not found, the whole paragraph is. `head` stands above the text (the number of the point, its kind and
    weight), `facts` below it, such as ("Usul redaksi", "..."). Replies of replies have no place in an office.
    """

    author: str
    initials: str
    at: datetime
    text: str
    quote: str = ""
    head: str = ""
    facts: Sequence[tuple[str, str]] = ()
    is_settled: bool = False
    replies: Sequence["Remark"] = ()

    def __post_init__(self) -> None:
        if any(reply.replies for reply in self.replies):
            raise ValueError("a reply to a reply has no place at the margin")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A remark with its number in the file and that of the remark it answers."""

    number: int
    remark: Remark
    answers: int | None = None


def signature(author: str, at: datetime | None) -> str:
    """The attributes that say who did something in a document, and when, if it is known.

    >>> signature("Bapperida", None)
    ' w:author="Bapperida"'
    """
    moment = f' w:date="{as_utc(at):%Y-%m-%dT%H:%M:%SZ}"' if at else ""
    return f" w:author={_attribute(author or NOBODY)}{moment}"


def comments(remarks: Sequence[Numbered]) -> bytes:
    """The part `word/comments.xml` of a text document.

    Source: ECMA-376, part 1, 17.13.4 (comments).

    >>> b"<w:comment " in comments([Numbered(1, Remark("Warga", "", datetime(2026, 11, 2), "Rob."))])
    True
    """
    spaces = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14"'
    return f"{XML}<w:comments {spaces}>{''.join(map(_comment, remarks))}</w:comments>".encode()


def threads(remarks: Sequence[Numbered]) -> bytes:
    """The part `word/commentsExtended.xml`: which remark answers which, and which are settled.

    Source: Office Open XML extensions of Microsoft, MS-DOCX 2.5.1 (commentsEx).

    >>> b'w15:done="0"' in threads([Numbered(1, Remark("Warga", "", datetime(2026, 11, 2), "Rob."))])
    True
    """
    listed = "".join(
        f'<w15:commentEx w15:paraId="{one.number:08X}"{_answers(one)} w15:done="{int(one.remark.is_settled)}"/>'
        for one in remarks
    )
    return f'{XML}<w15:commentsEx xmlns:w15="{W15}">{listed}</w15:commentsEx>'.encode()


def _answers(one: Numbered) -> str:
    return f' w15:paraIdParent="{one.answers:08X}"' if one.answers is not None else ""


def _comment(one: Numbered) -> str:
    remark = one.remark
    lines = list(_lines(remark))
    # the last paragraph is what the threads know a comment by
    paragraphs = [
        *(f"<w:p>{line}</w:p>" for line in lines[:-1]),
        f'<w:p w14:paraId="{one.number:08X}">{lines[-1]}</w:p>',
    ]
    initials = _attribute(remark.initials or _initials(remark.author))
    return (
        f'<w:comment w:id="{one.number}"{signature(remark.author, remark.at)} w:initials={initials}>'
        f"{''.join(paragraphs)}</w:comment>"
    )


def _lines(remark: Remark) -> Iterator[str]:
    if remark.head:
        yield _line(remark.head, lead=remark.head)
    yield _line(remark.text, remark.text)
    for name, value in remark.facts:
        yield _line(value, f" {value}", lead=f"{name}:")


def _line(read: str, text: str = "", lead: str = "") -> str:
    """The inside of a paragraph: bold words, then others; `read` decides from which side it is read."""
    is_turned = is_from_right(read)
    sides = "<w:pPr><w:bidi/></w:pPr>" if is_turned else ""
    turned = "<w:rtl/>" if is_turned else ""
    # a tab is lost at the margin when another office saves the file
    return f"{sides}{run(_spaced(lead), BOLD + turned)}{run(_spaced(text), turned)}"


def _spaced(text: str) -> str:
    return text.replace("\t", " ")


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split())[:MOST_INITIALS].upper() or NOBODY


def _attribute(text: str) -> str:
    return quoteattr(" ".join(visible(text).split()))
