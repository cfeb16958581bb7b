"""The reader's language: services are handed a language and answer in it; Indonesian is the source."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.support import Translations
from sqlalchemy import func
from sqlalchemy.orm import QueryableAttribute

from models.vocabulary import JAVANESE, LABELS

SOURCE = "id"
COMMA = {"id": ",", "jv": ","}
FOLDER = Path(__file__).parent.parent / "translations"


@cache
def catalogue(lang: str, folder: Path = FOLDER) -> NullTranslations:
    """The messages of a language, read once; a language without a catalogue speaks the source."""
    return Translations.load(folder, [lang]) if lang.isalpha() else NullTranslations()


def N_(message: str) -> str:
    """Mark a message that is said later, so that it is extracted here."""
    return message


def say(lang: str, message: str, **values: object) -> str:
    """A message in a language; what the catalogue does not know is said in Indonesian.

    >>> say("id", "Tempat %(low)s–%(high)s", low=1, high=3)
    'Tempat 1–3'
    """
    said = message if lang == SOURCE or not message else catalogue(lang).gettext(message)
    return said % values if values else said


def label(thing: Any, field: str, lang: str) -> Any:
    """The `field` of a row, a mapping or a mapped class in a language; an empty one falls back to Indonesian.

    Of a mapped class it is a column expression, so that a query asks for one text instead of two.

    >>> label({"plain_id": "Jalan", "plain_en": ""}, "plain", "en")
    'Jalan'
    """
    source, wanted = _field(thing, f"{field}_{SOURCE}"), _field(thing, f"{field}_{lang}")
    if lang == SOURCE or wanted is None:
        return source
    if isinstance(wanted, QueryableAttribute):
        return func.coalesce(func.nullif(wanted, ""), source)
    return wanted or source


def _field(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def pick(labels: tuple[str, str], lang: str) -> str:
    """One of a pair of labels (Indonesian, English)."""
    return labels[1] if lang == "en" and labels[1] else labels[0]


def word(member: StrEnum, lang: str) -> str:
    """The label of a word of the vocabulary.

    >>> from models.vocabulary import Group
    >>> word(Group.AGENCY, "en")
    'City agency'
    """
    if lang == "jv" and member in JAVANESE:
        return JAVANESE[member]
    return pick(LABELS[member], lang)


def decimal(value: float, lang: str, places: int = 1) -> str:
    """A number with the language's decimal sign.

    >>> decimal(1.46, "id"), decimal(1.46, "en")
    ('1,5', '1.5')
    """
    return f"{value:.{places}f}".replace(".", COMMA.get(lang, "."))
