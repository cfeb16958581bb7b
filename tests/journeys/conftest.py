"""One site for all journeys of a process: supervisor, web and worker, with the demonstration in."""

import fcntl
import shutil

import pytest

from tests.journeys.site import Site, prepare
from tests.journeys.statement import Statement


@pytest.fixture(scope="session")
def demo(tmp_path_factory, request):
    """A data folder with the demonstration, read: made by the process that comes first, copied by every other."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        folder = folder.parent  # where the processes of a run meet
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "demo").exists():
            prepare(folder / "demo.part")
            (folder / "demo.part").rename(folder / "demo")
    return folder / "demo"


@pytest.fixture(scope="session")
def site(tmp_path_factory, demo):
    data = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(demo, data)
    site = Site(data)
    yield site
    site.stop()


@pytest.fixture(scope="session")
def statement():
    """What this run finds, for the accessibility statement; written down only when the run is asked to."""
    found = Statement()
    yield found
    found.write()
