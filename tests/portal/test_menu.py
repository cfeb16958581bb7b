"""The menu of the team: grouped, each role its own desks, the page one reads marked, short where there is little."""

import re

import pytest

from portal.access import ROUTES, allows
from portal.menu import BEHIND, GROUPS
from tests.portal.conftest import sign_in

DESKS = {endpoint for _words, rows in GROUPS for endpoint, _name in rows}


def menu_of(page):
    found = re.search(r'<nav class="desks".*?</nav>', page, re.DOTALL)
    assert found is not None
    return found[0]


def addresses(app, endpoints):
    with app.test_request_context():
        return {app.url_for(endpoint) for endpoint in endpoints}


def test_every_desk_of_the_team_is_in_the_menu_once():
    listed = [endpoint for _words, rows in GROUPS for endpoint, _name in rows]
    desks = [e for e in ROUTES if e.startswith("staff_") and e.endswith("index") and e.partition(".")[0] not in BEHIND]
    assert sorted(listed) == sorted(desks)


@pytest.mark.parametrize("role", ["administrator", "lead", "reviewer", "privacy"])
def test_each_role_sees_the_desks_it_may_open_and_no_other(app, client, role):
    sign_in(client, role)
    page = menu_of(client.get("/meja", follow_redirects=True).text)
    mine = {endpoint for endpoint in DESKS if allows(ROUTES[endpoint].permission, [role])}
    assert set(re.findall(r'href="([^"]+)"', page)) == addresses(app, mine)


def test_many_desks_are_folded_in_named_groups_and_those_beside_the_open_one_stand_in_a_row(client):
    sign_in(client)
    page = menu_of(client.get("/staff/voices").text)
    folded, beside = page.split("</details>")
    names = re.findall(r'<p id="(menu-\d)">([^<]+)</p><ul role="list" aria-labelledby="\1">', folded)
    assert [name for _id, name in names] == ["Menerima", "Mendengar", "Menimbang", "Menjawab", "Mengatur"]
    assert "<details><summary>Menu</summary>" in folded
    assert 'aria-label="Mendengar"' in beside and re.findall(r">([\w ]+)</a>", beside) == [
        "Temuan",
        "Belum tertampung",
        "Buku kode",
        "Pengodean ganda",
        "Suara",
        "Saluran",
        "Keterwakilan",
    ]


def test_a_menu_of_few_desks_is_not_folded(client):
    sign_in(client, "privacy")
    page = menu_of(client.get("/staff/requests").text)
    assert "<details" not in page and "Keluar" in page
    assert '<a href="/staff/requests" aria-current="page">Permintaan</a>' in page


@pytest.mark.parametrize(("path", "said"), [("/staff/rounds/", "page"), ("/staff/rounds/new", "true")])
def test_the_page_one_reads_is_marked_and_its_desk_where_it_stands_behind_one(client, path, said):
    sign_in(client)
    page = menu_of(client.get(path).text)
    marked = set(re.findall(r'<a href="([^"]+)" aria-current="(\w+)">', page))
    assert marked == {("/staff/rounds/", said)}


@pytest.mark.parametrize("path", ["/staff/exports", "/staff/exports/audit"])
def test_of_the_shelves_of_papers_the_one_that_is_open_is_marked_and_no_other(client, path):
    sign_in(client)
    marked = re.findall(r'<a href="([^"]+)" aria-current="(\w+)">', menu_of(client.get(path).text))
    assert set(marked) == {(path, "page")}
