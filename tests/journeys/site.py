"""The site as `make run` starts it, and how a person signs in and looks around."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, StorageState, expect
from sqlalchemy import select

from models import Export, Person, Submission
from models.vocabulary import Channel, ExportState, RequestKind
from portal.config import Settings
from portal.extensions import db
from portal.site import create_app
from services import data_requests, entries
from tests.journeys.scored import score

CHECKOUT = Path(__file__).resolve().parents[2]


def environ(data: Path) -> dict[str, str]:
    return os.environ | {"DATA": str(data), "DEMO": "1", "DEMO_STORY": "0"}


def flask(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "app", *words]
    return subprocess.run(command, cwd=CHECKOUT, env=environ, check=True, capture_output=True, text=True)


def prepare(data: Path) -> None:
    """A data folder as it is after the first start, with the example texts read and something on every desk."""
    flask(environ(data), "init")
    flask(environ(data), "analyse")
    put_on_desks(data)


def put_on_desks(data: Path) -> None:
    """What the demonstration lacks: a pile with one form in it, a request about that form without its PIN, a paper."""
    with create_app(Settings.from_environ(environ(data))).app_context():
        session, now = db.session(), datetime.now(UTC)
        ids = {email.partition("@")[0]: row for row, email in session.execute(select(Person.id, Person.email))}
        typed = session.scalars(select(Submission).where(Submission.channel == Channel.PAPER).order_by(Submission.id))
        form = typed.first()
        facts = {"channel": form.channel, "area": form.area, "expected": 1, "bound_to": form.area}
        form.entry_batch_id = entries.open_batch(session, ids["petugas"], **facts, is_round_open=True, now=now)
        told, by = "Datang ke loket dan menyebut isinya.", ids["privasi"]
        data_requests.enter(session, form.receipt_no, RequestKind.CORRECT, told, actor_id=by, now=now)
        done = {"code": "X4", "ending": "csv", "state": ExportState.MADE, "file": "1-abc.csv", "size": 2048}
        session.add(Export(**done, asked_at=now, made_at=now, asked_by=ids["ketua"]))
        score(session, ids["ketua"], ids["analis"], now)
        session.commit()
        db.engine.dispose()  # the folder is copied; nothing of it may stay open


class Site:
    """Supervisor, web and worker on a port of the machine's choice."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environ = environ(data) | {"PORT": str(self.port)}
        self.signed_in: dict[str, StorageState] = {}
        if not (data / "demo-loaded").exists():
            flask(self.environ, "init")
        rows = [line.split("\t") for line in (data / "demo-sign-ins.tsv").read_text().splitlines()]
        self.passwords = {email.partition("@")[0]: (email, password) for _role, email, password in rows}
        self.process = subprocess.Popen([sys.executable, "portal/serve.py"], cwd=CHECKOUT, env=self.environ)
        self._wait()

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the site's commands."""
        return flask(self.environ, *words)

    def _wait(self) -> None:
        """Until the site answers and its worker has read the example texts."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(self.address, timeout=5) as answer:
                    if 'class="thread across"' in answer.read().decode():
                        return
            except OSError:
                pass
            time.sleep(0.2)
        raise TimeoutError("the site did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def page(self, browser: Browser, who: str | None = None, width: int = 1280, **more) -> Page:
        """A page of a browser of one's own, signed in as `who` (the part of the e-mail before the @).

        Who signed in before brings the cookies of that time and begins on an empty page.
        """
        known = self.signed_in.get(who or "")
        view = {"viewport": {"width": width, "height": 900}, "locale": "id-ID", "storage_state": known}
        page = browser.new_context(**view, **more).new_page()
        if who and not known:
            sign_in(page, self, who)
            self.signed_in[who] = page.context.storage_state()
        return page


def sign_in(page: Page, site: Site, who: str) -> None:
    email, password = site.passwords[who]
    page.goto(f"{site.address}/masuk")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form [type=submit]").first.click()
    expect(page).not_to_have_url(re.compile("/masuk"))


# Only what is asked for comes back: the violations, and how many rules were tried on the page.
RUN = """async () => {
  const found = await axe.run({resultTypes: ['violations']});
  const tried = ['passes', 'violations', 'incomplete', 'inapplicable'].map(kind => found[kind].length);
  return {violations: found.violations, version: found.testEngine.version, tried: tried.reduce((a, b) => a + b)};
}"""


def find_violations(page: Page, statement: Any = None) -> list[str]:
    """What axe finds on a page; a statement notes which axe it was. A page that has axe keeps it at another width."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN)
    if statement is not None:
        statement.note_axe(found["version"], found["tried"])
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
