"""Reads one file within limits and writes its rows as JSON lines: `python -m services.sources FILE NAME ROWS SHEET`.

The key that makes a sender's digest comes by standard input; what was found, or the refusal, goes to standard output.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from services.errors import UnreadableFile
from services.sources import chats, csvs, guards, workbooks
from services.sources.sheet import Note, Sheet
from services.tongue import N_

MEMORY, SECONDS, WRITTEN = 768 * 2**20, 60, 512 * 2**20


def main() -> None:
    """Read, write, say what there is."""
    path, name, rows, wanted = sys.argv[1:5]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheet = read(Path(path), name, sys.stdin.buffer.read(), wanted)
        write(sheet, Path(rows))
        said = {"kind": sheet.kind, "head": sheet.head, "notes": [asdict(n) for n in sheet.notes]}
        tabs = [asdict(tab) for tab in sheet.tabs]
        answer: dict[str, object] = {**said, "total": len(sheet.lines), "sheet": sheet.name, "tabs": tabs}
    except UnreadableFile as refusal:
        answer = {"refusal": asdict(Note(refusal.message, refusal.values))}  # type: ignore[arg-type]
    except (MemoryError, RecursionError):
        answer = {"refusal": asdict(Note(N_("Berkas ini terlalu besar untuk dibaca; bagi menjadi beberapa berkas.")))}
    json.dump(answer, sys.stdout)


def read(path: Path, name: str, key: bytes, wanted: str = "") -> Sheet:
    """The sheet of a file, by what it is; of a workbook the one that is wanted."""
    if guards.kind_of(path, name) == "xlsx":
        return workbooks.read(path, wanted)
    if wanted:
        raise UnreadableFile(N_("Berkas ini bukan buku kerja, jadi tidak punya lembar “%(name)s”."), name=wanted)
    content = path.read_bytes()
    text, _notes = csvs.decode(content)
    return chats.read(text, key) if chats.is_chat(text) else csvs.read(content)


def write(sheet: Sheet, rows: Path) -> None:
    """One row a line, so that whoever takes them needs none of the others in memory."""
    with rows.open("w", encoding="ascii") as file:
        for line in sheet.lines:
            fault = asdict(line.fault) if line.fault else None
            file.write(json.dumps([line.number, line.cells, fault]) + "\n")


if __name__ == "__main__":
    main()
