"""The cast: who sends, of which theme, in which language and by which way, in the shares of `words/people.toml`."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from demo.dice import Dice, quota
from demo.tables import Ward, agencies, leading, themes, wards, words

BASE = 640
CAMPAIGNS = {"K1": 28, "K2": 15, "K3": 9}
PEOPLE = 520 / 640
DOUBLES, NOTHING, OFFENSIVE, PERSONAL, COMPLAINTS, SARCASM = 0.05, 0.03, 0.01, 0.04, 0.09, 0.02
PARAGRAPHS, PARAGRAPHS_ACADEMIC, VERDICTS = 0.12, 0.85, 1 / 3
NO_WARD, CONFLICT_PAIRS = 0.06, 6


@dataclass(slots=True, eq=False)
class Part:
    """One submission that is to be written: what is settled of it before its words."""

    group: str
    kind: str = "ordinary"
    theme: str = ""
    dimension: str = ""
    language: str = "colloquial"
    channel: str = "web"
    ward: Ward | None = None
    person: int = 0
    name: str = ""  # of the campaign or the conflict
    side: str = ""
    is_personal: bool = False
    has_paragraph: bool = False
    programme: str = ""
    verdict: str = ""
    organisation: str = ""
    original: "Part | None" = None
    rank: float = 0.5  # among its group by length: the shortest is near 0


def cast(dice: Dice, total: int) -> list[Part]:
    """Everybody who sends, `total` of them, in no order yet."""
    people = words("people")
    groups = quota(total, people["groups"])
    parts = _citizens(dice, total, groups["citizen"])
    for group in ("academic", "agency", "business", "community"):
        parts += _formal(dice, group, groups[group] - sum(p.group == group for p in parts))
    _settle_channels(dice, parts, total)
    _settle_languages(dice, [p for p in parts if p.group == "citizen"])
    _settle_people(dice, parts, total)
    _settle_wards(dice, parts)
    _mark(dice, parts, total)
    _rank(dice, parts)
    return parts


def _scaled(number: float, total: int) -> int:
    return max(1, round(number * total / BASE))


def _citizens(dice: Dice, total: int, number: int) -> list[Part]:
    """Those of the citizens, and of every campaign of more than one group the one community that joins."""
    fixed = _campaigns(total) + _conflicts(total)
    fixed += _of_table("offensive", _scaled(OFFENSIVE * BASE, total))
    empty = [Part("citizen", "nothing", "META-NONE", "GOV") for _ in range(_scaled(NOTHING * BASE, total))]
    citizens = [p for p in fixed if p.group == "citizen"]
    wanted = quota(number - len(empty), words("people")["dimensions"]["citizen"])
    left = Counter(wanted)
    left.subtract(p.dimension for p in citizens)
    doubles = _shares_of(_scaled(DOUBLES * BASE, total), +left)
    left.subtract(doubles)
    complaints = _of_themes(dice, "complaint", _complaining(_scaled(COMPLAINTS * BASE, total), +left))
    left.subtract(p.dimension for p in complaints)
    ordinary = _of_themes(dice, "ordinary", +left)
    for dimension, times in doubles.items():
        same = [p for p in ordinary if p.dimension == dimension]
        fixed += [Part("citizen", "double", p.theme, dimension, original=p) for p in dice.shuffled(same)[:times]]
    return fixed + empty + complaints + ordinary


def _shares_of(number: int, weights: Counter[str]) -> dict[str, int]:
    return quota(number, {dimension: float(weight) for dimension, weight in weights.items()})


def _complaining(number: int, left: Counter[str]) -> dict[str, int]:
    """Complaints of one spot, by the dimensions that have any."""
    able = {theme.split("-")[0] for theme, parts in themes().items() if parts.get("complaint")}
    return _shares_of(number, Counter({d: n for d, n in left.items() if d in able}))


def _of_themes(dice: Dice, kind: str, dimensions: dict[str, int] | Counter[str], group: str = "citizen") -> list[Part]:
    """So many of each dimension, shared out among its themes."""
    made = []
    for dimension, number in sorted(dimensions.items()):
        for theme, times in quota(number, theme_weights(dimension, kind, group)).items():
            made += [Part(group, kind, theme, dimension) for _ in range(times)]
    return dice.shuffled(made)


def theme_weights(dimension: str, kind: str, group: str) -> dict[str, float]:
    """How much the themes of a dimension are spoken of; what citizens ask of the consultation stands with GOV."""
    own = words("people")["themes" if group == "citizen" else "themes_formal"]
    part = "complaint" if kind == "complaint" else "problem"
    found = {t: float(own.get(t, 10)) for t, p in themes().items() if t.startswith(f"{dimension}-") and p.get(part)}
    if dimension == "GOV" and kind == "ordinary" and group == "citizen":
        found["META-PROCESS"] = float(own["META-PROCESS"])
    return found


def _campaigns(total: int) -> list[Part]:
    """K1 to K3; of the first two one community each sends the same text."""
    made = []
    for name, number in CAMPAIGNS.items():
        facts = words("specials")["campaigns"][name]
        times = max(2, round(number * total / BASE))
        one = [Part("citizen", "campaign", facts["themes"][0], facts["dimension"], name=name) for _ in range(times)]
        if name != "K3":
            one[-1].group = "community"
        made += one
    return made


def _conflicts(total: int) -> list[Part]:
    """Pairs of submissions that ask for opposite things."""
    made = []
    pairs = words("specials")["conflicts"]
    for n in range(max(2, round(CONFLICT_PAIRS * min(total, 10 * BASE) / BASE))):
        pair = pairs[n % len(pairs)]
        for side in ("one", "other"):
            theme = pair[side]["theme"]
            made.append(Part("citizen", "conflict", theme, theme.split("-")[0], name=pair["name"], side=side))
    return made


def _of_table(kind: str, number: int) -> list[Part]:
    """So many that say what one table of `specials.toml` has, shared out among its themes."""
    found = list(words("specials")[kind])
    return [Part("citizen", kind, (t := found[n % len(found)]), t.split("-")[0]) for n in range(number)]


def _formal(dice: Dice, group: str, number: int) -> list[Part]:
    """Academics, agencies, business and communities."""
    dimensions = quota(number, words("people")["dimensions"][group])
    made = _of_themes(dice, "ordinary", dimensions, group)
    for part in made[: round(number * VERDICTS)] if group == "agency" else []:
        _judge(dice, part)
    return made


def _judge(dice: Dice, part: Part) -> None:
    """Let an agency say what should become of one of the old programmes."""
    table = words("people")["programmes"]
    same = [code for code, theme in table.items() if theme.startswith(part.dimension)]
    part.kind, part.programme = "verdict", dice.pick(same or list(table))
    part.theme = table[part.programme]
    part.dimension = part.theme.split("-")[0]
    part.verdict = dice.weighted({"keep": 4.0, "adapt": 4.0, "merge": 2.0, "drop": 1.5})


def _settle_channels(dice: Dice, parts: list[Part], total: int) -> None:
    people = words("people")
    left = Counter(quota(total, people["channels"]))
    for group in ("academic", "agency", "business", "community"):
        some = [p for p in parts if p.group == group]
        ways = [w for way, times in quota(len(some), people[f"channels_{group}"]).items() for w in [way] * times]
        for part, way in zip(some, dice.shuffled(ways), strict=True):
            part.channel = way
    left.subtract(p.channel for p in parts if p.group != "citizen")
    citizens = [p for p in parts if p.group == "citizen"]
    on_web = [p for p in citizens if p.kind in ("double", "nothing", "offensive") or p.name in ("K2", "K3")]
    on_web += [p.original for p in on_web if p.original]
    left["web"] -= len(set(on_web))
    sent = set(on_web)
    rest = [p for p in citizens if p not in sent]
    ways = [way for way, times in left.items() for _ in range(max(0, times))]
    for part, way in zip(rest, dice.shuffled((ways + ["web"] * len(rest))[: len(rest)]), strict=True):
        part.channel = way


def _settle_languages(dice: Dice, citizens: list[Part]) -> None:
    """Languages in their shares of all citizens; what is sent by many at once is Indonesian."""
    number = quota(len(citizens), words("people")["languages"])
    number["formal"] = max(0, number["formal"] - sum(p.name == "K1" for p in citizens))
    free = dice.shuffled(p for p in citizens if p.kind == "ordinary" and p.theme != "META-PROCESS")
    at = 0
    for language in ("formal", "mixed", "javanese", "english"):
        for part in free[at : at + number[language]]:
            part.language = language
        at += number[language]
    able = [p for p in free[at:] if p.theme in words("specials")["sarcasm"]]
    for part in able[: round(SARCASM * len(citizens))]:
        part.kind = "sarcasm"


def _settle_people(dice: Dice, parts: list[Part], total: int) -> None:
    """Fewer people than submissions: some send twice by mistake, some come back with another wish."""
    number = round(total * PEOPLE)
    again = total - number - sum(p.kind == "double" for p in parts)
    free = dice.shuffled(p for p in parts if p.group == "citizen" and p.kind in ("ordinary", "complaint"))
    again = max(0, min(again, len(free) // 2))
    for person, part in enumerate((p for p in parts if p.kind != "double"), start=1):
        part.person = person
    for later, first in zip(free[:again], free[again:], strict=False):
        later.person = first.person
    for part in parts:
        if part.original:
            part.person = part.original.person


def _settle_wards(dice: Dice, parts: list[Part]) -> None:
    """A kelurahan for each citizen, the same for one person; universities and agencies speak of the whole city."""
    of_person: dict[int, Ward | None] = {}
    for part in parts:
        if part.group in ("academic", "agency"):
            continue
        if part.person not in of_person:
            is_named = part.kind != "nothing" and not dice.chance(NO_WARD if part.group == "citizen" else 0.5)
            of_person[part.person] = _ward(dice, part) if is_named else None
        part.ward = of_person[part.person]


def _ward(dice: Dice, part: Part) -> Ward:
    twice: dict[str, Any] = words("people")["twice"]
    more = {name for key in (part.dimension, part.theme) for name in twice.get(key, ())}
    return dice.weighted({ward: 2.0 if ward.name in more else 1.0 for ward in wards()})


def _rank(dice: Dice, parts: list[Part]) -> None:
    """Even ranks by length within a group, so that a small group has long and short texts too."""
    for group in words("people")["groups"]:
        some = [p for p in parts if p.group == group and p.kind in ("ordinary", "complaint", "verdict")]
        for n, part in enumerate(dice.shuffled(some)):
            part.rank = (n + 0.5) / len(some)


def _mark(dice: Dice, parts: list[Part], total: int) -> None:
    """Who names a paragraph, who tells of themselves, and for which house somebody speaks."""
    academics = [p for p in parts if p.group == "academic"]
    named = academics[: round(len(academics) * PARAGRAPHS_ACADEMIC)]
    # a campaign names its own; the rest of the share falls on all others
    others = [p for p in parts if p.kind == "ordinary" and p.group != "academic"]
    others = [p for p in others if p.language in ("colloquial", "formal")]
    already = sum(p.name == "K1" for p in parts) + len(named)
    named += dice.shuffled(others)[: max(0, round(total * PARAGRAPHS) - already)]
    for part in named:
        part.has_paragraph = True
    free = dice.shuffled(p for p in parts if p.group == "citizen" and p.kind in ("ordinary", "complaint"))
    for part in free[: round(total * PERSONAL)]:
        part.is_personal = True
    for n, part in enumerate(p for p in parts if p.group == "agency"):
        part.organisation = leading(part.programme) or agencies()[n % len(agencies())]
    for part in parts:
        if part.group in ("academic", "business", "community"):
            houses = words("voices")["organisations"][part.group]
            part.organisation = dice.pick([name for name, dims in houses.items() if part.dimension in dims])
