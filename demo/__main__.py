"""`python -m demo`: write a file of invented submissions, and tell how it was made."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from demo import generator
from demo.tables import words

DAY = date.fromisoformat
EXAMPLE = "Example: python -m demo kota.csv --size kota --seed 7 --opens 2026-09-01 --closes 2026-09-28"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the file and print its shares; 2 when a date or the file does not work."""
    asked = _parser().parse_args(arguments)
    if asked.closes < asked.opens:
        print("The round closes before it opens: give --closes a later date.", file=sys.stderr)
        return 2
    made = generator.rows(asked.size, asked.seed, asked.opens, asked.closes, asked.round)
    try:
        generator.write(asked.out, made)
    except OSError as error:
        print(f"{asked.out} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    print(summary(made, asked.out))
    return 0


def summary(made: list[generator.Row], out: Path) -> str:
    """What stands in the file: groups, dimensions, flags."""
    flags = Counter(flag.split(":")[0] for row in made for flag in row["expected_flags"].split("|") if flag)
    people = len({row["expected_person"] for row in made})
    lines = [f"{len(made)} submissions of {people} people in {out}"]
    for name, counts in (
        ("groups", Counter(row["group"] for row in made)),
        ("dimensions", Counter(row["dimension"] for row in made)),
        ("channels", Counter(row["channel"] for row in made)),
        ("flags", flags),
    ):
        lines.append(f"{name}: " + ", ".join(f"{thing} {number}" for thing, number in counts.most_common()))
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo",
        description="Write invented submissions of a consultation as a CSV file that `flask import submissions` takes. "
        "Nobody is meant; every number in it is impossible. The same options give the same bytes.",
        epilog=f"{EXAMPLE}. Then: flask --app app import submissions kota.csv. "
        "Columns that begin with expected_ say what was meant; the import passes over them.",
    )
    sizes = ", ".join(f"{name} {number}" for name, number in words("people")["sizes"].items())
    parser.add_argument("out", metavar="OUT.csv", type=Path, help="the file to write; one that is there is replaced")
    known = list(words("people")["sizes"])
    parser.add_argument("--size", choices=known, default="kota", help=f"{sizes} (default kota)")
    parser.add_argument("--seed", type=int, default=1, help="a whole number; another seed, other texts (default 1)")
    parser.add_argument("--opens", metavar="DATE", type=DAY, required=True, help="first day, as 2026-09-01")
    parser.add_argument("--closes", metavar="DATE", type=DAY, required=True, help="last day, included")
    parser.add_argument("--round", metavar="CODE", default="D", help="what the ids begin with (default D)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
