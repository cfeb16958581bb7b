"""For citizens, without an account: suggest, keep the receipt, look up what became of it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, TimestampSigner
from markupsafe import Markup
from werkzeug.wrappers import Response

from forms.status import StatusForm
from forms.suggestion import SuggestionForm
from portal import languages, typed
from portal.extensions import db
from services import paragraphs, plans, receipts, submissions
from services.errors import KeyReused, NotFound, TooManyTries
from services.texts import clean, is_clean

door = Blueprint("citizen", __name__, url_prefix="/masukan")

Page = str | tuple[str, int] | Response
CITY_WIDE = ("kota", "luar")


@door.route("/baru", methods=["GET", "POST"])
def suggest() -> Page:
    now, lang = datetime.now(UTC), languages.current()
    current = plans.current_round(db.session(), now=now, lang=lang)
    if current is None or not current[1].is_open:
        return render_template("citizen/closed.html", round=current[1] if current else None), _closed_code()
    groups, areas = plans.topic_groups(db.session(), lang), plans.kelurahan(db.session())
    form = _form(groups, areas)
    if request.method == "GET":
        _prefill(form)
        return _show(form, groups, current[1])
    refused = _unreadable(form)
    if refused:
        return _show(form, groups, current[1], refused, 400)
    if not form.validate_on_submit():
        return _show(form, groups, current[1], typed.not_sent(form), 422)
    return _send(form, groups, current, now)


def _closed_code() -> int:
    return 200 if request.method == "GET" else 409


def _form(groups: Any, areas: Any) -> SuggestionForm:
    form = SuggestionForm(formdata=typed.tidied())
    form.set_choices(groups, areas)
    return form


def _prefill(form: SuggestionForm) -> None:
    form.key.data = receipts.new_key()
    form.started.data = _signer().sign(b"form").decode()
    form.paragraph.data = request.args.get("paragraf", "")
    form.topic.data = _one_of(form.topic, request.args.get("topic"), "auto")
    form.kelurahan.data = _one_of(form.kelurahan, session.get("kelurahan"), "")


def _one_of(field: Any, wanted: str | None, otherwise: str) -> str:
    known = {str(getattr(c, "value", c[0] if isinstance(c, tuple) else c)) for c in field.iter_choices()}
    return wanted if wanted in known else otherwise  # type: ignore[return-value]


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.secret_key or "", salt="form")


def _unreadable(form: SuggestionForm) -> str | None:
    """What makes the sending itself unreadable: fields that the form does not have, or twice the same."""
    known = set(form._fields) | {"csrf_token"}
    unknown = sorted(set(request.form) - known)
    if unknown:
        form.form_errors = [_("Isian tidak dikenal: %(names)s.", names=", ".join(n[:40] for n in unknown[:5]))]
        return _("Belum terkirim, ada isian yang tidak dikenal")
    if any(len(request.form.getlist(name)) > 1 for name in request.form):
        return _("Belum terkirim, ada isian yang terkirim dua kali")
    if not is_clean(form.text.data or ""):
        form.text.data = clean(form.text.data or "")
        form.text.errors = [_("Ada tanda yang tidak terbaca; sudah kami buang. Periksa, lalu tekan Kirim sekali lagi.")]
        return _("Belum terkirim, ada satu yang perlu diperiksa")
    return None


def _show(form: SuggestionForm, groups: Any, facts: Any, error: str | None = None, code: int = 200) -> Page:
    typed.key_of(form)
    page = render_template(
        "citizen/suggest.html",
        form=form,
        topic_groups=groups,
        round=facts,
        paragraph=_paragraph(form),
        error_title=error,
    )
    return page, code


def _send(form: SuggestionForm, groups: Any, current: tuple[int, Any], now: datetime) -> Page:
    key = typed.key_of(form)
    prefix = plans.city(db.session())["city"]["receipt_prefix"]
    try:
        receipt = submissions.receive(
            db.session(),
            _draft(form),
            round_id=current[0],
            prefix=prefix,
            key=key,
            now=now,
            lang=languages.current(),
        )
    except KeyReused as reused:
        form.key.data = receipts.new_key()
        form.form_errors = [
            _(
                "Formulir ini sudah terkirim dengan tulisan lain (nomor %(number)s). "
                "Tekan Kirim sekali lagi untuk mengirim tulisan ini sebagai masukan baru.",
                number=str(reused),
            )
        ]
        return _show(form, groups, current[1], _("Belum terkirim, periksa dulu"), 409)
    session["receipt"], session["kelurahan"] = key, form.kelurahan.data
    if not receipt.is_repeat:
        g.wake = "readings"
    return redirect(url_for("citizen.receipt"), 303)


def _paragraph(form: SuggestionForm) -> paragraphs.ParagraphFacts | None:
    """The paragraph of the draft that the words are about; one that is not there (any more) is none."""
    typed_id = form.paragraph.data or ""
    if not (typed_id.isascii() and typed_id.isdecimal() and len(typed_id) < 18):
        return None
    try:
        return paragraphs.one(db.session(), int(typed_id), lang=languages.current())[0]
    except NotFound:
        return None


def _draft(form: SuggestionForm) -> submissions.Draft:
    place, paragraph = form.kelurahan.data or None, _paragraph(form)
    return submissions.Draft(
        text=form.text.data,
        topic=None if form.topic.data in (None, "", "auto") else form.topic.data,
        condition=typed.scale(form.condition.data),
        importance=typed.scale(form.importance.data),
        area=None if place in CITY_WIDE else place,
        place_note=place if place in CITY_WIDE else None,
        paragraph_id=paragraph.id if paragraph else None,
        seconds_taken=_seconds(form.started.data),
        is_suspect=bool(form.website.data),
    )


def _seconds(started: str | None) -> int | None:
    """Seconds since the form was shown, or None where its signed moment is missing or was changed."""
    try:
        _value, at = _signer().unsign(started or "", return_timestamp=True)
    except BadSignature:
        return None
    return max(int((datetime.now(UTC) - at).total_seconds()), 0)


@door.get("/tanda-terima")
def receipt() -> Page:
    """The receipt of this browser's last sending; without one, the way to look up any."""
    lang = languages.current()
    try:
        found = submissions.receipt_of(db.session(), session.get("receipt", ""), lang)
    except NotFound:
        return redirect(url_for("citizen.status"))
    current = plans.current_round(db.session(), now=datetime.now(UTC), lang=lang)
    link = url_for("citizen.status", nomor=found.number, _external=True)
    return render_template(
        "citizen/receipt.html", receipt=found, round=current[1] if current else None, qr_svg=_qr(link)
    )


def _qr(link: str) -> Markup:
    """The way to the status page as SVG; the PIN never goes into it."""
    out = BytesIO()
    segno.make(link, error="m").save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        dark="#1c2b62",
        omitsize=True,
        border=2,
        svgclass="qr",
        lineclass=None,
    )
    return Markup(out.getvalue().decode())  # noqa: S704 (made by segno from an escaped address)


@door.route("/status", methods=["GET", "POST"])
def status() -> Page:
    now, lang = datetime.now(UTC), languages.current()
    form = StatusForm()
    if request.method == "GET":
        form.receipt_no.data = request.args.get("nomor", "")[:20]
        return _show_status(form)
    if not form.validate_on_submit():
        return _show_status(form, _not_sent_status(), 422)
    try:
        found = submissions.look_up(db.session(), form.receipt_no.data, form.pin.data, now=now, lang=lang)
    except TooManyTries:
        form.pin.errors = [_("Terlalu banyak PIN yang salah. Coba lagi sepuluh menit lagi.")]
        return _show_status(form, _("Belum bisa dibuka"), 429)
    if found is None:
        g.keep_refusal = True
        form.pin.errors = [_("Nomor atau PIN tidak cocok. Periksa lagi tanda terimanya.")]
        return _show_status(form, _("Belum bisa dibuka"), 404)
    current = plans.current_round(db.session(), now=now, lang=lang)
    return render_template(
        "citizen/status.html",
        form=form,
        status=found,
        round=current[1] if current else None,
        error_title=None,
    )


def _not_sent_status() -> str:
    return _("Belum bisa dibuka, isi nomor dan PIN")


def _show_status(form: StatusForm, error: str | None = None, code: int = 200) -> Page:
    return render_template("citizen/status.html", form=form, status=None, round=None, error_title=error), code
