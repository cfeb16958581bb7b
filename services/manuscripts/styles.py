"""What the styles of a DOCX say of a paragraph: heading or not, numbered or not, hidden or not; through inheritance."""

import re
from collections.abc import Iterable, Iterator

from services.manuscripts.parts import Element, W

HEADING = re.compile(r"(?:heading|judul)\s*([1-9])", re.IGNORECASE)
TITLE = re.compile(r"title|judul", re.IGNORECASE)
DEEPEST = 64  # styles based on one another; Word itself allows far fewer
OFF = ("0", "false", "off", "none")


def value(element: Element | None, path: str, name: str = "val") -> str | None:
    """The attribute of a descendant, None where there is none: `value(p, "pPr/pStyle")`."""
    found = element.find("/".join(W + step for step in path.split("/"))) if element is not None else None
    return None if found is None else found.get(W + name)


def number(text: str | None) -> int | None:
    """A number of a file, None where it is none; no file needs a larger one than this."""
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else None


def switched(element: Element | None, path: str) -> bool | None:
    """Whether a property is on, None where nothing is said: present without a value means on."""
    found = element.find("/".join(W + step for step in path.split("/"))) if element is not None else None
    return None if found is None else found.get(W + "val", "1").lower() not in OFF


class Styles:
    """The styles by their ids, each asked through what it is based on."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        for root in roots:
            for style in root.iter(W + "style"):
                name = style.get(W + "styleId", "")
                self._by_id.setdefault(name, style)
                if style.get(W + "type") == "paragraph" and style.get(W + "default", "0") not in OFF:
                    self._default = self._default or name
        self._depths: dict[str, int] = {}
        self._hidden: dict[str, bool] = {}

    def chain(self, name: str) -> Iterator[Element]:
        """A style and those it is based on, the nearest first; a ring is walked once."""
        seen: set[str] = set()
        while name in self._by_id and name not in seen and len(seen) < DEEPEST:
            seen.add(name)
            yield self._by_id[name]
            name = value(self._by_id[name], "basedOn") or ""

    def of(self, paragraph: Element) -> str:
        """The id of the style of a paragraph."""
        return value(paragraph, "pPr/pStyle") or self._default

    def depth(self, paragraph: Element) -> int:
        """1 to 9 of a heading, 0 of anything else; the paragraph's own word first, then the nearest style's."""
        own = number(value(paragraph, "pPr/outlineLvl"))
        if own is not None:
            return _depth(own)
        name = self.of(paragraph)
        if name not in self._depths:
            self._depths[name] = next((d for d in map(_style_depth, self.chain(name)) if d is not None), 0)
        return self._depths[name]

    def is_title(self, paragraph: Element) -> bool:
        """Whether it is the title of the whole text."""
        found = next(self.chain(self.of(paragraph)), None)
        return found is not None and bool(TITLE.fullmatch(value(found, "name") or found.get(W + "styleId", "")))

    def is_hidden(self, run: Element, paragraph_style: str) -> bool:
        """Whether the words of a run are hidden: by the run itself, else by its style, else by the paragraph's."""
        own = switched(run, "rPr/vanish")
        if own is not None:
            return own
        style = value(run, "rPr/rStyle") or ""
        return self._style_hides(style) or self._style_hides(paragraph_style)

    def _style_hides(self, name: str) -> bool:
        if name not in self._hidden:
            said = (switched(style, "rPr/vanish") for style in self.chain(name))
            self._hidden[name] = next((is_on for is_on in said if is_on is not None), False)
        return self._hidden[name]

    def numbered(self, paragraph: Element) -> tuple[str, int | None, str] | None:
        """The number list of a paragraph, its level where that is said, and the style that says so; or nothing."""
        level = None
        for element, name in self._speakers(paragraph):
            list_id = value(element, "pPr/numPr/numId")
            level = number(value(element, "pPr/numPr/ilvl")) if level is None else level
            if list_id is not None:
                return None if list_id == "0" else (list_id, level, name)
        return None

    def list_of(self, style: str) -> str | None:
        """The number list that a style of lists stands for."""
        return next((n for s in self.chain(style) if (n := value(s, "pPr/numPr/numId"))), None)

    def _speakers(self, paragraph: Element) -> Iterator[tuple[Element, str]]:
        yield paragraph, ""
        for style in self.chain(self.of(paragraph)):
            yield style, style.get(W + "styleId", "")


def _depth(level: int) -> int:
    return level + 1 if 0 <= level <= 8 else 0


def _style_depth(style: Element) -> int | None:
    """What one style says by itself, None where it leaves it to the one it is based on."""
    level = number(value(style, "pPr/outlineLvl"))
    if level is not None:
        return _depth(level)
    names = (value(style, "name") or "", style.get(W + "styleId", ""))
    found = next((match for name in names if (match := HEADING.fullmatch(name))), None)
    return int(found[1]) if found else None
