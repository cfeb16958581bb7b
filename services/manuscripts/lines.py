"""What becomes of the paragraphs of a DOCX while they are read: lines with their notes, items, and known bookmarks."""

import re
from collections import Counter
from dataclasses import dataclass, field

from services.manuscripts.parts import Element, W

LINEAGE = re.compile(r"ur_(\d{1,18})")


@dataclass(slots=True)
class Line:
    """The words of one paragraph; `notes` are the places of those pieces that stand below the page or at the end."""

    pieces: list[str] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)
    boxes: list[Element] = field(default_factory=list)
    lineages: list[int] = field(default_factory=list)

    def text(self) -> str:
        """Everything on one line; a note of the page after the note in braces moves before it, which ends the text."""
        last = len(self.pieces)
        while last and (last - 1 in self.notes or not self.pieces[last - 1].strip()):
            last -= 1
        head, tail = "".join(self.pieces[:last]).rstrip(), "".join(self.pieces[last:])
        at = head.rfind("{") if head.endswith("}") and tail.strip() else -1
        joined = f"{head[:at].rstrip()}{tail} {head[at:]}" if at >= 0 else head + tail
        return " ".join(joined.split())

    def heading(self) -> tuple[str, list[str]]:
        """The words of a heading, and its notes apart from it."""
        own = "".join(piece for n, piece in enumerate(self.pieces) if n not in self.notes)
        return " ".join(own.split()), [" ".join(self.pieces[n].split()) for n in sorted(self.notes)]


@dataclass(slots=True)
class Item:
    """One block before it is numbered; `kind` is a word that is counted."""

    kind: str
    text: str
    sign: str = ""
    depth: int = 0
    is_title: bool = False
    lineages: list[int] = field(default_factory=list)

    @property
    def whole(self) -> str:
        return self.sign + self.text


class Bookmarks:
    """The bookmarks by which an earlier version is known again.

    One counts for the paragraph of its first visible words, and once: what an editor doubled is a new paragraph, and
    what lies around deleted words alone would give their lineage to a neighbour.
    """

    def __init__(self, dropped: Counter[str]) -> None:
        self._dropped = dropped
        self._open: dict[str, int] = {}
        self._claimed: set[int] = set()

    def start(self, element: Element) -> None:
        found = LINEAGE.fullmatch(element.get(W + "name", ""))
        if found:
            self._open[element.get(W + "id", "")] = int(found[1])

    def end(self, element: Element) -> None:
        if self._open.pop(element.get(W + "id", ""), None) is not None:
            self._dropped["lost_bookmarks"] += 1

    def claim(self) -> list[int]:
        """The lineages of the words that are said now."""
        if not self._open:
            return []
        found = [n for n in dict.fromkeys(self._open.values()) if n not in self._claimed]
        self._dropped["lost_bookmarks"] += len(self._open) - len(found)
        self._claimed.update(found)
        self._open.clear()
        return found

    def close(self) -> None:
        """What is open at the end of the text stood around nothing."""
        self._dropped["lost_bookmarks"] += len(self._open)
        self._open.clear()
