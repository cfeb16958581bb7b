"""Stage 0, mask: what could point to a person is covered before anything else reads the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A text with none of these has nothing to cover, and most texts are such.
SUSPECT = re.compile(r"[\d@]")

IDENTITY = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
YEARS = re.compile(r"(?:19|20)\d\d(?:[ .-](?:19|20)\d\d){3}")
# A domain is looked for, and what stands before the @ from there backwards: a long run of letters costs nothing.
DOMAIN = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
BEFORE_AT = re.compile(r"[\w.+-]{1,64}")
MOBILE = re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,11}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ .-]\d{3,4}[ .-]?\d{3,4}(?!\d)")
ACCOUNT = re.compile(
    r"\b(?:rek(?:ening)?|no\.?rek|va|virtual account|bca|bri|brimo|bni|bsi|btn|bpd|mandiri|cimb|permata|danamon)\b"
    r"\D{0,12}\d(?:[ .-]?\d){6,17}",
    re.IGNORECASE,
)
PLATE = re.compile(r"\b[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}\b")
NAMED_PLATE = re.compile(
    r"\b(?:plat(?: nomor| nomer| no)?|nopol|no\.? ?pol(?:isi)?)[ .:]{1,3}[a-z]{1,2} ?\d{1,4} ?[a-z]{1,3}\b",
    re.IGNORECASE,
)
_RT, _RW = r"\brt\.? ?0*\d{1,3}", r"\brw\.? ?0*\d{1,3}"
NEIGHBOURS = re.compile(
    rf"{_RT} ?[/,.-]? ?(?:dan )?{_RW[2:]}\b|{_RW} ?[/,.-]? ?(?:dan )?{_RT[2:]}\b"
    r"|\brt ?/ ?rw[ .:]{0,3}0*\d{1,3} ?[/.-]? ?0*\d{1,3}\b",
    re.IGNORECASE,
)
SAYS_NAME = re.compile(
    r"\b(?:nama(?: lengkap)?(?:ku| (?:saya|sy|aku|ku|kula|kulo|pelapor|pengirim)| ?:)"
    r"|jeneng(?:ku| (?:ku|aku|kula|kulo))|(?:asma|nami) (?:kula|kulo)|my name is)"
    r"(?: (?:adalah|yaiku|inggih menika))?[ :=]{1,4}",
    re.IGNORECASE,
)
CAPITAL_NAME = re.compile(r"[A-Z][\w'’.]{0,40}(?: (?:bin|binti|[A-Z][\w'’.]{0,40})){0,4}")
OF_PARENT = re.compile(r"\b[A-Z][\w'’.]{1,40} (?:bin|binti) [A-Z][\w'’.]{1,40}")
SMALL_NAME = re.compile(
    r"[^\W\d_][\w'’]{1,40}(?: (?:bin|binti) [\w'’]{2,40}| (?!(?:me|di|ber)\w{4})[^\W\d_][\w'’]{1,40})?"
)
# "nama saya tidak ada di daftar" names nobody; "nama saya fulan mau lapor" ends before "mau".
NO_NAME = frozenset(
    "tidak tdk gak ga nggak enggak belum blm sudah sdh udah ada akan bisa juga masih hilang salah terdaftar "
    "tercantum masuk keluar dicatut dipakai disebut kok tapi dan di ke dari untuk yang yg jangan tolong mohon "
    "itu ini atau dengan dgn pada dalam harus ora mboten mau ingin pengin arep badhe hendak warga tinggal rumah "
    "umur usia alamat nik no nomor hp saya kami asli lapor minta tanya usul kenapa kapan mengapa karena krn "
    "soalnya padahal lagi".split()
)
PROVINCES = frozenset(
    number
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for number in range(first, last + 1)
)
WOMEN = 40
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
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

    A run of 16 digits is `identity` where it is built like one (see `is_identity`), else `number`; both are covered.
    Time grows linearly with the length of the text.

    >>> mask("NIK 3375014101990001 hp 0812-0000-0000").text
    'NIK ▇▇▇ hp ▇▇▇'
    >>> [found.kind for found in mask("3375014101990001, 9999999999999999").findings]
    ['identity', 'number']
    """
    lower = text.lower()
    if is_plain(text, lower):
        return Masked(text, ())
    found: list[Finding] = []
    taken = bytearray(len(text))
    for finding in _findings(text, lower):
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
            found.append(finding)
    found.sort(key=lambda f: f.start)
    pieces, at = [], 0
    for finding in found:
        pieces += [text[at : finding.start], COVER]
        at = finding.end
    return Masked("".join(pieces) + text[at:], tuple(found))


def is_plain(text: str, lower: str) -> bool:
    """Whether a text surely holds nothing to cover: no digit, no @ and no word that leads to a name.

    >>> is_plain("Rob lagi", "rob lagi"), is_plain("Nama saya Fulan", "nama saya fulan"), is_plain("RT 3", "rt 3")
    (True, False, False)
    """
    return not _may_name(lower) and SUSPECT.search(text) is None


def _may_name(lower: str) -> bool:
    return "nam" in lower or "jeneng" in lower or "asma" in lower or " bin " in lower or " binti " in lower


def is_identity(digits: str) -> bool:
    """Whether 16 digits are built like a NIK or KK number: province, a date (a woman's day plus 40), a running number.

    Source: Permendagri 72/2022 on the shape of the number; the codes of provinces of Kepmendagri 100.1.1-6117/2022.

    >>> is_identity("3375014101990001"), is_identity("3375014113990001"), is_identity("1000014101990001")
    (True, False, False)
    """
    day, month = int(digits[6:8]), int(digits[8:10])
    day -= WOMEN if day > WOMEN else 0
    is_date = 1 <= month <= len(DAYS) and 1 <= day <= DAYS[month - 1]
    return int(digits[:2]) in PROVINCES and is_date and digits[12:] != "0000"


def _findings(text: str, lower: str) -> Iterator[Finding]:
    """All shapes, the weightiest first; each is only looked for where its letters and enough digits stand."""
    digits = sum(map(len, re.findall(r"\d+", text)))
    if digits >= 16:
        yield from _long_numbers(text)
    if "@" in text:
        yield from _mails(text)
    if digits >= 9:
        yield from shaped("phone", MOBILE, text)
        yield from shaped("phone", LANDLINE, text)
    if digits >= 7:
        yield from shaped("account", ACCOUNT, text)
    if digits >= 3:
        yield from shaped("plate", PLATE, text)
    if digits and ("pol" in lower or "plat" in lower):
        yield from shaped("plate", NAMED_PLATE, text)
    if digits >= 2 and "rt" in lower:
        yield from shaped("address", NEIGHBOURS, text)
    if _may_name(lower):
        yield from _names(text)
        yield from shaped("name", OF_PARENT, text)


def shaped(kind: str, shape: re.Pattern[str], text: str) -> Iterator[Finding]:
    """Everything of one shape in a text, as findings of a kind.

    >>> list(shaped("plate", PLATE, "motor G 0000 XX"))
    [Finding(kind='plate', start=6, end=15)]
    """
    return (Finding(kind, *match.span()) for match in shape.finditer(text))


def _long_numbers(text: str) -> Iterator[Finding]:
    for match in IDENTITY.finditer(text):
        # four years in a row are no number of a person
        if not YEARS.fullmatch(match[0]):
            digits = re.sub(r"\D", "", match[0])
            yield Finding("identity" if is_identity(digits) else "number", *match.span())


def _mails(text: str) -> Iterator[Finding]:
    for match in DOMAIN.finditer(text):
        before = BEFORE_AT.match(text[max(match.start() - 64, 0) : match.start()][::-1])
        if before:
            yield Finding("email", match.start() - before.end(), match.end())


def _names(text: str) -> Iterator[Finding]:
    """A name after "nama saya" and the like; small letters count too, as far as no other word of speech comes."""
    for match in SAYS_NAME.finditer(text):
        name = CAPITAL_NAME.match(text, match.end()) or SMALL_NAME.match(text, match.end())
        if name is None:
            continue
        kept: list[str] = []
        for word in name[0].split(" "):
            if word.lower() in NO_NAME:
                break
            kept.append(word)
        if kept:
            yield Finding("name", match.start(), name.start() + len(" ".join(kept)))
