"""Who is speaking, and what the sending answers to, for the doors of people who were invited."""

from datetime import UTC, datetime

from flask import abort
from flask_login import current_user

from models.vocabulary import Group
from portal import languages
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import plans, rounds
from services.contributions import Author, Call


def author() -> Author:
    """The signed-in person as an author; somebody of an agency speaks with its other people."""
    if may(Permission.SPEAK_FOR_AGENCY):
        if current_user.agency is None:
            abort(403)
        return Author(current_user.id, Group.AGENCY, current_user.name or "", None, current_user.agency)
    return Author(current_user.id, Group.ACADEMIC, current_user.name or "", current_user.organisation)


def reader() -> Author | None:
    """The author, where the visitor may comment."""
    return author() if may(Permission.COMMENT) else None


def _group() -> Group | None:
    """The group whose window in the round counts; a visitor without an account has none."""
    if may(Permission.SPEAK_FOR_AGENCY):
        return Group.AGENCY
    return Group.ACADEMIC if may(Permission.SPEAK_AS_ACADEMIC) else None


def facts() -> rounds.RoundFacts | None:
    """The current round as the page shows it: where the visitor's group has a window, with its days."""
    current = rounds.current(db.session(), now=datetime.now(UTC), lang=languages.current(), group=_group())
    return current[1] if current else None


def call(now: datetime) -> Call:
    """What a sending answers to: the round, where it is open to the author's group."""
    current = rounds.current(db.session(), now=now, group=_group())
    open_round = current[0] if current and current[1].is_open else None
    return Call(open_round, plans.city(db.session())["city"]["receipt_prefix"])
