"""Ours beside BERTopic in one table: each set and each way of running it, with the interval of the difference."""

from collections.abc import Sequence

from benchmarks.rows import Row

HEAD = (
    "set",
    "BERTopic",
    "NMI, ours",
    "NMI, theirs",
    "NMI over theirs",
    "ARI over theirs",
    "times as fast",
    "without a theme, theirs",
)


def beside(rows: Sequence[Row]) -> list[str]:
    """Lines of a Markdown table; a peer that was ended has no figures of quality.

    >>> beside([])
    []
    """
    known = {(row.dataset, row.tool, row.measure): row for row in rows}
    asked = [(row.dataset, row.tool) for row in rows if row.tool.startswith("BERTopic") and row.measure == "speed"]
    if not asked:
        return []
    lines = [f"| {' | '.join(HEAD)} |", f"| --- | --- |{' ---: |' * (len(HEAD) - 2)}"]
    for name, tool in asked:
        ours = [known.get((name, "ours", f"{what} {tool}")) for what in ("NMI over", "ARI over", "times as fast as")]
        cells = [
            _value(known.get((name, "ours", "NMI"))),
            _value(known.get((name, tool, "NMI"))) or known[name, tool, "speed"].note,
            *map(_banded, ours[:2]),
            f"{ours[2].note} {ours[2].value:.1f}".strip() if ours[2] else "",
            _share(known.get((name, tool, "without a theme"))),
        ]
        lines.append(f"| {' | '.join((name, tool.removeprefix('BERTopic, '), *cells))} |")
    return lines


def _value(row: Row | None) -> str:
    return f"{row.value:.3f}" if row else ""


def _banded(row: Row | None) -> str:
    if row is None or row.low is None or row.high is None:
        return _value(row)
    return f"{row.value:+.3f} ({row.low:+.3f} to {row.high:+.3f})"


def _share(row: Row | None) -> str:
    return f"{row.value:.0%}" if row else ""
