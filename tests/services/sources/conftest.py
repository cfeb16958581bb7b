"""Workbooks as offices have them, and a reader that leaves the subprocess out."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from services.sources.__main__ import read

BROUGHT = Path(__file__).resolve().parents[1] / "brought"


@pytest.fixture
def save(tmp_path):
    """Write bytes, a text or a workbook; returns the path."""

    def save(content, name="berkas.xlsx"):
        path = tmp_path / name
        if isinstance(content, Workbook):
            content.save(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return save


@pytest.fixture
def sheet_of(save):
    """The sheet that a content turns out to be."""
    return lambda content, name="berkas": read(save(content, name), name, b"kunci")


def workbook(rows):
    """A workbook of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def musrenbang():
    """A recapitulation: titles, a head in two rows, column numbers, blocks of a kelurahan, merged cells, a total."""
    book = workbook(
        [
            ["REKAPITULASI USULAN MUSRENBANG"],
            ["KECAMATAN PEKALONGAN UTARA TAHUN 2026"],
            [],
            ["No", "Bidang", "Usulan kegiatan", "Lokasi", None, "OPD"],
            [None, None, None, "RT", "RW"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["KELURAHAN BANDENGAN"],
            [1, "Fisik", "Pompa rob di muara", 1, 2, "DPUPR"],
            [2, None, "Peninggian jalan gang", 3, 2, "DPUPR"],
            ["Kelurahan: Krapyak"],
            [1, "Sosial", "Kelas menjahit untuk ibu-ibu", 4, 1, "Dindik"],
            ["JUMLAH", None, 3],
        ]
    )
    for area in ("A1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:C5", "F4:F5", "D4:E4", "A7:F7", "B8:B9", "A10:F10"):
        book.active.merge_cells(area)
    return book
