"""One evening in a real browser: a citizen, an academic and an agency speak, the team finds all three in one list."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys.site import sign_in

WORDS = "Rob masuk rumah tiap sore di gang kami, pompa air mati terus, tolong dijaga pompanya"
COMMENT = "Paragraf ini belum menyebut siapa yang menjaga pompa rob pada malam hari."
WORDING = "Setiap rumah pompa pengendali rob dijaga bergilir dan jadwalnya ditempel di pintunya."
REASON = "Pompa pengendali rob masih diperlukan, tetapi solar dan petugas jaganya belum dianggarkan."
# It takes two seconds; a machine that is busy with other tests may take its time, and how long it took is printed.
READ_WITHIN = 60.0


@pytest.fixture
def voices(browser, page, site):
    """The three of them, each on the way that is theirs; returns the citizen's number and PIN."""
    receipt = suggest(page, site)
    comment_as_academic(browser, site)
    judge_as_agency(browser, site)
    return receipt


def suggest(page, site):
    page.goto(site.address)
    page.get_by_role("link", name="Tulis masukan").first.click()
    page.get_by_role("textbox", name="Ceritakan masalah atau usul Anda").fill(WORDS)
    assert page.get_by_role("radio", name="Pilihkan untuk saya").is_checked()
    page.get_by_role("button", name="Kirim masukan").click()
    number = page.locator("#receipt-no").inner_text()
    assert re.fullmatch(r"PKL-\w{4}-\d\d", number)
    return number, page.locator("#receipt-pin").inner_text()


def comment_as_academic(browser, site):
    """On a phone-sized touch screen, without script: from the desk to the paragraph, and an error on the way."""
    page = site.page(browser, None, 375, has_touch=True, java_script_enabled=False)
    sign_in(page, site, "akademisi")
    page.get_by_role("link", name="Baca dan komentari naskah").tap()
    page.get_by_role("navigation", name="Bab naskah").get_by_role("link", name=re.compile("^7")).tap()
    page.get_by_role("link", name="Komentari paragraf P-DIS-04").tap()
    page.get_by_role("group", name="Jenis komentar").get_by_text("Usul perubahan").tap()
    page.get_by_role("textbox", name="Komentar", exact=True).fill(COMMENT)
    page.get_by_role("button", name="Kirim komentar").tap()
    expect(page).to_have_title(re.compile("^Galat:"))
    page.get_by_role("textbox", name=re.compile("Usul redaksi")).fill(WORDING)
    page.get_by_role("button", name="Kirim komentar").tap()
    aside = page.get_by_role("complementary", name="Komentar Anda atas P-DIS-04")
    expect(aside.get_by_text(COMMENT)).to_be_visible()
    expect(aside.get_by_text(WORDING)).to_be_visible()
    page.context.close()


def judge_as_agency(browser, site):
    page = site.page(browser)
    sign_in(page, site, "dpupr")
    expect(page.get_by_role("link", name="Mal Pelayanan Publik")).to_have_count(0)
    page.get_by_role("link", name="Rumah pompa dan tanggul pengendali rob").click()
    page.get_by_role("group", name="Program ini sebaiknya").get_by_text("Disesuaikan").click()
    page.get_by_role("textbox", name="Alasan").fill(REASON)
    page.get_by_role("textbox", name="Disahkan oleh").fill("Kepala Dinas")
    page.get_by_role("button", name="Simpan putusan").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    page.context.close()


def test_three_voices_of_one_evening_stand_in_one_ranked_list_with_their_reasons(browser, page, site, voices):
    sent = time.monotonic()
    desk = site.page(browser, "ketua")
    read = until(lambda: originals_of(desk, site, "Rob dan banjir"), (WORDS, COMMENT, WORDING, REASON), sent)
    print(f"read and placed {time.monotonic() - sent:.1f} s after the last sending")
    assert "Tentang paragraf P-DIS-04: Usulan" in read
    assert "Tentang program Rumah pompa dan tanggul pengendali rob: Disesuaikan" in read

    desk.goto(f"{site.address}/staff/priorities")
    place = place_of(desk, "Rob dan banjir")
    place.locator("summary").first.click()
    expect(place.get_by_text("Keluasan").first).to_be_visible()
    for group in ("Warga", "Akademisi", "Perangkat daerah"):
        expect(place.get_by_role("rowheader", name=group)).to_be_visible()
    desk.context.close()

    number, pin = voices
    page.goto(f"{site.address}/masukan/status")
    page.locator("input[name=receipt_no]").fill(number)
    page.locator("input[name=pin]").fill(pin)
    page.get_by_role("button", name="Lihat kabar").click()
    expect(page.get_by_text("Rob dan banjir").first).to_be_visible()


def until(look, words, sent):
    """Look again until all the words are there; the worker is at it since the last sending."""
    read = look()
    while any(w not in read for w in words) and time.monotonic() - sent < READ_WITHIN:
        read = look()
    assert [w for w in words if w not in read] == []
    return read


def place_of(desk, name):
    return desk.locator("li", has=desk.get_by_role("heading", name=re.compile(name))).last


def originals_of(desk, site, name) -> str:
    """Every page of the originals behind a theme of the ranked list, as text."""
    desk.goto(f"{site.address}/staff/priorities")
    place = place_of(desk, name)
    place.locator("summary").first.click()
    place.get_by_role("link", name=re.compile("teks asli")).first.click()
    read = desk.locator("main").inner_text()
    while desk.get_by_role("link", name="Berikutnya").count():
        desk.get_by_role("link", name="Berikutnya").click()
        read += desk.locator("main").inner_text()
    return read


def test_another_agencys_programme_and_an_unpublished_draft_are_refused(browser, site, tmp_path):
    secret = tmp_path / "rahasia.md"
    secret.write_text("# Rancangan rahasia\n\n## Bab\n\n[P-DIS-90] Belum boleh dibaca.\n", encoding="utf-8")
    said = site.flask("import", "draft", str(secret)).stdout
    number = int(re.search(r"Versi (\d+): belum terbit", said)[1])
    other, team = site.page(browser, "dinkominfo"), site.page(browser, "ketua")
    for path in ("/perangkat-daerah/program/PRG-32", f"/naskah/{number}/1"):
        assert other.goto(site.address + path).status == 404, path
    assert other.goto(site.address + "/staff/priorities").status == 403
    assert team.goto(f"{site.address}/staff/drafts/{number}/1").status == 200
    expect(team.get_by_text("Belum boleh dibaca.")).to_be_visible()
    other.context.close()
    team.context.close()


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
