"""Reads a workbook of ours back: escapes undone, long texts put together again."""

import io
import re
import zipfile
from xml.etree import ElementTree

from openpyxl import load_workbook

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def unescape(value):
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value


def read(content, overflow="Lanjutan"):
    """Every sheet as rows of values; a text that goes on in the overflow sheet is whole again."""
    book = load_workbook(io.BytesIO(content))
    sheets = {page.title: [[unescape(cell.value) for cell in row] for row in page] for page in book}
    for _, name, address, *parts in sheets.get(overflow, [])[1:]:
        cell = book[name][address]
        sheets[name][cell.row - 1][cell.column - 1] = "".join(part for part in parts if part)
    return sheets


def shared_texts(content):
    """The texts of a file as its XML has them; openpyxl mends escapes in them by a rule of its own."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in root.iter(f"{MAIN}si")]


def types(content, name):
    """The kind of each cell below the heads: s text, n number or date, b truth, f formula."""
    page = load_workbook(io.BytesIO(content))[name]
    return [[cell.data_type for cell in row] for row in page.iter_rows(min_row=2)]
