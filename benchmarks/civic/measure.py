"""The whole chain on the civic set. Texts, labels and lexicon share an author: no headline figure rests on this set."""

import argparse
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_rand_score, f1_score, normalized_mutual_info_score

from analysis.batch_in import read_codebook, read_plan
from analysis.kinds import ORDER
from analysis.mask import mask
from analysis.pipeline import analyse
from analysis.types import Analysis, Reading, Text
from benchmarks.civic import check
from benchmarks.rows import Row, interval, show

NOTE = "one author wrote texts, labels and lexicon"
SURE = 0.7
# How many people chose a dimension, in how many turns, and how many texts must be left to tell.
CHOICES, TURNS, FEWEST_ASKED = (0, 50, 100, 200, 400), 6, 20
Labels = Mapping[str, Mapping[str, str]]


def run(sets: Path | None = None, part: str = "test") -> list[Row]:
    """Measure on one part (`tune` or `test`); the set is in the project, so `sets` is not read."""
    civic = check.read()
    rows, labels = [row for row in civic.texts.values() if row["part"] == part], civic.labels
    texts = [
        Text(r["id"], r["text"], r["person"] or None, r["group"] or None, r["area"] or None, created_at=r["created_at"])
        for r in rows
    ]
    plan, codebook = read_plan(check.PLAN), read_codebook(check.PLAN / "themes.csv")
    coded = analyse(texts, plan=plan, codebook=codebook)
    themes = len({labels[t.id]["theme"] for t in texts if labels[t.id]["theme"]})
    free = analyse(texts, plan=plan, themes=themes)
    measured = [
        *_codebook(coded, civic),
        *_clusters(free, labels),
        *_twins(coded, rows, "codebook"),
        *_twins(free, rows, "clusters alone"),
        *_dimensions(coded, labels),
        *_curve(texts, civic, lambda given: analyse(given, plan=plan, codebook=codebook)),
        *_kinds(coded, labels),
        *_sentiment(coded, labels),
        *_campaigns(coded, labels),
        *_masked(rows, labels),
    ]
    name = f"civic ({part}, {len(texts)} texts)"
    return [
        Row(stage, name, "ours", what, value, unit, low, high, NOTE) for stage, what, value, unit, low, high in measured
    ]


Measured = list[tuple[str, str, float, str, float | None, float | None]]


def _share(stage: str, what: str, hits: Sequence[bool]) -> Measured:
    if not hits:
        return []
    said = np.array(hits, dtype=float)
    low, high = interval(len(said), lambda rows: float(said[rows].mean()))
    return [(stage, what, float(said.mean()), "share", low, high)]


def _codebook(result: Analysis, civic: check.Civic) -> Measured:
    meant = {code: set(row["codebook"].split("|")) - {""} for code, row in civic.themes.items()}
    first, among, none = [], [], []
    for reading in result.readings:
        own = civic.labels[reading.id]
        wanted = meant.get(own["theme"], set()) | meant.get(own["second_theme"], set())
        if wanted:
            first.append(reading.theme in wanted)
            among.append(bool(wanted & {reading.theme, *reading.candidates}))
            none.append(reading.theme is None)
    return [
        *_share("themes", "codebook theme first", first),
        *_share("themes", "codebook theme among three", among),
        *_share("themes", "without a theme", none),
    ]


def _clusters(result: Analysis, labels: Labels) -> Measured:
    pairs = [(labels[r.id]["theme"], r.theme or r.id) for r in result.readings if labels[r.id]["theme"]]
    true, found = (np.array(column) for column in zip(*pairs, strict=True))
    # No interval: a draw with replacement holds texts twice, and what is there twice agrees with itself.
    return [
        ("themes", "clusters alone, NMI", normalized_mutual_info_score(true, found), "NMI", None, None),
        ("themes", "clusters alone, ARI", adjusted_rand_score(true, found), "ARI", None, None),
    ]


def _twins(result: Analysis, rows: Sequence[Mapping[str, str]], how: str) -> Measured:
    theme = {r.id: r.theme for r in result.readings}
    hits = [theme[r["id"]] is not None and theme[r["id"]] == theme[r["twin"]] for r in rows if r["twin"]]
    return _share("themes", f"twins in one theme, {how}", hits)


def _dimensions(result: Analysis, labels: Labels) -> Measured:
    told = [(r, labels[r.id]) for r in result.readings if labels[r.id]["dimension"]]
    marked = [(r.dimensions[0], own) for r, own in told if r.dimensions]
    hit = [mark.code == own["dimension"] for mark, own in marked]
    sure = [(mark.code == own["dimension"]) for mark, own in marked if mark.confidence >= SURE]
    two = [own["dimension"] in {m.code for m in r.dimensions} for r, own in told]
    confidence = np.array([mark.confidence for mark, _ in marked])
    return [
        *_share("dimension", "first of all", [*hit, *[False] * (len(told) - len(marked))]),
        *_share("dimension", "among two", two),
        *_share("dimension", f"right where confidence >= {SURE}", sure),
        ("dimension", f"coverage at confidence >= {SURE}", len(sure) / max(len(told), 1), "share", None, None),
        ("dimension", "calibration error", _calibration(confidence, np.array(hit)), "share", None, None),
    ]


def _curve(texts: Sequence[Text], civic: check.Civic, read: Callable[[Sequence[Text]], Analysis]) -> Measured:
    """The dimension of texts whose people did not choose, by how many others chose.

    Texts of one bundle never stand on both sides. Another stretch of the bundles chooses in each of the turns.
    """
    labels = civic.labels
    bundle = {number: name for name, members in check.bundles(civic).items() for number in members}
    told = sorted((t for t in texts if labels[t.id]["dimension"]), key=lambda t: (_digest(bundle[t.id]), t.id))
    found: Measured = []
    for choices in CHOICES:
        if len(told) - choices >= FEWEST_ASKED:
            marked: list[tuple[float, bool]] = []
            for start in range(0, len(told), -(-len(told) // TURNS)):
                given = {t.id for t in [*told[start:], *told[:start]][:choices]}
                taught = {bundle[number] for number in given}
                chosen = [replace(t, dimension=labels[t.id]["dimension"]) if t.id in given else t for t in texts]
                asked = {t.id for t in told if bundle[t.id] not in taught}
                marked += [_told(r, labels) for r in read(chosen).readings if r.id in asked]
            found += _sureness(f"dimension after {choices} choices", marked)
    return found


def _digest(name: str) -> str:
    return hashlib.sha256(f"civic choices 1:{name}".encode()).hexdigest()


def _told(reading: Reading, labels: Labels) -> tuple[float, bool]:
    best = reading.dimensions[0] if reading.dimensions else None
    return (best.confidence, best.code == labels[reading.id]["dimension"]) if best else (0.0, False)


def _sureness(stage: str, marked: Sequence[tuple[float, bool]]) -> Measured:
    confidence, hit = (np.array(column) for column in zip(*marked, strict=True))
    sure = hit[confidence >= SURE]
    values = (
        ("first of all", float(hit.mean())),
        (f"right where confidence >= {SURE}", float(sure.mean()) if sure.size else 0.0),
        (f"coverage at confidence >= {SURE}", sure.size / hit.size),
        ("calibration error", _calibration(confidence, hit)),
    )
    return [(stage, what, value, "share", None, None) for what, value in values]


def _calibration(confidence: np.ndarray, hit: np.ndarray, bins: int = 5) -> float:
    """Expected calibration error over bins of equal size (Naeini, Cooper and Hauskrecht 2015)."""
    parts = np.array_split(np.argsort(confidence, kind="stable"), bins)
    return float(sum(len(p) * abs(confidence[p].mean() - hit[p].mean()) for p in parts if len(p)) / max(len(hit), 1))


def _kinds(result: Analysis, labels: Labels) -> Measured:
    true = np.array([[kind in labels[r.id]["types"].split("|") for kind in ORDER] for r in result.readings])
    found = np.array([[kind in {m.type for m in r.types} for kind in ORDER] for r in result.readings])
    return [("types", "macro-F1", float(f1_score(true, found, average="macro", zero_division=0)), "F1", None, None)]


def _sentiment(result: Analysis, labels: Labels) -> Measured:
    true = np.array([labels[r.id]["sentiment"] for r in result.readings])
    found = np.array([r.sentiment for r in result.readings])
    low, high = interval(
        len(true), lambda rows: f1_score(true[rows], found[rows], average="macro", zero_division=0), 200
    )
    return [("sentiment", "macro-F1, lexicon", float(f1_score(true, found, average="macro")), "F1", low, high)]


def _campaigns(result: Analysis, labels: Labels) -> Measured:
    def group_of(reading: Reading) -> str | None:
        own = labels[reading.id]
        return own["campaign"] or own["duplicate_of"] or None

    groups: dict[str, list[str | None]] = {}
    for reading in result.readings:
        if (key := group_of(reading)) is not None:
            groups.setdefault(key, []).append(reading.duplicate_group)
    together = [
        g is not None and members.count(g) > 1 for key, members in groups.items() if len(members) > 1 for g in members
    ]
    alone = [group_of(r) is not None or r.id in groups for r in result.readings if r.duplicate_group is not None]
    return [*_share("duplicates", "recall", together), *_share("duplicates", "precision", alone)]


def _masked(rows: Sequence[Mapping[str, str]], labels: Labels) -> Measured:
    covered, plain = [], []
    for row in rows:
        found = [(f.start, f.end) for f in mask(row["text"]).findings]
        meant = [(start, end) for _, start, end in check.spans(labels[row["id"]]["personal"])]
        covered += [any(a < end and start < b for a, b in found) for start, end in meant]
        plain += [any(a < end and start < b for start, end in meant) for a, b in found]
    return [*_share("masking", "recall", covered), *_share("masking", "precision", plain)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.civic.measure", description=__doc__)
    parser.add_argument("--part", choices=("tune", "test"), default="tune", help="which part to measure (tune)")
    print(show(run(part=parser.parse_args().part)))
