"""Writing: what a citizen says of a theme, put together until it is as long as people write."""

from dataclasses import dataclass, field

from demo.cast import Part, theme_weights
from demo.dice import Dice, length
from demo.drawing import Drawer, placed
from demo.spelling import Habits
from demo.tables import themes, words

CITIZEN = (15, 68, 230)
SALAAM, OPENER, CLOSER = 0.06, 0.12, 0.14
# What a long text goes on with, of one theme.
ORDER = ("problem", "detail", "proposal", "aside", "detail")
DONE = 0.8  # of the wished length


@dataclass(slots=True)
class Written:
    """A text and what it says."""

    text: str
    kind: str
    themes: list[str]
    points: int = 1


@dataclass(slots=True)
class Pen:
    """One text on its way: sentences, and the parts they were made of."""

    part: Part
    dice: Dice
    drawer: Drawer
    habits: Habits
    sentences: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    is_placed: bool = False

    @property
    def length(self) -> int:
        """Words so far."""
        return sum(len(sentence.split()) for sentence in self.sentences)

    def say(self, some: list[str], near: int = 0, lead: str = "") -> None:
        """One more sentence, of one of `some`."""
        text = self.drawer.draw(some, self.used, near)
        self.used.append(text)
        self.add(lead + placed(text, self.part.ward, self.dice, self.is_placed))
        self.is_placed = self.is_placed or "{kel}" in text

    def add(self, text: str) -> None:
        """A sentence as it stands, typed as this person types."""
        self.sentences.append(self.habits.typed(text))

    def joined(self) -> str:
        """The whole text."""
        text = self.sentences[0]
        for sentence in self.sentences[1:]:
            if text[-1] in ".!?,:":
                text += f" {sentence}"
            else:
                text += (", " if self.dice.chance(0.4) and len(sentence.split()) < 12 else ". ") + sentence
        return text


def citizen(part: Part, dice: Dice, drawer: Drawer) -> Written:
    """What one citizen writes."""
    if part.language == "english":
        return _english(part, dice, drawer)
    pen = Pen(part, dice, drawer, habits(part, dice))
    wished = length(part.rank, *CITIZEN)
    if part.kind == "complaint":
        written = _complaint(pen, wished)
    elif part.language == "formal":
        written = _formal(pen, wished)
    else:
        written = _spoken(pen, wished)
    frame = pen.habits.finished if part.kind == "sarcasm" else lambda text: _framed(pen, wished, text)
    written.text = frame(written.text)
    return written


def habits(part: Part, dice: Dice) -> Habits:
    """How this person types; officers and those who write formally type in full."""
    is_neat = part.channel in ("assisted", "letter", "musrenbang") or part.language == "formal"
    strength = 0.0 if is_neat or dice.chance(0.12) else dice.pick((0.35, 0.6, 0.85, 0.95))
    return Habits(dice, strength, part.language == "mixed")


def _english(part: Part, dice: Dice, drawer: Drawer) -> Written:
    own = themes()[part.theme]
    pen = Pen(part, dice, drawer, Habits(dice, 0.0))
    pen.say(own["en_problem"])
    if dice.chance(0.75):
        pen.say(own["en_proposal"])
    if dice.chance(0.5):
        pen.add(f"I live in {part.ward.name}" if part.ward else "I moved here for work")
    return Written(pen.habits.finished(". ".join(pen.sentences)), "problem", [part.theme])


def _complaint(pen: Pen, wished: int) -> Written:
    """One spot, one day: what belongs to the complaint channel."""
    pen.say(themes()[pen.part.theme]["complaint"])
    if wished < 18 and pen.dice.chance(0.7):
        pen.add(pen.dice.pick(["tolong dicek", "mohon segera", "kapan diperbaiki", "minta petugas datang"]))
    found = _lengthen(pen, wished)
    return Written(pen.joined(), "service_complaint", found, len(found))


def _formal(pen: Pen, wished: int) -> Written:
    """A citizen who writes as one writes to an office."""
    leads, theme, found = words("voices")["formal"]["citizen_leads"], pen.part.theme, [pen.part.theme]
    is_wish = wished <= 22 and pen.dice.chance(0.6)
    if not is_wish:
        pen.say(themes()[theme]["formal_problem"])
    if is_wish or wished > 22:
        pen.say(themes()[theme]["formal_proposal"], lead=pen.dice.pick(leads))
    while pen.length < DONE * wished and len(found) < 4:
        found.append(theme := other(pen.dice, theme))
        pen.say(themes()[theme]["formal_problem"])
        pen.say(themes()[theme]["formal_proposal"], lead=pen.dice.pick(leads))
    return Written(". ".join(pen.sentences), "proposal" if is_wish else "problem", found, len(found))


def _spoken(pen: Pen, wished: int) -> Written:
    part, own = pen.part, themes()[pen.part.theme]
    if part.kind == "sarcasm":
        pen.say(words("specials")["sarcasm"][part.theme])
        return Written(pen.joined(), "sarcasm", [part.theme])
    if part.language in ("mixed", "javanese"):
        return _javanese(pen, wished, own)
    kind = _kind(pen.dice, own)
    has_proposal = _begun(pen, wished, kind, own)
    found = _lengthen(pen, wished, has_proposal)
    return Written(_marked(pen), "problem" if kind == "both" else kind, found, len(found))


def _kind(dice: Dice, own: dict[str, list[str]]) -> str:
    always = ("problem", "both", "proposal")
    return dice.weighted({k: share for k, share in words("people")["kinds"].items() if k in always or k in own})


def _begun(pen: Pen, wished: int, kind: str, own: dict[str, list[str]]) -> bool:
    """The first words; returns whether a wish is among them."""
    if kind == "proposal":
        pen.say(own["proposal"], wished, lead=pen.dice.pick(words("voices")["leads_alone"]))
        return True
    if kind == "question":
        pen.say(own["question"])
        pen.sentences[-1] += "?" if pen.dice.chance(0.85) else ""
        return True
    pen.say(own["problem" if kind == "both" else kind], min(wished, 9))
    if kind == "both" and wished > 10:
        _proposal(pen, pen.part.theme, max(4, wished - pen.length))
        return True
    return False


def _lengthen(pen: Pen, wished: int, has_proposal: bool = False) -> list[str]:
    """Sentences of the writer's theme and, where the text is long, of others; returns the themes."""
    theme, found, at = pen.part.theme, [pen.part.theme], 1
    while pen.length < DONE * wished:
        step = ORDER[at % len(ORDER)]
        if at == len(ORDER):
            found.append(theme := other(pen.dice, theme))
            at, has_proposal = 0, False
            pen.say(themes()[theme]["problem"], lead=pen.dice.pick(words("voices")["bridges"]))
        elif step == "aside":
            pen.say(words("voices")["asides"] if pen.dice.chance(0.5) else themes()[theme]["detail"])
        elif step == "proposal" and not has_proposal:
            _proposal(pen, theme, 0)
            has_proposal = True
        else:
            pen.say(themes()[theme]["detail" if step == "proposal" else step])
        at += 1
    return list(dict.fromkeys(found))


def _proposal(pen: Pen, theme: str, near: int) -> None:
    pen.say(themes()[theme]["proposal"], near, lead=_lead(pen))


def _lead(pen: Pen) -> str:
    return pen.dice.pick(["mbok ya ", *words("voices")["leads"]])


def other(dice: Dice, theme: str) -> str:
    """Another theme that somebody who speaks of this one comes to: mostly of the same dimension."""
    dimension = theme.split("-")[0].replace("META", "GOV")
    if dice.chance(0.4):
        dimension = dice.weighted(words("people")["dimensions"]["citizen"])
    weights = {t: w for t, w in theme_weights(dimension, "other", "citizen").items() if t != theme}
    return dice.weighted(weights)


def _javanese(pen: Pen, wished: int, own: dict[str, list[str]]) -> Written:
    """All Javanese, or Javanese and Indonesian in one breath."""
    is_all, found = pen.part.language == "javanese", [pen.part.theme]
    pen.say(own["jv_problem"])
    if is_all and wished > 11:
        pen.say(own["jv_proposal"])
    while is_all and pen.length < DONE * wished and len(found) < 3:
        found.append(theme := other(pen.dice, found[-1]))
        pen.say(themes()[theme]["jv_problem"])
        pen.say(themes()[theme]["jv_proposal"])
    if not is_all:
        if pen.dice.chance(0.5):
            pen.say(own["jv_proposal"])
        else:
            pen.say(own["proposal"], lead=pen.dice.pick(["tulung ", "mbok ya ", "usul "]))
        found = _lengthen(pen, wished, has_proposal=True)
    return Written(pen.joined(), "problem", found, len(found))


def _marked(pen: Pen) -> str:
    """The text with the small words of speech: kok, lho, dong, and a question mark where one belongs."""
    text, dice = pen.joined(), pen.dice
    if not pen.habits.strength:
        return text
    if dice.chance(0.05):
        return f"kok {text}"
    if dice.chance(0.05):
        return f"{text} lho"
    return f"{text} dong" if dice.chance(0.06) else text


def _framed(pen: Pen, wished: int, text: str) -> str:
    """How it begins and ends: a greeting, who speaks, thanks, a prayer."""
    voices, dice = words("voices"), pen.dice
    if dice.chance(SALAAM / 2):
        text = f"{dice.pick(voices['salaam'])}, {text}"
    elif dice.chance(OPENER) and wished > 16 and pen.part.language != "javanese":
        some = [opener for opener in voices["openers"] if pen.part.ward or "{kel}" not in opener]
        text = f"{placed(dice.pick(some), pen.part.ward, dice)}, {text}"
    text = pen.habits.finished(text)
    if dice.chance(SALAAM / 2):
        return _ended(text, dice.pick(voices["prayer"]))
    return _ended(text, dice.pick(voices["closers"])) if dice.chance(CLOSER) and wished > 16 else text


def _ended(text: str, end: str) -> str:
    return f"{text} {end}" if text[-1] in ".!?" else f"{text}. {end}"
