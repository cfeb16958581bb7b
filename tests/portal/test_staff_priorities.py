"""What goes to a meeting: pictures, and one page that is one page."""

import re

import pytest
from sqlalchemy import select

from models import Finding, Theme
from portal.extensions import db
from tests.portal.conftest import Statements, sign_in

PAGES = ("/staff/priorities", "/staff/priorities/figures", "/staff/priorities/summary")
DESKS = (*PAGES, "/staff/priorities.xlsx")


@pytest.mark.parametrize("path", DESKS)
def test_without_signing_in_it_leads_to_the_sign_in(client, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_before_the_first_run_a_page_says_what_will_stand_there(client, path):
    sign_in(client)
    page = client.get(path)
    assert page.status_code == 200 and "Belum ada hitungan" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_within_its_statements(app, client, examples, path):
    sign_in(client)
    seen = Statements(app)
    client.get(path)
    seen.clear()
    assert client.get(path).status_code == 200
    assert len(seen) <= (6 if path.endswith("figures") else 5), seen


def test_the_address_that_the_workbook_had_leads_to_the_papers(client):
    sign_in(client)
    answer = client.get("/staff/priorities.xlsx")
    assert answer.status_code == 302 and answer.location == "/staff/exports#X5"
    assert 'id="X5"' in client.get("/staff/exports").text


def test_who_may_not_take_papers_is_not_led_there(client, examples):
    sign_in(client, "reviewer")
    assert "/staff/exports" not in client.get("/staff/priorities").text


def test_the_pictures_say_their_finding_and_have_their_table(client, examples):
    sign_in(client)
    page = client.get("/staff/priorities/figures").text
    assert page.count("<desc") == 4 and page.count('class="fig"') == 4 and page.count("<table") == 4
    for finding in re.findall(r"<desc[^>]*>([^<]+)</desc>", page):
        assert f"<p>{finding}</p>" in page


def test_list_pictures_and_page_lead_to_each_other(client, examples):
    sign_in(client)
    for path in PAGES:
        page = client.get(path).text
        assert all(f'href="{other}"' in page for other in (*PAGES, "/staff/exports#X5"))


def test_english_readers_read_the_criteria_in_english(client, examples):
    sign_in(client)
    page = client.get("/staff/priorities?lang=en").text
    assert "Breadth" in page and "Keluasan" not in page
    assert "Tidal and river flooding" in page and "Rob dan banjir" not in page


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_summary_fits_one_page(client, examples, browser, lang, size):
    sign_in(client)
    assert pages(client, browser, f"/staff/priorities/summary?lang={lang}", size) == 1


def test_long_names_and_long_quotes_still_fit_one_page(app, client, examples, browser):
    sign_in(client)
    with app.app_context():
        for theme in db.session.scalars(select(Theme)):
            theme.name_by_person = f"{theme.id} jalan, selokan, dan lampu di seluruh kampung pesisir utara kota kita"
        for finding in db.session.scalars(select(Finding)):
            finding.quotes = [quote | {"text": "genangan berhari-hari " * 40} for quote in finding.quotes]
        db.session.commit()
    assert pages(client, browser, "/staff/priorities/summary", "A4") == 1


def test_the_list_itself_takes_more_than_one_page(client, examples, browser):
    sign_in(client)
    assert pages(client, browser, "/staff/priorities", "A4") > 1


def pages(client, browser, path, size):
    """How many pages the browser prints; the site answers through the test client."""
    page = browser.new_context().new_page()

    def answer(route):
        with client.get(route.request.url.removeprefix("http://site.test")) as found:
            route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.data)

    page.route("**/*", answer)
    page.goto(f"http://site.test{path}")
    paper = page.pdf(format=size)
    page.context.close()
    return len(re.findall(rb"/Type\s*/Page\b", paper))
