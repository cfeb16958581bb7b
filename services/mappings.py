"""Mappings: what the columns of a file mean; guessed with a reason, set by a person, kept for the next file."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models import ImportMapping
from models.vocabulary import Channel, Group
from services.errors import UnreadableFile
from services.imports import COLUMNS, LABEL_PREFIX, Brought
from services.rows import MORE
from services.sources.sheet import Line
from services.tables import BadRow, Row, RowError
from services.tongue import N_

# What a column may mean, in the order of the list on the page; the rest of our own columns are for our own files.
TARGETS: dict[str, str] = {
    "text": N_("Isi masukan (tiap kolom satu butir)"),
    "proposal": N_("Usul perbaikannya"),
    "kelurahan": N_("Kelurahan"),
    "kecamatan": N_("Kecamatan"),
    "group": N_("Kelompok"),
    "channel": N_("Jalan masuk"),
    "dimension": N_("Bidang"),
    "condition_1_4": N_("Keadaan, 1–4"),
    "importance_1_4": N_("Pentingnya, 1–4"),
    "element": N_("Unsur"),
    "digital": N_("Digital atau bukan"),
    "paragraph_ref": N_("Nomor paragraf naskah"),
    "proposed_text": N_("Usul redaksi"),
    "programme_ref": N_("Nomor program"),
    "programme_verdict": N_("Penilaian program"),
    "evidence_ref": N_("Rujukan"),
    "rpjmd_mission": N_("Misi RPJMD"),
    "sent": N_("Tanda sudah dikirim (kosong: tidak diambil)"),
}
REPEATED = ("text", "kelurahan", "kecamatan")
CHAT = ["", "person", "text"]
PERSONAL = re.compile(
    r"(?i)\b(?:nama|name|e-?mail|surel|telepon|telp|phone|hp|whatsapp|wa|nik|alamat|address|ip address|umur|usia)\b"
)
# Columns that only a form on the web adds to its answers: Google Forms, Microsoft Forms, LimeSurvey.
ONLINE = re.compile(
    r"(?i)^(?:timestamp|stempel waktu|cap waktu|completion time|waktu penyelesaian)$"
    r"|submitdate|date submitted|\blastpage\b|\bstartlanguage\b"
)
# Words in a head, and what they mean; the first that fits counts.
WORDS: tuple[tuple[str, str], ...] = (
    ("sent", r"submitdate|date submitted|tanggal dikirim"),
    ("", r"timestamp|stempel waktu|cap waktu|startlanguage|lastpage|last page|seed|^no\b|^id\b|^waktu$|^tanggal$"),
    ("channel", r"\bkanal\b|\bjalan masuk\b|^channel$"),
    ("group", r"\bkelompok\b|\bmewakili\b|^group$|\banda sebagai\b"),
    ("kelurahan", r"\bkelurahan\b|\bdesa\b"),
    ("kecamatan", r"\bkecamatan\b"),
    ("importance_1_4", r"\b(?:se)?penting(?:nya)?\b|\bkepentingan\b|\bimportance\b"),
    ("condition_1_4", r"\bkondisi(?:nya)?\b|\bkeadaan(?:nya)?\b|\bcondition\b"),
    ("dimension", r"^bidang$|^dimensi$|^dimension$"),
    ("evidence_ref", r"\brujukan\b|\bbukti\b|^evidence$"),
    ("text", r"\bmasalah(?:nya)?\b|\bpermasalahan\b|\bkeluhan\b|\bceritakan\b|\bproblem\b|\baspirasi\b|\bpendapat\b"),
    ("proposal", r"\bsolusi(?:nya)?\b|\bperbaikan(?:nya)?\b"),
    ("text", r"\busul(?:an)?\b|\bsaran\b|\bmasukan\b|\bharapan\b|\bsuggestion\b|\bpesan\b|\buraian\b|^isi\b|^text$"),
)


@dataclass(slots=True)
class Mapping:
    """What each column means (empty: it is not kept), why it is thought so, and what holds for the whole file."""

    targets: list[str]
    whys: list[dict[str, Any]] = field(default_factory=list)
    group: Group | None = None
    channel: Channel | None = None

    def as_facts(self) -> dict[str, Any]:
        """As it is kept."""
        return {"targets": self.targets, "whys": self.whys, "group": self.group, "channel": self.channel}

    @classmethod
    def of_facts(cls, facts: dict[str, Any]) -> "Mapping":
        """As it was kept."""
        group, channel = facts.get("group"), facts.get("channel")
        return cls(
            list(facts["targets"]),
            list(facts.get("whys", [])),
            Group(group) if group else None,
            Channel(channel) if channel else None,
        )


def is_own(head: Sequence[str]) -> bool:
    """Whether a file has our own columns, by their own names."""
    names = [name for name in head if not name.startswith(LABEL_PREFIX)]
    return "text" in names and set(names) <= set(COLUMNS) and len(set(names)) == len(names)


def signature(kind: str, head: Sequence[str]) -> str:
    """What files with the same head share, whatever stands below it."""
    names = [" ".join(name.casefold().split()) for name in head]
    return hashlib.sha256(json.dumps(["chat" if kind == "chat" else "table", names]).encode()).hexdigest()[:32]


def is_kept(session: Session, kind: str, head: Sequence[str]) -> bool:
    """Whether somebody has said before what the columns of this head mean."""
    return session.get(ImportMapping, signature(kind, head)) is not None


def find(session: Session, kind: str, head: Sequence[str]) -> Mapping:
    """The mapping of a head: the one kept for it, else a guess."""
    kept = session.get(ImportMapping, signature(kind, head))
    if kept is None:
        return guess(kind, head)
    mapping = Mapping.of_facts(kept.columns)
    mapping.whys = [_why(N_("seperti berkas serupa sebelumnya")) for _ in head]
    return mapping


def guess(kind: str, head: Sequence[str]) -> Mapping:
    """What the columns seem to mean, each with its reason. What may name a person is never guessed."""
    if kind == "chat":
        return Mapping(list(CHAT), [_why(N_("percakapan WhatsApp"))] * len(CHAT), channel=Channel.CHAT)
    if is_own(head):
        targets = ["" if name.startswith(LABEL_PREFIX) else name for name in head]
        return Mapping(targets, [_why(N_("nama kolom baku"))] * len(head))
    guessed = [_guess(name) for name in head]
    targets = [target for target, _ in guessed]
    if "text" not in targets and "proposal" in targets:
        targets[targets.index("proposal")] = "text"
    seen: set[str] = set()
    for at, target in enumerate(targets):
        if target in seen and target not in REPEATED:
            targets[at] = ""
        seen.add(target)
    return Mapping(targets, [why for _, why in guessed], channel=_channel(head))


def _channel(head: Sequence[str]) -> Channel | None:
    """How a file came to be, where its columns give that away."""
    if any(ONLINE.search(name.strip()) for name in head):
        return Channel.ONLINE_FORM
    is_assembly = any("usulan" in name.casefold() for name in head) and any("opd" in name.casefold() for name in head)
    return Channel.MUSRENBANG if is_assembly else None


def _guess(name: str) -> tuple[str, dict[str, Any]]:
    personal = PERSONAL.search(name)
    for target, words in WORDS:
        found = re.search(words, name, re.IGNORECASE)
        if found and not (personal and target not in ("kelurahan", "kecamatan")):
            return target, _why(N_("judulnya memuat “%(word)s”"), word=found[0])
    if personal:
        return "", _why(N_("mungkin data pribadi (“%(word)s”)"), word=personal[0])
    return "", _why(N_("tidak dikenali"))


def _why(message: str, **values: str) -> dict[str, Any]:
    return {"message": message, "values": values}


def check(mapping: Mapping, head: Sequence[str]) -> None:
    """Refuse a mapping that could take nothing, or would take two columns for one thing."""
    if len(mapping.targets) != len(head):
        message = N_("Pemetaan ini untuk %(n)s kolom, berkasnya %(m)s.")
        raise UnreadableFile(message, n=len(mapping.targets), m=len(head))
    unknown = [t for t in mapping.targets if t and t not in TARGETS and t not in COLUMNS and t != "person"]
    if unknown:
        raise UnreadableFile(N_("Arti kolom tidak dikenal: %(names)s."), names=", ".join(unknown)[:200])
    if not {"text", "proposal"} & set(mapping.targets):
        raise UnreadableFile(N_("Pilih sedikitnya satu kolom sebagai isi masukan."))
    for target, times in Counter(mapping.targets).items():
        if target and times > 1 and target not in REPEATED:
            raise UnreadableFile(N_("%(n)s kolom dipilih sebagai “%(target)s”; pilih satu."), n=times, target=target)


def explain(mapping: Mapping, before: Mapping) -> None:
    """Say of each column why it is taken for what it is: as before, or because somebody chose so."""
    chosen = _why(N_("pilihan Anda"))
    pairs = zip(mapping.targets, before.targets, before.whys or [chosen] * len(before.targets), strict=True)
    mapping.whys = [why if target == was else chosen for target, was, why in pairs]


def keep(session: Session, kind: str, head: Sequence[str], mapping: Mapping, *, now: datetime) -> None:
    """Keep a mapping for the next file with this head."""
    name = signature(kind, head)
    row = session.get(ImportMapping, name) or ImportMapping(signature=name)
    row.columns, row.changed_at = mapping.as_facts() | {"whys": []}, now
    session.add(row)


def apply(mapping: Mapping, head: Sequence[str], line: Line) -> Brought:
    """A row as it is taken. It is known again by all its columns, whatever they are said to mean."""
    if line.fault:
        message, values = line.fault.message, line.fault.values
        return Brought(line.number, {}, {}, BadRow(message, **values).at(line.number))
    if line.digest:
        return Brought(line.number, {}, {}, digest=line.digest)
    row: Row = {}
    person = ""
    for target, cell in zip(mapping.targets, line.cells, strict=True):
        if target == "person":
            person = cell
        elif target:
            row[_free(target, row)] = cell
    return Brought(line.number, row, _identity(head, line.cells), person=person)


def head_of(mapping: Mapping, head: Sequence[str], target: str) -> str:
    """How a column is called in the file; its own name where no column of the file means it."""
    return next((name for name, meant in zip(head, mapping.targets, strict=True) if meant == target), target)


def worded(mapping: Mapping, head: Sequence[str], error: RowError) -> RowError:
    """The error with the column as the file calls it."""
    name = head_of(mapping, head, error.column)
    values = error.values | {"column": name} if error.column else error.values
    return replace(error, column=name, values=values)


def _free(target: str, row: Row) -> str:
    return target if target not in row else f"{target}{MORE}{sum(c.partition(MORE)[0] == target for c in row) + 1}"


def _identity(head: Sequence[str], cells: Sequence[str]) -> Row:
    identity: Row = {}
    for name, cell in zip(head, cells, strict=True):
        if not name.startswith(LABEL_PREFIX):
            identity[_free(name, identity)] = cell
    return identity
