"""Tables as CSV: read by any program, run by none; a second file explains the columns."""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from reports.cells import clean
from reports.sheets import INDONESIAN, LIKE_FORMULAS, Sheet, Value, Words, as_utc

# What a spreadsheet may take for a formula, also in its wide form; and the apostrophe, so that it can be undone.
GUARDED = (*LIKE_FORMULAS, "\n", "'", "＝", "＋", "－", "＠")
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f"
LIKE_ESCAPES = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{CONTROLS}])")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
KEYS = ("lembar", "kolom", "nama", "arti")
MOST_OF_A_CELL = 2**31 - 1


def csv_file(sheet: Sheet) -> bytes:
    """Return the sheet as a CSV file: UTF-8 with a byte order mark, commas, CRLF, the keys of the columns in row 1.

    No text can be run: one that begins with = + - @ (also their wide forms), a tab, a line break or an apostrophe
    gets one apostrophe in front. Numbers keep their sign and every digit. Nothing is cut, whatever its length. Control
    characters other than tab and line breaks become `_x0000_` and so on, as in our spreadsheets, and a text that looks
    like that is told apart; halves of a surrogate pair become U+FFFD. `read_back` undoes all but the last. An empty
    text and None are both an empty cell. Days are written as 2026-11-02, moments as 2026-11-02T08:30:00Z, truth
    values as TRUE and FALSE.

    Args:
        sheet: its name is not in the file; each row has one value per column.

    Returns:
        The bytes of the file. The rows are read once.

    Raises:
        ValueError: a row has more or fewer values than there are columns.
        TypeError: a value is of another type.

    Source: RFC 4180; OWASP, CSV Injection; ECMA-376, part 1, 22.9.2.19 ST_Xstring (the escapes).

    >>> from reports.sheets import Column
    >>> csv_file(Sheet("Masukan", [Column("text", "Masukan", ""), Column("n", "Suara", "")], [["=1+1", -3]]))
    b"\\xef\\xbb\\xbftext,n\\r\\n'=1+1,-3\\r\\n"
    """
    return _write(sheet.name, [column.key for column in sheet.columns], sheet.rows)


def explanation(
    sheets: Sequence[Sheet],
    title: str,
    facts: Sequence[tuple[str, str]],
    made_at: datetime,
    words: Words = INDONESIAN,
) -> bytes:
    """Return a CSV file that explains every column of the sheets, to stand beside their files.

    Its rows are first what the files are (title, facts, when they were made), then one per column: the name of its
    sheet, its key, what it is called and what it means.

    Args:
        sheets: only their names and columns are read.
        title: what the files are.
        facts: pairs such as ("Putaran", "Putaran 1").
        made_at: the moment of the run; UTC if it has no zone.
        words: the fixed words in the reader's language; the keys of row 1 stay.

    >>> from reports.sheets import Column
    >>> sheet = Sheet("Masukan", [Column("n", "Suara", "Banyaknya")], [])
    >>> explanation([sheet], "Rob", [], datetime(2026, 11, 2)).decode("utf-8-sig").splitlines()[-1]
    'Masukan,n,Suara,Banyaknya'
    """
    made = f"{as_utc(made_at):%Y-%m-%d %H:%M} UTC"
    told = [("", "", name, value) for name, value in [(words.explanation, title), *facts, (words.made, made)]]
    rows = [(sheet.name, column.key, column.label, column.meaning) for sheet in sheets for column in sheet.columns]
    return _write(words.explanation, KEYS, [*told, *rows])


def read_back(content: bytes) -> list[list[str]]:
    """The rows of a file of ours as texts, head included, with apostrophes in front and escapes undone.

    >>> from reports.sheets import Column
    >>> read_back(csv_file(Sheet("Masukan", [Column("text", "Masukan", "")], [["'=1+1"], ["rob\\x00"]])))
    [['text'], ["'=1+1"], ['rob\\x00']]
    """
    before = csv.field_size_limit(MOST_OF_A_CELL)
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        return [[_plain(cell) for cell in row] for row in rows]
    finally:
        csv.field_size_limit(before)


def guarded(text: str) -> str:
    """A text as it stands in a cell.

    >>> guarded("=1+1"), guarded("rob\\x00"), guarded("_x0041_")
    ("'=1+1", 'rob_x0000_', '_x005F_x0041_')
    """
    told_apart = LIKE_ESCAPES.sub("_x005F_", clean(text))
    safe = re.sub(f"[{CONTROLS}]", lambda found: f"_x{ord(found[0]):04X}_", told_apart)
    return f"'{safe}" if safe.startswith(GUARDED) else safe


def _plain(cell: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.removeprefix("'"))


def _write(name: str, keys: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    content = io.BytesIO()
    target = io.TextIOWrapper(content, "utf-8-sig", newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([guarded(key) for key in keys])
    for at, row in enumerate(rows, start=1):
        if len(row) != len(keys):
            raise ValueError(f"{name}, row {at}: {len(row)} values, {len(keys)} columns")
        writer.writerow([_cell(value) for value in row])
    target.detach()
    return content.getvalue()


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case bool():
            return str(value).upper()
        case int():
            return str(int(value))
        case float():
            return repr(float(value)) if math.isfinite(value) else guarded(str(float(value)))
        case datetime():
            return f"{as_utc(value).replace(tzinfo=None).isoformat()}Z"
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a cell")
