"""The sieve: what an address asks the inbox to be narrowed to, and the same again for the links of its pages."""

from dataclasses import asdict, replace
from typing import Any

from flask import abort, request
from flask_babel import gettext as _

from forms.words import spoken
from models.vocabulary import LANGUAGES, Channel, Group, PointType, Stage
from portal import asked, languages
from services.inboxes import ASIDE, COMPLAINT, FLAGS, NONE, OFFENSIVE, PERSONAL, Choices, Filters
from services.tongue import pick

LONGEST = 200
NAMES = ("round", "stage", "dimension", "group", "channel", "language", "theme", "kind", "flag", "q", "after")
WORDS: dict[str, Any] = {
    "stage": tuple(Stage),
    "group": tuple(Group),
    "channel": tuple(Channel),
    "language": tuple(LANGUAGES),
    "kind": (*PointType, NONE),
    "flag": FLAGS,
}


def given() -> dict[str, str]:
    """The arguments of an inbox address that say something, to be handed on as they are."""
    return {name: request.args[name][:LONGEST] for name in NAMES if request.args.get(name, "").strip()}


def number(name: str) -> int | None:
    """An argument that is a number; None where there is none, 400 for anything else."""
    return asked.number(name) if request.args.get(name) else None


def filters(round_id: int) -> Filters:
    """What is asked for, in this round unless the address names another; 400 for what no page of ours links to."""
    asked = given()
    for name, known in WORDS.items():
        if asked.get(name) and asked[name] not in known:
            abort(400)
    theme = asked.get("theme", "")
    if theme and theme != NONE and not (theme.isascii() and theme.isdecimal() and len(theme) <= 18):
        abort(400)
    return Filters(
        round_id=number("round") or round_id,
        stage=Stage(asked["stage"]) if "stage" in asked else None,
        group=Group(asked["group"]) if "group" in asked else None,
        channel=Channel(asked["channel"]) if "channel" in asked else None,
        **{name: asked.get(name, "") for name in ("dimension", "language", "theme", "kind", "flag", "q")},
    )


def known(asked: Filters, choices: Choices) -> Filters:
    """The same, where round and dimension are such as there are; 400 otherwise."""
    is_round = asked.round_id in dict(choices.rounds) or not choices.rounds
    is_dimension = asked.dimension in ("", NONE, *dict(choices.dimensions))
    is_theme = asked.theme in ("", NONE) or choices.theme
    if not (is_round and is_dimension and is_theme):
        abort(400)
    return asked


def without(args: dict[str, str], *names: str, **more: str) -> dict[str, str]:
    """Arguments of an address without some, and with others; the place in the list goes too."""
    return {name: value for name, value in args.items() if name not in (*names, "after")} | more


def is_narrowed(asked: Filters) -> bool:
    """Whether the list is narrowed by more than a round and a stage."""
    plain = replace(asked, round_id=0, stage=None)
    return any(asdict(plain).values())


def facets(choices: Choices) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """What a list may be narrowed by: name, label, and each value with its words."""
    none = (NONE, _("tidak ada"))
    spoken_now = languages.current()
    found: list[tuple[str, str, list[tuple[str, Any]]]] = [
        ("dimension", _("Bidang"), [*choices.dimensions, none]),
        ("group", _("Kelompok"), [(group.value, spoken(group)) for group in Group]),
        ("channel", _("Saluran"), [(channel.value, spoken(channel)) for channel in Channel]),
        ("language", _("Bahasa"), [(code, pick(words, spoken_now)) for code, words in LANGUAGES.items()]),
        ("kind", _("Jenis"), [*((kind.value, spoken(kind)) for kind in PointType), none]),
        ("flag", _("Tanda"), [(code, words) for code, words in flags().items()]),
    ]
    if len(choices.rounds) > 1:
        found.append(("round", _("Putaran"), [(str(code), words) for code, words in choices.rounds]))
    return found


def flags() -> dict[str, str]:
    """What a point may be marked with, in words."""
    return {
        PERSONAL: _("memuat data pribadi"),
        COMPLAINT: _("aduan layanan"),
        OFFENSIVE: _("disembunyikan dari umum"),
        ASIDE: _("disisihkan"),
    }
