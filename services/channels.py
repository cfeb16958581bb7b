"""Channels: what came in how, so that a list made of websites alone is seen for what it is."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Point, Reading, Submission
from models.run import round_of
from models.submission import STANDS
from models.vocabulary import Channel
from reports import figures
from services import totals
from services.crossings import Crossing, cross
from services.tongue import say, word

LENGTHS = "words by channel"


@dataclass(frozen=True, slots=True)
class Length:
    """How long the texts of one channel are: median words, None where there are none."""

    code: str
    label: str
    texts: int
    median_words: float | None


@dataclass(frozen=True, slots=True)
class Comparison(Crossing):
    """How often each channel spoke of each dimension, how long its texts are, and the picture."""

    lengths: tuple[Length, ...]
    longest: float
    finding: str
    svg: str


def compare(session: Session, run_id: int, dimensions: list[tuple[str, str]], lang: str = "id") -> Comparison:
    """The points of a run by dimension (their own, else their theme's) and channel, and how long their texts are."""
    found = cross(session, run_id, Submission.channel, Channel, dimensions, lang)
    lengths = _lengths(session, run_id, lang)
    finding = _finding(found, lang)
    return Comparison(
        rows=found.rows,
        columns=found.columns,
        counts=found.counts,
        lengths=lengths,
        longest=max((one.median_words or 0 for one in lengths), default=0),
        finding=finding,
        svg=figures.heat_map(
            [name for _, name in found.rows],
            [name for _, name in found.columns],
            found.counts,
            id="bidang-saluran",
            title=say(lang, "Banyaknya masukan menurut bidang dan saluran"),
            description=finding,
        ),
    )


def _lengths(session: Session, run_id: int, lang: str) -> tuple[Length, ...]:
    told = {code: (n, middle) for code, n, middle in totals.of_run(session, run_id, LENGTHS, _measure)}
    return tuple(Length(channel.value, word(channel, lang), *told.get(channel.value, (0, None))) for channel in Channel)


def count(session: Session, run_id: int) -> dict[str, Any]:
    """What is kept of a run for the desk of channels, beside the crossings."""
    return {LENGTHS: _measure(session, run_id)}


def _measure(session: Session, run_id: int) -> list[list[Any]]:
    texts: dict[str, list[int]] = defaultdict(list)
    rows = session.execute(
        select(Submission.channel, Point.text)
        .join(Point, Point.submission_id == Submission.id)
        .join(Reading, Reading.point_id == Point.id)
        .where(Submission.round_id == round_of(run_id), STANDS)
    )
    for channel, text in rows:
        texts[channel.value].append(len(text.split()))
    return [[channel, len(words), float(median(words))] for channel, words in texts.items()]


def _finding(found: Crossing, lang: str) -> str:
    totals = [sum(column) for column in zip(*found.counts, strict=True)] if found.counts else []
    if not any(totals):
        return say(lang, "Belum ada masukan yang terbaca.")
    most = max(range(len(totals)), key=lambda i: (totals[i], -i))
    return say(
        lang,
        "Terbanyak lewat %(channel)s: %(n)s dari %(of)s masukan. %(silent)s dari %(channels)s saluran belum dipakai.",
        channel=found.columns[most][1],
        n=totals[most],
        of=sum(totals),
        silent=sum(not n for n in totals),
        channels=len(totals),
    )
