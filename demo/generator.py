"""The generator: as many submissions as a demonstration needs, the same for the same seed to the last byte."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from demo import extras, offices, writing
from demo.cast import NOTHING, Part, cast
from demo.dice import Dice
from demo.drawing import Drawer
from demo.moments import Calendar
from demo.tables import words

COLUMNS = (
    "id group channel language kecamatan kelurahan dimension element digital condition_1_4 importance_1_4 text "
    "paragraph_ref proposed_text programme_ref programme_verdict evidence_ref rpjmd_mission received_at "
    "expected_themes expected_type expected_sentiment expected_flags expected_points expected_route expected_register "
    "expected_person expected_organisation"
).split()
NO_RATING, MISSION, EVIDENCE = 0.08, 0.3, 0.35
BAD, MIDDLING, GOOD = {1: 56.0, 2: 36.0, 3: 8.0}, {2: 58.0, 1: 26.0, 3: 16.0}, {3: 62.0, 4: 30.0, 2: 8.0}
CONDITIONS = {"support": GOOD, "proposal": MIDDLING, "question": MIDDLING, "missing": MIDDLING}
SENTIMENTS = {"none": "na", "support": "positive", "proposal": "neutral", "question": "neutral", "missing": "neutral"}
LANGUAGES = {"mixed": "id-jv", "javanese": "jv", "english": "en"}
Row = dict[str, str]


def rows(size: str, seed: int, opens: date, closes: date, code: str = "D") -> list[Row]:
    """The submissions of one round, in the order in which they came."""
    dice, calendar = Dice(seed), Calendar(opens, closes)
    drawer = Drawer(dice)
    made: dict[int, tuple[datetime, Row]] = {}
    parts = cast(dice, words("people")["sizes"][size])
    for part in parts:
        if part.original is None:
            made[id(part)] = _row(part, dice, drawer, calendar)
    sent = [*made.values()]
    for part in parts:
        if part.original is not None:
            sent.append(_again(made[id(part.original)], dice, calendar))
    sent.sort(key=lambda pair: (pair[0], pair[1]["text"]))
    return _numbered([row for _, row in sent], code)


def write(path: Path, some: Iterable[Row]) -> None:
    """Into a CSV file, as the import takes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(some)


def _row(part: Part, dice: Dice, drawer: Drawer, calendar: Calendar) -> tuple[datetime, Row]:
    paragraph = _paragraph(part, dice)
    written, flags = _written(part, dice, drawer, paragraph)
    if part.is_personal:
        written.text = extras.with_personal(written.text, dice)
        flags.append("pii")
    moment = calendar.moment(dice, part.channel, part.dimension)
    row = dict.fromkeys(COLUMNS, "") | {
        "group": part.group,
        "channel": part.channel,
        "language": LANGUAGES.get(part.language, "id"),
        "kecamatan": part.ward.district if part.ward else "",
        "kelurahan": part.ward.name if part.ward else "",
        "dimension": part.dimension,
        "text": written.text,
        "paragraph_ref": paragraph,
        "programme_ref": part.programme,
        "programme_verdict": part.verdict,
        "expected_themes": "|".join(dict.fromkeys(written.themes)),
        "expected_type": "problem" if written.kind == "sarcasm" else written.kind,
        "expected_sentiment": SENTIMENTS.get(written.kind, "negative"),
        "expected_flags": "|".join(flags),
        "expected_points": str(written.points),
        "expected_route": _route(part),
        "expected_register": part.language if part.group == "citizen" else "formal",
        "expected_person": f"P-{part.person:05d}",
        "expected_organisation": part.organisation,
        "received_at": moment.isoformat(),
    }
    return moment, row | _ratings(part, written, dice) | _expertise(part, dice)


def _written(part: Part, dice: Dice, drawer: Drawer, paragraph: str) -> tuple[writing.Written, list[str]]:
    """The words of a submission, and what is to be known of them."""
    if part.kind == "nothing":
        written, flag = extras.nothing(dice)
        return written, [flag]
    if part.kind == "campaign":
        return extras.campaign(part, dice, drawer), [f"campaign:{part.name}"]
    if part.kind == "conflict":
        return extras.conflict(part, dice, drawer), [f"conflict:{part.name}"]
    if part.kind == "offensive":
        return extras.offensive(part, dice, drawer), ["offensive"]
    if part.group != "citizen":
        return offices.formal(part, dice, drawer, paragraph), []
    written = writing.citizen(part, dice, drawer)
    return written, {"complaint": ["lapor"], "sarcasm": ["sarcasm"]}.get(part.kind, [])[:]


def _paragraph(part: Part, dice: Dice) -> str:
    if part.kind == "campaign":
        return str(words("specials")["campaigns"][part.name]["paragraph"])
    return dice.pick(words("people")["paragraphs"].get(part.theme, [""])) if part.has_paragraph else ""


def _ratings(part: Part, written: writing.Written, dice: Dice) -> Row:
    if part.kind == "nothing" or dice.chance((NO_RATING - NOTHING) / (1 - NOTHING)):
        return {}
    scale = CONDITIONS.get(written.kind, BAD)
    return {
        "condition_1_4": str(dice.weighted(scale)),
        "importance_1_4": str(dice.weighted({4: 64.0, 3: 28.0, 2: 7.0, 1: 1.0})),
    }


def _expertise(part: Part, dice: Dice) -> Row:
    """What universities and agencies add: element, nature, mission, reference, a proposed wording."""
    if part.group not in ("academic", "agency"):
        return {}
    lists, row = words("people")["elements"], {}
    row["element"] = next((e for e in ("superstructure", "structure") if part.theme in lists[e]), "infrastructure")
    row["digital"] = next((n for n in ("digital", "both") if part.theme in lists[n]), "non_digital")
    if part.group == "agency" or dice.chance(MISSION):
        row["rpjmd_mission"] = str(words("people")["missions"][part.dimension])
    if part.group == "academic" and dice.chance(EVIDENCE):
        row["evidence_ref"] = f"doi:10.0000/contoh-{dice.below(90) + 10}"
    return row


def _route(part: Part) -> str:
    return {"complaint": "lapor", "nothing": "moderate", "offensive": "moderate"}.get(part.kind, "matrix")


def _again(first: tuple[datetime, Row], dice: Dice, calendar: Calendar) -> tuple[datetime, Row]:
    """The same submission a moment later: the button was pressed twice."""
    moment = first[0] + timedelta(seconds=4 + dice.below(240))
    flags = "|".join(filter(None, [first[1]["expected_flags"], "duplicate"]))
    return moment, first[1] | {"expected_flags": flags, "received_at": moment.isoformat()}


def _numbered(some: list[Row], code: str) -> list[Row]:
    """With their ids; what was sent twice names the first by its id."""
    seen: dict[tuple[str, str], str] = {}
    for n, row in enumerate(some, start=1):
        row["id"] = f"{code}-{n:05d}"
        first = seen.setdefault((row["expected_person"], row["text"]), row["id"])
        row["expected_flags"] = "|".join(
            f"duplicate:{first}" if flag == "duplicate" else flag for flag in row["expected_flags"].split("|")
        )
    return some
