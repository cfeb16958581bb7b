"""The parts of a DOCX: found by their relationships, parsed without entities; what points outside is never fetched."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from services import parcels
from services.errors import UnreadableFile
from services.manuscripts.guards import BROKEN_DOCX, NO_DRAFT
from services.tongue import N_

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict form of the standard says the same in other name spaces.
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
SHOWN_ADDRESSES = ("http://", "https://", "mailto:")
NESTED = (".zip", ".docx", ".docm", ".xlsx", ".xlsm", ".xlsb", ".pptx", ".pptm", ".7z", ".rar", ".gz", ".jar")


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points to: `kind` is the last word of its type, `target` a part, or an address where outside."""

    kind: str
    target: str
    is_outside: bool


class Parts:
    """The parts of an archive that has passed the guards."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        main = [r for r in self.relations("").values() if r.kind == "officeDocument" and not r.is_outside]
        if not main or main[0].target not in self._names:
            raise UnreadableFile(BROKEN_DOCX)
        self.main = main[0].target

    def root(self, name: str) -> Element:
        """A part as a tree; raises UnreadableFile, with the name of the part where it is damaged."""
        try:
            content = self._archive.read(name)
            parcels.check_prologue(content[: parcels.PROLOGUE])
            for strict, usual in STRICT:
                content = content.replace(strict, usual)
            return etree.fromstring(content, _parser())
        except etree.XMLSyntaxError as error:
            if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from error
            if "depth" in str(error):
                raise UnreadableFile(
                    N_("Isi berkas ini bersarang terlalu dalam, misalnya tabel di dalam tabel; tidak dibaca.")
                ) from error
            raise damaged(name) from error
        except (*parcels.BROKEN, KeyError) as error:
            raise damaged(name) from error

    def relations(self, name: str) -> dict[str, Relation]:
        """Where a part points to, by the ids it uses; of the parcel itself for the empty name."""
        folder, file = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self._names:
            return {}
        return {r.get("Id", ""): _relation(r, folder) for r in self.root(path).iter(RELATION)}

    def related(self, kind: str) -> list[str]:
        """The parts of a kind that the text points to, each once."""
        found = (r.target for r in self.relations(self.main).values() if r.kind == kind and not r.is_outside)
        return [name for name in dict.fromkeys(found) if name in self._names]

    def trees(self, kind: str) -> list[Element]:
        """The same as trees."""
        return [self.root(name) for name in self.related(kind)]

    def outside(self) -> Iterator[Relation]:
        """Everything in the whole parcel that points outside."""
        for path in sorted(self._names):
            if path.endswith(".rels") and posixpath.basename(posixpath.dirname(path)) == "_rels":
                for relation in self.root(path).iter(RELATION):
                    found = _relation(relation, "")
                    if found.is_outside:
                        yield found

    def embedded(self) -> int:
        """How many files of their own lie inside; none is opened."""
        names = (name.lower() for name in self._names if not name.endswith("/"))
        return sum("/embeddings/" in name or name.endswith(NESTED) for name in names)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def damaged(name: str) -> UnreadableFile:
    """The refusal that names a part."""
    return UnreadableFile(
        N_("Bagian “%(name)s” berkas ini rusak. Simpan ulang dari Word atau LibreOffice, lalu unggah lagi."),
        name=parcels.shown(name),
    )


def _relation(element: Element, folder: str) -> Relation:
    target, is_outside = element.get("Target", ""), element.get("TargetMode") == "External"
    if not is_outside:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Relation(posixpath.basename(element.get("Type", "")), target, is_outside)


def is_shown(address: str) -> bool:
    """Whether an address may stand in the text: one of the web or of mail, never a path of somebody's machine."""
    return address.lower().startswith(SHOWN_ADDRESSES)


def open_parts(archive: zipfile.ZipFile) -> Parts:
    """The parts of a text document; another kind of Office file is named."""
    parts = Parts(archive)
    if parts.root(parts.main).tag != f"{W}document":
        raise UnreadableFile(NO_DRAFT, kind=posixpath.basename(parts.main))
    return parts
