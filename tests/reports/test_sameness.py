"""The same data gives the same file: on another day, in another place, in another process."""

import hashlib
import os
import subprocess
import sys

import pytest

from tests.conftest import CHECKOUT

MAKE = {
    "docx": "from reports.documents import document; made = document(paper())",
    "draft": "from reports.manuscripts import *; from tests.reports.drafts import *; made = manuscript(whole())",
    "html": "from reports.prints import page; made = page(paper(), css='a{}')",
    "csv": "from reports.csvs import csv_file; made = csv_file(SHEET)",
    "explanation": "from reports.csvs import explanation; made = explanation([SHEET], 'Rob', [], MADE)",
    "xlsx": "from reports.tables import workbook; made = workbook([SHEET], title='Rob', facts=[], made_at=MADE)",
    "typ": "from reports.typeset import source; made = source(paper()).encode()",
    "pptx": "from reports.slides import deck; made = deck(SLIDES, title='Rob', facts=[], made_at=MADE)",
}
# The clock is put before anything is loaded that may keep a name of its own for it.
RUN = """
import sys, time, random
moment = float(sys.argv[1])
random.seed(moment)
here = time.localtime
time.time = lambda: moment
time.localtime = lambda at=moment: here(at)
from reports.tables import Sheet
from tests.reports.sheets_of_paper import *
SHEET = Sheet("Rob", COLUMNS, ROWS)
{make}
sys.stdout.buffer.write(made)
"""


def made_at(moment, zone, seed, make):
    environ = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", RUN.format(make=make), str(moment)]
    return subprocess.run(command, cwd=CHECKOUT, env=environ, capture_output=True, check=True).stdout


@pytest.mark.parametrize("kind", MAKE)
def test_the_clock_the_zone_and_the_process_leave_no_trace(kind):
    one = made_at(1_700_000_000, "UTC", "1", MAKE[kind])
    other = made_at(1_900_000_000, "Asia/Jakarta", "2", MAKE[kind])
    assert len(one) > 20 and hashlib.sha256(one).hexdigest() == hashlib.sha256(other).hexdigest()
