"""Fixtures for every room: a real browser or a loud reason why there is none, and files read in this process."""

import io
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from services.sources import apart
from services.sources.__main__ import main
from tests import browser_search

CHECKOUT = Path(__file__).resolve().parent.parent
# Where Linux keeps files in memory: each test has a database of its own, and each commit waits for the disk.
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30


def pytest_configure():
    """Put the folders of the tests into memory where there is room for them and programs may be started there."""
    is_there = os.access(MEMORY, os.W_OK) and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    if is_there and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_modifyitems(items):
    """Mark whatever uses the browser, so that `-m 'not browser'` leaves it out."""
    for item in items:
        if {"browser", "page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter):
    """Say once, at the end, that the browser tests did not run and how to get a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(browser_search.ADVICE in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(f"BROWSER TESTS DID NOT RUN: {browser_search.ADVICE}", red=True)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """One browser for all tests of a process. Without one: skipped, or failed where CI=true."""
    with sync_playwright() as playwright:
        found = browser_search.launch(playwright.chromium, CHECKOUT, tmp_path_factory.mktemp("browser"))
        if found is None:
            if os.environ.get("CI", "").lower() in {"1", "true"}:
                pytest.fail(browser_search.ADVICE)
            pytest.skip(browser_search.ADVICE)
        yield found
        found.close()


@pytest.fixture
def page(browser):
    """A page of phone size in a fresh profile, speaking Indonesian."""
    context = browser.new_context(viewport={"width": 375, "height": 812}, locale="id-ID")
    yield context.new_page()
    context.close()


@pytest.fixture
def reader_here(monkeypatch):
    """Read files in this process: one of its own takes a second. The test of `apart` itself has it with its limits."""

    def run(command, *, input, **_more):
        said = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(resource, "setrlimit", lambda *_limit: None)
            patch.setattr(sys, "argv", command[2:])
            patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(input)))
            patch.setattr(sys, "stdout", said)
            main()
        return subprocess.CompletedProcess(command, 0, stdout=said.getvalue())

    monkeypatch.setattr(apart, "subprocess", SimpleNamespace(run=run, SubprocessError=subprocess.SubprocessError))
