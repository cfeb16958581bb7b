"""Tables to take away: a spreadsheet in which every text stays a text, and stays whole."""

import io
import math
import tempfile
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports.cells import clean, escape, fits, legal_name, split
from reports.sheets import INDONESIAN, LIKE_FORMULAS, Column, Sheet, Value, Words, as_utc

__all__ = ["INDONESIAN", "LIKE_FORMULAS", "Column", "Sheet", "Value", "Words", "as_utc", "workbook"]

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_PROPERTY = 255
EXACT_DIGITS = 15  # a spreadsheet rounds longer whole numbers


def workbook(
    sheets: Sequence[Sheet],
    *,
    title: str,
    facts: Sequence[tuple[str, str]],
    made_at: datetime,
    words: Words = INDONESIAN,
) -> bytes:
    """Return an XLSX file: the sheets of data, the overflow of long texts if there are any, the explanation.

    Every text is stored as a text, never as a formula, a number or a link. A text of more than 32,767 UTF-16
    units (what a cell holds) is cut after the first part and ends with a pointer such as "… [lanjutan L-1]"; row
    L-1 of the overflow sheet names the sheet and the cell and holds the whole text in parts of at most 32,000
    units, to be read from left to right. Control characters and U+FFFE, U+FFFF, which XML cannot hold, are
    escaped as the format prescribes (`_x0000_`) and read back by spreadsheets; halves of a surrogate pair are no
    characters and become U+FFFD. Whole numbers of more than 15 digits, numbers that are not finite and dates
    before 1900 are stored as texts, because a spreadsheet would round or refuse them.

    Args:
        sheets: the data; in each row one value per column, of str, int, float, bool, date, datetime or None.
        title: what the file is; stands in the explanation and in the properties of the file.
        facts: pairs such as ("Putaran", "Putaran 1") for the explanation.
        made_at: the moment that is named as the file's creation; UTC if it has no zone. The clock is not read:
            the same input gives the same bytes.
        words: the fixed words in the reader's language.

    Returns:
        The bytes of the file. Rows go through temporary files; memory holds little more than the finished file.

    Raises:
        ValueError: a row has more or fewer values than there are columns, or a sheet has no room for its rows.
        TypeError: a value is of another type.

    Source: ECMA-376 (Office Open XML), part 1, 18.3.1 worksheets and 22.9.2.19 ST_Xstring; the limits are those
    Microsoft publishes for Excel.

    >>> column = Column("text", "Masukan", "Kata-kata pengirim")
    >>> sheet = Sheet("Masukan", [column], [["=1+1"]])
    >>> workbook([sheet], title="Masukan", facts=[("Putaran", "1")], made_at=datetime(2026, 11, 2))[:2]
    b'PK'
    """
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder}
        with Workbook(content, options) as book:
            _Binder(book, title, made_at, words).bind(sheets, facts)
    return content.getvalue()


class _PlainWorksheet(Worksheet):
    """A worksheet that takes no text for markup or for an escape, and keeps every digit of a number."""

    @staticmethod
    def _escape_control_characters(data):
        # the library misses an escape that begins where another ends; it asks for truth values too
        return escape(data) if isinstance(data, str) else data

    def _xml_rich_inline_string(self, string, attributes=()):
        # the library writes a text from "<r>" to "</r>" into the file as if it were markup
        self._xml_inline_string(string, True, attributes)

    def _xml_number_element(self, number, attributes=()):
        # the library rounds to 16 digits; 17 are needed to tell every two numbers apart
        joined = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{joined}><v>{number!r}</v></c>")


class _Binder:
    """Writes one workbook."""

    def __init__(self, book: Workbook, title: str, made_at: datetime, words: Words):
        self.book, self.words = book, words
        self.title, self.made_at = title, as_utc(made_at)
        self.names: dict[str, str] = {}
        self.overflow: Worksheet | None = None
        self.overflowing = 0
        self.plain, self.quoted = (self._format(quote_prefix=quoted) for quoted in (False, True))
        self.head, self.heading = self._format(bold=True, bottom=1), self._format(bold=True, font_size=14)
        self.number, self.day = self._format(), self._format(num_format="yyyy-mm-dd")
        self.moment = self._format(num_format="yyyy-mm-dd hh:mm:ss")
        book.set_properties({"title": clean(title)[:LONGEST_PROPERTY], "created": self.made_at})

    def _format(self, **properties):
        return self.book.add_format({"text_wrap": True, "valign": "top", **properties})

    def bind(self, sheets: Sequence[Sheet], facts: Sequence[tuple[str, str]]) -> None:
        pages = [(sheet, self.add(sheet.name, [column.width for column in sheet.columns])) for sheet in sheets]
        for sheet, page in pages:
            self.write_data(page, sheet)
        names = [page.get_name() for _, page in pages]
        self.write_explanation(self.add(self.words.explanation, (28, 32, 72)), sheets, names, facts)

    def add(self, name: str, widths: Sequence[float]) -> Worksheet:
        page = self.book.add_worksheet(legal_name(name, self.names, self.words.sheet), _PlainWorksheet)
        self.names[page.get_name().casefold()] = page.get_name()
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        return page

    def write_data(self, page: Worksheet, sheet: Sheet) -> None:
        if len(sheet.columns) > MOST_COLUMNS:
            raise ValueError(f"{page.get_name()}: {len(sheet.columns)} columns, a sheet holds {MOST_COLUMNS}")
        self.write_row(page, 0, [column.key for column in sheet.columns], self.head)
        page.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(sheet.rows, start=1):
            if len(row) != len(sheet.columns):
                raise ValueError(f"{page.get_name()}, row {last}: {len(row)} values, {len(sheet.columns)} columns")
            self.write_row(page, last, row)
        if sheet.columns:
            page.autofilter(0, 0, last, len(sheet.columns) - 1)
            page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(sheet.columns) - 1)}"})

    def write_row(self, page: Worksheet, row: int, values: Sequence[Value], style=None) -> None:
        if row >= MOST_ROWS:
            raise ValueError(f"{page.get_name()}: more than {MOST_ROWS - 1} rows")
        for column, value in enumerate(values):
            self.write(page, row, column, value, style)

    def write(self, page: Worksheet, row: int, column: int, value: Value, style=None) -> None:
        match value:
            case None:
                pass
            case str():
                self.write_text(page, row, column, clean(value), style)
            case bool():
                page.write_boolean(row, column, value, style or self.number)
            case int() | float():
                self.write_number(page, row, column, value, style)
            case date():
                self.write_date(page, row, column, value, style)
            case _:
                raise TypeError(f"{page.get_name()}, row {row}: {type(value).__name__} has no place in a cell")

    def write_number(self, page: Worksheet, row: int, column: int, value: int | float, style) -> None:
        value = float(value) if isinstance(value, float) else int(value)  # an IntEnum has another repr
        if math.isfinite(value) if isinstance(value, float) else abs(value) < 10**EXACT_DIGITS:
            page.write_number(row, column, value, style or self.number)
        else:
            self.write_text(page, row, column, str(value), style)

    def write_date(self, page: Worksheet, row: int, column: int, value: date, style) -> None:
        is_moment = isinstance(value, datetime)
        if value.year < 1900:
            self.write_text(page, row, column, value.isoformat(), style)
        elif is_moment:
            page.write_datetime(row, column, as_utc(value).replace(tzinfo=None), style or self.moment)
        else:
            page.write_datetime(row, column, value, style or self.day)

    def write_text(self, page: Worksheet, row: int, column: int, text: str, style) -> None:
        if not fits(text):
            text = self.continue_elsewhere(page, row, column, text)
        page.write_string(row, column, text, style or (self.quoted if text.startswith(LIKE_FORMULAS) else self.plain))

    def continue_elsewhere(self, page: Worksheet, row: int, column: int, text: str) -> str:
        """Write the whole text into the overflow sheet; return what stands in the cell instead."""
        parts = list(split(text))
        if self.overflow is None:
            self.overflow = self.add(self.words.overflow, (10, 24, 10, 60))
            heads = (self.words.number, self.words.sheet, self.words.cell, self.words.part)
            self.write_row(self.overflow, 0, heads, self.head)
            self.overflow.freeze_panes(1, 0)
        self.overflowing += 1
        number = f"L-{self.overflowing}"
        address = xl_rowcol_to_cell(row, column)
        self.write_row(self.overflow, self.overflowing, [number, page.get_name(), address, *parts])
        return f"{parts[0]} … [{clean(self.words.continued)} {number}]"

    def write_explanation(self, page, sheets, names, facts) -> None:
        made = (self.words.made, f"{self.made_at:%Y-%m-%d %H:%M} UTC")
        rows = [([self.title], self.heading), *((pair, None) for pair in [*facts, made]), ([], None)]
        for sheet, name in zip(sheets, names, strict=True):
            rows.append(([name], self.heading))
            rows.append(([self.words.column, self.words.label, self.words.meaning], self.head))
            rows.extend(([column.key, column.label, column.meaning], None) for column in sheet.columns)
            rows.append(([], None))
        for at, (values, style) in enumerate(rows):
            self.write_row(page, at, values, style)
