"""Whether the civic set keeps its own rules: `python -m benchmarks.civic.check` prints its faults, counts and kappa."""

import csv
import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from analysis.agreement import Agreement, kappa
from analysis.duplicates import flatten

HERE = Path(__file__).resolve().parent
PLAN = HERE.parent.parent / "plan"
Record = dict[str, str]

COLUMNS = {
    "texts.csv": ("id", "text", "language", "person", "group", "area", "created_at", "part", "twin"),
    "labels.csv": (
        "id",
        "theme",
        "second_theme",
        "types",
        "dimension",
        "second_dimension",
        "sentiment",
        "campaign",
        "duplicate_of",
        "personal",
    ),
    "themes.csv": ("code", "label", "description", "codebook"),
    "second.csv": ("id", "theme", "types", "dimension", "sentiment"),
}
LANGUAGES = ("id", "jv", "en", "mixed")
GROUPS = ("citizen", "academic", "agency", "business", "community", "media")
TYPES = ("problem", "proposal", "service_complaint", "question", "support", "objection")
SENTIMENTS = ("negative", "neutral", "positive", "mixed")
SHAPES = {
    "identity": re.compile(r"3375\d{2}(?:00|3[2-9]|40|7[2-9]|[89]\d)\d{8}"),
    "phone": re.compile(r"08\d\d-0000-0000"),
    "email": re.compile(r"[\w.]+@contoh\.example"),
    "account": re.compile(r"0{8,16}"),
    "plate": re.compile(r"[A-Z]{1,2} 0000 [A-Z]{1,3}"),
    "address": re.compile(r"RT \d\d(?: /)? RW \d\d"),
    "name": re.compile(r"(?:(?:Pak|Bu|Mbah) )?Fulan(?:ah)?(?: bin(?:ti)? Fulan)?"),
}
LOOKS_PERSONAL = re.compile(
    r"\d{10,}|\d{4}-\d{4}-\d{4}|\S+@[\w.]*\w|\bRT \d+|\b[A-Z]{1,2} \d{3,4} [A-Z]{1,3}\b|\bFulan\w*"
)
SPAN = re.compile(r"([a-z]+):(\d+)-(\d+)")
LEAST = {
    "texts of our own (no duplicates)": 480,
    "Javanese": 100,
    "English": 36,
    "mixed": 40,
    "with an Indonesian twin": 90,
}
SMALLEST_THEME, FREE_WORDS, LONGEST_WORDS = 3, 5, 90
CAMPAIGNS, CAMPAIGN_SIZE, BURST = 5, (8, 15), timedelta(days=3)
TEST_SHARE, SECOND_SHARE, SEED = 1 / 3, 1 / 5, 1


@dataclass(frozen=True, slots=True)
class Civic:
    """The five files: `texts`, `labels` and `second` by id, `themes` by code; a row is column -> text."""

    texts: dict[str, Record]
    labels: dict[str, Record]
    themes: dict[str, Record]
    second: dict[str, Record]


def read(folder: Path = HERE) -> Civic:
    """The set as it stands in a folder.

    Raises ValueError where a file has other columns than the README says or the same id twice.
    """
    return Civic(*(_keyed(folder / name, columns) for name, columns in COLUMNS.items()))


def _keyed(path: Path, columns: tuple[str, ...]) -> dict[str, Record]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"{path.name}: columns are {reader.fieldnames}, not {list(columns)}")
    keyed = {row[columns[0]]: row for row in rows}
    if len(keyed) != len(rows):
        raise ValueError(f"{path.name}: an id stands there twice")
    return keyed


def faults(civic: Civic) -> list[str]:
    """One sentence for each broken rule, in the order of the rules; empty where the set is sound.

    Texts without labels end the reading: every later rule looks up the one by the other.
    """
    return sorted(_same_ids(civic)) or [sentence for rule in RULES for sentence in rule(civic)]


def _same_ids(civic: Civic) -> Iterator[str]:
    for number in civic.texts.keys() ^ civic.labels.keys():
        yield f"{number}: stands in only one of texts.csv and labels.csv"


def _codes(civic: Civic) -> Iterator[str]:
    dimensions, areas = {"", *_plan("dimensions.csv")}, {"", *_plan("areas.csv")}
    allowed: dict[str, set[str]] = {
        "language": set(LANGUAGES),
        "group": set(GROUPS),
        "area": areas,
        "part": {"tune", "test"},
        "theme": set(civic.themes),
        "second_theme": {"", *civic.themes},
        "dimension": dimensions,
        "second_dimension": dimensions,
        "sentiment": set(SENTIMENTS),
    }
    for table in (civic.texts, civic.labels, civic.second):
        for number, row in table.items():
            for column in allowed.keys() & row.keys():
                if row[column] not in allowed[column]:
                    yield f"{number}: {column} {row[column]!r} is no code"
            for kind in _several(row.get("types", "")):
                if kind not in TYPES:
                    yield f"{number}: type {kind!r} is no code"
    known = _plan("themes.csv")
    for code, theme in civic.themes.items():
        for target in _several(theme["codebook"]):
            if target not in known:
                yield f"theme {code}: codebook {target!r} is not in the plan"


def _plan(name: str) -> set[str]:
    with (PLAN / name).open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def _several(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _texts(civic: Civic) -> Iterator[str]:
    for number, row in civic.texts.items():
        if not row["text"].strip() or not row["person"]:
            yield f"{number}: no text or no person"
        if len(row["text"].split()) > LONGEST_WORDS:
            yield f"{number}: longer than {LONGEST_WORDS} words"
        try:
            datetime.fromisoformat(row["created_at"])
        except ValueError:
            yield f"{number}: created_at {row['created_at']!r} is no time"


def spans(cell: str) -> list[tuple[str, int, int]]:
    """The kind, start and end of each span of a `personal` cell.

    Raises ValueError for a cell that is written otherwise.

    >>> spans("phone:3-17|name:20-25")
    [('phone', 3, 17), ('name', 20, 25)]
    """
    found = []
    for part in _several(cell):
        match = SPAN.fullmatch(part)
        if not match:
            raise ValueError(f"{part!r} is no kind:start-end")
        found.append((match[1], int(match[2]), int(match[3])))
    return found


def _personal(civic: Civic) -> Iterator[str]:
    for number, label in civic.labels.items():
        text, covered = civic.texts[number]["text"], set[int]()
        for kind, start, end in spans(label["personal"]):
            if kind not in SHAPES or not SHAPES[kind].fullmatch(text[start:end]):
                yield f"{number}: span {kind}:{start}-{end} covers {text[start:end]!r}"
            covered.update(range(start, end))
        for match in LOOKS_PERSONAL.finditer(text):
            if not covered.issuperset(range(*match.span())):
                yield f"{number}: {match.group()!r} looks personal and has no span"


def _twins(civic: Civic) -> Iterator[str]:
    for number, row in civic.texts.items():
        if not row["twin"]:
            continue
        original = civic.texts.get(row["twin"])
        if original is None:
            yield f"{number}: twin {row['twin']} does not exist"
        elif original["language"] != "id" or row["language"] not in {"jv", "mixed"}:
            yield f"{number}: a twin is Javanese or mixed, and its original Indonesian"
        elif civic.labels[number]["theme"] != civic.labels[row["twin"]]["theme"]:
            yield f"{number}: has another theme than its twin {row['twin']}"


def _repeats(civic: Civic) -> Iterator[str]:
    equal = defaultdict(list)
    for number, row in civic.texts.items():
        equal[flatten(row["text"]) or row["text"]].append(number)
    for text, numbers in equal.items():
        free = len(text.split()) <= FREE_WORDS and len({civic.texts[n]["person"] for n in numbers}) == len(numbers)
        roots = {civic.labels[n]["duplicate_of"] or n for n in numbers if n in civic.labels}
        if len(roots) > 1 and not free:
            yield f"{', '.join(numbers)}: the same text and no duplicate_of"
    for number, label in civic.labels.items():
        target = label["duplicate_of"]
        if target and (target not in civic.labels or civic.labels[target]["duplicate_of"]):
            yield f"{number}: duplicate_of {target} is missing or itself a duplicate"


def _campaigns(civic: Civic) -> Iterator[str]:
    members = defaultdict(list)
    for number, label in civic.labels.items():
        if label["campaign"]:
            members[label["campaign"]].append(civic.texts[number])
    if len(members) != CAMPAIGNS:
        yield f"{len(members)} campaigns instead of {CAMPAIGNS}"
    for code, rows in members.items():
        times = sorted(datetime.fromisoformat(row["created_at"]) for row in rows)
        if not CAMPAIGN_SIZE[0] <= len(rows) <= CAMPAIGN_SIZE[1]:
            yield f"campaign {code}: {len(rows)} texts"
        if times[-1] - times[0] > BURST or len({row["person"] for row in rows}) != len(rows):
            yield f"campaign {code}: no burst of different people"


def parts(civic: Civic) -> dict[str, str]:
    """`tune` or `test` for each id, by the rule of the README.

    Texts joined by a twin, a duplicate, a campaign or equal words are one bundle, named by its smallest id. Bundles
    are sorted by the SHA-256 of "civic SEED:" and that name, and go to `test` until a third of the texts is there.
    """
    joined = bundles(civic)
    order = sorted(joined, key=lambda name: hashlib.sha256(f"civic {SEED}:{name}".encode()).hexdigest())
    wanted, found = round(len(civic.texts) * TEST_SHARE), {}
    for name in order:
        part = "test" if sum(p == "test" for p in found.values()) < wanted else "tune"
        found |= dict.fromkeys(joined[name], part)
    return found


def bundles(civic: Civic) -> dict[str, list[str]]:
    """Smallest id -> the ids that must stay together."""
    parent = {number: number for number in civic.texts}

    def root(number: str) -> str:
        while parent[number] != number:
            number = parent[number]
        return number

    first: dict[str, str] = {}
    for number, row in civic.texts.items():
        label = civic.labels[number]
        keys = [f"text {flatten(row['text']) or row['text']}", f"id {number}"]
        keys += [f"id {other}" for other in (row["twin"], label["duplicate_of"]) if other]
        keys += [f"campaign {label['campaign']}"] if label["campaign"] else []
        for key in keys:
            ends = sorted({root(number), root(first.setdefault(key, number))})
            parent[ends[-1]] = ends[0]
    found = defaultdict(list)
    for number in sorted(parent):
        found[root(number)].append(number)
    return dict(found)


def _split(civic: Civic) -> Iterator[str]:
    for number, part in parts(civic).items():
        if civic.texts[number]["part"] != part:
            yield f"{number}: part is {civic.texts[number]['part']}, the rule says {part}"


def sample(civic: Civic) -> list[str]:
    """The ids to label a second time: the fifth with the smallest SHA-256 of "civic second SEED:" and the id."""
    order = sorted(civic.texts, key=lambda number: hashlib.sha256(f"civic second {SEED}:{number}".encode()).hexdigest())
    return sorted(order[: round(len(order) * SECOND_SHARE)])


def _second(civic: Civic) -> Iterator[str]:
    for number in set(sample(civic)) ^ civic.second.keys():
        yield f"{number}: missing from second.csv, or there without being drawn"


def _sizes(civic: Civic) -> Iterator[str]:
    counted = counts(civic)
    for name, least in LEAST.items():
        if counted[name] < least:
            yield f"{name}: {counted[name]}, at least {least} wanted"
    sizes = Counter(label["theme"] for label in civic.labels.values())
    for code in civic.themes:
        if sizes[code] < SMALLEST_THEME:
            yield f"theme {code}: only {sizes[code]} texts"


RULES: tuple[Callable[[Civic], Iterator[str]], ...] = (
    _codes,
    _texts,
    _personal,
    _twins,
    _repeats,
    _campaigns,
    _split,
    _second,
    _sizes,
)


def counts(civic: Civic) -> dict[str, int]:
    """How many texts there are of each sort, in the order of the printed table."""
    texts, labels = civic.texts.values(), civic.labels.values()
    named = {"id": "Indonesian", "jv": "Javanese", "en": "English", "mixed": "mixed"}
    table = {"texts": len(texts), "texts of our own (no duplicates)": sum(not row["duplicate_of"] for row in labels)}
    table |= {named[code]: sum(row["language"] == code for row in texts) for code in LANGUAGES}
    table |= {
        "with an Indonesian twin": sum(bool(row["twin"]) for row in texts),
        "duplicates, equal or nearly": sum(bool(row["duplicate_of"]) for row in labels),
        "letters of a campaign": sum(bool(row["campaign"]) for row in labels),
        "with personal data": sum(bool(row["personal"]) for row in labels),
        "with a second theme": sum(bool(row["second_theme"]) for row in labels),
        "part test": sum(row["part"] == "test" for row in texts),
    }
    table |= {f"type {kind}": sum(kind in _several(row["types"]) for row in labels) for kind in TYPES}
    table |= {f"sentiment {name}": sum(row["sentiment"] == name for row in labels) for name in SENTIMENTS}
    for code in sorted({row["dimension"] for row in labels}):
        table[f"dimension {code or '(none)'}"] = sum(row["dimension"] == code for row in labels)
    return table


def agreement(civic: Civic) -> dict[str, Agreement]:
    """Cohen's kappa with its 95 % interval between the first and the second labelling; a type is a yes or a no."""
    both = [(civic.labels[number], row) for number, row in civic.second.items() if number in civic.labels]
    found = {
        column: kappa([one[column] for one, _ in both], [two[column] for _, two in both])
        for column in ("theme", "dimension", "sentiment")
    }
    for kind in TYPES:
        marks = [[str(kind in _several(row["types"])) for row in rows] for rows in zip(*both, strict=True)]
        found[f"type {kind}"] = kappa(*marks)
    return found


def table(civic: Civic) -> Iterator[str]:
    """The lines that are printed for a sound set."""
    counted = counts(civic)
    for name, count in counted.items():
        yield f"{name:36}{count:6}{count / counted['texts']:8.1%}"
    sizes = Counter(label["theme"] for label in civic.labels.values())
    ordered = sizes.most_common()
    yield f"{'themes':36}{len(civic.themes):6}  " + ", ".join(f"{code} {count}" for code, count in ordered)
    yield f"second labelling of {len(civic.second)} texts: kappa with its 95 % interval"
    for name, found in agreement(civic).items():
        yield f"{name:36}{found.value:6.2f}  {found.low:.2f} to {found.high:.2f}"


def main(folder: Path = HERE) -> int:
    """Print the faults (and end with 1), or the table (and end with 0)."""
    civic = read(folder)
    found = faults(civic)
    print("\n".join(found or table(civic)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
