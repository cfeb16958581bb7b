"""A DOCX as a whole: its body as items, and what of it was kept and dropped, counted."""

from collections import Counter
from collections.abc import Mapping

from services.errors import UnreadableFile
from services.manuscripts.lines import Bookmarks, Item
from services.manuscripts.numbering import Numbering
from services.manuscripts.parts import Element, Parts, Relation, W, is_shown
from services.manuscripts.stories import Story
from services.manuscripts.styles import Styles
from services.tongue import N_

MOST_LETTERS = 8 * 10**6
NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


class TextBook:
    """The file while it is read: its styles, its lists, its notes, and the counts."""

    def __init__(self, parts: Parts) -> None:
        self.kept: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.styles = Styles(parts.trees("styles"))
        self._parts = parts
        self._numbering = Numbering(parts.trees("numbering"), self.styles)
        self._bookmarks = Bookmarks(self.dropped)
        self._notes: dict[tuple[str, str], tuple[Element, Mapping[str, Relation]]] = {}
        self._letters = 0
        for kind, tag in NOTES.items():
            for name in parts.related(kind):
                links = parts.relations(name)
                for note in parts.root(name).iter(W + tag):
                    if note.get(W + "type", "normal") == "normal":
                        self._notes[kind, note.get(W + "id", "")] = note, links

    def items(self) -> list[Item]:
        """The body in its order; the counts are complete afterwards."""
        body = self._parts.root(self._parts.main).find(W + "body")
        found = [] if body is None else Story(self, body, self._parts.relations(self._parts.main)).items()
        self._bookmarks.close()
        self.kept.update(item.kind for item in found)
        self._count_rest()
        return found

    def _count_rest(self) -> None:
        """What stands in parts that are not read."""
        parts, dropped = self._parts, self.dropped
        dropped["comments"] += sum(len(list(root.iter(W + "comment"))) for root in parts.trees("comments"))
        heads = [root for kind in ("header", "footer") for root in parts.trees(kind)]
        dropped["headers"] += sum(any((t.text or "").strip() for t in root.iter(W + "t")) for root in heads)
        dropped["embedded"] += parts.embedded()
        dropped["external"] += sum(not (r.kind == "hyperlink" and is_shown(r.target)) for r in parts.outside())
        dropped["unreferenced_notes"] += sum(
            any(True for _t in note.iter(W + "t")) for note, _l in self._notes.values()
        )

    def is_hidden(self, run: Element, style: str) -> bool:
        return self.styles.is_hidden(run, style)

    def claim(self) -> list[int]:
        return self._bookmarks.claim()

    def mark(self, element: Element) -> None:
        """Follow the start or the end of a bookmark."""
        (self._bookmarks.start if element.tag == W + "bookmarkStart" else self._bookmarks.end)(element)

    def note(self, kind: str, name: str) -> str:
        """The text of a note, for the first that asks; two places that share one would grow the text without bound."""
        found = self._notes.pop((kind, name), None)
        return Story(self, *found).text() if found else ""

    def sign(self, paragraph: Element) -> str:
        return self._numbering.sign(paragraph)

    def keep(self, kind: str) -> None:
        self.kept[kind] += 1

    def drop(self, kind: str) -> None:
        self.dropped[kind] += 1

    def grow(self, letters: int) -> None:
        """Refuse a text that no plan has while it is read, before all of it is in memory."""
        self._letters += letters
        if self._letters > MOST_LETTERS:
            raise UnreadableFile(
                N_("Naskah ini lebih dari %(n)s juta huruf; bagi menjadi beberapa berkas."), n=MOST_LETTERS // 10**6
            )
