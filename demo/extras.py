"""Extras: sendings that are no plain wish: campaigns, opposite wishes, offence, advertising, personal data."""

from demo.cast import Part
from demo.dice import Dice
from demo.drawing import Drawer
from demo.spelling import Habits
from demo.tables import words
from demo.writing import Written, habits

ADVERTISING = 0.35
# Identity numbers begin with an impossible kecamatan and an impossible day, month and year.
IMPOSSIBLE = "337599999999"
PHONES = ("0812-0000-0000", "0813 0000 0000", "085700000000", "0856-0000-0000", "+62 812-0000-0000")


def campaign(part: Part, dice: Dice, drawer: Drawer) -> Written:
    """The campaign's text: as it stands, with changed spelling, with a line of one's own, or only its beginning."""
    facts = words("specials")["campaigns"][part.name]
    text, luck = " ".join(facts["text"]), dice.share()
    if luck < 0.2:
        text = Habits(dice, dice.pick((0.5, 0.9))).typed(text)
        text = text.casefold() if dice.chance(0.5) else text
    elif luck < 0.42:
        text = f"{text} {drawer.draw(facts['additions'], [])}"
    elif luck < 0.47:
        text = f"{facts['text'][0]} {drawer.draw(facts['additions'], [])}"
    if part.group == "community":
        text = f"{text} {facts['signed']}"
    kind = "objection" if part.name == "K1" else "proposal"
    return Written(text, kind, list(facts["themes"]), facts["points"])


def conflict(part: Part, dice: Dice, drawer: Drawer) -> Written:
    """One side of two that cannot both be done."""
    pair = next(pair for pair in words("specials")["conflicts"] if pair["name"] == part.name)
    text = drawer.draw(pair[part.side]["texts"], [])
    own = habits(part, dice)
    return Written(own.finished(own.typed(text)), "objection" if part.side == "other" else "proposal", [part.theme])


def offensive(part: Part, dice: Dice, drawer: Drawer) -> Written:
    """A swear word and a fair point beside it."""
    own = habits(part, dice)
    text = drawer.draw(words("specials")["offensive"][part.theme], [])
    return Written(own.finished(own.typed(text)), "objection", [part.theme])


def nothing(dice: Dice) -> tuple[Written, str]:
    """Advertising, or somebody who tries the form; and the flag of it."""
    table = words("specials")["nothing"]
    flag = "spam" if dice.chance(ADVERTISING) else "empty"
    return Written(dice.pick(table[flag]), "none", ["META-NONE"], 0), flag


def with_personal(text: str, dice: Dice) -> str:
    """The text and something that points to its writer; every number is an impossible one."""
    table = words("specials")["personal"]
    kind = dice.weighted({"phone": 34.0, "nik": 20.0, "home": 24.0, "health": 12.0, "plate": 5.0, "mail": 5.0})
    said = dice.pick(table[kind]).format(
        nik=f"{IMPOSSIBLE}{dice.below(10)}{dice.below(10)}{dice.below(10)}{dice.below(10)}",
        phone=dice.pick(PHONES),
    )
    return f"{text} {said}" if text[-1:] in ".!?" else f"{text}. {said}"
