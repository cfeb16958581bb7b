"""A draft is read whole, DOCX in a process of its own with limits; what goes wrong there goes wrong nowhere else."""

import resource
import subprocess
import sys
from types import SimpleNamespace

import pytest

from services.errors import UnreadableFile
from services.manuscripts import apart, books, labels
from tests.services.manuscripts.conftest import around, docx, found_in, heading, p, packed, parts_of, r, table

LIMITED = "import services.manuscripts.__main__ as m; m.{}; m.main()"


def words(read):
    return [(p.mark, p.text, p.note) for chapter in read.document.chapters for p in chapter.paragraphs]


def test_a_docx_is_read_apart_into_the_same_document_as_its_twin_in_markdown():
    text = (
        "# Naskah\n\nawal\n\n## Bencana\n\n[P-DIS-01] Rob naik. {opd: BPBD}\n\nlanjut\n\n"
        "### Air\n\n| a | b |\n|-|-|\n| c | d |\n"
    )
    body = (
        heading("Naskah") + p("awal") + heading("Bencana", 2) + p(around(7, r("[P-DIS-01] Rob naik. {opd: BPBD}")))
        + p("lanjut") + heading("Air", 3) + table(["a", "b"], ["c", "d"])
    )  # fmt: skip
    one, two = apart.read(docx(body), name="naskah.docx"), apart.read(text.encode(), name="naskah.md")
    assert words(one) == words(two) and len(words(one)) == 4
    assert (one.document.title, one.document.preface) == (two.document.title, two.document.preface)
    assert [[p.section for p in c.paragraphs] for c in one.document.chapters] == [["", "", "Air", "Air"]]
    assert (one.kind, one.lineages) == ("docx", (7, None, None, None))
    assert (two.kind, two.lineages) == ("markdown", (None,) * 4)


def test_what_was_kept_and_dropped_is_counted_by_words_that_have_labels():
    assert set(labels.KEPT) & set(labels.DROPPED) == set()
    read = apart.read(b"a ![](x.png)\n\n---\n\nb ![c](y.png)", name="naskah.md")
    assert (read.kept, read.dropped) == ({"paragraphs": 2}, {"images": 2, "rules": 1})


def test_a_refusal_comes_back_with_its_values():
    with pytest.raises(UnreadableFile) as refusal:
        apart.read(packed(parts_of(p("a")) | {"../a": "x"}), name="naskah.docx")
    assert refusal.value.values == {"name": "../a"} and "%(name)s" in refusal.value.message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "Tidak ada paragraf di dalamnya. Tulis"),
        (heading("Bab") + heading("Bagian", 2), "Tidak ada paragraf"),
        (p("a") + p("[P-A-01]"), "Alinea ke-2: paragraf P-A-01 kosong"),
        (p("a") + p("{opd: BPBD}"), "Alinea ke-2: paragraf 1.2 kosong"),
        (
            heading("A") + p("[P-A-01] a") + heading("B") + p("[P-A-01] b"),
            r"berulang, dengan nomor alineanya: P-A-01 \(2, 4\)",
        ),
        (p("a") + p("panjang " * 2501), "Alinea ke-2, “panjang panjang panjang.*…”: paragraf lebih panjang dari 20000"),
        (p("a") * 5001, "Lebih dari 5000 paragraf"),
        (heading("B") * 5001 + p("a"), "Lebih dari 5000 bab"),
    ],
)
def test_a_draft_that_cannot_be_commented_on_is_refused_with_its_place(read_here, body, said):
    with pytest.raises(UnreadableFile, match=said):
        read_here(docx(body))


def test_just_within_the_limits_is_taken(read_here):
    assert len(read_here(docx(p("a") * 5000)).lineages) == 5000
    assert len(read_here(docx(p("a" * 20_000))).document.chapters[0].paragraphs[0].text) == 20_000
    assert len(read_here(docx(table(*[["a"] * 4] * 2000))).lineages) == 2000


def test_a_reader_that_takes_too_long_is_ended_and_told(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(UnreadableFile, match="tidak selesai"):
        apart.read(docx(p("a")), name="naskah.docx")


def limited(change, content):
    command = [sys.executable, "-c", LIMITED.format(change)]
    return subprocess.run(command, input=content, capture_output=True, cwd=apart.ROOT, check=False)


def test_a_reader_that_needs_too_much_memory_or_time_fails_alone():
    large = docx("".join(p(f"{n} kata lain {n * n}") for n in range(60_000)))
    done = limited("MEMORY = 110 * 2**20", large)
    assert b'"rows"' not in done.stdout and (b"terlalu besar" in done.stdout or done.returncode)
    done = limited("SECONDS = 1", docx("".join(p("".join(r(f"{n * k} ") for k in range(20))) for n in range(12_000))))
    assert b'"rows"' not in done.stdout and done.returncode < 0


def test_the_reader_writes_no_file_and_has_its_limits(tmp_path):
    done = limited(f"documents.read = lambda content: open({str(tmp_path / 'a')!r}, 'wb').write(b'x')", b"x")
    assert done.returncode != 0 and not (tmp_path / "a").read_bytes()
    code = "documents.read = lambda c: exec('import resource; raise SystemExit(str(resource.getrlimit(9)))')"
    assert str(768 * 2**20).encode() in limited(code, b"x").stderr and resource.RLIMIT_AS == 9


def test_a_reader_that_answers_nonsense_is_told(monkeypatch):
    answers = SimpleNamespace(
        run=lambda *_a, **_k: SimpleNamespace(stdout=b"{"), SubprocessError=subprocess.SubprocessError
    )
    monkeypatch.setattr(apart, "subprocess", answers)
    with pytest.raises(UnreadableFile, match="tidak selesai"):
        apart.read(docx(p("a")), name="naskah.docx")


NESTED = {
    "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3),
    "controls": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 2),
    "changes": ("<w:ins>", "</w:ins>", 1),
    "boxes": ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", 4),
}


@pytest.mark.parametrize("kind", NESTED)
def test_what_is_nested_ten_thousand_times_is_refused_and_what_can_be_parsed_is_read(kind):
    start, end, depth = NESTED[kind]
    with pytest.raises(UnreadableFile, match="bersarang terlalu dalam"):
        found_in(start * 10_000 + p("dalam") + end * 10_000)
    times = 245 // depth
    assert found_in(start * times + p("dalam") + end * times).rows[0][1] == "dalam"


def test_nested_runs_and_links_are_read_as_deep_as_they_can_be_parsed():
    for start, end in (("<w:hyperlink>", "</w:hyperlink>"), ("<w:fldSimple>", "</w:fldSimple>"), ("<w:r>", "</w:r>")):
        assert found_in(p(start * 240 + r("dalam") + end * 240)).rows[0][1] == "dalam"


MANY = {
    "marks": lambda n: "".join(p(around(i, r("a"), i)) for i in range(n // 5)),
    "open marks": lambda n: p("".join(f'<w:bookmarkStart w:id="{i}" w:name="ur_{i}"/>' for i in range(n)) + r("a")),
    "fields never closed": lambda n: p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * n + r("a")),
    "fields in fields": lambda n: p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * n + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * n + r("a")
    ),
    "links": lambda n: p(f"<w:hyperlink w:anchor='x'>{r('a')}</w:hyperlink>" * n),
    "notes": lambda n: p('<w:r><w:footnoteReference w:id="1"/></w:r>' * n + r("a")),
    "deleted ends": lambda n: p("a", "<w:rPr><w:del/></w:rPr>") * (n // 5),
    "cells": lambda n: table(["a"] * n),
}


@pytest.mark.parametrize("shape", MANY)
def test_twenty_thousand_of_anything_are_read_in_seconds(shape):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    assert found_in(MANY[shape](20_000)).rows
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5


def test_a_text_larger_than_any_plan_is_refused_while_it_is_read(monkeypatch):
    monkeypatch.setattr(books, "MOST_LETTERS", 2 * 10**6)
    body = p("a" * 19_999)
    assert len(found_in(body * 100).rows) == 100
    with pytest.raises(UnreadableFile, match="2 juta huruf"):
        found_in(body * 101)


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_refused_at_once():
    content = packed(parts_of(p("a")) | {f"x/{n}": b"" for n in range(100_000)})
    with pytest.raises(UnreadableFile, match="100004 bagian"):
        apart.read(content, name="naskah.docx")
