"""Stage 6c, names: a theme proposed by the machine is called by its own words."""

from collections.abc import Mapping, Sequence

from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

from analysis import words


def name(token_lists: Sequence[Sequence[str]], terms: Sequence[str], forms: Mapping[str, str], taken: set[str]) -> str:
    """A name from the strongest pair of neighbouring words (log-likelihood) and the heaviest terms (stems).

    `forms` leads from a stem to the word to show.

    No two themes get the same name: a further term is added until the name is free.
    """
    content = [[t for t in tokens if t not in words.stopwords() and len(t) > 2] for tokens in token_lists]
    finder = BigramCollocationFinder.from_documents(content)
    finder.apply_freq_filter(2)
    pairs = sorted(finder.score_ngrams(BigramAssocMeasures.likelihood_ratio), key=lambda row: (-row[1], row[0]))
    heavy = [forms.get(term, term) for term in terms]
    parts = [" ".join(pairs[0][0])] if pairs and set(pairs[0][0]) & set(heavy[:6]) else []
    parts += [word for word in heavy if not any(word in part.split() for part in parts)]
    for length in range(min(2, len(parts)) or 1, len(parts) + 1):
        title = ", ".join(parts[:length]).capitalize()
        if title and title not in taken:
            return title
    return f"{', '.join(parts).capitalize() or 'Tanpa kata'} ({len(taken) + 1})"
