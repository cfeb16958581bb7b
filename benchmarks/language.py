"""Which language a text is in: cue words and the automaton walked over many texts at once, beside py3langid itself."""

import sys
from pathlib import Path

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis import language
from benchmarks.public import columns, nusax
from benchmarks.rows import Row, interval, show, timed

STAGE = "language"
# so that a run takes some tenths of a second
TIMES = 20


def run(sets: Path | None) -> list[Row]:
    """Right answers on NusaX and documents per CPU second; without a folder of sets there is nothing to measure."""
    if sets is None:
        return []
    texts: list[str] = []
    meant: list[str] = []
    for code in language.KNOWN:
        found = nusax(sets, code, "train") + nusax(sets, code, "valid")
        texts += found.texts
        meant += [code] * len(found.texts)
    known = np.array(meant)
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    library.set_languages(list(language.CLASSES))
    many = texts * TIMES
    tokens, bounds, vocabulary = columns(many)
    language.classify(texts[:1])
    judged, seconds = timed(lambda: [library.classify(text) for text in texts])
    (ours, guesses), fast = timed(lambda: language.languages(many, tokens, bounds, vocabulary))
    _, whole = timed(lambda: _from_raw(many))
    (walked, sure), model = timed(lambda: language.classify(many))
    peer = np.array(["id" if code == "ms" else code for code, _ in judged])
    told = np.array(language.LANGUAGES)[ours[: len(texts)]]
    alone = np.array(language.LANGUAGES)[walked[: len(texts)]]
    rows = [
        _speed("py3langid", len(texts) / seconds),
        _speed("ours, from raw text on", len(many) / whole),
        _speed("ours", len(many) / fast, "the words were split before, as in the pipeline"),
        _speed("ours, model alone", len(many) / model),
    ]
    for tool, codes in (("py3langid", peer), ("ours", told), ("ours, model alone", alone)):
        rows += [_share(tool, f"right, {code}", codes[known == code] == code) for code in language.KNOWN]
    rows.append(_share("ours, model alone", "same language as py3langid", alone == peer))
    apart = np.abs(np.array([share for _, share in judged]) - sure[: len(texts)])
    rows.append(Row(STAGE, "NusaX", "ours, model alone", "largest difference in probability", float(apart.max())))
    rows.append(_share("ours", "called a guess", guesses[: len(texts)]))
    return rows


def _from_raw(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    return language.languages(texts, *columns(texts))


def _speed(tool: str, value: float, note: str = "") -> Row:
    return Row(STAGE, "NusaX", tool, "speed", value, "docs/CPU s", note=note)


def _share(tool: str, measure: str, is_so: np.ndarray) -> Row:
    low, high = interval(len(is_so), lambda rows: float(is_so[rows].mean()))
    return Row(STAGE, "NusaX", tool, measure, float(is_so.mean()), "share", low, high, f"n={len(is_so)}")


if __name__ == "__main__":
    print(show(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
