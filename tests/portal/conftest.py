"""A site of its own for each test: migrated, with the plan, without the demo unless asked for."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import CodeType

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_security import hash_password
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event
from werkzeug.routing import Rule

from portal.config import ROOT, Settings
from portal.extensions import db, people
from portal.site import create_app
from portal.worker import Worker
from services import drafts, imports, plans, programmes, rounds

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


class Compiled(BytecodeCache):
    """Templates that one site has compiled, for the next sites of the process; a changed file is another one."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.code[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()
ADDRESSES: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


def kept(compile_builder: Callable[..., Callable[..., tuple[str, str]]]) -> Callable[..., object]:
    """Compile how an address is written once for a process: the same addresses stand in every site of it."""

    def compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if rule.defaults:  # its converters have a part in it
            return compile_builder(rule, append_unknown)
        key = (*rule._trace, append_unknown)
        if key not in ADDRESSES:
            ADDRESSES[key] = compile_builder(rule, append_unknown)
        return ADDRESSES[key]

    return compile_once


# The least that argon2 takes. A test that signs in proves no more with the cost that the site has.
CHEAP = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}


def make_app(settings: Settings) -> Flask:
    """The site as it is, without compiling the same addresses and templates and hashing at full cost in each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", kept(Rule._compile_builder))
        app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    app.extensions["security"].pwd_context.update(**CHEAP)
    return app


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made once for all tests: migrated, with the plan and one person of each kind."""
    folder = tmp_path_factory.mktemp("template") / "data"
    app = make_app(Settings(data=folder, is_demo=False))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        plans.load(db.session(), ROOT / "plan", now=datetime.now(UTC))
        rounds.open_for_demo(db.session(), now=datetime.now(UTC))
        for role, agency in PERSONS:
            person = people.create_user(email=f"{role}@demo.example", password=hash_password(PASSWORD))
            person.agency = agency
            people.add_role_to_user(person, people.find_or_create_role(role))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return folder


def with_examples(settings: Settings, app: Flask) -> None:
    """The 98 example rows, imported and read."""
    with app.app_context():
        now = datetime.now(UTC)
        current = rounds.current(db.session(), now=now)
        assert current is not None
        file = ROOT / "demo" / "submissions.csv"
        imports.import_submissions(db.session(), file, round_id=current[0], prefix="PKL", now=now)
        db.session.commit()
    read(settings)


def with_draft(settings: Settings, app: Flask) -> None:
    """The example draft, published, and the example programmes."""
    with app.app_context():
        now = datetime.now(UTC)
        text = (ROOT / "demo" / "draft-masterplan.md").read_bytes()
        drafts.publish(db.session(), drafts.take(db.session(), text, name="draft.md", now=now), now=now)
        programmes.import_file(db.session(), ROOT / "demo" / "programmes.csv", now=now)
        db.session.commit()


# What a test may ask for by name; each folder is made once, in this order.
PREPARED = {"examples": with_examples, "draft": with_draft}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Callable[[tuple[str, ...]], Path]:
    """A data folder with what was asked for in it: made once, then copied."""
    made: dict[tuple[str, ...], Path] = {(): template}

    def folder(wanted: tuple[str, ...]) -> Path:
        if wanted not in made:
            settings = Settings(data=tmp_path_factory.mktemp("prepared") / "data", is_demo=False)
            shutil.copytree(folder(wanted[:-1]), settings.data)
            app = make_app(settings)
            PREPARED[wanted[-1]](settings, app)
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
            made[wanted] = settings.data
        return made[wanted]

    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", is_demo=False)


@pytest.fixture
def app(
    request: pytest.FixtureRequest, settings: Settings, prepared: Callable[[tuple[str, ...]], Path]
) -> Iterator[Flask]:
    wanted = tuple(name for name in PREPARED if name in request.fixturenames)
    shutil.copytree(prepared(wanted), settings.data)
    app = make_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def examples(app: Flask) -> None:
    """The 98 example rows, imported and read: `app` copies the folder that has them for whoever asks for this."""


@pytest.fixture
def draft(app: Flask) -> None:
    """The example draft, published, and the example programmes: `app` copies the folder that has them too."""


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
