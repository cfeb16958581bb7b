"""The batch interface: `python -m analysis IN OUT`."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis import pipeline
from analysis.types import Analysis, Area, CodebookTheme, Dimension, Mission, Plan, Reading, Text

OK, SOME_REFUSED, NOTHING_USABLE = 0, 3, 2
COLUMNS = ("id", "text", "person", "group", "area", "dimension", "created_at", "language", "condition", "importance")
RECORDS = (
    ("readings", "reading"),
    ("themes", "theme"),
    ("campaigns", "campaign"),
    ("contrasts", "contrast"),
    ("ranking", "rank"),
)
HERE = Path(__file__).resolve().parent.parent


class Unusable(Exception):
    """The input as a whole cannot be used."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Rows of a CSV or JSON Lines file with their numbers; a broken row is its reason instead."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path.name}: {error}") from error
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        yield from _json_rows(text)
    elif path.suffix.lower() == ".csv":
        yield from _csv_rows(text)
    else:
        raise Unusable(f"{path.name}: IN ends in .csv or .jsonl")


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"not JSON: {error}"
            continue
        yield number, row if isinstance(row, dict) else "not an object"


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    csv.field_size_limit(2**24)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not {"id", "text"} <= set(header):
            raise Unusable(f"the header needs id and text; it has {', '.join(header) or 'nothing'}")
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                yield number, f"{len(cells)} cells instead of {len(header)}"
            else:
                yield number, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise Unusable(f"line {reader.line_num}: {error}") from error


def to_text(row: dict[str, Any], known: set[str]) -> Text:
    """One row as a Text; raises ValueError with the reason."""
    for name in ("id", "text"):
        if not isinstance(row.get(name), str):
            raise ValueError(f"{name} is missing or no text")
    if not row["id"].strip() or row["id"] in known:
        raise ValueError(f"id {row['id'][:40]!r} is empty or stood before")
    if any(ord(c) < 32 and c not in "\n\r\t" for c in row["text"]):
        raise ValueError("text holds control characters")
    known.add(row["id"])
    plain = {n: row[n] for n in COLUMNS[2:8] if isinstance(row.get(n), str) and row[n]}
    wrong = [n for n in COLUMNS[2:8] if row.get(n) is not None and not isinstance(row[n], str)]
    if wrong:
        raise ValueError(f"{wrong[0]} is no text")
    return Text(
        row["id"], row["text"], **plain, condition=_scale(row, "condition"), importance=_scale(row, "importance")
    )


def _scale(row: dict[str, Any], name: str) -> int | None:
    value = str(row.get(name) or "").strip()
    if value and value not in ("1", "2", "3", "4"):
        raise ValueError(f"{name} {value[:20]!r} is not 1 to 4")
    return int(value) if value else None


def _table(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _split(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split("|") if part)


def read_plan(folder: Path) -> Plan:
    """The plan folder; a file that is not there leaves its part empty."""
    return Plan(
        tuple(Dimension(r["code"], r["label_id"], _split(r["keywords"])) for r in _table(folder / "dimensions.csv")),
        tuple(Area(r["code"], r["name"], _split(r["aliases"])) for r in _table(folder / "areas.csv")),
        tuple(Mission(r["code"], _split(r["dimensions"])) for r in _table(folder / "missions.csv")),
        tuple((r["code"], float(r["weight"])) for r in _table(folder / "criteria.csv")),
    )


def read_codebook(path: Path) -> tuple[CodebookTheme, ...]:
    """A codebook: code, dimension, label_id, label_en, include, exclude and perhaps keywords."""
    rows = _table(path)
    if not rows or not {"code", "label_id"} <= rows[0].keys():
        raise Unusable(f"{path.name}: a codebook has the columns code, dimension, label_id, include, exclude")
    return tuple(
        CodebookTheme(
            r["code"],
            r["label_id"],
            r.get("dimension") or None,
            r.get("include") or "",
            r.get("exclude") or "",
            _split(r.get("keywords") or ""),
            r.get("label_en") or "",
        )
        for r in rows
    )


def as_document(result: Analysis) -> dict[str, Any]:
    """The result as plain data in the documented form."""
    run = asdict(result.run)
    apart = {
        d.theme: {
            "value": d.value,
            "measure": d.measure,
            "groups": [asdict(g) | {"types": dict(g.types)} for g in d.groups],
        }
        for d in result.disagreements
    }
    return {
        "run": run | {name: dict(run[name]) for name in ("versions", "parameters", "counts")},
        "readings": [asdict(r) for r in result.readings],
        "themes": [
            asdict(t) | {"groups": dict(t.groups), "stance": dict(t.stance), "disagreement": apart.get(t.id)}
            for t in result.themes
        ],
        "campaigns": [asdict(c) for c in result.campaigns],
        "contrasts": [asdict(c) for c in result.contrasts],
        "ranking": [
            asdict(r)
            | {
                "rank": r.place,
                "range": [r.low, r.high],
                "parts": {p.code: asdict(p) | {"detail": dict(p.detail)} for p in r.parts},
            }
            for r in result.ranking
        ],
    }


def write(document: dict[str, Any], out: Path) -> None:
    """Write one document (.json) or one record a line (.jsonl)."""
    if out.suffix == ".json":
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    else:
        records = [{"record": "run"} | document["run"]]
        records += [{"record": single} | row for many, single in RECORDS for row in document[many]]
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    out.write_text(text.encode("utf-8", "replace").decode("utf-8"), encoding="utf-8")


def _previous(path: Path) -> Analysis:
    try:
        text = path.read_text("utf-8")
        rows = (
            json.loads(text)["readings"]
            if path.suffix == ".json"
            else [r for r in map(json.loads, text.splitlines()) if r["record"] == "reading"]
        )
        readings = tuple(
            Reading(r["id"], r["language"], False, (), r["sentiment"], (), r["theme"], None, (), 0.0, None, "")
            for r in rows
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{path.name} is no earlier result: {error}") from error
    return Analysis(pipeline.empty_run(), readings, (), (), (), ())


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Read texts and order what they say; explained, seeded, offline.",
        epilog="Ends with 0 when all rows were read, 3 when some were refused, 2 when nothing could be used.",
    )
    parser.add_argument("input", metavar="IN", type=Path, help="CSV or JSON Lines with id and text")
    parser.add_argument("output", metavar="OUT", type=Path, help="a file ending in .json or .jsonl")
    parser.add_argument("--themes", metavar="K", type=int, help="how many free themes to look for")
    parser.add_argument("--codebook", metavar="FILE", type=Path, help="match these themes first")
    parser.add_argument("--plan", metavar="DIR", type=Path, default=HERE / "plan", help="the city's plan (plan/)")
    parser.add_argument("--seed", metavar="S", type=int, default=pipeline.SEED, help="seed of everything drawn")
    parser.add_argument("--previous", metavar="OUT0", type=Path, help="keep the theme ids of an earlier result")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="accepted; the result never depends on it")
    options = parser.parse_args(arguments)
    if options.output.suffix not in (".json", ".jsonl"):
        parser.error("OUT ends in .json or .jsonl")
    if options.themes is not None and options.themes < 1:
        parser.error("--themes is at least 1")
    return options


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{'#' * (done * 30 // total):<30} {done}/{total}", end=end, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read IN, write OUT; returns the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["align"]:
        print("align is not built yet", file=sys.stderr)
        return NOTHING_USABLE
    options = _arguments(given)
    texts, refused, known = [], 0, set[str]()
    try:
        codebook = read_codebook(options.codebook) if options.codebook else ()
        previous = _previous(options.previous) if options.previous else None
        for number, row in read_rows(options.input):
            try:
                if isinstance(row, str):
                    raise ValueError(row)
                texts.append(to_text(row, known))
            except ValueError as error:
                refused += 1
                print(f"row {number}: {error}", file=sys.stderr)
        if not texts:
            raise Unusable("no row could be read")
    except Unusable as error:
        print(f"error: {error}", file=sys.stderr)
        return NOTHING_USABLE
    result = pipeline.analyse(
        texts,
        plan=read_plan(options.plan),
        codebook=codebook,
        themes=options.themes,
        seed=options.seed,
        previous=previous,
        progress=_show,
    )
    write(as_document(result), options.output)
    return SOME_REFUSED if refused else OK


if __name__ == "__main__":
    sys.exit(main())
