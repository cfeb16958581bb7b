"""Turnout: sendings and people counted, and held against the targets of the plan."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Submission, Target
from models.submission import STANDS
from models.vocabulary import Gender, Group
from services.tongue import N_, label, say

EACH, UNSAID = "each", "-"
NEARLY = 0.5  # of a target: from here on it is near
LETTERS = re.compile(r"[\W_]+")


class Light(StrEnum):
    """How far a target is met; said in words, drawn as a pattern, and only then a colour."""

    MET = "met"
    NEAR = "near"
    SHORT = "short"
    NONE = "none"


LIGHTS = {
    Light.MET: N_("terpenuhi"),
    Light.NEAR: N_("mendekati"),
    Light.SHORT: N_("masih kurang"),
    Light.NONE: N_("belum ada"),
}


class Count(NamedTuple):
    """Sendings, and the least and the most people behind them."""

    received: int
    least: int
    most: int

    @property
    def people(self) -> str:
        return str(self.most) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True)
class Line:
    """One target: what is there (`value`, said in `measured`), what should be (`target`), and its light.

    `opens` are the filters of the originals behind the number; None where the number counts no texts.
    """

    kind: str
    code: str
    label: str
    received: int
    measured: str
    value: float
    target: int | None
    light: Light | None
    light_label: str
    note: str
    opens: dict[str, str] | None

    @property
    def gap(self) -> float:
        """How much of the target is missing, from 0 to 1."""
        return 1 - min(self.value / self.target, 1) if self.target else 0


class Sending(NamedTuple):
    """What the board needs of a submission; `words` are the same where two say the same."""

    id: int
    group: Group
    area: str
    person_id: int | None
    gender: Gender | None
    constituencies: tuple[str, ...]
    words: str


def count(sendings: Iterable[Sending]) -> Count:
    """How many sendings, and how many people.

    Nobody can be told apart without an account, so the most is one per receipt; the least takes the same words from
    the same group and place for one person. Who signed in is one person however often they write.
    """
    rows = list(sendings)
    least = {(s.person_id,) if s.person_id else (s.words, s.group, s.area) for s in rows}
    most = {(s.person_id,) if s.person_id else ("receipt", s.id) for s in rows}
    return Count(len(rows), len(least), len(most))


def light(value: float, target: int | None) -> Light | None:
    """How far a value is from its target.

    >>> [light(n, 5).value for n in (0, 1, 3, 5)], light(3, None)
    (['none', 'short', 'near', 'met'], None)
    """
    if target is None:
        return None
    if not value:
        return Light.NONE
    return Light.MET if value >= target else Light.NEAR if value >= NEARLY * target else Light.SHORT


def words_of(text: str) -> str:
    """Letters and digits alone: what two sendings share when they say the same.

    >>> words_of("Rob,  MASUK rumah!!")
    'rob masuk rumah'
    """
    return LETTERS.sub(" ", text.lower()).strip()


def sendings(session: Session, round_id: int) -> list[Sending]:
    """What was received in a round and stands, oldest first."""
    s = Submission
    rows = session.execute(
        select(s.id, s.group, s.area, s.place_note, s.person_id, s.gender, s.constituencies, s.text)
        .where(STANDS, s.round_id == round_id)
        .order_by(s.id)
    )
    return [
        Sending(
            row.id,
            row.group,
            row.area or row.place_note or UNSAID,
            row.person_id,
            row.gender,
            tuple(row.constituencies or ()),
            words_of(row.text),
        )
        for row in rows
    ]


def targets(session: Session, lang: str) -> dict[tuple[str, str], tuple[int, str]]:
    """The least of each kind and code of the plan, and why."""
    rows = session.scalars(select(Target).where(Target.is_current))
    return {(row.kind, row.code): (row.least, label(row, "note", lang)) for row in rows}


class Lines:
    """Makes lines against the targets of the plan; a target for "each" holds for all that have none of their own."""

    def __init__(self, targets: dict[tuple[str, str], tuple[int, str]], lang: str) -> None:
        self.targets, self.lang = targets, lang

    def people(self, kind: str, code: str, name: str, sendings: Iterable[Sending], **opens: str) -> Line:
        """A line that counts people: the least of them is held against the target."""
        return self.counted(kind, code, name, count(sendings), **opens)

    def counted(self, kind: str, code: str, name: str, counted: Count, **opens: str) -> Line:
        """The same, where somebody has counted them."""
        return self.line(kind, code, name, counted.received, counted.people, counted.least, **opens)

    def line(self, kind: str, code: str, name: str, received: int, measured: str, value: float, **opens: str) -> Line:
        target, note = self.targets.get((kind, code)) or self.targets.get((kind, EACH)) or (None, "")
        lit = light(value, target)
        said = say(self.lang, LIGHTS[lit]) if lit else ""
        return Line(kind, str(code), name, received, measured, value, target, lit, said, note, opens or None)


def met(line: Line, note: str, lang: str) -> Line:
    """The line with its target met in another way than by its number."""
    said = say(lang, LIGHTS[Light.MET])
    return replace(line, value=max(line.value, line.target or 0), light=Light.MET, light_label=said, note=note)
