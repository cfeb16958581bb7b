"""Stage 6c, naming: a theme proposed by the machine is called by its own words."""

from collections.abc import Sequence

import numpy as np
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

from analysis import themes, words
from analysis.findings import Material
from analysis.normalise import spelled

READ, SEEN, HEAVY = 200, 2, 6


def names(m: Material, free: Sequence[int]) -> dict[str, tuple[str, str | None, bool]]:
    """Name and commonest chosen dimension of each free theme (`free`: their numbers); no two have the same name.

    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> found = analyse([Text(str(n), "pompa rob mati lagi") for n in range(4)], plan=Plan())
    >>> [(theme.name, theme.is_proposed) for theme in found.themes]
    [('Pompa rob, mati', True)]
    """
    found: dict[str, tuple[str, str | None, bool]] = {}
    taken: set[str] = set()
    if not free:
        return found
    base = min(free)
    columns, weights = themes.explain(m.features.counts, np.where(m.placing.theme >= base, m.placing.theme - base, -1),
                                      len(free))  # fmt: skip
    for number in free:
        rows = np.flatnonzero(m.placing.theme == number)
        best = rows[np.lexsort((rows, -m.placing.margin[rows]))][:READ]
        heavy = [
            m.features.forms[c] for c, w in zip(columns[number - base], weights[number - base], strict=True) if w > 0
        ]
        title = name([[spelled(word) for word in m.corpus.words_of(n)] for n in best.tolist()], heavy, taken)
        taken.add(title)
        found[m.placing.themes[number]] = (title, _dimension(m, rows), True)
    return found


def _dimension(m: Material, rows: np.ndarray) -> str | None:
    chosen = m.corpus.dimension.codes[rows]
    times = np.bincount(chosen[chosen >= 0], minlength=len(m.corpus.dimension.names))
    return m.corpus.dimension.names[int(times.argmax())] if times.any() else None


def name(token_lists: Sequence[Sequence[str]], heavy: Sequence[str], taken: set[str]) -> str:
    """A name from the strongest pair of neighbouring words (log-likelihood, Dunning 1993) and the heaviest words.

    No two themes get the same name: a further word is added until the name is free.

    >>> name([["rob", "masuk", "rumah"]] * 3, ["rob", "rumah"], set())
    'Masuk rumah, rob'
    """
    content = [[t for t in tokens if t not in words.stopwords() and len(t) > 2] for tokens in token_lists]
    finder = BigramCollocationFinder.from_documents(content)
    finder.apply_freq_filter(SEEN)
    # of a word that is half of all that is said, nobody can expect how often it stands beside itself
    most = finder.N / 2
    finder.apply_ngram_filter(lambda one, other: one == other and finder.word_fd[one] > most)
    pairs = sorted(finder.score_ngrams(BigramAssocMeasures.likelihood_ratio), key=lambda row: (-row[1], row[0]))
    parts = [" ".join(pairs[0][0])] if pairs and set(pairs[0][0]) & set(heavy[:HEAVY]) else []
    parts += [word for word in heavy if word not in words.stopwords() and not any(word in p.split() for p in parts)]
    for length in range(min(2, len(parts)) or 1, len(parts) + 1):
        title = ", ".join(parts[:length]).capitalize()
        if title and title not in taken:
            return title
    return f"{', '.join(parts).capitalize() or 'Tanpa kata'} ({len(taken) + 1})"
