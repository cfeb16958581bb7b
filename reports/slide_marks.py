"""What slides are drawn with: paragraphs, boxes, tables, and letters that shrink until they fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from reports.blank_slides import EDGE_X, SPACES
from reports.blanks import BANG, EDGE, INK, NILA, WASH, elements
from reports.letters import is_from_right, visible
from reports.paper import TAGS

POINT = 12_700  # EMU
SMALLEST = 9  # points
FIRST_ID = 10  # of the shapes that are no places of the layout
CELL_EDGE = 60_000
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in EMU."""

    x: int
    y: int
    breadth: int
    height: int


class Pen:
    """Draws on one slide, in one language."""

    def __init__(self, page, language: str):
        self.page, self.tag = page, TAGS[language]
        self.shapes = FIRST_ID

    def add(self, written: str) -> None:
        """Put elements behind those that are there."""
        for element in elements(written, SPACES):
            self.page.shapes._spTree.append(element)

    def write(self, shape, text: str) -> None:
        """Put a text into a place of the layout, which has the looks."""
        body = shape.text_frame._txBody
        for old in list(body.p_lst):
            body.remove(old)
        for element in elements(self.words(text), SPACES):
            body.append(element)

    def words(
        self,
        text: str,
        size: int = 0,
        colour: str = "",
        *,
        is_bold: bool = False,
        face: str = "",
        bullet: str = "",
        side: str = "",
        after: int = 0,
    ) -> str:
        """One paragraph with its line breaks; `size` and `after` in points, `side` l or r, `bullet` as XML."""
        looks = (f' sz="{size * 100}"' if size else "") + (' b="1"' if is_bold else "")
        fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else ""
        letters = f'<a:latin typeface="{face}"/><a:cs typeface="{face}"/>' if face else ""
        properties = f'<a:rPr lang="{self.tag}"{looks}>{fill}{letters}</a:rPr>'
        lines = (
            f"<a:r>{properties}<a:t>{escape(line, quote=False)}</a:t></a:r>" if line else ""
            for line in visible(text).split("\n")
        )
        turned = ' algn="r" rtl="1"' if is_from_right(text) else f' algn="{side}"' if side else ""
        hung = ' marL="342900" indent="-342900"' if bullet else ""
        spaced = f'<a:spcAft><a:spcPts val="{after * 100}"/></a:spcAft>' if after else ""
        return f"<a:p><a:pPr{hung}{turned}>{spaced}{bullet}</a:pPr>{f'<a:br>{properties}</a:br>'.join(lines)}</a:p>"

    def box(self, place: Box, words: str, line: int = 0) -> None:
        """Paragraphs in a place; a line at their left, so many EMU long."""
        self.shapes += 1
        at = f'<a:off x="{place.x}" y="{place.y}"/><a:ext cx="{place.breadth}" cy="{place.height}"/>'
        self.add(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self.shapes}" name="Teks {self.shapes}"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
            f'</p:nvSpPr><p:spPr><a:xfrm>{at}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
            f'</p:spPr><p:txBody><a:bodyPr wrap="square" lIns="{90_000 if line else 0}" tIns="0" rIns="0" bIns="0">'
            f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{words}</p:txBody></p:sp>"
        )
        if line:
            self._line(place, line)

    def _line(self, place: Box, length: int) -> None:
        self.shapes += 1
        self.add(
            f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{self.shapes}" name="Garis {self.shapes}">{DECORATION}</p:cNvPr>'
            f'<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{place.x}" y="{place.y}"/>'
            f'<a:ext cx="0" cy="{length}"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
            f'<a:ln w="25400"><a:solidFill><a:srgbClr val="{BANG}"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
        )

    def cell(self, text: str, size: int, *, is_head: bool = False, is_number: bool = False, spans: str = "") -> str:
        """One cell of a table; `spans` are its attributes where it takes the place of others or gives it away."""
        words = self.words(text, size, NILA if is_head else INK, is_bold=is_head, side="r" if is_number else "")
        none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
        under = f'<a:lnB w="9525"><a:solidFill><a:srgbClr val="{NILA if is_head else EDGE}"/></a:solidFill></a:lnB>'
        fill = f'<a:solidFill><a:srgbClr val="{WASH}"/></a:solidFill>' if is_head else "<a:noFill/>"
        room = f'marL="{CELL_EDGE}" marR="{CELL_EDGE}" marT="30000" marB="30000"'
        body = f"<a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
        return f"<a:tc{spans}>{body}<a:tcPr {room}>{none}{under}{fill}</a:tcPr></a:tc>"

    def table(self, widths: Sequence[int], height: int, rows: Sequence[Sequence[str]], y: int, name: str) -> None:
        """A table of cells whose first row is its head; `height` is the least of a row, in EMU like the widths."""
        self.shapes += 1
        columns = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
        lines = "".join(f'<a:tr h="{height}">{"".join(cells)}</a:tr>' for cells in rows)
        described = escape(" ".join(visible(name).split()))
        self.add(
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{self.shapes}" name="Tabel {self.shapes}" '
            f'descr="{described}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
            f'</p:nvGraphicFramePr><p:xfrm><a:off x="{EDGE_X}" y="{y}"/><a:ext cx="{sum(widths)}" '
            f'cy="{height * len(rows)}"/></p:xfrm><a:graphic><a:graphicData uri="{TABLE}"><a:tbl>'
            f'<a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{lines}</a:tbl></a:graphicData></a:graphic>'
            "</p:graphicFrame>"
        )


def largest(most: int, room: float, takes: Callable[[int], float]) -> int:
    """The largest size of letters, in points, at which what is to be set takes no more than the room.

    >>> largest(20, 100, lambda size: 8 * size), largest(20, 1, lambda size: 8 * size)
    (12, 9)
    """
    return next((size for size in range(most, SMALLEST, -1) if takes(size) <= room), SMALLEST)


def lines(texts: Sequence[str], size: int, breadth: float) -> int:
    """How many lines the texts take in so many EMU: a letter is about half as broad as it is high.

    >>> lines(["a" * 20, ""], 10, 10 * 0.5 * 10 * POINT)
    3
    """
    on_a_line = max(1, int(breadth / (size * POINT * 0.5)))
    return sum(-(-len(line) // on_a_line) or 1 for text in texts for line in text.split("\n"))
