"""A draft in Markdown: UTF-8 text of at most 2 MB, whose lines are counted as an editor counts them."""

import re

from analysis.paragraphs import Document, read_markdown
from services import texts
from services.errors import UnreadableFile
from services.tongue import N_

MAX_BYTES = 2 * 2**20


def read(content: bytes) -> Document:
    """Raises UnreadableFile where the text is too large or not UTF-8, with the line."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(N_("Berkas lebih dari %(n)s MB."), n=MAX_BYTES // 2**20)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(N_("Baris %(line)s bukan UTF-8. Simpan ulang sebagai UTF-8."), line=line) from error
    return read_markdown("\n" * _empty_lines(text) + texts.clean(text))


def _empty_lines(text: str) -> int:
    """How many lines at the head cleaning takes away."""
    lines = re.split(r"\r\n?|\n", text)
    return next((n for n, line in enumerate(lines) if texts.clean(line)), 0)
