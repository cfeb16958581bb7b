"""A file is read in a process of its own, with limits; what goes wrong there goes wrong nowhere else."""

import stat
import sys

import pytest

from services.errors import UnreadableFile
from services.sources import apart
from tests.services.sources.conftest import workbook


def test_rows_come_back_and_are_readable_by_their_owner_alone(save, tmp_path):
    rows = tmp_path / "satu.rows"
    facts = apart.read(save(workbook([["a", "b"], ["satu", "dua\nbaris"]])), name="x", rows=rows, key=b"k")
    assert (facts.kind, facts.head, facts.total) == ("xlsx", ["a", "b"], 1)
    assert [line.cells for line in apart.lines(rows)] == [["satu", "dua\nbaris"]]
    assert stat.S_IMODE(rows.stat().st_mode) == 0o600


def test_a_refusal_comes_back_with_its_values_and_leaves_nothing(save, tmp_path):
    rows = tmp_path / "satu.rows"
    with pytest.raises(UnreadableFile) as refusal:
        apart.read(save(b"%PDF-1.7"), name="x", rows=rows, key=b"k")
    assert refusal.value.values == {"kind": "PDF"} and "%(kind)s" in refusal.value.message
    assert not rows.exists()


def test_a_reader_that_takes_too_long_is_ended_and_told(save, tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(UnreadableFile, match="tidak selesai"):
        apart.read(save(b"a,b\n1,2\n"), name="x", rows=tmp_path / "satu.rows", key=b"k")


def test_a_reader_that_needs_too_much_memory_says_so(save, tmp_path):
    """The limit of the real reader, on a file that would take several times as much."""
    content = b"a," * 40 + b"b\n" + (b"1," * 40 + b"2\n") * 49_000
    assert len(content) < 16 * 2**20
    limited = "import services.sources.__main__ as m; m.MEMORY = 200 * 2**20; m.main()"
    command = [sys.executable, "-c", limited, str(save(content)), "x", str(tmp_path / "satu.rows")]
    done = apart.subprocess.run(command, input=b"k", capture_output=True, cwd=apart.ROOT, check=False)
    assert b'"total"' not in done.stdout
    assert b"terlalu besar" in done.stdout or done.returncode != 0
