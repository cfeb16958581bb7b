"""Hints: what else in a text may point to somebody, for the person who makes it public; the mask covers the numbers."""

import re
from collections.abc import Iterator

from analysis import words
from analysis.mask import Finding, shaped
from analysis.stem import PROTECTED

TITLES = (
    "bapak|pak|bpk|bp|ibu|bu|mas|mbak|mba|mbah|kang|haji|hj|ustadzah|ustadz|ustad|ust|kyai|kiai|gus|nyai|om|tante|"
    "bude|budhe|pakde|pakdhe|sdr|sdri|saudara|saudari|tuan|nyonya|ny|dokter"
)
TITLE = re.compile(rf"\b(?:{TITLES})\b\.?", re.IGNORECASE)
NEXT = re.compile(r"[ ]{1,2}([^\W\d_][\w'’]{1,30})\.?")
# After a title stands an office as often as a name.
OFFICES = frozenset(
    "wali kota walikota lurah camat rt rw bupati gubernur presiden menteri kepala dinas guru ketua sekda sekretaris "
    "bapak ibu pak bu saudara pkk bidan dokter polisi satpam kades kaji haji kyai ustadz dewan anggota pimpinan "
    "pejabat petugas pedagang nelayan warga tukang sopir juri hakim direktur dosen tani".split()
)
LONGEST_NAME = 3
NEIGHBOUR = re.compile(r"\br[tw]\.? ?0*\d{1,3}\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]+")
CHILD = re.compile(
    r"\b(?:anak (?:saya|sy|kami|aku|kula|kulo|pertama|kedua|bungsu|sulung)|anakku|putra saya|putri saya|cucu(?:ku)?|"
    r"bayi(?:ku)?|balita|adik saya|adikku|keponakan|ponakan|my (?:son|daughter|child|baby))\b",
    re.IGNORECASE,
)
ILLNESS = re.compile(
    r"\b(?:asma|sesak|tbc|paru|demam berdarah|dbd|diare|muntaber|batuk|gatal|eksim|autis\w*|epilepsi|kanker|leukemia|"
    r"stunting|lumpuh|kejang|alergi|hiv|tipes|tifus|typus|jantung|difabel|disabilitas|opname|rawat inap|sakit|asthma|"
    r"cancer|ill|sick)\b",
    re.IGNORECASE,
)
NAME, ADDRESS, CHILD_HEALTH = "name", "address", "child_health"


def hints(text: str) -> tuple[Finding, ...]:
    """Where a text may name somebody, a neighbourhood, or the illness of a child; spans of the text as it is given.

    Arguments: `text`, the original. Returns findings by where they begin: `name` (after a title, or a given name with a
    capital), `address` (RT or RW alone), `child_health` (from the child to the illness in one sentence, which only a
    person can write in another way). Raises nothing. Time grows linearly with the text. Source: what the law calls
    specific data (children, health) and the shapes of names in Indonesian letters; lists are this project's own.

    >>> text = "Pak RT Fulan tahu anak saya asma di RT 03"
    >>> [(found.kind, text[found.start:found.end]) for found in hints(text)]
    [('name', 'Fulan'), ('child_health', 'anak saya asma'), ('address', 'RT 03')]
    >>> hints("Bapak Wali Kota, tolong got dikeruk")
    ()
    """
    found = [*_titled(text), *_given(text), *shaped(ADDRESS, NEIGHBOUR, text), *_children(text)]
    kept: list[Finding] = []
    for one in sorted(set(found), key=lambda f: (f.start, -f.end, f.kind)):
        if not kept or kept[-1].kind != one.kind or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _titled(text: str) -> Iterator[Finding]:
    """What follows a title: offices are passed over, names are as long as capitals go."""
    for title in TITLE.finditer(text):
        at, start, end = title.end(), None, 0
        for _ in range(LONGEST_NAME + 1):
            word = NEXT.match(text, at)
            if word is None:
                break
            said = word[1]
            if start is None and said.lower() in OFFICES:
                at = word.end()
                continue
            if not (said[0].isupper() and not _is_place(said)) and said.lower() not in _names():
                break
            start = word.start(1) if start is None else start
            at = end = word.end(1)
        if start is not None:
            yield Finding(NAME, start, end)


def _given(text: str) -> Iterator[Finding]:
    for word in re.finditer(r"\b[A-Z][\w'’]{1,30}", text):
        if word[0].lower() in _names():
            yield Finding(NAME, *word.span())


def _children(text: str) -> Iterator[Finding]:
    for sentence in SENTENCE.finditer(text):
        child, illness = CHILD.search(sentence[0]), ILLNESS.search(sentence[0])
        if child and illness:
            base = sentence.start()
            yield Finding(
                CHILD_HEALTH, base + min(child.start(), illness.start()), base + max(child.end(), illness.end())
            )


def _names() -> frozenset[str]:
    return words.labelled("names.txt")["name"]


def _is_place(word: str) -> bool:
    return word.lower() in PROTECTED or word.isupper()
