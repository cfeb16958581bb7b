"""People: names of those who did not agree to be named, wherever they stand as whole words."""

import re
from collections.abc import Collection, Iterator

from analysis.mask import Finding
from services.gates.spellings import plain

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
TITLES = frozenset(
    "pak bapak bpk bu ibu sdr sdri saudara saudari mas mbak mbakyu kang yu cak ning gus abah haji hajah h hj kh nyai"
    " ustaz ustadz ustazah tn tuan ny nyonya dr drs dra ir prof mr mrs ms raden rr rm lik pakde bude om tante"
    " an atas nama dari oleh jeneng asma".split()
)
DEGREES = frozenset("se sh st si msi mm mt mkes spd mpd sos sip map skom phd amd s m sag".split())
PLACES = frozenset("jalan jl jln gang gg desa kelurahan kampung pasar sungai kali masjid musala rumah toko".split())
SHORTEST = 4


class People:
    """Names to look for. Two words or more are found in any spelling of capitals, in this order, also the first two
    or the first and the last of three. A single word is found where it stands alone in its field, behind a title
    ("Bu Fulanah"), or with a capital and no other capitalised word beside it: "Sari" is not found in "Jalan Sari
    Rasa", and in small letters ("sari buah") it is a word.

    >>> people = People(["Fulan bin Fulan", "Sari"])
    >>> [len(list(people.findings(text))) for text in ("oleh FULAN BIN FULAN", "warung Sari Rasa", "kata Sari kemarin")]
    [1, 0, 1]
    """

    def __init__(self, names: Collection[str]):
        self.names: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(word for word in _words(name) if word not in DEGREES)
            while len(words) > 1 and words[0] in TITLES:
                words = words[1:]
            for known in self._ways(words):
                self.names.setdefault(known[0], set()).add(known)

    @staticmethod
    def _ways(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if sum(map(len, words)) < SHORTEST:
            return
        yield words
        if len(words) > 2 and words[1] not in ("bin", "binti"):
            yield words[:2]
            yield (words[0], words[-1])

    def findings(self, text: str) -> Iterator[Finding]:
        """Where in a text, in plain spelling, one of the names stands."""
        if not self.names:
            return
        found = list(WORD.finditer(text))
        words = [match[0].casefold().replace("’", "'") for match in found]
        at = 0
        while at < len(words):
            size = max(
                (len(name) for name in self.names.get(words[at], ()) if self._is(name, words, found, at)), default=0
            )
            if size:
                yield Finding("name", found[at].start(), found[at + size - 1].end())
            at += size or 1

    @staticmethod
    def _is(name: tuple[str, ...], words: list[str], found: list[re.Match[str]], at: int) -> bool:
        if tuple(words[at : at + len(name)]) != name:
            return False
        if len(name) > 1 or len(words) == 1:
            return True
        before = words[at - 1] if at else ""
        if before in TITLES:
            return True
        beside = [found[i][0] for i in (at - 1, at + 1) if 0 <= i < len(found) and _touch(found, at, i)]
        return found[at][0][0].isupper() and before not in PLACES and not any(_is_capital(word) for word in beside)


def _touch(found: list[re.Match[str]], at: int, other: int) -> bool:
    """Whether only a space stands between two neighbouring words."""
    first, second = sorted((at, other))
    return found[first].string[found[first].end() : found[second].start()] in (" ", "-", "_")


def _is_capital(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in TITLES


def _words(name: str) -> Iterator[str]:
    return (match[0].casefold().replace("’", "'") for match in WORD.finditer(plain(name)))
