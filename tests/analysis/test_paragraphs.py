"""A draft in Markdown: every form of writing becomes paragraphs with their marks, and no word is lost."""

import gc
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.paragraphs import DEEPEST, read_markdown

DEMO = Path(__file__).resolve().parents[2] / "demo" / "draft-masterplan.md"


def paragraphs(text):
    return [p for chapter in read_markdown(text).chapters for p in chapter.paragraphs]


def said(text):
    return [p.text for p in paragraphs(text)]


def marks(text):
    return [p.mark for p in paragraphs(text)]


def everything(text):
    """All that was kept of a draft, in one string."""
    found = read_markdown(text)
    kept = [found.title, *found.preface]
    for chapter in found.chapters:
        kept.append(chapter.title)
        for p in chapter.paragraphs:
            kept += [p.mark, p.section, p.text, p.note]
    return "\n".join(kept)


def test_the_demonstration_has_seven_chapters_and_49_paragraphs_with_marks_of_their_own():
    found = read_markdown(DEMO.read_text("utf-8"))
    read = [p for chapter in found.chapters for p in chapter.paragraphs]
    assert [len(c.paragraphs) for c in found.chapters] == [7] * 7
    assert all(p.has_own_mark and p.note.startswith("elemen:") and "{" not in p.text for p in read)
    assert len({p.mark for p in read}) == 49 and read[0].mark == "P-ECO-01"
    assert found.title.startswith("Rancangan Revisi") and len(found.preface) == 2 and found.left_out == ()


def test_a_paragraph_without_a_mark_is_numbered_after_the_last_or_in_its_chapter():
    text = "## Satu\n\nawal\n\n[P-DIS-01] Rob.\n\nlanjutan\n\nlagi\n\n## Dua\n\nawal"
    assert marks(text) == ["1.1", "P-DIS-01", "P-DIS-01.2", "P-DIS-01.3", "2.1"]
    assert [p.has_own_mark for p in paragraphs(text)] == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("[P-DIS-01] Rob", "P-DIS-01", "Rob"),
        ("[P-DIS-01]Rob", "P-DIS-01", "Rob"),
        ("**[P-DIS-01]** Rob", "P-DIS-01", "Rob"),
        (r"\[P-DIS-01\] Rob", "P-DIS-01", "Rob"),
        ("> [P-DIS-01] Rob", "P-DIS-01", "Rob"),
        ("- [P-DIS-01] Rob", "P-DIS-01", "– Rob"),
        ("3. [P-DIS-01] Rob", "P-DIS-01", "3. Rob"),
        ("```\n[P-DIS-01] Rob\n```", "P-DIS-01", "Rob"),
        ("[P-DIS-01]: Rob", "P-DIS-01", "Rob"),
        ("[P-DIS-01]: http://contoh.id", "P-DIS-01", "http://contoh.id"),
        ("[p-dis-01] Rob", "1.1", "[p-dis-01] Rob"),
        ("[P] Rob", "1.1", "[P] Rob"),
        ("[2025-2029] Rencana", "1.1", "[2025-2029] Rencana"),
        ("Lihat [P-DIS-01] di atas", "1.1", "Lihat [P-DIS-01] di atas"),
    ],
)
def test_a_mark_is_read_at_the_head_of_any_block_and_nowhere_else(text, mark, rest):
    (found,) = paragraphs(text)
    assert (found.mark, found.text) == (mark, rest)


def test_a_definition_of_a_link_does_not_swallow_the_marks_of_its_name():
    text = "[P-DIS-01] Rob naik\n\n[P-DIS-02]: http://contoh.id\n\n[P-DIS-03]: Banjir\n\n[^1]: catatan"
    assert marks(text) == ["P-DIS-01", "P-DIS-02", "P-DIS-03", "P-DIS-03.2"]
    assert said(text) == ["Rob naik", "http://contoh.id", "Banjir", "[^1]: catatan"]


@pytest.mark.parametrize(
    ("body", "text", "note"),
    [
        ("Rob. {opd: BPBD}", "Rob.", "opd: BPBD"),
        ("Rob. {opd: BPBD} ", "Rob.", "opd: BPBD"),
        ("Rob. {a: b} {c: d}", "Rob. {a: b}", "c: d"),
        ("Rob. {tanpa titik dua}", "Rob. {tanpa titik dua}", ""),
        ("Rob {opd: BPBD} lagi", "Rob {opd: BPBD} lagi", ""),
        ("Rob {{opd: BPBD}}", "Rob {{opd: BPBD}}", ""),
        ("Rob opd: BPBD}", "Rob opd: BPBD}", ""),
    ],
)
def test_a_note_is_split_off_only_at_the_end(body, text, note):
    (found,) = paragraphs(f"[P-DIS-01] {body}")
    assert (found.text, found.note) == (text, note)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- satu\n- dua\n\n  dua lagi", ["– satu", "– dua", "dua lagi"]),
        ("0. nol\n1. satu", ["0. nol", "1. satu"]),
        ("7) tujuh\n8) delapan", ["7. tujuh", "8. delapan"]),
        ("- a\n  1. b\n  2. c\n- d", ["– a", "1. b", "2. c", "– d"]),
        ("-\n\nsesudahnya", ["sesudahnya"]),
        ("- ![](x.png)\n\nsesudahnya", ["sesudahnya"]),
        ("- ```\n  kode\n  ```\n\nsesudahnya", ["– kode", "sesudahnya"]),
        ("- | a | b |\n  |---|---|\n  | c | d |", ["– a | b", "c | d"]),
        ("| a | b |\n|---|---|\n| c | d |\n| | |", ["a | b", "c | d"]),
        ("| a | b |\n|---|---|\n| c | d | e | f |\n| g |", ["a | b", "c | d | e | f", "g | "]),
        ("> | a | b |\n> |---|---|\n> | c | d | e", ["a | b", "c | d | e"]),
        ("> kutipan\n> lanjut\n>\n> > dalam", ["kutipan lanjut", "dalam"]),
        ("```python\nx = 1\n```", ["python\nx = 1"]),
        ("    menjorok", ["menjorok"]),
        ("pakai `kode di sini`", ["pakai kode di sini"]),
        ("[judul](http://a.id/b)", ["judul (http://a.id/b)"]),
        ('[judul](http://a.id "kata lain")', ["judul (http://a.id) (kata lain)"]),
        ("[http://a.id](http://a.id)", ["http://a.id"]),
        ("<http://a.id> <a@b.id>", ["http://a.id a@b.id"]),
        ("[judul](javascript:alert(1))", ["[judul](javascript:alert(1))"]),
        ('![peta *rob*](x.png "sumber")', ["peta rob (sumber)"]),
        ("baris satu\nbaris dua  \nbaris tiga\\\nbaris empat", ["baris satu baris dua baris tiga baris empat"]),
        ("<b>tebal</b> <script>x()</script>", ["<b>tebal</b> <script>x()</script>"]),
        ("<div>\nisi\n</div>", ["<div> isi </div>"]),
        ("<!-- catatan -->", ["<!-- catatan -->"]),
        ("Rp5 &amp; lain", ["Rp5 & lain"]),
        ("مرحبا بالعالم", ["مرحبا بالعالم"]),
        ("\u202eterbalik\u202c", ["\u202eterbalik\u202c"]),
        ("🌊👨‍👩‍👧 rob", ["🌊👨‍👩‍👧 rob"]),
        ("rob\x00 masuk\x07", ["rob\ufffd masuk\x07"]),
    ],
)
def test_every_form_of_writing_becomes_plain_text(text, expected):
    assert [t.rstrip(" ") for t in said(text)] == [t.rstrip(" ") for t in expected]


@pytest.mark.parametrize(
    ("text", "title", "chapters"),
    [
        ("# T\n\n## A\n\na\n\n### s\n\nb\n\n## B\n\nc", "T", [("A", ["", "s"]), ("B", [""])]),
        ("# T\n\n### A\n\na\n\n### B\n\nb", "T", [("A", [""]), ("B", [""])]),
        ("## A\n\na\n\n## B\n\nb", "", [("A", [""]), ("B", [""])]),
        ("#### A\n\na\n\n##### s\n\nb", "", [("A", ["", "s"])]),
        ("# A\n\na\n\n# B\n\n## s\n\nb", "", [("A", [""]), ("B", ["s"])]),
        ("# A\n\na", "", [("A", [""])]),
        ("a\n\nb", "", [("", ["", ""])]),
        ("Judul\n=====\n\nBab\n---\n\na", "Judul", [("Bab", [""])]),
        ("# T\n\n## A\n\n## B\n\na", "T", [("A", []), ("B", [""])]),
        ("##\n\na", "", [("", [""])]),
        ("- # 1\n\n  ## 2\n\n  a", "– 1", [("2", [""])]),
    ],
)
def test_headings_of_any_depth_make_title_chapters_and_sections(text, title, chapters):
    found = read_markdown(text)
    assert found.title == title
    assert [(c.title, [p.section for p in c.paragraphs]) for c in found.chapters] == chapters


@pytest.mark.parametrize("text", ["", " \n\t\n", "***\n\n---", "![](x)", "-\n\n>"])
def test_a_draft_without_words_has_no_paragraph(text):
    assert all(not c.paragraphs for c in read_markdown(text).chapters)


def test_what_stands_before_the_first_chapter_is_the_preface():
    found = read_markdown("awal\n\n# T\n\n> kutipan\n\n- butir\n\n## A\n\na")
    assert found.preface == ("awal", "kutipan", "– butir")
    assert read_markdown("## A\n\na").preface == ()


def test_what_has_no_words_is_counted_by_its_kind():
    assert read_markdown("a ![](x.png)\n\n---\n\nb ![c](y.png)\n\n***").left_out == (("image", 2), ("rule", 2))
    assert read_markdown("a\n\nb").left_out == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(newline):
    text = "\n\n[P-A-01] a\nlanjut\n\n- b\n- c\n\n| d | e |\n|---|---|\n| f | g |\n\n```\nh"
    assert [p.line for p in paragraphs(text.replace("\n", newline))] == [3, 6, 7, 9, 11, 13]


def test_a_line_separator_of_another_alphabet_does_not_shift_the_rows_of_a_table():
    assert said("a\u2028b\n\n| c | d |\n|---|---|\n| e | f | g |")[-1] == "e | f | g"


@pytest.mark.parametrize(
    "opening", ["> " * 10_000, "".join("  " * n + f"- k{n}\n" for n in range(200)) + "  " * 200, "- " * 500]
)
def test_what_is_nested_deeper_than_can_be_taken_apart_is_kept_as_it_was_written(opening):
    kept = everything(f"{opening}dalam sekali\n\nsesudahnya")
    assert "dalam sekali" in kept and "sesudahnya" in kept
    assert all(word in kept.split() for word in opening.split() if word.startswith("k"))


def test_up_to_the_limit_each_level_is_a_paragraph():
    depth = DEEPEST // 2 - 1
    text = "".join("  " * n + f"- k{n}\n" for n in range(depth))
    assert said(text) == [f"– k{n}" for n in range(depth)]


HOSTILE = {
    "one paragraph": lambda n: "kata " * n,
    "wrapped lines": lambda n: "kata kata\n" * n,
    "paragraphs": lambda n: "kata\n\n" * n,
    "marks": lambda n: "".join(f"[P-A-{i}] kata\n\n" for i in range(n)),
    "list": lambda n: "- kata\n" * n,
    "table": lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n,
    "quotation": lambda n: "> a\n" * n,
    "links": lambda n: "[a](http://contoh.id/b) " * n,
    "brackets": lambda n: "[" * n,
    "colons in a note": lambda n: "a {" + ":" * n * 4,
    "spaces in code": lambda n: "```\na" + " " * n * 4 + "b\n```",
    "stars": lambda n: "*a" * n,
    "tags": lambda n: "<a" * n,
}


def seconds(text):
    """The best of three, because the machine does other things too; the collector has its own sense of time."""
    found = []
    gc.disable()
    for _ in range(3):
        started = time.process_time()
        read_markdown(text)
        found.append(time.process_time() - started)
    gc.enable()
    return min(found)


@pytest.mark.parametrize("shape", HOSTILE)
def test_ten_times_the_text_takes_far_less_than_a_hundred_times_as_long(shape):
    small, large = HOSTILE[shape](1000), HOSTILE[shape](10_000)
    assert seconds(large) < 30 * seconds(small) + 0.01


def test_a_paragraph_of_a_megabyte_stays_one_and_whole():
    text = "kata " * 200_000
    assert said(f"[P-A-01] {text}") == [text.strip()]


WORDS = st.from_regex(r"[a-z]{3,8}", fullmatch=True)
SHAPES = ("{}", "- {}", "1. {}", "> {}", "## {}", "    {}", "*{}*", "|{}|\n|-|\n|{}|", "[{}](http://a.id)", "`{}`")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(SHAPES), st.lists(WORDS, min_size=1, max_size=6)), max_size=12))
def test_no_word_of_a_paragraph_is_lost(blocks):
    text = "\n\n".join(shape.replace("{}", " ".join(words)) for shape, words in blocks)
    kept = everything(text)
    assert [word for _shape, words in blocks for word in words if word not in kept] == []


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="[]():>-#*_`{}|!~+=.\"'\n \t1", max_size=120), st.integers(0, 119))
def test_no_sign_of_markdown_makes_a_word_disappear(signs, at):
    assert "kataku" in everything(f"{signs[:at]}kataku{signs[at:]}")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_read_twice_the_same(text):
    assert read_markdown(text) == read_markdown(text)
