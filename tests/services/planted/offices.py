"""Planted in workbooks, documents and slides: where no reader looks and any program does."""

from docx import Document
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pptx import Presentation
from pptx.util import Inches

from tests.services.planted.parcel import changed, halves, parcel, place, saved

PLACES = {}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def workbook():
    book = Workbook()
    book.active.append(["no_publik", "teks_publik"])
    book.active.append([1, "selokan mampet"])
    return book


def sheet_with(state):
    def build(value):
        book = workbook()
        sheet = book.create_sheet("Kerja")
        sheet.sheet_state = state
        sheet["B7"] = value
        return "data.xlsx", saved(book)

    return build


for state in ("hidden", "veryHidden"):
    PLACES[f"{state} sheet"] = sheet_with(state)


@place(PLACES, "comment of a cell")
def cell_comment(value):
    book = workbook()
    book.active["A1"].comment = Comment(f"tanya {value} dulu", "staf")
    return "data.xlsx", saved(book)


@place(PLACES, "author of a comment")
def comment_author(value):
    book = workbook()
    book.active["A1"].comment = Comment("periksa", value)
    return "data.xlsx", saved(book)


@place(PLACES, "defined name")
def defined_name(value):
    book = workbook()
    book.defined_names["kontak"] = DefinedName("kontak", attr_text=f'"{value}"')
    return "data.xlsx", saved(book)


@place(PLACES, "document property")
def core_property(value):
    book = workbook()
    book.properties.lastModifiedBy = value
    return "data.xlsx", saved(book)


@place(PLACES, "custom property")
def custom_property(value):
    book = workbook()
    book.custom_doc_props.append(StringProperty(name="Kontak", value=value))
    return "data.xlsx", saved(book)


@place(PLACES, "header of a printed sheet")
def sheet_header(value):
    book = workbook()
    book.active.oddFooter.left.text = f"dicetak {value}"
    return "data.xlsx", saved(book)


@place(PLACES, "name of a sheet")
def sheet_name(value):
    book = workbook()
    book.create_sheet(value[:31])
    return "data.xlsx", saved(book)


@place(PLACES, "advice of a list of choices")
def validation(value):
    book = workbook()
    rule = DataValidation(type="list", formula1='"ya,tidak"', prompt=f"tanya {value}")
    book.active.add_data_validation(rule)
    rule.add("A2")
    return "data.xlsx", saved(book)


@place(PLACES, "target of a link")
def hyperlink(value):
    book = workbook()
    book.active["A1"].hyperlink = f"mailto:{value}"
    return "data.xlsx", saved(book)


@place(PLACES, "hidden column")
def hidden_column(value):
    book = workbook()
    book.active["F2"] = value
    book.active.column_dimensions["F"].hidden = True
    return "data.xlsx", saved(book)


@place(PLACES, "cell in two kinds of letters")
def rich_cell(value):
    first, second = halves(value)
    book = workbook()
    book.active["C3"] = CellRichText(first, TextBlock(InlineFont(b=True), second))
    return "data.xlsx", saved(book)


@place(PLACES, "cache of a pivot table")
def pivot_cache(value):
    part = f'<pivotCacheDefinition xmlns="{MAIN}"><sharedItems><s v="{value}"/></sharedItems></pivotCacheDefinition>'
    return "data.xlsx", changed(saved(workbook()), add={"xl/pivotCache/pivotCacheDefinition1.xml": part})


@place(PLACES, "cache of a chart")
def chart_cache(value):
    part = f'<c:chart xmlns:c="urn:c"><c:strCache><c:pt idx="0"><c:v>{value}</c:v></c:pt></c:strCache></c:chart>'
    return "data.xlsx", changed(saved(workbook()), add={"xl/charts/chart1.xml": part})


@place(PLACES, "document within a workbook")
def embedded(value):
    inner = Document()
    inner.add_paragraph(value)
    parts = {"[Content_Types].xml": b"<Types/>", "xl/embeddings/lampiran.docx": saved(inner)}
    return "data.xlsx", parcel(parts)


def document(*paragraphs):
    paper = Document()
    for text in ("Berita acara", *paragraphs):
        paper.add_paragraph(text)
    return paper


def within_document(xml):
    """A document with one more paragraph, given as XML."""
    return changed(saved(document()), edit={"word/document.xml": ("<w:sectPr", f"<w:p>{xml}</w:p><w:sectPr")})


@place(PLACES, "paragraph in two runs")
def split_runs(value):
    paper = document()
    line = paper.add_paragraph("hubungi ")
    first, second = halves(value)
    line.add_run(first).bold = True
    line.add_run(second)
    return "surat.docx", saved(paper)


@place(PLACES, "deletion that is tracked")
def deletion(value):
    return "surat.docx", within_document(
        f'<w:r><w:t>hubungi </w:t></w:r><w:del w:id="1"><w:r><w:delText>{value}</w:delText></w:r></w:del>'
    )


@place(PLACES, "words around a tracked deletion")
def around_deletion(value):
    first, second = halves(value)
    gone = '<w:del w:id="1"><w:r><w:delText>bukan</w:delText></w:r></w:del>'
    return "surat.docx", within_document(f"<w:r><w:t>{first}</w:t></w:r>{gone}<w:r><w:t>{second}</w:t></w:r>")


@place(PLACES, "hidden text")
def hidden_text(value):
    paper = document()
    paper.add_paragraph().add_run(value).font.hidden = True
    return "surat.docx", saved(paper)


@place(PLACES, "footnote")
def footnote(value):
    part = f'<w:footnotes xmlns:w="{W}"><w:footnote><w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    return "surat.docx", changed(saved(document()), add={"word/footnotes.xml": part})


@place(PLACES, "remark in a document")
def remark(value):
    paper = document()
    paper.add_comment(paper.paragraphs[0].add_run("x"), text=value, author="staf", initials="s")
    return "surat.docx", saved(paper)


@place(PLACES, "header of a document")
def header(value):
    paper = document()
    paper.sections[0].header.paragraphs[0].text = value
    return "surat.docx", saved(paper)


@place(PLACES, "table of a document")
def table(value):
    paper = document()
    paper.add_table(1, 1).cell(0, 0).text = value
    return "surat.docx", saved(paper)


@place(PLACES, "other words for a picture")
def alternative(value):
    return "surat.docx", within_document(
        f'<w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" descr="{value}"/></w:drawing></w:r>'
    )


@place(PLACES, "field that is computed")
def field(value):
    return "surat.docx", within_document(f'<w:r><w:instrText>HYPERLINK "mailto:{value}"</w:instrText></w:r>')


@place(PLACES, "data behind a document")
def custom_xml(value):
    return "surat.docx", changed(
        saved(document()), add={"customXml/item1.xml": f"<root><kontak>{value}</kontak></root>"}
    )


@place(PLACES, "who changed a document")
def reviser(value):
    return "surat.docx", within_document(f'<w:ins w:id="2" w:author="{value}"><w:r><w:t>baru</w:t></w:r></w:ins>')


def slides():
    show = Presentation()
    return show, show.slides.add_slide(show.slide_layouts[6])


@place(PLACES, "notes of a speaker")
def notes(value):
    show, slide = slides()
    slide.notes_slide.notes_text_frame.text = value
    return "paparan.pptx", saved(show)


@place(PLACES, "hidden slide")
def hidden_slide(value):
    show, slide = slides()
    slide.shapes.add_textbox(0, 0, Inches(3), Inches(1)).text_frame.text = value
    slide._element.set("show", "0")
    return "paparan.pptx", saved(show)


@place(PLACES, "name of a shape")
def shape_name(value):
    show, slide = slides()
    slide.shapes.add_textbox(0, 0, Inches(3), Inches(1)).name = value
    return "paparan.pptx", saved(show)


@place(PLACES, "remark on a slide")
def slide_remark(value):
    show, _ = slides()
    part = f'<p:cmLst xmlns:p="urn:p"><p:cm authorId="0"><p:text>{value}</p:text></p:cm></p:cmLst>'
    return "paparan.pptx", changed(saved(show), add={"ppt/comments/comment1.xml": part})


@place(PLACES, "open document")
def open_document(value):
    first, second = halves(value)
    body = f'<o:p xmlns:o="urn:o">{first}<o:span>{second}</o:span></o:p>'
    return "surat.odt", parcel({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": body.encode()})
