"""Which language a page speaks: Indonesian, unless its reader asked for another one that this page has."""

import re
from functools import cache
from gettext import NullTranslations
from typing import NamedTuple
from urllib.parse import urlencode

from babel.support import Translations
from flask import Flask, current_app, has_app_context, has_request_context, request
from flask.wrappers import Response
from flask_babel import Domain, get_locale

from portal.config import ROOT

SOURCE = "id"
OFFERED = {"id": ("ID", "Bahasa Indonesia"), "en": ("EN", "English"), "jv": ("JV", "Basa Jawa")}
# Whose doors speak it; a language that is not named here is spoken everywhere.
DOORS_OF = {"jv": frozenset({"public", "citizen", "followup"})}
# What pybabel writes where no translator, or for Javanese no native speaker, has put a name.
NOBODY = "FULL NAME <EMAIL@ADDRESS>"
COOKIE = "bahasa"
A_YEAR = 365 * 24 * 3600
SAFE = ("GET", "HEAD")
OF_FORMS = Domain(str(ROOT / "translations"), "wtforms")


class Way(NamedTuple):
    """One entry of the switch: the same page in another language."""

    code: str
    short: str
    name: str
    href: str
    is_current: bool


def current() -> str:
    """The language that is spoken now, one of those offered; where nobody reads (worker, commands) the sources'."""
    locale = get_locale() if has_app_context() else None
    return locale.language if locale else SOURCE


def choose() -> str:
    """What the reader asked for, in the address or earlier; anything unknown, or not spoken here, is Indonesian."""
    # Accept-Language is not asked: many phones here are set to English although their owner reads Indonesian.
    wanted = _asked() or _kept() or SOURCE
    return wanted if is_spoken_here(wanted) else SOURCE


def is_spoken_here(code: str) -> bool:
    """Whether the page that is asked for has this language; an address that leads nowhere has all of them."""
    doors = DOORS_OF.get(code)
    return doors is None or not has_request_context() or not request.endpoint or request.blueprint in doors


def _asked() -> str | None:
    if not has_request_context() or request.method not in SAFE:
        return None
    return _known(request.args.get("lang"))


def _kept() -> str | None:
    return _known(request.cookies.get(COOKIE)) if has_request_context() else None


def _known(code: str | None) -> str | None:
    return code if code in OFFERED else None


def ways() -> list[Way]:
    """The switch of the masthead; empty on an answer to a POST, where following it would lose what was typed."""
    if not has_request_context() or request.method not in SAFE:
        return []
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    spoken = current()
    # A reference of a query alone keeps the path and cannot lead to another site.
    return [
        Way(code, short, name, "?" + urlencode([*kept, ("lang", code)]), code == spoken)
        for code, (short, name) in OFFERED.items()
        if is_spoken_here(code)
    ]


def is_unreviewed() -> bool:
    """Whether the page speaks Javanese that no native speaker has put a name to."""
    return current() == "jv" and reviewer(_catalogue("jv")) is None


@cache
def _catalogue(code: str) -> NullTranslations:
    return Translations.load(ROOT / "translations", [code])


def reviewer(catalogue: NullTranslations) -> str | None:
    """Who stands in the head of a catalogue as its last translator; None where nobody does."""
    named = catalogue.info().get("last-translator", NOBODY)
    name = re.sub(r"<[^>]*>", "", named).strip()
    return name if name and named != NOBODY else None


def add_to(app: Flask) -> None:
    """Tell the templates, keep what was chosen, and say in the headers what a page speaks."""
    app.before_request(_teach_forms)
    app.context_processor(
        lambda: {"page_language": current(), "page_ways": ways, "page_is_unreviewed": is_unreviewed()}
    )
    app.after_request(_keep)


def _teach_forms() -> None:
    """Give the form library our catalogue: it knows no Indonesian, and asks this attribute before its own folder."""
    request.wtforms_translations = OF_FORMS.get_translations()  # type: ignore[attr-defined]


def _keep(response: Response) -> Response:
    if request.endpoint == "static":
        return response
    response.vary.add("Cookie")
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = current()
    chosen = _asked()
    if chosen:
        is_https = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, secure=is_https, httponly=True, samesite="Lax")
    return response
