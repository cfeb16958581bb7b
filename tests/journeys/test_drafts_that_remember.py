"""Version two comes out, in a browser: every comment on version one is found in its right state, and none is lost."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from portal.config import ROOT
from tests.journeys.site import Site, find_violations, sign_in

SECOND = ROOT / "demo" / "draft-masterplan-2.md"
# What stands where in the first version, and how the second one leaves it.
SAID = {
    "P-DIS-01": ("7", "Masih berlaku", "Sebut ketinggian rob yang dipakai sebagai batas siaga."),
    "P-DIS-04": ("7", "Teksnya berubah", "Jadwal jaga pompa belum disebut di sini."),
    "P-MOB-06": ("6", "Pindah tempat", "Rute aman sekolah lebih tepat di bidang masyarakat."),
    "P-LIV-06": ("4", "Paragrafnya dihapus", "Titik gelap perlu peta yang dapat dilihat warga."),
    "P-ECO-02": ("1", "Selesai", "Dari mana angka sepuluh persen ini?"),
}


@pytest.fixture
def own_site(tmp_path, demo):
    """A site of its own, because a second version would stand in the way of other walks."""
    data = tmp_path / "data"
    shutil.copytree(demo, data)
    site = Site(data)
    yield site
    site.stop()


def comment(page, site):
    """On a phone-sized touch screen without script: from paragraph to paragraph."""
    for mark, (chapter, _state, words) in SAID.items():
        page.goto(f"{site.address}/naskah/1/{chapter}")
        page.get_by_role("link", name=f"Komentari paragraf {mark}").tap()
        page.get_by_role("group", name="Jenis komentar").get_by_text("Tidak jelas").tap()
        page.get_by_role("textbox", name="Komentar", exact=True).fill(words)
        page.get_by_role("button", name="Kirim komentar").tap()
        expect(page.get_by_role("complementary", name=f"Komentar Anda atas {mark}").get_by_text(words)).to_be_visible()


def publish(page, site):
    """The drafter brings the second version, sees what becomes of the first, and publishes it."""
    page.goto(f"{site.address}/staff/comments/")
    row = page.locator("li", has=page.get_by_text(SAID["P-ECO-02"][2])).last
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Selesai", exact=True).click()
    page.goto(f"{site.address}/staff/drafts/")
    page.get_by_label("Berkas naskah").set_input_files(SECOND)
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_text("Tidak ada yang hilang")).to_be_visible()
    before = int(re.search(r"Sebelum = sesudah: (\d+)", page.locator("main").inner_text())[1])
    assert before >= len(SAID)
    assert find_violations(page) == []
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("belum terbit")).to_have_count(0)


def test_every_comment_is_found_in_its_right_state_after_version_two(browser, own_site):
    phone = own_site.page(browser, None, 375, has_touch=True, java_script_enabled=False)
    sign_in(phone, own_site, "akademisi")
    comment(phone, own_site)
    desk = own_site.page(browser, "ketua")
    publish(desk, own_site)

    phone.goto(f"{own_site.address}/komentar/")
    for mark, (_chapter, state, words) in SAID.items():
        found = phone.locator("article", has=phone.get_by_text(words))
        expect(found).to_have_count(1)
        expect(found.locator(".tag").first).to_have_text(state), mark
    counts = phone.locator("dl.counts dd").all_inner_texts()
    assert sum(map(int, counts)) == phone.locator("main article").count() >= len(SAID)

    phone.get_by_role("link", name="Baca di versi 2, paragraf P-SOC-07").tap()
    beside = phone.get_by_role("complementary", name="Komentar Anda atas P-SOC-07")
    expect(beside.get_by_text(SAID["P-MOB-06"][2])).to_be_visible()
    expect(beside.get_by_text("Pindah tempat")).to_be_visible()

    watcher = own_site.page(browser, None, 360)
    watcher.goto(f"{own_site.address}/naskah/banding/1/2")
    for mark in ("P-DIS-06", "P-LIV-06", "P-SOC-07"):
        expect(watcher.get_by_text(mark).first).to_be_visible()
    expect(watcher.locator("main ins").first).to_be_visible()
    expect(watcher.locator("main del").first).to_be_visible()
    assert find_violations(watcher) == []
    for page in (phone, desk, watcher):
        page.context.close()
