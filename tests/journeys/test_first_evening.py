"""One evening in a real browser: a suggestion on a phone, its receipt, and the same words on the staff's list."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

CHECKOUT = Path(__file__).resolve().parents[2]
WORDS = "Rob masuk rumah tiap sore di gang kami, pompa air mati terus, tolong dijaga pompanya"
READ_WITHIN = 5.0


class Site:
    """The site as `make run` starts it: supervisor, web and worker on a port of the machine's choice."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        environ = os.environ | {"PORT": str(self.port), "DATA": str(data), "DEMO": "1"}
        flask = [sys.executable, "-m", "flask", "--app", "app"]
        said = subprocess.run([*flask, "init"], cwd=CHECKOUT, env=environ, check=True, capture_output=True, text=True)
        rows = [line.split("\t") for line in said.stdout.splitlines() if line.count("\t") == 2]
        self.sign_ins = {role: (email, password) for role, email, password in rows}
        self.process = subprocess.Popen([sys.executable, "portal/serve.py"], cwd=CHECKOUT, env=environ)
        self._wait()

    def _wait(self) -> None:
        """Until the site answers and its worker has read the example texts."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self.address, timeout=5) as answer:
                    if "Benang satu suara" in answer.read().decode():
                        return
            except OSError:
                pass
            time.sleep(0.2)
        raise TimeoutError("the site did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()


def sign_in(page: Page, site: Site) -> None:
    email, password = site.sign_ins["lead"]
    page.goto(f"{site.address}/masuk")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("form [type=submit]").first.click()
    expect(page).to_have_url(re.compile("/staff/"))


def find_violations(page: Page) -> list[str]:
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in Axe().run(page).response["violations"]]


def test_a_voice_from_the_phone_stands_in_the_ranked_list_within_seconds(browser, page, site):
    page.goto(site.address)
    page.get_by_role("link", name="Tulis masukan").first.click()
    page.get_by_role("textbox", name="Ceritakan masalah atau usul Anda").fill(WORDS)
    assert page.get_by_role("radio", name="Pilihkan untuk saya").is_checked()
    page.get_by_role("button", name="Kirim masukan").click()
    number = page.locator("#receipt-no").inner_text()
    pin = page.locator("#receipt-pin").inner_text()
    sent = time.monotonic()
    assert re.fullmatch(r"PKL-\w{4}-\d\d", number)

    page.goto(f"{site.address}/masukan/status")
    theme = ""
    while time.monotonic() - sent < READ_WITHIN and "Rob dan banjir" not in theme:
        page.goto(f"{site.address}/masukan/status")
        page.locator("input[name=receipt_no]").fill(number)
        page.locator("input[name=pin]").fill(pin)
        page.get_by_role("button", name="Lihat kabar").click()
        theme = page.locator("main").inner_text()
    waited = time.monotonic() - sent
    print(f"read and placed {waited:.1f} s after sending")
    assert "Rob dan banjir" in theme

    desk = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(desk, site)
    desk.goto(f"{site.address}/staff/priorities")
    place = desk.locator("li", has=desk.get_by_role("heading", name=re.compile("Rob dan banjir"))).last
    place.locator("summary").first.click()
    expect(place.get_by_text("Keluasan").first).to_be_visible()
    place.get_by_role("link", name=re.compile("teks asli")).first.click()
    while WORDS not in desk.locator("main").inner_text() and desk.get_by_role("link", name="Berikutnya").count():
        desk.get_by_role("link", name="Berikutnya").click()
    expect(desk.get_by_text(WORDS).last).to_be_visible()
    desk.context.close()


PUBLIC = ("/", "/masukan/baru", "/masukan/status", "/cara-menghitung", "/data-pribadi", "/aksesibilitas", "/masuk")
STAFF = ("/staff/", "/staff/priorities", "/staff/themes/1")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(browser, site, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="id-ID")
    page = context.new_page()
    outside = []
    page.on("request", lambda request: outside.append(request.url) if site.address not in request.url else None)
    found = {}
    for path in PUBLIC:
        page.goto(site.address + path)
        found[path] = find_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    sign_in(page, site)
    for path in STAFF:
        page.goto(site.address + path)
        found[path] = find_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
    assert {path: v for path, v in found.items() if v} == {}
    assert [url for url in outside if not url.startswith("data:")] == []


def test_groups_of_choices_have_their_legends_and_an_error_leads_to_its_field(page, site):
    page.goto(f"{site.address}/masukan/baru")
    page.set_default_timeout(15_000)
    for legend in ("Soal apa?", "Menurut Anda keadaannya sekarang?", "Seberapa penting dibenahi?"):
        assert page.get_by_role("group", name=re.compile(re.escape(legend))).count() >= 1, legend
    page.locator("summary").first.click()
    assert page.get_by_role("radio").count() >= 38 + 10
    page.get_by_role("button", name="Kirim masukan").click()
    expect(page).to_have_title(re.compile("^Galat:"))
    page.get_by_role("link", name=re.compile("sedikitnya 10 huruf")).click()
    assert page.evaluate("document.activeElement.name") == "text"
    described = page.get_by_role("textbox", name="Ceritakan masalah atau usul Anda")
    assert "error" in (described.get_attribute("aria-describedby") or "")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_the_site_at_rest_stays_under_350_mb(site):
    family = [site.process.pid]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"PPid:\t{site.process.pid}\n" in text:
            family.append(int(status.parent.name))
    resident = {pid: int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) for pid in family}
    print(f"at rest: {sum(resident.values()) / 1000:.0f} MB in {len(family)} processes")
    assert len(family) == 3 and sum(resident.values()) <= 350_000
