"""Stage 7, contrasts: the words by which a group differs from the others."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from analysis.types import Contrast

CLEAR, FEWEST, MOST = 3.0, 3, 20


def contrasts(
    groups: Sequence[str | None],
    documents: Sequence[Sequence[str]],
    letters: Sequence[int],
    forms: Mapping[str, str],
) -> tuple[Contrast, ...]:
    """Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008) on document counts.

    `letters` numbers the near-identical texts, which count once in a group; `forms` leads from a stem to the word to
    show. Only words with z over 3 that at least three texts of the group hold.
    """
    per_group: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[tuple[str, int]] = set()
    for group, keys, letter in zip(groups, documents, letters, strict=True):
        if group and (group, letter) not in seen:
            seen.add((group, letter))
            per_group[group].update({k for k in keys if " " not in k})
    everywhere: Counter[str] = Counter()
    for counted in per_group.values():
        everywhere.update(counted)
    found = [row for group in sorted(per_group) for row in _of_group(group, per_group[group], everywhere, forms)]
    return tuple(found)


def _of_group(group: str, own: Counter[str], everywhere: Counter[str], forms: Mapping[str, str]) -> list[Contrast]:
    size, total, rows = sum(own.values()), sum(everywhere.values()), []
    for term, count in own.items():
        prior, rest = everywhere[term], everywhere[term] - count
        one = (count + prior) / max(size + total - count - prior, 1e-9)
        other = (rest + prior) / max(total - size + total - rest - prior, 1e-9)
        z = (math.log(one) - math.log(other)) / math.sqrt(1 / (count + prior) + 1 / (rest + prior))
        if z > CLEAR and count >= FEWEST:
            rows.append(Contrast(group, forms.get(term, term), round(z, 2), count, count))
    return sorted(rows, key=lambda row: (-row.z, row.term))[:MOST]
