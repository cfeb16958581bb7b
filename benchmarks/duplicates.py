"""Duplicates beside datasketch in one run: speed, recall and precision on copies with slips, on letters, and growth.

`python -m benchmarks.duplicates [--sets DIR] [--million]`. datasketch (MIT) is no dependency: where it is missing,
the figures are ours alone.
"""

import argparse
import resource
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from analysis.duplicates import Index, flatten, group
from analysis.duplicates.merging import merge
from analysis.duplicates.shingles import GRAM
from benchmarks import copies
from benchmarks.rows import Row, interval, show, timed

try:
    from datasketch import MinHash, MinHashLSH
except ImportError:
    MinHash = None

SEED, ORIGINALS, LETTERS = 1, 10_000, 200
GROWTH, MILLION, LOOKUPS = (10_000, 100_000), 1_000_000, 200
PERMUTATIONS, THRESHOLDS = 128, (0.5, 0.35)
RATES = ((0.01, 0.05), (0.05, 0.10), (0.10, 0.20))
STAGE, OURS = "duplicates", "urun-rembug"


def run(sets: Path | None) -> list[Row]:
    """All figures but those of a million texts; `sets` is a folder of public sets, without it originals are made."""
    base = copies.originals(sets, ORIGINALS, SEED)
    name = "public texts" if sets else "made texts"
    slipped, letters = copies.slips(base, SEED + 1), copies.campaigns(base, LETTERS, SEED + 2)
    rows = measured(f"{name}, slips", OURS, slipped, lambda flats: group(flats, SEED).roots)
    rows += by_rate(f"{name}, slips", OURS, slipped, group([flatten(text) for text in slipped.texts], SEED).roots)
    rows += measured(f"{name}, letters", OURS, letters, lambda flats: group(flats, SEED).roots)
    rows += measured(
        f"{name}, letters", f"{OURS}, days known", letters, lambda flats: group(flats, SEED, letters.days).roots
    )
    for threshold in THRESHOLDS if MinHash else ():
        tool = f"datasketch {threshold}"
        rows += measured(f"{name}, slips", tool, slipped, lambda flats, at=threshold: sketched(flats, at))
        rows += measured(f"{name}, letters", tool, letters, lambda flats, at=threshold: sketched(flats, at))
    return rows + [row for count in GROWTH for row in growth(count)]


def measured(dataset: str, tool: str, texts: copies.Copies, work: Callable[[list[str]], np.ndarray]) -> list[Row]:
    """Texts per CPU second, and recall and precision over pairs of texts that stand in one group."""
    flats = [flatten(text) for text in texts.texts]
    roots, seconds = timed(lambda: work(flats))
    rows = [Row(STAGE, dataset, tool, "speed", len(flats) / seconds, "docs/CPU s", note=f"{len(flats)} texts")]
    both = np.unique(np.stack([texts.origin, roots], axis=1), axis=0, return_counts=True)
    for measure, side, groups in (("recall", 0, texts.origin), ("precision", 1, roots)):
        names, sizes = np.unique(groups, return_counts=True)
        hits = np.bincount(np.searchsorted(names, both[0][:, side]), weights=_pairs(both[1]), minlength=len(names))
        rows.append(_share(dataset, tool, measure, hits, _pairs(sizes)))
    return rows


def by_rate(dataset: str, tool: str, texts: copies.Copies, roots: np.ndarray) -> list[Row]:
    """The share of copies that stand with their original, by how much of them was changed."""
    first = np.zeros(texts.origin.max() + 1, dtype=np.int64)
    first[texts.origin[texts.rate == 0]] = np.flatnonzero(texts.rate == 0)
    hits = (roots == roots[first[texts.origin]]).astype(float)
    rows = []
    for low, high in RATES:
        part = hits[(texts.rate > low) & (texts.rate <= high)]
        rows.append(_share(dataset, tool, f"found, {low:.0%}–{high:.0%} changed", part, np.ones(len(part))))
    return rows


def _pairs(sizes: np.ndarray) -> np.ndarray:
    return sizes * (sizes - 1) / 2


def _share(dataset: str, tool: str, measure: str, hits: np.ndarray, whole: np.ndarray) -> Row:
    kept = whole > 0
    hits, whole = hits[kept], whole[kept]

    def share(rows: np.ndarray) -> float:
        return hits[rows].sum() / max(whole[rows].sum(), 1)

    low, high = interval(len(hits), share, draws=200) if len(hits) else (None, None)
    return Row(STAGE, dataset, tool, measure, share(np.arange(len(hits))), "share", low, high)


def sketched(flats: Sequence[str], threshold: float) -> np.ndarray:
    """Groups as datasketch makes them: MinHash of the same 5-grams with its fast permutations and a fast hash, LSH,
    every candidate checked with its estimate. The same form of result as `group`."""
    grams = ([flat[at : at + GRAM].encode("utf-8", "replace") for at in range(len(flat) - GRAM + 1)] for flat in flats)
    hashes = MinHash.bulk(grams, num_perm=PERMUTATIONS, hashfunc=zlib.crc32)
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    links = []
    for number, one in enumerate(hashes):
        links += [(number, other) for other in index.query(one) if one.jaccard(hashes[other]) >= threshold]
        index.insert(number, one)
    roots = np.arange(len(flats))
    found = np.array(links, dtype=np.int64).reshape(-1, 2)
    merge(roots, found[:, 0], found[:, 1])
    return roots


def growth(count: int, repeats: int = 1) -> list[Row]:
    """CPU seconds and memory of `count` texts of about a hundred letters, a quarter of them copies; one more text."""
    texts = copies.slips(copies.short(count * 3 // 5, SEED), SEED)
    flats, days = [flatten(text) for text in texts.texts[:count]], texts.days[:count]
    name = f"{len(flats)} made texts"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, seconds = timed(lambda: group(flats, SEED), repeats)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, dated = timed(lambda: group(flats, SEED, days), repeats)
    index = Index.of(flats, SEED)
    asked = [flat[1:] for flat in flats[:: max(len(flats) // LOOKUPS, 1)]]
    _, looked = timed(lambda: [index.find(flat, flats) for flat in asked], repeats)
    rows = [
        Row(STAGE, name, OURS, "time", seconds, "CPU s", note=f"{np.mean([len(flat) for flat in flats]):.0f} letters"),
        Row(STAGE, name, OURS, "time, days known", dated, "CPU s"),
        Row(STAGE, name, OURS, "one more text", looked / len(asked) * 1_000, "CPU ms"),
    ]
    # a peak that was not passed tells nothing
    grown = [Row(STAGE, name, OURS, "extra memory", (after - before) / 1024, "MB")] if after > before else []
    return rows + grown


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__)
    parser.add_argument("--sets", type=Path, metavar="DIR", help="a folder of public sets of Indonesian texts")
    parser.add_argument("--million", action="store_true", help="also group a million texts")
    wanted = parser.parse_args()
    # the largest first: memory is told as what is added to the peak
    print(show([*(growth(MILLION) if wanted.million else ()), *run(wanted.sets)]))


if __name__ == "__main__":
    main()
