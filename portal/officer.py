"""For officers who type paper in: their own piles, one form after the other, and nothing of anybody else's."""

from dataclasses import fields
from datetime import UTC, datetime

from flask import Blueprint, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.entry import CloseForm, ContactEntryForm, EntryForm, PileForm
from models.vocabulary import Channel, Purpose
from portal import digits, languages, typed
from portal.extensions import db
from services import choices, contacts, corrections, entries, entry_checks, papers, plans, receipts, rounds, submissions
from services.entry_checks import Typed
from services.errors import KeyReused, NotFound, NotThisState, OtherArea, RoundClosed, SerialUsed, UnknownSerial

door = Blueprint("officer", __name__, url_prefix="/petugas")
Page = str | tuple[str, int] | Response


@door.route("/", methods=["GET", "POST"])
def index() -> Page:
    """The officer's own piles, and a new one."""
    now, lang = datetime.now(UTC), languages.current()
    bound_to = entries.area_of(db.session(), current_user.organisation)
    form = PileForm(formdata=typed.tidied())
    form.set_areas(choices.kelurahan(db.session()), bound_to)
    if not form.validate_on_submit():
        return _index(form, lang, now, 422 if form.errors else 200)
    current = rounds.current(db.session(), now=now)
    try:
        batch_id = entries.open_batch(
            db.session(),
            current_user.id,
            channel=Channel(form.channel.data),
            area=form.area.data or None,
            expected=form.expected.data,
            bound_to=bound_to,
            is_round_open=bool(current and current[1].is_open),
            now=now,
        )
    except RoundClosed:
        form.form_errors = [_("Putaran ini tidak dibuka; tumpukan baru menunggu putaran berikutnya.")]
        return _index(form, lang, now, 409)
    except OtherArea:
        form.area.errors = [_("Anda mengisi untuk kelurahan Anda sendiri.")]
        return _index(form, lang, now, 422)
    return redirect(url_for("officer.entry", batch_id=batch_id), 303)


def _index(form: PileForm, lang: str, now: datetime, code: int) -> Page:
    current = rounds.current(db.session(), now=now, lang=lang)
    page = render_template(
        "officer/index.html",
        form=form,
        piles=entries.mine(db.session(), current_user.id, lang),
        round=current[1] if current else None,
        error_title=_("Tumpukan belum dibuka") if form.errors or form.form_errors else None,
    )
    return page, code


@door.route("/tumpukan/<int:batch_id>", methods=["GET", "POST"])
def entry(batch_id: int) -> Page:
    """One form; after it the page is ready for the next."""
    pile = entries.own(db.session(), current_user.id, batch_id, languages.current())
    form = digits.form(ContactEntryForm)
    key = typed.key_of(form)
    if not form.is_submitted():
        form.area.data = pile.area or ""
        return _entry(form, pile)
    if pile.closed_at is not None:
        raise NotThisState("closed pile")
    if not form.validate():
        return _entry(form, pile, typed.not_sent(form), 422)
    return _take(form, pile, key)


def _entry(form: EntryForm, pile: entries.Pile, error: str | None = None, code: int = 200) -> Page:
    page = render_template(
        "officer/entry.html",
        form=form,
        pile=pile,
        choices=papers.choices(db.session(), languages.current()),
        receipt=_receipt(pile),
        close_form=CloseForm(formdata=None, prefix="close"),
        error_title=error,
    )
    return page, code


def _receipt(pile: entries.Pile) -> submissions.Receipt | None:
    """The slip of the last form of this pile, to hand over."""
    last = session.get("slip") or {}
    if last.get("pile") != pile.id:
        return None
    try:
        return submissions.receipt_of(db.session(), last["key"], languages.current())
    except NotFound:
        return None


def _take(form: ContactEntryForm, pile: entries.Pile, key: str) -> Page:
    now, current = datetime.now(UTC), rounds.current(db.session(), now=datetime.now(UTC))
    draft = _draft(form, pile)
    try:
        receipt = submissions.receive(
            db.session(),
            draft,
            round_id=current[0] if current else None,
            prefix=_prefix(),
            key=key,
            now=now,
            lang=languages.current(),
        )
    except (UnknownSerial, SerialUsed, KeyReused) as refusal:
        return _refused(form, pile.id, refusal)
    if not receipt.is_repeat:
        _keep_contact(form, receipt.submission_id, draft.channel, now)
        g.wake = "readings"
    session["slip"] = {"pile": pile.id, "key": key}
    return redirect(url_for("officer.entry", batch_id=pile.id, _anchor="slip"), 303)


def _prefix() -> str:
    return str(plans.city(db.session())["city"]["receipt_prefix"])


def _refused(form: ContactEntryForm, batch_id: int, refusal: Exception) -> Page:
    """Nothing is lost: the whole form comes back, and the number says what is wrong with it."""
    db.session.rollback()
    pile = entries.own(db.session(), current_user.id, batch_id, languages.current())
    if isinstance(refusal, UnknownSerial):
        form.serial.errors = [_("Nomor ini tidak kami kenal. Periksa lagi, atau kosongkan bila lembarnya tanpa nomor.")]
        return _entry(form, pile, typed.not_sent(form), 422)
    if isinstance(refusal, SerialUsed):
        form.serial.errors = [
            _("Lembar ini sudah dimasukkan. Bila isinya lain (fotokopi), kosongkan nomornya lalu simpan.")
        ]
        return _entry(form, pile, _("Belum tersimpan, lembar ini sudah dimasukkan"), 409)
    form.key.data = receipts.new_key()
    form.form_errors = [_("Halaman ini sudah tersimpan dengan tulisan lain. Tekan Simpan sekali lagi.")]
    return _entry(form, pile, _("Belum tersimpan, periksa dulu"), 409)


def _draft(form: ContactEntryForm, pile: entries.Pile) -> submissions.Draft:
    said = digits.read(form)
    return submissions.Draft(
        text=form.text.data,
        dimension=said.dimension,
        condition=said.condition,
        importance=said.importance,
        area=said.area,
        affected=said.affected,
        experience=said.experience,
        age_band=said.age_band,
        gender=said.gender,
        channel=pile.channel,
        serial=papers.tidy_serial(form.serial.data or "") or None,
        entry_batch_id=pile.id,
        entered_by=current_user.id,
    )


def _keep_contact(form: ContactEntryForm, submission_id: int | None, channel: Channel, now: datetime) -> None:
    if submission_id is None:
        return
    ticked = ((Purpose.NEWS, form.wants_news.data), (Purpose.NAME, form.wants_name.data))
    contacts.keep(
        db.session(),
        submission_id,
        name=form.name.data,
        phone=form.phone.data,
        email=form.email.data,
        purposes=frozenset(purpose for purpose, is_ticked in ticked if is_ticked),
        channel=channel,
        now=now,
    )


@door.get("/tumpukan/<int:batch_id>/slip")
def slip(batch_id: int) -> Page:
    """The last slip alone, to print."""
    pile = entries.own(db.session(), current_user.id, batch_id, languages.current())
    receipt = _receipt(pile)
    if receipt is None:
        return redirect(url_for("officer.entry", batch_id=batch_id))
    return render_template("officer/slip.html", pile=pile, receipt=receipt)


@door.post("/tumpukan/<int:batch_id>/tutup")
def close(batch_id: int) -> Page:
    pile = entries.writable(db.session(), current_user.id, batch_id, languages.current())
    form = CloseForm(prefix="close")
    if not pile.is_full and not form.validate_on_submit():
        page = render_template("officer/close.html", pile=pile, close_form=form, error_title=True)
        return page, 422
    entries.close(db.session(), current_user.id, batch_id, reason=form.reason.data or "", now=datetime.now(UTC))
    return redirect(url_for("officer.index"), 303)


@door.route("/tumpukan/<int:batch_id>/ulang", methods=["GET", "POST"])
def check(batch_id: int) -> Page:
    """One form of the pile once more, without what was typed the first time."""
    pile = entries.own(db.session(), current_user.id, batch_id, languages.current())
    asked = entry_checks.next_asked(db.session(), current_user.id, batch_id)
    if asked is None:
        return redirect(url_for("officer.index"), 303)
    form = digits.form(EntryForm)
    if not form.is_submitted() or form.key.data != asked.named or not form.validate():
        return _check(form, pile, asked)
    typed_again = _typed(form)
    entry_checks.compare(db.session(), current_user.id, asked.submission_id, typed_again, now=datetime.now(UTC))
    return redirect(url_for("officer.check", batch_id=batch_id), 303)


def _check(form: EntryForm, pile: entries.Pile, asked: entry_checks.Asked) -> Page:
    is_other = form.is_submitted() and form.key.data != asked.named
    form.key.data = asked.named
    if not form.is_submitted():
        form.area.data = pile.area or ""
    page = render_template(
        "officer/check.html",
        form=form,
        pile=pile,
        asked=asked,
        choices=papers.choices(db.session(), languages.current()),
        error_title=typed.not_sent(form) if form.errors else _("Belum tersimpan, periksa dulu") if is_other else None,
    )
    return page, 409 if is_other else 422 if form.errors else 200


def _typed(form: EntryForm) -> Typed:
    said = digits.read(form)
    return Typed(**{field.name: getattr(said, field.name) for field in fields(Typed)})


@door.get("/tumpukan/<int:batch_id>/lembar")
def forms(batch_id: int) -> Page:
    """The forms of a pile, each to be corrected."""
    pile = entries.own(db.session(), current_user.id, batch_id, languages.current())
    return render_template("officer/forms.html", pile=pile, forms=corrections.listing(db.session(), batch_id))


@door.route("/tumpukan/<int:batch_id>/lembar/<int:submission_id>", methods=["GET", "POST"])
def correct(batch_id: int, submission_id: int) -> Page:
    """What was mistyped, put right while the round of the form is open."""
    now = datetime.now(UTC)
    pile = entries.own(db.session(), current_user.id, batch_id, languages.current())
    listed, said = corrections.one(db.session(), batch_id, submission_id)
    form = digits.form(EntryForm)
    try:
        corrections.check_round(db.session(), submission_id, now=now)
    except RoundClosed:
        if not form.is_submitted():
            digits.fill(form, said)
        form.form_errors = [_("Putaran lembar ini sudah ditutup. Minta tim revisi yang memperbaikinya.")]
        return _correct(form, pile, listed, _("Belum tersimpan"), 409)
    if not form.is_submitted():
        digits.fill(form, said)
        return _correct(form, pile, listed)
    if not form.validate():
        return _correct(form, pile, listed, typed.not_sent(form), 422)
    digits.correct(form, batch_id, submission_id, now=now)
    return redirect(url_for("officer.forms", batch_id=batch_id), 303)


def _correct(
    form: EntryForm, pile: entries.Pile, listed: corrections.Listed, error: str | None = None, code: int = 200
) -> Page:
    known = papers.choices(db.session(), languages.current())
    page = render_template(
        "officer/correct.html", form=form, pile=pile, listed=listed, choices=known, error_title=error
    )
    return page, code
