"""What a file is, by its first bytes, and what is refused before anything of it is unpacked."""

import zipfile
from pathlib import Path

from services import parcels
from services.errors import UnreadableFile
from services.parcels import ENCRYPTED, LOCKED, MAX_BYTES, OLD_OFFICE, PARCEL
from services.tongue import N_

MAX_SHEETS = 60
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
    if start.startswith(PARCEL):
        check_archive(path)
        return "xlsx"
    other = parcels.other_kind(start)
    if other:
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
        return UnreadableFile(LOCKED)
    return UnreadableFile(N_("Ini format Excel lama (.xls). Simpan sebagai .xlsx, lalu unggah lagi."))


def check_archive(path: Path) -> None:
    """Refuse by the table of contents alone: too much, too dense, too many parts, macros, or no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            parcels.check_contents(archive.infolist(), path.stat().st_size)
            _check_names({part.filename.lower() for part in archive.infolist()})
            parcels.check_entities(archive)
    except parcels.BROKEN as error:
        raise UnreadableFile(N_("Berkas XLSX ini rusak. Simpan ulang dari Excel, lalu unggah lagi.")) from error


def _check_names(parts: set[str]) -> None:
    if parcels.has_macros(parts):
        raise UnreadableFile(N_("Buku kerja ini memuat makro. Simpan sebagai .xlsx tanpa makro, lalu unggah lagi."))
    if "xl/workbook.bin" in parts:
        raise UnreadableFile(N_("Ini format XLSB. Simpan sebagai .xlsx, lalu unggah lagi."))
    if "xl/workbook.xml" not in parts:
        kind = "DOCX" if "word/document.xml" in parts else "ODS" if "content.xml" in parts else "ZIP"
        raise UnreadableFile(NO_TABLE, kind=kind)
    sheets = sum(part.startswith("xl/worksheets/") and part.endswith(".xml") for part in parts)
    if sheets > MAX_SHEETS:
        raise UnreadableFile(N_("Ada %(n)s lembar, paling banyak %(most)s."), n=sheets, most=MAX_SHEETS)
