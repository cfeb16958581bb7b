"""What the site takes while nobody asks it anything: a site of its own, just started, with the demonstration read."""

import re
import time
from pathlib import Path

import pytest

from tests.journeys.site import Site

LIMIT = 350_000  # kB


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "rest")
    yield site
    site.stop()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_the_site_at_rest_stays_under_350_mb(site):
    taken = resident(site.process.pid)
    # The first run ends a moment after its findings can be seen; then what it took is given back.
    deadline = time.monotonic() + 30
    while sum(taken.values()) > LIMIT and time.monotonic() < deadline:
        time.sleep(0.5)
        taken = resident(site.process.pid)
    print(f"at rest: {sum(taken.values()) / 1000:.0f} MB in {len(taken)} processes")
    assert len(taken) == 3 and sum(taken.values()) <= LIMIT


def resident(supervisor):
    """Kilobytes by process, of the supervisor and its children."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        pid = int(status.parent.name)
        if pid == supervisor or f"PPid:\t{supervisor}\n" in text:
            found[pid] = int(re.search(r"VmRSS:\s+(\d+)", text)[1])
    return found
