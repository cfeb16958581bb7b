"""The past of the demonstration: when its first round was, who worked on it, and how far the telling of it has come."""

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Person, Round

STATE = "demo-story.json"
DAYS, SINCE, PUBLISHED_AGO, REPLY_DAYS = 28, 24, 4, 14


@dataclass(frozen=True, slots=True)
class Times:
    """The days of the first round, over since some weeks; what was done after it, by days since its end."""

    opens: date
    closes: date
    zone: ZoneInfo

    def after(self, days: float) -> datetime:
        """A working moment so many days after the round closed."""
        start = datetime.combine(self.closes, time(9, 30), self.zone).astimezone(UTC)
        return start + timedelta(days=days)

    @property
    def before(self) -> datetime:
        """When the round was prepared."""
        return datetime.combine(self.opens - timedelta(days=3), time(9), self.zone).astimezone(UTC)


@dataclass(slots=True)
class State:
    """How many steps are done, and what the next ones and the page of the demonstration need to know."""

    path: Path
    done: int = 0
    steps: int = 0
    is_told: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Path) -> "State":
        """What is kept in a data folder; from the beginning where nothing is."""
        path = data / STATE
        if not path.exists():
            return cls(path)
        kept = json.loads(path.read_text("utf-8"))
        return cls(path, kept["done"], kept["steps"], kept["is_told"], kept["facts"])

    def write(self) -> None:
        """Keep it, whole or not at all, for its owner alone: a PIN stands in it."""
        kept = {"done": self.done, "steps": self.steps, "is_told": self.is_told, "facts": self.facts}
        part = self.path.with_suffix(f".{os.getpid()}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False)
        part.replace(self.path)


def times(session: Session, now: datetime, zone: ZoneInfo, known: str | None = None) -> Times:
    """A round of four weeks that was over before the open one began; `known` is its last day once it was begun."""
    if known is not None:
        closes = date.fromisoformat(known)
        return Times(closes - timedelta(days=DAYS - 1), closes, zone)
    first = session.scalar(select(Round.opens_at).order_by(Round.opens_at).limit(1))
    closes = now.astimezone(zone).date() - timedelta(days=SINCE)
    if first is not None:
        closes = min(closes, first.astimezone(zone).date() - timedelta(days=2))
    return Times(closes - timedelta(days=DAYS - 1), closes, zone)


def person(session: Session, name: str) -> int:
    """The id of one of the demonstration's people, by what stands before the @."""
    return session.scalars(select(Person.id).where(Person.email == f"{name}@demo.example")).one()
