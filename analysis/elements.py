"""Elements: what a cure is made of and whether it is digital, guessed for a person, with the words that tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis import words
from analysis.normalise import normalise
from analysis.stem import stem
from analysis.tokenise import tokenise

LEXICON = "elements.txt"
LONGEST = 3
ELEMENTS = ("superstructure", "infrastructure", "structure")
DIGITAL, NON_DIGITAL, BOTH = "digital", "non_digital", "both"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text seems to say, and the words of the text that say so."""

    code: str
    cues: tuple[str, ...]


def element(text: str) -> Guess | None:
    """The element of which most cue words stand in a text: a rule, a thing, or people and money.

    Arguments: `text`, in any spelling. Returns the guess with its cues in their order, None where no cue stands there
    or two elements have as many. Raises nothing. Source: the three layers of readiness that smart-city master plans
    use (superstructure: policy and institutions; infrastructure: physical, digital and social facilities; structure:
    people, budget and resources); the word list is this project's own.

    >>> element("Tolong got di depan pasar dikeruk, pompanya mati")
    Guess(code='infrastructure', cues=('got', 'pasar', 'pompanya'))
    >>> element("Terima kasih") is None
    True
    """
    found = _cues(text)
    counts = {code: len(found.get(code, ())) for code in ELEMENTS}
    most = max(counts.values())
    best = [code for code, n in counts.items() if n == most]
    return Guess(best[0], found[best[0]]) if most and len(best) == 1 else None


def nature(text: str) -> Guess | None:
    """Whether what a text speaks of is digital, not digital, or both, by the cue words that stand in it.

    Arguments: `text`, in any spelling. Returns the guess with its cues, None where no cue stands there. Raises
    nothing. Source: "smart is digital and non-digital", the principle of the plan; the word list is this project's own.

    >>> nature("Aplikasi pengaduan sering error")
    Guess(code='digital', cues=('Aplikasi',))
    >>> nature("Pasang sensor di rumah pompa").code
    'both'
    """
    found = _cues(text)
    digital, other = found.get(DIGITAL, ()), found.get(NON_DIGITAL, ())
    if not (digital or other):
        return None
    code = BOTH if digital and other else DIGITAL if digital else NON_DIGITAL
    return Guess(code, tuple(dict.fromkeys(digital + other)))


def _cues(text: str) -> dict[str, tuple[str, ...]]:
    """Label -> the words of the text that speak for it, each cue once."""
    said = tokenise(text)
    keys = [_key((word,)) for word in said]
    found: dict[str, dict[str, str]] = {}
    taken = [False] * len(said)
    for length in range(LONGEST, 0, -1):
        for at in range(len(said) - length + 1):
            key = " ".join(keys[at : at + length])
            if key in _lexicon() and not any(taken[at : at + length]):
                taken[at : at + length] = [True] * length
                for label in _lexicon()[key]:
                    found.setdefault(label, {}).setdefault(key, " ".join(said[at : at + length]))
    order = {key: at for at, key in enumerate(keys)}
    return {
        label: tuple(v for _, v in sorted(cues.items(), key=lambda c: order.get(c[0].split(" ")[0], 0)))
        for label, cues in found.items()
    }


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Stems of a cue -> the labels for which it speaks."""
    found: dict[str, dict[str, None]] = {}
    for label, cues in words.labelled(LEXICON).items():
        for cue in cues:
            found.setdefault(_key(tokenise(cue)), {})[label] = None
    return {key: tuple(sorted(labels)) for key, labels in found.items()}


def _key(spoken: Sequence[str]) -> str:
    return " ".join(stem(word) for word in normalise(" ".join(spoken)).split())
