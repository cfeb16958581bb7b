"""Stage 1c, stem: keys for matching only, never shown; names, and words that mean more than their stem, are kept."""

from functools import cache

import Stemmer

PROTECTED = frozenset(
    "pekalongan kandang panjang krapyak bandengan degayu medono tirto kauman poncol kuripan landungsari sapuro "
    "kelurahan kecamatan permukiman batik rob ipal musrenbang puskesmas angkot wifi taman insinerator selokan "
    "pemasaran bantuan keamanan kekeringan pengisian mengisi ngisi kependudukan kemasukan perdagangan tanaman "
    "penyaluran sertifikat undangan kesehatan pelayanan layanan".split()
)
CLITICS = ("nya", "lah", "kah", "pun")
ENGLISH = "en"


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


@cache
def stem(word: str, language: str = "id") -> str:
    """The Snowball stem of a word (PyStemmer), English for `en`, Indonesian for every other language.

    `Pekalongan` would become `kalong` unprotected.

    >>> stem("pekalongan"), stem("pengangkutan") == stem("angkut"), stem("floods", "en")
    ('pekalongan', True, 'flood')
    """
    if word in PROTECTED:
        return word
    for clitic in CLITICS:
        if word.endswith(clitic) and word[: -len(clitic)] in PROTECTED:
            return word[: -len(clitic)]
    return _stemmer("english" if language == ENGLISH else "indonesian").stemWord(word)
