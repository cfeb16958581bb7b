"""For citizens who showed number and PIN: how far it has come; correct, withdraw, erase, take along."""

import json
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.objection import LateObjectionForm, ObjectionForm
from forms.status import CorrectionForm, LateCorrectionForm
from models.vocabulary import Purpose, RequestKind, SubmissionState
from portal import languages, personal, rulings, sharing, typed, visit
from portal.extensions import db
from services import contacts, data_requests, erasures, followups, objections, outcomes, paragraphs, rounds, takeouts
from services.errors import ReplyOver, TooManyTries, Unexplained
from services.texts import clean, is_clean

door = Blueprint("followup", __name__, url_prefix="/masukan/kabar")

Page = str | tuple[str, int] | Response


def _status(submission_id: int) -> followups.Status:
    return followups.status(db.session(), submission_id, languages.current(), now=datetime.now(UTC))


def _to_sign_in() -> Response:
    return redirect(url_for("citizen.status"), 303)


def _back() -> Response:
    return redirect(url_for("followup.news"), 303)


@door.get("")
def news() -> Page:
    now, lang = datetime.now(UTC), languages.current()
    mine = visit.current(now=now)
    if mine is None:
        return _to_sign_in()
    status = _status(mine)
    told = [point.answer for point in status.points if point.answer]
    return render_template(
        "citizen/news.html",
        status=status,
        replies=objections.of_points(db.session(), [p.point_id for p in status.points if p.answer], lang),
        stands=outcomes.of_points(db.session(), [point.point_id for point in status.points], lang),
        places=paragraphs.places(db.session(), [a.paragraph_id for a in told if a.paragraph_id]),
        can_object={answer.decision_id: objections.is_open(answer, now) for answer in told},
        round=rounds.of_receipt(db.session(), status.number, now=now, lang=lang),
        share=sharing.to_anybody(status.number),
    )


@door.route("/perbaiki", methods=["GET", "POST"])
def correct() -> Page:
    """Write a point anew. Where the time is over, number and PIN are asked on the same page, and the words stay."""
    now = datetime.now(UTC)
    mine = visit.current(now=now)
    if mine is None and request.method == "GET":
        return _to_sign_in()
    form = CorrectionForm(formdata=typed.tidied()) if mine else LateCorrectionForm(formdata=typed.tidied())
    if request.method == "GET":
        return _start_correcting(form, mine)
    mine, title = _whose(form, mine, now)
    if title is not None or mine is None:
        return _show_correction(form, title, 422)
    if followups.correct(db.session(), mine, _position(), form.text.data, now=now):
        g.wake, g.is_erased = "readings", True
    return _back()


def _position() -> int:
    given = request.args.get("butir", "1")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 5 else abort(404)


def _start_correcting(form: CorrectionForm, mine: int) -> Page:
    status, position = _status(mine), _position()
    if not status.is_standing:
        return _back()
    form.text.data = next((p.text for p in status.points if p.position == position), None) or abort(404)
    return _show_correction(form)


def _checked(form: CorrectionForm) -> str | None:
    """What stands over the form where it cannot be taken as it is."""
    if not form.validate_on_submit():
        is_one = len(form.errors) == 1
        return _("Belum tersimpan, ada satu yang perlu diperiksa") if is_one else _("Belum tersimpan")
    if not is_clean(form.text.data):
        form.text.data = clean(form.text.data)
        form.text.errors = [_("Ada tanda yang tidak terbaca; sudah kami buang. Periksa, lalu tekan Simpan lagi.")]
        return _("Belum tersimpan, ada satu yang perlu diperiksa")
    return None


def _whose(form: Any, mine: int | None, now: datetime) -> tuple[int | None, str | None]:
    """Whose form it is, after number and PIN where the visit is over; and what stands over it where it is not taken."""
    title = _checked(form)
    return _sign_in(form, now) if title is None and mine is None else (mine, title)


def _sign_in(form: LateCorrectionForm, now: datetime) -> tuple[int | None, str | None]:
    try:
        found = followups.look_up(db.session(), form.receipt_no.data, form.pin.data, now=now)
    except TooManyTries:
        form.pin.errors = [_("Terlalu banyak PIN yang salah. Coba lagi sepuluh menit lagi.")]
        return None, _("Belum tersimpan")
    if found is None:
        g.keep_refusal = True
        form.pin.errors = [_("Nomor atau PIN tidak cocok. Periksa lagi tanda terimanya.")]
        return None, _("Belum tersimpan")
    visit.begin(found, now=now)
    return found, None


def _show_correction(form: CorrectionForm, error: str | None = None, code: int = 200) -> Page:
    is_late = isinstance(form, LateCorrectionForm)
    page = render_template("citizen/correct.html", form=form, is_late=is_late, position=_position(), error_title=error)
    return page, code


@door.route("/keberatan", methods=["GET", "POST"])
def object_to() -> Page:
    """Reply to the answer of one point, in its time. Where the visit is over, number and PIN are asked beside it."""
    now = datetime.now(UTC)
    mine = visit.current(now=now)
    if mine is None and request.method == "GET":
        return _to_sign_in()
    form = ObjectionForm(formdata=typed.tidied()) if mine else LateObjectionForm(formdata=typed.tidied())
    if request.method == "GET":
        return _start_objecting(form, mine, now)
    mine, title = _whose(form, mine, now)
    if title is not None or mine is None:
        return _show_objection(form, mine, title, 422)
    return _object(form, mine, now)


def _start_objecting(form: ObjectionForm, mine: int, now: datetime) -> Page:
    point = _answered(mine)
    if not objections.is_open(point.answer, now):
        return _back()
    earlier = objections.of_points(db.session(), [point.point_id]).get(point.point_id)
    if earlier is not None and earlier.answered_at is not None:
        return _back()
    form.text.data = earlier.text if earlier else None
    return _show_objection(form, mine)


def _answered(mine: int) -> followups.PointStatus:
    """The point that the address names, if it has a public answer; else it is not there."""
    position = _position()
    found = next((p for p in _status(mine).points if p.position == position and p.answer), None)
    return found or abort(404)


def _object(form: ObjectionForm, mine: int, now: datetime) -> Page:
    point = _answered(mine)
    if personal.is_new(form):
        title = _("Belum terkirim, ada data pribadi di tulisan Anda")
        return _show_objection(form, mine, title, 422, is_hinted=True)
    try:
        objections.object_to(db.session(), point.point_id, form.text.data, now=now)
    except Unexplained as refusal:
        rulings.blame(form, refusal)
        return _show_objection(form, mine, _("Belum terkirim, ada satu yang perlu diisi"), 422)
    except ReplyOver:
        form.text.errors = [
            _("Waktu keberatan untuk jawaban ini sudah lewat. Tulisan Anda masih ada; salin bila perlu.")
        ]
        return _show_objection(form, mine, _("Belum terkirim, waktunya sudah lewat"), 409)
    return _back()


def _show_objection(
    form: ObjectionForm, mine: int | None, error: str | None = None, code: int = 200, *, is_hinted: bool = False
) -> Page:
    page = render_template(
        "citizen/objection.html",
        form=form,
        point=_answered(mine) if mine is not None else None,
        is_late=isinstance(form, LateObjectionForm),
        is_hinted=is_hinted,
        position=_position(),
        error_title=error,
    )
    return page, code


@door.route("/tarik", methods=["GET", "POST"])
def withdraw() -> Page:
    now = datetime.now(UTC)
    mine = visit.current(now=now)
    if mine is None:
        return _to_sign_in()
    status = _status(mine)
    if request.method == "GET" or not status.is_standing:
        return render_template("citizen/withdraw.html", status=status) if status.is_standing else _back()
    data_requests.ask(db.session(), mine, RequestKind.WITHDRAW, now=now, is_done=True)
    erasures.withdraw(db.session(), mine, now=now)
    g.wake = "readings"
    return _back()


@door.route("/hapus", methods=["GET", "POST"])
def erase() -> Page:
    """At once where nothing is published yet; else it counts no more from now on, and a person erases it in time."""
    now = datetime.now(UTC)
    mine = visit.current(now=now)
    if mine is None:
        return _to_sign_in()
    status = _status(mine)
    can_ask = status.state is not SubmissionState.ERASED and status.erase_by is None
    is_published = can_ask and erasures.is_published(db.session(), mine)
    if request.method == "GET" or not can_ask:
        page = render_template("citizen/erase.html", status=status, is_published=is_published) if can_ask else None
        return page or _back()
    data_requests.ask(db.session(), mine, RequestKind.ERASE, now=now, is_done=not is_published)
    if is_published:
        erasures.withdraw(db.session(), mine, now=now)
    else:
        erasures.erase(db.session(), mine, now=now)
    g.wake, g.is_erased = "readings", True
    return _back()


@door.post("/persetujuan/<purpose>/tarik")
def take_back(purpose: str) -> Page:
    """Take one consent back; its use stops at once."""
    now = datetime.now(UTC)
    mine = visit.current(now=now)
    if mine is None:
        return _to_sign_in()
    if purpose not in list(Purpose):
        abort(404)
    contacts.withdraw(db.session(), mine, Purpose(purpose), now=now)
    g.is_erased = True
    return _back()


@door.get("/data.json")
def data() -> Page:
    """Everything that is stored about this submission, to take along."""
    mine = visit.current(now=datetime.now(UTC))
    if mine is None:
        return _to_sign_in()
    rows = takeouts.rows_of(db.session(), mine)
    body = json.dumps(rows, ensure_ascii=False, indent=2)
    name = f"masukan-{_status(mine).number}.json"
    return Response(
        body, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@door.post("/tutup")
def close() -> Page:
    visit.end()
    return _to_sign_in()
