"""Shapes: what is built like an e-mail address, a telephone or an identity number, or points to somebody otherwise."""

import re
from collections.abc import Iterable, Iterator

from analysis.mask import COVER, SAYS_NAME, YEARS, Finding, is_identity, mask

# Long signs that point to nobody, taken out before numbers are looked for: their digits look like anything.
NOBODY = re.compile(
    r"(?<![0-9A-Za-z])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?=[0-9a-f]*[a-f])(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{48}"
    r"|[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{24}|[0-9a-f]{20}|[0-9a-f]{16})(?![0-9A-Za-z])"
    r"|(?<![\w.,+-])[+-]?\d{1,3}\.\d{4,}(?:[eE][+-]?\d{1,3})?(?![\w.]|-\d)"
    r"|(?<!\d)\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?(?!\d)"
    r"|(?<![\d.:-])[0-2]?\d[.:][0-5]\d ?- ?[0-2]?\d[.:][0-5]\d(?![\d.:-])"
    r"|\b(?:Rp|IDR)\.? ?\d{1,3}(?:[.,]\d{3})+(?!\d)",
    re.IGNORECASE,
)
BLANK = "\x1f"
_S = r"[ ./()_-]{0,3}"
MOBILE = re.compile(
    rf"(?<![\d+])(?<!\d[./-])(?:\+?\(?\+?62\)?|0062|\(?0|(?<![A-Za-z])[oO])(?:{_S}\(?0\))?{_S}8\d{{2}}(?:{_S}\d){{6,10}}(?!\d)"
)
PAIRS = re.compile(r"(?<![\d.,-])0 ?8([ .-])\d\d(?:\1\d\d){3,5}(?![\d.-])|(?<!\d)0([ .-])8(?:\2\d){8,11}(?!\d)")
ABROAD = re.compile(r"(?<![\w+])\+[1-9]\d(?:[ ()-]{0,3}\d){7,12}(?!\d)")
LANDLINE = re.compile(
    r"(?<![\d.,/-])\(?0[2-9]\d{1,2}\)?(?: ?[/.-] ?| )(?:\d{5,8}|\d{2,4}(?:[ .-]\d{2,4}){1,3})(?![\d/])"
    r"|(?<![\w.,/-])0[2-79]\d{7,10}(?![\w,/-])"
)
# A spreadsheet drops the leading zero: a number alone in its field, or after a word that announces one.
BARE = re.compile(
    r"(?:\A|\b(?:hp|wa|whatsapp|telp?|telepon|phone|no|nomor|hubungi|kontak|sms)\b[ .:=\"']{0,4})"
    r"(8[1-9]\d{7,10})(?:\.0)?(?!\w)",
    re.IGNORECASE,
)
IDENTITY = re.compile(rf"(?<!\d)\d(?:{_S}\d){{15}}(?!\d)")
# How people part the sixteen digits; any other parting is a row of numbers.
PARTED = frozenset(
    ((16,), (4,) * 4, (6, 6, 4), (6, 10), (10, 6), (12, 4), (8, 8), (2, 2, 2, 6, 4), (2, 2, 2, 2, 2, 2, 4),
     (3, 3, 3, 3, 4), (6, 2, 2, 2, 4), (2,) * 8, (1,) * 16)
)  # fmt: skip
AS_ON_CARDS = ((16,), (4,) * 4)
_TLD = r"[^\W\d_]{2,24}"
MAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}} ?@ ?(?:[\w-]{{1,63}}\.){{1,4}}{_TLD}\b")
_DOT = r"(?:\.| ?[(\[{{<] ?(?:dot|titik) ?[)\]}}>] ?| (?:dot|titik) )"
HIDDEN_MAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}} ?(?:[(\[{{<] ?(?:at|et|@) ?[)\]}}>]) ?(?:[\w-]{{1,63}}{_DOT}){{1,4}}{_TLD}\b"
    rf"|(?<![\w.+-])[\w.+-]{{1,64}} at (?:[\w-]{{1,63}} (?:dot|titik) ){{1,4}}{_TLD}\b",
    re.IGNORECASE,
)
FILES = frozenset("avif css gif html ico jpeg jpg js json map mjs pdf png svg ts webp woff".split())
RANGE = re.compile(r"(?:19|20)\d\d ?[-/. ] ?(?:19|20)\d\d")
NOBODYS = frozenset(
    "badan bagian bidang boleh dinas dimensi forum kantor kecamatan kegiatan kelurahan kena kolom kota lembaga nama"
    " oleh pemerintah perangkat program rapat saya sekretariat seksi tema tim topik".split()
)
PLENTY = re.compile(r"(?:\d\D{0,3}){7}")
ANNOUNCED = re.compile(r"@|\b(?:at|et)\b", re.IGNORECASE)


def findings(text: str) -> list[Finding]:
    """Everything in a text, in plain spelling, that points to a person; no two overlap, in the order of the text.

    Beyond the mask of the analysis it knows numbers in all partings, without their zero, with letters for digits, and
    addresses written to be missed by programs. It does not take for a person: digests and run ids, decimal
    fractions, moments, amounts in rupiah, names of files, numbers of years.

    >>> [f.kind for f in findings("fulan (at) contoh dot example, (0812) 0000 / 0000")]
    ['email', 'phone']
    """
    return apart(text, _all(NOBODY.sub(lambda found: BLANK * len(found[0]), text)))


def apart(text: str, wanted: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of the text, each that overlaps an earlier one left out.

    >>> apart("0812", [Finding("phone", 0, 4), Finding("number", 1, 2)])
    [Finding(kind='phone', start=0, end=4)]
    """
    found, taken = [], bytearray(len(text))
    for finding in wanted:
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def _all(text: str) -> Iterator[Finding]:
    """The weightiest first."""
    has_numbers = PLENTY.search(text) is not None
    if has_numbers:
        yield from _identities(text)
    if ANNOUNCED.search(text):
        yield from _mails(text)
    if has_numbers:
        yield from _phones(text)
    yield from (found for found in mask(text).findings if _stands(found, text[found.start : found.end]))


def _identities(text: str) -> Iterator[Finding]:
    for match in IDENTITY.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        parting = _parting(match[0])
        if parting in PARTED and not YEARS.fullmatch(match[0]):
            if is_identity(digits):
                yield Finding("identity", *match.span())
            elif parting in AS_ON_CARDS:
                yield Finding("number", *match.span())


def _parting(text: str) -> tuple[int, ...]:
    return tuple(map(len, re.findall(r"\d+", text)))


def _mails(text: str) -> Iterator[Finding]:
    for shape in (MAIL, HIDDEN_MAIL):
        for match in shape.finditer(text):
            value = match[0]
            while value.rpartition(".")[2].lower() in FILES:
                value = value.rpartition(".")[0]
            if shape.fullmatch(value):
                yield Finding("email", match.start(), match.start() + len(value))


def _phones(text: str) -> Iterator[Finding]:
    for shape in (MOBILE, PAIRS, ABROAD):
        yield from (Finding("phone", *match.span()) for match in shape.finditer(text))
    for match in LANDLINE.finditer(text):
        if 8 <= sum(map(str.isdigit, match[0])) <= 12 and not RANGE.search(match[0]):
            yield Finding("phone", *match.span())
    for match in BARE.finditer(text):
        if match.start() or match.end() == len(text.rstrip()):
            yield Finding("phone", *match.span(1))


def _stands(found: Finding, text: str) -> bool:
    """Whether what the mask covers, as it rather covers too much, is a reason to stop a publication."""
    match found.kind:
        case "email":
            ending = text.rpartition(".")[2].lower()
            return ending.isalpha() and ending not in FILES
        case "identity" | "number":
            parting = _parting(text)
            return parting in PARTED and (found.kind == "identity" or parting in AS_ON_CARDS)
        case "phone" | "account":
            return not RANGE.search(text)
        case "name":
            named = SAYS_NAME.sub("", text, count=1).split()
            return not named or named[0].lower() not in NOBODYS
    return True


def cover(text: str, found: list[Finding]) -> str:
    """The text with everything found in it covered.

    >>> cover("hp 081200000000", findings("hp 081200000000"))
    'hp ▇▇▇'
    """
    pieces, at = [], 0
    for finding in found:
        pieces += [text[at : finding.start], COVER]
        at = finding.end
    return "".join([*pieces, text[at:]])
