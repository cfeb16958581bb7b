"""The site as `make run` starts it, and how a person signs in and looks around."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

CHECKOUT = Path(__file__).resolve().parents[2]


class Site:
    """Supervisor, web and worker on a port of the machine's choice."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environ = os.environ | {"PORT": str(self.port), "DATA": str(data), "DEMO": "1"}
        said = self.flask("init").stdout
        rows = [line.split("\t") for line in said.splitlines() if line.count("\t") == 2]
        self.passwords = {email.partition("@")[0]: (email, password) for _role, email, password in rows}
        self.process = subprocess.Popen([sys.executable, "portal/serve.py"], cwd=CHECKOUT, env=self.environ)
        self._wait()

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of the site's commands."""
        command = [sys.executable, "-m", "flask", "--app", "app", *words]
        return subprocess.run(command, cwd=CHECKOUT, env=self.environ, check=True, capture_output=True, text=True)

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
        """A page of a browser of one's own, signed in as `who` (the part of the e-mail before the @)."""
        page = browser.new_context(viewport={"width": width, "height": 900}, locale="id-ID", **more).new_page()
        if who:
            sign_in(page, self, who)
        return page


def sign_in(page: Page, site: Site, who: str) -> None:
    email, password = site.passwords[who]
    page.goto(f"{site.address}/masuk")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form [type=submit]").first.click()
    expect(page).not_to_have_url(re.compile("/masuk"))


def find_violations(page: Page, statement: Any = None) -> list[str]:
    """What axe finds on a page; a statement notes which axe it was."""
    found = Axe().run(page).response
    if statement is not None:
        statement.note_axe(found)
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
