"""Markdown stays what it was: text in UTF-8 with the lines of the file, hostile or not (B46)."""

import pytest

from services.errors import UnreadableFile
from services.manuscripts import apart


def texts(content):
    read = apart.read(content.encode() if isinstance(content, str) else content, name="naskah.md")
    return [p.text for chapter in read.document.chapters for p in chapter.paragraphs]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Tidak ada paragraf.*Markdown"),
        ("baris satu\nbaris dua\nsel\u00e9sai".encode("latin-1"), "Baris 3 bukan UTF-8"),
        ("rob".encode("utf-16"), "Baris 1 bukan UTF-8"),
        (b"a\n\n[P-A-01]\n\nb", "Baris 3: paragraf P-A-01 kosong"),
        (b"\n\n[P-A-01] a\n\n[P-A-01] b", r"nomor barisnya: P-A-01 \(3, 5\)"),
        (b"a\n\n" + b"x" * 20_001, "Baris 3: paragraf lebih panjang dari 20000"),
        (b"kata\n\n" * 5001, "Lebih dari 5000 paragraf"),
        (b"# a\n\n" * 5001 + b"b", "Lebih dari 5000 bab"),
        (b"x" * (2 * 2**20 + 1), "lebih dari 2 MB"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line(content, told):
    with pytest.raises(UnreadableFile, match=told):
        texts(content)


def test_raw_html_script_links_and_ten_thousand_quotations_stay_text():
    hostile = "<script>alert(1)</script> [x](javascript:alert(1))\n\n" + "> " * 10_000 + "dalam"
    assert texts(hostile) == ["<script>alert(1)</script> [x](javascript:alert(1))", "dalam"]


def test_a_huge_table_is_refused_by_its_rows_and_one_within_the_limit_is_read():
    head = "|a|b|\n|-|-|\n"
    assert len(texts(head + "|c|d|\n" * 4999)) == 5000
    with pytest.raises(UnreadableFile, match="5000 paragraf"):
        texts(head + "|c|d|\n" * 5000)
