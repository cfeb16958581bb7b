"""Refusals and faults become pages in the reader's language; what was typed comes back."""

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.access import may, permission_of
from portal.extensions import db
from services.errors import (
    AlreadyDecided,
    InvitationSpent,
    KeyReused,
    NotFound,
    NotThisState,
    SecondPersonNeeded,
    SerialUsed,
)

log = logging.getLogger(__name__)
KEPT_LENGTH = 20_000
NEVER_KEPT = ("csrf_token", "password", "submit")


def register(app: Flask) -> None:
    """Put every refusal and fault on a page of its own."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(InvitationSpent, lambda _error: _page(404))
    app.register_error_handler(KeyReused, _reused)
    app.register_error_handler(SerialUsed, lambda _error: _page(409))
    app.register_error_handler(NotThisState, lambda _error: _page(409))
    app.register_error_handler(AlreadyDecided, lambda _error: _page(409))
    app.register_error_handler(SecondPersonNeeded, lambda _error: _page(403, _second_person()))
    app.register_error_handler(Exception, _fault)


def _second_person() -> str:
    return _("Ini Anda tulis sendiri. Orang lain yang menetapkan atau memeriksanya.")


def _words(code: int) -> tuple[str, str]:
    """Title and message of an error, in the reader's language."""
    known = {
        400: (_("Permintaan tidak terbaca"), _("Ada bagian alamat atau isian yang tidak kami kenal.")),
        401: (
            _("Anda sudah keluar"),
            _(
                "Belum terkirim; tulisan Anda masih ada di bawah ini. Masuk lewat tautan di bawah, yang terbuka di tab "
                "baru, lalu kembali ke sini dan tekan Kirim sekali lagi."
            ),
        ),
        403: (_("Halaman ini bukan untuk akun Anda"), _("Mintalah ketua tim bila Anda memerlukannya.")),
        404: (_("Halaman tidak ada"), _("Periksa lagi alamatnya, atau mulai dari beranda.")),
        405: (_("Permintaan tidak terbaca"), _("Halaman ini tidak menerima permintaan seperti itu.")),
        409: (
            _("Sudah berubah"),
            _("Keadaannya sudah berubah sejak halaman ini dibuka. Muat ulang halamannya."),
        ),
        413: (
            _("Terlalu besar"),
            _(
                "Masukan paling panjang 1.500 huruf, berkas paling besar 1 MB. "
                "Kembali ke halaman sebelumnya; tulisan Anda masih ada di sana."
            ),
        ),
        503: (
            _("Belum tersimpan"),
            _(
                "Penyimpanan kami sedang terganggu. Tulisan Anda masih ada di bawah ini; "
                "tekan Kirim sekali lagi sebentar lagi."
            ),
        ),
    }
    return known.get(code, (_("Terjadi kesalahan"), _("Bukan salah Anda. Coba lagi sebentar lagi.")))


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed: texts to show again (name, label, value), and what only has to be sent again with them."""

    texts: tuple[tuple[str, str, str], ...]
    rest: tuple[tuple[str, str], ...]


def _labels() -> dict[str, str]:
    return {
        "text": _("Tulisan Anda"),
        "problem": _("Masalah"),
        "proposal": _("Usulan"),
        "proposed_text": _("Usul redaksi"),
        "evidence": _("Rujukan"),
        "signed_off_by": _("Disahkan oleh"),
        "name": _("Nama"),
    }


def _kept(without: tuple[str, ...] = ()) -> Kept | None:
    """What a refused sending held, so that one press sends it again; never a password."""
    if request.method != "POST":
        return None
    sent = [
        (name, value[:KEPT_LENGTH].encode("utf-8", "replace").decode("utf-8"))
        for name, value in request.form.items(multi=True)
        if name not in NEVER_KEPT + without
    ]
    labels = _labels()
    texts = tuple((name, labels[name], value) for name, value in sent if name in labels and value.strip())
    return Kept(texts, tuple((n, v) for n, v in sent if n not in labels)) if texts else None


def _page(
    code: int, message: str | None = None, reference: str | None = None, without: tuple[str, ...] = ()
) -> Response:
    kept = _kept(without) if code != 413 else None
    # the words for 503 speak of a text below; where nothing was typed there is none
    title, words = _words(500 if code == 503 and kept is None else code)
    page = render_template(
        "errors/error.html",
        code=code,
        title=title,
        message=message or words,
        kept=kept,
        again=request.path,
        reference=reference,
    )
    return make_response(page, code)


def _expired(_error: CSRFError) -> Response:
    if not may(permission_of(request.endpoint)) and not current_user.is_authenticated:
        return _signed_out()
    if _kept() is None:
        return _page(400, _("Halaman terlalu lama terbuka. Kembali, lalu muat ulang halamannya."))
    return _page(400, _("Halaman terlalu lama terbuka. Tekan Kirim sekali lagi; tulisan Anda masih ada."))


def _reused(_error: KeyReused) -> Response:
    """The form was sent before with something else: sent again from here it is a sending of its own."""
    words = _("Formulir ini sudah pernah dikirim dengan isi lain. Tekan Kirim sekali lagi untuk mengirim isi ini juga.")
    return _page(409, words, without=("key",))


def _signed_out() -> Response:
    """To the sign-in; what was typed first stays on a page of its own."""
    if _kept():
        return _page(401)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code == 401:
        return _signed_out()
    if error.code is None or error.code < 400:
        return error
    return _page(error.code)


def _fault(error: Exception) -> Response:
    """The last resort: a reference for the operator's log, and no inside of ours on the page."""
    db.session.rollback()
    reference = secrets.token_hex(4)
    log.error("fault %s at %s", reference, request.endpoint, exc_info=error)
    if isinstance(error, OperationalError):
        response = _page(503, reference=reference)
        response.headers["Retry-After"] = "10"
        return response
    return _page(500, reference=reference)
