"""A file of 500 rows with three bad ones, in a real browser: looked at, taken, its bad rows fetched, taken back."""

import csv
import io
import re
import time

from openpyxl import load_workbook
from playwright.sync_api import expect

BAD = {8: ("Kelurahan", "Atlantis"), 101: ("Kondisi (1-4)", "9"), 301: ("Keluhan", "")}
WITHIN = 60.0


def content():
    """A form's answers; the numbers of the bad rows count the head as row 1."""
    head = ["Cap waktu", "Nama", "Kelurahan", "Keluhan", "Kondisi (1-4)"]
    values = (("1", "Fulan", "Tirto", f"Selokan gang {n} mampet", "2") for n in range(2, 502))
    rows = [dict(zip(head, row, strict=True)) for row in values]
    for number, (column, value) in BAD.items():
        rows[number - 2][column] = value
    text = io.StringIO()
    writer = csv.DictWriter(text, head)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_a_file_with_three_bad_rows_goes_in_and_comes_out_again(browser, site):
    page = site.page(browser, "ketua", 360)
    page.goto(site.address + "/staff/imports/")
    page.get_by_label("Berkas masukan").set_input_files(
        {"name": "jawaban.csv", "mimeType": "text/csv", "buffer": content()}
    )
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_role("heading", level=1, name="jawaban.csv")).to_be_visible()
    refused = page.get_by_role("region", name="Baris yang akan ditolak").get_by_role("listitem")
    expect(refused).to_have_count(3)
    assert [int(re.search(r"\d+", words)[0]) for words in refused.all_inner_texts()] == list(BAD)
    expect(page.get_by_role("combobox", name="Keluhan")).to_have_value("text")
    expect(page.get_by_role("combobox", name="Nama")).to_have_value("")
    page.get_by_role("button", name="Muat barisnya").click()
    wait_until_taken(page)
    assert counts(page) == ["497", "0", "3"]
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Unduh baris yang ditolak")).click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert [(row[0], row[1]) for row in list(sheet.values)[1:]] == [(n, column) for n, (column, _) in BAD.items()]
    page.get_by_role("button", name="Keluarkan 497 masukan").click()
    expect(page.get_by_text("boleh dibawa lagi")).to_be_visible()
    page.context.close()


def wait_until_taken(page):
    """Press what the page offers until it is offered no more: then it is done."""
    deadline = time.monotonic() + WITHIN
    again = page.get_by_role("link", name="Muat ulang")
    done = page.get_by_text("Sudah dimuat")
    while time.monotonic() < deadline:
        expect(again.or_(done)).to_be_visible()  # a page on its way has neither
        if done.is_visible():
            return
        time.sleep(0.3)
        again.click()
    expect(done).to_be_visible()


def counts(page):
    return page.get_by_role("definition").all_inner_texts()
