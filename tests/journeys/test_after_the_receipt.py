"""After the receipt, in a real browser: print it, open it again elsewhere, correct, withdraw, erase."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.site import find_violations

TEXT = (
    "Rob masuk rumah setiap sore dan pompa di kampung kami mati, zubrowkaplanted. Tolong dijaga bergiliran, juga malam "
    "hari, dan nomor penjaganya ditempel di pos ronda supaya warga tahu harus menghubungi siapa."
)


@pytest.fixture
def receipt(page, site):
    """A receipt on the screen of a phone, with its number and PIN."""
    page.goto(f"{site.address}/masukan/baru")
    page.locator("textarea[name=text]").fill(TEXT)
    page.wait_for_timeout(3100)  # nobody writes in less
    page.get_by_role("button", name=re.compile("^Kirim")).first.click()
    expect(page).to_have_url(re.compile("/tanda-terima"))
    return page.locator("#receipt-no").inner_text(), page.locator("#receipt-pin").inner_text()


@pytest.fixture
def sender(browser, site, receipt):
    """The same person at another device, who showed number and PIN."""
    other = site.page(browser, width=320)
    other.goto(f"{site.address}/masukan/status?nomor={receipt[0]}")
    other.get_by_label("PIN", exact=True).fill(receipt[1])
    other.get_by_role("button", name="Lihat kabar").click()
    expect(other).to_have_url(re.compile("/masukan/kabar$"))
    yield other
    other.context.close()


def test_the_receipt_fits_a_screenshot_with_number_pin_and_code_and_prints_on_one_sheet(page, receipt):
    slip = page.locator(".slip").bounding_box()
    assert slip["width"] <= 375 and slip["height"] <= 812
    for part in ("#receipt-no", "#receipt-pin", ".slip svg"):
        expect(page.locator(part)).to_be_visible()
    for size in ("A4", "A5"):
        assert len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(format=size))) == 1, size


def test_every_page_after_number_and_pin_is_sound_on_a_small_phone(sender, site):
    for path in ("", "/perbaiki", "/tarik", "/hapus"):
        sender.goto(f"{site.address}/masukan/kabar{path}")
        assert find_violations(sender) == [], path
        assert sender.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_corrected_withdrawn_and_erased(sender, site, receipt):
    sender.get_by_role("link", name="Perbaiki").click()
    sender.get_by_label("Tulisan Anda").fill("ab")
    sender.get_by_role("button", name="Simpan perbaikan").click()
    sender.get_by_role("link", name=re.compile("sedikitnya 10 huruf")).click()
    assert sender.evaluate("document.activeElement.name") == "text"
    sender.get_by_label("Tulisan Anda").fill("Pompa rob di kampung kami mati, jaganya bergiliran")
    sender.get_by_role("button", name="Simpan perbaikan").click()
    expect(sender.get_by_text("jaganya bergiliran").first).to_be_visible()
    expect(sender.get_by_text("zubrowkaplanted")).to_have_count(0)
    sender.get_by_role("link", name="Tarik masukan ini").click()
    sender.get_by_role("button", name="Tarik masukan ini").click()
    expect(sender.get_by_text("sudah Anda tarik")).to_be_visible()
    sender.get_by_role("link", name="Hapus masukan ini").click()
    sender.get_by_role("button", name="Hapus untuk selamanya").click()
    expect(sender.get_by_text("Masukan ini sudah dihapus")).to_be_visible()
    expect(sender.locator(".slip")).to_contain_text(receipt[0])
    expect(sender.get_by_text("jaganya bergiliran")).to_have_count(0)
    sender.get_by_role("button", name="Selesai, tutup kabar ini").click()
    expect(sender).to_have_url(re.compile("/masukan/status$"))
