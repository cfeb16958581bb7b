"""The plan as data: the folder `plan/` becomes rows; what left the folder is marked, never deleted."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
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
    Term,
    Theme,
    Topic,
)
from models.vocabulary import ThemeState
from services import audit
from services.errors import UnreadableFile
from services.tongue import label

# In the order in which rows may refer to each other.
TABLES: tuple[tuple[str, type[Base], tuple[str, ...]], ...] = (
    ("dimensions", Dimension, ("code",)),
    ("topics", Topic, ("slug",)),
    ("areas", Area, ("code",)),
    ("missions", Mission, ("code",)),
    ("frameworks", FrameworkItem, ("framework", "code")),
    ("agencies", Agency, ("code",)),
    ("terms", Term, ("kind", "code")),
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
    is_open: bool


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
    for word in ("opens", "closes", "answer_by"):
        city["round"][word] = str(city["round"][word])
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
    if name == "position":
        return int(value)
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
    row.opens_at = _start(facts["opens"], zone)
    row.closes_at = _end(facts["closes"], zone)
    row.answer_by = _end(facts["answer_by"], zone)
    for name in ("title", "promise", "open", "fixed", "answerer"):
        for tongue in ("id", "en"):
            setattr(row, f"{name}_{tongue}", facts[f"{name}_{tongue}"])
    row.level = facts["level"]
    session.add(row)
    session.flush()


def _start(day: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(0), zone)


def _end(day: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(23, 59, 59), zone)


def open_for_demo(session: Session, *, now: datetime) -> None:
    """Move an example round that is over to around `now`, so that the demonstration can always be tried."""
    for row in session.scalars(select(Round).where(Round.closes_at < now)):
        row.closes_at, row.answer_by = now + timedelta(days=28), now + timedelta(days=74)


def city(session: Session) -> dict[str, Any]:
    """The settings of the newest plan (tables of `city.toml`)."""
    newest = session.scalars(select(PlanVersion.city).order_by(PlanVersion.id.desc()).limit(1)).first()
    if newest is None:
        raise UnreadableFile("Rencana belum dimuat: jalankan `flask --app app init`.")
    return newest


def current_round(session: Session, *, now: datetime, lang: str = "id") -> tuple[int, RoundFacts] | None:
    """The newest round with its id, or None where no plan is loaded."""
    row = session.execute(select(Round.__table__).order_by(Round.opens_at.desc()).limit(1)).first()
    if row is None:
        return None
    facts = RoundFacts(
        title=label(row, "title", lang),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        answer_by=row.answer_by,
        open_text=label(row, "open", lang),
        fixed_text=label(row, "fixed", lang),
        promise=label(row, "promise", lang),
        answerer=label(row, "answerer", lang),
        is_open=row.opens_at <= now <= row.closes_at,
    )
    return row.id, facts


def topic_groups(session: Session, lang: str = "id") -> tuple[TopicGroup, ...]:
    """The picker: topics in plain words, grouped by dimension, in one statement."""
    rows = session.execute(
        select(Dimension.code, label(Dimension, "plain", lang), Topic.slug, label(Topic, "label", lang))
        .join(Topic, Topic.dimension == Dimension.code)
        .where(Dimension.is_current, Topic.is_current)
        .order_by(Dimension.position, Topic.position)
    ).all()
    groups: dict[tuple[str, str], list[TopicChoice]] = {}
    for code, plain, slug, topic in rows:
        groups.setdefault((code, plain), []).append(TopicChoice(slug, topic))
    return tuple(TopicGroup(code, plain, tuple(topics)) for (code, plain), topics in groups.items())


def kelurahan(session: Session) -> tuple[AreaChoice, ...]:
    """The kelurahan by name."""
    rows = session.execute(
        select(Area.code, Area.name).where(Area.kind == "kelurahan", Area.is_current).order_by(Area.name)
    )
    return tuple(AreaChoice(*row) for row in rows)
