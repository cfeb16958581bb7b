"""Tables: the words and shares of the demonstration, read from the files beside."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SUBJECTS = ("eco", "gov", "soc", "liv", "env", "mob", "dis", "meta")


@dataclass(frozen=True, slots=True)
class Ward:
    """A kelurahan and the kecamatan it lies in."""

    name: str
    district: str


@cache
def words(name: str) -> dict[str, Any]:
    """One file of `demo/words`."""
    return tomllib.loads((HERE / "words" / f"{name}.toml").read_text("utf-8"))


@cache
def themes() -> dict[str, dict[str, list[str]]]:
    """The parts of sentences of every theme, by kind of part."""
    return {theme: parts for subject in SUBJECTS for theme, parts in words(subject).items()}


@cache
def wards() -> tuple[Ward, ...]:
    """The kelurahan of the city."""
    return tuple(Ward(row["kelurahan"], row["kecamatan"]) for row in _rows(HERE / "kelurahan.csv"))


@cache
def programmes() -> dict[str, str]:
    """The names of the old programmes by their code."""
    return {row["id"]: row["name"] for row in _rows(HERE / "programmes.csv")}


@cache
def agencies() -> tuple[str, ...]:
    """The agencies of the plan, which stands beside the demonstration."""
    return tuple(row["name"] for row in _rows(HERE.parent / "plan" / "agencies.csv"))


def leading(programme: str) -> str:
    """The agency that leads a programme; empty where no programme is named."""
    return next((row["opd"] for row in _rows(HERE / "programmes.csv") if row["id"] == programme), "")


@cache
def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
