"""A site of its own for each test: migrated, with the plan, without the demo unless asked for."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_security import hash_password
from sqlalchemy import event

from portal import create_app
from portal.config import ROOT, Settings
from portal.extensions import db, people
from portal.worker import Worker
from services import drafts, imports, plans, programmes

PASSWORD = "kata-sandi-contoh-1"
PERSONS = (
    ("administrator", None),
    ("lead", None),
    ("reviewer", None),
    ("academic", None),
    ("officer", None),
    ("privacy", None),
    ("agency", "dpupr"),
)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made once for all tests: migrated, with the plan and one person of each kind."""
    folder = tmp_path_factory.mktemp("template") / "data"
    app = create_app(Settings(data=folder, is_demo=False))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        plans.load(db.session(), ROOT / "plan", now=datetime.now(UTC))
        plans.open_for_demo(db.session(), now=datetime.now(UTC))
        for role, agency in PERSONS:
            person = people.create_user(email=f"{role}@demo.example", password=hash_password(PASSWORD))
            person.agency = agency
            people.add_role_to_user(person, people.find_or_create_role(role))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", is_demo=False)


@pytest.fixture
def app(settings: Settings, template: Path) -> Iterator[Flask]:
    shutil.copytree(template, settings.data)
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def examples(app: Flask, settings: Settings) -> None:
    """The 98 example rows, imported and read."""
    with app.app_context():
        now = datetime.now(UTC)
        current = plans.current_round(db.session(), now=now)
        assert current is not None
        file = ROOT / "demo" / "submissions.csv"
        imports.import_submissions(db.session(), file, round_id=current[0], prefix="PKL", now=now)
        db.session.commit()
    read(settings)


@pytest.fixture
def draft(app: Flask) -> None:
    """The example draft, published, and the example programmes."""
    with app.app_context():
        now = datetime.now(UTC)
        text = (ROOT / "demo" / "draft-masterplan.md").read_bytes()
        drafts.publish(db.session(), drafts.take(db.session(), text, name="draft.md", now=now), now=now)
        programmes.import_file(db.session(), ROOT / "demo" / "programmes.csv", now=now)
        db.session.commit()


def read(settings: Settings) -> int:
    """Do the worker's work now."""
    worker = Worker(settings)
    try:
        return worker.read()
    finally:
        worker.engine.dispose()


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the first form that has a CSRF token."""
    pairs = {}
    for tag in re.findall(r"<input[^>]*>", html):
        if 'type="hidden"' in tag:
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                pairs.setdefault(name[1], value[1] if value else "")
    return pairs


def sign_in(client: FlaskClient, role: str = "lead") -> None:
    fields = hidden(client.get("/masuk").text)
    answer = client.post("/masuk", data=fields | {"email": f"{role}@demo.example", "password": PASSWORD})
    assert answer.status_code in (302, 303), answer.text[:2000]


class Statements(list):
    """The statements sent to the database, without BEGIN, COMMIT and loading the signed-in person."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_more) -> None:
        words = statement.split(None, 1)[0].upper()
        is_person = re.search(r'FROM "?user"?\b|roles_users|FROM role\b', statement)
        if words not in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA") and not is_person:
            self.append(statement)
