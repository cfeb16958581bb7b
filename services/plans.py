"""The plan as data: the folder `plan/` becomes rows; what left the folder is marked, never deleted."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
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
    Target,
    Term,
    Theme,
    Topic,
)
from models.vocabulary import Level, ThemeState
from services import audit, days
from services.errors import UnreadableFile

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
    with _named("scoring.csv"):
        city["scoring"] = _scoring(folder)
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


def _scoring(folder: Path) -> list[dict[str, Any]]:
    """By what the team scores until it changes that at its desk; a folder without the table proposes nothing."""
    path = folder / "scoring.csv"
    rows: list[dict[str, Any]] = list(_rows(path)) if path.is_file() else []
    for row in rows:
        row |= {"weight": float(row["weight"]), "low": int(row["low"]), "high": int(row["high"])}
        row |= {name: row[name].split("|") for name in ("levels_id", "levels_en")}
    return rows


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
    of_the_plan = select(Theme).where(Theme.is_machine_made.is_(False), Theme.made_by.is_(None))
    known = {t.code: t for t in session.scalars(of_the_plan)}
    for row in rows:
        theme = known.pop(row["code"], None) or Theme(code=row["code"], state=ThemeState.ACTIVE, version=0)
        values = {name: row.get(name, "") for name in THEME_FIELDS} | {"dimension": row["dimension"] or None}
        if theme.state is ThemeState.RETIRED and theme.changed_by is None:  # it left the folder once and came back
            theme.state, theme.changed_at = ThemeState.ACTIVE, now
        is_ours = theme.changed_by is None  # what a person of the team wrote anew stays
        if theme.version == 0 or (is_ours and any(getattr(theme, n) != v for n, v in values.items())):
            for name, value in values.items():
                setattr(theme, name, value)
            theme.version += 1
            theme.changed_at = now
        session.add(theme)
    for theme in known.values():
        if theme.state is not ThemeState.MERGED:  # its texts stay where people merged them to
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


def city(session: Session) -> dict[str, Any]:
    """The settings of the newest plan (tables of `city.toml`)."""
    newest = session.scalars(select(PlanVersion.city).order_by(PlanVersion.id.desc()).limit(1)).first()
    if newest is None:
        raise UnreadableFile("Rencana belum dimuat: jalankan `flask --app app init`.")
    return newest
