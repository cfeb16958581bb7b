"""Desks of themes: sorting texts, finer groups, what is unplaced, the codebook; each deed, and what refuses it."""

import pytest
from sqlalchemy import select, update

from models import CodebookChange, Finding, Mark, Reading, Theme
from models.vocabulary import ThemeState
from portal.extensions import db
from portal.worker import Worker
from tests.portal.conftest import Statements, hidden, sign_in


@pytest.fixture
def theme_id(app, examples):
    with app.app_context():
        return db.session.scalar(select(Finding.theme_id).order_by(Finding.received.desc()).limit(1))


@pytest.fixture
def points(app, theme_id):
    return points_of(app, theme_id)


def points_of(app, theme_id):
    with app.app_context():
        query = select(Reading.point_id).where(Reading.theme_id == theme_id).order_by(Reading.point_id)
        return list(db.session.scalars(query))


def send(client, path, page, **fields):
    return client.post(path, data=hidden(client.get(page).text) | fields)


def sort(client, theme_id, **fields):
    return send(client, f"/staff/themes/{theme_id}/sort", f"/staff/themes/{theme_id}/sort", **fields)


def stored(app, query):
    with app.app_context():
        return list(db.session.scalars(query))


def lift(app, theme_id):
    with app.app_context():
        values = {"theme_id": None, "theme_reason": "no_shared_words"}
        db.session.execute(update(Reading).where(Reading.theme_id == theme_id).values(**values))
        db.session.commit()


def test_the_pages_stay_within_their_statements(app, client, theme_id):
    sign_in(client)
    seen = Statements(app)
    paths = {
        f"/staff/themes/{theme_id}/sort": 6,
        "/staff/unplaced/": 5,
        "/staff/codebook/": 5,
        f"/staff/codebook/{theme_id}": 6,
        "/staff/codebook/history": 5,
        "/staff/differences": 5,
        "/staff/coding/": 6,
    }
    for path, most in paths.items():
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= most, (path, len(seen), seen)


def test_ticked_texts_are_pinned_moved_and_given_back(app, client, theme_id, points):
    sign_in(client)
    target = stored(app, select(Theme.id).where(Theme.id != theme_id, Theme.state == ThemeState.ACTIVE).limit(1))[0]
    assert sort(client, theme_id, points=points[:2], deed="pin").status_code == 303
    assert "ditetapkan orang" in client.get(f"/staff/themes/{theme_id}/sort").text
    assert sort(client, theme_id, points=points[:1], deed="move", target=target, reason="salah").status_code == 303
    assert points[0] in points_of(app, target)
    assert sort(client, theme_id, points=points[1:2], deed="release").status_code == 303
    assert [m.value for m in stored(app, select(Mark.kind).order_by(Mark.id))] == ["pin", "pin", "move", "release"]


@pytest.mark.parametrize(
    ("fields", "told", "code"),
    [
        ({"deed": "pin"}, "Centang dahulu teksnya", 422),
        ({"deed": "move", "points": ["P"]}, "Pilih dahulu temanya", 422),
        ({"deed": "move", "points": ["P"], "target": "999999"}, "Pilih dahulu temanya", 422),
        ({"deed": "split", "points": ["P"], "name": "ab"}, "3 sampai 80 huruf", 422),
        ({"deed": "hapus", "points": ["P"]}, "tidak kami kenal", 422),
        ({"deed": "pin", "points": ["x"]}, "tidak kami kenal", 422),
        ({"deed": "release", "points": ["P"]}, "tidak pernah disematkan", 409),
        ({"deed": "pin", "points": ["P"], "reason": "x" * 300}, "paling panjang 200", 422),
    ],
)
def test_what_cannot_be_done_is_told_beside_what_was_typed(client, theme_id, points, fields, told, code):
    sign_in(client)
    fields = {
        k: [str(points[0]) if v == "P" else v for v in f] if isinstance(f, list) else f for k, f in fields.items()
    }
    answer = sort(client, theme_id, **fields)
    assert answer.status_code == code and told in answer.text and "Galat:" in answer.text


def test_some_texts_become_a_theme_of_their_own_and_all_of_them_do_not(app, client, theme_id, points):
    sign_in(client)
    assert sort(client, theme_id, points=points[:3], deed="split", name="Pompa air").status_code == 303
    made = stored(app, select(Theme.id).where(Theme.label_id == "Pompa air"))[0]
    assert points_of(app, made) == points[:3]
    answer = sort(client, theme_id, points=points[3:], deed="split", name="Sisanya")
    assert answer.status_code == 409 and "Sisakan sedikitnya satu teks" in answer.text


def test_a_theme_goes_into_another_one_and_comes_back(app, client, theme_id, points):
    sign_in(client)
    target = stored(app, select(Theme.id).where(Theme.id != theme_id, Theme.state == ThemeState.ACTIVE).limit(1))[0]
    page, path = f"/staff/themes/{theme_id}/sort", f"/staff/themes/{theme_id}/merge"
    assert send(client, path, page, target="").status_code == 422
    assert send(client, path, page, target=target).location.endswith(f"/staff/themes/{target}")
    assert set(points) <= set(points_of(app, target))
    assert "sudah digabung" in client.get(page).text
    assert send(client, f"/staff/themes/{theme_id}/unmerge", page).status_code == 303
    assert points_of(app, theme_id) == points
    assert send(client, f"/staff/themes/{theme_id}/unmerge", page).status_code == 409


def test_finer_groups_are_asked_for_suggested_by_the_worker_and_split_by_a_person(
    app, client, settings, theme_id, points
):
    sign_in(client)
    page = f"/staff/themes/{theme_id}/sort"
    assert send(client, f"/staff/themes/{theme_id}/divide", page).status_code == 303
    assert "Sedang disusun" in client.get(page).text
    worker = Worker(settings)
    assert worker.divide() == 1 and worker.divide() == 0
    worker.engine.dispose()
    assert "Pecah kelompok ini" in client.get(page).text
    group = f"/staff/themes/{theme_id}/group"
    assert send(client, group, page, number="0", name="x").status_code == 422
    assert send(client, group, page, number="77", name="Kelompok").status_code == 404
    assert send(client, group, page, number="0", name="Sampah").status_code == 409
    assert send(client, group, page, number="0", name="Kelompok halus").status_code == 303
    assert len(points_of(app, theme_id)) < len(points)


def test_what_is_unplaced_goes_into_a_theme_or_becomes_one(app, client, theme_id, points):
    sign_in(client)
    assert "Semua masukan sudah masuk sebuah tema" in client.get("/staff/unplaced/").text
    lift(app, theme_id)
    page = client.get("/staff/unplaced/").text
    assert "tidak ada kata yang sama" in page
    path = "/staff/unplaced/"
    assert send(client, path, path, deed="found", points=points[:2], name="").status_code == 422
    assert send(client, path, path, deed="found", points=points[:2], name="Baru", dimension="XYZ").status_code == 422
    assert send(client, path, path, deed="found", points=points[:2], name="Sampah").status_code == 409
    assert send(client, path, path, deed="found", points=points[:2], name="Baru", dimension="DIS").status_code == 303
    assert send(client, path, path, deed="move", points=points[2:3], target=theme_id).status_code == 303
    assert points_of(app, theme_id) == points[2:3]
    assert client.get("/staff/unplaced/?word=" + "x" * 41).status_code == 400


def test_a_reviewer_reads_what_is_unplaced_and_ticks_nothing(app, client, theme_id):
    lift(app, theme_id)
    sign_in(client, "reviewer")
    page = client.get("/staff/unplaced/").text
    assert 'type="checkbox"' not in page and "Belum tertampung" in page


def test_the_codebook_is_written_anew_with_a_reason_and_read_back(app, client, theme_id):
    sign_in(client)
    page = f"/staff/codebook/{theme_id}"
    fields = {"definition": "Air laut di jalan", "include": "rob", "exclude": "", "keywords": "rob| |pasang"}
    assert "Tulis alasannya" in send(client, page, page, **fields).text
    assert send(client, page, page, **fields, dimension="XYZ", why="uji").status_code == 422
    assert send(client, page, page, **fields, dimension="DIS", why="terlalu luas").status_code == 303
    assert stored(app, select(Theme.keywords).where(Theme.id == theme_id)) == ["rob|pasang"]
    assert "terlalu luas" in client.get("/staff/codebook/history").text
    assert "Air laut di jalan" in client.get("/staff/codebook/versions/1").text
    assert client.get("/staff/codebook/versions/2").status_code == 404
    assert client.get("/staff/codebook/?state=apa").status_code == 400


def test_a_theme_is_retired_and_used_again(app, client, theme_id):
    sign_in(client)
    page = f"/staff/codebook/{theme_id}"
    assert send(client, page + "/retire", page, why="").status_code == 422
    assert send(client, page + "/retire", page, why="terlalu luas").status_code == 303
    assert "Pakai lagi" in client.get(page).text
    assert send(client, page + "/revive", page).status_code == 303
    assert [row for row in stored(app, select(CodebookChange.action))] == ["retire", "revive"]


def test_examples_stand_in_the_codebook_until_they_are_dropped(app, client, theme_id, points):
    sign_in(client)
    assert sort(client, theme_id, points=points[:1], deed="example").status_code == 303
    page = f"/staff/codebook/{theme_id}"
    assert "Lepaskan contoh ini" in client.get(page).text
    assert send(client, f"{page}/examples/{points[0]}/drop", page).status_code == 303
    assert "Lepaskan contoh ini" not in client.get(page).text


def test_before_anything_was_read_every_desk_says_what_will_stand_there(client):
    sign_in(client)
    for path in ("/staff/unplaced/", "/staff/coding/", "/staff/differences", "/staff/codebook/history"):
        assert "akan berdiri" in client.get(path).text, path
