"""The register of refusals: what earlier cycles did not accept, and which points ask for it again."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.register import SAME, JudgeForm
from portal import asked, deeds, languages, sieve
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import registers

door = Blueprint("staff_registers", __name__, url_prefix="/staff/register")


@door.get("")
def index() -> str:
    items, cursor = registers.listing(db.session(), after=asked.number(), lang=languages.current())
    return render_template("staff/register.html", items=items, next_cursor=cursor)


@door.get("/<int:item_id>")
def show(item_id: int) -> tuple[str, int]:
    return _show(item_id)


def _show(item_id: int, error: str | None = None, code: int = 200) -> tuple[str, int]:
    lang = languages.current()
    item = registers.one(db.session(), item_id, lang)
    points, cursor = registers.asked(db.session(), item_id, after=asked.number(), lang=lang)
    page = render_template(
        "staff/register_item.html",
        item=item,
        points=points,
        next_cursor=cursor,
        can_screen=may(Permission.SCREEN),
        error_title=error,
    )
    return page, code


@door.post("/<int:item_id>/points/<int:point_id>")
def judge(item_id: int, point_id: int) -> Response | tuple[str, int]:
    """Say whether a point asks again; back to where it was said, the item or the point."""
    form = JudgeForm()
    registers.check(db.session(), item_id, point_id)
    if not form.validate_on_submit():
        return _show(item_id, _("Belum tersimpan. Tekan salah satu tombolnya."), 422)
    same = form.verdict.data == SAME
    registers.judge(db.session(), item_id, point_id, is_same=same, **deeds.by_me())
    if request.args.get("from") == "point":
        args = sieve.given()
        return redirect(url_for("staff_inbox.point", point_id=point_id, _anchor="pernah", **args), 303)
    return redirect(url_for("staff_registers.show", item_id=item_id), 303)
