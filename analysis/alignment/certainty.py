"""Stage 9b, certainty: what speaks for a link, and how often one with so much for it is right."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Set

from analysis.alignment.likeness import Compared, compare, shared
from analysis.alignment.links import Links
from analysis.alignment.versions import Version

SURE = 0.6  # below it a person should look
NOT_QUITE = 0.99  # the most that texts which are not equal can be alike
# What adds to the odds of a link: likeness, what is shared, a rival, neighbours in place, being out of the order.
START, LIKENESS, SHARED, RIVAL, NEIGHBOUR, OUT_OF_ORDER = -3.0, 6.0, 1.0, -4.0, 0.5, -1.0
TIE, TIED = -1.0, 0.03  # a rival that is as like, where not both neighbours decide
KNOWN, UNLIKE, UNLIKELY = 4.0, 0.2, 0.55  # a pair known for certain; one that is hardly alike still wants a look
# What takes from the odds that a paragraph is gone: an added one like it, and a copy of it that stayed.
GONE, ADDED, COPY, COPY_FROM = 4.0, -12.0, -4.0, 0.4
COPIES, COPIES_MOVED = 0.8, 0.7  # texts that stand several times are told apart by their neighbours


class Evidence:
    """What is known of the links between two versions.

    Args:
        links: all of them.
        old, new: the versions.
        found: the pairs that were looked at.
        known: the pairs that were known for certain.

    >>> from analysis.alignment.versions import weigh
    >>> versions, links = weigh(["rob naik"], ["pompa", "rob naik"]), Links(1, 2)
    >>> links.add(0, 1)
    >>> evidence = Evidence(links, *versions, [], set())
    >>> evidence.main, evidence.is_equal(0), evidence.support(0), evidence.held(0)
    ([1], True, 1, 1.0)
    """

    def __init__(
        self, links: Links, old: Version, new: Version, found: Iterable[Compared], known: Set[tuple[int, int]]
    ) -> None:
        self.links, self.old, self.new, self.known = links, old, new, known
        pairs = [(o, n) for o, news in enumerate(links.new) for n in news]
        self.linked = {pair: compare(old, new, pair) for pair in pairs}
        self.main = [max(news, key=lambda n: (self.likeness(o, n), -n), default=-1) for o, news in enumerate(links.new)]
        self._note_rivals(found)
        self.copies_old, self.copies_new = Counter(old.flats), Counter(new.flats)

    def _note_rivals(self, found: Iterable[Compared]) -> None:
        """The greatest likeness of each paragraph to one not linked with it, and of each old one to an added one."""
        self.rival_old: dict[int, float] = defaultdict(float)
        self.rival_new: dict[int, float] = defaultdict(float)
        self.rival_added: dict[int, float] = defaultdict(float)
        for pair in found:
            if (pair.old, pair.new) in self.linked:
                continue
            self.rival_old[pair.old] = max(self.rival_old[pair.old], pair.likeness)
            self.rival_new[pair.new] = max(self.rival_new[pair.new], pair.likeness)
            if not self.links.old[pair.new]:
                self.rival_added[pair.old] = max(self.rival_added[pair.old], pair.likeness)

    def likeness(self, old: int, new: int) -> float:
        return self.linked[old, new].likeness

    def is_equal(self, number: int) -> bool:
        """Whether an old paragraph stands word for word in the new version."""
        return self.main[number] >= 0 and self.old.flats[number] == self.new.flats[self.main[number]]

    def is_unique(self, number: int) -> bool:
        """Whether its text stands once in each version."""
        flat = self.old.flats[number]
        return self.copies_old[flat] == self.copies_new[flat] == 1

    def rival(self, number: int) -> float:
        """How like an old paragraph, or the new one, is to one that is not linked with it."""
        return max(self.rival_old[number], self.rival_new[self.main[number]])

    def support(self, number: int) -> int:
        """How many of the two neighbours stand beside the new paragraph as they stood beside the old."""
        return sum(self._beside(number + step) == self.main[number] + step for step in (-1, 1))

    def _beside(self, number: int) -> int:
        if 0 <= number < len(self.main):
            return self.main[number] if self.main[number] >= 0 else -2
        return -1 if number < 0 else len(self.new.flats)

    def held(self, number: int) -> float:
        """How much of an old paragraph its new ones hold together, 0 to 1."""
        held: Counter[str] = Counter()
        for new in self.links.new[number]:
            held.update(self.new.words[new])
        return shared(self.old.words[number], held) / self.old.totals[number] if self.old.totals[number] else 0.0


def similarity(evidence: Evidence, number: int, is_piece: bool) -> float:
    """How alike an old paragraph and its new ones are.

    Args:
        evidence: what is known of the links.
        number: the old paragraph.
        is_piece: whether it came apart or went into another; it is then how much of it its new ones hold.

    Returns:
        0 where there is no new one, 1 where the text is the same, else what is between.

    >>> from analysis.alignment.versions import weigh
    >>> versions, links = weigh(["rob naik"], ["rob surut"]), Links(1, 1)
    >>> links.add(0, 0)
    >>> evidence = Evidence(links, *versions, [], set())
    >>> similarity(evidence, 0, False)
    0.5
    """
    if not evidence.links.new[number]:
        return 0.0
    if evidence.is_equal(number):
        return 1.0
    return min(evidence.held(number) if is_piece else evidence.likeness(number, evidence.main[number]), NOT_QUITE)


def certainty(evidence: Evidence, number: int, is_piece: bool, is_out: bool) -> float:
    """How sure it is what became of an old paragraph.

    Args:
        evidence: what is known of the links.
        number: the old paragraph.
        is_piece: whether it came apart or went into another.
        is_out: whether it stands out of the order.

    Returns:
        0 to 1; 1 where a text stands once in each version and is the same.

    >>> from analysis.alignment.versions import weigh
    >>> versions, links = weigh(["rob naik"], ["rob naik"]), Links(1, 1)
    >>> links.add(0, 0)
    >>> evidence = Evidence(links, *versions, [], set())
    >>> certainty(evidence, 0, False, False)
    1.0
    """
    if not evidence.links.new[number]:
        copy = max(0.0, evidence.rival_old[number] - COPY_FROM)
        return _chance(GONE + ADDED * evidence.rival_added[number] + COPY * copy)
    pair = number, evidence.main[number]
    is_known = pair in evidence.known
    if evidence.is_equal(number):
        if is_known or evidence.is_unique(number):
            return 1.0
        return COPIES_MOVED if is_out else COPIES + (1 - COPIES) * 0.4 * evidence.support(number)
    likeness = similarity(evidence, number, is_piece)
    rival, support = evidence.rival(number), evidence.support(number)
    odds = START + LIKENESS * likeness + SHARED * math.log1p(evidence.linked[pair].shared) + RIVAL * rival
    odds += NEIGHBOUR * support + OUT_OF_ORDER * is_out + KNOWN * is_known
    odds += TIE * (rival >= likeness - TIED and support < 2)
    return _chance(odds) if likeness >= UNLIKE or not is_known else min(_chance(odds), UNLIKELY)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
