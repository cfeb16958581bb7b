"""Stage 4b, sentiment: a small civic lexicon with negation; it stays out of headlines."""

from analysis import words

NEGATORS = frozenset("tidak bukan belum jangan tanpa kurang not no never".split())
REACH = 3


def sentiment(tokens: list[str]) -> str:
    """negative, neutral, positive or mixed; a negator turns the next three words round.

    >>> sentiment(["jalan", "tidak", "aman"]), sentiment(["bagus", "tapi", "kotor"])
    ('negative', 'mixed')
    """
    lexicon = words.labelled("sentiment.txt")
    good = bad = 0
    turned = 0
    for token in tokens:
        if token in NEGATORS:
            turned = REACH
            continue
        sign = (token in lexicon["+"]) - (token in lexicon["-"])
        sign = -sign if turned and sign > 0 else sign
        good, bad, turned = good + (sign > 0), bad + (sign < 0), max(turned - 1, 0)
    if good and bad:
        return "mixed"
    return "positive" if good else "negative" if bad else "neutral"
