"""Agreement between two people who coded the same points without seeing each other's marks."""

import math
from collections import Counter
from collections.abc import Sequence


def kappa(first: Sequence[str], second: Sequence[str]) -> tuple[float, float, float]:
    """Cohen's kappa (1960) with its 95 % interval (Fleiss, Cohen and Everitt's large-sample error, simplified).

    Raises ValueError for unequal or empty lists. Two people who both use one single code agree perfectly.

    >>> kappa(["a", "b", "a", "b"], ["a", "b", "b", "b"])[0]
    0.5
    """
    if not first or len(first) != len(second):
        raise ValueError("two equally long lists with at least one mark each are needed")
    n = len(first)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    ours, theirs = Counter(first), Counter(second)
    expected = sum(ours[code] * theirs[code] for code in ours) / n**2
    if expected == 1:
        return 1.0, 1.0, 1.0
    value = (observed - expected) / (1 - expected)
    error = 1.96 * math.sqrt(observed * (1 - observed) / n) / (1 - expected)
    return round(value, 4), round(max(value - error, -1), 4), round(min(value + error, 1), 4)
