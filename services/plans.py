"""The plan as data: the folder `plan/` becomes rows; what left the folder is marked, never deleted."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from models import (
    Agency,
    Area,
    Base,
    Dimension,
    FrameworkItem,
    Mission,
    PlanVersion,
    Round,
    Submission,
    Target,
    Term,
    Theme,
    Topic,
)
from models.vocabulary import Level, ThemeState
from services import audit, days
from services.errors import UnreadableFile
from services.tongue import label, word

# In the order in which rows may refer to each other.
TABLES: tuple[tuple[str, type[Base], tuple[str, ...]], ...] = (
    ("dimensions", Dimension, ("code",)),
    ("topics", Topic, ("slug",)),
    ("areas", Area, ("code",)),
    ("missions", Mission, ("code",)),
    ("frameworks", FrameworkItem, ("framework", "code")),
    ("agencies", Agency, ("code",)),
    ("terms", Term, ("kind", "code")),
    ("targets", Target, ("kind", "code")),
)
THEME_FIELDS = ("dimension", "label_id", "label_en", "include", "exclude", "keywords")


@dataclass(frozen=True, slots=True)
class TopicChoice:
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The topics of one dimension under its plain name."""

    code: str
    label: str
    topics: tuple[TopicChoice, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermChoice:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a consent, and the version that is kept with it."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class AreaChoice:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a page says of a round; moments are in UTC."""

    title: str
    opens_at: datetime
    closes_at: datetime
    answer_by: datetime
    open_text: str
    fixed_text: str
    promise: str
    answerer: str
    level: str
    is_open: bool
    is_coming: bool


def load(session: Session, folder: Path, *, now: datetime) -> bool:
    """Load the plan folder; returns whether anything was new.

    The same folder loaded twice changes nothing. A row that left the folder keeps its record with
    `is_current = False` (a theme: retired), because points may stand on it.
    """
    digest = _digest(folder)
    newest = session.scalars(select(PlanVersion).order_by(PlanVersion.id.desc()).limit(1)).first()
    if newest is not None and newest.digest == digest:
        return False
    city = _read_city(folder)
    for name, model, key in TABLES:
        with _named(f"{name}.csv"):
            _replace(session, model, key, _rows(folder / f"{name}.csv"))
    with _named("themes.csv"):
        _load_themes(session, _rows(folder / "themes.csv"), now)
    with _named("city.toml"):
        _load_round(session, city)
    with _named("calendar.csv"):
        city["calendar"] = _calendar(folder)
    city["consents"] = _consents(folder)
    version = PlanVersion(digest=digest, loaded_at=now, city=city, weights=_weights(folder))
    session.add(version)
    session.flush()
    audit.record(session, "plan.load", "plan_version", version.id, now=now, digest=digest)
    return True


@contextmanager
def _named(file: str) -> Iterator[None]:
    """Turn what the database or a number refuses into a refusal that names the file."""
    try:
        yield
    except KeyError as error:
        raise UnreadableFile(f"{file}: kolom atau isian {error} tidak ada.") from error
    except (ValueError, StatementError) as error:
        cause = getattr(error, "orig", None) or error
        raise UnreadableFile(f"{file}: {cause}.") from error


def _digest(folder: Path) -> str:
    if not (folder / "city.toml").is_file():
        raise UnreadableFile(f"Folder rencana {folder.name}/ tidak berisi city.toml.")
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")) + [folder / "city.toml"]:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _read_city(folder: Path) -> dict[str, Any]:
    try:
        city = tomllib.loads((folder / "city.toml").read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"city.toml: {error}") from error
    for day in ("opens", "closes", "answer_by"):
        city["round"][day] = str(city["round"][day])
    return city


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path.name}: {error}") from error


def _weights(folder: Path) -> list[dict[str, Any]]:
    with _named("criteria.csv"):
        return [{**row, "weight": float(row["weight"])} for row in _rows(folder / "criteria.csv")]


def _calendar(folder: Path) -> list[dict[str, str]]:
    """Days on which people have no time to write; a folder without the table has none."""
    path = folder / "calendar.csv"
    rows = _rows(path) if path.is_file() else []
    for row in rows:
        if date.fromisoformat(row["from"]) > date.fromisoformat(row["to"]):
            raise ValueError(f"{row['name_id']}: {row['from']} > {row['to']}")
    return rows


def _consents(folder: Path) -> list[dict[str, str]]:
    """What somebody agrees to, in its wordings; the newest of a purpose stands last."""
    path = folder / "consents.csv"
    return _rows(path) if path.is_file() else []


def _replace(session: Session, model: type[Base], key: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    known = {tuple(getattr(r, k) for k in key): r for r in session.scalars(select(model))}
    for row in rows:
        values = {name: _typed(name, value) for name, value in row.items() if name in model.__table__.columns}
        record = known.pop(tuple(row[k] for k in key), None) or model()
        for name, value in {**values, "is_current": True}.items():
            setattr(record, name, value)
        session.add(record)
    for record in known.values():
        record.is_current = False
    session.flush()


def _typed(name: str, value: str) -> Any:
    if name in ("position", "least"):
        return int(value)
    if name == "population":
        return int(value) if value else None
    return value or None if name in ("parent", "dimension") else value


def _load_themes(session: Session, rows: Iterable[dict[str, str]], now: datetime) -> None:
    known = {t.code: t for t in session.scalars(select(Theme).where(Theme.is_machine_made.is_(False)))}
    for row in rows:
        theme = known.pop(row["code"], None) or Theme(code=row["code"], state=ThemeState.ACTIVE, version=0)
        values = {name: row.get(name, "") for name in THEME_FIELDS} | {"dimension": row["dimension"] or None}
        if theme.state is ThemeState.RETIRED:  # it left the folder once and came back
            theme.state, theme.changed_at = ThemeState.ACTIVE, now
        if theme.version == 0 or any(getattr(theme, n) != v for n, v in values.items()):
            for name, value in values.items():
                setattr(theme, name, value)
            theme.version += 1
            theme.changed_at = now
        session.add(theme)
    for theme in known.values():
        theme.state, theme.changed_at = ThemeState.RETIRED, now
    session.flush()


def _load_round(session: Session, city: dict[str, Any]) -> None:
    facts, zone = city["round"], ZoneInfo(city["city"]["timezone"])
    row = session.scalars(select(Round).where(Round.code == facts["code"])).first() or Round(code=facts["code"])
    if row.changed_at is not None:  # a person of the team decides now
        return
    row.opens_at = days.start(date.fromisoformat(facts["opens"]), zone)
    row.closes_at = days.end(date.fromisoformat(facts["closes"]), zone)
    row.answer_by = days.end(date.fromisoformat(facts["answer_by"]), zone)
    for name in ("title", "promise", "open", "fixed", "answerer"):
        for tongue in ("id", "en"):
            setattr(row, f"{name}_{tongue}", facts[f"{name}_{tongue}"])
    row.level = Level(facts["level"])
    session.add(row)
    session.flush()


def open_for_demo(session: Session, *, now: datetime) -> None:
    """Move an example round that is over to around `now`, so that the demonstration can always be tried.

    Not where a person closed it or another one is open.
    """
    current = current_round(session, now=now)
    if current is not None and current[1].is_open:
        return
    for row in session.scalars(select(Round).where(Round.closes_at < now, Round.changed_at.is_(None))):
        row.closes_at, row.answer_by = now + timedelta(days=28), now + timedelta(days=74)


def city(session: Session) -> dict[str, Any]:
    """The settings of the newest plan (tables of `city.toml`)."""
    newest = session.scalars(select(PlanVersion.city).order_by(PlanVersion.id.desc()).limit(1)).first()
    if newest is None:
        raise UnreadableFile("Rencana belum dimuat: jalankan `flask --app app init`.")
    return newest


def current_round(session: Session, *, now: datetime, lang: str = "id") -> tuple[int, RoundFacts] | None:
    """The round that is open now, else the last one that was, else the next one; None where no plan is loaded."""
    is_open = (Round.opens_at <= now) & (Round.closes_at >= now)
    row = session.execute(
        select(Round.__table__)
        .order_by(
            case((is_open, 0), (Round.closes_at < now, 1), else_=2),
            case((Round.opens_at > now, Round.opens_at)),  # of those to come the first, of the others the newest
            Round.opens_at.desc(),
        )
        .limit(1)
    ).first()
    return (row.id, _round_facts(session, row, now, lang)) if row else None


def round_of(session: Session, receipt_no: str, *, now: datetime, lang: str = "id") -> RoundFacts | None:
    """The round in which a submission was sent: its promise holds for it also when another one is open."""
    row = session.execute(
        select(Round.__table__)
        .join(Submission, Submission.round_id == Round.id)
        .where(Submission.receipt_no == receipt_no)
    ).first()
    return _round_facts(session, row, now, lang) if row else None


def _round_facts(session: Session, row: Any, now: datetime, lang: str) -> RoundFacts:
    planned = city(session)["round"] if lang == "jv" else {}
    return RoundFacts(
        title=_round_text(row, "title", lang, planned),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        answer_by=row.answer_by,
        open_text=_round_text(row, "open", lang, planned),
        fixed_text=_round_text(row, "fixed", lang, planned),
        promise=_round_text(row, "promise", lang, planned),
        answerer=_round_text(row, "answerer", lang, planned),
        level=word(Level(row.level), lang),
        is_open=row.opens_at <= now <= row.closes_at,
        is_coming=row.opens_at > now,
    )


def _round_text(row: Any, name: str, lang: str, planned: dict[str, Any]) -> str:
    """A text of a round; Javanese stands in the plan alone, for as long as the Indonesian beside it is the round's."""
    said = label(row, name, lang)
    is_as_planned = planned.get("code") == row.code and planned.get(f"{name}_id") == said
    return planned.get(f"{name}_jv") or said if is_as_planned else said


def topic_groups(session: Session, lang: str = "id") -> tuple[TopicGroup, ...]:
    """The picker: topics in plain words, grouped by dimension, in one statement."""
    rows = session.execute(
        select(
            Dimension.code, label(Dimension, "plain", lang), Dimension.keywords, Topic.slug, label(Topic, "label", lang)
        )
        .join(Topic, Topic.dimension == Dimension.code)
        .where(Dimension.is_current, Topic.is_current)
        .order_by(Dimension.position, Topic.position)
    ).all()
    groups: dict[tuple[str, str, str], list[TopicChoice]] = {}
    for code, plain, keywords, slug, topic in rows:
        groups.setdefault((code, plain, keywords), []).append(TopicChoice(slug, topic))
    return tuple(
        TopicGroup(code, plain, tuple(topics), tuple(word for word in keywords.split("|") if word))
        for (code, plain, keywords), topics in groups.items()
    )


def terms(session: Session, kinds: Iterable[str], lang: str = "id") -> dict[str, tuple[TermChoice, ...]]:
    """The words of each kind that a form offers, by name, in one statement."""
    found: dict[str, tuple[TermChoice, ...]] = {kind: () for kind in kinds}
    rows = session.execute(
        select(Term.kind, Term.code, label(Term, "label", lang))
        .where(Term.kind.in_(list(found)), Term.is_current)
        .order_by(label(Term, "label", lang))
    )
    for kind, code, name in rows:
        found[kind] += (TermChoice(code, name),)
    return found


def wordings(settings: dict[str, Any], lang: str = "id") -> dict[str, Wording]:
    """What is asked of a person, by purpose, in the newest wording; `settings` are those of `city`."""
    return {
        row["purpose"]: Wording(row["version"], label(row, "wording", lang)) for row in settings.get("consents", [])
    }


def kelurahan(session: Session) -> tuple[AreaChoice, ...]:
    """The kelurahan by name."""
    rows = session.execute(
        select(Area.code, Area.name).where(Area.kind == "kelurahan", Area.is_current).order_by(Area.name)
    )
    return tuple(AreaChoice(*row) for row in rows)
