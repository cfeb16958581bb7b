"""A DOCX becomes blocks as a reader sees them: what is shown is kept, what is not is counted, nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.manuscripts.conftest import (
    around,
    field,
    found_in,
    heading,
    p,
    r,
    said,
    sign,
    t,
    table,
    told,
)

FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>garis</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> BPS 2024</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="3"><w:p><w:r><w:t>Perda 7</w:t></w:r></w:p><w:p><w:r><w:t>hal 2</w:t></w:r></w:p></w:footnote>'
)


def note(name, kind="footnote"):
    return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (r("satu") + r(" dua"), "satu dua"),
        (f"<w:r>{t('satu')}<w:tab/>{t('dua')}<w:br/>{t('tiga')}<w:cr/>{t('empat')}</w:r>", "satu dua tiga empat"),
        (f"<w:r>{t('non')}<w:noBreakHyphen/>{t('fisik')}<w:softHyphen/></w:r>", "non-fisik"),
        (r("  spasi\u00a0dan   tab "), "spasi dan tab"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r(" ada"), "✓ ada"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + r(" 5"), "≥ 5"),
        ('<w:r><w:sym w:font="Arial" w:char="00E9"/></w:r>', "é"),
        (f"<w:smartTag>{r('kota')}</w:smartTag>{r(' lama')}", "kota lama"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('isian')}</w:sdtContent></w:sdt>", "isian"),
        (f"<w:customXml>{r('a')}<w:bdo>{r('b')}</w:bdo></w:customXml>", "ab"),
        (f"<w:ruby><w:rt>{r('kana')}</w:rt><w:rubyBase>{r('kanji')}</w:rubyBase></w:ruby>", "kanji"),
        (r("a") + "<w:proofErr/><w:lastRenderedPageBreak/>" + r("b"), "ab"),
        (r("e\u0301"), "é"),
        (r("kata\u0085\u0090kata"), "kata kata"),
    ],
)
def test_a_paragraph_is_one_line_of_what_is_shown(inner, expected):
    assert said(p(inner)) == [expected]


def test_a_symbol_without_a_letter_is_counted():
    found = found_in(p('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>' + r("senang") + "<w:r><w:sym/></w:r>"))
    assert found.rows[0][1] == "senang" and found.dropped == {"symbols": 2}


def test_empty_paragraphs_are_ignored_and_places_are_counted_without_them():
    found = found_in(p() + p("a") + p(r(" ")) + p("b"))
    assert [(row[1], row[2]) for row in found.rows] == [("a", 1), ("b", 2)]
    assert found.kept == {"paragraphs": 2} and found.dropped == {}


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Judul1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Judul2"><w:name w:val="Judul 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Bab"><w:basedOn w:val="Dasar"/></w:style>
<w:style w:type="paragraph" w:styleId="Dasar"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="DaftarIsi"><w:basedOn w:val="Judul1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Putar"><w:basedOn w:val="Putar2"/></w:style>
<w:style w:type="paragraph" w:styleId="Putar2"><w:basedOn w:val="Putar"/></w:style>
<w:style w:type="paragraph" w:styleId="Judul"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Rahasia"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Samar"><w:basedOn w:val="Samar0"/></w:style>
<w:style w:type="character" w:styleId="Samar0"><w:rPr><w:vanish w:val="1"/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("props", "depth"),
    [
        ('<w:pStyle w:val="Judul1"/>', 1),
        ('<w:pStyle w:val="Judul2"/>', 2),
        ('<w:pStyle w:val="Bab"/>', 3),
        ('<w:pStyle w:val="DaftarIsi"/>', 0),
        ('<w:pStyle w:val="Putar"/>', 0),
        ('<w:pStyle w:val="TidakAda"/>', 0),
        ('<w:pStyle w:val="Judul1"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:pStyle w:val="Judul1"/><w:pPrChange><w:pPr><w:outlineLvl w:val="4"/></w:pPr></w:pPrChange>', 1),
        ('<w:outlineLvl w:val="8"/>', 9),
        ('<w:outlineLvl w:val="banyak"/>', 0),
        ("", 0),
    ],
)
def test_a_heading_is_known_by_its_outline_or_the_name_of_its_style_through_inheritance(props, depth):
    ((found, *_rest),) = found_in(p("kata", props), styles=STYLES).rows
    assert found == depth


def test_the_first_lines_in_the_style_of_a_title_are_the_title_and_headings_go_below_it():
    style = '<w:pStyle w:val="Judul"/>'
    body = p("MASTERPLAN", style) + p("2026", style) + p("awal") + heading("Satu") + p("a") + p("Bagian dua", style)
    assert [(row[0], row[1]) for row in found_in(body, styles=STYLES).rows] == [
        (1, "MASTERPLAN 2026"),
        (0, "awal"),
        (2, "Satu"),
        (0, "a"),
        (2, "Bagian dua"),
    ]
    assert [row[0] for row in found_in(heading("Satu") + p("a"), styles=STYLES).rows] == [1, 0]


def test_hidden_words_are_dropped_by_run_by_style_and_by_paragraph_and_counted():
    body = (
        p(r("tampak ") + r("sembunyi", "<w:vanish/>") + r("juga", '<w:vanish w:val="0"/>'))
        + p(r("samar", '<w:rStyle w:val="Samar"/>') + r("nyata", '<w:rStyle w:val="Samar"/><w:vanish w:val="false"/>'))
        + p("rahasia", '<w:pStyle w:val="Rahasia"/>')
        + p(r("akhir"), "<w:rPr><w:vanish/></w:rPr>")
    )
    found = found_in(body, styles=STYLES)
    assert [row[1] for row in found.rows] == ["tampak juga", "nyata", "akhir"]
    assert found.dropped == {"hidden": 3}


def test_tracked_changes_are_read_as_if_accepted_and_counted():
    body = p(
        r("Kota ")
        + f"<w:ins>{r('yang ')}</w:ins>"
        + "<w:del><w:r><w:delText>lama</w:delText></w:r></w:del>"
        + f"<w:moveTo>{r('baru')}</w:moveTo><w:moveFrom>{r('pindah')}</w:moveFrom>"
    )
    found = found_in(body)
    assert [row[1] for row in found.rows] == ["Kota yang baru"]
    assert (found.kept, found.dropped) == ({"inserted": 1, "moved": 1, "paragraphs": 1}, {"deleted": 1})


def test_a_deleted_row_is_left_out_and_an_inserted_one_stays():
    rows = (
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('hapus')}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:ins/></w:trPr><w:tc>{p('sisip')}</w:tc><w:tc><w:tcPr><w:cellDel/></w:tcPr>{p('x')}</w:tc></w:tr>"
    )
    found = found_in(f"<w:tbl>{rows}</w:tbl>")
    assert [row[1] for row in found.rows] == ["sisip"] and found.dropped == {"deleted": 2}


ENDED = "<w:rPr><w:del/></w:rPr>"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    gone = "<w:del><w:r><w:delText>hilang</w:delText></w:r></w:del>"
    assert said(p("awal ", ENDED) + p("lanjut")) == ["awal lanjut"]
    assert said(p(gone, ENDED) + p("tetap")) == ["tetap"]
    assert said(p("ujung", ENDED)) == ["ujung"]
    assert said(p("ujung", ENDED) + table(["a"])) == ["ujung", "a"]
    assert said(table([p("sel", ENDED), "b"])) == ["sel | b"]


def test_links_keep_their_address_as_markdown_does_and_a_path_is_never_shown():
    links = (
        ("h1", "hyperlink", "https://contoh.id/a"),
        ("h2", "hyperlink", "file:///C:/Users/budi/rahasia.docx"),
        ("h3", "hyperlink", "mailto:a@contoh.id"),
        ("h4", "hyperlink", "javascript:alert(1)"),
    )
    body = "".join(
        p(f'<w:hyperlink r:id="{name}">{r(words)}</w:hyperlink>')
        for name, words in (("h1", "judul"), ("h1", "https://contoh.id/a"), ("h2", "berkas"), ("h3", "a@contoh.id"))
    )
    body += p(f'<w:hyperlink r:id="h4">{r("klik")}</w:hyperlink>')
    body += p(
        f'<w:hyperlink w:anchor="bab2">{r("bab 2")}</w:hyperlink><w:hyperlink r:id="tiada">{r("!")}</w:hyperlink>'
    )
    found = found_in(body, links=links)
    assert [row[1] for row in found.rows] == [
        "judul (https://contoh.id/a)",
        "https://contoh.id/a",
        "berkas",
        "a@contoh.id",
        "klik",
        "bab 2!",
    ]
    assert found.kept["links"] == 5 and found.dropped == {"external": 2}


def test_what_points_outside_is_counted_and_never_shown():
    links = (
        ("i1", "image", "http://127.0.0.1:9/pelacak.png"),
        ("i2", "image", "//peladen/bagi/peta.png"),
        ("t1", "attachedTemplate", "file:///C:/templat.dotm"),
        ("s1", "subDocument", "http://contoh.id/bab.docx"),
    )
    found = found_in(p("teks"), links=links)
    assert found.rows[0][1] == "teks" and found.dropped == {"external": 4}


def test_a_field_is_read_by_what_it_last_showed():
    body = p(
        r("Lihat ")
        + field(" REF _Ref1 ", r("Tabel 2"))
        + f'<w:fldSimple w:instr=" SEQ Gambar ">{r(" 7")}</w:fldSimple>'
        + field(' HYPERLINK "https://contoh.id" ', r(" situs"))
        + field(" DATE ", "")
    )
    found = found_in(body)
    assert [row[1] for row in found.rows] == ["Lihat Tabel 2 7 situs (https://contoh.id)"]
    assert found.kept == {"fields": 4, "links": 1, "paragraphs": 1}


def test_a_field_within_what_a_field_is_told_is_not_text():
    inner = field(" DOCPROPERTY x ", r("nilai"))
    body = p(f"{sign('begin')}{told(' IF ')}{inner}{told(' = 1 ')}{sign('separate')}{r('hasil')}{sign('end')}")
    assert said(body) == ["hasil"]


def test_page_numbers_are_left_out():
    found = found_in(p(r("hal ") + field(" PAGE ", r("3")) + f'<w:fldSimple w:instr="NUMPAGES">{r("9")}</w:fldSimple>'))
    assert found.rows[0][1] == "hal" and found.dropped == {"page_numbers": 2}


def test_tables_of_contents_are_left_out_by_field_and_by_control():
    by_field = (
        p(sign("begin") + told(" TOC \\o ") + sign("separate") + r("Bab satu 1"))
        + p(field(" PAGEREF _Toc1 ", r("2")) + r("Bab dua"))
        + p(r("Bab tiga") + sign("end") + r("sesudah"))
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{heading('Daftar Isi')}{p('Bab satu 1')}</w:sdtContent></w:sdt>"
    )
    found = found_in(by_field + control + p("isi"))
    assert [row[1] for row in found.rows] == ["sesudah", "isi"]
    assert found.dropped == {"contents": 2} and "fields" not in found.kept


@pytest.mark.parametrize("signs", [["begin"], ["begin", "separate"], ["end"], ["separate"], ["separate", "end"]])
def test_of_a_field_that_never_ends_or_never_begins_nothing_disappears(signs):
    body = p("".join(sign(kind) for kind in signs[:1]) + told(" TOC ") + "".join(map(sign, signs[1:])) + r("kata"))
    assert said(body + p("sesudahnya")) == ["kata", "sesudahnya"]


def test_an_end_in_the_wrong_place_breaks_nothing():
    body = p(f'<w:fldSimple w:instr="REF a">{sign("end")}{r("kata")}</w:fldSimple>{r(" lagi")}')
    assert said(body) == ["kata lagi"]


def test_a_field_whose_signs_are_hidden_or_deleted_stays_whole():
    hidden = "".join(f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end"))
    deleted = f"<w:del>{sign('begin')}{told(' TOC ')}{sign('separate')}</w:del>"
    assert said(p(hidden + r("a"))) == ["a"]
    assert said(p(deleted + r("b")) + p("c")) == ["b", "c"]


def test_notes_stand_where_they_are_referred_to_without_a_number():
    body = p(r("Air naik") + note(2) + r(", lalu surut") + note(3) + r("."))
    found = found_in(body, footnotes=FOOTNOTES)
    assert [row[1] for row in found.rows] == ["Air naik (catatan: BPS 2024), lalu surut (catatan: Perda 7 hal 2)."]
    assert found.kept == {"footnotes": 2, "paragraphs": 1} and found.dropped == {}


def test_a_note_is_read_once_and_one_that_nobody_refers_to_is_counted():
    found = found_in(p(r("a") + note(2)) + p(r("b") + note(2) + note(99)), footnotes=FOOTNOTES)
    assert [row[1] for row in found.rows] == ["a (catatan: BPS 2024)", "b"]
    assert found.dropped == {"unreferenced_notes": 1}


def test_an_endnote_is_read_like_a_footnote_and_links_in_it_are_its_own():
    endnotes = '<w:endnote w:id="1"><w:p><w:r><w:t>RPJMD</w:t></w:r></w:p></w:endnote>'
    found = found_in(p(r("a") + note(1, "endnote")), endnotes=endnotes)
    assert found.rows[0][1] == "a (catatan: RPJMD)" and found.kept["endnotes"] == 1


def test_a_note_that_refers_to_itself_ends():
    footnotes = f'<w:footnote w:id="1"><w:p>{r("diri")}{note(1)}</w:p></w:footnote>'
    assert said(p(r("a") + note(1)), footnotes=footnotes) == ["a (catatan: diri)"]


def test_a_note_behind_the_braces_stands_before_them_and_one_on_a_heading_becomes_a_paragraph():
    body = heading("Bab") + p(r("[P-A-01] Rob. {opd: BPBD}") + note(2) + r(" "))
    body = body.replace(">Bab</w:t></w:r>", f">Bab</w:t></w:r>{note(3)}")
    found = found_in(body, footnotes=FOOTNOTES)
    assert [(row[0], row[1]) for row in found.rows] == [
        (1, "Bab"),
        (0, "(catatan: Perda 7 hal 2)"),
        (0, "[P-A-01] Rob. (catatan: BPS 2024) {opd: BPBD}"),
    ]


def test_a_row_is_one_paragraph_with_its_cells_beside_one_another():
    found = found_in(table(["Program", "Target"], [p("Pompa") + p("rob"), "12"], ["", ""], ["", "x"]))
    assert [row[1] for row in found.rows] == ["Program | Target", "Pompa rob | 12", "| x"]
    assert found.kept == {"rows": 3, "tables": 1}


def test_merged_cells_are_read_once_and_a_table_in_a_cell_stays_on_its_line():
    inner = table(["dalam", "satu"], ["dua"])
    rows = (
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("lebar")}</w:tc>'
        f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("tinggi")}</w:tc></w:tr>'
        f"<w:tr><w:tc>{inner}{p('luar')}</w:tc><w:tc>{p('b')}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc></w:tr>"
    )
    found = found_in(f"<w:tbl>{rows}</w:tbl>")
    assert [row[1] for row in found.rows] == ["lebar | tinggi", "dalam; satu dua luar | b |"]
    assert found.kept == {"merged_cells": 2, "nested_tables": 1, "rows": 2, "tables": 1}


def test_rows_and_cells_within_controls_and_changes_are_read():
    row = f"<w:tr><w:sdt><w:sdtContent><w:tc>{p('a')}</w:tc></w:sdtContent></w:sdt><w:tc>{p('b')}</w:tc></w:tr>"
    assert said(f"<w:tbl><w:sdt><w:sdtPr/><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>") == ["a | b"]


def box(*blocks):
    return f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"


def drawing(inner, described='descr="peta rob"'):
    frame = f"<wp:inline><wp:docPr {described}/><a:graphicData>{inner}</a:graphicData></wp:inline>"
    return f"<w:r><w:drawing>{frame}</w:drawing></w:r>"


def test_text_boxes_are_read_once_after_their_paragraph():
    shape = f"<wps:wsp><wps:txbx>{box(p('kotak'), p('dua'))}</wps:txbx></wps:wsp>"
    old = f"<w:pict><v:textbox>{box(p('kotak'), p('dua'))}</v:textbox></w:pict>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing(shape, "")}</mc:Choice>'
        f"<mc:Fallback><w:r>{old}</w:r></mc:Fallback></mc:AlternateContent>"
    )
    found = found_in(p(r("awal") + both + r(" akhir")) + p("sesudah"))
    assert [row[1] for row in found.rows] == ["awal akhir", "kotak", "dua", "sesudah"]
    assert found.kept == {"paragraphs": 4, "text_boxes": 1} and found.dropped == {}
    assert said(p(f"<w:r>{old}</w:r>")) == ["kotak", "dua"]
    assert said(table([p(f"<w:r>{old}</w:r>") + p("sel"), "b"])) == ["kotak dua sel | b"]


def test_a_box_within_a_box_is_read_and_a_field_does_not_reach_into_it():
    inner = f"<w:r><w:pict><v:textbox>{box(p('dalam'))}</v:textbox></w:pict></w:r>"
    outer = f"<w:r><w:pict><v:textbox>{box(p(r('luar') + inner))}</v:textbox></w:pict></w:r>"
    assert said(p(r("a") + outer)) == ["a", "luar", "dalam"]
    lost = f"<w:r><w:pict><v:textbox>{box(p(sign('begin') + r('tetap')))}</v:textbox></w:pict></w:r>"
    assert said(p(r("a") + lost + field(" REF b ", r("c")))) == ["ac", "tetap"]


def test_pictures_leave_their_description_and_are_counted_by_kind():
    body = (
        p(r("a ") + drawing("<pic:pic/>", 'descr="peta rob" title="sumber"'))
        + p(r("b ") + drawing("<c:chart/>", "") + drawing("<dgm:relIds/>", ""))
        + p(r("c ") + '<w:r><w:pict><v:shape alt="foto"><v:imagedata/></v:shape></w:pict></w:r>')
        + p(r("d ") + '<w:r><w:object><v:shape alt="lembar"><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r>')
        + p(r("e ") + "<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>")
        + p('<w:r><w:pict><v:shape><v:textpath string="KONSEP"/></v:shape></w:pict></w:r>')
    )
    found = found_in(body)
    assert [row[1] for row in found.rows] == ["a peta rob (sumber)", "b", "c foto", "d lembar", "e", "KONSEP"]
    assert found.dropped == {"charts": 1, "diagrams": 1, "equations": 1, "images": 2, "objects": 1}


def test_comments_heads_feet_and_placeholders_are_counted_and_left_out():
    body = p(r("a") + '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>')
    body += f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Ketik di sini')}</w:sdtContent></w:sdt>"
    body += '<w:altChunk r:id="x"/><w:sectPr/>'
    note = f'<w:comment w:id="1">{p("hapus saja")}</w:comment>'
    found = found_in(body, comments=note, header=p("PEMKOT"), footer=p(""))
    assert [row[1] for row in found.rows] == ["a"]
    assert found.dropped == {"comments": 1, "embedded": 1, "headers": 1, "placeholders": 1}


CONTAINERS = (
    "{}",
    "<w:ins>{}</w:ins>",
    '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
    "<w:smartTag>{}</w:smartTag>",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:fldSimple w:instr="REF a">{}</w:fldSimple>',
    sign("begin") + told(" REF a ") + sign("separate") + "{}" + sign("end"),
    "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
    "<w:takDikenal>{}</w:takDikenal>",
)
BLOCKS = (
    "{}",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
    "<w:ins>{}</w:ins>",
    "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
    "<w:customXml>{}</w:customXml>",
)
WORD = st.from_regex(r"[a-z]{3,8}", fullmatch=True)
SHAPES = st.tuples(
    WORD,
    st.lists(st.sampled_from(CONTAINERS), max_size=4),
    st.lists(st.sampled_from(BLOCKS), max_size=4),
    st.sampled_from(["", ENDED, '<w:outlineLvl w:val="1"/>']),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SHAPES, min_size=1, max_size=6))
def test_no_word_is_lost_however_it_is_wrapped(shapes):
    body, words = "", []
    for word, inner, outer, props in shapes:
        made = r(word)
        for shape in inner:
            made = shape.replace("{}", made)
        made = p(made, props)
        for shape in outer:
            made = shape.replace("{}", made)
        body += made
        words.append(word)
    kept = "".join(said(body))
    assert [word for word in words if kept.count(word) < words.count(word)] == []


def test_the_same_file_is_read_twice_the_same():
    body = heading("Bab") + around(7, p("a")) + table(["b", "c"])
    assert found_in(body) == found_in(body)
