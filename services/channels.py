"""Channels: what came in how, so that a list made of websites alone is seen for what it is."""

from dataclasses import dataclass
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Point, Reading, Submission, Theme
from models.submission import STANDS
from models.vocabulary import Channel
from reports import figures
from services.tongue import say, word
from services.wording import dimension_label

ACROSS = "-"


@dataclass(frozen=True, slots=True)
class Length:
    """How long the texts of one channel are: median words, None where there are none."""

    code: str
    label: str
    texts: int
    median_words: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often each channel spoke of each dimension: (code, label) of rows and columns, counts, picture, lengths."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    counts: tuple[tuple[int, ...], ...]
    lengths: tuple[Length, ...]
    longest: float
    finding: str
    svg: str


def compare(session: Session, run_id: int, dimensions: list[tuple[str, str]], lang: str = "id") -> Comparison:
    """The points of a run by dimension (their own, else their theme's) and channel, and how long their texts are."""
    own = func.coalesce(Point.dimension, Theme.dimension, ACROSS)
    found = session.execute(
        select(own, Submission.channel, func.count())
        .select_from(Reading)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .where(Reading.run_id == run_id, STANDS)
        .group_by(own, Submission.channel)
    )
    cells = {(code, channel): n for code, channel, n in found}
    is_across = any(code == ACROSS for code, _ in cells)
    rows = [*dimensions, *([(ACROSS, dimension_label(None, lang))] if is_across else [])]
    columns = [(channel.value, word(channel, lang)) for channel in Channel]
    counts = tuple(tuple(cells.get((code, channel), 0) for channel in Channel) for code, _ in rows)
    lengths = _lengths(session, run_id, lang)
    finding = _finding(columns, counts, lang)
    return Comparison(
        rows=tuple(rows),
        columns=tuple(columns),
        counts=counts,
        lengths=lengths,
        longest=max((one.median_words or 0 for one in lengths), default=0),
        finding=finding,
        svg=figures.heat_map(
            [name for _, name in rows],
            [name for _, name in columns],
            counts,
            id="bidang-saluran",
            title=say(lang, "Banyaknya masukan menurut bidang dan saluran"),
            description=finding,
        ),
    )


def _lengths(session: Session, run_id: int, lang: str) -> tuple[Length, ...]:
    texts: dict[Channel, list[int]] = {channel: [] for channel in Channel}
    rows = session.execute(
        select(Submission.channel, Point.text)
        .join(Point, Point.submission_id == Submission.id)
        .join(Reading, Reading.point_id == Point.id)
        .where(Reading.run_id == run_id, STANDS)
    )
    for channel, text in rows:
        texts[channel].append(len(text.split()))
    return tuple(
        Length(channel.value, word(channel, lang), len(words), float(median(words)) if words else None)
        for channel, words in texts.items()
    )


def _finding(columns: list[tuple[str, str]], counts: tuple[tuple[int, ...], ...], lang: str) -> str:
    totals = [sum(column) for column in zip(*counts, strict=True)] if counts else []
    if not any(totals):
        return say(lang, "Belum ada masukan yang terbaca.")
    most = max(range(len(totals)), key=lambda i: (totals[i], -i))
    return say(
        lang,
        "Terbanyak lewat %(channel)s: %(n)s dari %(of)s masukan. %(silent)s dari %(channels)s saluran belum dipakai.",
        channel=columns[most][1],
        n=totals[most],
        of=sum(totals),
        silent=sum(not n for n in totals),
        channels=len(totals),
    )
