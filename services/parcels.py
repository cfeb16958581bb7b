"""An office file as the parcel it is: what is refused by its table of contents, before anything is unpacked."""

import lzma
import posixpath
import zipfile
import zlib
from collections import Counter
from xml.parsers import expat

from services.errors import UnreadableFile
from services.tongue import N_

MAX_BYTES = 16 * 2**20
MAX_UNPACKED, MAX_RATIO, MAX_PARTS = 128 * 2**20, 100, 2000
SMALL = 4 * 2**20  # below this, however well it was packed, nothing is in danger
PROLOGUE = 64 * 1024
# First bytes of files that are brought by mistake; those of an office are told apart by what is in them.
PARCEL = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
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
LOCKED = N_("Berkas ini berkata sandi. Simpan salinan tanpa kata sandi, lalu unggah lagi.")
# What unpacking may meet in a parcel that is damaged or not meant to be opened.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
)


def other_kind(start: bytes) -> str:
    """What a file is by its first bytes, empty where they say nothing."""
    return next((kind for magic, kind in OTHERS if start.startswith(magic)), "")


def check_contents(parts: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse by the table of contents alone: too much, too dense, too many parts, a password, names that lead out."""
    unpacked = sum(part.file_size for part in parts)
    amounts = [(unpacked, packed), *((part.file_size, part.compress_size) for part in parts)]
    is_dense = any(whole > SMALL and whole > MAX_RATIO * small for whole, small in amounts)
    if unpacked > MAX_UNPACKED or is_dense:
        raise UnreadableFile(
            N_("Berkas ini mengembang menjadi %(size)s MB bila dibuka; tidak dibuka demi keamanan."),
            size=unpacked // 2**20,
        )
    if len(parts) > MAX_PARTS:
        raise UnreadableFile(
            N_("Berkas ini memuat %(n)s bagian, paling banyak %(most)s; tidak dibuka demi keamanan."),
            n=len(parts),
            most=MAX_PARTS,
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(LOCKED)
    _check_names([part.filename for part in parts])


def _check_names(names: list[str]) -> None:
    """Nothing is written under these names, but who makes such a file wants somebody to; and of two parts with one
    name each program would read another."""
    doubled = [name for name, times in Counter(name.lower() for name in names).items() if times > 1]
    wrong = doubled or [name for name in names if _leads_out(name)]
    if wrong:
        raise UnreadableFile(
            N_("Nama bagian “%(name)s” dalam berkas ini tidak wajar; tidak dibuka demi keamanan."), name=shown(wrong[0])
        )


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ":" in plain.split("/")[0] or ".." in plain.split("/")


def shown(name: str) -> str:
    """A name as a sentence may hold it."""
    return "".join(c if c.isprintable() else "?" for c in posixpath.normpath(name))[-60:]


def has_macros(names: set[str]) -> bool:
    """Whether one of the parts, their names in small letters, is a program."""
    return any(name.endswith("vbaproject.bin") for name in names)


def check_entities(archive: zipfile.ZipFile) -> None:
    """Refuse a part that declares a document type: no office file needs one, and entities are made in it.

    Raises Damaged where a part cannot be unpacked or is no XML.
    """
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            try:
                with archive.open(part) as file:
                    check_prologue(file.read(PROLOGUE))
            except BROKEN as error:
                raise Damaged(part.filename) from error


class Damaged(zipfile.BadZipFile):
    """One part is damaged; the text is its name."""


class _Begun(Exception):
    """The root element began; a document type can no longer follow."""


def check_prologue(start: bytes) -> None:
    """Refuse XML that begins with a document type; raises BadZipFile where it has no root element."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        parser.Parse(start, False)
    except _Begun:
        return
    except expat.ExpatError as error:
        raise zipfile.BadZipFile(str(error)) from error
    raise zipfile.BadZipFile("no root element")


def _refuse(*_facts: object) -> None:
    raise UnreadableFile(N_("Berkas ini memuat deklarasi entitas XML; tidak dibuka demi keamanan."))


def _stop(*_facts: object) -> None:
    raise _Begun
