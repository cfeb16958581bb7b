"""Writes one document of what comes by standard input, as `python -m reports.writing`, for `reports/apart.py`."""

import sys

from reports import apart, documents


def made(handed: bytes) -> bytes:
    """The file that is asked for.

    >>> from datetime import datetime
    >>> from reports.paper import Paper, Text
    >>> made(apart.handed(Paper("Surat", [Text("Isi")], [], datetime(2026, 11, 2))))[:2]
    b'PK'
    """
    return documents.document(apart.read_paper(handed))


if __name__ == "__main__":
    sys.stdout.buffer.write(made(sys.stdin.buffer.read()))
