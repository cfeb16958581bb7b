"""Sharing: which texts share rare words, and which words those are; a cause that anybody can check by reading."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from analysis.stem import stem
from analysis.tokenise import tokenise
from analysis.words import stopwords

SHORTEST = 3
COMMON = 0.1  # a word in more than a tenth of the texts says nothing of any of them
FEWEST_TEXTS = 20


@dataclass(frozen=True, slots=True)
class Shared:
    """One text that shares words with what was asked: how heavy they are together, and the words, the rarest first."""

    key: Hashable
    weight: float
    words: tuple[str, ...]


def stems(text: str) -> dict[str, str]:
    """The stems of a text's telling words, each with the first word that had it.

    Args:
        text: any text; words of one or two letters and words that say nothing are left out.

    Returns:
        Stem -> word as it was written, lower case, in the order of the text.

    >>> stems("Pengangkutan sampah yang terlambat")
    {'angkut': 'pengangkutan', 'sampah': 'sampah', 'lambat': 'terlambat'}
    """
    found: dict[str, str] = {}
    for word in tokenise(text.lower()):
        if len(word) >= SHORTEST and word not in stopwords():
            found.setdefault(stem(word), word)
    return found


class Index:
    """Texts by the stems in them; a stem weighs more the fewer texts hold it, from 0 (all of them) to 1 (one).

    Args:
        texts: key -> text; keys are whatever the caller knows its texts by.

    Source: inverse document frequency (Sparck Jones 1972, Journal of Documentation 28(1), 11-21), brought to 0-1.

    >>> ready = Index({1: "pompa rob mati", 2: "rob dan jalan"})
    >>> ready.size, ready.weight("pompa"), ready.weight("mangrove")
    (2, 1.0, 0.0)
    """

    def __init__(self, texts: Mapping[Hashable, str]) -> None:
        self.size = len(texts)
        self.holders: dict[str, list[Hashable]] = defaultdict(list)
        for key, text in texts.items():
            for root in stems(text):
                self.holders[root].append(key)

    def weight(self, root: str) -> float:
        """How telling a stem is; 0 where no text or too many hold it."""
        holders = len(self.holders.get(root, ()))
        if not holders or holders > max(COMMON * self.size, COMMON * FEWEST_TEXTS):
            return 0.0
        return 1 - math.log(holders) / math.log(self.size + 1)

    def like(self, text: str | Iterable[str]) -> list[Shared]:
        """The texts that share telling words with this one, the heaviest first.

        Args:
            text: a text, or words one by one.

        Returns:
            One row for each text that shares a stem that is not common.

        >>> found = Index({1: "pompa rob mati", 2: "rob dan jalan"}).like("pompa di kampung rob")
        >>> [(row.key, row.words) for row in found]
        [(1, ('pompa', 'rob')), (2, ('rob',))]
        """
        roots = stems(text if isinstance(text, str) else " ".join(text))
        heavy = {root: weight for root in roots if (weight := self.weight(root)) > 0}
        shared: dict[Hashable, list[str]] = defaultdict(list)
        for root in sorted(heavy, key=lambda r: (-heavy[r], r)):
            for key in self.holders[root]:
                shared[key].append(root)
        rows = [Shared(k, sum(heavy[r] for r in rs), tuple(roots[r] for r in rs)) for k, rs in shared.items()]
        return sorted(rows, key=lambda row: (-row.weight, str(row.key)))
