"""Criteria: what a scheme asks of its reviewers, and which weights can be given to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.vocabulary import Group
from services.errors import WrongScheme
from services.tongue import N_, label

USG, WEIGHTED, FIELD, EVIDENCE = FAMILIES = ("usg", "weighted", "field", "evidence")
WHOLE, MOST, HEAVIEST = 100, 9, 10
EVEN = 1.0


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question to a reviewer; `levels` are the words for both ends, or for each value."""

    code: str
    family: str
    weight: float
    low: int
    high: int
    label: str
    asks: str
    levels: tuple[str, ...]

    @property
    def values(self) -> range:
        return range(self.low, self.high + 1)

    def word(self, value: int) -> str:
        """What a value means, empty between the ends."""
        if len(self.levels) == len(self.values):
            return self.levels[value - self.low]
        ends = {self.low: self.levels[0], self.high: self.levels[-1]} if self.levels else {}
        return ends.get(value, "")


@dataclass(frozen=True, slots=True)
class Row:
    """One weighted criterion as somebody wants it; without a code it is a new one with this name."""

    code: str
    weight: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A scheme as somebody wants it; `weighted` stands in its order, `families` says what else is asked."""

    order_by: str
    weighted: tuple[Row, ...] = ()
    families: frozenset[str] = frozenset(FAMILIES)
    group_weights: Mapping[str, float] | None = None


def criteria_of(rows: Sequence[Mapping[str, Any]], lang: str = "id") -> tuple[Criterion, ...]:
    """Stored criteria in a language."""
    return tuple(
        Criterion(
            code=row["code"],
            family=row["kind"],
            weight=float(row["weight"]),
            low=int(row["low"]),
            high=int(row["high"]),
            label=label(row, "label", lang),
            asks=label(row, "asks", lang),
            levels=tuple(label(row, "levels", lang)),
        )
        for row in rows
    )


def checked(known: Sequence[Any], plan: Sequence[Any], wanted: Wanted) -> list[dict[str, Any]]:
    """The criteria as they will be stored; refuses weights that do not add up to a hundred."""
    if wanted.order_by not in (USG, WEIGHTED):
        raise WrongScheme(N_("Pilih cara menyusun urutannya."))
    rows = {row["code"]: row for row in [*plan, *known]}
    if wanted.order_by == WEIGHTED and not wanted.weighted:
        raise WrongScheme(N_("Isi sedikitnya satu kriteria dengan bobot, atau pilih USG."))
    if len(wanted.weighted) > MOST:
        raise WrongScheme(N_("Paling banyak %(n)s kriteria."), n=MOST)
    if any(not 0 < row.weight <= WHOLE for row in wanted.weighted):
        raise WrongScheme(N_("Setiap bobot lebih dari 0 dan paling banyak 100."))
    whole = round(sum(row.weight for row in wanted.weighted), 6)
    if wanted.weighted and whole != WHOLE:
        raise WrongScheme(N_("Bobotnya berjumlah %(sum)s, seharusnya 100."), sum=f"{whole:g}")
    kept = [row for row in rows.values() if row["kind"] == USG]
    kept += _weighted(rows, wanted.weighted)
    asked = wanted.families | {USG}
    return kept + [row for row in rows.values() if row["kind"] in (FIELD, EVIDENCE) and row["kind"] in asked]


def _weighted(rows: Mapping[str, Any], wanted: Sequence[Row]) -> list[dict[str, Any]]:
    made, used = [], {code for code in rows if code.startswith("k")}
    for row in wanted:
        if row.code and (row.code not in rows or rows[row.code]["kind"] != WEIGHTED):
            raise WrongScheme(N_("Kriteria “%(code)s” tidak dikenal."), code=row.code[:20])
        if not row.code and not row.name.strip():
            raise WrongScheme(N_("Beri nama kriteria yang baru."))
        code = row.code or next(f"k{n}" for n in range(1, 100) if f"k{n}" not in used)
        used.add(code)
        made.append({**(rows.get(code) or _new(code, row.name.strip())), "weight": row.weight})
    if len({one["code"] for one in made}) != len(made):
        raise WrongScheme(N_("Ada kriteria yang tertulis dua kali."))
    return made


def _new(code: str, name: str) -> dict[str, Any]:
    named = {"label_id": name, "label_en": name, "asks_id": "", "asks_en": "", "levels_id": [], "levels_en": []}
    return {"kind": WEIGHTED, "code": code, "low": 1, "high": 5, **named}


def of_groups(given: Mapping[str, float]) -> dict[str, float]:
    """What groups weigh, empty where all weigh the same."""
    weights = {group.value: float(given.get(group.value, EVEN)) for group in Group}
    if any(not 0 < weight <= HEAVIEST for weight in weights.values()):
        raise WrongScheme(N_("Bobot kelompok lebih dari 0 dan paling banyak %(n)s."), n=HEAVIEST)
    return {} if len(set(weights.values())) == 1 else weights
