"""Every page of every reader, narrow and wide, in both languages: axe, width, names and roles."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import find_violations
from tests.journeys.statement import EVERYWHERE

PARAGRAPH = "/naskah/paragraf/46/komentar"  # P-DIS-04 of the demonstration
FORM = 5  # the first paper form of the demonstration; `site.put_on_desks` puts it in a pile
PAGES = {
    None: (
        "/",
        "/masukan/baru",
        "/masukan/baru?paragraf=46",
        "/masukan/status",
        "/naskah",
        "/naskah/1",
        "/naskah/1/1",
        "/naskah/1/7",
        "/naskah/1/saring?bidang=DIS",
        "/naskah/1/cetak?bab=7",
        "/naskah/paragraf/46",
        "/naskah/banding",
        "/cara-menghitung",
        "/data-pribadi",
        "/aksesibilitas",
        "/hasil/",
        "/hasil/sekarang",
        "/surat/",
        "/demo/",
        "/masuk",
    ),
    "akademisi": (
        "/akademisi/",
        "/akademisi/bidang/DIS",
        "/naskah",
        "/naskah/1/7",
        "/naskah/paragraf/46",
        PARAGRAPH,
        PARAGRAPH + "?sela=1",
        "/naskah/1/komentar",
        "/komentar/",
        "/komentar/surat",
    ),
    "dpupr": ("/perangkat-daerah/", "/perangkat-daerah/program/PRG-32", "/perangkat-daerah/bidang/DIS"),
    "petugas": ("/petugas/", "/petugas/tumpukan/1/lembar", f"/petugas/tumpukan/1/lembar/{FORM}"),
    "privasi": ("/staff/requests", "/staff/requests/1", "/staff/exports/person"),
    "ketua": (
        "/staff/",
        "/staff/themes/1",
        "/staff/themes/1/sort",
        "/staff/unplaced/",
        "/staff/codebook/",
        "/staff/codebook/1",
        "/staff/codebook/history",
        "/staff/coding/",
        "/staff/differences",
        "/staff/releases/",
        "/staff/inbox",
        "/staff/inbox?stage=arrived&dimension=DIS&q=rob",
        "/staff/inbox/1",
        "/staff/inbox/handovers",
        "/staff/register",
        "/staff/voices",
        "/staff/voices/originals?dimension=DIS&group=citizen",
        "/staff/representation",
        "/staff/priorities",
        "/staff/priorities/figures",
        "/staff/priorities?order=team",
        "/staff/priorities/coverage",
        "/staff/priorities/fairness",
        "/staff/priorities/themes/1/place",
        "/staff/scores",
        "/staff/scores/scheme",
        "/staff/scores/themes/1",
        "/staff/scores/results",
        "/staff/scores/sheet",
        "/staff/scores/typed?for=2",
        "/staff/priorities/summary",
        "/staff/decisions",
        "/staff/decisions/undecided",
        "/staff/decisions/on/1/theme/1",
        "/staff/decisions/on/1/points?point=1&point=2",
        "/staff/conflicts?theme=1",
        "/staff/responses",
        "/staff/responses/lacking",
        "/staff/objections",
        "/staff/held/",
        "/staff/held/?rest=1",
        "/staff/programmes/",
        "/staff/programmes/PRG-28",
        "/staff/drafts/",
        "/staff/drafts/1",
        "/staff/drafts/1/7",
        "/staff/drafts/1/7/openness",
        "/staff/comments/",
        "/staff/comments/?dimension=DIS&state=applies",
        "/staff/drafts/1/fates",
        "/staff/drafts/compose",
        "/staff/channels",
        "/staff/voices/originals?channel=paper",
        "/staff/papers",
        "/staff/papers/piles/1",
        f"/staff/papers/piles/1/forms/{FORM}",
        "/staff/meetings",
        "/staff/imports/",
        "/staff/exports",
        "/staff/exports/audit",
        "/staff/rounds/",
        "/staff/rounds/1/windows",
        "/staff/rounds/new",
        "/staff/rounds/1",
        "/staff/rounds/1/extend",
        "/staff/people/",
    ),
    "admin": ("/staff/people/", "/staff/people/invite", "/staff/people/2"),
}
WIDTHS = (320, 1280)


@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "anyone")
def test_axe_finds_nothing_and_no_page_is_wider_than_its_screen(browser, site, statement, who):
    page = site.page(browser, who)
    outside = []
    page.on("request", lambda request: outside.append(request.url) if site.address not in request.url else None)
    found = {}
    for path in PAGES[who]:
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        assert page.goto(site.address + path).status == 200, path
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            # The rules of axe look at the same elements at every width; ours measure them.
            wrong = (find_violations(page, statement) if width == WIDTHS[0] else []) + faults(page, width)
            statement.note(who, path, page, wrong, *EVERYWHERE)
            found[f"{path} at {width}"] = wrong
    page.context.close()
    assert not any(found.values()), told(who, found)
    assert [url for url in outside if not url.startswith("data:")] == []


@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "anyone")
def test_the_english_pages_are_as_sound(browser, site, statement, who):
    page = site.page(browser, who, 320)
    page.goto(site.address + "/?lang=en")
    found = {}
    for path in PAGES[who]:
        page.goto(site.address + path)
        assert page.locator("html").get_attribute("lang") == "en"
        found[path] = faults(page, 320)
        statement.note(who, path, page, found[path], *EVERYWHERE)
    page.context.close()
    assert not any(found.values()), told(who, found)


def told(who: str | None, found: dict[str, list[str]]) -> str:
    """Every fault with its reader and its page, one a line."""
    return "\n".join(f"{who or 'anyone'} {place}: {fault}" for place, wrong in found.items() for fault in wrong)


def faults(page: Page, width: int) -> list[str]:
    """What axe does not see: width, one main heading, names of controls and figures, legends, targets."""
    wrong = []
    if page.evaluate("document.documentElement.scrollWidth") > width:
        wrong.append("wider than its screen")
    if page.get_by_role("main").count() != 1 or page.get_by_role("heading", level=1).count() != 1:
        wrong.append("not one main and one heading of the first level")
    return wrong + page.evaluate(NAMELESS)


# Fields without a label, choices without a legend, figures without title and description, small targets.
NAMELESS = """() => {
  const wrong = [], seen = e => e.getClientRects().length > 0 && !e.closest('.trap, .govuk-visually-hidden');
  for (const e of document.querySelectorAll('main input:not([type=hidden]), main select, main textarea'))
    if (seen(e) && !(e.labels && e.labels.length)) wrong.push('no label: ' + e.name);
  for (const e of document.querySelectorAll('main input[type=radio], main input[type=checkbox]')) {
    const legend = e.closest('fieldset')?.querySelector('legend');
    if (!legend || !legend.textContent.trim()) wrong.push('no legend: ' + e.name);
  }
  for (const e of document.querySelectorAll('main svg[role=img]')) {
    const words = (e.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id));
    if (words.length < 2 || words.some(w => !w || !w.textContent.trim())) wrong.push('figure without words');
    if (!e.closest('section, li, details, .cols, div')?.parentElement.querySelector('table'))
      wrong.push('figure without a table: ' + e.id);
  }
  for (const e of document.querySelectorAll('main .govuk-button, main .govuk-radios__label, main summary'))
    if (seen(e) && e.getBoundingClientRect().height < 44) wrong.push('low target: ' + e.textContent.trim());
  return wrong;
}"""


def test_the_forms_of_invited_people_name_what_they_ask(browser, site):
    page = site.page(browser, "akademisi", 320)
    page.goto(site.address + "/akademisi/bidang/DIS")
    for legend in ("Keadaannya sekarang", "Terutama soal apa", "Digital atau tidak", "Misi RPJMD yang didukung"):
        expect(page.get_by_role("group", name=re.compile(legend))).to_have_count(1)
    page.get_by_role("button", name="Kirim pendapat").click()
    expect(page).to_have_title(re.compile("^Galat:"))
    page.get_by_role("link", name="Tulis masalahnya, usulannya, atau keduanya.").click()
    assert page.evaluate("document.activeElement.name") == "problem"
    page.get_by_role("link", name="Pilih satu elemen.").click()
    assert page.evaluate("document.activeElement.name") == "element"
    assert find_violations(page) == []
    page.context.close()
