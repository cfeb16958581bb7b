"""The inbox by keys in a real browser: a letter an act, nothing while somebody types, all of it without script."""

import re

from playwright.sync_api import expect

INBOX = "/staff/inbox"


def number(page):
    return int(re.search(r"/inbox/(\d+)", page.url)[1])


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def wait_for(page, deed):
    """Do it and wait for the page that comes of it."""
    with page.expect_navigation():
        deed()


def test_a_verifier_screens_by_keys_alone(browser, site):
    page = site.page(browser, "ketua", 1280)
    page.goto(f"{site.address}{INBOX}?stage=arrived&dimension=DIS")
    press(page, "j", "j")
    wait_for(page, lambda: press(page, "Enter"))
    first = number(page)
    wait_for(page, lambda: press(page, "d", "2"))
    expect(page.get_by_role("group", name="Bidang", exact=False).first.locator("[aria-pressed=true]")).to_contain_text(
        "Tata kelola"
    )
    wait_for(page, lambda: press(page, "u"))
    expect(page.locator("[data-key=d2]")).to_have_attribute("aria-pressed", "false")
    wait_for(page, lambda: press(page, "a"))
    expect(page.locator("[data-key=d7]")).to_have_attribute("aria-pressed", "true")
    wait_for(page, lambda: press(page, "c"))
    expect(page.locator(".original").get_by_text("teks umum siap")).to_be_visible()
    wait_for(page, lambda: press(page, "s"))
    assert number(page) < first and "dimension=DIS" in page.url
    wait_for(page, lambda: press(page, "b"))
    assert page.url.endswith("stage=arrived&dimension=DIS")
    page.context.close()


def test_letters_that_are_typed_are_words(browser, site):
    page = site.page(browser, "ketua", 1280)
    page.goto(f"{site.address}{INBOX}/30")
    press(page, "r")
    page.keyboard.type("sadis ")
    assert number(page) == 30 and page.get_by_role("textbox", name="Teks untuk umum").input_value().startswith("sadis ")
    press(page, "Escape", "p")
    expect(page.get_by_label("Pisahkan dengan satu baris kosong")).to_be_visible()
    page.context.close()


def test_the_letters_can_be_switched_off_and_stay_so(browser, site):
    page = site.page(browser, "ketua", 1280)
    page.goto(f"{site.address}{INBOX}/30")
    page.get_by_role("button", name="Matikan tombol huruf").click()
    expect(page.locator("kbd").first).to_be_hidden()
    press(page, "s", "j")
    page.reload()
    press(page, "k")
    assert number(page) == 30
    page.get_by_role("button", name="Nyalakan tombol huruf").click()
    wait_for(page, lambda: press(page, "j"))
    assert number(page) != 30
    page.context.close()


def test_without_script_every_act_is_a_button(browser, site):
    site.page(browser, "ketua").context.close()  # signed in with script, as the cookies are kept
    page = site.page(browser, "ketua", 360, java_script_enabled=False)
    page.goto(f"{site.address}{INBOX}/20")
    expect(page.get_by_role("button", name="Matikan tombol huruf")).to_be_hidden()
    page.get_by_role("group", name="Sifat").get_by_role("button", name="Digital", exact=True).click()
    chosen = page.get_by_role("group", name="Sifat").locator("[aria-pressed=true]")
    expect(chosen).to_have_text(re.compile("^Digital"))
    page.get_by_role("button", name="Sudah disaring, lanjut").click()
    assert number(page) != 20
    page.context.close()
