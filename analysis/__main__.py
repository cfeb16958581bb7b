"""The batch interface: `python -m analysis IN OUT`, and `python -m analysis align OLD NEW OUT`."""

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis import batch_align, pipeline
from analysis.batch_in import Unusable, read_codebook, read_plan, read_previous, read_rows, to_text
from analysis.batch_out import write
from analysis.types import Text

OK, SOME_REFUSED, NOTHING_USABLE = 0, 3, 2
HERE = Path(__file__).resolve().parent.parent


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Read texts and order what they say; explained, seeded, offline.",
        epilog="Ends with 0 when all rows were read, 3 when some were refused, 2 when nothing could be used. "
        "`python -m analysis align OLD NEW OUT` follows the paragraphs of a draft (align --help).",
    )
    parser.add_argument("input", metavar="IN", type=Path, help="CSV or JSON Lines with id and text")
    parser.add_argument("output", metavar="OUT", type=Path, help="a file ending in .json or .jsonl")
    parser.add_argument("--themes", metavar="K", type=int, help="how many free themes to look for")
    parser.add_argument("--codebook", metavar="FILE", type=Path, help="match these themes first")
    parser.add_argument("--plan", metavar="DIR", type=Path, default=HERE / "plan", help="the city's plan (plan/)")
    parser.add_argument("--seed", metavar="S", type=int, default=pipeline.SEED, help="seed of everything drawn")
    parser.add_argument("--previous", metavar="OUT0", type=Path, help="keep the theme ids of an earlier result")
    parser.add_argument(
        "--jobs", metavar="N", type=int, default=1, help="cores to work on; the result never depends on it"
    )
    options = parser.parse_args(arguments)
    if options.output.suffix not in (".json", ".jsonl"):
        parser.error("OUT ends in .json or .jsonl")
    if not 0 <= options.seed < 2**32:
        parser.error("--seed is a whole number from 0 to 4294967295")
    if options.jobs < 1:
        parser.error("--jobs is at least 1")
    if options.themes is not None and options.themes < 1:
        parser.error("--themes is at least 1")
    return options


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{'#' * (done * 30 // total):<30} {done}/{total}", end=end, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read IN, write OUT; returns the exit code.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     source = Path(folder) / "in.csv"
    ...     said = source.write_text("id,text\\n1,rob masuk rumah\\n", "utf-8")
    ...     main([str(source), f"{folder}/out.json"])
    0
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["align"]:
        return batch_align.main(given[1:])
    options = _arguments(given)
    # Millions of small objects live until the end and none refers back to another: looking for cycles takes a tenth.
    gc.disable()
    try:
        return _run_on(options)
    finally:
        gc.enable()


def _run_on(options: argparse.Namespace) -> int:
    try:
        _check(options.output)
        codebook = read_codebook(options.codebook) if options.codebook else ()
        plan = read_plan(options.plan)
        previous = read_previous(options.previous) if options.previous else None
        texts, refused = _read(options.input)
        result = pipeline.analyse(
            _drained(texts),
            plan=plan,
            codebook=codebook,
            themes=options.themes,
            seed=options.seed,
            previous=previous,
            progress=_show,
            jobs=options.jobs,
            is_sorted=True,
        )
        try:
            write(result, options.output)
        except OSError as error:
            raise Unusable(f"{options.output}: {error.strerror}") from error
    except Unusable as error:
        print(f"error: {error}", file=sys.stderr)
        return NOTHING_USABLE
    return SOME_REFUSED if refused else OK


def _check(out: Path) -> None:
    """Say before the work that its result could not be kept."""
    if out.is_dir() or not os.access(out if out.exists() else out.parent, os.W_OK):
        raise Unusable(f"{out}: cannot be written")


def _read(path: Path) -> tuple[list[Text], int]:
    """The usable rows, and how many were refused and told."""
    texts, refused, known = [], 0, set[str]()
    for number, row in read_rows(path):
        try:
            if isinstance(row, str):
                raise ValueError(row)
            texts.append(to_text(row, known))
        except ValueError as error:
            refused += 1
            print(f"row {number}: {error}", file=sys.stderr)
    if not texts:
        raise Unusable("no row could be read")
    return texts, refused


def _drained(texts: list[Text]) -> Iterator[Text]:
    """The texts by rising id; each is given away as it is read, so that a million do not stand twice."""
    texts.sort(key=lambda text: text.id, reverse=True)
    while texts:
        yield texts.pop()


if __name__ == "__main__":
    sys.exit(main())
