"""What is refused before anything is unpacked: B26 to B28 of the bad inputs, each named."""

import io
import zipfile

import pytest

from services.errors import UnreadableFile
from services.sources import guards
from tests.services.sources.conftest import workbook


def packed(parts, *, but=()):
    """A workbook with parts added or replaced."""
    content = io.BytesIO()
    workbook([["a", "b"], [1, 2]]).save(content)
    made = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts and name not in but:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><workbook>&b;</workbook>'
WIDE = ENTITIES.decode().replace('<?xml version="1.0"?>', "").encode("utf-16")
BAD = {
    "a bomb": (packed({"xl/bomb.xml": b"<a/>" + b" " * (8 * 2**20)}), "mengembang"),
    "entities": (packed({"xl/workbook.xml": ENTITIES}), "entitas"),
    "entities in wide letters": (packed({"xl/workbook.xml": WIDE}), "entitas"),
    "entities in a sheet": (packed({"xl/worksheets/sheet1.xml": ENTITIES}), "entitas"),
    "macros": (packed({"xl/vbaProject.bin": b"x"}), "makro"),
    "binary workbook": (packed({"xl/workbook.bin": b"x"}), "XLSB"),
    "document": (packed({"word/document.xml": b"<a/>"}, but=("xl/workbook.xml",)), "DOCX"),
    "open document": (packed({"content.xml": b"<a/>"}, but=("xl/workbook.xml",)), "ODS"),
    "many sheets": (packed({f"xl/worksheets/s{n}.xml": b"<a/>" for n in range(61)}), "lembar"),
    "many parts": (packed({f"x/{n}": b"" for n in range(2001)}), "bagian"),
    "no xml": (packed({"xl/workbook.xml": b"bukan xml"}), "rusak"),
    "half a file": (packed({})[:900], "rusak"),
    "old excel": (guards.OLD_OFFICE + b"\0" * 600, "xls"),
    "encrypted": (guards.OLD_OFFICE + b"\0" * 600 + guards.ENCRYPTED, "kata sandi"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "PNG"),
    "pdf": (b"%PDF-1.7", "PDF"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_no_table_is_named_and_refused(save, kind):
    content, said = BAD[kind]
    with pytest.raises(UnreadableFile, match=said):
        guards.kind_of(save(content), "kiriman.xlsx")


def test_a_workbook_and_a_text_pass_whatever_they_are_called(save):
    assert guards.kind_of(save(packed({})), "kiriman.csv") == "xlsx"
    assert guards.kind_of(save(b"a,b\n1,2\n"), "kiriman.xlsx") == "text"


def test_a_file_that_is_too_large_or_not_there_is_refused(save, tmp_path):
    with pytest.raises(UnreadableFile, match="16 MB"):
        guards.kind_of(save(b"a" * (16 * 2**20 + 1)), "kiriman.csv")
    with pytest.raises(UnreadableFile, match="tidak dapat dibuka"):
        guards.kind_of(tmp_path / "tidak-ada", "kiriman.csv")


def test_a_part_whose_size_is_a_lie_is_refused(save, sheet_of):
    content = packed({})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    true, false = info.file_size.to_bytes(4, "little"), (5).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="rusak"):
        sheet_of(content.replace(true, false))
