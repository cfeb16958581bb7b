"""Offices: what universities, agencies, businesses and communities write, in full sentences and at length."""

from demo.cast import Part
from demo.dice import Dice, length
from demo.drawing import Drawer
from demo.spelling import Habits
from demo.tables import programmes, themes, words
from demo.writing import Pen, Written, other

LENGTHS = {"academic": (64, 205, 420), "agency": (45, 85, 160), "business": (30, 70, 140), "community": (30, 70, 140)}
PLAIN = {"business": 0.45, "community": 0.7}  # how many write as they speak
DRAFT = 0.3  # of the academics' comments on a paragraph also speak of how it is written


def formal(part: Part, dice: Dice, drawer: Drawer, paragraph: str) -> Written:
    """What somebody writes who writes for a house."""
    pen = Pen(part, dice, drawer, Habits(dice, 0.0))
    wished, found = length(part.rank, *LENGTHS[part.group]), [part.theme]
    if part.kind == "verdict":
        _verdict(pen)
    if part.group in ("business", "community"):
        _house(pen)
    if paragraph and part.group == "academic" and dice.chance(DRAFT):
        _say(pen, "META-DRAFT", "formal_problem", paragraph)
        found.append("META-DRAFT")
        paragraph = ""
    if part.group in PLAIN and dice.chance(PLAIN[part.group]):
        return _plain(pen, wished)
    _theme(pen, part.theme, paragraph)
    while pen.length < 0.8 * wished:
        _go_on(pen, found)
    return Written(f"{'. '.join(pen.sentences)}.", _kind(part, dice), found, min(len(found) + 1, 4))


def _plain(pen: Pen, wished: int) -> Written:
    """As members say it, typed by their secretary."""
    own, voices = themes()[pen.part.theme], words("voices")
    pen.say(own["problem"])
    for step in ("proposal", "detail", "proposal", "detail", "problem", "proposal"):
        if pen.length < 0.8 * wished or len(pen.sentences) < 2:
            lead = pen.dice.pick(["usul kami ", "kami minta ", "mohon ", "sebaiknya "]) if step == "proposal" else ""
            pen.say(own[step], lead=lead)
    if pen.dice.chance(0.4):
        pen.say(voices["formal"][pen.part.group])
    text = pen.habits.finished(". ".join(pen.sentences))
    return Written(text, "proposal", [pen.part.theme], 2)


def _kind(part: Part, dice: Dice) -> str:
    if part.kind == "verdict":
        return "support" if part.verdict == "keep" else "proposal"
    return dice.weighted({"proposal": 5.0, "problem": 2.0, "missing": 3.0 if part.group == "academic" else 0.0})


def _verdict(pen: Pen) -> None:
    some = words("voices")["verdicts"][pen.part.verdict]
    text = pen.drawer.draw(some, pen.used)
    pen.add(text.format(programme=programmes()[pen.part.programme]))


def _house(pen: Pen) -> None:
    if pen.dice.chance(0.35):
        pen.add(f"Kami dari {pen.part.organisation}")


def _theme(pen: Pen, theme: str, paragraph: str = "", bridge: str = "") -> None:
    """A theme: what is wrong, then what should be."""
    _say(pen, theme, "formal_problem", paragraph, bridge)
    _say(pen, theme, "formal_proposal")


def _say(pen: Pen, theme: str, kind: str, paragraph: str = "", bridge: str = "") -> None:
    formal = words("voices")["formal"]
    text = pen.drawer.draw(themes()[theme][kind], pen.used)
    pen.used.append(text)
    if kind == "formal_proposal":
        pen.add(pen.dice.pick(formal["leads"]) + _inside(text))
    elif paragraph and pen.dice.chance(0.6):
        pen.add(pen.dice.pick(formal["paragraph"]).format(paragraph=paragraph) + _inside(text))
    else:
        pen.add(bridge + (_inside(text) if bridge else text))


def _inside(text: str) -> str:
    """A sentence inside another; names and short forms keep their capitals."""
    first = text.split()[0]
    return text if first.isupper() or first in ("Kelurahan", "Naskah", "RTLH") else text[:1].lower() + text[1:]


def _go_on(pen: Pen, found: list[str]) -> None:
    """One sentence more: of the same theme while it has any, of experience, or of the next theme."""
    group, own, dice = pen.part.group, themes()[found[-1]], pen.dice
    # no text names more than four themes: the eye tires, and so does the reader
    left = [k for k in ("formal_problem", "formal_proposal") if any(text not in pen.used for text in own[k])]
    asides = [text for text in words("voices")["formal"][group] if text not in pen.used]
    if left and dice.chance(0.35):
        _say(pen, found[-1], dice.pick(left))
    elif asides and dice.chance(0.6):
        text = pen.drawer.draw(asides, pen.used)
        pen.used.append(text)
        pen.add(text)
    elif len(found) < 4:
        found.append(_next(pen, found))
        _theme(pen, found[-1], bridge=dice.pick(words("voices")["formal"]["also"]))
    elif left:
        _say(pen, found[-1], left[0])
    elif asides:
        pen.used.append(asides[0])
        pen.add(asides[0])
    else:
        found.append(_next(pen, found))
        _theme(pen, found[-1])


def _next(pen: Pen, found: list[str]) -> str:
    while (theme := other(pen.dice, pen.part.theme)) in found:
        pass
    return theme
