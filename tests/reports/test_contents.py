"""Everything in a file is told with its place; what cannot be read is refused before it does harm."""

import gzip
import io
import json
import time
import zipfile
import zlib

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.contents import Unreadable, texts_in
from reports.contents.bounds import DEEPEST, MOST_PARTS
from tests.services.planted import PLACES
from tests.services.planted.parcel import changed, parcel, saved

MARK = "Fulanah Contohwati"


def told(name, content):
    return list(texts_in(name, content))


def places(name, content, text=MARK):
    return [place for place, found in told(name, content) if text in found]


def refused(name, content):
    with pytest.raises(Unreadable) as caught:
        told(name, content)
    return caught.value.reason


@pytest.mark.parametrize(
    ("planted", "place"),
    [
        ("hidden sheet", "xl/worksheets/sheet2.xml (hidden): B7"),
        ("veryHidden sheet", "xl/worksheets/sheet2.xml (very hidden): B7"),
        ("comment of a cell", "xl/comments/comment1.xml: text"),
        ("document property", "docProps/core.xml: lastModifiedBy"),
        ("custom property", "docProps/custom.xml: lpwstr"),
        ("cache of a pivot table", "xl/pivotCache/pivotCacheDefinition1.xml: s@v"),
        ("document within a workbook", "xl/embeddings/lampiran.docx: word/document.xml: p"),
        ("paragraph in two runs", "word/document.xml: p"),
        ("other words for a picture", "word/document.xml: docPr@descr"),
        ("notes of a speaker", "ppt/notesSlides/notesSlide1.xml: p"),
        ("remark in a page", "comment"),
        ("meta tag", "meta@content"),
        ("data attribute", "p@data-pengirim"),
        ("page within a page", "srcdoc: p"),
        ("page in a data address", "img@src (data): p"),
        ("description of a drawing", "desc"),
        ("entry of a feed", "name"),
        ("remark in a style sheet", "L1"),
        ("key of JSON", "$.baris[0]"),
        ("value of JSON", "$.baris[0].isi"),
        ("head of a CSV", "R1C2"),
        ("quote in a CSV", "R2C2"),
        ("CSV in UTF-16", "R2C2"),
        ("CSV with semicolons", "R2C2"),
        ("compressed text", "R2C1"),
        ("name within an archive", "name"),
        ("remark on an archive", "comment"),
        ("remark on a part of an archive", "isi.txt (comment)"),
        ("archive within an archive", "dalam.zip: isi.csv: R1C1"),
        ("calendar, line folded", "L2"),
        ("text of a PNG", "tEXt"),
        ("packed text of a PNG", "zTXt"),
        ("text of a PNG in UTF-8", "iTXt"),
        ("after the end of a PNG", "after the end"),
        ("EXIF of a JPEG", "bytes"),
        ("unknown bytes, wide letters", "bytes"),
        ("property of a PDF", "object"),
        ("line of a page in its own letters", "page"),
        ("file attached to a PDF", "attachment: L2"),
        ("picture in a PDF", "picture: bytes"),
        ("metadata of a PDF", "metadata: creator"),
    ],
)
def test_a_text_is_told_with_its_place(planted, place):
    assert place in places(*PLACES[planted](MARK))


def test_the_name_of_the_file_is_its_first_text():
    assert told("Fulanah.txt", b"")[0] == ("name", "Fulanah.txt")


def test_words_around_a_deletion_are_told_with_it_and_without():
    found = [text for _, text in told(*PLACES["words around a tracked deletion"]("0812-0000-0000"))]
    assert "0812-0000-0000" in found and "0812-00bukan00-0000" in found and "bukan" in found


def test_numbers_in_neighbouring_cells_are_not_joined():
    texts = [text for _, text in told("a.html", b"<table><tr><td>12345678</td><td>87654321</td></tr></table>")]
    assert "12345678" in texts and not any("1234567887654321" in text for text in texts)


def test_drawing_instructions_are_no_text_but_a_long_number_among_them_is():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M10 20L30 40"/><path d="M081200000000 1"/></svg>'
    assert [place for place, _ in told("a.svg", drawing.encode()) if place == "path@d"] == ["path@d"]


def test_a_page_of_a_paper_is_read_by_each_table_of_letters():
    name, content = PLACES["line of a page in its own letters"](MARK)
    assert places(name, content)
    assert refused(name, content.replace(b"/ToUnicode", b"/Elsewhere")) == "glyphs"


def test_cells_of_a_table_on_a_page_are_not_joined():
    page = b"BT /F1 12 Tf 60 700 Td (12345678) Tj 300 0 Td (87654321) Tj ET BT 60 680 Td (11) Tj 0 -14 Td (22) Tj ET"
    content = b"%%PDF-1.7\n1 0 obj <</Length %d>>\nstream\n%s\nendstream" % (len(page), page)
    assert [text for place, text in told("a.pdf", content) if place == "page"] == ["12345678", "87654321", "11", "22"]


def test_what_a_file_is_its_bytes_say_before_its_name():
    _, book = PLACES["hidden sheet"](MARK)
    assert places("gambar.png", book) and places("data.bin", book)
    assert places("data.xml", PLACES["text of a PNG"](MARK)[1])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "closed"),
        ("a.rtf", b"{\\rtf1 Fulan}", "closed"),
        ("a.rar", b"Rar!\x1a\x07", "closed"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "closed"),
        ("a.css.br", b"\x1b\x00", "closed"),
        ("a.db", b"SQLite format 3\x00", "closed"),
        ("a.xlsx", b"PK\x03\x04 and no more", "broken"),
        ("a.xlsx", b"not a workbook", "broken"),
        ("a.xml", b"<a><b></a>", "broken"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>', "doctype"),
        ("a.json", b'{"a": ', "broken"),
        ("a.json", b"[" * 100_000, "broken"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00\x00\xff\xffIHDR", "broken"),
        ("a.gz", gzip.compress(b"rob", mtime=0)[:-9], "broken"),
        ("a.pdf", b"%PDF-1.7\ntrailer <</Encrypt 4 0 R>>", "locked"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj <</Filter /LZWDecode>>\nstream\nx\nendstream", "closed"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>>\nstream\nx\nendstream", "broken"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj <<>>\nstream\nx", "broken"),
        ("a.html", b'<html><img src="data:text/html;base64,QQQQA"></html>', "broken"),
        ("a.docm", parcel({"word/vbaProject.bin": b"x"}), "closed"),
        ("a.zip", parcel({"dalam.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), "closed"),
        ("a.docx", changed(saved(Document()), add={"x.xml": "<!DOCTYPE a><a/>"}), "doctype"),
        ("a.zip", b"Fulanah Contohwati" + parcel({"isi.txt": b"ya"}), "leftover"),
        ("a.zip", parcel({"isi.txt": b"ya"}) + b"Fulanah Contohwati", "leftover"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name, content, reason):
    assert refused(name, content) == reason


def test_what_was_deleted_from_an_archive_but_is_still_in_it_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("rahasia.txt", MARK * 10)
        archive.writestr("isi.txt", "ya")
        archive.filelist.pop(0)
        archive._didModify = True
    assert refused("a.zip", content.getvalue()) == "leftover"


def test_a_locked_part_is_refused():
    content = bytearray(parcel({"isi.txt": b"ya"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + at] |= 1
    assert refused("a.zip", bytes(content)) == "locked"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", parcel({"nol.txt": bytes(64 * 2**20)})),
        ("a.gz", gzip.compress(bytes(64 * 2**20), mtime=0)),
        ("a.zip", parcel({f"{n}.txt": b"" for n in range(MOST_PARTS + 1)})),
        (
            "a.pdf",
            b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>>\nstream\n" + zlib.compress(bytes(64 * 2**20)) + b"\nendstream",
        ),
    ],
    ids=["zip", "gzip", "parts", "pdf"],
)
def test_what_swells_is_refused_before_it_is_unpacked(name, content):
    start = time.process_time()
    assert refused(name, content) == "large"
    assert time.process_time() - start < 1


def test_what_is_packed_too_deeply_is_refused():
    content = parcel({"isi.txt": b"ya"})
    for _ in range(DEEPEST - 1):
        content = parcel({"isi.zip": content})
    assert told("a.zip", content)
    assert refused("a.zip", parcel({"isi.zip": parcel({"isi.zip": content})})) == "large"


BUILT = {planted: build(MARK) for planted, build in PLACES.items()}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(PLACES)), st.floats(0, 1), st.binary(max_size=4), st.integers(0, 8))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_reader(planted, where, instead, gone):
    name, content = BUILT[planted]
    at = int(where * len(content))
    try:
        found = told(name, content[:at] + instead + content[at + gone :])
        assert all(isinstance(text, str) and isinstance(place, str) for place, text in found)
    except Unreadable as error:
        assert error.reason and str(error)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".csv", ".json", ".html", ".xml", ".svg", ".txt", ".pdf", ".png", ""]))
def test_any_bytes_under_any_name_are_read_or_refused(content, ending):
    try:
        told(f"a{ending}", content)
        told(f"a{ending}", b"%PDF-1.4 " + content)
    except Unreadable as error:
        assert error.reason


def test_a_cell_longer_than_the_reader_of_csv_takes_is_read_by_lines():
    assert places("a.csv", b"no,isi\n1," + b"x" * 200_000 + b" Fulanah Contohwati\n")


def test_json_lines_and_data_in_a_text_are_read_by_lines():
    assert places("a.jsonl", json.dumps({"isi": MARK}).encode()) == ["L1"]
