"""Stage 1b, tokenise: one pass over the normalised text feeds every later stage."""

import re

TOKENS = re.compile(r"[^\W\d_]+")


def tokenise(normalised: str) -> list[str]:
    """Words in their order; digits and signs are left out.

    >>> tokenise("rob masuk rumah, 3x!")
    ['rob', 'masuk', 'rumah', 'x']
    """
    return TOKENS.findall(normalised)
