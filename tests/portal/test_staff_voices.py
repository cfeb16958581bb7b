"""Who says what: few statements, page after page, and every number opens to the originals behind it."""

import re

import pytest
from sqlalchemy import select

from models import Theme
from portal.extensions import db
from services import voices
from tests.portal.conftest import Statements, sign_in


@pytest.mark.parametrize("path", ["/staff/voices", "/staff/voices/originals"])
def test_without_signing_in_it_leads_to_the_sign_in(client, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", ["/staff/voices", "/staff/voices/originals?dimension=MOB&group=citizen"])
def test_before_anything_was_read_the_page_says_what_will_stand_there(client, path):
    sign_in(client, "reviewer")
    page = client.get(path)
    assert page.status_code == 200 and "Belum ada" in page.text


def test_pages_stay_within_their_statements(app, client, examples):
    sign_in(client)
    seen = Statements(app)
    for path, most in (("/staff/voices", 5), ("/staff/voices?dimension=MOB", 5), ("/staff/voices/originals", 5)):
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= most, (path, seen)


def test_every_number_of_the_table_opens_as_many_originals(client, examples):
    sign_in(client)
    page = client.get("/staff/voices").text
    links = re.findall(r'href="(/staff/voices/originals\?[^"]*)">(\d+)</a>', page)
    assert len(links) > 20
    for link, n in links[::9]:
        opened = client.get(link.replace("&amp;", "&")).text
        assert opened.count("<blockquote") + opened.count('<p class="voice"') == min(int(n), 25), link


def test_the_voices_of_a_group_open_its_originals_alone(app, client, examples):
    sign_in(client)
    with app.app_context():
        theme_id = db.session.scalars(select(Theme.id).where(Theme.code == "DIS-ROB")).one()
    link = f"/staff/themes/{theme_id}?group=agency"
    assert f'href="{link}#asli"' in client.get("/staff/voices").text
    texts = client.get(link).text.split('id="asli"')[1]
    assert "Perangkat daerah" in texts and "· Warga" not in texts


def test_the_next_page_goes_on_where_the_first_ended(client, examples, monkeypatch):
    monkeypatch.setattr(voices, "PAGE", 10)
    sign_in(client)
    seen, path = [], "/staff/voices"
    while path:
        page = client.get(path).text
        seen += re.findall(r'<h3><a href="/staff/themes/(\d+)"', page)
        found = re.search(r'href="(/staff/voices\?after=[^"]+)"', page)
        path = found[1] if found else None
    assert len(seen) == len(set(seen)) > 40


@pytest.mark.parametrize(
    "query",
    ["?dimension=XXX", "?after=abc", "?after=1_2", "?after=1e9_2_3", "?after=-5.0_1_1", "?dimension=-"],
)
def test_a_broken_address_is_told(client, examples, query):
    sign_in(client)
    assert client.get(f"/staff/voices{query}").status_code == 400


@pytest.mark.parametrize("query", ["?group=nobody", "?dimension=XXX", "?after=x", "?after=" + "9" * 30])
def test_a_broken_address_of_originals_is_told(client, examples, query):
    sign_in(client)
    assert client.get(f"/staff/voices/originals{query}").status_code == 400
    assert client.get("/staff/themes/1?group=nobody").status_code == 400


def test_english_readers_read_english_labels(client, examples):
    sign_in(client)
    page = client.get("/staff/voices?lang=en").text
    assert "City agency" in page and "Environment" in page and "Perangkat daerah" not in page


def test_what_people_wrote_is_never_markup(app, client, examples):
    sign_in(client)
    with app.app_context():
        theme = db.session.scalars(select(Theme).where(Theme.code == "DIS-ROB")).one()
        theme.name_by_person = "<b>Rob</b> & banjir"
        db.session.commit()
    for path in ("/staff/voices", "/staff/priorities/figures", "/staff/priorities/summary"):
        page = client.get(path).text
        assert "<b>Rob" not in page and "&lt;b&gt;Rob&lt;/b&gt; &amp; banjir" in page
