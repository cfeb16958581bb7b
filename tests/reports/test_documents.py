"""Text documents: what was handed in stands there, marked as what it is, whichever program opens it."""

import io
import re
import zipfile

import pytest
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reports.documents import document
from reports.letters import visible
from reports.paper import Grid, Heading, Items, Text
from tests.reports.sheets_of_paper import COLUMNS, EMPTY, LONG, TEXTS, UNFIT, column, opened, paper, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def looks(content):
    return [(line.style.style_id, line.text) for line in opened(content).paragraphs if line.text]


def test_headings_lists_and_quotes_are_what_they_are():
    found = looks(document(paper()))
    assert found[0] == ("Title", "Berita acara")
    assert ("Heading1", "Pokok bahasan") in found and ("Heading2", "Rob") in found
    assert ("Quote", "Rumah kami terendam.") in found and ("Source", "— warga, pesisir") in found
    assert ("Removed", "Teks lama.") in found and ("Added", "Teks baru.") in found
    assert ("ListNumber", "dua") in found and ("ListBullet", "titik") in found
    assert ("Normal", "Dasar. Isi.\nBaris kedua.") in found


def test_every_style_that_is_used_is_defined():
    content = document(paper())
    used = set(
        re.findall(
            rb'w:(?:pStyle|tblStyle) w:val="(\w+)"', zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
        )
    )
    defined = {style.get(f"{W}styleId").encode() for style in part(content, "word/styles.xml").iter(f"{W}style")}
    assert {b"Title", b"Cell", b"Count", b"TableGrid"} <= used <= defined


def test_people_are_set_in_the_serif_and_the_office_in_the_sans():
    styles = opened(document(paper())).styles
    assert styles["Quote"].font.name == "Georgia"
    fonts = styles.element.find(f"{W}docDefaults").find(f".//{W}rFonts")
    assert fonts.get(f"{W}ascii") == "Arial"


def test_a_head_is_marked_and_repeated_and_no_row_is_broken():
    rows = opened(document(paper(table(TEXTS)))).tables[-1]._tbl.tr_lst
    heads = [row.find(f".//{W}tblHeader") is not None for row in rows]
    assert heads == [True] + [False] * len(TEXTS)
    assert all(row.find(f".//{W}cantSplit") is not None for row in rows)
    look = part(document(paper(table(["a"]))), "word/document.xml").find(f".//{W}tblLook")
    assert look.get(f"{W}firstRow") == "1"


def test_a_table_is_as_broad_as_the_page_and_divided_as_told():
    content = document(paper(Grid(COLUMNS, [], widths=(10, 70, 20)), size="F4", is_landscape=True))
    widths = [int(each.get(f"{W}w")) for each in part(content, "word/document.xml").iter(f"{W}gridCol")]
    breadth = sum(widths)
    assert breadth == pytest.approx((330 - 36) / 25.4 * 1440, abs=2)
    assert [width / breadth for width in widths] == pytest.approx([0.1, 0.7, 0.2], abs=0.001)


@pytest.mark.parametrize(
    ("size", "is_landscape", "breadth", "height"),
    [("A4", False, 210, 297), ("F4", False, 215, 330), ("F4", True, 330, 215)],
)
def test_the_page_has_its_size(size, is_landscape, breadth, height):
    section = opened(document(paper(size=size, is_landscape=is_landscape))).sections[0]
    found = (section.page_width, section.page_height)
    assert found == pytest.approx((Mm(breadth), Mm(height)), abs=Mm(0.1))
    assert (section.orientation == 1) is is_landscape


@pytest.mark.parametrize(
    ("language", "tag", "words"), [("id", "id-ID", "dari"), ("en", "en-GB", "of"), ("jv", "jv-Latn-ID", "saka")]
)
def test_the_document_speaks_its_language(language, tag, words):
    content = document(paper(language=language))
    (said,) = part(content, "word/styles.xml").iter(f"{W}lang")
    assert said.get(f"{W}val") == tag
    assert words in " ".join(line.text for line in opened(content).sections[0].footer.paragraphs)


def test_the_foot_tells_the_facts_and_the_page():
    content = document(paper())
    foot = opened(content).sections[0].footer
    assert foot.paragraphs[0].text == "Berita acara · Putaran: 1 · Hitungan: 3 · Dibuat: 2 November 2026 15.30 WIB"
    fields = [each.get(f"{W}instr") for each in foot._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_file_has_a_title_and_a_moment_and_no_author():
    properties = opened(document(paper(title="Rob\nsampah"))).core_properties
    assert properties.title == "Rob sampah"
    assert properties.created == properties.modified and f"{properties.created:%Y-%m-%d %H:%M}" == "2026-11-02 08:30"
    assert not (properties.author or properties.last_modified_by or properties.comments or properties.keywords)


def test_nothing_of_a_template_or_a_maker_is_in_the_file():
    packed = zipfile.ZipFile(io.BytesIO(document(paper())))
    names = set(packed.namelist())
    assert names == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    }
    assert not re.search(
        b"python|docx|rsid|nsid", b"".join(packed.read(name) for name in names if name.startswith("docProps"))
    )
    assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_numbered_list_begins_at_one():
    content = document(paper(Items(["a", "b"], is_numbered=True), Items(["c"], is_numbered=True)))
    numbers = [each.get(f"{W}val") for each in part(content, "word/document.xml").iter(f"{W}numId")]
    assert numbers[0] == numbers[1] != numbers[2]
    starts = part(content, "word/numbering.xml").iter(f"{W}startOverride")
    assert [start.get(f"{W}val") for start in starts] == ["1", "1"]


def test_blocks_without_anything_in_them_are_left_out():
    made = opened(document(paper(*EMPTY)))
    assert [line.text for line in made.paragraphs] == ["Berita acara"] and not made.tables


def test_a_figure_is_told_in_words():
    content = document(paper())
    assert ("Caption", "Rentang peringkat") in looks(content) and ("Normal", "Rob bertempat 1 sampai 3.") in looks(
        content
    )
    assert b"<svg" not in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_what_is_filled_in_with_ink_has_a_line_and_room():
    content = document(paper())
    known, open_ = opened(content).tables[0].rows[1].cells[1], opened(content).tables[0].rows[0].cells[1]
    assert open_._tc.find(f".//{W}tcBorders") is not None and known._tc.find(f".//{W}tcBorders") is None
    (height,) = part(document(paper(table([""], height=12))), "word/document.xml").iter(f"{W}trHeight")
    assert int(height.get(f"{W}val")) == round(12 / 25.4 * 1440)


def test_rows_and_columns_that_are_set_off_are_bold_and_shaded():
    grid = Grid(COLUMNS, [["a", 1, 2], ["b", 3, 4]], marked={0}, marked_columns={2})
    cells = [cell for row in opened(document(paper(grid))).tables[-1].rows[1:] for cell in row.cells]
    for look in (f".//{W}shd", f".//{W}b"):
        assert [cell.text for cell in cells if cell._tc.find(look) is not None] == ["a", "1", "2", "4"]


def test_a_table_without_rows_says_so():
    assert column(document(paper(table([])))) == ["Belum ada isinya."]


@pytest.mark.parametrize(("text", "is_turned"), [("سلام", True), ("rob", False)])
def test_a_text_from_the_right_is_set_from_the_right(text, is_turned):
    body = part(document(paper(Text(text))), "word/document.xml")
    assert (body.find(f".//{W}bidi") is not None) is is_turned
    assert (body.find(f".//{W}rtl") is not None) is is_turned


@pytest.mark.parametrize("text", [*TEXTS, *UNFIT, LONG, "a\tb\nc", " tepi "])
def test_a_text_comes_back(text):
    content = document(paper(table([text]), title=text))
    assert column(content) == [visible(text)]
    assert opened(content).paragraphs[0].text == visible(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), max_size=5))
def test_any_texts_come_back(texts):
    content = document(paper(*(Text(text) for text in texts), Heading("akhir")))
    assert [line.text for line in opened(content).paragraphs] == ["Berita acara", *map(visible, texts), "akhir"]


def test_a_block_of_another_type_is_refused():
    with pytest.raises(TypeError, match="str is no block"):
        document(paper("teks"))


def test_another_program_reads_the_same(office):
    texts = [*TEXTS, *UNFIT, LONG]
    content = document(paper(*(Text(text) for text in texts), Heading("akhir"), size="F4"))
    lines = office(content, "docx", "txt:Text (encoded):UTF8").decode("utf-8-sig").splitlines()
    assert lines[:-1] == ["Berita acara", *map(visible, texts)] and lines[-1] == "akhir"


def test_another_program_finds_headings_heads_of_tables_and_the_language(office):
    read = office(document(paper()), "docx", "fodt").decode()
    assert re.search(r'<text:h [^>]*text:outline-level="1"[^>]*>(?:<[^>]*>)*Pokok bahasan', read)
    assert re.search(r"<table:table-header-rows>(?:(?!</table:table-header-rows>).)*Butir masukan", read, re.DOTALL)
    assert 'fo:language="id" fo:country="ID"' in read
