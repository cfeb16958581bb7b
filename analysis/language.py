"""Stage 2, language: cheap cue words first, the model only where they do not decide."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis import words

KNOWN = ("id", "jv", "en")
SURE = 2


@cache
def _model() -> LanguageIdentifier:
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(["id", "jv", "en", "ms"])
    return model


def language(raw: str, raw_tokens: list[str]) -> tuple[str, bool]:
    """The language (id, jv, en, other) and whether that is a guess.

    `raw_tokens` are lower-case words before short spellings were written out. Malay counts as Indonesian; a mixed
    text takes the language with more cue words.
    """
    if not raw_tokens:
        return "other", True
    cues = words.labelled("languages.txt")
    hits = {code: sum(token in cues[code] for token in raw_tokens) for code in KNOWN}
    best, second = sorted(KNOWN, key=lambda code: (-hits[code], KNOWN.index(code)))[:2]
    if hits[best] - hits[second] >= SURE:
        return best, False
    code, confidence = _model().classify(raw)
    return ("id" if code == "ms" else code), bool(confidence < 0.8 or len(raw_tokens) < 4)


def forget() -> None:
    """Give back the 70 MB of the model; it is loaded again when a text needs it."""
    _model.cache_clear()
