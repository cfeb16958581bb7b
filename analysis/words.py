"""The word lists, read once from `lexicons/`; each has its source in `lexicons/README.md`."""

from functools import cache
from pathlib import Path

from analysis.javanese import variants

FOLDER = Path(__file__).parent / "lexicons"


def _lines(name: str) -> list[list[str]]:
    text = (FOLDER / name).read_text("utf-8")
    return [
        line.replace("_", " ").split() if name == "stopwords.txt" else line.split()
        for line in text.splitlines()
        if line.strip() and not line.startswith("#")
    ]


def _listed(name: str) -> frozenset[str]:
    """Every word of a list that tells nothing apart."""
    return frozenset(word for line in _lines(name) for word in line)


@cache
def spelling() -> dict[str, str]:
    """Colloquial spelling -> the word it stands for.

    >>> spelling()["gak"], "tidak" in spelling()
    ('tidak', False)
    """
    return {short: full for short, full in _lines("spelling.txt")}


@cache
def stopwords() -> frozenset[str]:
    """Words that say nothing of what a text is about; negators and complaint words are not among them.

    >>> [word in stopwords() for word in ("yang", "tidak", "mampet")]
    [True, False, False]
    """
    return _listed("stopwords.txt")


@cache
def labelled(name: str) -> dict[str, frozenset[str]]:
    """First word of a line -> the other words of all lines that begin so; a `_` in a word stands for a space.

    `name` is a file of `lexicons/`; raises FileNotFoundError where there is none of it.

    >>> found = labelled("places.txt")
    >>> sorted(found), "depan" in found["beside"]
    (['at', 'beside'], True)
    """
    found: dict[str, set[str]] = {}
    for first, *others in _lines(name):
        found.setdefault(first, set()).update(word.replace("_", " ") for word in others)
    return {first: frozenset(others) for first, others in found.items()}


@cache
def javanese() -> dict[str, str]:
    """Javanese word of civic life, in each of its spellings -> the Indonesian word for it.

    A word that Indonesian writes alike and means something else by (`air`, `rob`, `kali`) is not listed.

    >>> javanese()["banyu"], javanese()["dalan"], "rob" in javanese()
    ('air', 'jalan', False)
    """
    listed = _meant("javanese.txt")
    found = {spelt: meant for word, meant in listed.items() for spelt in variants(word)} | listed
    return {word: meant for word, meant in found.items() if word not in indonesian() and word != meant}


@cache
def bilingual() -> dict[str, str]:
    """Javanese or English word of civic life -> the Indonesian word for it, so that both count as the same word.

    >>> bilingual()["banyu"], bilingual()["water"], "air" in bilingual()
    ('air', 'air', False)
    """
    return javanese() | english()


@cache
def english() -> dict[str, str]:
    """English word of civic life -> the Indonesian word for it.

    >>> english()["taps"], "gang" in english()
    ('keran', False)
    """
    return _meant("english.txt")


def _meant(name: str) -> dict[str, str]:
    return {word: meant for meant, _, *others in _lines(name) for word in others}


@cache
def indonesian() -> frozenset[str]:
    """Words that are Indonesian as they stand, where a rule of Javanese would lead elsewhere.

    >>> "sewa" in indonesian(), "banyu" in indonesian()
    (True, False)
    """
    return _listed("indonesian.txt")


@cache
def own() -> frozenset[str]:
    """Words from which no Javanese ending is taken.

    >>> "sewa" in own(), "air" in own(), "banyune" in own()
    (True, True, False)
    """
    return indonesian() | stopwords() | frozenset(bilingual().values()) | frozenset(spelling().values())


@cache
def places() -> tuple[frozenset[str], frozenset[str]]:
    """Words after which a noun says where (`depan`, `near`), and the weaker ones (`di`, `ke`).

    >>> beside, at = places()
    >>> "near" in beside, "di" in at, "di" in beside
    (True, True, False)
    """
    found = labelled("places.txt")
    return found["beside"], found["at"]


@cache
def weak() -> frozenset[str]:
    """Words of every subject, which point to a theme only weakly.

    >>> "jadwal" in weak(), "selokan" in weak()
    (True, False)
    """
    return _listed("weak.txt")


@cache
def roles() -> frozenset[str]:
    """Words that as often say who speaks or where something is as what it is about.

    >>> "sekolah" in roles(), "selokan" in roles()
    (True, False)
    """
    return _listed("roles.txt")


@cache
def idioms() -> tuple[str, ...]:
    """Pairs of words that mean something else together.

    >>> "tanggung jawab" in idioms(), "tanggung" in idioms()
    (True, False)
    """
    return tuple(word.replace("_", " ") for line in _lines("idioms.txt") for word in line)


@cache
def concepts() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Pairs of anchors (how a codebook names a thing) and members (what people say for it).

    >>> anchors, members = next(pair for pair in concepts() if "batik" in pair[0])
    >>> "umkm" in anchors, "canting" in members
    (True, True)
    """
    found = []
    for line in _lines("concepts.txt"):
        bar = line.index("|")
        spaced = [word.replace("_", " ") for word in line]
        found.append((tuple(spaced[:bar]), tuple(spaced[bar + 1 :])))
    return tuple(found)
