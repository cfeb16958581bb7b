"""A database of its own for each test of a service, with the plan loaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models import Base
from models.engine import open_engine
from services import imports, materials, plans, readings, rounds, runs

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made once for all tests: the tables and the plan."""
    path = tmp_path_factory.mktemp("planned") / "urun.db"
    with opened(path) as session:
        Base.metadata.create_all(session.connection())
        plans.load(session, ROOT / "plan", now=NOW)
        session.commit()
    return path


@pytest.fixture(scope="session")
def examples_read(tmp_path_factory: pytest.TempPathFactory, planned: Path) -> tuple[Path, int]:
    """The same with the 98 example rows, imported and read, and its run."""
    path = shutil.copy(planned, tmp_path_factory.mktemp("read"))
    with opened(path) as session:
        round_id, file = rounds.current(session, now=NOW)[0], ROOT / "demo" / "submissions.csv"
        imports.import_submissions(session, file, round_id=round_id, prefix="PKL", now=NOW)
        run_id = read(session, round_id)
        session.commit()
    return path, run_id


@contextmanager
def opened(path: Path) -> Iterator[Session]:
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def session(request: pytest.FixtureRequest, tmp_path: Path, planned: Path) -> Iterator[Session]:
    is_read = "run_id" in request.fixturenames
    made = request.getfixturevalue("examples_read")[0] if is_read else planned
    with opened(shutil.copy(made, tmp_path)) as session:
        yield session


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def round_id(session: Session) -> int:
    found = rounds.current(session, now=NOW)
    assert found is not None
    return found[0]


@pytest.fixture
def run_id(session: Session, examples_read: tuple[Path, int]) -> int:
    """The 98 example rows, imported and read: `session` opens a copy that has them for whoever asks for this."""
    return examples_read[1]


def read(session: Session, round_id: int, now: datetime = NOW) -> int:
    """Do the worker's work now; returns the run."""
    run_id = runs.claim(session, round_id, now=now)
    assert run_id is not None
    readings.store(session, run_id, readings.analyse(materials.gather(session, round_id)), now=now)
    return run_id
