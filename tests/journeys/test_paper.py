"""Paper from the printer to the receipt: sizes of real sheets, a pile by keyboard alone, a line that was lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.site import find_violations
from tests.journeys.test_every_page import faults

MM = 72 / 25.4
SIZES = {"a4": (297, 210), "f4": (330, 215)}
# Of each form: whether anything is cut off, its size in mm, and how high the box to write in is.
MEASURE = """() => [...document.querySelectorAll('.form')].map(form => {
  const mm = px => px * 25.4 / 96, box = form.getBoundingClientRect();
  const out = [...form.querySelectorAll('*')].filter(e => {
    const r = e.getBoundingClientRect();
    return r.width && (r.bottom > box.bottom + 1 || r.right > box.right + 1 || e.scrollWidth > e.clientWidth + 1
      && getComputedStyle(e).display !== 'inline' && !e.closest('svg'));
  });
  return {out: out.map(e => e.outerHTML.slice(0, 80)), width: mm(box.width), height: mm(box.height),
    room: mm(form.querySelector('.lines').getBoundingClientRect().height)};
})"""


def media_boxes(pdf: bytes) -> list[tuple[float, float]]:
    """The sizes of a PDF's pages in mm."""
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width) / MM, float(height) / MM) for width, height in found]


@pytest.mark.parametrize("language", ["id", "jv", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_a_printed_sheet_has_the_size_of_its_paper_and_nothing_is_cut_off(browser, site, size, language):
    page = site.page(browser, "ketua")
    page.goto(f"{site.address}/staff/papers")
    page.get_by_label("Berapa lembar").fill("3")
    page.locator(f"[name=language][value={language}]").check()
    page.locator(f"[name=size][value={size}]").check()
    page.get_by_role("button", name="Buat lembar cetak").click()
    expect(page.locator(".form")).to_have_count(3)
    assert find_violations(page) == []
    page.emulate_media(media="print")
    for form in page.evaluate(MEASURE):
        assert form["out"] == []
        assert form["room"] >= 25
        assert form["width"] == pytest.approx(SIZES[size][0] / 2, abs=0.5)
        assert form["height"] == pytest.approx(SIZES[size][1], abs=0.5)
    boxes = media_boxes(page.pdf(prefer_css_page_size=True))
    assert len(boxes) == 2
    assert all(box == pytest.approx(SIZES[size], abs=0.5) for box in boxes)
    page.context.close()


def print_one(browser, site) -> tuple[str, str, str]:
    """Serial, receipt number and PIN of one new form."""
    page = site.page(browser, "ketua")
    page.goto(f"{site.address}/staff/papers")
    page.get_by_label("Berapa lembar").fill("1")
    page.get_by_role("button", name="Buat lembar cetak").click()
    serial = page.locator(".serial b").inner_text()
    number, pin = page.locator(".strip dd").all_inner_texts()
    page.context.close()
    return serial, number, pin


def open_pile(page, site, expected: int) -> None:
    page.goto(f"{site.address}/petugas/")
    page.get_by_label("Berapa lembar").fill(str(expected))
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"0 dari {expected} lembar")).to_be_visible()


def type_one(page, serial: str, text: str) -> None:
    """One form by keyboard: serial, text, then a digit in each field, Enter in the last."""
    expect(page.get_by_label("Nomor lembar")).to_be_focused()
    page.keyboard.type(serial)
    page.keyboard.press("Tab")
    page.keyboard.type(text)
    for digit in ("7", "1", "4"):
        page.keyboard.press("Tab")
        page.keyboard.type(digit)
    page.keyboard.press("Tab")  # kelurahan stays as the pile has it
    for digit in ("1 3", "1", "4", "2"):
        page.keyboard.press("Tab")
        page.keyboard.type(digit)
    page.keyboard.press("Enter")


def test_a_pile_is_typed_by_keyboard_alone_and_a_second_entry_is_told(browser, site):
    serial, number, pin = print_one(browser, site)
    page = site.page(browser, "petugas")
    open_pile(page, site, 3)
    type_one(page, serial.lower(), "Pompa di Krapyak sering mati waktu rob datang.")
    expect(page.get_by_text("1 dari 3 lembar")).to_be_visible()
    expect(page.get_by_role("region", name="Lembar terakhir")).to_contain_text(number)
    page.goto(page.url.split("#")[0])
    type_one(page, serial, "Tulisan kedua dengan nomor yang sama.")
    expect(page).to_have_title(re.compile("^Galat:"))
    expect(page.get_by_label("Tulisannya")).to_have_value("Tulisan kedua dengan nomor yang sama.")
    assert find_violations(page) == []
    page.get_by_label("Nomor lembar").fill("")
    page.get_by_label("Jenis kelamin").press("Enter")
    expect(page.get_by_text("2 dari 3 lembar")).to_be_visible()
    page.context.close()
    anybody = site.page(browser, width=320)
    anybody.goto(f"{site.address}/masukan/status?nomor={number}")
    anybody.get_by_label("PIN").fill(pin)
    anybody.keyboard.press("Enter")
    expect(anybody.get_by_text("Pompa di Krapyak sering mati waktu rob datang.").first).to_be_visible()
    anybody.context.close()


def test_what_was_typed_outlives_a_lost_line(browser, site):
    page = site.page(browser, "petugas")
    open_pile(page, site, 2)
    page.context.set_offline(True)
    type_one(page, "", "Lampu jalan di gang mati sejak bulan lalu.")
    expect(page.get_by_text("Sambungan putus.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_label("Tulisannya")).to_have_value("Lampu jalan di gang mati sejak bulan lalu.")
    page.get_by_label("Jenis kelamin").press("Enter")
    expect(page.get_by_text("1 dari 2 lembar")).to_be_visible()
    expect(page.get_by_label("Tulisannya")).to_have_value("")
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_with_a_pile_and_a_meeting_in_them_are_sound(browser, site, width):
    found = {}
    officer = site.page(browser, "petugas", width)
    open_pile(officer, site, 2)
    pile = officer.url
    officer.get_by_label("Tulisannya").fill("Selokan di depan rumah bau sekali.")
    officer.get_by_label("Jenis kelamin").press("Enter")
    expect(officer.get_by_text("1 dari 2 lembar")).to_be_visible()
    batch = pile.rsplit("/", 1)[1]
    lead = site.page(browser, "ketua", width)
    lead.goto(f"{site.address}/staff/papers/piles/{batch}")
    lead.get_by_role("button", name="Minta ketik ulang").click()
    for path in ("", "/slip", "/ulang"):
        officer.goto(pile + path)
        found[pile + path] = find_violations(officer) + faults(officer, width)
    lead.goto(f"{site.address}/staff/meetings")
    lead.get_by_label("Nama pertemuan").fill("FGD drainase")
    lead.get_by_label("Tanggal").fill("2026-11-20")
    lead.get_by_role("button", name="Simpan pertemuan").click()
    for line in ("Selokan tidak pernah dikeruk.", "Pompa perlu jadwal jaga."):
        expect(lead.get_by_role("textbox", name="Butir")).to_be_focused()
        lead.keyboard.type(line)
        lead.keyboard.press("Enter")
        expect(lead.get_by_text(line)).to_be_visible()
    for summary in lead.locator("summary").all():
        summary.click()
    meeting = lead.url.split("?")[0].split("#")[0]
    found[meeting] = find_violations(lead) + faults(lead, width)
    for path in (f"{meeting}/sheet", f"{meeting}/change", f"{site.address}/staff/papers/piles/{batch}"):
        lead.goto(path)
        found[path] = find_violations(lead) + faults(lead, width)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    officer.context.close()
    lead.context.close()
