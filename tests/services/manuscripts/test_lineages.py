"""Bookmarks of an earlier version give a paragraph its lineage back, once, and never to a neighbour."""

import pytest

from tests.services.manuscripts.conftest import around, docx, found_in, heading, p, r, table

DELETED = "<w:del><w:r><w:delText>hilang</w:delText></w:r></w:del>"
ENDED = "<w:rPr><w:del/></w:rPr>"


def lineages(body):
    return [row[4] for row in found_in(body).rows]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(around(7, r("a"))) + p("b"), [7, None]),
        (around(7, p("a")) + p("b"), [7, None]),
        (around(7, p() + p("a")) + p("b"), [7, None]),
        (around(7, p("a") + p("dipisah")), [7, None]),
        (p(around(7, r("a")) + around(8, r("b"), 2)), [7]),
        (p(r("awal ") + around(7, r("a"))), [7]),
        (around(7, table(["a", "b"])), [7]),
        (table([p(around(7, r("a"))), p(around(8, r("b"), 2))], ["c", p(around(9, r("d"), 3))]), [7, 9]),
        (p(around(7, r("a"), name="lain")), [None]),
        (p(around("7x", r("a"))) + p(around("", r("b"))) + p(around("9" * 19, r("c"))), [None] * 3),
        (p('<w:bookmarkStart w:id="1" w:name="ur_7"/>' + r("a")) + p("b"), [7, None]),
        (p(r("a") + '<w:bookmarkEnd w:id="9"/>'), [None]),
        (around(7, heading("Bab")) + p("a"), [7, None]),
        (p(around(7, f"<w:ins>{r('baru')}</w:ins>")), [7]),
    ],
)
def test_a_bookmark_belongs_to_the_paragraph_of_its_first_words(body, expected):
    assert lineages(body) == expected


def test_a_bookmark_that_appears_twice_counts_once():
    found = found_in(p(around(7, r("a"))) + p(around(7, r("b"), 2)))
    assert [row[4] for row in found.rows] == [7, None]
    assert found.kept["bookmarks"] == 1 and found.dropped == {"lost_bookmarks": 1}


def test_what_stands_around_deleted_words_is_lost_and_does_not_pass_to_the_next():
    body = p(around(7, DELETED), ENDED) + p(around(8, r("tetap"), 2))
    found = found_in(body)
    assert [(row[1], row[4]) for row in found.rows] == [("tetap", 8)] and found.dropped["lost_bookmarks"] == 1
    assert lineages(around(7, p(DELETED)) + p("b")) == [None]
    assert lineages(p('<w:bookmarkStart w:id="1" w:name="ur_7"/><w:bookmarkEnd w:id="1"/>' + r("a"))) == [None]


def test_two_paragraphs_that_became_one_keep_the_lineage_of_the_first():
    found = found_in(p(around(7, r("a ")), ENDED) + p(around(8, r("b"), 2)))
    assert [(row[1], row[4]) for row in found.rows] == [("a b", 7)] and found.dropped["lost_bookmarks"] == 1


def test_hidden_words_do_not_claim_a_bookmark():
    assert lineages(around(7, p(r("x", "<w:vanish/>")) + p("a"))) == [7]


def test_lineages_are_told_for_each_paragraph_in_the_order_of_the_chapters(read_here):
    body = (
        p(around(1, r("pembuka")))
        + heading("Satu")
        + p(around(2, r("[P-A-01] a {opd: BPBD}"), 2))
        + p("b")
        + heading("Dua")
        + around(3, table(["c", "d"]), 3)
    )
    read = read_here(docx(body))
    marks = [p.mark for chapter in read.document.chapters for p in chapter.paragraphs]
    assert (marks, read.lineages) == (["P-A-01", "P-A-01.2", "2.1"], (2, None, 3))
    assert read.document.preface == ("pembuka",) and read.kept["bookmarks"] == 3
