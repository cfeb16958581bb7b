"""Stages 0 to 1, the corpus: every text cleaned, masked and split into words once, kept as columns."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

import numpy as np
from joblib import Parallel, delayed

from analysis.content import has_link
from analysis.duplicates import flatten
from analysis.mask import is_plain, mask
from analysis.normalise import clean
from analysis.tokenise import tokenise
from analysis.types import Text

BLOCK = 5_000
CLEANED, TOO_LONG, MASKED, EMPTY, ASKS, LINKED = (1 << bit for bit in range(6))
SHOWN_FLAGS = ((CLEANED, "cleaned"), (TOO_LONG, "too_long"), (MASKED, "masked"), (EMPTY, "empty"))
# Most texts are plain ASCII: the quickest way to their words is a table of bytes, with a space for what is no letter.
PLAIN_WORDS = bytes(code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))
NO_DAY = -1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of names as numbers: `codes` (n,) int32 into `names`, -1 where nothing is said."""

    codes: np.ndarray
    names: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> "Column":
        """Number the names in their alphabetical order.

        >>> Column.of(["b", None, "a", "b"]).codes.tolist()
        [1, -1, 0, 1]
        """
        names = tuple(sorted({value for value in values if value}))
        code = {name: number for number, name in enumerate(names)}
        return cls(np.array([code[v] if v else -1 for v in values], dtype=np.int32), names)


@dataclass(slots=True)
class Block:
    """What was read of some texts: `tokens` (t,) int32 into `words`, text i from `bounds[i]` to `bounds[i + 1]`."""

    masked: list[str]
    flats: list[str]
    flags: np.ndarray
    tokens: np.ndarray
    bounds: np.ndarray
    words: list[str]


@dataclass(slots=True)
class Corpus(Block):
    """All texts by id as one block (`words` lower-case, as written; `bounds` int64), and more columns of length n.

    `days` are ordinals, -1 where unknown; `flags` are bits; `digest` is of all that came in;
    `condition` and `importance` are 0 where nobody rated.
    """

    ids: list[str]
    person: Column
    group: Column
    area: Column
    dimension: Column
    told_language: list[str | None]
    days: np.ndarray
    condition: np.ndarray
    importance: np.ndarray
    has_evidence: np.ndarray
    missions: dict[int, tuple[str, ...]]
    chosen_type: dict[int, str]
    pinned: dict[int, str]
    digest: bytes

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def sizes(self) -> np.ndarray:
        """Words in each text, shape (n,)."""
        return np.diff(self.bounds)

    @property
    def owners(self) -> np.ndarray:
        """The text that each token stands in, shape (t,)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.sizes)

    def words_of(self, number: int) -> list[str]:
        """The words of one text as they were written, lower case."""
        return [self.words[w] for w in self.tokens[self.bounds[number] : self.bounds[number + 1]].tolist()]

    def flags_between(self, start: int, end: int) -> list[tuple[str, ...]]:
        """What happened to each of some texts on its way in."""
        return [_shown(bits) for bits in self.flags[start:end].tolist()]


@cache
def _shown(bits: int) -> tuple[str, ...]:
    return tuple(name for bit, name in SHOWN_FLAGS if bits & bit)


def read(texts: Iterable[Text], jobs: int = 1) -> Corpus:
    """Read texts that come in the order of their ids; block by block, on `jobs` cores, with the same result.

    A stream serves as well as a list: of each text only its columns are kept. Raises ValueError where an id is not
    greater than the one before it.

    >>> read([Text("1", "Rob masuk rumah"), Text("2", "rob lagi")]).words
    ['rob', 'masuk', 'rumah', 'lagi']
    """
    meta = _Meta()
    raws = meta.pass_on(texts)
    work = delayed(read_block)
    blocks: Iterable[Block]
    if jobs == 1:
        blocks = (read_block(block) for block in _blocks(raws))
    else:
        pool = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2*n_jobs")
        blocks = pool(work(block) for block in _blocks(raws))
    return _join(blocks, meta)


def _blocks(raws: Iterator[str]) -> Iterator[list[str]]:
    while block := list(islice(raws, BLOCK)):
        yield block


def _line(t: Text) -> str:
    said = (
        t.id,
        t.text,
        t.person,
        t.group,
        t.area,
        t.dimension,
        t.created_at,
        t.language,
        t.chosen_type,
        t.pinned_theme,
    )
    return f"{said}{t.condition}{t.importance}{t.has_evidence}{t.missions}\n"


class _Meta:
    """The columns beside the text, gathered while the texts stream by."""

    def __init__(self) -> None:
        self.rows: list[tuple] = []
        self.missions: dict[int, tuple[str, ...]] = {}
        self.chosen: dict[int, str] = {}
        self.pinned: dict[int, str] = {}
        self.days: dict[str, int] = {}
        self.hash = hashlib.sha256()

    def pass_on(self, texts: Iterable[Text]) -> Iterator[str]:
        before = None
        for number, t in enumerate(texts):
            if before is not None and t.id <= before:
                raise ValueError(f"ids must rise: {t.id!r} comes after {before!r}")
            before = t.id
            day = self._day(t.created_at)
            self.rows.append(
                (t.id, t.person, t.group, t.area, t.dimension, t.language, day, t.condition or 0, t.importance or 0,
                 t.has_evidence)
            )  # fmt: skip
            if t.missions:
                self.missions[number] = t.missions
            if t.chosen_type:
                self.chosen[number] = t.chosen_type
            if t.pinned_theme:
                self.pinned[number] = t.pinned_theme
            self.hash.update(_line(t).encode("utf-8", "replace"))
            yield t.text

    def _day(self, moment: str | None) -> int:
        if not moment:
            return NO_DAY
        text = moment[:10]
        if text not in self.days:
            try:
                self.days[text] = date.fromisoformat(text).toordinal()
            except ValueError:
                self.days[text] = NO_DAY
        return self.days[text]


def read_block(raws: Sequence[str]) -> Block:
    """Clean, mask and split some texts; the words are numbered as they appear.

    >>> read_block(["Rob, rob!"]).tokens.tolist()
    [0, 0]
    """
    flags = np.zeros(len(raws), dtype=np.uint8)
    masked, flats, sizes = [], [], []
    words: list[str] = []
    for number, raw in enumerate(raws):
        text, told = clean(raw)
        lower = text.lower()
        flat = _flat(lower)
        if is_plain(text, lower):
            shown, own, bits = text, flat.split() if text.isascii() else _words(text), 0
        else:
            cover = mask(text)
            shown, own, bits = cover.text, _words(cover.text), MASKED * bool(cover.findings)
        if told:
            bits |= CLEANED * ("cleaned" in told) | TOO_LONG * ("too_long" in told)
        flags[number] = bits | ASKS * ("?" in shown) | LINKED * has_link(shown) | EMPTY * (not own)
        masked.append(shown)
        flats.append(flat)
        words += own
        sizes.append(len(own))
    known = {word: number for number, word in enumerate(dict.fromkeys(words))}
    tokens = np.fromiter(map(known.__getitem__, words), dtype=np.int32, count=len(words))
    bounds = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    return Block(masked, flats, flags, tokens, bounds, list(known))


def _flat(lower: str) -> str:
    """As `flatten`, of a text in lower case."""
    if lower.isascii():
        return " ".join(lower.encode().translate(PLAIN_WORDS).decode().split())
    return flatten(lower)


def _words(text: str) -> list[str]:
    """The words of a text in NFC, as they stand in the lists."""
    return tokenise(unicodedata.normalize("NFC", text).lower())


def _join(blocks: Iterable[Block], meta: _Meta) -> Corpus:
    number: dict[str, int] = {}
    masked: list[str] = []
    flats: list[str] = []
    flags, tokens, sizes = [], [], []
    for block in blocks:
        own = np.array([number.setdefault(word, len(number)) for word in block.words], dtype=np.int32)
        tokens.append(own[block.tokens] if len(own) else block.tokens)
        sizes.append(np.diff(block.bounds))
        flags.append(block.flags)
        masked += block.masked
        flats += block.flats
    names = list(zip(*meta.rows, strict=True)) if meta.rows else [()] * 10
    return Corpus(
        ids=list(names[0]),
        masked=masked,
        flats=flats,
        flags=_stack(flags, np.uint8),
        tokens=_stack(tokens, np.int32),
        bounds=np.concatenate([[0], np.cumsum(_stack(sizes, np.int64))]).astype(np.int64),
        words=list(number),
        person=Column.of(names[1]),
        group=Column.of(names[2]),
        area=Column.of(names[3]),
        dimension=Column.of(names[4]),
        told_language=list(names[5]),
        days=np.array(names[6], dtype=np.int32),
        condition=np.array(names[7], dtype=np.int8),
        importance=np.array(names[8], dtype=np.int8),
        has_evidence=np.array(names[9], dtype=bool),
        missions=meta.missions,
        chosen_type=meta.chosen,
        pinned=meta.pinned,
        digest=meta.hash.digest(),
    )


def _stack(parts: Sequence[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.zeros(0, dtype=kind)
