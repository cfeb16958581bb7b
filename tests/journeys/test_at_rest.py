"""What the site takes while nobody asks it anything: a site of its own, just started, with the demonstration read."""

import re
from pathlib import Path

import pytest

from tests.journeys.site import Site


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "rest")
    yield site
    site.stop()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_the_site_at_rest_stays_under_350_mb(site):
    family = [site.process.pid]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if f"PPid:\t{site.process.pid}\n" in text:
            family.append(int(status.parent.name))
    resident = {pid: int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) for pid in family}
    print(f"at rest: {sum(resident.values()) / 1000:.0f} MB in {len(family)} processes")
    assert len(family) == 3 and sum(resident.values()) <= 350_000
