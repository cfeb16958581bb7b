"""Meetings: attendance, agreements and points taken down live, and the sheet to sign."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from forms.meeting import AgreementForm, CorrectionForm, MeetingForm, SpokenForm, attendance_form
from models.vocabulary import Group, MeetingKind
from portal import languages, typed
from portal.extensions import db
from services import choices, meetings, plans, receipts, rounds, submissions
from services.errors import KeyReused, RoundClosed

door = Blueprint("staff_meetings", __name__, url_prefix="/staff/meetings")
Page = str | tuple[str, int] | Response


@door.route("", methods=["GET", "POST"])
def index() -> Page:
    form = _meeting_form()
    if not form.validate_on_submit():
        page = render_template(
            "staff/meetings.html",
            form=form,
            meetings=meetings.all_held(db.session(), languages.current()),
            error_title=typed.not_sent(form) if form.errors else None,
        )
        return page, 422 if form.errors else 200
    meeting_id = meetings.hold(db.session(), _facts(form), now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_meetings.show", meeting_id=meeting_id), 303)


def _meeting_form() -> MeetingForm:
    form = MeetingForm(formdata=typed.tidied())
    form.set_areas([(area.code, area.name) for area in choices.kelurahan(db.session())])
    return form


def _facts(form: MeetingForm) -> meetings.Facts:
    kind = MeetingKind(form.kind.data)
    return meetings.Facts(kind, form.title.data, form.held_on.data, form.place.data or "", form.area.data or None)


@door.route("/<int:meeting_id>", methods=["GET", "POST"])
def show(meeting_id: int) -> Page:
    """The meeting, ready for the next point: each line that is sent is a point."""
    held = meetings.one(db.session(), meeting_id, languages.current())
    form = _spoken_form(SpokenForm)
    key = typed.key_of(form)
    if not form.is_submitted():
        form.dimension.data = request.args.get("dimension", "")
        form.group.data = request.args.get("group", Group.CITIZEN.value)
        return _show(held, spoken=form)
    if not form.validate():
        return _show(held, spoken=form)
    return _take_down(held, form, key)


def _spoken_form(kind: type[SpokenForm]) -> Any:
    form = kind(formdata=typed.tidied())
    form.set_dimensions(meetings.dimensions(db.session(), languages.current()))
    return form


def _take_down(held: meetings.Held, form: SpokenForm, key: str) -> Page:
    now = datetime.now(UTC)
    current = rounds.current(db.session(), now=now)
    draft = submissions.Draft(
        text=form.text.data,
        channel=meetings.CHANNELS[held.facts.kind],
        group=Group(form.group.data),
        dimension=form.dimension.data or None,
        area=held.facts.area,
        meeting_id=held.id,
        entered_by=current_user.id,
    )
    prefix = plans.city(db.session())["city"]["receipt_prefix"]
    try:
        submissions.receive(
            db.session(), draft, round_id=current[0] if current else None, prefix=prefix, key=key, now=now
        )
    except KeyReused:
        form.key.data = receipts.new_key()
        form.form_errors = [_("Baris ini sudah tercatat dengan tulisan lain. Tekan Catat sekali lagi.")]
        return _show(held, 409, spoken=form)
    except RoundClosed:
        form.form_errors = [_("Belum ada putaran; buka putarannya dahulu.")]
        return _show(held, 409, spoken=form)
    g.wake = "readings"
    kept = {"dimension": form.dimension.data or None, "group": form.group.data}
    return redirect(url_for("staff_meetings.show", meeting_id=held.id, **kept, _anchor="text"), 303)


def _show(held: meetings.Held, code: int | None = None, **forms: FlaskForm) -> Page:
    """The page with all its forms, of which one may hold what was typed and is wrong."""
    lang = languages.current()
    wrong = next((form for form in forms.values() if form.errors or form.form_errors), None)
    page = render_template(
        "staff/meeting.html",
        held=held,
        spoken=forms.get("spoken") or _blank_spoken(),
        agreement=forms.get("agreement") or AgreementForm(formdata=None),
        attendance=forms.get("attendance") or _attendance(held.id),
        came=meetings.attendance(db.session(), held.id, lang),
        agreements=meetings.agreements(db.session(), held.id),
        points=meetings.spoken(db.session(), held.id, lang),
        wrong=wrong,
        error_title=typed.not_sent(wrong) if wrong else None,
    )
    return page, code or (422 if wrong else 200)


def _blank_spoken() -> SpokenForm:
    form = SpokenForm(formdata=None, key=receipts.new_key())
    form.set_dimensions(meetings.dimensions(db.session(), languages.current()))
    return form


def _attendance(meeting_id: int, formdata: Any = None) -> FlaskForm:
    came = meetings.attendance(db.session(), meeting_id, languages.current())
    form = attendance_form([(row.code, row.label) for row in came], formdata)
    if formdata is None:
        for row in came:
            for what in ("invited", "women", "men"):
                form[f"{what}-{row.code}"].data = getattr(row, what) or None
    return form


@door.post("/<int:meeting_id>/attendance")
def attendance(meeting_id: int) -> Page:
    held = meetings.one(db.session(), meeting_id, languages.current())
    form = _attendance(meeting_id, typed.tidied())
    if not form.validate():
        return _show(held, attendance=form)
    came = {
        row.code: tuple(form[f"{what}-{row.code}"].data or 0 for what in ("invited", "women", "men"))
        for row in meetings.attendance(db.session(), meeting_id)
    }
    meetings.set_attendance(db.session(), meeting_id, came, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_meetings.show", meeting_id=meeting_id, _anchor="hadir"), 303)


@door.route("/<int:meeting_id>/change", methods=["GET", "POST"])
def change(meeting_id: int) -> Page:
    held = meetings.one(db.session(), meeting_id, languages.current())
    form = _meeting_form()
    if not form.is_submitted():
        form.process(obj=held.facts)
        form.area.data = held.facts.area or ""
    if not form.validate_on_submit():
        title = typed.not_sent(form) if form.errors else None
        page = render_template("staff/meeting_change.html", held=held, form=form, error_title=title)
        return page, 422 if form.errors else 200
    meetings.change(db.session(), meeting_id, _facts(form), now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_meetings.show", meeting_id=meeting_id), 303)


@door.post("/<int:meeting_id>/agreements")
def agree(meeting_id: int) -> Page:
    held = meetings.one(db.session(), meeting_id, languages.current())
    form = AgreementForm(formdata=typed.tidied())
    if not form.validate():
        return _show(held, agreement=form)
    return _agree(form, meeting_id)


def _agree(form: AgreementForm, meeting_id: int, agreement_id: int | None = None) -> Page:
    meetings.agree(
        db.session(),
        meeting_id,
        subject=form.subject.data,
        text=form.agreed.data,
        responsible=form.responsible.data or "",
        due_on=form.due,
        now=datetime.now(UTC),
        actor_id=current_user.id,
        agreement_id=agreement_id,
    )
    return redirect(url_for("staff_meetings.show", meeting_id=meeting_id, _anchor="sepakat"), 303)


@door.route("/<int:meeting_id>/agreements/<int:agreement_id>", methods=["GET", "POST"])
def agreement(meeting_id: int, agreement_id: int) -> Page:
    """One agreement, to write anew or to take out."""
    kept = meetings.agreement(db.session(), meeting_id, agreement_id)
    form = AgreementForm(formdata=typed.tidied())
    if not form.is_submitted():
        form.subject.data, form.agreed.data, form.responsible.data = kept.subject, kept.text, kept.responsible
        form.due_on.data = kept.due_on.isoformat() if kept.due_on else ""
    if not form.validate_on_submit():
        page = render_template(
            "staff/agreement.html",
            form=form,
            meeting_id=meeting_id,
            kept=kept,
            error_title=typed.not_sent(form) if form.errors else None,
        )
        return page, 422 if form.errors else 200
    return _agree(form, meeting_id, agreement_id)


@door.post("/<int:meeting_id>/agreements/<int:agreement_id>/drop")
def drop(meeting_id: int, agreement_id: int) -> Response:
    meetings.drop(db.session(), meeting_id, agreement_id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_meetings.show", meeting_id=meeting_id, _anchor="sepakat"), 303)


@door.route("/<int:meeting_id>/points/<int:point_id>", methods=["GET", "POST"])
def point(meeting_id: int, point_id: int) -> Page:
    """One point, to write right; it cannot be taken out here."""
    kept = meetings.point(db.session(), meeting_id, point_id, languages.current())
    form = _spoken_form(CorrectionForm)
    if not form.is_submitted():
        form.text.data, form.dimension.data, form.group.data = kept.text, kept.dimension or "", kept.group.value
    if not form.validate_on_submit():
        page = render_template(
            "staff/spoken.html",
            form=form,
            meeting_id=meeting_id,
            kept=kept,
            error_title=typed.not_sent(form) if form.errors else None,
        )
        return page, 422 if form.errors else 200
    meetings.correct(
        db.session(),
        meeting_id,
        point_id,
        text=form.text.data,
        dimension=form.dimension.data or None,
        group=Group(form.group.data),
        now=datetime.now(UTC),
        actor_id=current_user.id,
    )
    g.wake = "readings"
    return redirect(url_for("staff_meetings.show", meeting_id=meeting_id, _anchor="butir"), 303)


@door.get("/<int:meeting_id>/sheet")
def sheet(meeting_id: int) -> str:
    """Attendance and agreements to print and to sign."""
    lang = languages.current()
    return render_template(
        "staff/meeting_sheet.html",
        held=meetings.one(db.session(), meeting_id, lang),
        came=meetings.attendance(db.session(), meeting_id, lang),
        agreements=meetings.agreements(db.session(), meeting_id),
        points=list(reversed(meetings.spoken(db.session(), meeting_id, lang))),
    )
