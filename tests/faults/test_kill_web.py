"""The web process killed while submissions arrive: whoever was shown a receipt is found again."""

import http.client
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.faults import live_site

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]
SENDERS = "ABCD"
KILLS = 3


def children(pid: int) -> list[int]:
    """Return the processes a process has started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for_other_child(supervisor: int, old: int) -> int:
    """Return the child that took the place of a dead one."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        fresh = [pid for pid in children(supervisor) if pid != old]
        if fresh:
            return fresh[0]
        time.sleep(0.02)
    raise AssertionError("the dead web process was not started again")


def send_until(stopped: threading.Event, port: int, name: str, receipts: list) -> None:
    """Send one text after another; note (number, PIN, text) only when the receipt was shown."""
    count = 0
    while not stopped.is_set():
        count += 1
        text = f"Saluran air di gang {name} nomor {count} mampet tiap hujan deras, mohon dibersihkan."
        try:
            shown = live_site.Visitor(port).submit(text)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        if shown:
            receipts.append((*shown, text))


def wait_for_more(receipts: list, count: int) -> None:
    """Wait until so many receipts have been shown."""
    deadline = time.monotonic() + 15
    while len(receipts) < count:
        assert time.monotonic() < deadline, f"only {len(receipts)} receipts"
        time.sleep(0.01)


def test_every_receipt_that_was_shown_is_there_after_the_kills(tmp_path):
    port = live_site.free_port()
    live_site.initialise(tmp_path / "data", port)
    web = {"web": [sys.executable, "-m", "portal.web"]}
    command = [sys.executable, "-P", "-c", live_site.LAUNCH, json.dumps(web)]
    receipts, stopped = [], threading.Event()
    with live_site.running(command, tmp_path / "data", port, tmp_path / "log") as supervisor:
        senders = [threading.Thread(target=send_until, args=(stopped, port, name, receipts)) for name in SENDERS]
        for sender in senders:
            sender.start()
        try:
            child = children(supervisor.pid)[0]
            for _ in range(KILLS):
                wait_for_more(receipts, len(receipts) + 6)
                os.kill(child, signal.SIGKILL)
                child = wait_for_other_child(supervisor.pid, child)
            wait_for_more(receipts, len(receipts) + 1)
        finally:
            stopped.set()
            for sender in senders:
                sender.join()
        assert len({number for number, _, _ in receipts}) == len(receipts)
        seek = live_site.Visitor(port).look_up
        lost = [number for number, pin, text in receipts if text not in seek(number, pin)]
    assert not lost
