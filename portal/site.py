"""The site: `create_app` puts settings, libraries, doors and error pages together."""

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, g, request
from flask.wrappers import Response
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from whitenoise import WhiteNoise

from models.engine import prepare, truncate
from portal import (
    academic,
    access,
    account,
    agency,
    citizen,
    cli,
    commenting,
    contributing,
    dates,
    demo,
    errors,
    followup,
    languages,
    letters,
    menu,
    officer,
    public,
    queue,
    reading,
    results,
    versions,
)
from portal.config import ROOT, Settings, keys
from portal.extensions import babel, compress, csrf, db, migrate, people, security
from portal.staff import channels as staff_channels
from portal.staff import codebook as staff_codebook
from portal.staff import coding as staff_coding
from portal.staff import conflicts as staff_conflicts
from portal.staff import deciding as staff_deciding
from portal.staff import decisions as staff_decisions
from portal.staff import drafts as staff_drafts
from portal.staff import exports as staff_exports
from portal.staff import fates as staff_fates
from portal.staff import held as staff_held
from portal.staff import imports as staff_imports
from portal.staff import inbox as staff_inbox
from portal.staff import insights as staff_insights
from portal.staff import meetings as staff_meetings
from portal.staff import objections as staff_objections
from portal.staff import openness as staff_openness
from portal.staff import papers as staff_papers
from portal.staff import people as staff_people
from portal.staff import priorities as staff_priorities
from portal.staff import programmes as staff_programmes
from portal.staff import registers as staff_registers
from portal.staff import releases as staff_releases
from portal.staff import remarks as staff_remarks
from portal.staff import representation as staff_representation
from portal.staff import requests as staff_requests
from portal.staff import responses as staff_responses
from portal.staff import rounds as staff_rounds
from portal.staff import scores as staff_scores
from portal.staff import themes as staff_themes
from portal.staff import unplaced as staff_unplaced
from portal.staff import voices as staff_voices
from services.exports import jobs

DOORS = (
    public,
    demo,
    citizen,
    followup,
    reading,
    versions,
    commenting,
    contributing,
    letters,
    results,
    account,
    academic,
    agency,
    staff_inbox,
    staff_registers,
    staff_insights,
    staff_themes,
    staff_unplaced,
    staff_codebook,
    staff_coding,
    staff_voices,
    staff_representation,
    staff_held,
    staff_priorities,
    staff_scores,
    staff_decisions,
    staff_deciding,
    staff_conflicts,
    staff_responses,
    staff_objections,
    staff_programmes,
    staff_drafts,
    staff_fates,
    staff_openness,
    staff_remarks,
    staff_imports,
    staff_channels,
    staff_papers,
    staff_meetings,
    officer,
    staff_requests,
    staff_exports,
    staff_releases,
    staff_rounds,
    staff_people,
)
SAFE = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
VERSION = "0.1.0"


def create_app(settings: Settings) -> Flask:
    """The site as a WSGI app; it makes the data folder and its keys, and nothing in the database."""
    app = Flask(
        "portal",
        root_path=str(ROOT / "portal"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.data),
    )
    app.config.from_mapping(_configuration(settings))
    app.extensions["settings"] = settings
    app.before_request(_begin_reading)  # before anybody asks who is signed in
    _bind(app, settings)
    for door in DOORS:
        app.register_blueprint(door.door)
    dates.add_filters(app)
    languages.add_to(app)
    errors.register(app)
    cli.register(app)
    access.guard(app)
    menu.add_to(app)
    app.context_processor(lambda: {"site": _site(settings)})
    app.after_request(_finish)
    app.after_request(_add_headers)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=app.static_folder, prefix="static/", max_age=31536000, allow_all_origins=False
    )
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    secret = keys(settings)
    return {
        "SECRET_KEY": secret["secret"],
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # or people's words would stand in the log
        "MAX_CONTENT_LENGTH": 1_000_000,
        "MAX_FORM_MEMORY_SIZE": 1_000_000,
        "MAX_FORM_PARTS": 200,
        "BABEL_DEFAULT_LOCALE": "id",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Jakarta",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "SECURITY_I18N_DIRNAME": [str(ROOT / "translations")],
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_NAME": "urun",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,  # as quick as 4 on pages of this size, and 7 % smaller
        "COMPRESS_MIN_SIZE": 400,
        "SECURITY_PASSWORD_SALT": secret["salt"],
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_LOGIN_URL": "/masuk",
        "SECURITY_LOGOUT_URL": "/keluar",
        "SECURITY_VERIFY_URL": "/masuk/lagi",
        "SECURITY_POST_LOGIN_VIEW": "/meja",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_REGISTERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_FLASH_MESSAGES": False,
    }


def _bind(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    babel.init_app(app, locale_selector=languages.choose)
    compress.init_app(app)
    csrf.init_app(app)
    security.init_app(app, people)
    WTFormsHelpers(app)
    app.extensions["queue"] = queue.connect(settings.queue)
    app.jinja_loader = ChoiceLoader(
        [
            app.jinja_loader,  # type: ignore[list-item]
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )


def _site(settings: Settings) -> dict[str, Any]:
    return {
        "name": "Urun Rembug",
        "city": "Kota Pekalongan",
        "city_short": "Pekalongan",
        "is_demo": settings.is_demo,
        "version": VERSION,
    }


def _begin_reading() -> None:
    """A request that only reads never waits for the one that writes."""
    if request.method in SAFE and request.endpoint != "static":
        db.session.connection(execution_options={"reading": True})


def _finish(response: Response) -> Response:
    """The door commits, once: below 400, or where a refusal itself must be remembered; then the worker is woken."""
    if response.status_code < 400 or g.get("keep_refusal", False):
        db.session.commit()
        if g.get("is_erased"):
            truncate(db.engine)
            jobs.sweep(db.session(), current_app.extensions["settings"].exports)
            db.session.rollback()
        if g.get("wake"):
            queue.wake(g.wake)
    else:
        db.session.rollback()
    return response


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
