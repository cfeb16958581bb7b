"""5,000 rows at once: how long and how much memory is printed, never asserted, because machines differ."""

import csv
import os
import resource
import subprocess
import sys
import time

import pytest

from tests.services.conftest import ROOT

ROWS = 5000


@pytest.mark.slow
def test_5000_rows_go_in_and_a_second_time_add_nothing(tmp_path, capsys):
    file, environ = tmp_path / "besar.csv", os.environ | {"DATA": str(tmp_path / "data"), "DEMO": "0"}
    with file.open("w", newline="", encoding="utf-8") as content:
        writer = csv.writer(content)
        writer.writerow(["id", "kelurahan", "condition_1_4", "text"])
        writer.writerows([f"S-{n}", "Tirto", n % 4 + 1, f"Selokan gang {n} mampet sejak hujan"] for n in range(ROWS))
    flask(environ, "init")
    for said in (f"{ROWS} baru, 0 sudah ada", f"0 baru, {ROWS} sudah ada"):
        begun = time.monotonic()
        assert flask(environ, "import", "submissions", str(file)).startswith(said)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        with capsys.disabled():
            print(f"\n{said}: {time.monotonic() - begun:.1f} s, at most {peak:.0f} MB in a process")


def flask(environ, *words):
    command = [sys.executable, "-m", "flask", "--app", "app", *words]
    return subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True).stdout
