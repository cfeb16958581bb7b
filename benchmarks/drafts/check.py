"""Whether the set of drafts keeps its own rules: `python -m benchmarks.drafts.check` prints its faults or counts."""

import csv
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = ("old", "new", "state", "operation", "kind", "difficulty")
DIFFICULTIES = ("easy", "medium", "hard")
# What an operation may leave behind; nothing is done to an untouched paragraph.
KINDS = {
    "untouched": "same",
    "renumbered": "same",
    "remarked": "same",
    "renoted": "same",
    "respaced": "same",
    "light": "edited",
    "medium": "edited",
    "heavy": "edited",
    "shortened": "edited",
    "extended": "edited",
    "swapped": "moved",
    "moved-near": "moved",
    "moved-far": "moved",
    "moved-edited": "moved",
    "block-moved": "moved",
    "split-2": "split",
    "split-3": "split",
    "merged-2": "merged",
    "merged-3": "merged",
    "removed": "removed",
    "removed-block": "removed",
    "inserted": "added",
    "inserted-block": "added",
}
REPLACED = "replaced"  # one paragraph removed and another, of another matter, written in its place
PIECES = {"split-2": 2, "split-3": 3, "merged-2": 2, "merged-3": 3}
LEAST = {"pairs": 8, "operations": 180, "fewest paragraphs of a draft": 20, "most paragraphs of a draft": 40}
TEST_SHARE, SEED = 3, 1
BLANK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """What became of one old paragraph; with `old` None, a new paragraph that has no ancestor (state `added`)."""

    old: int | None
    new: tuple[int, ...]
    state: str
    operation: int | None
    kind: str
    difficulty: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Two versions of one draft, a label for each old paragraph and each added one, and the part it belongs to."""

    name: str
    part: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    labels: tuple[Label, ...]

    @property
    def fates(self) -> dict[int, Label]:
        return {label.old: label for label in self.labels if label.old is not None}

    @property
    def added(self) -> tuple[int, ...]:
        return tuple(place for label in self.labels if label.old is None for place in label.new)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which blank lines separate.

    >>> paragraphs("Pasal 1\\n\\nSetiap warga\\nberhak.\\n")
    ('Pasal 1', 'Setiap warga\\nberhak.')
    """
    return tuple(piece for piece in BLANK.split(text.strip()) if piece)


def read(folder: Path = HERE) -> list[Draft]:
    """The set as it stands in a folder. Raises ValueError where a file has other columns than the README says."""
    with (folder / "parts.csv").open(encoding="utf-8", newline="") as file:
        part = {row["pair"]: row["part"] for row in csv.DictReader(file)}
    return [_draft(folder / name, part[name]) for name in sorted(part)]


def _draft(folder: Path, part: str) -> Draft:
    old, new = (paragraphs((folder / name).read_text("utf-8")) for name in ("old.txt", "new.txt"))
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{folder.name}/labels.csv: columns {rows.fieldnames}, not {list(COLUMNS)}")
        labels = tuple(_label(row) for row in rows)
    return Draft(folder.name, part, old, new, labels)


def _label(row: Mapping[str, str]) -> Label:
    return Label(
        int(row["old"]) if row["old"] else None,
        tuple(int(place) for place in row["new"].split()),
        row["state"],
        int(row["operation"]) if row["operation"] else None,
        row["kind"],
        row["difficulty"],
    )


def operations(draft: Draft) -> dict[int, list[Label]]:
    """The labels of each operation: a merging of three holds three of them, a moved block as many as it has."""
    found: dict[int, list[Label]] = defaultdict(list)
    for label in draft.labels:
        if label.operation is not None:
            found[label.operation].append(label)
    return dict(found)


def faults(drafts: Sequence[Draft]) -> list[str]:
    """Every broken rule, one sentence each."""
    return [
        *(sentence for draft in drafts for sentence in _faults(draft)),
        *_apart(drafts),
        *(f"{what}: {found}, at least {LEAST[what]} wanted" for what, found in _short(drafts)),
    ]


def _short(drafts: Sequence[Draft]) -> Iterator[tuple[str, int]]:
    counted = counts(drafts)
    return ((what, counted[what]) for what in ("pairs", "operations") if counted[what] < LEAST[what])


def _faults(draft: Draft) -> Iterator[str]:
    name = draft.name
    for which, size in (("old", len(draft.old)), ("new", len(draft.new))):
        if not LEAST["fewest paragraphs of a draft"] <= size <= LEAST["most paragraphs of a draft"]:
            yield f"{name}: {size} {which} paragraphs"
    times = Counter(label.old for label in draft.labels if label.old is not None)
    yield from (
        f"{name}: old {place} has {times[place]} labels" for place in range(len(draft.old)) if times[place] != 1
    )
    yield from (f"{name}: old {place} does not exist" for place in sorted(times) if not place < len(draft.old))
    descended = {place for label in draft.fates.values() for place in label.new}
    added = Counter(draft.added)
    for place in range(len(draft.new)):
        if (place in descended) + added[place] != 1:
            yield f"{name}: new {place} is {'twice' if added[place] else 'not'} accounted for"
    yield from (
        f"{name}: new {place} does not exist" for place in sorted(descended | set(added)) if place >= len(draft.new)
    )
    for label in draft.labels:
        yield from (f"{name}: old {label.old}, new {label.new}: {fault}" for fault in _label_faults(label))
    yield from (f"{name}: operation {n}: {fault}" for n, one in operations(draft).items() for fault in _whole(one))
    yield from _untrue(draft)


def _label_faults(label: Label) -> Iterator[str]:
    expected = {"added" if label.old is None else "removed"} if label.kind == REPLACED else {KINDS.get(label.kind)}
    if label.state not in expected:
        yield f"{label.kind} is not {label.state}"
    if (label.state == "added") != (label.old is None):
        yield "only what is added has no old paragraph"
    if label.kind == "untouched":
        if label.operation is not None or label.difficulty:
            yield "an untouched paragraph belongs to no operation"
    elif label.operation is None or label.difficulty not in DIFFICULTIES:
        yield "an operation has a number and a difficulty"
    wanted = {"removed": 0, "split": PIECES.get(label.kind)}.get(label.state, 1)
    if len(label.new) != wanted:
        yield f"{label.state} into {len(label.new)}"


def _whole(labels: Sequence[Label]) -> Iterator[str]:
    kind = labels[0].kind
    if kind.startswith("merged") and len(labels) != PIECES.get(kind):
        yield f"{kind} of {len(labels)}"
    if kind.startswith("merged") and len({label.new for label in labels}) != 1:
        yield "merged into more than one"
    if kind == REPLACED and {label.state for label in labels} != {"removed", "added"}:
        yield "replaced is one removed and one added"


def _untrue(draft: Draft) -> Iterator[str]:
    """Labels that the texts themselves deny."""
    for place, label in draft.fates.items():
        if len(label.new) == 1 and place < len(draft.old) and label.new[0] < len(draft.new):
            equal = draft.old[place] == draft.new[label.new[0]]
            if label.kind == "untouched" and not equal:
                yield f"{draft.name}: old {place} is untouched, but its text differs"
            if label.state in ("edited", "merged") and equal:
                yield f"{draft.name}: old {place} is {label.state}, but its text is the same"
    stay = [label.new[0] for label in draft.fates.values() if label.state in ("same", "edited")]
    if stay != sorted(stay):
        yield f"{draft.name}: what did not move does not stand in its old order"


def _apart(drafts: Sequence[Draft]) -> Iterator[str]:
    """The rule by which a third of the pairs is kept apart."""
    order = sorted(drafts, key=lambda draft: hashlib.sha256(f"drafts {SEED}:{draft.name}".encode()).hexdigest())
    test = {draft.name for draft in order[: len(drafts) // TEST_SHARE]}
    for draft in drafts:
        said = "test" if draft.name in test else "tune"
        if draft.part != said:
            yield f"{draft.name}: part is {draft.part}, the rule says {said}"


def counts(drafts: Sequence[Draft]) -> dict[str, int]:
    """How large the set is: pairs, paragraphs, operations, and the operations of each kind."""
    done = [labels[0].kind for draft in drafts for labels in operations(draft).values()]
    return {
        "pairs": len(drafts),
        "old paragraphs": sum(len(draft.old) for draft in drafts),
        "operations": len(done),
        **dict(sorted(Counter(done).items())),
    }


def main(folder: Path = HERE) -> int:
    """Print the faults, or the counts where there are none; returns the exit code."""
    drafts = read(folder)
    found = faults(drafts)
    print("\n".join(found) if found else "\n".join(f"{what}: {count}" for what, count in counts(drafts).items()))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
