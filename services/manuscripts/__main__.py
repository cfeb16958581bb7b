"""Reads one DOCX within limits: `python -m services.manuscripts`, the file by standard input, what it holds as JSON.

Nothing is written anywhere but to standard output, and nothing that the file points to is opened.
"""

import json
import resource
import sys
from dataclasses import asdict

from services.errors import UnreadableFile
from services.manuscripts import documents
from services.tongue import N_

MEMORY, SECONDS = 768 * 2**20, 60


def main() -> None:
    """Read, say what there is or why not."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, object] = asdict(documents.read(sys.stdin.buffer.read()))
    except UnreadableFile as refusal:
        answer = {"refusal": {"message": refusal.message, "values": refusal.values}}
    except (MemoryError, RecursionError):
        message = N_("Berkas ini terlalu besar untuk dibaca; bagi menjadi beberapa berkas.")
        answer = {"refusal": {"message": message, "values": {}}}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
