"""Alignment on the set of drafts: right states and places, comments accounted for, and what its confidence is worth."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.alignment import SURE, Alignment, Pair, align
from benchmarks.drafts import check
from benchmarks.drafts.beside import by_equal_text, by_number
from benchmarks.drafts.check import Draft, Label
from benchmarks.rows import Row, interval, show

Aligner = Callable[[Sequence[str], Sequence[str]], Alignment]
TOOLS: dict[str, Aligner] = {"ours": align, "equal text": by_equal_text, "number of the paragraph": by_number}


@dataclass(frozen=True, slots=True)
class Judged:
    """One old paragraph: what the label says and what was found."""

    draft: str
    label: Label
    found: Pair

    @property
    def state(self) -> bool:
        return self.found.state == self.label.state

    @property
    def whole(self) -> bool:
        return self.state and set(self.found.new) == set(self.label.new)

    @property
    def sure(self) -> bool:
        return self.found.confidence >= SURE


def judge(draft: Draft, found: Alignment) -> list[Judged]:
    """Each old paragraph beside its label; ValueError where the alignment does not name each exactly once."""
    places = [pair.old for pair in found.pairs]
    if places != list(range(len(draft.old))):
        raise ValueError(f"{draft.name}: pairs of {places}, not of each old paragraph in order")
    return [Judged(draft.name, draft.fates[pair.old], pair) for pair in found.pairs]


def accounted(comments: Sequence[int], found: Alignment, size: int) -> list[bool]:
    """Whether each comment, given by its old paragraph, stands in one place: in the new text, or as removed."""
    places: dict[int, list[int | None]] = {}
    for pair in found.pairs:
        places.setdefault(pair.old, []).append(None if pair.state == "removed" else pair.main)
    return [len(own := places.get(comment, [])) == 1 and (own[0] is None or 0 <= own[0] < size) for comment in comments]


def run(sets: Path | None = None, parts: Sequence[str] = ("tune", "test", "")) -> list[Row]:
    """Measure ours on each part ("" is the whole set), and what needs no method beside it on the whole.

    The set is in the project, so `sets` is not read.
    """
    drafts = check.read()
    rows: list[Row] = []
    for part in parts:
        own = [draft for draft in drafts if part in ("", draft.part)]
        rows += _rows(own, part, "ours", kinds=not part)
    for tool in TOOLS:
        if tool != "ours" and "" in parts:
            rows += _rows(drafts, "", tool, kinds=False)
    return rows


def _rows(drafts: Sequence[Draft], part: str, tool: str, *, kinds: bool) -> list[Row]:
    found = [TOOLS[tool](draft.old, draft.new) for draft in drafts]
    told = [one for draft, own in zip(drafts, found, strict=True) for one in judge(draft, own)]
    added = [place in own.added for draft, own in zip(drafts, found, strict=True) for place in draft.added]
    kept = [
        one
        for draft, own in zip(drafts, found, strict=True)
        for one in accounted(range(len(draft.old)), own, len(draft.new))
    ]
    done = [one for one in told if one.label.operation is not None]
    measured = [
        ("right states", [one.state for one in told]),
        ("right states and places", [one.whole for one in told]),
        ("right states where something was done", [one.state for one in done]),
        ("right states and places where something was done", [one.whole for one in done]),
        ("added paragraphs found", added),
        ("comments accounted for", kept),
    ]
    if tool == "ours":
        measured += [
            (f"sure, confidence >= {SURE}", [one.sure for one in told]),
            ("right states of the sure", [one.state for one in told if one.sure]),
            ("right states of the unsure", [one.state for one in told if not one.sure]),
            ("wrong states that are unsure", [not one.sure for one in told if not one.state]),
        ]
    if kinds:
        measured += [(f"right states, {kind}", hits) for kind, hits in _grouped((o.label.kind, o.state) for o in told)]
        measured += [
            (f"right states, {level}", hits) for level, hits in _grouped((o.label.difficulty, o.state) for o in done)
        ]
    name = f"drafts ({part}, {len(drafts)} pairs)" if part else f"drafts ({len(drafts)} pairs)"
    return [_share(name, tool, what, hits) for what, hits in measured if hits]


def _grouped(told: Iterable[tuple[str, bool]]) -> list[tuple[str, list[bool]]]:
    found: dict[str, list[bool]] = {}
    for name, hit in told:
        found.setdefault(name, []).append(hit)
    return sorted(found.items())


def _share(name: str, tool: str, what: str, hits: Sequence[bool]) -> Row:
    said = np.array(hits, dtype=float)
    mixed = 0 < said.mean() < 1  # else a draw with replacement can only repeat the figure
    low, high = interval(len(said), lambda rows: float(said[rows].mean())) if mixed else (None, None)
    return Row("drafts", name, tool, what, float(said.mean()), "share", low, high, f"of {len(hits)}")


def wrong(parts: Sequence[str] = ("tune",)) -> list[str]:
    """One line for each paragraph with a wrong state or place; of the test part only on purpose."""
    drafts = [draft for draft in check.read() if draft.part in parts]
    return [
        f"{one.draft} {one.found.old} {one.label.kind} ({one.label.difficulty}): {one.label.state} {one.label.new}, "
        f"found {one.found.state} {one.found.new}, similarity {one.found.similarity:.2f}, "
        f"confidence {one.found.confidence:.2f}"
        for draft in drafts
        for one in judge(draft, align(draft.old, draft.new))
        if not one.whole
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or with --wrong what the alignment missed; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks drafts", description=__doc__)
    parser.add_argument("--part", choices=("tune", "test"), help="this part alone (both, and the whole set)")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong (of the tune part if none is named)")
    given = parser.parse_args(arguments)
    if given.wrong:
        print("\n".join(wrong((given.part or "tune",))))
    else:
        print(show(run(parts=(given.part,) if given.part else ("tune", "test", ""))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
