"""What a reference looks like: DOI, address, number of a regulation or a standard, or data with its year."""

import re
from urllib.parse import urlsplit

DOI = re.compile(r"\b10\.\d{4,9}/\S")
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
KINDS = (
    r"UUD|UU|undang-undang|Perppu|PP|peraturan\s+pemerintah|perpres|peraturan\s+presiden|keppres|inpres"
    r"|permen\w*|kepmen\w*|peraturan\s+menteri|keputusan\s+menteri|pergub|perda|peraturan\s+daerah"
    r"|perwal\w*|kepwal\w*|peraturan\s+wali\s*kota|keputusan\s+wali\s*kota|perbup|surat\s+edaran|SE"
)
REGULATION = re.compile(
    rf"\b({KINDS})\b[^\n]{{0,80}}?\b\d{{1,4}}\w{{0,3}}\s*(/|,?\s*tahun\s+|\bth\.?\s*)\s*(19|20)\d\d\b", re.IGNORECASE
)
STANDARD = re.compile(r"\b(SNI|ISO|IEC)\b[ :/A-Z-]{0,12}\d{2,5}", re.IGNORECASE)
YEAR, WORD = re.compile(r"\b(19|20)\d\d\b"), re.compile(r"[^\W\d_]{2,}")
LONGEST = 2000  # of a text that is longer the beginning will do


def is_known(text: str | None) -> bool:
    """Whether somewhere in it stands something that can be looked up; nothing is ever fetched.

    >>> [is_known(t) for t in ("10.1016/j.cities.2019.01.002", "Perda 1/2020", "Data BPS 2023", "kata teman")]
    [True, True, True, False]
    """
    said = (text or "")[:LONGEST]
    is_numbered = any(pattern.search(said) for pattern in (DOI, REGULATION, STANDARD))
    return is_numbered or any(map(_is_address, ADDRESS.findall(said))) or _is_data(said)


def _is_data(said: str) -> bool:
    """A name of at least two words, and a year."""
    return YEAR.search(said) is not None and len(WORD.findall(said)) > 1 and not ADDRESS.search(said)


def _is_address(address: str) -> bool:
    """A host with a dot in it, and nobody's password."""
    try:
        parts = urlsplit(address.rstrip(".,;)"))
        return parts.username is None and HOST.fullmatch(parts.hostname or "") is not None
    except ValueError:
        return False
