"""Rounds of consultation: opened, changed, extended and closed by people of the team, every deed with its trace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Round, Submission
from models.vocabulary import Level, SubmissionState
from services import audit, days
from services.errors import NotFound, NotThisState, WrongRound
from services.texts import clean
from services.tongue import N_, label, word

TEXTS = tuple(f"{name}_{lang}" for name in ("title", "promise", "open", "fixed", "answerer") for lang in ("id", "en"))
FEWEST_DAYS = 14
Faults = dict[str, tuple[str, dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person decides of a round; `texts` holds what TEXTS names, the days are days of the city's clock.

    `shows_early`: others read comments on the draft once the team has, also while the round is open.
    """

    opens: date
    closes: date
    answer_by: date
    level: Level
    texts: Mapping[str, str]
    shows_early: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to think about, never a refusal: too short (no name), or so many days in a time that has a name."""

    days: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as its desk lists it."""

    id: int
    title: str
    opens_at: datetime
    closes_at: datetime
    answer_by: datetime
    answerer: str
    level: str
    promise: str
    received: int
    is_open: bool
    is_over: bool
    concerns: tuple[Concern, ...]


def rounds(
    session: Session, calendar: Iterable[Mapping[str, str]], *, zone: ZoneInfo, now: datetime, lang: str
) -> list[RoundFacts]:
    """Every round, the newest first; one that is over raises no concerns any more."""
    received = (
        select(func.count(Submission.id))
        .where(Submission.round_id == Round.id, Submission.state == SubmissionState.RECEIVED)
        .scalar_subquery()
    )
    found = session.execute(select(Round, received).order_by(Round.opens_at.desc()))
    return [_facts(row, count, tuple(calendar), zone, now, lang) for row, count in found]


def titles(session: Session, lang: str = "id") -> list[tuple[int, str]]:
    """Every round to choose from, the newest first."""
    rows = session.execute(select(Round.id, label(Round, "title", lang)).order_by(Round.opens_at.desc()))
    return [(round_id, title) for round_id, title in rows]


def _facts(
    row: Round, received: int, calendar: Iterable[Mapping[str, str]], zone: ZoneInfo, now: datetime, lang: str
) -> RoundFacts:
    is_over = row.closes_at < now
    first, last = days.of(row.opens_at, zone), days.of(row.closes_at, zone)
    return RoundFacts(
        id=row.id,
        title=label(row, "title", lang),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        answer_by=row.answer_by,
        answerer=label(row, "answerer", lang),
        level=word(Level(row.level), lang),
        promise=label(row, "promise", lang),
        received=received,
        is_open=row.opens_at <= now and not is_over,
        is_over=is_over,
        concerns=() if is_over else concerns(first, last, calendar, lang),
    )


def concerns(first: date, last: date, calendar: Iterable[Mapping[str, str]], lang: str) -> tuple[Concern, ...]:
    """What speaks against these days: fewer than fourteen, or in a time of the plan's calendar, such as Ramadan."""
    found = []
    if (length := _days(first, last)) < FEWEST_DAYS:
        found.append(Concern(length))
    for time in calendar:
        start, end = date.fromisoformat(time["from"]), date.fromisoformat(time["to"])
        if (shared := _days(max(first, start), min(last, end))) > 0:
            found.append(Concern(shared, label(time, "name", lang)))
    return tuple(found)


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def terms(session: Session, round_id: int, *, zone: ZoneInfo) -> Terms:
    """What was decided of a round."""
    return _terms(_find(session, round_id), zone)


def last_terms(session: Session, *, zone: ZoneInfo) -> Terms | None:
    """What was decided of the newest round: where a new one begins."""
    row = session.scalars(select(Round).order_by(Round.opens_at.desc()).limit(1)).first()
    return _terms(row, zone) if row else None


def _terms(row: Round, zone: ZoneInfo) -> Terms:
    first, last, answer = (days.of(moment, zone) for moment in (row.opens_at, row.closes_at, row.answer_by))
    texts = {name: getattr(row, name) for name in TEXTS}
    return Terms(first, last, answer, Level(row.level), texts, bool(row.shows_comments_early))


def begin(session: Session, wanted: Terms, *, zone: ZoneInfo, now: datetime, actor_id: int | None = None) -> int:
    """Make a new round, open from its first day on; returns its id."""
    row = Round(code=f"{wanted.opens:%Y-%m-%d}-{token_hex(3)}")
    faults = _wrong_order(wanted.opens, wanted.closes, wanted.answer_by)
    if wanted.closes < days.of(now, zone):
        faults.setdefault("closes", (N_("Hari terakhir ini sudah lewat."), {}))
    _take(session, row, wanted, faults, zone)
    row.changed_at = now
    session.add(row)
    session.flush()
    audit.record(session, "round.begin", "round", row.id, now=now, actor_id=actor_id, **_dates(wanted))
    return row.id


def change(
    session: Session, round_id: int, wanted: Terms, *, zone: ZoneInfo, now: datetime, actor_id: int | None = None
) -> None:
    """Change a round; the plan folder no longer decides over it. Opening and closing it have deeds of their own."""
    row = _find(session, round_id)
    before = _terms(row, zone)
    faults = _wrong_order(wanted.opens, wanted.closes, wanted.answer_by)
    if row.closes_at < now and wanted.closes != before.closes:
        faults["closes"] = N_("Putaran ini sudah ditutup. Pakai Perpanjang, dengan alasannya."), {}
    elif row.closes_at >= now and wanted.closes < days.of(now, zone):
        faults["closes"] = N_("Hari terakhir ini sudah lewat. Pakai Tutup sekarang bila memang selesai."), {}
    _take(session, row, wanted, faults, zone)
    row.changed_at = now
    changed = [name for name in TEXTS if wanted.texts[name] != before.texts[name]]
    changed += [
        name for name in ("level", "shows_early", *_dates(wanted)) if getattr(wanted, name) != getattr(before, name)
    ]
    audit.record(session, "round.change", "round", row.id, now=now, actor_id=actor_id, changed=changed)


def extend(
    session: Session,
    round_id: int,
    closes: date,
    answer_by: date,
    *,
    reason: str,
    zone: ZoneInfo,
    now: datetime,
    actor_id: int | None = None,
) -> None:
    """Move the end of a round; one that is closed opens again, for a reason that stands in the trace."""
    row = _find(session, round_id)
    before = _terms(row, zone)
    faults = _wrong_order(before.opens, closes, answer_by)
    if days.end(closes, zone) <= row.closes_at:
        faults["closes"] = N_("Pilih hari sesudah hari terakhir yang sekarang."), {}
    elif days.end(closes, zone) < now:
        faults["closes"] = N_("Hari terakhir ini sudah lewat."), {}
    if row.closes_at < now and not reason.strip():
        faults["reason"] = N_("Tulis alasannya, karena putaran ini sudah ditutup."), {}
    wanted = replace(before, closes=closes, answer_by=answer_by)
    _take(session, row, wanted, faults, zone, keeps_end=False)
    row.changed_at = now
    moved = {"closes": [before.closes.isoformat(), closes.isoformat()], "reason": clean(reason)}
    audit.record(session, "round.extend", "round", row.id, now=now, actor_id=actor_id, **moved)


def close(session: Session, round_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Close an open round at once; what is half written then is told so, and kept on its page."""
    row = _find(session, round_id)
    if not row.opens_at <= now <= row.closes_at:
        raise NotThisState(N_("Putaran ini sedang tidak dibuka."))
    planned, row.closes_at, row.changed_at = row.closes_at, now, now
    audit.record(session, "round.close", "round", row.id, now=now, actor_id=actor_id, planned=planned.isoformat())


def _find(session: Session, round_id: int) -> Round:
    row = session.get(Round, round_id)
    if row is None:
        raise NotFound("round")
    return row


def _wrong_order(opens: date, closes: date, answer_by: date) -> Faults:
    faults: Faults = {}
    if closes < opens:
        faults["closes"] = N_("Hari terakhir mendahului hari pertama."), {}
    if answer_by < closes:
        faults["answer_by"] = N_("Batas menjawab mendahului hari terakhir."), {}
    return faults


def _take(
    session: Session, row: Round, wanted: Terms, faults: Faults, zone: ZoneInfo, *, keeps_end: bool = True
) -> None:
    """Write the terms into the row, or refuse with every fault there is."""
    known_end = row.closes_at if keeps_end else None
    opens_at = _moment(row.opens_at, wanted.opens, days.start(wanted.opens, zone), zone)
    closes_at = _moment(known_end, wanted.closes, days.end(wanted.closes, zone), zone)
    if not faults:
        faults = _overlap(session, row.id, opens_at, closes_at)
    if faults:
        raise WrongRound(faults)
    row.opens_at, row.closes_at, row.answer_by = opens_at, closes_at, days.end(wanted.answer_by, zone)
    row.level, row.shows_comments_early = wanted.level, wanted.shows_early
    for name in TEXTS:
        setattr(row, name, clean(wanted.texts[name]))


def _moment(known: datetime | None, day: date, edge: datetime, zone: ZoneInfo) -> datetime:
    """The edge of a day, unless the day is the one it was: a round that was closed at noon stays so."""
    return known if known is not None and days.of(known, zone) == day else edge


def _overlap(session: Session, own_id: int | None, opens_at: datetime, closes_at: datetime) -> Faults:
    others = select(Round).where(Round.opens_at <= closes_at, Round.closes_at >= opens_at).order_by(Round.opens_at)
    for other in session.scalars(others):
        if other.id != own_id:
            field = "opens" if other.opens_at <= opens_at else "closes"
            return {field: (N_("Bertumpang tindih dengan putaran “%(title)s”."), {"title": other.title_id})}
    return {}


def _dates(wanted: Terms) -> dict[str, Any]:
    return {name: getattr(wanted, name).isoformat() for name in ("opens", "closes", "answer_by")}
