"""Refusals and faults become pages in the reader's language; what was typed comes back."""

import logging
import secrets

from flask import Flask, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.extensions import db
from services.errors import InvitationSpent, NotFound, NotThisState

log = logging.getLogger(__name__)
KEPT_LENGTH = 20_000


def register(app: Flask) -> None:
    """Put every refusal and fault on a page of its own."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(InvitationSpent, lambda _error: _page(404))
    app.register_error_handler(NotThisState, lambda _error: _page(409))
    app.register_error_handler(Exception, _fault)


def _words(code: int) -> tuple[str, str]:
    """Title and message of an error, in the reader's language."""
    known = {
        400: (_("Permintaan tidak terbaca"), _("Ada bagian alamat atau isian yang tidak kami kenal.")),
        403: (_("Halaman ini bukan untuk akun Anda"), _("Mintalah ketua tim bila Anda memerlukannya.")),
        404: (_("Halaman tidak ada"), _("Periksa lagi alamatnya, atau mulai dari beranda.")),
        405: (_("Permintaan tidak terbaca"), _("Halaman ini tidak menerima permintaan seperti itu.")),
        409: (
            _("Sudah berubah"),
            _("Keadaannya sudah berubah sejak halaman ini dibuka. Muat ulang halamannya."),
        ),
        413: (
            _("Terlalu besar"),
            _("Tulisan paling panjang 1.500 huruf. Kembali ke halaman sebelumnya; tulisan Anda masih ada di sana."),
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


def _page(code: int, message: str | None = None, reference: str | None = None) -> Response:
    title, words = _words(code)
    kept = request.form.get("text", "")[:KEPT_LENGTH] if request.method == "POST" and code != 413 else ""
    kept = kept.encode("utf-8", "replace").decode("utf-8")
    page = render_template(
        "errors/error.html",
        code=code,
        title=title,
        message=message or words,
        kept_text=kept or None,
        reference=reference,
    )
    return make_response(page, code)


def _expired(_error: CSRFError) -> Response:
    return _page(400, _("Halaman terlalu lama terbuka. Tekan Kirim sekali lagi; tulisan Anda masih ada."))


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code == 401:
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
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
