"""Texts as they may be kept: one Unicode form, no control characters, no half characters."""

import unicodedata

KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """The text in one Unicode form, without control characters and half characters, trimmed.

    NUL would hide the rest of a text from SQLite's `length()`, and a lone surrogate cannot be stored at all.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    kept = (c for c in whole if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def is_clean(text: str) -> bool:
    """Whether cleaning would take away more than spaces around it."""
    return clean(text) == unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
