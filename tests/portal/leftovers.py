"""Indonesian that is left on a page in another language: what it says, and the sentences it must not hold."""

import csv
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from babel.messages.pofile import read_po

from models.vocabulary import JAVANESE, LABELS, LANGUAGES, STANCES
from portal.config import ROOT


class Reader(HTMLParser):
    """What a page says in its own language: text and spoken attributes, without people's own words."""

    VOID = frozenset({"input", "link", "meta", "br", "img", "path", "rect", "circle", "hr", "use", "line"})

    def __init__(self, page: str, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.said: list[str] = []
        self.silent: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        is_theirs = {"voice", "words"} & set((facts.get("class") or "").split())
        is_other = tag != "html" and facts.get("lang") not in (None, self.lang)
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


def pairs(lang: str) -> Iterator[tuple[str, str]]:
    """Whatever is said in Indonesian and in another language: sentences, words of the procedure, the plan.

    A sentence that has no Javanese is among them, because none may stand on a citizen's page.
    """
    with (ROOT / f"translations/{lang}/LC_MESSAGES/messages.po").open("rb") as file:
        said = [(m.id, m.string) for m in read_po(file) if isinstance(m.id, str) and m.id]
    yield from (pair for pair in said if pair[1] or lang == "jv")
    if lang == "jv":
        yield from ((LABELS[word][0], label) for word, label in JAVANESE.items())
    else:
        for labels in (LABELS, STANCES, LANGUAGES):
            yield from labels.values()
    for path in (ROOT / "plan").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((row[n], row[n[:-2] + lang]) for n in row if n.endswith("_id") and row.get(n[:-2] + lang))


def indonesian(lang: str = "en") -> dict[str, re.Pattern[str]]:
    """Sentences of two or more words that a page in another language must not hold, each as a pattern."""
    said = list(pairs(lang))
    whole = "\n".join(other for _, other in said if isinstance(other, str)) if lang == "jv" else ""
    found = {}
    for source, other in said:
        fixed = re.split(r"%\(\w+\)[sd]", source)
        # two languages of one family share words: "Data pribadi" begins a Javanese sentence too
        if source != other and source not in whole and len(" ".join(fixed).split()) >= 2:
            found[source] = re.compile(r"(?<!\w)" + ".+?".join(re.escape(part) for part in fixed) + r"(?!\w)")
    return found


def left_in(page: str, patterns: dict[str, re.Pattern[str]], lang: str = "en") -> set[str]:
    """The Indonesian sentences that a page in another language still says."""
    said = "\n".join(Reader(page, lang).said)
    return {source for source, pattern in patterns.items() if pattern.search(said)}
