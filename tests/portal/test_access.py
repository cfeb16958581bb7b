"""The access grid: every route, every kind of visitor, own, foreign, unpublished and missing things, from one table."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_security import hash_password
from sqlalchemy import select

from models import Invitation, Programme, Round, Theme
from models.vocabulary import Group, PointType, ThemeState, Verdict
from portal import access
from portal.access import ROUTES, Unlisted
from portal.config import ROOT, ZONE, Settings
from portal.extensions import db, people
from portal.rights import ROLES, Permission, Route, Thing
from portal.site import create_app
from services import accounts, comments, contributions, drafts, paragraphs, plans, programmes, rounds
from services.contributions import Author, Call, Said
from tests.portal import (
    on_comment,
    on_contributing,
    on_decision,
    on_draft,
    on_export,
    on_import,
    on_inbox,
    on_paper,
    on_reading,
    on_release,
    on_request,
    on_score,
    on_theme,
)
from tests.portal.conftest import hidden, make_app, read

DEMO = ROOT / "demo"
OK, GONE, SPENT = {200, 302, 303, 422}, {404}, {409}
# visitor: role, agency
VISITORS = {
    "anonymous": None,
    "academic": ("academic", None),
    "other_academic": ("academic", None),
    "agency": ("agency", "dpupr"),
    "colleague": ("agency", "dpupr"),
    "other_agency": ("agency", "dinkominfo"),
    "officer": ("officer", None),
    "other_officer": ("officer", None),
    "verifier": ("verifier", None),
    "reviewer": ("reviewer", None),
    "analyst": ("analyst", None),
    "lead": ("lead", None),
    "administrator": ("administrator", None),
    "privacy": ("privacy", None),
    "disabled": ("lead", None),
}
# Whose things a visitor may open as their own.
MINE = {"academic": "academic", "agency": "agency", "colleague": "agency", "other_agency": "other_agency"}
MINE |= {"other_academic": "other_academic"}


@dataclass
class World:
    """One site with something of everybody's in it."""

    app: Flask
    cookies: dict[str, str]
    things: dict[Thing, dict[str, dict[str, object]]] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    opinions: dict[str, int] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    piles: dict[str, int] = field(default_factory=dict)
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)
    database: Path = Path()

    @property
    def kept(self) -> Path:
        """A copy of the database as everybody finds it."""
        return self.database.with_suffix(".kept")

    def client(self, visitor: str) -> FlaskClient:
        client = self.app.test_client()
        if visitor in self.cookies:
            client.set_cookie("urun", self.cookies[visitor])
        return client


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    settings = Settings(data=tmp_path_factory.mktemp("grid"), is_demo=False)
    app = make_app(settings)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        plans.load(db.session(), settings.plan, now=datetime.now(UTC))
        rounds.open_for_demo(db.session(), now=datetime.now(UTC))
        persons = {name: make_person(name, *kind) for name, kind in VISITORS.items() if kind}
        db.session.commit()
        built = World(app, {}, database=settings.database)
        fill(built, persons)
        db.session.commit()
    read(settings)
    with app.app_context():
        fill_what_was_read(built, {name: people.find_user(email=f"{name}@demo.example") for name in persons})
        db.session.commit()
    built.cookies = {name: sign_in(app, name) for name in persons}
    with app.app_context():
        people.deactivate_user(people.find_user(email="disabled@demo.example"))
        db.session.commit()
    backup(built.database, built.kept)
    yield built
    with app.app_context():
        db.engine.dispose()


def make_person(name: str, role: str, agency: str | None):
    person = people.create_user(email=f"{name}@demo.example", password=hash_password("kata-sandi-contoh-1"))
    people.add_role_to_user(person, people.find_or_create_role(role))
    person.agency = agency
    db.session.flush()
    return person


def sign_in(app: Flask, name: str) -> str:
    client = app.test_client()
    fields = hidden(client.get("/masuk").text) | {"email": f"{name}@demo.example", "password": "kata-sandi-contoh-1"}
    assert client.post("/masuk", data=fields).status_code == 302
    cookie = client.get_cookie("urun")
    assert cookie is not None
    return cookie.value


def fill(built: World, persons) -> None:
    """A published and an unpublished draft, and of every author a comment, an opinion and a verdict."""
    session, now = db.session(), datetime.now(UTC)
    text = (DEMO / "draft-masterplan.md").read_bytes()
    published = drafts.take(session, text, name="satu.md", now=now)
    drafts.publish(session, published, now=now)
    unpublished = drafts.take(session, text + b"\n\nTambahan.", name="dua.md", now=now)
    programmes.import_file(session, DEMO / "programmes.csv", now=now)
    shown, secret = (paragraphs.chapter(session, d, 1)[0].id for d in (published, unpublished))
    for name in ("academic", "other_academic", "agency", "other_agency"):
        author = author_of(persons[name])
        call = Call(rounds.current(session, now=now)[0], "PKL")
        said = Said(text="Perlu angka.", point_type=PointType.UNCLEAR)
        built.comments[name] = comments.add(session, author, shown, said, call=call, key=f"k-{name}", now=now)
        opinion = Said(text="Pompa sering mati.", dimension="DIS", point_type=PointType.PROBLEM)
        built.opinions[name] = contributions.add(session, author, opinion, call=call, key=f"o-{name}", now=now)
    built.rounds = {"open": rounds.current(session, now=now)[0], "over": a_round_that_is_over(session, now)}
    theme, other = session.scalars(select(Theme).where(Theme.state == ThemeState.ACTIVE).limit(2))
    other.state = ThemeState.PROPOSED
    built.letters = on_contributing.of(session, persons, built.rounds["open"], now, ZONE)
    built.piles = on_paper.piles(session, persons, built.rounds["open"], now)
    built.things = {
        Thing.NOTHING: {"there": {}},
        Thing.LETTER: on_contributing.things(built.letters),
        Thing.DEMO: {"missing": {"number": 1}},  # this site is no demonstration
        Thing.PUBLISHED_DRAFT: states({"number": 1, "position": 1}, {"number": 2, "position": 1}, {"number": 9}),
        Thing.PUBLISHED_PARAGRAPH: states(*({"paragraph_id": i} for i in (shown, secret, 10**9))),
        Thing.DIMENSION: {"there": {"code": "DIS"}, "missing": {"code": "XYZ"}},
        Thing.THEME: {"there": {"theme_id": theme.id}, "missing": {"theme_id": 10**9}},
        Thing.PROPOSED_THEME: {
            "there": {"theme_id": other.id},
            "spent": {"theme_id": theme.id},
            "missing": {"theme_id": 10**9},
        },
        Thing.AREA: {"there": {"code": "krapyak"}, "missing": {"code": "33.75.01"}},
        Thing.PROGRAMME: {"there": {"code": "PRG-32"}, "missing": {"code": "PRG-99"}},
        Thing.DRAFT: {"there": {"number": 1}, "also there": {"number": 2}, "missing": {"number": 9}},
        Thing.UNPUBLISHED_DRAFT: {"there": {"number": 2}, "spent": {"number": 1}, "missing": {"number": 9}},
        Thing.POINT: {"there": {"point_id": built.comments["academic"]}, "missing": {"point_id": 10**9}},
        Thing.ROUND: {"there": {"round_id": built.rounds["open"]}, "missing": {"round_id": 10**9}},
        Thing.OPEN_ROUND: {
            "there": {"round_id": built.rounds["open"]},
            "spent": {"round_id": built.rounds["over"]},
            "missing": {"round_id": 10**9},
        },
        Thing.PERSON: {"there": {"person_id": persons["reviewer"].id}, "missing": {"person_id": 10**9}},
        Thing.ACTIVE_PERSON: {
            "there": {"person_id": persons["reviewer"].id},
            "spent": {"person_id": persons["disabled"].id},
            "missing": {"person_id": 10**9},
        },
        Thing.INACTIVE_PERSON: {
            "there": {"person_id": persons["disabled"].id},
            "spent": {"person_id": persons["reviewer"].id},
            "missing": {"person_id": 10**9},
        },
        Thing.OPEN_INVITATION: {
            "there": {"invitation_id": an_invitation(session, now, "terbuka@demo.example")},
            "spent": {"invitation_id": an_invitation(session, now, "batal@demo.example", is_open=False)},
            "missing": {"invitation_id": 10**9},
        },
        **on_draft.things(session),
        **on_paper.things(session, built.piles, built.rounds["open"], now),
        **on_reading.things(session),
        **on_comment.things(built.comments["academic"], built.opinions["academic"]),
        **on_inbox.things(session, built.comments["academic"], built.comments["agency"], now),
        **on_request.things(session, persons, built.rounds["open"], now),
        **on_import.things(session, built.database.parent / "imports", built.rounds["open"], now),
        **on_export.things(session, built.database.parent / "exports", now),
        Thing.INVITATION: {"there": {"token": invitation(session, now)}, "missing": {"token": "tidak-ada"}},
    }


def fill_what_was_read(built: World, persons) -> None:
    """What there is only once the round has been read."""
    session, now, round_id = db.session(), datetime.now(UTC), built.rounds["open"]
    theme_id = built.things[Thing.THEME]["there"]["theme_id"]
    built.things |= on_theme.things(session, persons, theme_id, round_id, now)
    built.things |= on_decision.things(session, persons, theme_id, round_id, now)
    built.things |= on_release.things(session, persons, round_id, now)
    built.things |= on_score.things(session, persons, built.rounds, now)


def states(there, unpublished, missing):
    return {"there": there, "unpublished": unpublished, "missing": missing}


def author_of(person) -> Author:
    return Author(person.id, Group.AGENCY if person.agency else Group.ACADEMIC, "", None, person.agency)


def a_round_that_is_over(session, now) -> int:
    """Like the one that is open, long ago."""
    like = session.scalars(select(Round)).first()
    values = {c.name: getattr(like, c.name) for c in Round.__table__.columns if c.name not in ("id", "code")}
    times = {"opens_at": now - timedelta(days=900), "closes_at": now - timedelta(days=870)}
    row = Round(code="lama", **values | times)
    session.add(row)
    session.flush()
    return row.id


def an_invitation(session, now, email, *, is_open=True) -> int:
    accounts.invite(session, email, "reviewer", now=now)
    row = session.scalars(select(Invitation).where(Invitation.email == email)).one()
    if not is_open:
        accounts.revoke(session, row.id, now=now)
    return row.id


def invitation(session, now) -> str:
    return accounts.invite(session, "baru@demo.example", "reviewer", now=now)


def cases(world: World, route: Route, visitor: str) -> dict[str, tuple[dict[str, object], set[int]]]:
    """State of the thing -> (address, the answers that are right for somebody who may)."""
    if route.thing in (Thing.OWN_COMMENT, Thing.OWN_OPINION):
        ids, others = world.comments, world.opinions
        if route.thing is Thing.OWN_OPINION:
            ids, others = others, ids
        mine = MINE.get(visitor, "academic")
        foreign = {f"of {name}": ({"point_id": i}, GONE) for name, i in ids.items() if name != mine}
        another = ({"point_id": others[mine]}, GONE)
        return {"own": ({"point_id": ids[mine]}, OK), "another kind": another, **foreign}
    if route.thing is Thing.OWN_LETTER:
        found = on_contributing.own_letter(world.letters, visitor)
        return {state: (address, OK if state == "own" else GONE) for state, address in found.items()}
    if route.thing is Thing.OWN_PROGRAMME:
        agency = (VISITORS[visitor] or (None, None))[1] or "dpupr"
        codes = dict(db.session.execute(select(Programme.agency, Programme.code)).all())
        foreign = {f"of {name}": ({"code": code}, GONE) for name, code in codes.items() if name != agency}
        return {"own": ({"code": codes[agency]}, OK), "missing": ({"code": "PRG-99"}, GONE), **foreign}
    if route.thing is Thing.OWN_PILE:
        mine = visitor if visitor in world.piles else "officer"
        others = {name: i for name, i in world.piles.items() if name not in (mine, "empty")}
        foreign = {f"of {name}": ({"batch_id": i}, GONE) for name, i in others.items()}
        return {"own": ({"batch_id": world.piles[mine]}, OK), "missing": ({"batch_id": 10**9}, GONE), **foreign}
    if route.thing is Thing.OWN_FORM:
        found = on_paper.own_form(db.session(), world.piles, visitor if visitor in world.piles else "officer")
        return {state: (address, OK if state == "own" else GONE) for state, address in found.items()}
    right = {"there": OK, "also there": OK, "unpublished": GONE, "missing": GONE, "spent": SPENT}
    return {state: (address, right[state]) for state, address in world.things[route.thing].items()}


def addresses(app: Flask, endpoint: str):
    """(method, rule) of a route, GET and POST."""
    for rule in app.url_map.iter_rules(endpoint):
        for method in sorted({"GET", "POST"} & set(rule.methods or ())):
            yield method, rule


def ask(world: World, visitor: str, method: str, path: str) -> int:
    """Ask once; whatever it changed is put back."""
    client = world.client(visitor)
    with closing(sqlite3.connect(world.database)) as watch:
        before = changes(watch)
        if method == "GET":
            code = client.get(path).status_code
        else:
            cookie, token = form_of(world, visitor)
            client.set_cookie("urun", cookie)
            code = client.post(path, data={"csrf_token": token}).status_code
        is_changed = changes(watch) != before
    if is_changed:
        backup(world.kept, world.database)
    return code


def changes(watch: sqlite3.Connection) -> int:
    """A number that another one follows as soon as somebody else commits a change."""
    return watch.execute("PRAGMA data_version").fetchone()[0]


def form_of(world: World, visitor: str) -> tuple[str, str]:
    """The cookie that a visitor has after opening a form, and the form's token; opened once."""
    if visitor not in world.forms:
        client = world.client(visitor)
        token = hidden(client.get("/masukan/baru").text)["csrf_token"]
        cookie = client.get_cookie("urun")
        assert cookie is not None
        world.forms[visitor] = cookie.value, token
    return world.forms[visitor]


def backup(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def allowed(permission: Permission, visitor: str) -> bool:
    kind = None if visitor == "disabled" else VISITORS[visitor]
    return access.allows(permission, [kind[0]] if kind else None)


ELSEWHERE = {"static", "security.static", "public.health"}


@pytest.mark.parametrize("endpoint", sorted(ROUTES.keys() - ELSEWHERE))
def test_a_route_answers_each_visitor_as_the_table_says(world, endpoint):
    route, wrong = ROUTES[endpoint], []
    with world.app.test_request_context():
        asked = [
            (visitor, state, method, path_of(world.app, rule, address), answers)
            for visitor in VISITORS
            for state, (address, answers) in told_apart(world, route, visitor)
            for method, rule in addresses(world.app, endpoint)
        ]
    assert asked
    for visitor, state, method, path, answers in asked:
        may = allowed(route.permission, visitor)
        is_in = visitor not in ("anonymous", "disabled")
        right = answers if may else {403} if is_in else {302}
        code = ask(world, visitor, method, path)
        if code not in right:
            wrong.append(f"{visitor} {method} {path} ({state}): {code}, not {sorted(right)}")
    assert not wrong, f"{endpoint}:\n" + "\n".join(wrong)


def told_apart(world: World, route: Route, visitor: str):
    """The cases of a visitor; who may not is told so before anybody looks what the thing is, so one case will do."""
    found = list(cases(world, route, visitor).items())
    return found if allowed(route.permission, visitor) else found[:1]


def path_of(app: Flask, rule, address) -> str:
    values = {name: address.get(name, 1) for name in rule.arguments}
    with app.test_request_context():
        return rule.build(values, append_unknown=False)[1]


def test_every_kind_of_thing_in_the_table_has_its_cases(world):
    own = {Thing.OWN_LETTER, Thing.OWN_COMMENT, Thing.OWN_OPINION, Thing.OWN_PROGRAMME, Thing.OWN_PILE, Thing.OWN_FORM}
    assert {route.thing for route in ROUTES.values()} - own <= world.things.keys()


def test_every_role_and_permission_of_the_table_is_walked():
    assert {kind[0] for kind in VISITORS.values() if kind} == ROLES.keys()
    used = {route.permission for route in ROUTES.values()}
    assert used == set(Permission)


def test_the_table_names_no_route_that_is_not_there(world):
    assert ROUTES.keys() <= {rule.endpoint for rule in world.app.url_map.iter_rules()}


def test_a_route_without_a_permission_does_not_start(tmp_path):
    app = create_app(Settings(data=tmp_path, is_demo=False))
    app._got_first_request = False
    app.add_url_rule("/terlupa", "terlupa", lambda: "ok")
    with pytest.raises(Unlisted, match="terlupa"):
        access.guard(app)


def test_a_person_of_an_agency_without_an_agency_speaks_for_nobody(world):
    with world.app.app_context():
        make_person("lost", "agency", None)
        db.session.commit()
    world.cookies["lost"] = sign_in(world.app, "lost")
    assert world.client("lost").get("/perangkat-daerah/").status_code == 403


def test_a_verdict_on_a_foreign_programme_is_not_taken_even_when_it_is_filled_in(world):
    client = world.client("other_agency")
    data = hidden(client.get("/masukan/baru").text) | {
        "verdict": Verdict.DROP.value,
        "text": "Bukan program kami.",
        "signed_off_by": "Kepala",
        "merge_into": "",
    }
    assert client.post("/perangkat-daerah/program/PRG-32", data=data).status_code == 404


def test_what_one_visitor_changed_is_put_back_for_the_next(world):
    path = f"/staff/rounds/{world.rounds['open']}/close"
    assert [ask(world, "lead", "POST", path) for _ in range(2)] == [303, 303]


def test_outside_of_tests_a_password_is_hashed_at_full_cost(tmp_path):
    app = create_app(Settings(data=tmp_path, is_demo=False))
    assert "$m=65536," in app.extensions["security"].pwd_context.hash("kata-sandi-contoh-1")
