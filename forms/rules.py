"""Rules that several forms share: how long a text may be, and what another choice makes necessary."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectChoice
from wtforms.validators import StopValidation, ValidationError

UNKNOWN = _l("Pilihan ini tidak kami kenal. Pilih satu dari daftarnya.")
CONDITIONS = [
    SelectChoice("1", _l("Sangat buruk")),
    SelectChoice("2", _l("Buruk")),
    SelectChoice("3", _l("Baik")),
    SelectChoice("4", _l("Sangat baik")),
    SelectChoice("0", _l("Tidak tahu")),
]
IMPORTANCES = [
    SelectChoice("1", _l("Tidak penting")),
    SelectChoice("2", _l("Kurang penting")),
    SelectChoice("3", _l("Penting")),
    SelectChoice("4", _l("Sangat penting")),
    SelectChoice("0", _l("Tidak tahu")),
]
Rule = Callable[[FlaskForm, Field], None]


def length_of(text: str | None) -> int:
    """Letters of a text without the spaces around it, a line break counted as one; 0 where nothing can be seen.

    Control characters are not counted, because they are not kept.
    """
    whole = (text or "").replace("\r\n", "\n")
    kept = "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
    return len(kept) if any(not c.isspace() and unicodedata.category(c) != "Cf" for c in kept) else 0


def tidy(value: str | None) -> str | None:
    """A line with one space between its words."""
    return " ".join(value.split()) if value else value


def all_ids(values: Iterable[str]) -> None:
    """Refuse ticked ids of which one is no number: it was never on the page."""
    if any(not (i.isascii() and i.isdecimal() and len(i) < 19) for i in values):
        raise ValidationError(UNKNOWN)


def listed(_form: FlaskForm, field: Field) -> None:
    """One of the choices, or none; the field itself does not look (`validate_choice=False`)."""
    if field.data and field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(UNKNOWN)


def needed(message: Any) -> Rule:
    """The text must be there."""

    def rule(_form: FlaskForm, field: Field) -> None:
        if not length_of(field.data):
            raise StopValidation(message)

    return rule


def at_most(longest: int) -> Rule:
    """The text is not longer than this."""

    def rule(_form: FlaskForm, field: Field) -> None:
        length = length_of(field.data)
        if length > longest:
            raise ValidationError(
                _l("Tulisan ini %(length)s huruf; paling panjang %(longest)s.", length=length, longest=longest)
            )

    return rule


def needed_when(other: str, value: str, message: Any) -> Rule:
    """The text must be there when another field has this value."""

    def rule(form: FlaskForm, field: Field) -> None:
        if form[other].data == value and not length_of(field.data):
            raise StopValidation(message)

    return rule


def chosen(message: Any) -> Rule:
    """One of the choices must be taken; the field itself does not look (`validate_choice=False`).

    The library would say of a missing choice that it is unknown.
    """

    def rule(_form: FlaskForm, field: Field) -> None:
        if not field.data or field.data == "None":
            raise StopValidation(message)
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(UNKNOWN)

    return rule
