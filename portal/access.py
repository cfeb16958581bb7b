"""Who may do what: one permission per route, one table that reads as a page."""

from collections.abc import Iterable
from enum import StrEnum

from flask import Flask, abort, request
from flask_login import current_user
from werkzeug.wrappers import Response


class Permission(StrEnum):
    """What a route asks of its visitor."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    READ_FINDINGS = "read_findings"
    EDIT_THEMES = "edit_themes"


ROLES: dict[str, frozenset[Permission]] = {
    "lead": frozenset({Permission.READ_FINDINGS, Permission.EDIT_THEMES}),
    "analyst": frozenset({Permission.READ_FINDINGS, Permission.EDIT_THEMES}),
    "reviewer": frozenset({Permission.READ_FINDINGS}),
}

ROUTES: dict[str, Permission] = {
    "static": Permission.ANYONE,
    "public.home": Permission.ANYONE,
    "public.counting": Permission.ANYONE,
    "public.privacy": Permission.ANYONE,
    "public.accessibility": Permission.ANYONE,
    "public.health": Permission.ANYONE,
    "citizen.suggest": Permission.ANYONE,
    "citizen.receipt": Permission.ANYONE,
    "citizen.status": Permission.ANYONE,
    "account.join": Permission.ANYONE,
    "security.login": Permission.ANYONE,
    "security.logout": Permission.ANYONE,
    "security.verify": Permission.SIGNED_IN,
    "security.static": Permission.ANYONE,
    "staff_insights.index": Permission.READ_FINDINGS,
    "staff_insights.theme": Permission.READ_FINDINGS,
    "staff_insights.rename": Permission.EDIT_THEMES,
    "staff_insights.accept": Permission.EDIT_THEMES,
    "staff_insights.refuse": Permission.EDIT_THEMES,
    "staff_priorities.index": Permission.READ_FINDINGS,
}


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


def _ask() -> Response | None:
    permission = ROUTES.get(request.endpoint or "", Permission.ANYONE)
    if permission is Permission.ANYONE:
        return None
    if not current_user.is_authenticated:
        return abort(401)
    if not allows(permission, [role.name for role in current_user.roles]):
        return abort(403)
    return None
