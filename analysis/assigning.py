"""New texts into stored themes at once, without a run: their words are looked up, their weights added up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis import codebook, corpus, dimensions, features, kinds, language, placing, sentiment
from analysis.matching import Matcher
from analysis.readings import Readings
from analysis.types import Plan, Text

LEAST = 0.02
Stored = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(slots=True)
class Opened:
    """A few texts made ready: `keys` are the stems, and pairs of stems, whose stored weights are asked for."""

    corpus: corpus.Corpus
    features: features.Features
    languages: np.ndarray
    is_guess: np.ndarray
    keys: tuple[str, ...]


def weights(matcher: Matcher) -> Iterator[tuple[str, str, float]]:
    """What is stored of a run: (stem or pair, theme, weight) wherever a word speaks for a theme.

    >>> from analysis.pipeline import analyse
    >>> found = analyse([Text(str(n), "pompa rob mati") for n in range(3)], plan=Plan())
    >>> {key for key, theme, weight in weights(found.readings.matcher)} <= {"pompa", "rob", "mati"}
    True
    """
    columns, themes = np.nonzero(np.abs(matcher.weights) >= LEAST)
    for column, theme in zip(columns.tolist(), themes.tolist(), strict=True):
        yield matcher.columns[column], matcher.themes[theme], round(float(matcher.weights[column, theme]), 4)


def open_texts(texts: Sequence[Text]) -> Opened:
    """Clean, mask, split and stem a few texts, in the order of their ids.

    >>> open_texts([Text("1", "pompa rob mati")]).keys
    ('pompa', 'rob', 'mati', 'pompa rob', 'rob mati')
    """
    read = corpus.read(sorted(texts, key=lambda t: t.id))
    spoken, is_guess = features.languages(read)
    words = features.build(read, spoken == language.LANGUAGES.index("en"))
    pairs = {
        f"{words.names[a]} {words.names[b]}"
        for number in range(len(read))
        for a, b in _neighbours(words.token_keys[read.bounds[number] : read.bounds[number + 1]])
    }
    return Opened(read, words, spoken, is_guess, (*words.names, *sorted(pairs)))


def _neighbours(keys: np.ndarray) -> Iterator[tuple[int, int]]:
    said = keys[keys >= 0].tolist()
    return zip(said, said[1:], strict=False)


def assign(opened: Opened, stored: Stored, themes: Mapping[str, str | None], plan: Plan) -> Readings:
    """Place texts in stored themes; what no theme's words reach says so and waits for the next run.

    Args:
        opened: the texts, from `open_texts`.
        stored: for each of the texts' keys the themes it speaks for, with weights (`weights`).
        themes: every theme with its dimension, None where it has none; with `placing.EMPTY_THEME` among them a text
            without content stands there.
        plan: the city's dimensions.

    >>> opened = open_texts([Text("1", "rob masuk rumah"), Text("2", "lampu gang padam")])
    >>> found = assign(opened, {"rob": [("DIS-ROB", 1.5)]}, {"DIS-ROB": None}, Plan())
    >>> [(r.theme, r.theme_reason) for r in found]
    [('DIS-ROB', None), (None, 'no_shared_words')]
    """
    known = {theme: dimension for theme, dimension in themes.items() if theme != placing.EMPTY_THEME}
    frame = codebook.Frame({key: tuple(rows) for key, rows in stored.items()}, known, {})
    read, words = opened.corpus, opened.features
    roots = np.arange(len(read))
    wanted = {key for key in opened.keys if " " in key}
    placed, matcher = placing.place(read, words, frame, roots, list(themes), wanted, passes=1)
    of_theme = dimensions.numbers([known[theme] for theme in matcher.themes], plan.dimensions)
    nobody = np.full(len(read), -1)
    marks = dimensions.mark(matcher, len(words.names), plan.dimensions, of_theme, nobody)
    return Readings(
        read,
        words,
        placed,
        matcher,
        marks,
        tuple(d.code for d in plan.dimensions),
        opened.languages,
        opened.is_guess,
        kinds.said(read.tokens, read.bounds, read.words, (read.flags & corpus.ASKS) > 0),
        sentiment.sentiments(read.tokens, read.bounds, read.words),
        nobody,
    )
