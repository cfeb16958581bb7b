"""The publication gate: what in the files of a release points to a person, before anybody else sees them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from analysis.mask import COVER, Finding
from reports.contents import Unreadable, texts_in
from services.gates.people import People
from services.gates.shapes import apart, cover, findings
from services.gates.spellings import plain, spellings
from services.tongue import N_

AROUND = 40  # letters shown on either side
MOST = 500  # leaks listed of one file
# Shapes that chance makes of bytes that are no text.
CHANCE = frozenset(("account", "plate", "address", "number"))
# What each kind is called; said by the door in the reader's language.
KINDS = {
    "email": N_("Alamat e-mail"),
    "phone": N_("Nomor telepon"),
    "identity": N_("NIK atau nomor KK"),
    "number": N_("Nomor 16 angka"),
    "account": N_("Nomor rekening"),
    "plate": N_("Nomor kendaraan"),
    "address": N_("RT/RW"),
    "name": N_("Nama orang"),
    "unreadable": N_("Isi tidak dapat diperiksa"),
}
WHY = {
    "locked": N_("Berkas ini berkata sandi."),
    "broken": N_("Berkas ini rusak atau tidak utuh."),
    "large": N_("Berkas ini mengembang terlalu besar bila dibuka."),
    "closed": N_("Jenis berkas ini tidak dapat dibaca oleh pemeriksa. Simpan dalam bentuk lain."),
    "doctype": N_("Berkas ini memuat deklarasi entitas XML."),
    "leftover": N_("Di dalam berkas ini masih ada sisa isi yang sudah dihapus. Simpan ulang dari awal."),
    "glyphs": N_("Huruf dalam PDF ini tidak dapat dibaca sebagai teks. Buat ulang PDF-nya."),
}


@dataclass(frozen=True, slots=True)
class Leak:
    """What stops a release: the file, the place in it, what kind it is, and the words around it, itself covered.

    `kind` is one of `KINDS`; the excerpt of one that is `unreadable` is a sentence of `WHY` in its place.
    """

    file: str
    place: str
    kind: str
    excerpt: str


def scan(files: Mapping[str, bytes], *, names: Collection[str] = (), allowed: Collection[str] = ()) -> list[Leak]:
    """Look through everything that a reader or a tool could dig out of these files; nothing found means they may go.

    The gate rather stops too much: a person looks at each leak, mends the source and builds the release anew. What
    cannot be read is a leak too. `names` are people who did not agree to be named (contacts, attendance, accounts):
    how they are matched, `People` says. `allowed` holds what may stand although it looks like a leak, one value each:
    the office's own addresses, numbers and names.
    """
    people, may = People(names), frozenset(key for value in allowed for key in _keys(value))
    return [leak for name, content in files.items() for leak in islice(_leaks(name, content, people, may), MOST)]


def _leaks(name: str, content: bytes, people: People, may: frozenset[str]) -> Iterator[Leak]:
    file, told = _covered(name, people), set()
    try:
        for place, text in texts_in(name, content):
            for spelled in spellings(text):
                for found, excerpt in _look(spelled, place, people, may, told):
                    yield Leak(file, _covered(place, people), found.kind, excerpt)
    except Unreadable as error:
        yield Leak(file, "", "unreadable", WHY[error.reason])


def _look(
    text: str, place: str, people: People, may: frozenset[str], told: set[tuple[str, str, str]]
) -> Iterator[tuple[Finding, str]]:
    """What is found and not told yet of this place, with the words around it."""
    found = _points(text, people)
    is_chance = place.rpartition(": ")[2] in ("bytes", "font", "extra")
    for at, finding in enumerate(found):
        value = text[finding.start : finding.end]
        key = (place, finding.kind, _bare(value))
        if key not in told and not (is_chance and finding.kind in CHANCE) and not may.intersection(_keys(value)):
            told.add(key)
            yield finding, _excerpt(text, finding, found[max(at - AROUND, 0) : at + AROUND])


def _points(text: str, people: People) -> list[Finding]:
    """All that points to somebody; a name that was handed in gives way to a shape that holds it."""
    found, named = findings(text), list(people.findings(text))
    return apart(text, [*found, *named]) if named else found


def _excerpt(text: str, finding: Finding, beside: list[Finding]) -> str:
    start, end = max(finding.start - AROUND, 0), finding.end + AROUND
    near = [Finding(f.kind, max(f.start - start, 0), f.end - start) for f in beside if f.start < end and f.end > start]
    return " ".join(cover(text[start:end], near).split())


def _covered(place: str, people: People) -> str:
    """A place as it may be shown: a key or a file's name can be the leak itself."""
    for spelled in spellings(place):
        found = _points(spelled, people)
        if found:
            return cover(plain(spelled), found)
    return place


def _keys(value: str) -> Iterator[str]:
    """By what a value that may stand is known again: its words, and its digits as a number at home."""
    yield _bare(value)
    digits = re.sub(r"\D", "", value)
    home = re.sub(r"\A(?:0?0?62)?0*", "", digits)
    if len(home) >= 7:
        yield home


def _bare(value: str) -> str:
    return re.sub(r"[\W_]+", " ", plain(value).casefold()).strip() or COVER
