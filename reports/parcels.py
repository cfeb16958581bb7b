"""Office files as parcels: their parts in a fixed order, with one fixed time and nothing of the machine."""

import io
import zipfile
from collections.abc import Mapping

FIRST = "[Content_Types].xml"  # programs look for it at the front
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP file can say


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of an office file by their names.

    >>> parts(parcel({"a.xml": b"<a/>"}))
    {'a.xml': b'<a/>'}
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def parcel(content: Mapping[str, bytes]) -> bytes:
    """The parts as one ZIP file: the list of contents first, the rest by name; the same parts give the same bytes.

    Args:
        content: the parts by their names.

    Source: ECMA-376, part 2 (Open Packaging Conventions); APPNOTE of ZIP, 4.4.

    >>> parcel({"b": b"2", "a": b"1"}) == parcel({"a": b"1", "b": b"2"})
    True
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in sorted(content, key=lambda name: (name != FIRST, name)):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(entry, content[name], compresslevel=6)
    return packed.getvalue()
