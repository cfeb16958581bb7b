"""One site for all journeys of a process: supervisor, web and worker, with the demonstration in."""

import pytest

from tests.journeys.site import Site


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()
