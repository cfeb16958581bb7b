"""A database at an older revision, and rows in it as a program of that time would have written them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask_migrate import upgrade
from sqlalchemy import text

from portal.config import ROOT, Settings
from portal.extensions import db
from portal.site import create_app

DIRECTORY = str(ROOT / "migrations")
ROUND = """INSERT INTO round (id, code, title_id, title_en, opens_at, closes_at, answer_by, level, promise_id,
    promise_en, open_id, open_en, fixed_id, fixed_en, answerer_id, answerer_en)
    VALUES (1, 'r', 'a', 'a', :now, :now, :now, 'consult', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a')"""


@contextmanager
def database(folder, revision) -> Iterator[None]:
    """An empty database at a revision, for as long as the block lasts."""
    app = create_app(Settings(data=folder / "data", is_demo=False))
    with app.app_context():
        upgrade(directory=DIRECTORY, revision=revision)
        yield
        db.session.remove()
        db.engine.dispose()


def put(statement, **values):
    """Run one statement; `:now` is filled in where it stands."""
    now = datetime(2026, 11, 24, tzinfo=UTC).isoformat(" ")
    used = {name: value for name, value in {"now": now, **values}.items() if f":{name}" in statement}
    db.session.execute(text(statement), used)
    db.session.commit()
    db.session.remove()


def rows(query):
    """Everything that a query finds, as tuples."""
    found = [tuple(row) for row in db.session.execute(text(query))]
    db.session.remove()
    return found
