"""Spelling: one writer's habits, kept through all of a text: short words, doubled words with 2, no capitals, !!!."""

import re
from dataclasses import dataclass, field

from demo.dice import Dice
from demo.tables import words

DOUBLED = re.compile(r"\b([a-z]{3,})-\1\b")
WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")
# A house that is no home, and other words that must stay as they are beside these.
FIXED = re.compile(
    r"\b(?:rumah (?:sakit|pompa|susun|aman|tangga|panggung)|orang tua|orang dalam|tidak tahu|jam berapa|sama sekali)\b"
)
SHOUT = 0.02


@dataclass(slots=True)
class Habits:
    """How one person types."""

    dice: Dice
    strength: float
    is_javanese: bool = False
    ways: dict[str, str] = field(default_factory=dict)

    def typed(self, text: str) -> str:
        """The text as this person types it."""
        if self.is_javanese:
            text = self._swapped(text, words("spelling")["javanese"], 0.75)
        if self.strength:
            text = self._swapped(self._pairs(text), words("spelling")["short"], self.strength)
            text = DOUBLED.sub(self._doubled, text)
        return text

    def finished(self, text: str) -> str:
        """Capitals and marks, when the whole text stands."""
        if not self.strength:
            return _neat(text)
        if self.dice.chance(SHOUT):
            return text.upper()
        if self.dice.chance(0.72):
            text = text.casefold()
        else:
            text = text[:1].upper() + text[1:]
        if self.dice.chance(0.1):
            return re.sub(r"[.!]?$", "!!!" if self.dice.chance(0.6) else "!!", text)
        return text.rstrip(".") if self.dice.chance(0.6) else text

    def _pairs(self, text: str) -> str:
        for plain, short in words("spelling")["pairs"].items():
            if plain in text and self.dice.chance(self.strength):
                text = re.sub(rf"\b{plain}\b(?!-)", short, text)
        return text

    def _swapped(self, text: str, table: dict[str, list[str]], strength: float) -> str:
        """Words swapped for this writer's own; what `FIXED` finds stays."""
        kept, at = [], 0
        for fixed in FIXED.finditer(text):
            kept += [self._words(text[at : fixed.start()], table, strength), fixed.group()]
            at = fixed.end()
        return "".join([*kept, self._words(text[at:], table, strength)])

    def _words(self, text: str, table: dict[str, list[str]], strength: float) -> str:
        def swap(found: re.Match[str]) -> str:
            word = found.group()
            ways = table.get(word)
            if not ways or not self.dice.chance(strength):
                return word
            return self.ways.setdefault(word + ways[0], self.dice.pick(ways))

        return WORD.sub(swap, text)

    def _doubled(self, found: re.Match[str]) -> str:
        return f"{found.group(1)}2" if self.dice.chance(0.7) else found.group()


def _neat(text: str) -> str:
    """Sentences with capitals and a full stop, as an officer types them."""
    text = re.sub(r"(?:^|(?<=[.?!]\s))[a-z]", lambda found: found.group().upper(), text)
    return text if text[-1:] in ".?!" else f"{text}."
