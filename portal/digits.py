"""A printed form by its digits: what a digit stands for, and which digit stands for what was typed."""

from datetime import datetime
from typing import Any

from flask import current_app, g
from flask_login import current_user

from forms.entry import EntryForm
from models.vocabulary import AgeBand, Experience, Gender
from portal import languages, typed
from portal.config import keys
from portal.extensions import db
from services import choices, contacts, corrections, papers


def form(kind: type[EntryForm]) -> Any:
    """The form to type in, with the kelurahan and what the printed form numbers."""
    made = kind(formdata=typed.tidied())
    made.set_choices(choices.kelurahan(db.session()), papers.choices(db.session(), languages.current()))
    return made


def nth(members: list[Any], digit: str | None) -> Any:
    """What a digit stands for on the printed form; nothing stands for 0."""
    return members[int(digit) - 1] if digit and int(digit) else None


def read(form: EntryForm) -> corrections.Typed:
    """What the digits of a form mean."""
    known = papers.choices(db.session(), languages.current())
    return corrections.Typed(
        text=form.text.data or "",
        dimension=nth([code for code, _label in known.dimensions], form.about.data),
        condition=typed.scale(form.condition.data),
        importance=typed.scale(form.importance.data),
        area=form.area.data or None,
        affected=tuple(known.affected[int(n) - 1][0] for n in form.numbers()),
        experience=nth(list(Experience), form.experience.data),
        age_band=nth(list(AgeBand), form.age_band.data),
        gender=nth(list(Gender), form.gender.data),
    )


def fill(form: EntryForm, said: corrections.Typed) -> None:
    """Put what was typed into the fields again, as the digits that stand for it."""
    known = papers.choices(db.session(), languages.current())
    affected = [code for code, _label in known.affected]
    form.text.data, form.area.data = said.text, said.area or ""
    form.about.data = _digit([code for code, _label in known.dimensions], said.dimension)
    form.condition.data, form.importance.data = str(said.condition or ""), str(said.importance or "")
    form.affected.data = " ".join(_digit(affected, code) for code in said.affected if code in affected)
    form.experience.data = _digit(list(Experience), said.experience)
    form.age_band.data = _digit(list(AgeBand), said.age_band)
    form.gender.data = _digit(list(Gender), said.gender)


def _digit(members: list[Any], member: Any) -> str:
    return str(members.index(member) + 1) if member in members else ""


def correct(form: EntryForm, batch_id: int, submission_id: int, *, now: datetime) -> None:
    """Keep what the form says now; of somebody who turns out to be under 18 no contact is kept."""
    session, said = db.session(), read(form)
    key = keys(current_app.extensions["settings"])["secret"].encode()
    changed = corrections.correct(session, batch_id, submission_id, said, key=key, actor_id=current_user.id, now=now)
    if said.age_band is AgeBand.UNDER_18:
        contacts.erase(session, submission_id)
    if changed:
        g.wake, g.is_erased = "readings", True
