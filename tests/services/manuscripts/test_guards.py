"""What is refused before anything of a draft is unpacked, B40 to B42 and B45 of the bad inputs: each is named."""

import io
import zipfile

import pytest

from services import parcels
from services.errors import UnreadableFile
from services.manuscripts import documents, guards
from tests.services.manuscripts.conftest import TYPES, docx, p, packed, parts_of, relations

ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
FOREIGN = {
    "XLSX": "xl/workbook.xml",
    "XLSB": "xl/workbook.bin",
    "PPTX": "ppt/presentation.xml",
    "ODT": "content.xml",
    "EPUB": "META-INF/container.xml",
    "ZIP": "foto.jpg",
}
PLAIN = parts_of(p("a"))


def changed(name, part):
    return packed(PLAIN | {name: part})


def without(*names):
    return packed({name: part for name, part in PLAIN.items() if name not in names})


def damaged(content, name="word/document.xml"):
    """The same with the checksum of one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        checksum = archive.getinfo(name).CRC.to_bytes(4, "little")
    return content.replace(checksum, bytes(255 - b for b in checksum))


def twice(name):
    made = io.BytesIO(packed(PLAIN))
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(name, "<a/>")
    return made.getvalue()


def locked():
    """The flag of a password on every part."""
    content = bytearray(packed(PLAIN))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(magic)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(magic, at + 4)
    return bytes(content)


BAD = {
    "entities in the text": (changed("word/document.xml", ENTITIES), "entitas"),
    "entities in wide letters": (changed("word/styles.xml", ENTITIES[21:].encode("utf-16")), "entitas"),
    "entities in a part nobody reads": (changed("customXml/item1.xml", LAUGHS), "entitas"),
    "entities in relationships": (changed("word/_rels/document.xml.rels", LAUGHS), "entitas"),
    "a bomb": (changed("word/media/peta.emf", b"\0" * (8 * 2**20)), "mengembang menjadi 8 MB"),
    "a bomb of text": (docx(p("a" * (6 * 2**20))), "mengembang menjadi 6 MB"),
    "too much": (packed(PLAIN | {f"word/media/{n}": b"\0" * 4_000_000 for n in range(40)}), "mengembang"),
    "many entries": (packed(PLAIN | {f"x/{n}": b"" for n in range(2000)}), "2004 bagian"),
    "a name that leads out": (changed("../../tmp/jahat.xml", "<a/>"), "tidak wajar"),
    "an absolute name": (changed("/etc/jahat", "x"), "“/etc/jahat”"),
    "a name of another disk": (changed("C:\\jahat.xml", "<a/>"), "tidak wajar"),
    "a name that leads out by backslashes": (changed("word\\..\\..\\jahat", "x"), "tidak wajar"),
    "two parts of one name": (twice("word/Document.xml".lower()), "tidak wajar"),
    "macros": (changed("word/vbaProject.bin", b"x"), "makro"),
    "a password on its parts": (locked(), "berkata sandi"),
    "no XML": (changed("word/document.xml", "bukan xml"), "rusak"),
    "XML that ends early": (changed("word/document.xml", PLAIN["word/document.xml"][:-9]), "“word/document.xml”"),
    "a wrong checksum": (damaged(packed(PLAIN)), "“word/document.xml” berkas ini rusak"),
    "no text": (without("word/document.xml"), "bukan naskah|rusak"),
    "no relationships": (without("_rels/.rels"), "rusak"),
    "a text that is not there": (changed("_rels/.rels", relations(("r", "officeDocument", "word/lain.xml"))), "rusak"),
    "a text outside": (changed("_rels/.rels", relations(("r", "officeDocument", "file:///a.xml"))), "rusak"),
    "another kind of text": (changed("word/document.xml", "<a/>"), "bukan naskah"),
    "half a file": (packed(PLAIN)[:500], "rusak"),
    "a head alone": (b"PK\x03\x04", "rusak"),
    "an empty archive": (packed({}), "ZIP"),
} | {kind: (packed({"[Content_Types].xml": TYPES, part: "<a/>"}), kind) for kind, part in FOREIGN.items()}


@pytest.mark.parametrize("kind", BAD)
def test_a_parcel_that_is_no_draft_is_named_and_refused(kind):
    content, said = BAD[kind]
    assert guards.kind_of(content, "naskah.docx") == "docx"
    with pytest.raises(UnreadableFile, match=said):
        documents.read(content)


OTHERS = {
    "old word": (parcels.OLD_OFFICE + b"\0" * 600, r"Word lama \(\.doc\)"),
    "a password": (parcels.OLD_OFFICE + b"\0" * 600 + parcels.ENCRYPTED, "kata sandi|berkata sandi"),
    "rich text": (b"{\\rtf1\\ansi kata}", "RTF.*Simpan sebagai .docx"),
    "pdf": (b"%PDF-1.7\n", "PDF.*Simpan sebagai .docx"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "PNG"),
    "a page of the web": (b"\xef\xbb\xbf \n<!DOCTYPE HTML><html></html>", "HTML"),
    "a page without its kind": (b"<HTML><body>kata</body></HTML>", "HTML"),
    "a document as one XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "XML"),
    "a file without its head": (b"\x00\x03\x04\x8f" * 20, "DOCX ini rusak"),
    "too large": (b"PK\x03\x04" + b"\0" * (16 * 2**20), "16 MB. Kecilkan gambarnya"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_another_file_under_the_name_of_a_draft_is_named_with_what_to_do(kind):
    content, said = OTHERS[kind]
    with pytest.raises(UnreadableFile, match=said):
        guards.kind_of(content, "naskah.docx")


def test_the_name_does_not_decide_what_a_file_is():
    assert guards.kind_of(docx(p("a")), "naskah.md") == "docx"
    assert guards.kind_of(b"# Judul\n\nkata", "naskah.docx") == "markdown"
    assert guards.kind_of(b"kata <html> kata", "naskah.md") == "markdown"
    assert guards.kind_of(b"", "kosong.docx") == "markdown"


def test_archives_within_are_counted_and_not_opened():
    inside = {"word/embeddings/lembar.xlsx": b"bukan zip", "word/embeddings/oleObject1.bin": b"x", "lain/a.zip": b"x"}
    found = documents.read(packed(PLAIN | inside))
    assert found.rows[0][1] == "a" and found.dropped == {"embedded": 3}


def test_a_size_that_is_a_lie_is_refused():
    content = packed(PLAIN)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="rusak"):
        documents.read(content.replace(size, (60).to_bytes(4, "little")))


def test_the_strict_form_and_another_place_of_the_text_are_read():
    text = PLAIN["word/document.xml"].replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict = packed(PLAIN | {"word/document.xml": text})
    assert documents.read(strict).rows[0][1] == "a"
    moved = {
        "_rels/.rels": relations(("r1", "officeDocument", "/word/document2.xml")),
        "word/document2.xml": PLAIN["word/document.xml"],
    }
    assert documents.read(packed({"[Content_Types].xml": TYPES} | moved)).rows[0][1] == "a"
