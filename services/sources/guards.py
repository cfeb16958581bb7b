"""What a file is, by its first bytes, and what is refused before anything of it is unpacked."""

import zipfile
from pathlib import Path
from xml.parsers import expat

from services.errors import UnreadableFile
from services.tongue import N_

MAX_BYTES = 16 * 2**20
MAX_UNPACKED, MAX_RATIO, MAX_PARTS, MAX_SHEETS = 128 * 2**20, 100, 2000, 60
SMALL = 4 * 2**20  # below this, however well it was packed, nothing is in danger
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes of files that are brought by mistake.
OTHERS = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
)
NO_TABLE = N_("Isi berkas ini %(kind)s, bukan tabel. Yang dapat dibaca: CSV, XLSX, atau ekspor WhatsApp (.txt).")


def kind_of(path: Path, name: str) -> str:
    """xlsx, or text; anything else is named and refused.

    The name is not asked first, because an office renames files until they open.
    """
    start, size = _start(path)
    if size > MAX_BYTES:
        raise UnreadableFile(
            N_("Berkas lebih dari %(most)s MB; bagi menjadi beberapa berkas."), most=MAX_BYTES // 2**20
        )
    if start.startswith(OLD_OFFICE):
        raise _old_office(path)
    if start.startswith(b"PK\x03\x04") or start.startswith(b"PK\x05\x06"):
        check_archive(path, name)
        return "xlsx"
    for magic, other in OTHERS:
        if start.startswith(magic):
            raise UnreadableFile(NO_TABLE, kind=other)
    return "text"


def _start(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(64), path.stat().st_size
    except OSError as error:
        raise UnreadableFile(N_("Berkas tidak dapat dibuka: %(why)s."), why=error.strerror) from error


def _old_office(path: Path) -> UnreadableFile:
    if ENCRYPTED in path.read_bytes():
        return UnreadableFile(N_("Buku kerja ini berkata sandi. Simpan salinan tanpa kata sandi, lalu unggah lagi."))
    return UnreadableFile(N_("Ini format Excel lama (.xls). Simpan sebagai .xlsx, lalu unggah lagi."))


def check_archive(path: Path, name: str) -> None:
    """Refuse by the table of contents alone: too much, too dense, too many parts, macros, or no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_amount(parts, path.stat().st_size)
            _check_names({part.filename.lower() for part in parts}, name)
            _check_entities(archive, parts)
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError) as error:
        raise UnreadableFile(N_("Berkas XLSX ini rusak. Simpan ulang dari Excel, lalu unggah lagi.")) from error


def _check_amount(parts: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    amounts = [(unpacked, packed), *((part.file_size, part.compress_size) for part in parts)]
    is_dense = any(whole > SMALL and whole > MAX_RATIO * small for whole, small in amounts)
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or is_dense:
        raise UnreadableFile(
            N_("Berkas ini mengembang menjadi %(size)s MB bila dibuka; tidak dibuka demi keamanan."),
            size=unpacked // 2**20,
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(N_("Buku kerja ini berkata sandi. Simpan salinan tanpa kata sandi, lalu unggah lagi."))


def _check_names(parts: set[str], name: str) -> None:
    if any(part.endswith("vbaproject.bin") for part in parts):
        raise UnreadableFile(N_("Buku kerja ini memuat makro. Simpan sebagai .xlsx tanpa makro, lalu unggah lagi."))
    if "xl/workbook.bin" in parts:
        raise UnreadableFile(N_("Ini format XLSB. Simpan sebagai .xlsx, lalu unggah lagi."))
    if "xl/workbook.xml" not in parts:
        kind = "DOCX" if "word/document.xml" in parts else "ODS" if "content.xml" in parts else "ZIP"
        raise UnreadableFile(NO_TABLE, kind=kind)
    sheets = sum(part.startswith("xl/worksheets/") and part.endswith(".xml") for part in parts)
    if sheets > MAX_SHEETS:
        raise UnreadableFile(N_("Ada %(n)s lembar, paling banyak %(most)s."), n=sheets, most=MAX_SHEETS)


class _Begun(Exception):
    """The root element began; a document type can no longer follow."""


def _check_entities(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse a part that declares a document type: no workbook needs one, and entities are made in it."""
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as file:
                _read_prologue(file.read(64 * 1024))


def _read_prologue(start: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _stop
    try:
        parser.Parse(start, False)
    except _Begun:
        return
    except expat.ExpatError as error:
        raise zipfile.BadZipFile(str(error)) from error
    raise zipfile.BadZipFile("no root element")


def _refuse_doctype(*_facts: object) -> None:
    raise UnreadableFile(N_("Berkas XLSX ini memuat deklarasi entitas XML; tidak dibuka demi keamanan."))


def _stop(*_facts: object) -> None:
    raise _Begun
