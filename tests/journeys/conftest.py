"""One site for all journeys of a process: supervisor, web and worker, with the demonstration in."""

import pytest

from tests.journeys.site import Site
from tests.journeys.statement import Statement


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()


@pytest.fixture(scope="session")
def statement():
    """What this run finds, for the accessibility statement; written down only when the run is asked to."""
    found = Statement()
    yield found
    found.write()
