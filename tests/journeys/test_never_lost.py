"""What was typed is never lost: each way of losing it, in a real browser against a real server."""

import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import Error, expect

from tests.faults import live_site
from tests.faults.live_site import CHECKOUT

TEXT = "Selokan di depan pasar mampet sejak bulan lalu, tolong dikeruk"
OTHER = "Lampu jalan di gang kami padam, anak-anak takut lewat malam hari"
LOST = "Sambungan putus. Tulisan Anda masih ada; tekan Kirim sekali lagi."
BACK = "Tulisan Anda yang belum terkirim kami kembalikan."


class Server:
    """The web process alone, which can be stopped and started again on its port."""

    def __init__(self, data):
        self.port = live_site.free_port()
        self.environ = live_site.environ(data, self.port)
        self.form = f"http://127.0.0.1:{self.port}/masukan/baru"
        self.process = None
        self.start()

    def start(self):
        if self.process is None:
            command = [sys.executable, "-m", "portal.web"]
            self.process = subprocess.Popen(command, cwd=CHECKOUT, env=self.environ)
            live_site.wait_for(self.port, self.process)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=15)
            self.process = None


@pytest.fixture(scope="module")
def server(tmp_path_factory, demo):
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demo, data)
    server = Server(data)
    yield server
    server.stop()


@pytest.fixture
def form(page, server):
    """The form, opened on a phone that was never here before."""
    server.start()
    page.goto(server.form)
    return page


@pytest.fixture
def plain(browser, server):
    """The form with script switched off."""
    server.start()
    context = browser.new_context(viewport={"width": 375, "height": 812}, java_script_enabled=False)
    page = context.new_page()
    page.goto(server.form)
    yield page
    context.close()


def text(page):
    return page.get_by_role("textbox", name="Ceritakan masalah")


def send(page, name="Kirim masukan"):
    page.get_by_role("button", name=name, exact=True).click()


def kept(page):
    """Everything that this browser keeps for the site, as one text."""
    return page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def expect_sent(page, words=TEXT):
    expect(page.locator("#receipt-no")).to_be_visible()
    expect(page.locator("[data-sent]")).to_have_text(words)


def test_a_dead_server_leaves_everything_on_the_form_and_one_press_sends_it(form, server):
    text(form).fill(TEXT)
    form.get_by_text("Tambahan").click()
    form.get_by_label("Nama", exact=True).fill("Tokoh Contoh")
    server.stop()
    send(form)
    expect(form.get_by_text(LOST)).to_be_visible()
    assert form.evaluate("document.activeElement.id") == "keep-line"
    expect(form.get_by_label("Nama", exact=True)).to_have_value("Tokoh Contoh")
    form.get_by_label("Nama", exact=True).fill("")
    server.start()
    send(form)
    expect_sent(form)


def test_a_browser_closed_on_a_dead_server_gives_the_text_back_later(form, server):
    text(form).fill(TEXT)
    server.stop()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        form.reload()
    form.close()
    server.start()
    later = form.context.new_page()
    later.goto(server.form)
    expect(text(later)).to_have_value(TEXT)
    expect(later.get_by_text(BACK)).to_be_visible()
    send(later)
    expect_sent(later)


def test_a_lost_line_is_told_and_the_second_press_sends(form):
    text(form).fill(TEXT)
    form.context.set_offline(True)
    send(form)
    expect(form.get_by_text(LOST)).to_be_visible()
    expect(text(form)).to_have_value(TEXT)
    form.context.set_offline(False)
    send(form)
    expect_sent(form)


def test_the_back_button_finds_the_text(form):
    text(form).fill(TEXT)
    form.get_by_role("link", name="Kabar", exact=True).click()
    expect(form.get_by_role("heading", name="Kabar masukan Anda")).to_be_visible()
    form.go_back()
    expect(text(form)).to_have_value(TEXT)
    send(form)
    expect_sent(form)


def test_after_sending_nothing_is_kept_and_the_next_form_is_empty(form):
    text(form).fill(TEXT)
    assert TEXT in kept(form)
    send(form)
    expect_sent(form)
    assert TEXT not in kept(form)
    form.get_by_role("link", name="Isi satu lagi").first.click()
    expect(text(form)).to_have_value("")
    expect(form.get_by_text(BACK)).to_be_hidden()


def test_a_double_tap_shows_one_receipt(form, server):
    text(form).fill(TEXT)
    form.get_by_role("button", name="Kirim masukan").dblclick()
    expect_sent(form)
    number = form.locator("#receipt-no").inner_text()
    form.reload()
    assert form.locator("#receipt-no").inner_text() == number


def test_an_expired_session_shows_the_text_and_one_press_sends_it(form):
    text(form).fill(TEXT)
    form.context.clear_cookies()
    send(form)
    expect(form.get_by_text("Halaman terlalu lama terbuka")).to_be_visible()
    expect(form.get_by_label("Tulisan Anda")).to_have_value(TEXT)
    send(form, "Kirim sekali lagi")
    expect_sent(form)


def test_an_error_elsewhere_leaves_the_text_and_keeps_no_contact_in_the_browser(form):
    text(form).fill(TEXT)
    form.get_by_text("Tambahan").click()
    form.get_by_label("E-mail", exact=True).fill("bukan-alamat")
    form.get_by_label("Nomor HP atau WA", exact=True).fill("0812-0000-0000")
    form.get_by_label("Nama", exact=True).fill("Tokoh Contoh")
    send(form)
    expect(form.get_by_role("alert").first).to_contain_text("Belum terkirim")
    expect(text(form)).to_have_value(TEXT)
    expect(form.get_by_label("E-mail", exact=True)).to_have_value("bukan-alamat")
    stored = kept(form)
    assert TEXT in stored
    for private in ("bukan-alamat", "0812-0000", "Tokoh Contoh", "Warga"):
        assert private not in stored


def test_a_second_tab_loses_neither_text(form, server):
    text(form).fill(TEXT)
    second = form.context.new_page()
    second.goto(server.form)
    expect(text(second)).to_have_value(TEXT)
    second.get_by_role("button", name="Kosongkan").click()
    text(second).fill(OTHER)
    expect(text(form)).to_have_value(TEXT)
    form.reload()
    expect(text(form)).to_have_value(TEXT)
    expect(text(second)).to_have_value(OTHER)
    send(second)
    expect_sent(second, OTHER)
    send(form)
    expect_sent(form)
    assert TEXT not in kept(form) and OTHER not in kept(form)


def test_a_shared_computer_keeps_nothing_once_it_is_ticked(form, server):
    text(form).fill(TEXT)
    form.get_by_label("Ini komputer bersama: jangan simpan").check()
    assert TEXT not in kept(form)
    text(form).fill(OTHER)
    assert OTHER not in kept(form)
    form.goto(server.form)
    expect(text(form)).to_have_value("")
    expect(form.get_by_label("Ini komputer bersama: jangan simpan")).to_be_checked()
    form.get_by_label("Ini komputer bersama: jangan simpan").uncheck()
    text(form).fill(TEXT)
    assert TEXT in kept(form)


def test_another_person_of_the_same_machine_with_a_profile_of_their_own_sees_nothing(form, browser, server):
    text(form).fill(TEXT)
    other = browser.new_context()
    page = other.new_page()
    page.goto(server.form)
    expect(text(page)).to_have_value("")
    other.close()


def test_a_text_older_than_a_week_is_forgotten(form, server):
    text(form).fill(TEXT)
    form.goto("about:blank")
    form.goto(server.form.replace("baru", "status"))
    form.evaluate(
        """() => { const all = JSON.parse(localStorage['urun-tulisan']);
        for (const one of all) one.at -= 8 * 864e5; localStorage['urun-tulisan'] = JSON.stringify(all); }"""
    )
    form.goto(server.form)
    expect(text(form)).to_have_value("")


def test_what_is_kept_and_unreadable_does_no_harm(form, server):
    for broken in ("bukan json", "{}", "null", '[{"at": "kemarin"}]'):
        form.evaluate("value => localStorage.setItem('urun-tulisan', value)", broken)
        form.goto(server.form)
        expect(text(form)).to_have_value("")
    text(form).fill(TEXT)
    send(form)
    expect_sent(form)


def test_typing_in_the_search_hides_topics_that_do_not_fit(form):
    form.get_by_text("Pilih sendiri dari daftar soal").click()
    form.get_by_label("Cari soal").press_sequentially("selok")
    expect(form.get_by_label("Sungai dan selokan")).to_be_visible()
    expect(form.get_by_label("Lampu jalan")).to_be_hidden()
    expect(form.get_by_label("Lainnya")).to_be_visible()
    form.get_by_label("Cari soal").fill("")
    expect(form.get_by_label("Lampu jalan")).to_be_visible()


@pytest.mark.parametrize("script", ["form", "plain"])
def test_pressing_enter_in_the_search_sends_nothing(script, request):
    page = request.getfixturevalue(script)
    text(page).fill(TEXT)
    page.get_by_text("Pilih sendiri dari daftar soal").click()
    page.get_by_label("Cari soal").fill("drainase")
    page.get_by_label("Cari soal").press("Enter")
    expect(page.get_by_text("soal cocok dengan “drainase”")).to_be_visible()
    expect(text(page)).to_have_value(TEXT)
    page.get_by_label("Sungai dan selokan").check()
    send(page)
    expect_sent(page)


def test_without_script_an_error_and_a_hint_give_the_text_back(plain):
    expect(plain.get_by_text("Ini komputer bersama")).to_be_hidden()
    text(plain).fill("Rob")
    send(plain)
    expect(text(plain)).to_have_value("Rob")
    text(plain).fill(TEXT + ", hubungi 0812-0000-0000")
    send(plain)
    expect(plain.get_by_text("sepertinya memuat nomor telepon").first).to_be_visible()
    expect(text(plain)).to_have_value(TEXT + ", hubungi 0812-0000-0000")
    send(plain, "Kirim saja")
    expect_sent(plain, TEXT + ", hubungi 0812-0000-0000")


def test_without_script_an_expired_session_gives_the_text_back(plain):
    text(plain).fill(TEXT)
    plain.context.clear_cookies()
    send(plain)
    expect(plain.get_by_label("Tulisan Anda")).to_have_value(TEXT)
    send(plain, "Kirim sekali lagi")
    expect_sent(plain)
