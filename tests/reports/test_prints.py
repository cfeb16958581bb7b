"""Pages to print: escaped, complete in themselves, on the paper that was asked for, read the same elsewhere."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from reports import prints
from reports.letters import visible
from reports.paper import Figure, Grid, Heading, Items, Text
from tests.conftest import CHECKOUT
from tests.reports.sheets_of_paper import COLUMNS, EMPTY, FIGURE, LONG, TEXTS, UNFIT, paper, table

SHEET = (CHECKOUT / "static" / "report.css").read_text("utf-8")


def made(*blocks, **changes):
    return prints.page(paper(*blocks, **changes), stylesheet="/static/report.css").decode()


def tree(*blocks, **changes):
    return html.document_fromstring(made(*blocks, **changes))


def told(element):
    """The text of an element, its line breaks as they show."""
    for line in element.iter("br"):
        line.tail = "\n" + (line.tail or "").removeprefix("\n")
    return element.text_content()


@pytest.mark.parametrize("text", [*TEXTS, *UNFIT, LONG, "a\nb"])
def test_a_text_comes_back(text):
    read = tree(
        Text(text), Heading(text), Items([text]), table([text]), Text(text, look="quote", source=text), title=text
    )
    found = [told(element) for element in read.xpath("//main//h1|//main//h2|//main//li|//main//p|//main//tbody//td[2]")]
    assert found == [visible(text)] * 6


def printed(*blocks, **changes):
    return prints.page(paper(*blocks, **changes), css=SHEET).decode()


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_any_text_adds_no_element(text):
    def tags(words):
        grid = Grid(COLUMNS, [[words, words, 1]], caption=words)
        return [each.tag for each in tree(Text(words, lead=words), Items([words]), grid).iter() if each.tag != "br"]

    assert tags(f"a{text}") == tags("a")


def test_nothing_runs_and_nothing_has_a_style_of_its_own():
    written = made()
    assert not re.search(r"<script|\sstyle=|<style|javascript:|\son\w+=|https?:|@import", written)
    assert written.count("<link") == 2 and 'href="/static/report.css"' in written


def test_the_language_and_the_size_are_said():
    root = tree(size="F4", is_landscape=True, language="en")
    assert root.get("lang") == "en-GB" and root.find("body").get("class") == "report f4-wide"
    assert root.findtext("head/title") == "Berita acara"


def test_a_head_of_a_table_is_one_and_widths_are_attributes():
    read = tree(Grid(COLUMNS, [["a", 1, 2.5]], widths=(10, 70, 20), caption="Matriks"))
    assert [head.text for head in read.xpath("//thead/tr/th[@scope='col']")] == ["No", "Butir masukan", "Jumlah"]
    assert [each.get("width") for each in read.iter("col")] == ["10.0%", "70.0%", "20.0%"]
    assert [(cell.get("class"), cell.text) for cell in read.xpath("//main//tbody//td")] == [
        (None, "a"),
        ("n", "1"),
        ("n", "2,5"),
    ]


def test_rows_and_columns_that_are_set_off_are_marked():
    read = tree(Grid(COLUMNS, [["a", 1, 2], ["b", 3, 4]], marked={0}, marked_columns={2}))
    assert [cell.text for cell in read.xpath("//td[contains(@class, 'marked')]")] == ["a", "1", "2", "4"]


def test_a_table_without_rows_says_so():
    (cell,) = tree(table([])).xpath("//main//tbody//td")
    assert cell.text == "Belum ada isinya." and cell.get("colspan") == "3"


def test_blocks_without_anything_in_them_are_left_out():
    assert [each.tag for each in tree(*EMPTY).find(".//main")] == ["header"]


def test_a_figure_stands_inline_beside_what_it_is_and_shows():
    (figure,) = tree(FIGURE).iter("figure")
    assert figure.find("svg").get("role") == "img"
    assert told(figure.find("figcaption")) == "Rentang peringkat Rob bertempat 1 sampai 3."


def test_changed_text_is_marked_as_such():
    read = tree(Text("lama", look="removed"), Text("baru", look="added"))
    assert (read.findtext(".//del"), read.findtext(".//ins")) == ("lama", "baru")


def test_a_line_for_ink_stands_where_nothing_is_known():
    assert [(each.get("class"), each.text) for each in tree().xpath("//dl[@class='facts']//dd")] == [
        ("ink", None),
        (None, "Aula"),
    ]


def test_the_foot_tells_the_facts():
    (foot,) = tree().xpath("//tfoot//footer")
    assert told(foot) == "Berita acara · Putaran: 1 · Hitungan: 3 · Dibuat: 2 November 2026 15.30 WIB"


def test_a_page_that_leaves_the_site_carries_its_sheet():
    written = prints.page(paper(), css=SHEET).decode()
    assert SHEET.strip() in written and "stylesheet" not in written


@pytest.mark.parametrize("css", ["a{}</style><script>", "<!-- a"])
def test_a_sheet_that_holds_markup_is_refused(css):
    with pytest.raises(ValueError, match="markup"):
        prints.page(paper(), css=css)


def test_a_block_of_another_type_is_refused():
    with pytest.raises(TypeError, match="str is no block"):
        made("teks")


def test_every_class_has_a_rule_in_the_sheet():
    blocks = [Text("a", look="small"), Grid(COLUMNS * 5, [["a"] * 15], is_bordered=False)]
    written = made() + made(*blocks) + made(Grid(COLUMNS * 3, [], is_bordered=True))
    used = {
        name
        for names in re.findall(r'class="([^"]*)"', re.sub(r"<svg.*?</svg>", "", written))
        for name in names.split()
    }
    ruled = set(re.findall(r"\.([a-z][a-z0-9-]*)", SHEET))
    assert {"ink", "n", "marked", "tight", "tightest"} < used and used - ruled <= {"report", "plain"}


def test_another_program_reads_the_same(office):
    texts = [*TEXTS, *UNFIT]
    content = prints.page(paper(*(Text(text) for text in texts), Text(LONG.strip())), css=SHEET)
    lines = [
        line.strip() for line in office(content, "html", "txt:Text (encoded):UTF8").decode("utf-8-sig").splitlines()
    ]
    found = [line for line in lines if line]
    assert found[: len(texts) + 2] == ["Berita acara", *map(visible, texts), LONG.strip()]


@pytest.mark.parametrize(
    ("size", "is_landscape", "breadth", "height"),
    [
        ("A4", False, 210, 297),
        ("A4", True, 297, 210),
        ("F4", False, 215, 330),
        ("F4", True, 330, 215),
        ("A3", False, 297, 420),
    ],
)
def test_a_browser_prints_it_on_the_paper_that_was_asked_for(page, size, is_landscape, breadth, height):
    page.set_content(printed(size=size, is_landscape=is_landscape))
    sheets = page.pdf(prefer_css_page_size=True)
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", sheets)}
    (box,) = boxes
    assert [part / 72 * 25.4 for part in box[2:]] == pytest.approx([breadth, height], abs=0.6)


def test_nothing_is_wider_than_a_small_screen_or_the_paper(page):
    for width in (320, 760):
        page.set_viewport_size({"width": width, "height": 700})
        page.set_content(printed(Grid(COLUMNS * 5, [["panjang sekali" * 9] * 15]), Text("tanpaspasi" * 60), FIGURE))
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_browser_repeats_the_head_of_a_table_on_every_page(page):
    page.set_content(printed(table(["kata " * 200] * 12)))
    page.emulate_media(media="print")
    sheets = len(re.findall(rb"/MediaBox", page.pdf(prefer_css_page_size=True)))
    assert (
        sheets > 1
        and page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    )


def test_a_figure_without_a_drawing_is_its_words():
    (figure,) = tree(Figure("", "Rentang", "Belum ada.")).iter("figure")
    assert told(figure) == "Rentang Belum ada."
