"""Typeset pages: no text is run, every block has its place, and a missing program is a clear refusal."""

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import typeset
from reports.letters import visible
from reports.paper import Grid, Heading, Items, Text
from tests.reports.sheets_of_paper import COLUMNS, EMPTY, FIGURE, LONG, TEXTS, UNFIT, paper, table

LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
ESCAPES = {"n": "\n", "t": "\t"}
installed = pytest.mark.skipif(shutil.which("typst") is None, reason="typst is not installed: no pages were typeset")


def literals(markup):
    """The texts of a markup, its escapes undone."""
    return [
        re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), found[1:-1])
        for found in LITERAL.findall(markup)
    ]


def outside(markup):
    """The markup without its texts."""
    return LITERAL.sub('""', markup)


@pytest.mark.parametrize("text", [*TEXTS, *UNFIT, LONG, "a\nb\tc", "ujung \\", '\\"', " tepi "])
def test_a_text_is_a_literal_and_comes_back(text):
    made = typeset.source(paper(Text(text), Heading(text), Items([text]), table([text])))
    assert literals(made).count(visible(text)) == 4


@given(st.text(st.characters(), max_size=60))
def test_no_text_changes_the_markup_around_it(text):
    def around(words):
        return outside(typeset.source(paper(Text(words, lead=words), table([words]), title=words)))

    assert around(f"a{text}") == around("a")


@pytest.mark.parametrize(
    ("size", "is_landscape", "page"),
    [("A4", False, "width: 210mm, height: 297mm"), ("F4", True, "width: 330mm, height: 215mm")],
)
def test_the_page_has_its_size(size, is_landscape, page):
    assert page in typeset.source(paper(size=size, is_landscape=is_landscape))


def test_blocks_are_what_they_are():
    made = typeset.source(paper())
    assert '#heading(level: 2, "Rob")' in made and "quote(block: true" in made and made.count("#enum(") == 2
    assert "strike(" in made and "underline(" in made and "#pagebreak()" in made
    assert "table.header(" in made and "breakable: false" in made and 'lang: "id"' in made
    assert "Berita acara · Putaran: 1 · Hitungan: 3 · Dibuat: 2 November 2026 15.30 WIB" in literals(made)


def test_widths_and_what_is_set_off_are_told():
    made = typeset.source(
        paper(Grid(COLUMNS, [["a", 1, 2], ["b", 3, 4]], widths=(10, 70, 20), marked={0}, marked_columns={2}))
    )
    assert "columns: (10.00%, 70.00%, 20.00%,)" in made
    cells = re.findall(r'table\.cell\(fill: [^,]*, (?:align\(right, )?text\(weight: "bold", "(\w)"', made)
    assert cells == ["a", "1", "2", "4"]


def test_only_what_is_short_enough_is_kept_on_one_page():
    assert "table.cell(breakable: true, " in typeset.source(paper(table([LONG])))
    assert "breakable: true" not in typeset.source(paper(table(["kata " * 100]), Text("kata", look="quote")))
    assert "breakable: true" in typeset.source(paper(Text(LONG, look="quote")))


def test_a_table_without_rows_says_so():
    assert 'table.cell(colspan: 3, "Belum ada isinya.")' in typeset.source(paper(table([])))


def test_blocks_without_anything_in_them_are_left_out():
    assert typeset.source(paper(*EMPTY)).rstrip() == typeset.source(paper(Items([]))).rstrip()


def test_a_text_from_the_right_is_set_from_the_right():
    assert "#align(right, par(text(dir: rtl, " in typeset.source(paper(Text("سلام")))
    assert "rtl" not in typeset.source(paper(Text("rob")))


def test_nothing_is_read_or_fetched():
    assert not re.search(r"#import|#include|read\(|@preview|image\(\"", outside(typeset.source(paper())))


def test_a_block_of_another_type_is_refused():
    with pytest.raises(TypeError, match="str is no block"):
        typeset.source(paper("teks"))


def test_without_the_program_there_is_a_clear_refusal(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(typeset.NotInstalled, match="typst is not installed"):
        typeset.pdf(paper())


def test_a_program_that_fails_says_why(monkeypatch, tmp_path):
    program = tmp_path / "typst"
    program.write_text("#!/bin/sh\necho 'error: no fonts' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(typeset.NotSet, match="error: no fonts"):
        typeset.pdf(paper())


@installed
def test_the_program_sets_every_block_and_every_text():
    texts = [Text(text) for text in [*TEXTS, *UNFIT, LONG]]
    for made in (typeset.pdf(paper()), typeset.pdf(paper(*texts, *EMPTY, table([*TEXTS, *UNFIT]), FIGURE, size="F4"))):
        assert made.startswith(b"%PDF-") and b"Berita acara" in made


@installed
def test_a_text_that_is_longer_than_a_page_goes_on_over_several():
    assert len(re.findall(rb"/Type ?/Page\b", typeset.pdf(paper(table([LONG]))))) > 5


@installed
def test_the_same_paper_gives_the_same_pages():
    assert typeset.pdf(paper()) == typeset.pdf(paper())
