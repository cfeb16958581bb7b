"""X16, the leaders' brief: two pages or eight slides with the counts, who is missing, the top ten, what is wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from models import Decision, Event, Finding, Point, Reading, Run, Submission, Triage
from models.submission import STANDS
from models.vocabulary import DecisionState, Group, Visibility
from reports.paper import Block, Counts, Grid, Heading, Items, PageBreak, Text, told_on
from reports.sheets import Column
from reports.slides import Figures, Opening, Points, Quote, Quotes, Rows
from services import answers, orders, rankings
from services.exports import turnouts
from services.exports.contents import Content
from services.exports.frames import Frame
from services.orders import Place
from services.rankings import Ranked
from services.summaries import shorten
from services.tongue import N_, label, say
from services.turnout import Count
from services.wording import caption

TOP, LONGEST, MOST = 10, 120, 6
HALF = TOP // 2
NONE = N_("Belum ada hitungan; ringkasan terisi sesudah masukan pertama dibaca.")


@dataclass(frozen=True, slots=True)
class Voice:
    """One quote of a dimension; `is_clear` once a person has read it for the public."""

    dimension: str
    text: str
    caption: str
    is_clear: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the brief says, as sentences and rows."""

    counts: Sequence[tuple[str, str]]
    missing: Sequence[str]
    voices: Sequence[Voice]
    places: Sequence[Place]
    order: str
    wanted: Sequence[str]
    changes: Sequence[str]


def content(frame: Frame) -> Content:
    """The same facts on paper and on slides."""
    found = _gather(frame)
    return Content(
        title=frame.tell("Ringkasan pimpinan"),
        subtitle=label(frame.round, "title", frame.lang),
        is_personal=any(not voice.is_clear for voice in found.voices),
        blocks=lambda: _blocks(found, frame),
        slides=lambda: _slides(found, frame),
        size="A4",
        is_landscape=False,
    )


def _gather(frame: Frame) -> Brief:
    run = frame.run
    if run is None:
        return Brief((), (frame.tell(NONE),), (), (), "", (), ())
    team = orders.team(frame.session, frame.round.id, frame.lang)
    places = team or orders.first(frame.session, run.id, frame.lang)
    people = Count(run.received, run.people_min, run.people_max).people
    ranked = frame.session.execute(rankings.ranked(run.id, frame.lang)).all()
    return Brief(
        counts=[
            (str(run.received), frame.tell("masukan diterima")),
            (people, frame.tell("orang, paling sedikit dan paling banyak")),
            (str(run.distinct_texts), frame.tell("suara berbeda")),
        ],
        missing=_missing(frame),
        voices=_voices(frame, ranked),
        places=places[:TOP],
        order=frame.tell("urutan tim") if team else frame.tell("urutan awal, dihitung mesin"),
        wanted=_wanted(frame, places[:TOP]),
        changes=_changes(frame, run, ranked),
    )


def _missing(frame: Frame) -> list[str]:
    return [turnouts.told(step) for step in turnouts.short(frame)[:MOST]]


def _voices(frame: Frame, ranked: Sequence[Row[Ranked]]) -> list[Voice]:
    """Of each dimension the quote of its highest place; rather one that a person has cleared, rather a citizen's."""
    said = _cleared(frame, [int(q["id"]) for finding, *_ in ranked for q in finding.quotes])
    found: dict[str, Voice] = {}
    for finding, _, short, _ in ranked:
        if short is None or short in found:
            continue
        shown = [q for q in finding.quotes if int(q["id"]) in said]
        if shown:
            first = min(shown, key=lambda q: (not said[int(q["id"])][1], q.get("group") != Group.CITIZEN))
            text, is_clear = said[int(first["id"])]
            who = caption(first.get("group"), None, first.get("language"), frame.lang)
            found[short] = Voice(short, shorten(text, LONGEST), who, is_clear)
    return [found[name] for name in frame.names.dimensions.values() if name in found]


def _cleared(frame: Frame, ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """The words of these points: nobody's who wrote for the team alone, and nothing offensive."""
    rows = frame.session.execute(
        select(Point.id, Triage.public_text, Reading.masked_text)
        .join(Submission, Submission.id == Point.submission_id)
        .join(Reading, Reading.point_id == Point.id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .where(
            Point.id.in_(ids),
            STANDS,
            Submission.visibility != Visibility.TEAM,
            ~func.coalesce(Triage.is_offensive, False),
        )
    )
    return {point_id: (text or masked, text is not None) for point_id, text, masked in rows}


def _wanted(frame: Frame, places: Sequence[Place]) -> list[str]:
    """What is to be decided: high places without an answer, and what waits for a second person."""
    decided = answers.of_themes(frame.session, frame.round.id, now=frame.now, lang=frame.lang)
    lines = [
        frame.tell("Tempat %(place)s, %(name)s: tetapkan keputusannya.", place=place.place, name=place.name)
        for place in places
        if place.theme_id not in decided
    ][:MOST]
    waiting = frame.session.scalar(
        select(func.count()).where(Decision.round_id == frame.round.id, Decision.state == DecisionState.AWAITING)
    )
    if waiting:
        lines.append(frame.tell("%(n)s keputusan menunggu orang kedua.", n=waiting))
    return lines or [frame.tell("Tidak ada yang menunggu keputusan.")]


def _changes(frame: Frame, run: Run, ranked: Sequence[Row[Ranked]]) -> list[str]:
    """What is different from the last brief, or else from the run before."""
    before = _earlier(frame, run)
    if before is None:
        return [frame.tell("Ini ringkasan pertama.")]
    since, more = _day(before.finished_at, frame), run.received - before.received
    lines = [frame.tell("Sejak %(day)s: %(n)s masukan bertambah.", day=since, n=max(more, 0))]
    lines += _moved(frame, before, ranked)
    decided = frame.session.scalar(
        select(func.count()).where(
            Decision.round_id == frame.round.id,
            Decision.state == DecisionState.CONFIRMED,
            Decision.confirmed_at > before.finished_at,
        )
    )
    return [*lines, frame.tell("%(n)s keputusan ditetapkan.", n=decided or 0)]


def _day(moment: datetime | None, frame: Frame) -> str:
    return told_on(frame.local(moment or frame.made_at).date(), frame.lang)


def _earlier(frame: Frame, run: Run) -> Run | None:
    """The run of the newest brief that was made before this run, else the run before this one."""
    told = select(func.max(Event.details["run"].as_integer())).where(
        Event.action == "export.make",
        Event.details["code"].as_string() == "X16",
        Event.details["run"].as_integer() < run.id,
    )
    earlier = select(Run).where(Run.round_id == frame.round.id, Run.id < run.id, Run.finished_at.is_not(None))
    known = frame.session.scalars(earlier.where(Run.id == told.scalar_subquery())).first()
    return known or frame.session.scalars(earlier.order_by(Run.id.desc()).limit(1)).first()


def _moved(frame: Frame, before: Run, ranked: Sequence[Row[Ranked]]) -> list[str]:
    """Which issues came among the first ten, and which left."""
    earlier = frame.session.execute(rankings.ranked(before.id, frame.lang).where(Finding.place <= TOP))
    now, then = _top(ranked), _top(earlier)
    if not then:
        return []
    lines = []
    for message, names in (
        (N_("Masuk sepuluh besar: %(names)s."), [now[key] for key in now if key not in then]),
        (N_("Keluar dari sepuluh besar: %(names)s."), [then[key] for key in then if key not in now]),
    ):
        lines += [say(frame.lang, message, names=", ".join(names))] if names else []
    return lines or [frame.tell("Sepuluh besar tetap sama.")]


def _top(ranked: Iterable[Row[Ranked]]) -> dict[int, str]:
    return {theme.id: theme.name for finding, theme, _, _ in ranked if finding.place and finding.place <= TOP}


def _heads(frame: Frame) -> list[Column]:
    names = ((N_("Tempat"), 8), (N_("Isu"), 34), (N_("Bidang"), 14), (N_("Rentang"), 10), (N_("Alasan"), 54))
    return [Column(name, frame.tell(name), "", width) for name, width in names]


def _rows(places: Sequence[Place]) -> list[list[Any]]:
    return [[p.place, p.name, p.dimension_label, f"{p.low}–{p.high}", p.reason] for p in places]


def _blocks(found: Brief, frame: Frame) -> list[Block]:
    """The first page says who spoke and what; the second what to do about it."""
    quotes = [Text(f"“{v.text}”", "quote", f"{v.dimension}:", v.caption) for v in found.voices]
    return [
        Counts(found.counts),
        Text(frame.tell("Ini suara yang masuk, bukan sampel acak warga kota."), "small"),
        Heading(frame.tell("Siapa yang belum terdengar"), 2),
        Items(found.missing or [frame.tell("Semua target keterwakilan terpenuhi atau mendekati.")]),
        Heading(frame.tell("Satu suara dari tiap bidang"), 2),
        *quotes,
        PageBreak(),
        Heading(frame.tell("Sepuluh besar (%(order)s)", order=found.order), 2),
        Grid(_heads(frame), _rows(found.places)),
        Heading(frame.tell("Keputusan yang diminta"), 2),
        Items(found.wanted, is_numbered=True),
        Heading(frame.tell("Yang berubah sejak ringkasan terakhir"), 2),
        Items(found.changes),
    ]


def _slides(found: Brief, frame: Frame) -> list[Any]:
    """Eight, whatever there is to say."""
    title, order = frame.tell("Ringkasan pimpinan"), frame.tell("Urutan: %(order)s", order=found.order)
    nothing = [frame.tell("Belum ada.")]
    return [
        Opening(title, label(frame.round, "title", frame.lang)),
        Figures(
            frame.tell("Siapa yang bersuara"),
            found.counts,
            frame.tell("Ini suara yang masuk, bukan sampel acak warga kota."),
        ),
        Points(frame.tell("Siapa yang belum terdengar"), found.missing or nothing),
        Quotes(
            frame.tell("Satu suara dari tiap bidang"), [Quote(v.text, v.caption, v.dimension) for v in found.voices]
        ),
        Rows(frame.tell("Tempat 1 sampai 5"), _heads(frame), _rows(found.places[:HALF]), note=order),
        Rows(frame.tell("Tempat 6 sampai 10"), _heads(frame), _rows(found.places[HALF:]), note=order),
        Points(frame.tell("Keputusan yang diminta"), found.wanted or nothing, is_numbered=True),
        Points(frame.tell("Yang berubah sejak ringkasan terakhir"), found.changes or nothing),
    ]
