"""The word lists, read once from `lexicons/`; each has its source in `lexicons/README.md`."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicons"


def _lines(name: str) -> list[list[str]]:
    text = (FOLDER / name).read_text("utf-8")
    return [
        line.replace("_", " ").split() if name == "stopwords.txt" else line.split()
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    ]


@cache
def spelling() -> dict[str, str]:
    """Colloquial spelling -> the word it stands for."""
    return {short: full for short, full in _lines("spelling.txt")}


@cache
def stopwords() -> frozenset[str]:
    """Words that say nothing of what a text is about; negators and complaint words are not among them."""
    return frozenset(word for line in _lines("stopwords.txt") for word in line)


@cache
def labelled(name: str) -> dict[str, frozenset[str]]:
    """First word of each line -> the other words; a `_` in a word stands for a space."""
    return {line[0]: frozenset(w.replace("_", " ") for w in line[1:]) for line in _lines(name)}


@cache
def weak() -> frozenset[str]:
    """Words of every subject, which point to a theme only weakly."""
    return frozenset(word for line in _lines("weak.txt") for word in line)


@cache
def concepts() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Pairs of anchors (how a codebook names a thing) and members (what people say for it)."""
    found = []
    for line in _lines("concepts.txt"):
        bar = line.index("|")
        spaced = [word.replace("_", " ") for word in line]
        found.append((tuple(spaced[:bar]), tuple(spaced[bar + 1 :])))
    return tuple(found)
