"""Desks: every page of the team with a thousand and with a hundred thousand points, asked for in turn.

`python -m benchmarks desks [--rows N] [--folder DIR]` builds two data folders (`stocked.py`), walks through
all desks of both (`addresses.py`) and asks for every page several times, the small and the large one by turns, in one
process through the whole site. The first time is not counted; of the others the median is an address's time.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks import stocked
from benchmarks.addresses import Address, Walk
from benchmarks.rows import Row
from benchmarks.teamwork import EMAIL
from portal.extensions import db
from portal.site import create_app

Tell = Callable[[str], None]
STAGE = "desks"
SMALL, LARGE = 1_000, 100_000
TURNS, COMBINATIONS = 3, 300
ALL, OK = "all ways", 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What one page cost: milliseconds by the clock, of the processor, and statements; each the median of the turns."""

    address: Address
    wall: float
    cpu: float
    statements: float


@dataclass(frozen=True, slots=True)
class View:
    """All pages of a desk that are asked for in one way, in the large folder beside the small one."""

    desk: str
    kind: str
    addresses: int
    p50: float
    p95: float
    slowest: str
    cpu: float
    cpu95: float
    ratio: float
    statements: int


class Site:
    """The site over a folder, with somebody signed in who may open every desk."""

    def __init__(self, folder: Path, rows: int, tell: Tell = lambda _: None) -> None:
        is_new = not (folder / "urun.db").exists()
        self.app: Flask = create_app(stocked.settings(folder))
        if is_new:
            stocked.fill(self.app, rows, lambda step: tell(f"{rows} points: {step}"))
        self.client: FlaskClient = self.app.test_client()
        self.rows, self.statements = rows, 0
        with self.app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._count)
        self._sign_in()

    def _count(self, *_: Any) -> None:
        self.statements += 1

    def _sign_in(self) -> None:
        page = self.client.get("/masuk").text
        token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
        given = {"csrf_token": token, "email": EMAIL, "password": stocked.PASSWORD}
        if self.client.post("/masuk", data=given).status_code >= 400:
            raise RuntimeError("nobody could sign in")

    def page(self, path: str) -> str | None:
        """A page to be read; None for what is not there, leads elsewhere or is a file."""
        answer = self.client.get(path)
        if answer.status_code >= 500:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        is_page = answer.status_code == OK and answer.mimetype == "text/html"
        return answer.text if is_page else None

    def addresses(self, combinations: int) -> list[Address]:
        """Every page of every desk."""
        return Walk(self.app.url_map, self.page, self.rows).run(combinations)

    def ask(self, path: str) -> tuple[float, float, int]:
        """Milliseconds by the clock and of the processor, and the statements, as a browser would ask."""
        self.statements = 0
        wall, cpu = time.perf_counter(), time.process_time()
        answer = self.client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
        answer.get_data()
        spent = (time.perf_counter() - wall) * 1_000, (time.process_time() - cpu) * 1_000, self.statements
        if answer.status_code != OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return spent


def run(sets: Path | None) -> list[Row]:
    """The figures of every desk, all ways of asking together; `sets` is not read: the texts are made."""
    small, large = (_together(found) for found in measure(LARGE))
    return [row for view in views(small, large) for row in _rows(view)]


def _anywhere(found: Sequence[Asked]) -> list[Asked]:
    return [replace(one, address=one.address._replace(endpoint="all desks")) for one in found]


def _together(found: Sequence[Asked]) -> list[Asked]:
    return [replace(one, address=one.address._replace(kind=ALL)) for one in found]


def measure(
    rows: int, folder: Path | None = None, combinations: int = COMBINATIONS, tell: Tell = lambda _: None
) -> tuple[list[Asked], list[Asked]]:
    """What every page costs with a thousand points and with `rows`; a given `folder` is kept."""
    with TemporaryDirectory() if folder is None else nullcontext(str(folder)) as name:
        sites = [Site(Path(name) / str(size), size, tell) for size in (min(SMALL, rows // 2), rows)]
        pages = [site.addresses(combinations) for site in sites]
        tell(f"{len(pages[0])} pages of the small site, {len(pages[1])} of the large one")
        return _by_turns(sites, pages)


def _by_turns(sites: Sequence[Site], pages: Sequence[Sequence[Address]]) -> tuple[list[Asked], list[Asked]]:
    """Every page of both sites, one of the small after one of the large, view by view."""
    ordered = [sorted(found, key=lambda a: (a.endpoint, a.kind, a.path)) for found in pages]
    costs: list[dict[Address, list[tuple[float, float, int]]]] = [{}, {}]
    for _turn in range(TURNS):
        gc.collect()
        longest = max(map(len, ordered))
        for number in range(longest):
            for site, found, kept in zip(sites, ordered, costs, strict=True):
                for address in found[number * len(found) // longest : (number + 1) * len(found) // longest]:
                    kept.setdefault(address, []).append(site.ask(address.path))
    small, large = ([_middle(address, cost) for address, cost in kept.items()] for kept in costs)
    return small, large


def _middle(address: Address, cost: Sequence[tuple[float, float, int]]) -> Asked:
    wall, cpu, statements = (median(values) for values in zip(*cost, strict=True))
    return Asked(address, wall, cpu, statements)


def views(small: Sequence[Asked], large: Sequence[Asked]) -> list[View]:
    """Desks and ways of asking with what they cost; the ratio compares the mean processor time of both sizes."""
    found = []
    for desk, kind in dict.fromkeys((one.address.endpoint, one.address.kind) for one in large):
        own = [one for one in large if (one.address.endpoint, one.address.kind) == (desk, kind)]
        beside = [one for one in small if (one.address.endpoint, one.address.kind) == (desk, kind)]
        cpu = float(np.mean([one.cpu for one in own]))
        walls = [one.wall for one in own]
        found.append(
            View(
                desk=desk.removeprefix("staff_"),
                kind=kind,
                addresses=len(own),
                p50=float(np.percentile(walls, 50)),
                p95=float(np.percentile(walls, 95)),
                slowest=max(own, key=lambda one: one.wall).address.path,
                cpu=cpu,
                cpu95=float(np.percentile([one.cpu for one in own], 95)),
                ratio=cpu / float(np.mean([one.cpu for one in beside])) if beside else float("nan"),
                statements=int(max(one.statements for one in own)),
            )
        )
    return sorted(found, key=lambda view: -view.p95)


def _rows(view: View) -> list[Row]:
    note = f"p50 {view.p50:.0f} ms, {view.statements} statements, {view.addresses} addresses"
    name = f"{LARGE} points"
    return [
        Row(STAGE, name, view.desk, "p95", view.p95, "ms", note=note),
        Row(STAGE, name, view.desk, f"CPU beside {SMALL} points", view.ratio, "times", note=f"{view.cpu:.0f} CPU ms"),
    ]


def table(found: Sequence[View]) -> str:
    """The views as a table in Markdown."""
    lines = [
        "| desk | asked for | addresses | p50 ms | p95 ms | p95 CPU ms | CPU ms | CPU ratio | statements |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for v in found:
        times = f"{v.p50:.0f} | {v.p95:.0f} | {v.cpu95:.0f} | {v.cpu:.0f} | {v.ratio:.2f}"
        lines.append(f"| {v.desk} | {v.kind} | {v.addresses} | {times} | {v.statements} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks desks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rows", type=int, default=LARGE, help=f"points of the large folder ({LARGE})")
    parser.add_argument("--folder", type=Path, help="where the folders are made and kept, or found if they are there")
    parser.add_argument(
        "--combinations", type=int, default=COMBINATIONS, help=f"random combinations of filters ({COMBINATIONS})"
    )
    parser.add_argument("--slowest", action="store_true", help="also name the slowest address of each line")
    given = parser.parse_args(arguments)
    small, large = measure(given.rows, given.folder, given.combinations, _tell)
    found = views(small, large)
    print(table(found))
    print("\nAll desks together:\n")
    print(table(views(_together(_anywhere(small)), _together(_anywhere(large)))))
    if given.slowest:
        print("\n".join(f"{view.p95:7.0f} ms  {view.slowest}" for view in found))
    return 0


def _tell(line: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
