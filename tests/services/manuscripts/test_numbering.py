"""Numbers before paragraphs are those that Word shows: levels, restarts, styles, letters and Roman numerals."""

import pytest

from services.manuscripts.numbering import written
from tests.services.manuscripts.conftest import found_in, p, said, table


def level(at, form="decimal", shape=None, more="", start=1):
    shape = f"%{at + 1}." if shape is None else shape
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shape}"/>{more}</w:lvl>'
    )


def lists(*levels, more="", nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{more}{"".join(levels)}</w:abstractNum>{nums}'


def item(words, at=0, number=1):
    return p(words, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


DEEP = lists(level(0), level(1, "lowerLetter", "%2)"), level(2, "lowerRoman", "(%3)"))


def test_levels_count_each_for_itself_and_begin_again_below_a_higher_one():
    body = item("a") + item("b", 1) + item("c", 1) + item("d", 2) + item("e") + item("f", 1)
    assert said(body, numbering=DEEP) == ["1. a", "a) b", "b) c", "(i) d", "2. e", "a) f"]


def test_a_number_shows_those_of_the_levels_above_it_also_where_none_was_written():
    numbering = lists(level(0, "upperRoman", "BAB %1"), level(1, shape="%1.%2"), level(2, shape="%1.%2.%3"))
    assert said(item("a") + item("b", 1) + item("c", 2), numbering=numbering) == ["BAB I a", "I.1 b", "I.1.1 c"]
    assert said(item("b", 1), numbering=numbering) == ["I.1 b"]


def test_a_legal_level_shows_all_in_digits():
    numbering = lists(level(0, "upperRoman", "%1."), level(1, shape="%1.%2", more="<w:isLgl/>"))
    assert said(item("a") + item("b", 1), numbering=numbering) == ["I. a", "1.1 b"]


@pytest.mark.parametrize(
    ("restart", "expected"), [("", "1"), ('<w:lvlRestart w:val="0"/>', "2"), ('<w:lvlRestart w:val="1"/>', "1")]
)
def test_a_level_begins_again_as_it_is_told(restart, expected):
    numbering = lists(level(0), level(1, shape="%2)", more=restart))
    body = item("a") + item("b", 1) + item("c") + item("d", 1)
    assert said(body, numbering=numbering)[-1] == f"{expected}) d"


def test_two_lists_of_one_shape_count_on_unless_one_begins_anew():
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for n, more in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            (4, f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'),
        )
    )
    body = item("a") + item("b", number=2) + item("c", number=3) + item("d", number=3) + item("e", number=4)
    assert said(body, numbering=lists(level(0), nums=nums)) == ["1. a", "2. b", "5. c", "6. d", "G) e"]


def test_bullets_are_dashes_and_what_has_no_number_shows_none():
    nothing = '<w:suff w:val="nothing"/>'
    numbering = lists(level(0, "bullet", "*"), level(1, "none", ""), level(2, shape="(%3)", start=4, more=nothing))
    found = found_in(item("a") + item("b", 1) + item("c", 2) + p("d"), numbering=numbering)
    assert [row[3] + row[1] for row in found.rows] == ["– a", "b", "(4) c", "d"]
    assert found.kept == {"bullets": 1, "numbered": 1, "paragraphs": 2}


STYLES = """
<w:style w:type="paragraph" w:styleId="Judul1"><w:name w:val="heading 1"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Judul2"><w:name w:val="heading 2"/><w:basedOn w:val="Judul1"/>
<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ayat"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="Daftar"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def test_a_style_numbers_its_paragraphs_at_the_level_that_names_it_and_a_paragraph_may_refuse():
    numbering = lists(level(0, "upperRoman", "BAB %1"), level(1, shape="Pasal %2", more='<w:pStyle w:val="Ayat"/>'))
    off = '<w:pStyle w:val="Judul1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("a", '<w:pStyle w:val="Judul1"/>') + p("b", '<w:pStyle w:val="Ayat"/>') + p("c", off)
    assert said(body, numbering=numbering, styles=STYLES) == ["BAB I a", "Pasal 1 b", "c"]


def test_a_style_that_changes_the_level_alone_keeps_the_list_of_what_it_is_based_on():
    numbering = lists(level(0), level(1, shape="%1.%2"))
    body = p("a", '<w:pStyle w:val="Judul1"/>') + p("b", '<w:pStyle w:val="Judul2"/>')
    assert said(body, numbering=numbering, styles=STYLES) == ["1. a", "1.1 b"]


def test_a_list_linked_to_a_style_of_lists_is_followed():
    nums = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Daftar"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    )
    assert said(item("a", number=2), numbering=lists(level(0, "upperLetter"), nums=nums), styles=STYLES) == ["A. a"]


def test_an_empty_numbered_paragraph_takes_its_number_and_a_deleted_one_does_not():
    gone = item("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>").replace(
        "<w:pPr>", "<w:pPr><w:rPr><w:del/></w:rPr>"
    )
    assert said(item("a") + item("") + item("b"), numbering=DEEP) == ["1. a", "3. b"]
    assert said(item("a") + gone + item("b"), numbering=DEEP) == ["1. a", "2. b"]


def test_a_number_in_a_cell_is_shown_there():
    assert said(table([item("a") + item("b"), "c"]), numbering=DEEP) == ["1. a 2. b | c"]


@pytest.mark.parametrize("number", ["99", "banyak", "", '1"/><w:ilvl w:val="12', '1"/><w:ilvl w:val="-1'])
def test_a_list_that_is_not_there_or_a_level_that_cannot_be_gives_no_number(number):
    assert said(p("a", f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'), numbering=DEEP)[0].endswith("a")


def test_without_any_lists_nothing_is_numbered():
    assert said(item("a")) == ["a"]


@pytest.mark.parametrize(
    ("count", "form", "shown"),
    [
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (4000, "upperRoman", "4000"),
        (0, "lowerRoman", "0"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (999_999, "lowerLetter", "999999"),
        (-3, "upperLetter", "-3"),
        (7, "decimalZero", "07"),
        (7, "chineseCounting", "7"),
        (7, "none", ""),
    ],
)
def test_a_number_is_written_as_its_list_writes_it(count, form, shown):
    assert written(count, form) == shown


def test_a_hostile_shape_stays_short():
    numbering = lists(level(0, "lowerLetter", "%1" * 5000, start=500))
    assert len(said(item("a"), numbering=numbering)[0]) < 100
