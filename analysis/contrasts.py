"""Stage 7, contrasts: the words by which a group differs from the others."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from analysis.types import Contrast

CLEAR, FEWEST, MOST = 3.0, 3, 20


def contrasts(groups: Sequence[str | None], documents: Sequence[Sequence[str]]) -> tuple[Contrast, ...]:
    """Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008) on document counts.

    Only words with z over 3 that at least three texts of the group hold.
    """
    per_group: dict[str, Counter[str]] = defaultdict(Counter)
    for group, keys in zip(groups, documents, strict=True):
        if group:
            per_group[group].update({k for k in keys if " " not in k})
    everywhere = sum(per_group.values(), Counter())
    total = sum(everywhere.values())
    found = []
    for group in sorted(per_group):
        own, size = per_group[group], sum(per_group[group].values())
        rows = []
        for term, count in own.items():
            prior, rest = everywhere[term], everywhere[term] - count
            one = (count + prior) / max(size + total - count - prior, 1e-9)
            other = (rest + prior) / max(total - size + total - rest - prior, 1e-9)
            z = (math.log(one) - math.log(other)) / math.sqrt(1 / (count + prior) + 1 / (rest + prior))
            if z > CLEAR and count >= FEWEST:
                rows.append(Contrast(group, term, round(z, 2), count, count))
        found += sorted(rows, key=lambda row: (-row.z, row.term))[:MOST]
    return tuple(found)
