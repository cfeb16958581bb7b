"""Stage 1c, stem: keys for matching only, never shown; place names are protected."""

from functools import cache

import Stemmer

PROTECTED = frozenset(
    "pekalongan kandang panjang krapyak bandengan degayu medono tirto kauman poncol kuripan landungsari sapuro "
    "kelurahan kecamatan permukiman batik rob ipal musrenbang puskesmas angkot wifi taman insinerator".split()
)
CLITICS = ("nya", "lah", "kah", "pun")


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("indonesian")


@cache
def stem(word: str) -> str:
    """The Indonesian Snowball stem of a word (PyStemmer); `Pekalongan` would become `kalong` unprotected.

    >>> stem("pekalongan"), stem("pengangkutan") == stem("angkut")
    ('pekalongan', True)
    """
    if word in PROTECTED:
        return word
    for clitic in CLITICS:
        if word.endswith(clitic) and word[: -len(clitic)] in PROTECTED:
            return word[: -len(clitic)]
    return _stemmer().stemWord(word)
