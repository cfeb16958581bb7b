"""Two thousand clients that send a byte now and then: an ordinary visitor is still answered."""

import resource
import selectors
import socket
import sys
import time

import pytest

from tests.faults import live_site

SLOW = 2000
pytestmark = pytest.mark.slow


@pytest.fixture
def open_files():
    """Room for the connections on our own side too; the limit is put back afterwards."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = SLOW + 500
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"this machine allows {hard} open files, the test needs {wanted}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def connect(port: int, count: int) -> list[socket.socket]:
    """Open connections that have sent the first line of a request and no more."""
    opened = []
    for _ in range(count):
        sock = socket.create_connection(("127.0.0.1", port), timeout=10)
        sock.sendall(b"POST /masukan/baru HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        opened.append(sock)
    return opened


def count_closed(opened: list[socket.socket]) -> int:
    """How many connections the server has ended."""
    closed = 0
    with selectors.DefaultSelector() as selector:
        for sock in opened:
            selector.register(sock, selectors.EVENT_READ)
        for key, _ in selector.select(0):
            closed += key.fileobj.recv(1024) == b""
    return closed


def test_an_ordinary_visitor_is_answered_beside_two_thousand_slow_ones(tmp_path, open_files):
    port = live_site.free_port()
    live_site.initialise(tmp_path / "data", port)
    command = [sys.executable, "-m", "portal.web"]
    with live_site.running(command, tmp_path / "data", port, tmp_path / "log") as web:
        opened = connect(port, SLOW)
        try:
            for sock in opened:
                sock.sendall(b"a")
            seconds = []
            for _ in range(5):
                begun = time.monotonic()
                assert live_site.Visitor(port).request("GET", live_site.FORM)[0] == 200
                seconds.append(time.monotonic() - begun)
            assert count_closed(opened) == 0
            assert sorted(seconds)[2] < 2.0
            assert web.poll() is None
        finally:
            for sock in opened:
                sock.close()
    assert (tmp_path / "log").read_bytes() == b""
