"""A database of its own for each test of a service, with the plan loaded."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models import Base
from models.engine import open_engine
from services import imports, plans, readings

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{tmp_path}/urun.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        plans.load(session, ROOT / "plan", now=NOW)
        session.commit()
        yield session
    engine.dispose()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def round_id(session: Session) -> int:
    found = plans.current_round(session, now=NOW)
    assert found is not None
    return found[0]


@pytest.fixture
def run_id(session: Session, round_id: int) -> int:
    """The 98 example rows, imported and read."""
    file = ROOT / "demo" / "submissions.csv"
    imports.import_submissions(session, file, round_id=round_id, prefix="PKL", now=NOW)
    return read(session, round_id)


def read(session: Session, round_id: int, now: datetime = NOW) -> int:
    """Do the worker's work now; returns the run."""
    run_id = readings.claim(session, round_id, now=now)
    assert run_id is not None
    readings.store(session, run_id, readings.analyse(readings.gather(session, round_id)), now=now)
    return run_id
