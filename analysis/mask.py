"""Stage 0, mask: what could point to a person is covered before anything else reads the text."""

import re
from dataclasses import dataclass

SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("identity", re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")),
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    ("phone", re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,11}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ .-]\d{3,4}[ .-]?\d{3,4}(?!\d)")),
    ("account", re.compile(r"(?i)\b(?:rek(?:ening)?|norek|bca|bri|bni|mandiri)\b\D{0,12}\d(?:[ .-]?\d){6,17}")),
    ("plate", re.compile(r"\b[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}\b")),
    ("address", re.compile(r"(?i)\brt\.? ?0*\d{1,3} ?[/,.]? ?rw\.? ?0*\d{1,3}\b")),
    (
        "name",
        re.compile(
            r"(?i)\bnama (?:saya|sy|ku|kulo)(?: adalah)? +(?:[A-Z][\w'.]*(?: +(?:bin|binti|[A-Z][\w'.]*)){0,4})"
        ),
    ),
)
COVER = "▇▇▇"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where something personal stood: `start` and `end` are offsets in the original."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    findings: tuple[Finding, ...]


def mask(text: str) -> Masked:
    """Cover identity numbers, telephone numbers, e-mail, accounts, plates, RT/RW and a name given as one's own.

    >>> mask("NIK 3375999999999999 hp 0812-0000-0000").text
    'NIK ▇▇▇ hp ▇▇▇'
    """
    found: list[Finding] = []
    for kind, shape in SHAPES:
        for match in shape.finditer(text):
            if all(match.end() <= f.start or match.start() >= f.end for f in found):
                found.append(Finding(kind, match.start(), match.end()))
    found.sort(key=lambda f: f.start)
    pieces, at = [], 0
    for finding in found:
        pieces += [text[at : finding.start], COVER]
        at = finding.end
    return Masked("".join(pieces) + text[at:], tuple(found))
