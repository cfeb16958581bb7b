"""Words of the procedure as labels, said in the reader's language when they are shown."""

from enum import StrEnum

from flask_babel import get_locale
from flask_babel.speaklater import LazyString
from wtforms import SelectChoice

from models.vocabulary import JAVANESE, LABELS


def spoken(member: StrEnum) -> LazyString:
    """The label of a word, in the language of whoever reads it then."""
    return LazyString(_say, member)


def choices(kind: type[StrEnum]) -> list[SelectChoice]:
    """Every word of a kind to choose from."""
    return [SelectChoice(member.value, spoken(member)) for member in kind]


def _say(member: StrEnum) -> str:
    (in_indonesian, in_english), spoken_now = LABELS[member], str(get_locale())
    if spoken_now.startswith("jv"):
        return JAVANESE.get(member, in_indonesian)
    return in_english if spoken_now.startswith("en") else in_indonesian
