"""What an address or a form asks for in few signs: numbers, words of the vocabulary, the round of a desk."""

from typing import Any

from flask import abort, request

from portal.extensions import db
from services import dockets

LONGEST = 18


def number(name: str = "after") -> int:
    """A number in the address, 0 where there is none; anything else is refused."""
    value = request.args.get(name, "0") or "0"
    if not (value.isascii() and value.isdecimal()) or len(value) > LONGEST:
        abort(400)
    return int(value)


def word_of(kind: Any, name: str) -> Any:
    """A word of the vocabulary in the address, None where there is none; an unknown one is refused."""
    value = request.args.get(name, "")
    if value and value not in list(kind):
        abort(400)
    return kind(value) if value else None


def round_() -> tuple[int, str, int] | None:
    """The round that the address names, else the one that the desks of decisions speak of."""
    return dockets.round_of(db.session(), number("round") or None)
