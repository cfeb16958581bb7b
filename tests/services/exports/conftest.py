"""The fixed world, built once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from services.exports import frames, making
from services.exports.frames import Asked
from tests.services.conftest import opened
from tests.services.exports.world import NOW, Builder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, planned: Path) -> Path:
    path = shutil.copy(planned, tmp_path_factory.mktemp("world"))
    with opened(path) as session:
        Builder(session).build()
    return path


@pytest.fixture
def session(tmp_path: Path, built: Path) -> Iterator[Session]:
    with opened(shutil.copy(built, tmp_path)) as session:
        yield session


@pytest.fixture
def content(session):
    """A paper before it becomes a file."""

    def made(code, **asked):
        return making.MAKERS[code](frames.gather(session, Asked(now=NOW, **asked)))

    return made


@pytest.fixture
def make(session):
    """The files of a paper."""

    def made(code, ending, **asked):
        return making.make(session, code, f"kertas.{ending}", Asked(ending=ending, now=NOW, **asked))

    return made
