"""The short form as academics and agencies fill it: shown, taken, shown again; two doors share it."""

from datetime import UTC, datetime
from typing import Any

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.opinion import OpinionForm
from models.vocabulary import Capacity, Element, Group, Nature, PointType
from portal import authors, languages, typed
from portal.extensions import db
from services import contributions, opinions
from services.contributions import Author, Said
from services.errors import NotFound, RoundClosed

Page = str | tuple[str, int] | Response


def give(door: str, code: str) -> Page:
    """Say something on a dimension; `door` is the door that asks ("academic", "agency")."""
    author, form, now = authors.author(), _form(), datetime.now(UTC)
    key = typed.key_of(form)
    if not form.is_submitted():
        form.capacity.data = "official" if author.group is Group.AGENCY else "personal"
    if not form.validate_on_submit():
        return _show(door, form, author, code)
    _named(author, code)
    try:
        call = authors.call(now)
        contributions.add(db.session(), author, _said(form, code), call=call, key=key, now=now)
    except RoundClosed:
        return _show(door, form, author, code, is_closed=True)
    return _back(door, code)


def change(door: str, point_id: int) -> Page:
    """Write an own opinion anew."""
    author, form, now = authors.author(), _form(), datetime.now(UTC)
    earlier = opinions.loaded(db.session(), author, point_id)
    code = earlier.dimension or ""
    if not form.is_submitted():
        _fill(form, earlier)
    if not form.validate_on_submit():
        return _show(door, form, author, code, point_id=point_id)
    is_open = authors.call(now).round_id is not None
    try:
        contributions.change(db.session(), author, point_id, _said(form, code), is_open=is_open, now=now)
    except RoundClosed:
        return _show(door, form, author, code, point_id=point_id, is_closed=True)
    return _back(door, code)


def _form() -> OpinionForm:
    form = OpinionForm(formdata=typed.tidied(), is_agency=authors.author().group is Group.AGENCY)
    form.set_choices(*opinions.choices(db.session(), languages.current()))
    return form


def _named(author: Author, code: str) -> opinions.DimensionFacts:
    found = [d for d in opinions.dimensions(db.session(), author, languages.current()) if d.code == code]
    if not found:
        raise NotFound(f"dimension {code}")
    return found[0]


def _said(form: OpinionForm, dimension: str) -> Said:
    """What is wrong is the text and what would help the proposal; a proposal alone is the text itself."""
    problem, proposal = (form.problem.data or "").strip(), (form.proposal.data or "").strip()
    return Said(
        text=problem or proposal,
        proposal=proposal if problem else None,
        point_type=PointType.PROPOSAL if proposal else PointType.PROBLEM,
        dimension=dimension,
        evidence=form.evidence.data,
        condition=typed.scale(form.condition.data),
        importance=typed.scale(form.importance.data),
        element=Element(form.element.data),
        nature=Nature(form.nature.data),
        missions=tuple(form.missions.data or ()),
        framework_items=tuple(tuple(item.split(":", 1)) for item in form.framework_items.data or ()),
        capacity=Capacity(form.capacity.data),
        signed_off_by=form.signed_off_by.data,
    )


def _fill(form: OpinionForm, said: Said) -> None:
    is_proposal_alone = said.point_type is PointType.PROPOSAL and not said.proposal
    form.problem.data = "" if is_proposal_alone else said.text
    form.proposal.data = said.text if is_proposal_alone else said.proposal
    form.condition.data, form.importance.data = _number(said.condition), _number(said.importance)
    form.element.data = said.element.value if said.element else None
    form.nature.data = said.nature.value if said.nature else None
    form.missions.data = list(said.missions)
    form.framework_items.data = [":".join(pair) for pair in said.framework_items]
    form.evidence.data, form.signed_off_by.data = said.evidence, said.signed_off_by
    form.capacity.data = said.capacity.value


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _show(
    door: str, form: OpinionForm, author: Author, code: str, *, point_id: int | None = None, is_closed: bool = False
) -> Page:
    action: dict[str, Any] = {"point_id": point_id} if point_id else {"code": code}
    page = render_template(
        "opinions/opinion.html",
        form=form,
        dimension=_named(author, code),
        own=opinions.own(db.session(), author, code),
        round=authors.facts(),
        door=door,
        action=url_for(f"{door}.change" if point_id else f"{door}.opinion", **action),
        point_id=point_id,
        is_closed=is_closed,
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return page, 409 if is_closed else 422 if form.errors else 200


def _back(door: str, code: str) -> Response:
    g.wake = "readings"
    return redirect(url_for(f"{door}.opinion", code=code, _anchor="sudah"), 303)
