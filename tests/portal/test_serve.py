"""The supervisor with small stand-in commands: restarts, one signal, no orphans."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal import serve

CHECKOUT = Path(__file__).resolve().parents[2]
LAUNCH = """
import json, runpy, sys
serve = runpy.run_path("portal/serve.py")
sys.exit(serve["supervise"](json.loads(sys.argv[1])))
"""
# Notes each start and each SIGTERM in its file; ends after the SIGTERM as a server does, in its own time.
STAND_IN = """
import os, signal, sys, time
def note(word):
    with open(sys.argv[1], "a") as file:
        file.write(f"{word} {os.getpid()}\\n")
def end(number, frame):
    note("term")
    time.sleep(0.3)
    note("end")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
note("start")
while True:
    time.sleep(0.05)
"""
DIES = """
import sys
with open(sys.argv[1], "a") as file:
    file.write("start 0\\n")
sys.exit(int(sys.argv[2]))
"""


def notes(path: Path, word: str) -> list[int]:
    """Return the process numbers a stand-in noted with a word."""
    lines = path.read_text().splitlines() if path.exists() else []
    return [int(number) for noted, number in (line.split() for line in lines) if noted == word]


def wait_until(is_so, seconds: float = 8.0) -> None:
    """Wait for something to become so, or fail."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs (a dead one that nobody has reaped does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def supervise(tmp_path):
    """Start a supervisor over {name: arguments of a Python}; it and its children are ended afterwards."""
    started = []

    def start(children: dict[str, list[str]]) -> subprocess.Popen:
        commands = {name: [sys.executable, "-c", *arguments] for name, arguments in children.items()}
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", LAUNCH, json.dumps(commands)],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(15)
        process.stdout.close()


@pytest.fixture
def pair(tmp_path, supervise):
    """A supervisor over two stand-ins that have started; returns it and the files of their notes."""
    files = [tmp_path / "web", tmp_path / "worker"]
    process = supervise({file.name: [STAND_IN, str(file)] for file in files})
    wait_until(lambda: all(notes(file, "start") for file in files))
    return process, files


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_ends_both_and_each_gets_one_sigterm(pair, number):
    process, files = pair
    process.send_signal(number)
    process.send_signal(signal.SIGTERM)
    assert process.wait(8) == 0
    for file in files:
        assert len(notes(file, "term")) == 1
        assert notes(file, "end") == notes(file, "start")
    assert process.stdout.read() == b""


def test_a_child_that_dies_is_started_again_and_the_other_goes_on(pair):
    process, (web, worker) = pair
    os.kill(notes(web, "start")[0], signal.SIGKILL)
    wait_until(lambda: len(notes(web, "start")) == 2)
    assert len(notes(worker, "start")) == 1
    assert process.poll() is None


def test_a_child_that_always_dies_is_started_again_at_most_five_times_a_minute(tmp_path, supervise):
    web, worker = tmp_path / "web", tmp_path / "worker"
    process = supervise({"web": [STAND_IN, str(web)], "worker": [DIES, str(worker), "1"]})
    wait_until(lambda: len(notes(worker, "start")) == 6)
    time.sleep(0.5)
    assert len(notes(worker, "start")) == 6
    assert is_alive(notes(web, "start")[0])
    assert process.poll() is None


def test_the_limit_opens_again_when_the_minute_is_over():
    child = serve.Child("web", [])
    child.restarts.extend([100.0, 101.0, 102.0, 103.0])
    assert child.seconds_to_restart(104.0) == 0
    child.restarts.append(104.0)
    assert child.seconds_to_restart(110.0) == 50.0
    assert child.seconds_to_restart(160.0) == 0


def test_a_child_that_cannot_start_ends_the_supervisor_with_its_code(tmp_path, supervise):
    web, worker = tmp_path / "web", tmp_path / "worker"
    process = supervise({"web": [DIES, str(web), str(serve.CANNOT_START)], "worker": [STAND_IN, str(worker)]})
    assert process.wait(10) == serve.CANNOT_START
    assert len(notes(web, "start")) == 1
    assert not any(is_alive(pid) for pid in notes(worker, "start"))


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux only")
def test_a_killed_supervisor_leaves_no_orphan(pair):
    process, files = pair
    process.kill()
    process.wait(5)
    pids = [pid for file in files for pid in notes(file, "start")]
    wait_until(lambda: not any(is_alive(pid) for pid in pids))
    assert all(len(notes(file, "end")) == 1 for file in files)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_make_that_is_interrupted_alone_ends_all(tmp_path):
    web = tmp_path / "web"
    commands = json.dumps({"web": [sys.executable, "-c", STAND_IN, str(web)]})
    words = [sys.executable, "-P", "-c", LAUNCH, commands]
    (tmp_path / "run.sh").write_text(f"exec {shlex.join(words)}\n")
    (tmp_path / "Makefile").write_text(f"run:\n\t@cd {CHECKOUT} && exec sh {tmp_path}/run.sh\n")
    make = subprocess.Popen(["make", "-s", "run"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    wait_until(lambda: notes(web, "start"))
    make.send_signal(signal.SIGINT)
    assert make.wait(8) != 0
    assert notes(web, "end") == notes(web, "start")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_supervisor_is_small(pair):
    process, _ = pair
    status = Path(f"/proc/{process.pid}/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    assert resident < 20_000, f"{resident} kB"
