"""Taking a zip apart, changing a part, and putting it together again; cutting a value in two."""

import io
import zipfile

PLACES = {}


def place(register, name):
    """Note a function as one place."""

    def note(function):
        register[name] = function
        return function

    return note


def halves(value):
    middle = len(value) // 2
    return value[:middle], value[middle:]


def parcel(parts, comment=b"", comments=None):
    """A zip of named parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2026, 11, 2, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.comment = (comments or {}).get(name, b"")
            archive.writestr(info, data)
    return content.getvalue()


def changed(content, *, add=None, edit=None):
    """The zip with parts added, and texts of parts replaced: {part: (old, new)}."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    for name, (old, new) in (edit or {}).items():
        text = parts[name].decode()
        assert old in text, f"{old} is not in {name}"
        parts[name] = text.replace(old, new, 1).encode()
    return parcel(parts | {name: data.encode() for name, data in (add or {}).items()})


def saved(thing):
    content = io.BytesIO()
    thing.save(content)
    return content.getvalue()
