"""What a draft's file is, by its first bytes, and what is refused before anything of it is unpacked."""

import zipfile

from services import parcels
from services.errors import UnreadableFile
from services.parcels import ENCRYPTED, LOCKED, MAX_BYTES, OLD_OFFICE, PARCEL
from services.tongue import N_

NO_DRAFT = N_("Isi berkas ini %(kind)s, bukan naskah yang dapat dibaca. Simpan sebagai .docx, lalu unggah lagi.")
BROKEN_DOCX = N_("Berkas DOCX ini rusak. Simpan ulang dari Word atau LibreOffice, lalu unggah lagi.")
# Parts by which a parcel that is no DOCX is named.
FOREIGN = (
    ("xl/workbook.xml", "XLSX"),
    ("xl/workbook.bin", "XLSB"),
    ("ppt/presentation.xml", "PPTX"),
    ("content.xml", "ODT"),
    ("meta-inf/container.xml", "EPUB"),
    ("index/document.iwa", "Pages"),
)


def kind_of(content: bytes, name: str) -> str:
    """docx, or markdown for whatever is text; anything else is named and refused.

    The name is not asked first, because an office renames files until they open.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            N_("Berkas lebih dari %(most)s MB. Kecilkan gambarnya, atau bagi menjadi beberapa berkas."),
            most=MAX_BYTES // 2**20,
        )
    if content.startswith(PARCEL):
        return "docx"
    if content.startswith(OLD_OFFICE):
        raise _old_office(content)
    other = parcels.other_kind(content) or _marked_up(content)
    if other:
        raise UnreadableFile(NO_DRAFT, kind=other)
    if name.lower().endswith(".docx") and _is_binary(content):
        raise UnreadableFile(BROKEN_DOCX)
    return "markdown"


def _old_office(content: bytes) -> UnreadableFile:
    if ENCRYPTED in content:
        return UnreadableFile(LOCKED)
    return UnreadableFile(N_("Ini format Word lama (.doc). Simpan sebagai .docx, lalu unggah lagi."))


def _marked_up(content: bytes) -> str:
    """HTML or XML that some programs save under the name of a document; a draft may hold tags, but not begin so."""
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    return "XML" if start.startswith(b"<?xml") else ""


def _is_binary(content: bytes) -> bool:
    try:
        return "\x00" in content.decode("utf-8")
    except UnicodeDecodeError:
        return True


def check_archive(archive: zipfile.ZipFile, packed: int) -> None:
    """Refuse by the table of contents alone; what is no DOCX is named with what to do."""
    parcels.check_contents(archive.infolist(), packed)
    names = {name.lower() for name in archive.namelist()}
    if parcels.has_macros(names):
        raise UnreadableFile(N_("Berkas ini memuat makro. Simpan sebagai .docx tanpa makro, lalu unggah lagi."))
    if not any(name.startswith("word/") for name in names):
        raise UnreadableFile(NO_DRAFT, kind=next((kind for part, kind in FOREIGN if part in names), "ZIP"))
    parcels.check_entities(archive)
