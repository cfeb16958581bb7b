"""What sites do without a method: a comment stays at its number, or is looked for by its very words."""

from collections.abc import Sequence

from analysis.alignment import Alignment, Pair


def by_number(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """Paragraph n stays paragraph n: `same` or `edited` by its text, `removed` beyond the end."""
    pairs = [
        _pair(n, n, "same" if text == new[n] else "edited") if n < len(new) else _pair(n, None, "removed")
        for n, text in enumerate(old)
    ]
    return Alignment(tuple(pairs), tuple(range(len(old), len(new))))


def by_equal_text(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """The first new paragraph of the same text that is still free is `same`; what has none is `removed`."""
    free: dict[str, list[int]] = {}
    for place, text in enumerate(new):
        free.setdefault(text, []).append(place)
    pairs = [_pair(n, free[t].pop(0), "same") if free.get(t) else _pair(n, None, "removed") for n, t in enumerate(old)]
    taken = {place for pair in pairs for place in pair.new}
    return Alignment(tuple(pairs), tuple(place for place in range(len(new)) if place not in taken))


def _pair(old: int, new: int | None, state: str) -> Pair:
    found = () if new is None else (new,)
    return Pair(old=old, new=found, state=state, similarity=float(bool(found)), confidence=1.0, main=new)
