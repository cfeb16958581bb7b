"""Papers: forms to print, and the piles that officers type in from them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.entry import EntryForm
from forms.paper import LANGUAGES, SIZES, PaperForm
from portal import codes, digits, languages, typed
from portal.extensions import db
from services import corrections, entries, entry_checks, papers, plans, rounds
from services.papers import Printed

door = Blueprint("staff_papers", __name__, url_prefix="/staff/papers")
ON_A_SHEET = 2


@door.get("")
def index() -> tuple[str, int]:
    return _index(PaperForm(formdata=None))


def _index(form: PaperForm, code: int = 200) -> tuple[str, int]:
    lang = languages.current()
    page = render_template(
        "staff/papers.html",
        form=form,
        runs=papers.runs(db.session()),
        piles=entries.everybodys(db.session(), lang),
        language_names=dict(LANGUAGES),
        sizes=SIZES,
        error_title=bool(form.errors),
    )
    return page, code


@door.post("")
def sheets() -> str | tuple[str, int]:
    """New forms, shown this once: their PINs are kept nowhere."""
    form = PaperForm()
    if not form.validate_on_submit():
        return _index(form, 422)
    printed = papers.print_forms(
        db.session(),
        form.count.data,
        language=form.language.data,
        prefix=plans.city(db.session())["city"]["receipt_prefix"],
        now=datetime.now(UTC),
        actor_id=current_user.id,
    )
    return _sheets(printed, form.language.data, form.size.data)


@door.get("/blank")
def blank() -> str:
    """One sheet without numbers, to be copied: who sends it gets number and PIN when it is typed in."""
    language, size = request.args.get("language", "id"), request.args.get("size", "a4")
    if language not in dict(LANGUAGES) or size not in dict(SIZES):
        abort(400)
    return _sheets([None] * ON_A_SHEET, language, size)


def _sheets(printed: Sequence[Printed | None], language: str, size: str) -> str:
    with force_locale(language):
        current = rounds.current(db.session(), now=datetime.now(UTC), lang=language)
        return render_template(
            "staff/paper_print.html",
            sheets=[printed[i : i + ON_A_SHEET] for i in range(0, len(printed), ON_A_SHEET)],
            size=size,
            language=language,
            choices=papers.choices(db.session(), language),
            round=current[1] if current else None,
            draw=codes.draw,
            status_address=url_for("citizen.status", _external=True),
        )


@door.get("/piles/<int:batch_id>")
def pile(batch_id: int) -> str:
    """One pile: how far it is, and what differs where it was typed twice."""
    return render_template(
        "staff/pile.html",
        pile=entries.one(db.session(), batch_id, languages.current()),
        checked=entry_checks.checked(db.session(), batch_id),
        forms=corrections.listing(db.session(), batch_id),
    )


@door.post("/piles/<int:batch_id>/check")
def ask(batch_id: int) -> Response:
    entries.one(db.session(), batch_id)
    entry_checks.ask(db.session(), batch_id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_papers.pile", batch_id=batch_id), 303)


@door.route("/piles/<int:batch_id>/forms/<int:submission_id>", methods=["GET", "POST"])
def correct(batch_id: int, submission_id: int) -> Response | tuple[str, int]:
    """What an officer mistyped, put right by the team, also when the round is over."""
    listed, said = corrections.one(db.session(), batch_id, submission_id)
    form = digits.form(EntryForm)
    if not form.validate_on_submit():
        if not form.is_submitted():
            digits.fill(form, said)
        page = render_template(
            "staff/paper_correct.html",
            form=form,
            pile=entries.one(db.session(), batch_id, languages.current()),
            listed=listed,
            choices=papers.choices(db.session(), languages.current()),
            error_title=typed.not_sent(form) if form.errors else None,
        )
        return page, 422 if form.errors else 200
    digits.correct(form, batch_id, submission_id, now=datetime.now(UTC))
    return redirect(url_for("staff_papers.pile", batch_id=batch_id), 303)
