"""For citizens, without an account: suggest, keep the receipt, look up what became of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, TimestampSigner
from werkzeug.wrappers import Response

from forms import topics
from forms.status import StatusForm
from forms.suggestion import AUTO, OTHER, SuggestionForm
from models.vocabulary import AgeBand, Channel, Experience, Gender, Purpose, Visibility
from portal import banner, codes, languages, offers, personal, sharing, typed, visit
from portal.extensions import db
from services import contacts, floods, followups, papers, paragraphs, receipts, rounds, submissions
from services.errors import KeyReused, NotFound, TooManyTries
from services.texts import clean, is_clean

door = Blueprint("citizen", __name__, url_prefix="/masukan")
NILA = "#1c2b62"  # the indigo of the receipt

Page = str | tuple[str, int] | Response
CITY_WIDE = ("kota", "luar")
SEVERAL = ("affected", "constituencies", "purposes")


@door.route("/baru", methods=["GET", "POST"])
def suggest() -> Page:
    now, lang = datetime.now(UTC), languages.current()
    current = rounds.current(db.session(), now=now, lang=lang)
    if current is None or not current[1].is_open:
        facts = current[1] if current else None
        return render_template("citizen/closed.html", round=facts, text=request.form.get("text")), _closed_code()
    offer = offers.read(current)
    form = offer.form()
    if request.method == "GET":
        _prefill(form)
        return _show(form, offer)
    refused = _unreadable(form)
    if refused:
        return _show(form, offer, refused, 400)
    if "narrow" in request.form:
        return _show(form, offer)
    if not form.validate_on_submit():
        return _show(form, offer, typed.not_sent(form), 422)
    return _hint(form, offer) or _send(form, offer, now)


def _closed_code() -> int:
    return 200 if request.method == "GET" else 409


def _prefill(form: SuggestionForm) -> None:
    form.key.data = receipts.new_key()
    form.started.data = _signer().sign(b"form").decode()
    form.paragraph.data = request.args.get("paragraf", "")
    form.serial.data = request.args.get("lembar", "")[:20]
    form.topic.data = _one_of(form.topic, request.args.get("topic"), "auto")
    form.kelurahan.data = _one_of(form.kelurahan, request.args.get("kelurahan") or session.get("kelurahan"), "")


def _one_of(field: Any, wanted: str | None, otherwise: str) -> str:
    known = {str(getattr(c, "value", c[0] if isinstance(c, tuple) else c)) for c in field.iter_choices()}
    return wanted if wanted in known else otherwise  # type: ignore[return-value]


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.secret_key or "", salt="form")


def _unreadable(form: SuggestionForm) -> str | None:
    """What makes the sending itself unreadable: fields that the form does not have, or twice the same."""
    unknown = sorted(set(request.form) - set(form._fields) - {"csrf_token", "narrow"})
    if unknown:
        form.form_errors = [_("Isian tidak dikenal: %(names)s.", names=", ".join(n[:40] for n in unknown[:5]))]
        return _("Belum terkirim, ada isian yang tidak dikenal")
    if any(len(request.form.getlist(name)) > 1 for name in request.form if name not in SEVERAL):
        return _("Belum terkirim, ada isian yang terkirim dua kali")
    if not is_clean(form.text.data or ""):
        form.text.data = clean(form.text.data or "")
        form.text.errors = [_("Ada tanda yang tidak terbaca; sudah kami buang. Periksa, lalu tekan Kirim sekali lagi.")]
        return _("Belum terkirim, ada satu yang perlu diperiksa")
    return None


def _show(
    form: SuggestionForm, offer: offers.Offer, error: str | None = None, code: int = 200, *, is_hinted: bool = False
) -> Page:
    typed.key_of(form)
    page = render_template(
        "citizen/suggest.html",
        form=form,
        topic_groups=topics.narrow(offer.groups, form.cari.data or "", keep=form.topic.data),
        round=offer.facts,
        consent=offer.wordings.get("text"),
        paragraph=_paragraph(form),
        is_hinted=is_hinted,
        error_title=error,
    )
    return page, code


def _hint(form: SuggestionForm, offer: offers.Offer) -> Page | None:
    """Once, before sending: what in the text could point to a person. Sent again it is taken as it is."""
    if not personal.is_new(form):
        return None
    return _show(form, offer, _("Belum terkirim, ada data pribadi di tulisan Anda"), 422, is_hinted=True)


def _send(form: SuggestionForm, offer: offers.Offer, now: datetime) -> Page:
    key, seconds = typed.key_of(form), _seconds(form.started.data)
    is_suspect = floods.looks_automatic(is_trapped=bool(form.website.data), seconds=seconds)
    hour = floods.look(db.session(), _visit(is_suspect, now), now=now)
    draft = replace(
        _draft(form), seconds_taken=seconds, is_suspect=is_suspect, held_for=floods.reason_to_hold(hour, offer.limits)
    )
    try:
        receipt = submissions.receive(
            db.session(),
            draft,
            round_id=offer.round_id,
            prefix=offer.prefix,
            key=key,
            now=now,
            lang=languages.current(),
        )
    except KeyReused as reused:
        return _reused(form, offer, str(reused))
    session["receipt"], session["kelurahan"] = key, form.kelurahan.data
    if not receipt.is_repeat:
        floods.count(db.session(), hour)
        if draft.held_for:
            banner.forget()
        _keep_contact(form, offer, receipt.submission_id, now)
        g.wake = "readings"
    return redirect(url_for("citizen.receipt"), 303)


def _visit(is_suspect: bool, now: datetime) -> floods.Visit:
    """The address and the session of this sending; the token of a session is as random as a name for it could be."""
    key, browser = str(current_app.secret_key), session.get("csrf_token", "")
    return floods.visit(key, request.remote_addr, browser, is_suspect=is_suspect, now=now)


def _reused(form: SuggestionForm, offer: offers.Offer, number: str) -> Page:
    form.key.data = receipts.new_key()
    form.form_errors = [
        _(
            "Formulir ini sudah terkirim dengan tulisan lain (nomor %(number)s). "
            "Tekan Kirim sekali lagi untuk mengirim tulisan ini sebagai masukan baru.",
            number=number,
        )
    ]
    return _show(form, offer, _("Belum terkirim, periksa dulu"), 409)


def _keep_contact(form: SuggestionForm, offer: offers.Offer, submission_id: int | None, now: datetime) -> None:
    if submission_id is None or not form.purposes.data:
        return
    asked = [offer.wordings[purpose] for purpose in form.purposes.data]
    contacts.keep(
        db.session(),
        submission_id,
        name=form.name.data,
        phone=form.phone.data,
        email=form.email.data,
        purposes=frozenset(Purpose(purpose) for purpose in form.purposes.data),
        channel=Channel.WEB,
        now=now,
        wording=asked[0].version,
    )


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
        topic=None if form.topic.data in (None, "", AUTO, OTHER) else form.topic.data,
        condition=typed.scale(form.condition.data),
        importance=typed.scale(form.importance.data),
        area=None if place in CITY_WIDE else place,
        place_note=place if place in CITY_WIDE else None,
        paragraph_id=paragraph.id if paragraph else None,
        serial=papers.free(db.session(), form.serial.data) if form.serial.data else None,
        visibility=Visibility(form.visibility.data or Visibility.UNNAMED),
        affected=tuple(form.affected.data or ()),
        constituencies=tuple(form.constituencies.data or ()),
        experience=Experience(form.experience.data) if form.experience.data else None,
        age_band=AgeBand(form.age_band.data) if form.age_band.data else None,
        gender=Gender(form.gender.data) if form.gender.data else None,
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
    link = url_for("citizen.status", nomor=found.number, _external=True)
    return render_template(
        "citizen/receipt.html",
        receipt=found,
        round=rounds.of_receipt(db.session(), found.number, now=datetime.now(UTC), lang=lang),
        qr_svg=codes.draw(link, dark=NILA),  # the PIN never goes into it
        share=sharing.to_anybody(found.number),
    )


@door.route("/status", methods=["GET", "POST"])
def status() -> Page:
    """Number and PIN open one submission for a quarter of an hour."""
    now, form = datetime.now(UTC), StatusForm(formdata=typed.tidied())
    if request.method == "GET":
        form.receipt_no.data = request.args.get("nomor", "")[:20]
        return _show_status(form)
    if not form.validate_on_submit():
        return _show_status(form, _("Belum bisa dibuka, isi nomor dan PIN"), 422)
    try:
        found = followups.look_up(db.session(), form.receipt_no.data, form.pin.data, now=now)
    except TooManyTries:
        form.pin.errors = [_("Terlalu banyak PIN yang salah. Coba lagi sepuluh menit lagi.")]
        return _show_status(form, _("Belum bisa dibuka"), 429)
    if found is None:
        g.keep_refusal = True
        form.pin.errors = [_("Nomor atau PIN tidak cocok. Periksa lagi tanda terimanya.")]
        return _show_status(form, _("Belum bisa dibuka"), 404)
    visit.begin(found, now=now)
    return redirect(url_for("followup.news"), 303)


def _show_status(form: StatusForm, error: str | None = None, code: int = 200) -> Page:
    return render_template("citizen/status.html", form=form, error_title=error), code
