"""The poster as it comes out of a printer: one sheet of the size that was asked for, with everything on it."""

import re

import pytest

from tests.journeys.site import find_violations

MM = 72 / 25.4


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 210, 297), ("a3", 297, 420)])
@pytest.mark.parametrize("lang", ["id", "en", "jv"])
def test_a_poster_is_one_sheet_of_its_size_and_nothing_is_cut(browser, site, lang, size, width, height):
    page = site.page(browser, "ketua")
    page.goto(f"{site.address}/staff/representation/poster/kuripan-kertoharjo?in={lang}&size={size}")
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheet)
    assert [(round(float(w) / MM), round(float(h) / MM)) for w, h in boxes] == [(width, height)]
    assert find_violations(page) == []
    main = page.locator("main")
    assert main.evaluate("e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1")
    page.context.close()
