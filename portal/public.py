"""Open to anyone: what this is, how it counts, what happens to personal data."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, render_template
from sqlalchemy import text

from portal import languages
from portal.config import ROOT
from portal.extensions import db
from services import choices, publications, rounds, statements

door = Blueprint("public", __name__)

STATEMENT = ROOT / "docs" / "accessibility.json"


@door.get("/")
def home() -> str:
    lang = languages.current()
    current = rounds.current(db.session(), now=datetime.now(UTC), lang=lang)
    return render_template(
        "public/home.html",
        round=current[1] if current else None,
        counts=publications.counts(db.session()),
        topic_groups=choices.topic_groups(db.session(), lang),
        thread=publications.thread(
            db.session(), lang, now=datetime.now(UTC), is_demo=current_app.extensions["settings"].is_demo
        ),
    )


@door.get("/cara-menghitung")
def counting() -> str:
    current = rounds.current(db.session(), now=datetime.now(UTC), lang=languages.current())
    return render_template("public/counting.html", round=current[1] if current else None)


@door.get("/data-pribadi")
def privacy() -> str:
    return render_template("public/privacy.html")


@door.get("/aksesibilitas")
def accessibility() -> str:
    return render_template(
        "public/accessibility.html",
        statement=statements.read(STATEMENT, languages.current()),
        standard=statements.STANDARD,
        answer_days=statements.ANSWER_DAYS,
    )


@door.get("/health")
def health() -> tuple[dict[str, str], int]:
    """For the supervisor and the operator: the database answers."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok"}, 200
