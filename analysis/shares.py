"""Stage 8c, shares: a word for how many, on fixed bounds, so that nobody has to judge a number alone."""

from collections.abc import Iterable

from analysis.types import Pairs

FEW, MINORITY, ABOUT_HALF, MAJORITY = WORDS = ("few", "minority", "about_half", "majority")
# From this share on the word holds; the bounds are published and the same for every theme, group and run.
FROM_MINORITY, FROM_HALF, ABOVE_HALF = 0.10, 0.40, 0.60
FEWEST = 3


def word(part: int, whole: int) -> str:
    """What share `part` people are of `whole` people, as one of `WORDS`.

    A majority are more than 60 %, about half 40 to 60 %, a minority 10 % to less than 40 %, and less are a few. One or
    two people are a few of any whole. Raises ValueError where `part` is negative or more than `whole`.

    Source: our own bounds, chosen so that a word never turns on one or two voices of a small meeting.

    >>> word(61, 100), word(60, 100), word(39, 100), word(9, 100), word(2, 2)
    ('majority', 'about_half', 'minority', 'few', 'few')
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if part < FEWEST or part < FROM_MINORITY * whole:
        return FEW
    if part < FROM_HALF * whole:
        return MINORITY
    return ABOUT_HALF if part <= ABOVE_HALF * whole else MAJORITY


def commonest(names: Iterable[str], counts: Iterable[int]) -> Pairs:
    """Each name with its count, the commonest first and of two as common the first in the alphabet; 0 is left out.

    >>> commonest(("b", "a", "c"), (2, 2, 0))
    (('a', 2), ('b', 2))
    """
    said = zip(names, counts, strict=True)
    return tuple(sorted(((name, n) for name, n in said if n), key=lambda pair: (-pair[1], pair[0])))
