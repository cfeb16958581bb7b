"""Public labelled sets that a caller has in a folder; nothing of them is handed out with the project."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.tokenise import tokenise

NUSAX = {"id": "indonesian", "jv": "javanese", "en": "english"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts and a label for each."""

    texts: list[str]
    labels: list[str]

    def without(self, others: Iterable[str]) -> "Labelled":
        """What is left when each text with the same words as one of `others` is taken out."""
        said = {_words(text) for text in others}
        kept = [pair for pair in zip(self.texts, self.labels, strict=True) if _words(pair[0]) not in said]
        return Labelled([text for text, _ in kept], [label for _, label in kept])

    def __add__(self, other: "Labelled") -> "Labelled":
        return Labelled(self.texts + other.texts, self.labels + other.labels)


def _words(text: str) -> str:
    return " ".join(tokenise(text.lower()))


def smsa(sets: Path, part: str) -> Labelled:
    """`train` or `valid` of SmSA (IndoNLU), tab-separated with the columns text and label."""
    with (sets / "smsa" / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Labelled([row["text"] for row in rows], [row["label"] for row in rows])


def nusax(sets: Path, language: str, part: str) -> Labelled:
    """`train` or `valid` of NusaX in id, jv or en."""
    with (sets / "nusax" / NUSAX[language] / f"{part}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Labelled([row["text"] for row in rows], [row["label"] for row in rows])


def columns(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Word numbers of all texts (int32), their bounds (int64, n + 1), and the words in the order of their numbers."""
    numbers: dict[str, int] = {}
    tokens: list[int] = []
    bounds = [0]
    for text in texts:
        tokens += [numbers.setdefault(word, len(numbers)) for word in tokenise(text.lower())]
        bounds.append(len(tokens))
    return np.array(tokens, dtype=np.int32), np.array(bounds, dtype=np.int64), list(numbers)


def themed(sets: Path, name: str) -> tuple[Labelled, str]:
    """A set whose labels are themes, and its language; of hoasa and casa the texts that speak of one aspect only."""
    if name == "banking77":
        return _labelled(sets / name / "train.csv", ",", "text", "category"), "en"
    if name == "clinc150":
        return _labelled(sets / name / "clinc150.tsv", "\t", "text", "intent"), "en"
    column = {"hoasa": "review", "casa": "sentence"}[name]
    parts = [_aspects(sets / name / f"{part}_preprocess.csv", column) for part in ("train", "valid")]
    return parts[0] + parts[1], "id"


def _labelled(path: Path, delimiter: str, text: str, label: str) -> Labelled:
    quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))
    return Labelled([row[text] for row in rows], [row[label] for row in rows])


def _aspects(path: Path, column: str) -> Labelled:
    """Texts that speak of exactly one aspect, with that aspect."""
    texts, labels = [], []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spoken = [key for key, value in row.items() if key != column and not value.startswith("neut")]
            if len(spoken) == 1:
                texts.append(row[column])
                labels.append(spoken[0])
    return Labelled(texts, labels)
