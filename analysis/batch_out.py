"""What the batch interface writes: a result as one document, or as a record a line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from itertools import chain
from json.encoder import encode_basestring as quoted
from pathlib import Path
from typing import Any

from analysis.readings import Columns
from analysis.types import Analysis, Campaign, Disagreement, Rank, Theme, TypeMark

RECORDS = {
    "readings": "reading",
    "themes": "theme",
    "campaigns": "campaign",
    "contrasts": "contrast",
    "ranking": "rank",
}


# Of a hundred thousand texts most have the weights, words and lists of another one: each is put into JSON once.
REMEMBERED = 65_536
ENCODE = json.JSONEncoder(ensure_ascii=False).encode
TRUTH = {True: "true", False: "false"}
_number = lru_cache(maxsize=REMEMBERED)(repr)


@lru_cache(maxsize=REMEMBERED)
def _list(names: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, names))}]"


@lru_cache(maxsize=REMEMBERED)
def _word(word: str, weight: float) -> str:
    return f'{{"word": {quoted(word)}, "weight": {weight!r}}}'


@lru_cache(maxsize=REMEMBERED)
def _types(marks: tuple[TypeMark, ...]) -> str:
    return ENCODE([{"type": mark.type, "cues": mark.cues} for mark in marks])


def _dimension(code: str, confidence: float, cues: Sequence[str]) -> str:
    cued = ", ".join(map(quoted, cues))
    return f'{{"code": {quoted(code)}, "confidence": {_number(confidence)}, "cues": [{cued}]}}'


def _name(value: str | None) -> str:
    return "null" if value is None else quoted(value)


def _readings(columns: Columns) -> Iterator[str]:
    """Some readings as JSON; written by hand, which takes a third of the time that a dictionary and an encoder take."""
    for (id_, language, is_guess, types, sentiment, dimensions, theme, reason, words, margin, duplicate, text, flags,
         candidates) in zip(*columns, strict=True):  # fmt: skip
        yield (
            f'{{"id": {quoted(id_)}, "language": "{language}", "low_confidence": {TRUTH[is_guess]}, '
            f'"types": {_types(types)}, "sentiment": "{sentiment}", '
            f'"dimensions": [{", ".join([_dimension(*one) for one in dimensions])}], '
            f'"theme": {_name(theme)}, "theme_reason": {_name(reason)}, '
            f'"words": [{", ".join([_word(*one) for one in words])}], "margin": {_number(margin)}, '
            f'"duplicate_group": {_name(duplicate)}, "masked_text": {quoted(text)}, '
            f'"flags": {_list(flags)}, "candidates": {_list(candidates)}}}'
        )


def _theme(theme: Theme, apart: Disagreement | None) -> dict[str, Any]:
    said = apart and {
        "value": apart.value,
        "measure": apart.measure,
        "groups": [asdict(g) | {"types": dict(g.types)} for g in apart.groups],
    }
    return asdict(theme) | {"groups": dict(theme.groups), "stance": dict(theme.stance), "disagreement": said}


def _campaign(c: Campaign) -> dict[str, Any]:
    return {"id": c.id, "members": c.members, "texts": c.texts, "people": c.people, "days": c.days, "kind": c.kind}


def _rank(rank: Rank) -> dict[str, Any]:
    parts = {p.code: asdict(p) | {"detail": dict(p.detail)} for p in rank.parts}
    return asdict(rank) | {"rank": rank.place, "range": [rank.low, rank.high], "parts": parts}


def _records(result: Analysis) -> dict[str, Iterable[str]]:
    """The lists of the result as JSON, record by record, each made while it is written."""
    apart = {d.theme: d for d in result.disagreements}
    return {
        "readings": chain.from_iterable(map(_readings, result.readings.columns())),
        "themes": (ENCODE(_theme(t, apart.get(t.id))) for t in result.themes),
        "campaigns": (ENCODE(_campaign(c)) for c in result.campaigns),
        "contrasts": (ENCODE(asdict(c)) for c in result.contrasts),
        "ranking": (ENCODE(_rank(r)) for r in result.ranking),
    }


def as_document(result: Analysis) -> dict[str, Any]:
    """The result as plain data in the documented form.

    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> found = analyse([Text("1", "rob masuk rumah")], plan=Plan())
    >>> list(as_document(found))
    ['run', 'readings', 'themes', 'campaigns', 'contrasts', 'ranking']
    """
    return {"run": _run(result)} | {name: list(map(json.loads, rows)) for name, rows in _records(result).items()}


def _run(result: Analysis) -> dict[str, Any]:
    run = asdict(result.run)
    return run | {name: dict(run[name]) for name in ("versions", "parameters", "counts")}


def write(result: Analysis, out: Path) -> None:
    """Write one document (.json) or one record a line (.jsonl), a reading at a time.

    >>> from tempfile import TemporaryDirectory
    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> found = analyse([Text("1", "rob masuk rumah")], plan=Plan())
    >>> with TemporaryDirectory() as folder:
    ...     out = Path(folder) / "out.jsonl"
    ...     write(found, out)
    ...     [json.loads(line)["record"] for line in out.read_text("utf-8").splitlines()]
    ['run', 'reading', 'theme', 'rank']
    """
    # Half characters of an id cannot be written; everything else was cleaned.
    with out.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        if out.suffix == ".json":
            file.write(f'{{\n"run": {ENCODE(_run(result))}')
            for name, rows in _records(result).items():
                file.write(f',\n"{name}": [')
                file.writelines(f"{',' if number else ''}\n{row}" for number, row in enumerate(rows))
                file.write("\n]")
            file.write("\n}\n")
        else:
            file.write(ENCODE({"record": "run"} | _run(result)) + "\n")
            for name, rows in _records(result).items():
                file.writelines(f'{{"record": "{RECORDS[name]}", {row[1:]}\n' for row in rows)
