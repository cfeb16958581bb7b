"""Fields of a DOCX: what they last showed is text, what they are told to do is not; none is ever evaluated."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.manuscripts.parts import Element, W

# Lists that Word puts together from the text itself, and numbers that depend on the paper.
CONTENTS = ("TOC", "TOA", "INDEX")
PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION")
LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    is_code: bool = True  # its result has not begun
    is_dropped: bool = False
    was_shown: bool = False  # where it began, text was visible

    @property
    def blocks(self) -> bool:
        return self.is_code or self.is_dropped


class Fields:
    """The fields that are open at one place of a story; `shows` says whether text there is visible."""

    def __init__(
        self,
        root: Element,
        is_left_out: Callable[[Element], bool],
        keep: Callable[[str], None],
        drop: Callable[[str], None],
    ) -> None:
        self._closed = _closed(root, is_left_out)
        self._keep, self._drop = keep, drop
        self._open: list[_Field] = []
        self._blocking = 0

    @property
    def shows(self) -> bool:
        return not self._blocking

    def char(self, element: Element) -> str:
        """Follow one sign of a field; returns the address where a link ends here, empty otherwise."""
        kind = element.get(W + "fldCharType")
        if kind == "begin" and element in self._closed:
            self._push(_Field(was_shown=self.shows))
        elif kind == "separate" and self._open and self._open[-1].is_code:
            self._begin_result()
        elif kind == "end" and self._open:
            return self._pop()
        return ""

    def told(self, instruction: str) -> None:
        """A part of what the innermost field is told to do."""
        if self._open and self._open[-1].is_code and len(self._open[-1].instruction) < 2000:
            self._open[-1].instruction += instruction

    def begin(self, instruction: str) -> None:
        """A field that stands in one element."""
        self._push(_Field(instruction, was_shown=self.shows))
        self._begin_result()

    def end(self) -> str:
        return self._pop()

    def _push(self, field: _Field) -> None:
        self._open.append(field)
        self._blocking += field.blocks

    def _begin_result(self) -> None:
        field = self._open[-1]
        word = next(iter(field.instruction.split()), "").upper()
        field.is_dropped = word in CONTENTS or word in PAGES
        field.is_code = False
        self._blocking -= not field.is_dropped
        if not field.was_shown:
            return
        if field.is_dropped:
            self._drop("contents" if word in CONTENTS else "page_numbers")
        else:
            self._keep("fields")

    def _pop(self) -> str:
        if not self._open:
            return ""
        field = self._open.pop()
        self._blocking -= field.blocks
        link = LINK.match(field.instruction) if not field.blocks else None
        return link[1] if link else ""


def _closed(root: Element, is_left_out: Callable[[Element], bool]) -> set[Element]:
    """The beginnings that have their end: of a field that never ends nothing may disappear."""
    begun: list[Element] = []
    closed: set[Element] = set()
    for sign in root.iter(W + "fldChar"):
        if is_left_out(sign):
            continue
        kind = sign.get(W + "fldCharType")
        if kind == "begin":
            begun.append(sign)
        elif kind == "end" and begun:
            closed.add(begun.pop())
    return closed
