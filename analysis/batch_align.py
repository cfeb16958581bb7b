"""The batch interface of the alignment: `python -m analysis align OLD.txt NEW.txt OUT.json`."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.alignment import Alignment, align
from analysis.batch_in import Unusable

OK, NOTHING_USABLE = 0, 2
LINE_END = re.compile(r"\r\n?|\n")
BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m analysis align",
        description="Say which paragraph of a draft became which of its next version, by their texts alone.",
        epilog="Paragraphs are separated by blank lines. OUT has `pairs`, one for each old paragraph in order: old and "
        "new by their numbers from 0, state (same, edited, moved, split, merged, removed), similarity and confidence "
        "(0 to 1; below 0.6 a person should look); and `added`, the new ones that come from none. "
        "Ends with 0, or with 2 when nothing could be used.",
    )
    parser.add_argument("old", metavar="OLD", type=Path, help="the older version, a text in UTF-8")
    parser.add_argument("new", metavar="NEW", type=Path, help="the newer version")
    parser.add_argument("output", metavar="OUT", type=Path, help="a file ending in .json")
    options = parser.parse_args(arguments)
    if options.output.suffix != ".json":
        parser.error("OUT ends in .json")
    return options


def main(arguments: Sequence[str]) -> int:
    """Read OLD and NEW, write OUT; returns the exit code.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     old, new, out = (Path(folder) / name for name in ("old.txt", "new.txt", "out.json"))
    ...     said = old.write_text("Rob naik.\\n\\nPompa mati.\\n", "utf-8"), new.write_text("Pompa mati.", "utf-8")
    ...     main([str(old), str(new), str(out)]), json.loads(out.read_text("utf-8"))["added"]
    (0, [])
    """
    options = _arguments(arguments)
    try:
        old, new = read_paragraphs(options.old), read_paragraphs(options.new)
        _check(options)
        _write(align(old, new), options.output)
    except Unusable as error:
        print(f"error: {error}", file=sys.stderr)
        return NOTHING_USABLE
    return OK


def read_paragraphs(path: Path) -> list[str]:
    """The paragraphs of a file, which blank lines separate.

    Args:
        path: a text in UTF-8, with or without a byte order mark, with any line ends.

    Returns:
        At least one paragraph, without white space around it; its own line ends are kept as line feeds.

    Raises:
        Unusable: the file cannot be read, is not UTF-8 or has no paragraph.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "old.txt"
    ...     said = path.write_bytes(b"Rob\\r\\nnaik.\\r\\n \\r\\nPompa mati.\\r\\n")
    ...     read_paragraphs(path)
    ['Rob\\nnaik.', 'Pompa mati.']
    """
    try:
        content = path.read_bytes()
        text = LINE_END.sub("\n", content.decode("utf-8-sig"))
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = len(LINE_END.findall(content[: error.start].decode("latin-1"))) + 1
        raise Unusable(f"{path}: line {line} is not UTF-8") from error
    found = [part.strip() for part in BLANK.split(text) if part.strip()]
    if not found:
        raise Unusable(f"{path}: no paragraph")
    return found


def _check(options: argparse.Namespace) -> None:
    """Nobody's draft is written over."""
    for source in (options.old, options.new):
        if options.output.exists() and options.output.samefile(source):
            raise Unusable(f"{options.output}: is one of the two versions")


def _write(found: Alignment, out: Path) -> None:
    pairs = ",\n".join(
        json.dumps(
            {
                "old": pair.old,
                "new": pair.new,
                "state": pair.state,
                "similarity": pair.similarity,
                "confidence": pair.confidence,
            }
        )
        for pair in found.pairs
    )
    content = f'{{\n"pairs": [\n{pairs}\n],\n"added": {json.dumps(found.added)}\n}}\n'
    try:
        out.write_bytes(content.encode())
    except OSError as error:
        raise Unusable(f"{out}: {error.strerror}") from error
