"""Who may do what on what: one table that reads as a page. A route that it does not name does not start."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from flask import Flask, abort, request
from flask_login import current_user
from werkzeug.wrappers import Response


class Permission(StrEnum):
    """What a route asks of its visitor."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    COMMENT = "comment"
    SPEAK_AS_ACADEMIC = "speak_as_academic"
    SPEAK_FOR_AGENCY = "speak_for_agency"
    READ_FINDINGS = "read_findings"
    EDIT_THEMES = "edit_themes"
    EDIT_DRAFTS = "edit_drafts"
    SHOW_VOICES = "show_voices"


class Thing(StrEnum):
    """What a route is about, and whose it must be; to anybody else such a thing is not there (404)."""

    NOTHING = "nothing"
    PUBLISHED_DRAFT = "published_draft"  # a version that is not published is there for nobody at this route
    PUBLISHED_PARAGRAPH = "published_paragraph"
    OWN_COMMENT = "own_comment"  # written by this person, or by this person's agency
    OWN_OPINION = "own_opinion"
    OWN_PROGRAMME = "own_programme"  # led by this person's agency
    DIMENSION = "dimension"
    THEME = "theme"
    PROPOSED_THEME = "proposed_theme"  # by the machine; what was decided cannot be decided again (409)
    PROGRAMME = "programme"
    POINT = "point"
    DRAFT = "draft"  # published or not
    UNPUBLISHED_DRAFT = "unpublished_draft"  # what is published cannot be published again, nor thrown away (409)
    INVITATION = "invitation"


class Route(NamedTuple):
    """Who may, and on what."""

    permission: Permission
    thing: Thing = Thing.NOTHING


P, T = Permission, Thing

ROLES: dict[str, frozenset[Permission]] = {
    "lead": frozenset({P.READ_FINDINGS, P.EDIT_THEMES, P.EDIT_DRAFTS, P.SHOW_VOICES}),
    "analyst": frozenset({P.READ_FINDINGS, P.EDIT_THEMES, P.EDIT_DRAFTS, P.SHOW_VOICES}),
    "reviewer": frozenset({P.READ_FINDINGS}),
    "academic": frozenset({P.COMMENT, P.SPEAK_AS_ACADEMIC}),
    "agency": frozenset({P.COMMENT, P.SPEAK_FOR_AGENCY}),
}

ROUTES: dict[str, Route] = {
    # open to anyone
    "static": Route(P.ANYONE),
    "public.home": Route(P.ANYONE),
    "public.counting": Route(P.ANYONE),
    "public.privacy": Route(P.ANYONE),
    "public.accessibility": Route(P.ANYONE),
    "public.health": Route(P.ANYONE),
    "citizen.suggest": Route(P.ANYONE),
    "citizen.receipt": Route(P.ANYONE),
    "citizen.status": Route(P.ANYONE),
    "reading.index": Route(P.ANYONE),
    "reading.chapter": Route(P.ANYONE, T.PUBLISHED_DRAFT),
    # signing in and joining
    "account.join": Route(P.ANYONE, T.INVITATION),
    "account.desk": Route(P.SIGNED_IN),
    "security.login": Route(P.ANYONE),
    "security.logout": Route(P.ANYONE),
    "security.verify": Route(P.SIGNED_IN),
    "security.static": Route(P.ANYONE),
    # people who were invited: on the draft, on a dimension, on their programmes
    "reading.comment": Route(P.COMMENT, T.PUBLISHED_PARAGRAPH),
    "reading.change": Route(P.COMMENT, T.OWN_COMMENT),
    "academic.index": Route(P.SPEAK_AS_ACADEMIC),
    "academic.opinion": Route(P.SPEAK_AS_ACADEMIC, T.DIMENSION),
    "academic.change": Route(P.SPEAK_AS_ACADEMIC, T.OWN_OPINION),
    "agency.index": Route(P.SPEAK_FOR_AGENCY),
    "agency.review": Route(P.SPEAK_FOR_AGENCY, T.OWN_PROGRAMME),
    "agency.opinion": Route(P.SPEAK_FOR_AGENCY, T.DIMENSION),
    "agency.change": Route(P.SPEAK_FOR_AGENCY, T.OWN_OPINION),
    # the revision team
    "staff_insights.index": Route(P.READ_FINDINGS),
    "staff_insights.theme": Route(P.READ_FINDINGS, T.THEME),
    "staff_insights.rename": Route(P.EDIT_THEMES, T.THEME),
    "staff_insights.accept": Route(P.EDIT_THEMES, T.PROPOSED_THEME),
    "staff_insights.refuse": Route(P.EDIT_THEMES, T.PROPOSED_THEME),
    "staff_priorities.index": Route(P.READ_FINDINGS),
    "staff_priorities.figures": Route(P.READ_FINDINGS),
    "staff_priorities.table": Route(P.READ_FINDINGS),
    "staff_priorities.summary": Route(P.READ_FINDINGS),
    "staff_voices.index": Route(P.READ_FINDINGS),
    "staff_voices.texts": Route(P.READ_FINDINGS),
    "staff_voices.show": Route(P.SHOW_VOICES, T.POINT),
    "staff_voices.hide": Route(P.SHOW_VOICES, T.POINT),
    "staff_programmes.index": Route(P.READ_FINDINGS),
    "staff_programmes.voices": Route(P.READ_FINDINGS, T.PROGRAMME),
    "staff_drafts.index": Route(P.READ_FINDINGS),
    "staff_drafts.take": Route(P.EDIT_DRAFTS),
    "staff_drafts.chapter": Route(P.READ_FINDINGS, T.DRAFT),
    "staff_drafts.publish": Route(P.EDIT_DRAFTS, T.UNPUBLISHED_DRAFT),
    "staff_drafts.discard": Route(P.EDIT_DRAFTS, T.UNPUBLISHED_DRAFT),
}

# Where somebody's work begins: the first of these that the person may do.
DESKS: tuple[tuple[Permission, str], ...] = (
    (P.READ_FINDINGS, "staff_insights.index"),
    (P.SPEAK_FOR_AGENCY, "agency.index"),
    (P.SPEAK_AS_ACADEMIC, "academic.index"),
)


class Unlisted(RuntimeError):
    """A route without a permission: the site does not start."""


def guard(app: Flask) -> None:
    """Refuse to start with a route that the table does not name, and ask for its permission at each request."""
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - ROUTES.keys())
    if missing:
        raise Unlisted(f"routes without a permission: {', '.join(missing)}")
    app.before_request(_ask)


def allows(permission: Permission, roles: Iterable[str] | None) -> bool:
    """Whether somebody with these roles may; None is somebody who has not signed in."""
    if permission is Permission.ANYONE:
        return True
    if roles is None:
        return False
    return permission is Permission.SIGNED_IN or any(permission in ROLES.get(r, ()) for r in roles)


def may(permission: Permission) -> bool:
    """Whether the visitor of this request may."""
    roles = [role.name for role in current_user.roles] if current_user.is_authenticated else None
    return allows(permission, roles)


def desk() -> str:
    """The endpoint at which the visitor's work begins; the front page for somebody without any."""
    return next((endpoint for permission, endpoint in DESKS if may(permission)), "public.home")


def permission_of(endpoint: str | None) -> Permission:
    """What a route asks for; an address that leads nowhere asks for nothing."""
    return ROUTES.get(endpoint or "", Route(Permission.ANYONE)).permission


def _ask() -> Response | None:
    permission = permission_of(request.endpoint)
    if permission is Permission.ANYONE:
        return None
    if not current_user.is_authenticated:
        return abort(401)
    return None if may(permission) else abort(403)
