"""Archives: the parts of a zip, what is written about them, and which sheets of a workbook are hidden."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError

from reports.contents.bounds import Bounds, Unreadable
from reports.contents.markup import elements
from reports.contents.runs import decoded, runs

LOCAL, NAME_AT, DESCRIPTOR = 30, 26, 24
END, END_SIZE = b"PK\x05\x06", 22


def notes(content: bytes) -> Iterator[tuple[str, str]]:
    """What is written about an archive and its parts: comments, names, extra fields.

    Raises:
        Unreadable: it is broken, or holds bytes that belong to none of its parts.

    >>> content = io.BytesIO()
    >>> with zipfile.ZipFile(content, "w") as archive:
    ...     archive.writestr("isi.txt", "rob")
    >>> list(notes(content.getvalue()))[:2]
    [('comment', ''), ('name', 'isi.txt')]
    """
    archive = _open(content)
    _check_whole(content, archive)
    yield "comment", _text(archive.comment)
    for part in archive.infolist():
        yield "name", part.filename
        yield f"{part.filename} (comment)", _text(part.comment)
        yield from ((f"{part.filename} (extra)", text) for text in runs(part.extra))


def parts(content: bytes, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    """Every part with its bytes, its place says where a sheet is hidden; sizes are checked before one is unpacked.

    Raises:
        Unreadable: a part is broken, locked, or too large.

    >>> content = io.BytesIO()
    >>> with zipfile.ZipFile(content, "w") as archive:
    ...     archive.writestr("isi.txt", "rob")
    >>> list(parts(content.getvalue(), Bounds()))
    [('isi.txt', b'rob')]
    """
    archive = _open(content)
    listed = [part for part in archive.infolist() if not part.is_dir()]
    for part in listed:
        bounds.spend(part.file_size, part.compress_size)
    hidden = _hidden_sheets(archive)
    for part in listed:
        state = hidden.get(part.filename)
        yield f"{part.filename} ({state})" if state else part.filename, _read(archive, part)


def _open(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        raise Unreadable("broken", f"is no whole archive: {error}") from error


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> bytes:
    try:
        return archive.read(part)
    except NotImplementedError as error:
        raise Unreadable("closed", f"holds a part that cannot be opened: {error}") from error
    except RuntimeError as error:
        raise Unreadable("locked", f"holds a part that cannot be opened: {error}") from error
    except (zipfile.BadZipFile, EOFError, zlib.error, LZMAError, OSError, ValueError, struct.error) as error:
        raise Unreadable("broken", f"holds a part that cannot be opened: {error}") from error


def _check_whole(content: bytes, archive: zipfile.ZipFile) -> None:
    """Refuse bytes that the table of contents does not name: what was deleted from an archive may still be in it."""
    at = 0
    for part in sorted(archive.infolist(), key=lambda part: part.header_offset):
        if not 0 <= part.header_offset - at <= (DESCRIPTOR if at else 0):
            raise Unreadable("leftover", "holds bytes that belong to none of its parts")
        head = content[part.header_offset + NAME_AT : part.header_offset + LOCAL]
        names = int.from_bytes(head[:2], "little") + int.from_bytes(head[2:], "little")
        at = part.header_offset + LOCAL + names + part.compress_size
    end = content.rfind(END)
    if not 0 <= archive.start_dir - at <= DESCRIPTOR or end + END_SIZE + len(archive.comment) != len(content):
        raise Unreadable("leftover", "holds bytes that belong to none of its parts")


def _hidden_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The parts of a workbook that hold hidden sheets, with the word for how hidden they are."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {
        facts.get("Id"): posixpath.normpath(posixpath.join("/xl", facts.get("Target", ""))).lstrip("/")
        for name, facts in elements(_read(archive, "xl/_rels/workbook.xml.rels"))
        if name == "Relationship"
    }
    sheets = [facts for name, facts in elements(_read(archive, "xl/workbook.xml")) if name == "sheet"]
    words = {"hidden": "hidden", "veryHidden": "very hidden"}
    found = ((targets.get(facts.get("id")), words.get(facts.get("state", ""))) for facts in sheets)
    return {part: word for part, word in found if part and word}


def _text(content: bytes) -> str:
    text = decoded(content)
    return text if text is not None else content.decode("latin-1")
