"""Runs: words of a text document, with the tabs and line breaks in them."""

from html import escape
from typing import Literal

from reports.letters import visible


def run(text: str, properties: str = "", kind: Literal["t", "delText"] = "t") -> str:
    """A run of WordprocessingML with a text; nothing where there is none.

    Args:
        text: every character is kept; what XML cannot hold is replaced as `reports.letters.visible` says.
        properties: the XML of its looks.
        kind: what its words are: t, or delText inside of a deletion that is tracked.

    Source: ECMA-376, part 1, 17.3.2.25 (r), 17.3.3.31 (t), 17.4.20 (delText).

    >>> run("rob\\tbanjir")
    '<w:r><w:t xml:space="preserve">rob</w:t><w:tab/><w:t xml:space="preserve">banjir</w:t></w:r>'
    """
    if not text:
        return ""
    lines = ("<w:tab/>".join(_words(part, kind) for part in line.split("\t")) for line in visible(text).split("\n"))
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{looks}{'<w:br/>'.join(lines)}</w:r>"


def _words(text: str, kind: str) -> str:
    return f'<w:{kind} xml:space="preserve">{escape(text, quote=False)}</w:{kind}>' if text else ""
