"""Drafts in DOCX, written by hand part by part, and a reader that leaves the process of its own out."""

import io
import zipfile

import pytest

from services.manuscripts import apart, documents, labels

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relations(*rows):
    """A part of relationships: (id, kind, target), outside where the target is an address."""
    outside = " TargetMode='External'"
    said = "".join(
        f"<Relationship Id='{name}' Type='{OFFICE}{kind}' Target='{target}'"
        f"{outside if ':' in target or target.startswith('//') else ''}/>"
        for name, kind, target in rows
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{said}</Relationships>'


def packed(parts):
    """A parcel of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def parts_of(body, *, links=(), **more):
    """The parts of a document with this body; of `more` each is the content of word/NAME.xml."""
    rows = [(f"p{n}", name, f"{name}.xml") for n, name in enumerate(more)]
    found = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*rows, *links),
    }
    return found | {f"word/{name}.xml": f"<w:{name} {SPACES}>{inner}</w:{name}>" for name, inner in more.items()}


def docx(body, **more):
    return packed(parts_of(body, **more))


def t(words):
    return f'<w:t xml:space="preserve">{words}</w:t>'


def r(words, props=""):
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{t(words)}</w:r>"


def p(inner="", props=""):
    """A paragraph of runs, or of words alone."""
    inner = r(inner) if inner and not inner.startswith("<") else inner
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inner}</w:p>"


def heading(words, level=1):
    return p(words, f'<w:outlineLvl w:val="{level - 1}"/>')


def table(*rows):
    """A table; a cell is words, or blocks."""
    cells = ["".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def sign(kind):
    """One sign of a field, in a run of its own."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def told(instruction):
    return f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"


def field(instruction, shown):
    """A field as Word writes it; `shown` are runs."""
    return f"{sign('begin')}{told(instruction)}{sign('separate')}{shown}{sign('end')}"


def around(lineage, inner, number=1, name="ur"):
    """A bookmark around runs or paragraphs."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}_{lineage}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def found_in(body, **more):
    """What the reader finds in a body, in this process; every word that it counts has a label."""
    found = documents.read(docx(body, **more))
    assert set(found.kept) <= set(labels.KEPT) and set(found.dropped) <= set(labels.DROPPED)
    return found


def said(body, **more):
    """The texts with their signs, in order."""
    return [sign + text for _depth, text, _place, sign, _lineage in found_in(body, **more).rows]


@pytest.fixture
def read_here(monkeypatch):
    """A whole draft without a process of its own; test_apart.py has that with its limits."""

    def read(content, name="naskah.docx"):
        with monkeypatch.context() as patch:
            patch.setattr(apart, "_apart", lambda content: _plain(documents.read(content)))
            return apart.read(content, name=name)

    return read


def _plain(found):
    return {"rows": found.rows, "kept": found.kept, "dropped": found.dropped}
