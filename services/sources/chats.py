"""A WhatsApp chat export: who wrote is a keyed digest, numbers are covered, what is no message is counted.

Phones write a message's first line in four ways, all of them with a date, a time and the sender before a colon:
`12/11/26 19.05 - Fulan: …` and `11/12/26, 7:05 PM - Fulan: …` on Android, the same in square brackets and with
seconds on an iPhone. A dated line without a sender is the program speaking.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.mask import mask
from services.errors import UnreadableFile
from services.sources.sheet import Line, Note, Sheet, check_size
from services.tongue import N_

HEAD = ["waktu", "pengirim", "pesan"]
MARKS = str.maketrans({"\u200e": None, "\u200f": None, "\u202a": None, "\u202c": None, "\u202f": " ", "\xa0": " "})
MOMENT = r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}),? (?:pukul )?(\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?)"
OPENING = re.compile(rf"(?:\[{MOMENT}\] ?|{MOMENT} - )(.*)", re.DOTALL)
SENDER = re.compile(r"([^:\n]{1,80}): ?(.*)", re.DOTALL)
MEDIA = re.compile(
    r"(?i)^(?:<[^<>]{0,60}(?:omitted|tidak disertakan|attached|terlampir)[^<>]{0,60}>"
    r"|(?:image|video|audio|sticker|gif|document|contact card|gambar|foto|stiker|dokumen|kartu kontak|"
    r"catatan suara|pesan suara)s? (?:omitted|tidak disertakan)"
    r"|.{1,80}\((?:file attached|file terlampir|berkas terlampir)\)\s*"
    r"|null)$"
)
GONE = re.compile(
    r"(?i)^(?:pesan ini (?:telah )?dihapus|anda (?:telah )?menghapus pesan ini|this message was deleted"
    r"|you deleted this message|menunggu pesan ini.*|waiting for this message.*)\.?$"
)
SYSTEM = re.compile(
    r"(?i)(?:messages and calls are end-to-end encrypted|pesan dan panggilan terenkripsi secara end-to-end).*"
    r"|missed (?:voice|video) call.{0,20}|panggilan (?:suara|video) tak terjawab.{0,20}",
    re.DOTALL,
)
EDITED = re.compile(r"(?i)\s*<(?:this message was edited|pesan ini diedit)>\s*$")


@dataclass(slots=True)
class _Message:
    number: int
    moment: str
    said: list[str]


@dataclass(slots=True)
class _Left:
    """What was left out, and why."""

    system: int = 0
    media: int = 0
    before: int = 0
    messages: list[_Message] = field(default_factory=list)


def is_chat(text: str) -> bool:
    """Whether one of the first lines opens a message as a phone writes it."""
    return any(OPENING.fullmatch(line.translate(MARKS).strip()) for line in text[:20_000].split("\n")[:20])


def read(text: str, key: bytes) -> Sheet:
    """The messages of a chat. The sender's name never leaves this function: the digest tells people apart."""
    left = _gather(text)
    sheet = Sheet("chat", list(HEAD))
    for message in left.messages:
        check_size(len(sheet.lines), len(HEAD))
        line = _line(message, key, left)
        if line is not None:
            sheet.lines.append(line)
    if not sheet.lines:
        raise UnreadableFile(N_("Tidak ada pesan yang dapat dibaca di ekspor percakapan ini."))
    sheet.notes = list(_notes(left))
    return sheet


def _gather(text: str) -> _Left:
    """Messages with all their lines; what stands before the first one belongs to nobody."""
    left = _Left()
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        line = raw.translate(MARKS).rstrip()
        opening = OPENING.fullmatch(line.lstrip())
        if opening:
            moment = " ".join(part for part in opening.groups()[:4] if part)
            left.messages.append(_Message(number, moment, [opening[5]]))
        elif left.messages:
            left.messages[-1].said.append(line)
        elif line:
            left.before += 1
    return left


def _line(message: _Message, key: bytes, left: _Left) -> Line | None:
    spoken = SENDER.fullmatch("\n".join(message.said))
    if spoken is None or SYSTEM.fullmatch(spoken[2]):
        left.system += 1
        return None
    words = EDITED.sub("", spoken[2]).strip()
    if not words or GONE.fullmatch(words):
        left.system += 1
        return None
    first, _, rest = words.partition("\n")
    if MEDIA.fullmatch(first):
        left.media += 1
        words = rest.strip()
        if not words:
            return None
    return Line(message.number, [message.moment, _person(spoken[1], key), mask(words).text])


def _person(sender: str, key: bytes) -> str:
    return hmac.new(key, b"chat sender:" + sender.strip().encode(), hashlib.sha256).hexdigest()[:16]


def _notes(left: _Left) -> Iterator[Note]:
    yield Note(N_("Nama dan nomor pengirim tidak disimpan; nomor di dalam pesan ditutup."))
    if left.system:
        yield Note(N_("%(n)s pemberitahuan WhatsApp tidak diambil."), {"n": left.system})
    if left.media:
        yield Note(N_("%(n)s foto, suara, atau berkas tidak diambil; keterangannya diambil."), {"n": left.media})
    if left.before:
        yield Note(N_("%(n)s baris sebelum pesan pertama tidak diambil."), {"n": left.before})
