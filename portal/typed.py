"""What was typed: without half characters, with the key that makes a double tap one sending."""

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from services import receipts

KEY_LENGTH = range(16, 65)


def tidied() -> MultiDict[str, str] | CombinedMultiDict[str, object] | None:
    """What was sent, without half characters, which could be neither shown nor stored; None on a GET."""
    if request.method != "POST":
        return None
    return MultiDict((k, v.encode("utf-8", "replace").decode("utf-8")) for k, v in request.form.items(multi=True))


def key_of(form: FlaskForm) -> str:
    """The key of this form; one that is missing or was made elsewhere is replaced."""
    if not form.key.data or len(form.key.data) not in KEY_LENGTH:
        form.key.data = receipts.new_key()
    return str(form.key.data)


def not_sent(form: FlaskForm) -> str:
    """The title over what is missing."""
    if len(form.errors) == 1:
        return _("Belum terkirim, ada satu yang perlu diisi")
    return _("Belum terkirim, ada %(n)s yang perlu diisi", n=len(form.errors))


def scale(value: str | None) -> int | None:
    """A rating from 1 to 4; anything else is none."""
    return int(value) if value in ("1", "2", "3", "4") else None
