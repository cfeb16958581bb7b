"""Scoring at the desk: a fixed scheme, tiles, hidden values, the team's order, a moved place, sheets of paper."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import Event, Finding, Override, Person, Scheme, Score
from portal.extensions import db
from services import schemes, scores
from services.criteria import Row, Wanted
from tests.portal.conftest import Statements, hidden, read, sign_in

WEIGHTS = {"k1": "20", "k2": "10", "k3": "20", "k4": "10", "k5": "15", "k6": "25"}
WHY = "Sudah dijanjikan kepada warga pesisir."
# Three of these ask for totals that only a big round keeps; such a round asks for nothing else in their place.
MOST_STATEMENTS = {"/staff/priorities/coverage": 11}
PAGES = (
    "/staff/scores",
    "/staff/scores/results",
    "/staff/scores/sheet",
    "/staff/priorities?order=team",
    "/staff/priorities/coverage",
    "/staff/priorities/fairness",
    "/staff/priorities/figures",
)


def scheme_fields(client, **more):
    fields = hidden(client.get("/staff/scores/scheme").text) | {"order_by": "usg", "also": ["field", "evidence"]}
    fields |= {f"weight-{code}": weight for code, weight in WEIGHTS.items()}
    return fields | {
        name.replace("_", "-", 1) if name.startswith(("weight_", "group_")) else name: v for name, v in more.items()
    }


def ids(session):
    return {email.partition("@")[0]: key for key, email in session.execute(select(Person.id, Person.email))}


@pytest.fixture
def themes(app, examples):
    with app.app_context():
        query = select(Finding.theme_id).where(Finding.position.is_not(None)).order_by(Finding.position)
        return list(db.session.scalars(query))


@pytest.fixture
def fixed(app, themes):
    """A scheme that is fixed, with three themes scored by two people."""
    with app.app_context():
        session, now, who = db.session(), datetime.now(UTC), ids(db.session())
        rows = tuple(Row(code, float(weight)) for code, weight in WEIGHTS.items())
        made = schemes.save(session, 1, Wanted("usg", rows), why="", actor_id=who["lead"], now=now)
        schemes.fix(session, made, actor_id=who["lead"], now=now)
        for name, values in (("lead", (5, 4, 2)), ("reviewer", (3, 4, 1))):
            given = {(t, c): v for t, v in zip(themes[:3], values, strict=True) for c in ("u", "s", "g", *WEIGHTS)}
            scores.give(session, made, who[name], given, actor_id=who[name], now=now)
        session.commit()
    return made


@pytest.fixture
def opened(app, fixed):
    with app.app_context():
        schemes.reveal(db.session(), fixed, actor_id=ids(db.session())["lead"], now=datetime.now(UTC))
        db.session.commit()
    return fixed


def post(client, path, page=None, **fields):
    return client.post(path, data=hidden(client.get(page or path).text) | fields)


@pytest.mark.parametrize("path", PAGES)
def test_before_the_first_run_a_page_says_what_will_stand_there(client, path):
    sign_in(client)
    page = client.get(path)
    assert page.status_code == 200 and "akan" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_within_its_statements(app, client, opened, path):
    sign_in(client)
    client.get(path)
    seen = Statements(app)
    assert client.get(path).status_code == 200
    assert len(seen) <= MOST_STATEMENTS.get(path, 6), seen


def test_a_scheme_is_saved_fixed_and_changed_with_a_reason(app, client, examples):
    sign_in(client)
    assert "Skema penilaian belum disimpan" in client.get("/staff/scores").text
    saved = client.post("/staff/scores/scheme", data=scheme_fields(client))
    assert saved.status_code == 303
    page = client.get("/staff/scores")
    assert "Skema masih rancangan" in page.text
    assert client.post("/staff/scores/schemes/1/fix", data=hidden(page.text)).status_code == 303
    refused = client.post("/staff/scores/scheme", data=scheme_fields(client, weight_k1="10", weight_k6="35"))
    assert refused.status_code == 422 and "Tulis alasannya" in refused.text and 'value="35"' in refused.text
    changed = client.post("/staff/scores/scheme", data=scheme_fields(client, weight_k1="10", weight_k6="35", why=WHY))
    assert changed.status_code == 303
    page = client.get("/staff/scores").text
    assert "Sasaran nasional 20 menjadi 10" in page and WHY in page


@pytest.mark.parametrize(("lang", "said"), [("id", "berjumlah 95"), ("en", "95")])
def test_weights_of_another_sum_are_refused_in_the_readers_language(app, client, examples, lang, said):
    sign_in(client)
    client.get(f"/?lang={lang}")
    answer = client.post("/staff/scores/scheme", data=scheme_fields(client, weight_k6="20"))
    assert answer.status_code == 422 and said in answer.text
    assert client.post("/staff/scores/scheme", data=scheme_fields(client, weight_k6="banyak")).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Scheme)).all() == []


def test_order_and_a_new_criterion_are_taken_and_weights_may_have_a_comma(app, client, examples):
    sign_in(client)
    fields = scheme_fields(client, weight_k1="12,5", weight_new="7,5") | {"name-new": "Lahan siap", "position-k6": "1"}
    assert client.post("/staff/scores/scheme", data=fields).status_code == 303
    with app.app_context():
        found = schemes.current(db.session(), 1).of("weighted")
    assert [c.code for c in found] == ["k6", "k1", "k2", "k3", "k4", "k5", "k7"]
    assert (found[1].weight, found[-1].label, found[-1].weight) == (12.5, "Lahan siap", 7.5)


def test_a_reviewer_scores_one_theme_and_the_next_one_opens(app, client, themes, fixed):
    sign_in(client, "reviewer")
    path = f"/staff/scores/themes/{themes[5]}"
    page = client.get(path).text
    assert 'name="u"' in page and "Lewati" in page and not re.search(r"[Tt]empat \d", page)
    answer = post(client, path, u="5", s="4", g="", k1="3")
    assert answer.status_code == 303 and re.fullmatch(r"/staff/scores/themes/\d+", answer.location)
    assert answer.location != path
    with app.app_context():
        given = scores.own(db.session(), fixed, ids(db.session())["reviewer"], themes[5])
    assert given == {(themes[5], "u"): 5, (themes[5], "s"): 4, (themes[5], "k1"): 3}
    assert post(client, path, u="9").status_code == 422


def test_scoring_stays_within_its_statements(app, client, themes, fixed):
    sign_in(client, "reviewer")
    path = f"/staff/scores/themes/{themes[5]}"
    fields = hidden(client.get(path).text) | dict.fromkeys("usg", "4") | dict.fromkeys(WEIGHTS, "2")
    seen = Statements(app)
    assert client.get(path).status_code == 200
    assert len(seen) <= 6, seen
    seen.clear()
    assert client.post(path, data=fields).status_code == 303
    assert len(seen) <= 12, seen


def test_nobody_scores_before_the_scheme_is_fixed(app, client, themes):
    sign_in(client, "reviewer")
    answer = client.get(f"/staff/scores/themes/{themes[0]}")
    assert answer.status_code == 302 and answer.location == "/staff/scores"


def test_values_of_others_are_hidden_until_the_leader_opens_them(app, client, themes, fixed):
    sign_in(client, "reviewer")
    page = client.get("/staff/scores").text
    assert "masih menilai" in page and "3 dari" in page
    assert "sesudah ketua membuka" in client.get("/staff/scores/results").text
    assert "sesudah ketua membuka nilainya" in client.get("/staff/priorities?order=team").text
    mine = client.get(f"/staff/scores/themes/{themes[0]}").text
    assert re.search(r'value="3" checked', mine) and not re.search(r'value="5" checked', mine)


def test_finishing_is_told_and_may_be_repeated(app, client, fixed):
    sign_in(client, "reviewer")
    for _ in range(2):
        assert post(client, "/staff/scores/finish", "/staff/scores").status_code == 303
    assert "Anda menyatakan selesai" in client.get("/staff/scores").text


def test_the_leader_opens_the_values_and_the_order_of_the_team_stands(app, client, themes, fixed):
    sign_in(client)
    answer = post(client, f"/staff/scores/schemes/{fixed}/reveal", "/staff/scores")
    assert answer.status_code == 303 and answer.location == "/staff/scores/results"
    results = client.get(answer.location).text
    assert "Yang perlu dibicarakan" in results and "(3–5)" in results
    order = client.get("/staff/priorities?order=team").text
    assert "USG 12 dari 15" in order and "seri dengan" in order and order.count('class="place"') == 3
    assert post(client, f"/staff/scores/schemes/{fixed}/reveal", "/staff/scores").status_code == 409


def test_a_place_is_moved_with_a_reason_that_stands_beside_the_place_it_would_have(app, client, themes, opened):
    sign_in(client)
    path = f"/staff/priorities/themes/{themes[2]}/place"
    for wrong in ({"place": "1", "why": ""}, {"place": "satu", "why": WHY}, {"place": "1", "why": "pendek"}):
        assert post(client, path, **wrong).status_code == 422
    assert post(client, path, place="1", why=WHY).status_code == 303
    page = client.get("/staff/priorities?order=team").text
    assert WHY in page and "Dipindah dari tempat 3" in page
    assert post(client, path, back="1").status_code == 303
    assert WHY not in client.get("/staff/priorities?order=team").text
    with app.app_context():
        assert [row.place for row in db.session.scalars(select(Override))] == [1, None]


def test_a_reviewer_neither_moves_places_nor_sets_the_scheme(client, themes, opened):
    sign_in(client, "reviewer")
    assert "Pindahkan dengan alasan" not in client.get("/staff/priorities?order=team").text
    assert client.get(f"/staff/priorities/themes/{themes[2]}/place").status_code == 403
    assert client.get("/staff/scores/scheme").status_code == 403


def test_the_sheet_has_twenty_themes_and_a_box_for_every_question_and_is_one_page(client, browser, fixed):
    sign_in(client)
    page = client.get("/staff/scores/sheet").text
    assert page.count("<tr>") == 21 and page.count(">kosong<") == 20 * 12
    assert pages(client, browser, "/staff/scores/sheet") == 1


def test_values_from_paper_are_typed_back_for_one_reviewer_and_the_typist_is_kept(app, client, themes, fixed):
    sign_in(client)
    with app.app_context():
        reviewer = ids(db.session())["reviewer"]
    path = f"/staff/scores/typed?for={reviewer}"
    fields = {"for": str(reviewer)}
    page = client.get(path).text
    for name, value in re.findall(r'name="(n-[^"]+)"[^>]*value="([^"]*)"', page):
        fields[name] = value
    assert fields[f"n-{themes[0]}-u"] == "3"
    refused = post(client, path, **fields | {f"n-{themes[0]}-u": "9"})
    assert refused.status_code == 422 and "Isi angka 1 sampai 5" in refused.text and 'value="9"' in refused.text
    assert post(client, path, **fields | {f"n-{themes[0]}-u": "tiga"}).status_code == 422
    assert post(client, path, **fields | {f"n-{themes[0]}-u": "2"}).status_code == 303
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.action == "score.give").order_by(Event.id.desc())).first()
        assert event.details["on_behalf_of"] == reviewer and event.actor_id == ids(db.session())["lead"]
        assert db.session.get(Score, (fixed, themes[0], reviewer, "u")).value == 2
    assert "dari kertas" in client.get("/staff/scores").text


def test_a_sheet_is_typed_for_somebody_who_may_score_and_for_nobody_else(app, client, fixed):
    sign_in(client)
    with app.app_context():
        officer = ids(db.session())["officer"]
    assert client.get(f"/staff/scores/typed?for={officer}").status_code == 400
    assert client.get("/staff/scores/typed?for=x").status_code == 400
    assert post(client, "/staff/scores/typed").status_code == 422


def test_unequal_groups_are_told_on_the_front_page_once_a_run_used_them(app, client, settings, fixed):
    sign_in(client)
    assert "Kelompok dihitung setara" in client.get("/staff/priorities").text
    fields = scheme_fields(client, group_citizen="3", why="Warga yang menanggung rob setiap hari.")
    assert client.post("/staff/scores/scheme", data=fields).status_code == 303
    assert read(settings) == 1
    page = client.get("/staff/priorities").text
    assert "tidak dihitung setara" in page and "warga 3" in page and "Kelompok dihitung setara" not in page


def test_digits_score_and_walk_and_enter_saves(app, client, browser, themes, fixed):
    """The keys do what the tiles do, and nothing outside of the form."""
    sign_in(client, "reviewer")
    page = browse(client, browser, f"/staff/scores/themes/{themes[7]}")
    page.keyboard.press("4")
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("5")
    assert page.eval_on_selector_all("input:checked", "all => all.map(e => e.name + e.value)")[:4] == [
        "u4",
        "s2",
        "g",
        "k15",
    ]
    page.locator("h1").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    page.keyboard.press("1")
    assert page.locator("input[name=k2]:checked").get_attribute("value") == ""
    page.locator("input[name=k1]").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.context.close()
    with app.app_context():
        given = scores.own(db.session(), fixed, ids(db.session())["reviewer"], themes[7])
    assert given == {(themes[7], "u"): 4, (themes[7], "s"): 2, (themes[7], "k1"): 5}


def browse(client, browser, path):
    """A page of the site in a browser, answered through the test client."""
    page = browser.new_context().new_page()

    def answer(route):
        asked = route.request
        sent = {"data": asked.post_data, "content_type": asked.headers.get("content-type")}
        more = sent if asked.method == "POST" else {}
        path = asked.url.removeprefix("http://site.test")
        with client.open(path, method=asked.method, follow_redirects=True, **more) as found:
            route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.data)

    page.route("**/*", answer)
    page.goto(f"http://site.test{path}")
    return page


def pages(client, browser, path):
    page = browse(client, browser, path)
    paper = page.pdf(format="A4")
    page.context.close()
    return len(re.findall(rb"/Type\s*/Page\b", paper))


def test_a_place_says_what_it_withstands(client, examples):
    sign_in(client)
    page = client.get("/staff/priorities").text
    assert "persen tetap masuk sepuluh besar" in page and "dari semua yang bersuara" in page
    assert "Bila setiap kelompok dihitung sebesar jumlah orangnya, tempatnya" in page


@pytest.mark.parametrize(
    "asked", ["element=structure&nature=digital", "mission=4", "element=-", "dimension=DIS&element=infrastructure"]
)
def test_the_texts_behind_an_element_a_nature_or_a_mission_are_shown(client, examples, asked):
    sign_in(client)
    page = client.get(f"/staff/voices/originals?{asked}")
    assert page.status_code == 200 and page.text.count('class="voice"') > 0


@pytest.mark.parametrize("asked", ["element=atap", "nature=listrik", "mission=99"])
def test_what_is_no_element_nature_or_mission_is_refused(client, examples, asked):
    sign_in(client)
    assert client.get(f"/staff/voices/originals?{asked}").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/staff/priorities?order=lain", "/staff/priorities/figures?left=semua", "/staff/priorities?order=team&after=x"],
)
def test_an_address_that_asks_for_nothing_known_is_refused(client, opened, path):
    sign_in(client)
    assert client.get(path).status_code == 400
