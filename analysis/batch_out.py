"""What the batch interface writes: a result as one document, or as a record a line."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.types import Analysis, Campaign, Disagreement, Rank, Reading, Theme

RECORDS = {
    "readings": "reading",
    "themes": "theme",
    "campaigns": "campaign",
    "contrasts": "contrast",
    "ranking": "rank",
}


def _reading(r: Reading) -> dict[str, Any]:
    return {
        "id": r.id,
        "language": r.language,
        "low_confidence": r.low_confidence,
        "types": [{"type": m.type, "cues": m.cues} for m in r.types],
        "sentiment": r.sentiment,
        "dimensions": [{"code": d.code, "confidence": d.confidence, "cues": d.cues} for d in r.dimensions],
        "theme": r.theme,
        "theme_reason": r.theme_reason,
        "words": [{"word": c.word, "weight": c.weight} for c in r.words],
        "margin": r.margin,
        "duplicate_group": r.duplicate_group,
        "masked_text": r.masked_text,
        "flags": r.flags,
        "candidates": r.candidates,
    }


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


def _records(result: Analysis) -> dict[str, Iterable[dict[str, Any]]]:
    """The lists of the result as plain data, each made while it is written."""
    apart = {d.theme: d for d in result.disagreements}
    return {
        "readings": map(_reading, result.readings),
        "themes": (_theme(t, apart.get(t.id)) for t in result.themes),
        "campaigns": map(_campaign, result.campaigns),
        "contrasts": map(asdict, result.contrasts),
        "ranking": map(_rank, result.ranking),
    }


def as_document(result: Analysis) -> dict[str, Any]:
    """The result as plain data in the documented form.

    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> found = analyse([Text("1", "rob masuk rumah")], plan=Plan())
    >>> list(as_document(found))
    ['run', 'readings', 'themes', 'campaigns', 'contrasts', 'ranking']
    """
    return {"run": _record(result)} | {name: list(rows) for name, rows in _records(result).items()}


def _record(result: Analysis) -> dict[str, Any]:
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
    encode = json.JSONEncoder(ensure_ascii=False).encode
    # Half characters of an id cannot be written; everything else was cleaned.
    with out.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        if out.suffix == ".json":
            file.write(f'{{\n"run": {encode(_record(result))}')
            for name, rows in _records(result).items():
                file.write(f',\n"{name}": [')
                file.writelines(f"{',' if number else ''}\n{encode(row)}" for number, row in enumerate(rows))
                file.write("\n]")
            file.write("\n}\n")
        else:
            file.write(encode({"record": "run"} | _record(result)) + "\n")
            for name, rows in _records(result).items():
                file.writelines(f"{encode({'record': RECORDS[name]} | row)}\n" for row in rows)
