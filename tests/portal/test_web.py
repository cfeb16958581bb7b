"""The web process: who may listen where, a taken port, and the running request at the end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from portal import web

CHECKOUT = Path(__file__).resolve().parents[2]
# A small app behind the server of the site: it says when a request has begun, then takes its time.
SERVE_SLOWLY = """
import signal, sys, time
from portal import web
def app(environ, start_response):
    print("begun", flush=True)
    time.sleep(0.8)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "7")])
    return [b"answer\\n"]
signal.signal(signal.SIGTERM, web.stop)
web.build_server(app, web.listen("127.0.0.1", int(sys.argv[1])), file_limit=4096).run()
"""


def start(*arguments: str, **settings: str) -> subprocess.Popen:
    """Start a Python of the site with these settings."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=CHECKOUT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("127.8.9.1", True), ("0.0.0.0", False), ("192.0.2.7", False)],
)
def test_loopback_is_told_from_what_others_can_reach(host, expected):
    assert web.is_loopback(host) is expected


def test_the_demo_is_refused_on_any_other_address(tmp_path):
    process = start("-m", "portal.web", HOST="0.0.0.0", DEMO="1", DATA=str(tmp_path), PORT="8000")
    _, message = process.communicate(timeout=20)
    assert process.returncode == web.CANNOT_START
    assert message.count("\n") == 1 and "0.0.0.0" in message


def test_a_wrong_setting_is_one_clear_line():
    process = start("-m", "portal.web", PORT="eighty")
    _, message = process.communicate(timeout=20)
    assert process.returncode == web.CANNOT_START
    assert message.count("\n") == 1 and "PORT" in message


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = start("-m", "portal.web", HOST="127.0.0.1", DEMO="1", DATA=str(tmp_path), PORT=port)
        _, message = process.communicate(timeout=20)
    assert process.returncode == web.CANNOT_START
    assert message.count("\n") == 1 and port in message and "in use" in message


def test_sigterm_answers_the_running_request_and_then_ends():
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    process = start("-c", SERVE_SLOWLY, str(port))
    answers = []

    def ask():
        deadline = time.monotonic() + 20
        while not answers and time.monotonic() < deadline:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            try:
                connection.request("GET", "/")
                answers.append(connection.getresponse().read())
            except ConnectionRefusedError:
                time.sleep(0.05)
            finally:
                connection.close()

    asking = threading.Thread(target=ask)
    asking.start()
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGTERM)
    _, message = process.communicate(timeout=10)
    asking.join()
    assert answers == [b"answer\n"]
    # On a busy machine waitress says that a connection waited for its turn; nothing else may be said.
    assert process.returncode == 0 and not [line for line in message.splitlines() if "queue depth" not in line]
