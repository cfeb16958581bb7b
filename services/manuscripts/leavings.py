"""What of a DOCX is not read as text, element by element; whoever walks a text asks here first."""

from services.manuscripts.parts import Element, W
from services.manuscripts.styles import value

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOX = W + "txbxContent"
# Properties, and words of the past.
SILENT = {
    W + name
    for name in (
        "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "moveFrom",
        "delText", "delInstrText", "rt", "ffData", "fldData",
    )
}  # fmt: skip
DELETED_ROW, DELETED_CELL = f"{W}trPr/{W}del", f"{W}tcPr/{W}cellDel"
PLACEHOLDER = f"{W}sdtPr/{W}showingPlcHdr"


def left_out(element: Element) -> str | None:
    """The word under which an element is counted and left out, empty where it is not worth a count; None keeps it."""
    tag = element.tag
    if tag in SILENT:
        return ""
    if tag == W + "del":
        return "deleted"
    if tag == W + "tr":
        return "deleted" if element.find(DELETED_ROW) is not None else None
    if tag == W + "tc":
        return "deleted" if element.find(DELETED_CELL) is not None else None
    if tag == W + "sdt":
        return _control(element)
    if tag in (MC + "Choice", MC + "Fallback"):
        parent = element.getparent()
        return None if parent is None or _branch(parent) is element else ""
    return None


def _control(sdt: Element) -> str | None:
    gallery = value(sdt, "sdtPr/docPartObj/docPartGallery") or ""
    if gallery.startswith("Table of "):
        return "contents"
    return "placeholders" if sdt.find(PLACEHOLDER) is not None else None


def _branch(alternate: Element) -> Element | None:
    """Of several ways to draw one thing the first that has words, else the first."""
    branches = list(alternate)
    return next((b for b in branches if next(b.iter(W + "t"), None) is not None), branches[0] if branches else None)


def is_elsewhere(element: Element, root: Element) -> bool:
    """Whether an element is left out of a story, or belongs to a text box, which is a story of its own."""
    for above in element.iterancestors():
        if above is root:
            return False
        if above.tag == BOX or left_out(above) is not None:
            return True
    return False
