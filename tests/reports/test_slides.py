"""Slides: every one with its title, every text whole, nothing of a template or a maker in the file."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.util import Emu

from reports.letters import visible
from reports.slide_marks import SMALLEST
from reports.slides import Figures, Opening, Points, Quote, Quotes, Rows, deck
from tests.reports.sheets_of_paper import COLUMNS, LONG, MADE, SLIDES, TEXTS, UNFIT

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def make(*slides, **changes):
    return deck(slides or SLIDES, **{"title": "Rob", "facts": [("Hitungan", "3")], "made_at": MADE, **changes})


def opened(content):
    return Presentation(io.BytesIO(content))


def texts(slide):
    """Every paragraph of a slide, in the order in which it is read, the foot left aside."""
    found = []
    for paragraph in slide._element.iter(f"{A}p"):
        if paragraph.find(f".//{A}fld") is None and not list(paragraph.iterancestors(f"{P}sp"))[:1] == feet(slide):
            parts = paragraph.iter(f"{A}t", f"{A}br")
            found.append("".join("\n" if part.tag == f"{A}br" else part.text or "" for part in parts))
    return found


def feet(slide):
    return [shape for shape in slide._element.iter(f"{P}sp") if shape.find(f".//{P}ph[@type='ftr']") is not None]


def sizes(content):
    return {
        int(each.get("sz")) // 100
        for slide in opened(content).slides
        for each in slide._element.iter(f"{A}rPr")
        if each.get("sz")
    }


def test_every_slide_has_its_title_in_the_place_for_titles():
    slides = list(opened(make()).slides)
    assert [slide.shapes.title.text for slide in slides] == [
        "Ringkasan",
        "Siapa yang bicara",
        "Teratas",
        "Kata mereka",
        "Diputuskan",
    ]
    assert [slide.shapes.title.placeholder_format.type.name for slide in slides] == ["CENTER_TITLE"] + ["TITLE"] * 4


def test_a_slide_is_read_from_its_title_on():
    assert [texts(slide) for slide in opened(make()).slides] == [
        ["Ringkasan", "Putaran 1"],
        ["Siapa yang bicara", "640", "kiriman", "512", "peserta", "Bukan sampel acak."],
        ["Teratas", "No", "Butir masukan", "Jumlah", "1", "Air masuk rumah", "12", "2", "Sampah di kali", "7"]
        + ["Rentang dari 200 undian."],
        ["Kata mereka", "Bencana", "Rumah kami terendam.", "— warga, pesisir"],
        ["Diputuskan", "Jadwal jaga pompa", "Pompa baru"],
    ]


def test_the_foot_tells_the_facts_the_moment_and_the_number():
    for slide in opened(make()).slides:
        (foot,) = feet(slide)
        assert "".join(part.text for part in foot.iter(f"{A}t")) == "Rob · Hitungan: 3 · 2 November 2026 15.30 WIB"
        assert [each.get("type") for each in slide._element.iter(f"{A}fld")] == ["slidenum"]


def test_slides_are_sixteen_by_nine():
    made = opened(make())
    assert made.slide_width * 9 == made.slide_height * 16 and made.slide_width == Emu(12_192_000)


def test_a_table_has_a_head_and_a_name():
    frame = next(shape for shape in opened(make()).slides[2].shapes if shape.has_table)
    assert frame.table.first_row and frame._element.find(f".//{P}cNvPr").get("descr") == "Teratas"


def test_people_are_set_in_the_serif():
    runs = opened(make()).slides[3]._element.iter(f"{A}r")
    faces = {run.findtext(f"{A}t"): run.find(f".//{A}latin") for run in runs}
    assert faces["Rumah kami terendam."].get("typeface") == "Georgia" and faces["Bencana"] is None


@pytest.mark.parametrize(("language", "tag"), [("id", "id-ID"), ("en", "en-GB")])
def test_every_text_says_its_language(language, tag):
    content = make(language=language)
    found = {each.get("lang") for slide in opened(content).slides for each in slide._element.iter(f"{A}rPr")}
    assert found == {tag}


def test_the_file_has_a_title_and_a_moment_and_no_author():
    properties = opened(make()).core_properties
    assert properties.title == "Rob" and f"{properties.created:%Y-%m-%d %H:%M}" == "2026-11-02 08:30"
    assert not (properties.author or properties.last_modified_by or properties.comments or properties.keywords)


def test_nothing_of_a_template_is_in_the_file():
    packed = zipfile.ZipFile(io.BytesIO(make()))
    names = [name for name in packed.namelist() if not re.search(r"slides/|\.rels$", name)]
    assert names == [
        "[Content_Types].xml",
        "docProps/core.xml",
        "ppt/presentation.xml",
        "ppt/slideLayouts/slideLayout1.xml",
        "ppt/slideLayouts/slideLayout2.xml",
        "ppt/slideMasters/slideMaster1.xml",
        "ppt/theme/theme1.xml",
    ]
    everything = b"".join(packed.read(name) for name in packed.namelist())
    assert not re.search(rb"Click to edit|python|creationId|notesSlide|Office Theme", everything)
    assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_shape_of_a_slide_has_a_number_of_its_own():
    for slide in opened(make()).slides:
        found = [each.get("id") for each in slide._element.iter(f"{P}cNvPr")]
        assert len(found) == len(set(found))


def test_letters_become_smaller_but_stay_letters():
    few, many = (make(Points("a", ["Jadwal jaga pompa " * 4] * count)) for count in (2, 14))
    assert max(sizes(few)) == 20 > max(sizes(many) - {10}) >= SMALLEST
    assert min(sizes(make(Rows("a", COLUMNS, [[1, LONG, 2]])))) == SMALLEST


@pytest.mark.parametrize("text", [*TEXTS, *UNFIT, LONG, "a\nb\n\nc", " tepi "])
def test_a_text_comes_back(text):
    slides = [
        Opening(text, text),
        Figures(text, [(text, text)], text),
        Rows(text, COLUMNS, [[text] * 3], note=text),
        Quotes(text, [Quote(text, label=text)]),
        Points(text, [text], note=text),
    ]
    found = [texts(slide) for slide in opened(make(*slides, title=text)).slides]
    found[2] = found[2][:1] + found[2][4:]
    assert found == [[visible(text)] * count for count in (2, 4, 5, 3, 3)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=8))
def test_any_texts_come_back(said):
    (slide,) = opened(make(Points("a", said))).slides
    assert texts(slide) == ["a", *map(visible, said)]


def test_a_text_from_the_right_is_set_from_the_right():
    (slide,) = opened(make(Points("a", ["سلام", "rob"]))).slides
    assert [each.get("rtl") for each in slide._element.iter(f"{A}pPr")][1:3] == ["1", None]


def test_an_empty_slide_says_so():
    slides = opened(make(Rows("a", COLUMNS, []), Quotes("a", []), Points("a", []), Figures("a", []))).slides
    assert [("Belum ada isinya." in texts(slide)) for slide in slides] == [True, True, True, False]


def test_a_title_without_more_leaves_no_empty_place():
    (slide,) = opened(make(Opening("a"))).slides
    assert texts(slide) == ["a"] and [each.placeholder_format.idx for each in slide.placeholders] == [0, 11, 12]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Figures("a", [("1", "a")] * 5),
        lambda: Rows("a", COLUMNS, [["a"] * 3] * 13),
        lambda: Rows("a", COLUMNS, [["a"]]),
        lambda: Rows("a", [], []),
        lambda: Rows("a", COLUMNS, [], widths=(1, 2)),
        lambda: Quotes("a", [Quote("a")] * 9),
        lambda: make(language="xx"),
    ],
)
def test_what_has_no_room_or_makes_no_sense_is_refused(refused):
    with pytest.raises(ValueError):
        refused()


@pytest.mark.parametrize("slide", ["teks", None])
def test_a_slide_of_another_type_is_refused(slide):
    with pytest.raises(TypeError, match="is no slide"):
        make(slide)


def test_another_program_opens_it_and_reads_the_same(impress):
    said = [*TEXTS, *UNFIT, LONG.strip()]
    read = impress(make(Points("Daftar", said), *SLIDES, title="[]:*?/\\"), "pptx", "fodp")
    root = etree.fromstring(read, etree.XMLParser(huge_tree=True))
    office = {prefix: address for prefix, address in root.nsmap.items() if prefix}
    pages = root.findall(".//draw:page", office)
    assert len(pages) == 1 + len(SLIDES)
    found = "".join(paragraph_text(each) for each in pages[0].iterfind(".//text:p", office))
    assert "".join(map(visible, said)) in found  # it divides a long paragraph


def paragraph_text(element):
    """The text of a paragraph as OpenDocument has it: spaces and line breaks are elements."""
    parts = [element.text or ""]
    for child in element:
        name = etree.QName(child).localname
        count = next((int(value) for key, value in child.attrib.items() if key.endswith("}c")), 1)
        parts.append({"s": " " * count, "line-break": "\n", "tab": "\t"}.get(name) or paragraph_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
