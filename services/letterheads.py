"""Letterheads: a letter of contribution laid out to be printed, signed and checked."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from models.vocabulary import DecisionCode, PointType
from reports.paper import Block, Facts, Figure, Grid, Heading, Paper, Signatures, Text, told_on
from reports.sheets import Column
from services.errors import NotFound
from services.letters import Issued
from services.tongue import N_, label, say, word

HEADS = (
    (N_("Nomor tanda terima"), 20),
    (N_("Paragraf"), 16),
    (N_("Jenis"), 16),
    (N_("Putusan"), 24),
)


def paper(letter: Issued, *, city: str, address: str, square: str = "", zone: tzinfo, lang: str = "id") -> Paper:
    """The letter to print: `address` is where it is checked, `square` that address as a drawing.

    Raises NotFound where its content was taken away. It is in Indonesian where papers have no such language.
    """
    if not letter.content:
        raise NotFound(f"content of letter {letter.number}")
    lang, content = ("en" if lang == "en" else "id"), letter.content
    team = label(content["answerer"], "answerer", lang)
    return Paper(
        title=say(lang, "Surat keterangan kontribusi"),
        subtitle=say(lang, "Nomor %(number)s", number=letter.number),
        blocks=[
            Text(say(lang, "Revisi Master Plan Smart City %(city)s", city=city), lead=team),
            Text(say(lang, "Dengan ini diterangkan bahwa yang disebut di bawah ini ikut menelaah naskah rencana.")),
            Facts(_pairs(content, letter.made_at.astimezone(zone), lang)),
            *_comments(content, lang),
            *_texts(content, lang),
            Signatures([say(lang, "Ketua %(team)s", team=f"{team[:1].lower()}{team[1:]}")]),
            *_how_to_check(letter, address, square, lang),
        ],
        facts=[(say(lang, "Nomor"), letter.number)],
        made_at=letter.made_at.astimezone(zone),
        language=lang,
    )


def _pairs(content: dict[str, Any], made_at: datetime, lang: str) -> list[tuple[str, str]]:
    pairs = [
        (say(lang, "Nama"), content["name"] or "–"),
        (say(lang, "Lembaga"), content["organisation"] or "–"),
        (say(lang, "Putaran"), label(content["round"], "title", lang)),
        (say(lang, "Versi naskah"), ", ".join(map(str, content["versions"]))),
        (say(lang, "Komentar"), str(len(content["comments"]))),
    ]
    if any(one["decision"] for one in content["comments"]):
        pairs.append((say(lang, "Usul redaksi yang masuk naskah"), str(len(content["adopted"]))))
    return [*pairs, (say(lang, "Tanggal"), told_on(made_at, lang))]


def _comments(content: dict[str, Any], lang: str) -> list[Block]:
    """The comments one by one, once something of them is decided in public; until then their number stands alone."""
    told = content["comments"]
    if not any(one["decision"] for one in told):
        return [Text(say(lang, "Putusan atas komentar-komentar ini belum diumumkan."), "note")]
    columns = [Column(name, say(lang, name), "", width) for name, width in HEADS]
    rows = [
        [one["receipt"], one["mark"] or say(lang, "Seluruh naskah"), _kind(one, lang), _decision(one, lang)]
        for one in told
    ]
    return [Heading(say(lang, "Komentar"), 1), Grid(columns, rows)]


def _kind(one: dict[str, Any], lang: str) -> str:
    return word(PointType(one["kind"]), lang) if one["kind"] else ""


def _decision(one: dict[str, Any], lang: str) -> str:
    return word(DecisionCode(one["decision"]), lang) if one["decision"] else say(lang, "belum diumumkan")


def _texts(content: dict[str, Any], lang: str) -> list[Block]:
    blocks: list[Block] = [Heading(say(lang, "Usul redaksi yang masuk naskah"), 1)] if content["adopted"] else []
    for one in content["adopted"]:
        where = say(lang, "versi %(version)s, %(mark)s", version=one["version"], mark=one["mark"])
        how = say(lang, "seperti diputuskan") if one["is_literal"] else say(lang, "dengan perubahan lain")
        blocks.append(Text(one["text"], "quote", source=f"{where}, {how}"))
    return blocks


def _how_to_check(letter: Issued, address: str, square: str, lang: str) -> Sequence[Block]:
    told = say(lang, "Keaslian surat ini dapat diperiksa siapa saja di %(address)s.", address=address)
    blocks: list[Block] = [Text(told, "small")]
    if square:
        blocks.append(Figure(square, "", ""))
    return [*blocks, Text(letter.digest, "small", lead=say(lang, "Sidik SHA-256:"))]
