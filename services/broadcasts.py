"""Broadcasts: what is read aloud in a meeting or on the radio, in about a minute, in Indonesian and Javanese."""

from collections.abc import Sequence

from services.results import Results
from services.results.heard import Heard
from services.tongue import say

NAMED = 3
WORDS_A_MINUTE = 150
CHANGED = ("accepted", "accepted_in_part")
REFUSED = ("not_accepted", "out_of_scope")


def script(found: Results, city: str, lang: str = "id") -> list[str]:
    """The paragraphs to be read; sentences are left out from the end until they fit into a minute."""
    told = [sentence for sentence in _sentences(found, city, lang) if sentence]
    closing = say(
        lang,
        "Ingin tahu jawaban atas masukan Anda? Bawa nomor dan PIN tanda terima ke kantor kelurahan, atau buka situsnya."
        " Bila tidak sependapat, keberatan Anda kami terima. Matur nuwun.",
    )
    while len(told) > 1 and words([*told, closing]) > WORDS_A_MINUTE:
        told.pop()
    return [*told, closing]


def words(paragraphs: Sequence[str]) -> int:
    """How many words are read.

    >>> words(["Sugeng enjing.", "Rob lan banjir"])
    5
    """
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _sentences(found: Results, city: str, lang: str) -> list[str]:
    loud = sorted(found.themes, key=lambda theme: -theme.received)[:NAMED]
    changed = [theme for theme in found.themes if theme.answer and theme.answer.code in CHANGED][:NAMED]
    refused = [theme for theme in found.themes if theme.answer and theme.answer.code in REFUSED][:1]
    return [
        say(
            lang,
            "Warga %(city)s, terima kasih. %(received)s masukan untuk rencana kota sudah kami baca.",
            city=city,
            received=found.received,
        ),
        say(lang, "Yang paling banyak disebut: %(names)s.", names=_names(loud, lang)) if loud else "",
        say(lang, "Yang berubah karena masukan Anda: %(names)s.", names=_names(changed, lang)) if changed else "",
        *(_refused(theme, lang) for theme in refused),
    ]


def _names(themes: Sequence[Heard], lang: str) -> str:
    names = [theme.name.lower() for theme in themes]
    return say(lang, " dan ").join((", ".join(names[:-1]), names[-1])) if names[1:] else names[0]


def _refused(theme: Heard, lang: str) -> str:
    assert theme.answer is not None
    why = theme.answer.reason_label.lower() or theme.answer.label.lower()
    return say(lang, "Yang belum dapat diterima: %(name)s, karena %(why)s.", name=theme.name.lower(), why=why)
