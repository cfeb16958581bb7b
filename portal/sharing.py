"""Links that open WhatsApp with a text of ours; the server calls nobody, and no PIN is ever in them."""

from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _


def to_anybody(number: str) -> str:
    """For the sender: number and address, to be sent to whomever they choose."""
    link = url_for("citizen.status", nomor=number, _external=True)
    words = _("Masukan saya untuk rencana kota sudah diterima. Nomor %(number)s: %(link)s", number=number, link=link)
    return f"https://wa.me/?text={quote(words, safe='')}"


def to_sender(phone: str, number: str, address: str) -> str:
    """For whoever answers: to this one phone (62812…), the news that there is news."""
    link = f"{address}{url_for('citizen.status', nomor=number)}"
    words = _(
        "Ada kabar tentang masukan Anda %(number)s. Buka dengan nomor itu dan PIN Anda: %(link)s",
        number=number,
        link=link,
    )
    return f"https://wa.me/{phone}?text={quote(words, safe='')}"
