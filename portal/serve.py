"""The supervisor of `make run`: web and worker, one signal ends both.

Run as a plain script with the standard library only, so that it stays small beside the processes it keeps.
"""

import collections
import ctypes
import os
import select
import signal
import subprocess
import sys
import time

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHILDREN = {
    "web": (sys.executable, "-m", "portal.web"),
    "worker": (sys.executable, "-m", "portal.worker"),
}
RESTARTS = 5
WINDOW_SECONDS = 60.0
GRACE_SECONDS = 8.0
CANNOT_START = 78  # a child that ends so (EX_CONFIG) would end so again: port in use, settings refused
PR_SET_PDEATHSIG = 1
# One heap for all threads and one thread for matrices: 60 MB less at rest, and no slower under one interpreter.
LEAN = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}
LOOK_SECONDS = 1.0


class Child:
    """One command kept running: its process, and when it was started again."""

    def __init__(self, name, command):
        self.name = name
        self.command = command
        self.process = None
        self.restarts = collections.deque(maxlen=RESTARTS)

    def start(self):
        """Start the command at the head of its own process group, so that a Ctrl-C passes it by."""
        self.process = subprocess.Popen(
            self.command,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            env=LEAN | os.environ,
            process_group=0,
            preexec_fn=die_with(os.getpid()),
        )

    def is_running(self):
        """Tell whether the process runs; reaps it when it has ended."""
        return self.process is not None and self.process.poll() is None

    def seconds_to_restart(self, now):
        """Seconds until it may start again: 0 unless that happened five times within the last minute."""
        if len(self.restarts) < RESTARTS:
            return 0.0
        return max(0.0, self.restarts[0] + WINDOW_SECONDS - now)

    def restart(self, now):
        """Start again and remember when."""
        self.restarts.append(now)
        self.start()


def die_with(parent):
    """Return what a child runs first: on Linux it asks for SIGTERM when the supervisor is gone."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare():
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)

    return prepare


class Alarm:
    """Sleep that a signal ends: signals write into a pipe, `wait` reads it."""

    def __init__(self):
        self.stopped = False
        self.reader, writer = os.pipe()
        os.set_blocking(self.reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def _stop(self, number, frame):
        self.stopped = True

    def wait(self, seconds):
        """Wait until a signal comes or the seconds have passed; None waits for a signal."""
        readable, _, _ = select.select([self.reader], [], [], seconds)
        if readable:
            os.read(self.reader, 4096)


def interruptible_make(pid):
    """Tell whether a process is a make that handles SIGINT; False where that cannot be seen."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            status = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
    except OSError:
        return False
    return status["Name"] in {"make", "gmake"} and bool(int(status["SigCgt"], 16) >> (signal.SIGINT - 1) & 1)


class Caller:
    """Whether the make that started us was interrupted.

    A make that is sent SIGINT alone passes nothing on: it gives up its handler and waits for us, for ever.
    So we look at the handler now and then, where there is a make that had one.
    """

    def __init__(self):
        self.pid = os.getppid()
        self.is_watched = interruptible_make(self.pid)

    def is_interrupted(self):
        """Tell whether the caller has given up its handler."""
        return self.is_watched and not interruptible_make(self.pid)

    def limit(self, pause):
        """Return how long to wait at most: no longer than until the next look."""
        if not self.is_watched:
            return pause
        return LOOK_SECONDS if pause is None else min(pause, LOOK_SECONDS)


def revive(children):
    """Start what has ended, as far as the limit allows.

    Returns (exit code or None, seconds until the next start is allowed or None); with an exit code all ends.
    """
    pause = None
    for child in children:
        if child.is_running():
            continue
        if child.process.returncode == CANNOT_START:
            return CANNOT_START, None
        now = time.monotonic()
        wait = child.seconds_to_restart(now)
        if wait > 0:
            pause = wait if pause is None else min(pause, wait)
        else:
            child.restart(now)
    return None, pause


def stop(children, alarm):
    """Pass on one SIGTERM, wait for the running work, and kill what does not end within the grace."""
    running = [child for child in children if child.is_running()]
    for child in running:
        child.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    while any(child.is_running() for child in running) and time.monotonic() < deadline:
        alarm.wait(0.2)
    for child in running:
        if child.is_running():
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def supervise(commands=None):
    """Keep the named commands ({name: argument list}) running until a signal; returns the exit code."""
    alarm, caller = Alarm(), Caller()
    children = [Child(name, command) for name, command in (commands or CHILDREN).items()]
    code = None
    try:
        for child in children:
            child.start()
        while code is None and not alarm.stopped and not caller.is_interrupted():
            code, pause = revive(children)
            if code is None and not alarm.stopped:
                alarm.wait(caller.limit(pause))
    finally:
        stop(children, alarm)
    return code or 0


if __name__ == "__main__":
    sys.exit(supervise())
