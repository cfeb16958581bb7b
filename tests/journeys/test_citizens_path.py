"""From the front page to the answer with a keyboard, with twice the text, without colours, with a thumb."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import soundness
from tests.journeys.site import find_violations
from tests.journeys.statement import EVERYWHERE
from tests.journeys.test_every_page import PAGES, WIDTHS, faults

PATH = ("/", "/masukan/baru", "/masukan/status", "/cara-menghitung", "/data-pribadi", "/aksesibilitas", "/tidak-ada")
WORDS = "Selokan di depan pasar mampet dan airnya meluap ke jalan tiap hujan"
LANGUAGES = ("id", "en", "jv")


def walk(page, site, lang, look):
    """Look at every page of the path in a language, then at an error of the form, a receipt and its status."""
    found = {}
    for path in PATH:
        page.goto(f"{site.address}{path}?lang={lang}")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        found[path] = look(page)
    for path in ("/masukan/baru", "/masukan/status"):
        page.goto(site.address + path)
        page.locator("main form [type=submit]").last.click()
        expect(page.locator(".govuk-error-summary")).to_have_count(1)
        found[f"{path}, not sent"] = look(page)
    page.goto(site.address + "/masukan/baru")
    page.locator("textarea[name=text]").fill(f"{WORDS} {lang} {page.viewport_size['width']}")
    page.locator("main form [type=submit]").last.click()
    number, pin = page.locator("#receipt-no").inner_text(), page.locator("#receipt-pin").inner_text()
    found["receipt"] = look(page)
    page.goto(site.address + "/masukan/status")
    page.locator("input[name=receipt_no]").fill(number)
    page.locator("input[name=pin]").fill(pin)
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main .slip")).to_have_count(1)
    found["news"] = look(page)
    return {path: wrong for path, wrong in found.items() if wrong}


def test_the_javanese_path_is_as_sound_as_the_others(browser, site, statement):
    page = site.page(browser)

    def look(page):
        found = {}
        path = page.url.removeprefix(site.address).partition("?")[0]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found[width] = find_violations(page, statement) + faults(page, width)
            if path in PAGES[None]:
                statement.note(None, path, page, found[width], *EVERYWHERE)
        return {width: wrong for width, wrong in found.items() if wrong}

    assert walk(page, site, "jv", look) == {}
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_control_can_be_hit_with_a_thumb_and_twice_the_text_cuts_nothing_off(browser, site, statement, lang):
    page = site.page(browser, None, 360)

    def look(page):
        wrong = soundness.low_targets(page)
        page.set_viewport_size({"width": 640, "height": 900})
        wrong += soundness.cut_at_twice_the_size(page)
        page.set_viewport_size({"width": 360, "height": 900})
        return wrong

    assert walk(page, site, lang, look) == {}
    statement.checks |= {"targets", "text_200"}
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_goes_from_top_to_bottom_and_is_always_seen(browser, site, statement, width):
    page = site.page(browser, None, width)
    assert walk(page, site, "id", soundness.out_of_order) == {}
    statement.checks.add("focus_order")
    page.context.close()


def test_without_colours_borders_say_where_a_control_is(browser, site, statement):
    page = site.page(browser, None, 360, forced_colors="active")
    assert walk(page, site, "id", soundness.unbordered) == {}
    page.goto(site.address + "/masukan/baru")
    chosen = page.get_by_role("radio", name=re.compile("Pilihkan untuk saya"))
    expect(chosen).to_be_checked()
    statement.checks.add("forced_colours")
    page.context.close()


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
def test_nothing_moves(browser, site, statement, wish):
    page = site.page(browser, None, 360, reduced_motion=wish)
    assert walk(page, site, "id", soundness.moving) == {}
    statement.checks.add("motion")
    page.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_stands_first_and_leads_to_its_field(browser, site, statement, lang):
    page = site.page(browser, None, 360)
    for path in ("/masukan/baru", "/masukan/status"):
        page.goto(f"{site.address}{path}?lang={lang}")
        page.locator("main form [type=submit]").last.click()
        expect(page.locator(".govuk-error-summary")).to_have_count(1)
        assert soundness.summary_faults(page) == [], path
        field = page.locator(".govuk-error-summary a").first.get_attribute("href")
        page.locator(".govuk-error-summary a").first.click()
        assert page.evaluate("'#' + document.activeElement.id") == field
    statement.checks.add("error_summary")
    page.context.close()


BROKEN = """<!doctype html><html lang="id"><main><h1>Judul</h1>
<p class="one"><a href="#a" style="display:block;height:20px">Rendah</a></p>
<button style="border:0;outline:none;margin-top:300px">Tanpa tepi</button>
<p><a id="a" tabindex="1" href="#a">Atas</a></p>
<div style="overflow:hidden;height:20px;width:90px">Teks panjang yang dipotong oleh kotaknya sendiri</div>
<button class="govuk-button" style="border:0;transition:all 1s">Bergerak</button>
<input type="radio" name="r" style="appearance:none"><div class="govuk-error-summary"><a href="#tidak-ada">Isi</a></div>
</main></html>"""


def test_each_of_these_looks_finds_what_is_broken(page):
    page.set_content(BROKEN)
    assert any("Rendah" in wrong for wrong in soundness.low_targets(page))
    assert any("dipotong" in wrong or "Teks panjang" in wrong for wrong in soundness.cut_at_twice_the_size(page))
    assert {"no border: Bergerak", "no mark of its own: r"} <= set(soundness.unbordered(page))
    assert [wrong for wrong in soundness.moving(page) if "BUTTON" in wrong]
    assert len(soundness.summary_faults(page)) == 2
    assert any("not seen" in wrong for wrong in soundness.out_of_order(page))
