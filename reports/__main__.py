"""Makes one workbook of what comes by standard input: `python -m reports`; `reports/apart.py` hands it over."""

import sys

from reports import apart, tables


def made(handed: bytes) -> bytes:
    """The file that is asked for.

    >>> made(b'{"sheets": [], "title": "", "facts": [], "words": {}, "made_at": "2026-11-02T08:30:00"}')[:2]
    b'PK'
    """
    sheets, rest = apart.read(handed)
    return tables.workbook(sheets, **rest)


if __name__ == "__main__":
    sys.stdout.buffer.write(made(sys.stdin.buffer.read()))
