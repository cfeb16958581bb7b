"""Texts made for measuring duplicates: originals, copies of them with slips, and letters that many finish themselves.

Nothing is handed out with the project: originals are read from a folder that the caller names, or made of fragments of
the demonstration's texts.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from analysis.duplicates import flatten

DEMO = Path(__file__).resolve().parents[1] / "demo" / "submissions.csv"
# folder and column of Indonesian short texts that a folder of sets may hold
SETS = (
    ("hoasa/*.csv", "review"),
    ("casa/*.csv", "sentence"),
    ("smsa/*.tsv", "text"),
    ("nusax/indonesian/*.csv", "text"),
)
KEYS = "qwertyuiopasdfghjklzxcvbnm"
VOWELS = frozenset("aeiou")
SHORTEST, LONGEST = 40, 400
MANY_WORDS, FEW_WORDS = (8, 30), (7, 24)
SLIPS, SHARES = (0.01, 0.20), (0.40, 0.60)


@dataclass(frozen=True, slots=True)
class Copies:
    """Texts as they came in; `origin` (n,) numbers the original of each, `rate` (n,) the share that was changed (0 for
    originals), `days` (n,) the day each came on."""

    texts: list[str]
    origin: np.ndarray
    rate: np.ndarray
    days: np.ndarray


def originals(sets: Path | None, count: int, seed: int) -> list[str]:
    """`count` different texts of 40–400 letters: from the sets, and where they are too few (or None) made ones."""
    draw = np.random.default_rng(seed)
    found: dict[str, str] = {}
    for pattern, column in SETS if sets else ():
        for path in sorted(sets.glob(pattern)):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","):
                    _keep(found, row[column])
    read = list(found.values())
    if len(read) >= count:
        return [read[n] for n in draw.permutation(len(read))[:count].tolist()]
    fragments = _fragments()
    while len(found) < count:
        _keep(found, _made(fragments, draw, MANY_WORDS))
    return list(found.values())


def short(count: int, seed: int) -> list[str]:
    """`count` made texts of about a hundred letters, some of which may be equal."""
    draw, fragments = np.random.default_rng(seed), _fragments()
    return [_made(fragments, draw, FEW_WORDS) for _ in range(count)]


def _keep(found: dict[str, str], text: str) -> None:
    if SHORTEST <= len(text) <= LONGEST:
        found.setdefault(flatten(text), text)


def _fragments() -> list[list[str]]:
    """Words of the demonstration's texts, without numbers and addresses, which would be told as a shared letter."""
    with DEMO.open(encoding="utf-8", newline="") as file:
        found = [[word for word in row["text"].split() if word.isalpha()] for row in csv.DictReader(file)]
    return [words for words in found if words]


def _made(fragments: list[list[str]], draw: np.random.Generator, sizes: tuple[int, int]) -> str:
    """Fragments of one to four words until there are enough: they share words and turns, and say nothing."""
    wanted, words = int(draw.integers(*sizes)), []
    while len(words) < wanted:
        source = fragments[int(draw.integers(len(fragments)))]
        at, size = int(draw.integers(len(source))), int(draw.integers(1, 5))
        words += source[at : at + size]
    return " ".join(words)


def slips(texts: list[str], seed: int, most: int = 3) -> Copies:
    """Each text once, and a third of them one to `most` times again with 1–20 % of its letters or words changed."""
    draw = np.random.default_rng(seed)
    rows = [(text, number, 0.0) for number, text in enumerate(texts)]
    for number in draw.permutation(len(texts))[: len(texts) // 3].tolist():
        for _ in range(int(draw.integers(1, most + 1))):
            rate = float(draw.uniform(*SLIPS))
            change = _letters if draw.random() < 0.5 else _words
            rows.append((change(texts[number], rate, texts, draw), number, rate))
    return _mixed(rows, draw.integers(0, 365, len(rows)), draw)


def _letters(text: str, rate: float, _: list[str], draw: np.random.Generator) -> str:
    """A letter dropped, doubled, hit beside, or swapped with the next."""
    kept = list(text)
    for place in np.flatnonzero(draw.random(len(kept)) < rate).tolist():
        kind = int(draw.integers(4))
        if kind == 0:
            kept[place] = ""
        elif kind == 1:
            kept[place] *= 2
        elif kind == 2:
            kept[place] = KEYS[int(draw.integers(len(KEYS)))]
        elif place + 1 < len(kept):
            kept[place], kept[place + 1] = kept[place + 1], kept[place]
    return "".join(kept)


def _words(text: str, rate: float, texts: list[str], draw: np.random.Generator) -> str:
    """A word dropped, shortened as on a telephone, replaced by one of another text, or one put before it."""
    kept = text.split()
    for place in np.flatnonzero(draw.random(len(kept)) < rate).tolist():
        kind = int(draw.integers(4))
        other = texts[int(draw.integers(len(texts)))].split()
        word = other[int(draw.integers(len(other)))]
        if kind == 0:
            kept[place] = ""
        elif kind == 1:
            kept[place] = kept[place][:1] + "".join(c for c in kept[place][1:] if c not in VOWELS)
        else:
            kept[place] = word if kind == 2 else f"{word} {kept[place]}"
    return " ".join(word for word in kept if word)


def campaigns(texts: list[str], count: int, seed: int) -> Copies:
    """`count` letters of 12–40 words, each finished by 5–40 people in words of their own; the other texts stand alone.

    The letter makes 40–60 % of a text: before, after or around the words of one's own, which are taken from texts that
    are not there otherwise; a campaign lasts one to ten days of the year. `rate` is the share of the letter.
    """
    draw = np.random.default_rng(seed)
    order = draw.permutation(len(texts)).tolist()
    letters = [n for n in order if 12 <= len(texts[n].split()) <= 40][:count]
    used = set(letters)
    rest = [n for n in order if n not in used]
    donors = rest[: len(rest) * 3 // 4]
    # words of one's own are nobody else's: each is given once
    own = iter([word for n in donors for word in texts[n].split()])
    rows, days = [], []
    for number in letters:
        began, length = int(draw.integers(0, 350)), int(draw.integers(1, 11))
        for _ in range(int(draw.integers(5, 41))):
            share = float(draw.uniform(*SHARES))
            rows.append((_finished(texts[number].split(), share, own, draw), number, share))
            days.append(began + int(draw.integers(length)))
    alone = rest[len(donors) :]
    rows += [(texts[n], n, 0.0) for n in alone]
    days += draw.integers(0, 365, len(alone)).tolist()
    return _mixed(rows, np.array(days), draw)


def _finished(letter: list[str], share: float, words: Iterator[str], draw: np.random.Generator) -> str:
    wanted = round(len(letter) * (1 / share - 1))
    own = list(islice(words, wanted))
    if len(own) < wanted:
        raise ValueError("the texts hold too few words for so many letters")
    cut = int(draw.integers(1, len(letter)))
    return " ".join((letter + own, own + letter, letter[:cut] + own + letter[cut:])[int(draw.integers(3))])


def _mixed(rows: list[tuple[str, int, float]], days: np.ndarray, draw: np.random.Generator) -> Copies:
    order = draw.permutation(len(rows))
    return Copies(
        [rows[n][0] for n in order.tolist()],
        np.array([rows[n][1] for n in order.tolist()]),
        np.array([rows[n][2] for n in order.tolist()]),
        np.asarray(days)[order],
    )
