"""Indonesian that is left on an English page: what a page says, and the sentences it must not hold."""

import csv
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from models.vocabulary import LABELS, LANGUAGES, STANCES
from portal.config import ROOT


class Reader(HTMLParser):
    """What a page says in its own language: text and spoken attributes, without people's own words."""

    VOID = frozenset({"input", "link", "meta", "br", "img", "path", "rect", "circle", "hr", "use", "line"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        is_theirs = {"voice", "words"} & set((facts.get("class") or "").split())
        is_other = tag != "html" and facts.get("lang") not in (None, "en")
        quiet = bool(self.silent and self.silent[-1]) or bool(is_theirs) or is_other or tag in ("style", "textarea")
        if not quiet:
            self.said += [facts[name] for name in ("aria-label", "title", "alt", "placeholder") if facts.get(name)]
        if tag not in self.VOID:
            self.silent.append(quiet)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An empty element of a drawing says nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.silent:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.silent and self.silent[-1]):
            self.said.append(" ".join(data.split()))


def pairs() -> Iterator[tuple[str, str]]:
    """Whatever is said in Indonesian and in English: sentences, words of the procedure, the plan."""
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        yield from ((m.id, m.string) for m in read_po(file) if isinstance(m.id, str) and m.id and m.string)
    for labels in (LABELS, STANCES, LANGUAGES):
        yield from labels.values()
    for path in (ROOT / "plan").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((row[n], row[n[:-2] + "en"]) for n in row if n.endswith("_id") and row.get(n[:-2] + "en"))


def indonesian() -> dict[str, re.Pattern[str]]:
    """Sentences of two or more words that an English page must not hold, each as a pattern."""
    found = {}
    for source, english in pairs():
        fixed = re.split(r"%\(\w+\)[sd]", source)
        if source != english and len(" ".join(fixed).split()) >= 2:
            found[source] = re.compile(r"(?<!\w)" + ".+?".join(re.escape(part) for part in fixed) + r"(?!\w)")
    return found


def left_in(page: str, patterns: dict[str, re.Pattern[str]]) -> set[str]:
    """The Indonesian sentences that an English page still says."""
    said = "\n".join(Reader(page).said)
    return {source for source, pattern in patterns.items() if pattern.search(said)}
