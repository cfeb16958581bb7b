"""A real site for the tests of faults: web and supervisor as processes on a port of the machine's choice."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FORM = "/masukan/baru"
STATUS = "/masukan/status"
LAUNCH = """
import json, runpy, sys
serve = runpy.run_path("portal/serve.py")
sys.exit(serve["supervise"](json.loads(sys.argv[1])))
"""


class Page(HTMLParser):
    """What the tests read of a page: hidden fields, and the words of elements with an id."""

    def __init__(self, markup: str):
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden":
            self.hidden[found["name"]] = found.get("value") or ""
        if found.get("id") in {"receipt-no", "receipt-pin"}:
            self._open.append((tag, found["id"]))

    def handle_data(self, data):
        if self._open:
            name = self._open[-1][1]
            self.named[name] = self.named.get(name, "") + data

    def handle_endtag(self, tag):
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def receipt(self) -> tuple[str, str] | None:
        """Return (number, PIN in digits) when the page shows a receipt."""
        number = self.named.get("receipt-no", "").strip()
        pin = re.sub(r"\D", "", self.named.get("receipt-pin", ""))
        return (number, pin) if number and pin else None


class Visitor:
    """One citizen's browser without script: keeps cookies, follows a redirect."""

    def __init__(self, port: int, timeout: float = 5.0):
        self.port = port
        self.timeout = timeout
        self.cookies: dict[str, str] = {}

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request over a connection of its own; returns (status, body) of the page it ends on."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)) as connection:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for line in response.headers.get_all("Set-Cookie") or ():
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            text = response.read().decode()
        if response.status in {302, 303}:
            return self.request("GET", urllib.parse.urlsplit(response.headers["Location"]).path)
        return response.status, text

    def submit(self, text: str) -> tuple[str, str] | None:
        """Fill in the suggestion form; returns (number, PIN) when a receipt was shown."""
        _, markup = self.request("GET", FORM)
        status, markup = self.request("POST", FORM, {**Page(markup).hidden, "text": text, "topic": "auto"})
        return Page(markup).receipt() if status == 200 else None

    def look_up(self, number: str, pin: str) -> str:
        """Ask what became of a submission; returns the page."""
        _, markup = self.request("GET", STATUS)
        fields = {**Page(markup).hidden, "receipt_no": number, "pin": pin}
        return self.request("POST", STATUS, fields)[1]


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return sock.getsockname()[1]


def environ(data: Path, port: int) -> dict[str, str]:
    """Return the settings of a site of its own, whatever is set where the tests run."""
    own = {"DATA": str(data), "DEMO": "1", "DEMO_STORY": "0", "HOST": "127.0.0.1", "PORT": str(port)}
    return {**os.environ, "HTTPS": "0", **own}


def initialise(data: Path, port: int) -> None:
    """Make the database with the plan and the demo, whose round is always open."""
    command = [sys.executable, "-m", "flask", "--app", "app", "init"]
    result = subprocess.run(command, cwd=CHECKOUT, env=environ(data, port), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def wait_for(port: int, process: subprocess.Popen, seconds: float = 20.0) -> None:
    """Wait until the form is served."""
    deadline = time.monotonic() + seconds
    while True:
        assert process.poll() is None, f"the site ended with {process.returncode}"
        assert time.monotonic() < deadline, "the site did not answer"
        with contextlib.suppress(OSError, http.client.HTTPException):
            if Visitor(port).request("GET", FORM)[0] == 200:
                return
        time.sleep(0.1)


@contextlib.contextmanager
def running(command: list[str], data: Path, port: int, log: Path):
    """Run a process of the site until it answers; end it afterwards. Its output goes to a file."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=environ(data, port), stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_for(port, process)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
