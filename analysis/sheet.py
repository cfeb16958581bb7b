"""One text on its way through the stages: what was read so far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis import codebook, language
from analysis.duplicates import flatten
from analysis.mask import mask
from analysis.normalise import clean, normalise
from analysis.stem import stem
from analysis.tokenise import tokenise
from analysis.types import Cue, Text


@dataclass(slots=True)
class Sheet:
    """A text, its masked and normalised forms, its words, and the marks that later stages leave.

    `duplicate` is the number of the first sheet of its group; `by_theme` holds (theme, score, cues), the best first.
    """

    text: Text
    masked: str
    flags: tuple[str, ...]
    normalised: str
    tokens: list[str]
    keys: list[str]
    flat: str
    language: str
    is_guess: bool
    duplicate: int = -1
    theme: str | None = None
    reason: str | None = None
    words: tuple[Cue, ...] = ()
    margin: float = 0.0
    candidates: tuple[str, ...] = ()
    by_theme: list[tuple[str, float, tuple[Cue, ...]]] = field(default_factory=list)

    def written(self, key: str) -> str:
        """A stem (or two) as the words stand in this text."""
        shown = codebook.surface(self.tokens, self.language)
        return " ".join(shown.get(part, part) for part in key.split())


def open_sheet(text: Text) -> Sheet:
    """Clean, mask, normalise, split into words, tell the language and stem: once, for every later stage."""
    kept, flags = clean(text.text)
    masked = mask(kept)
    if masked.findings:
        flags = (*flags, "masked")
    plain = normalise(masked.text)
    tokens = tokenise(plain)
    if not tokens:
        flags = (*flags, "empty")
    if text.language in language.KNOWN:
        spoken, is_guess = text.language, False
    else:
        spoken, is_guess = language.language(masked.text, tokenise(masked.text.lower()))
    keys = codebook.keys(tokens, spoken)
    return Sheet(text, masked.text, flags, plain, tokens, keys, flatten(kept), spoken, is_guess)


def written_forms(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Stem -> its commonest written form (the first in the alphabet where two are as common)."""
    forms: dict[str, Counter[str]] = {}
    for sheet in sheets:
        for token in sheet.tokens:
            forms.setdefault(stem(token, sheet.language), Counter())[token] += 1
    return {key: min(count, key=lambda form: (-count[form], form)) for key, count in forms.items()}
