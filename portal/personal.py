"""The hint before sending: what in a text could point to a person; sent again, it is taken as it is."""

from typing import Any

from babel.lists import format_list
from flask_babel import gettext as _

from portal import languages
from services import submissions


def is_new(form: Any) -> bool:
    """Whether the text holds something that was not pointed out yet; then it is said beside the text.

    The form has the fields `text` and, hidden, `hinted`.
    """
    found, seen = submissions.personal_kinds(form.text.data), (form.hinted.data or "").split(",")
    if not set(found) - set(seen):
        return False
    form.hinted.data = ",".join(found)
    named = _words()
    what = format_list(list(dict.fromkeys(named.get(kind, kind) for kind in found)), locale=languages.current())
    form.text.errors = [
        _("Tulisan ini sepertinya memuat %(what)s. Ubah dulu, atau kirim saja bila memang perlu.", what=what)
    ]
    return True


def _words() -> dict[str, str]:
    """Sorts of personal data, as a reader would call them."""
    return {
        "identity": _("nomor KTP atau KK"),
        "number": _("nomor KTP atau KK"),
        "email": _("alamat e-mail"),
        "phone": _("nomor telepon"),
        "account": _("nomor rekening"),
        "plate": _("nomor kendaraan"),
        "address": _("RT dan RW"),
        "name": _("nama orang"),
    }
