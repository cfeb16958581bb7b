"""The demonstration in a real browser, without script: numbered doors, and one receipt whose answer is out."""

import re
import shutil
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from demo import story
from demo.past import State
from tests.journeys.site import Site, find_violations

DOORS = 15


@pytest.fixture(scope="module")
def told(tmp_path_factory, demo):
    """A site whose first round was lived through, with eighty submissions."""
    data = tmp_path_factory.mktemp("told") / "data"
    shutil.copytree(demo, data)
    story.tell(data, datetime.now(UTC), size="kecil", say=lambda line: None)
    site = Site(data)
    yield site, State.read(data).facts
    site.stop()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_door_opens_and_the_page_of_doors_is_sound(browser, told, width):
    site, _facts = told
    page = site.page(browser, None, width, java_script_enabled=width > 320)
    for number in range(1, DOORS + 1):
        page.goto(f"{site.address}/demo/")
        page.get_by_role("button", name=f"Buka pintu {number}", exact=True).click()
        assert "/demo" not in page.url
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{site.address}/demo/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 320:
        assert find_violations(page) == []
    page.context.close()


def test_the_receipt_of_the_page_leads_to_a_decision_with_its_reason_and_the_changed_paragraph(browser, told):
    site, facts = told
    page = site.page(browser, None, 360, java_script_enabled=False)
    page.goto(f"{site.address}/demo/")
    expect(page.get_by_text(facts["receipt"])).to_be_visible()
    pin = page.get_by_text(facts["pin"]).inner_text()
    page.get_by_role("button", name=f"Buka pintu {DOORS}", exact=True).click()
    page.get_by_role("textbox", name=re.compile("PIN")).fill(pin)
    page.get_by_role("textbox", name=re.compile("PIN")).press("Enter")
    for words in ("Diterima sebagian", "Anggaran.", "jadwal jaga", "P-DIS-04"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator("del")).to_have_count(1)
    expect(page.locator("ins")).to_have_count(1)
    page.context.close()


def test_what_the_public_finds_is_the_published_round(browser, told):
    site, _facts = told
    page = site.page(browser, None, 360)
    page.goto(f"{site.address}/demo/")
    page.get_by_role("button", name="Buka pintu 14", exact=True).click()
    page.get_by_role("link", name=re.compile("Penjaringan gagasan awal")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Apa yang kami dengar")
    page.context.close()
