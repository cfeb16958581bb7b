"""Growth: the batch interface from a thousand to a hundred thousand texts, and a million read from a database.

`python -m benchmarks.growth [--million]`. The texts are made (`benchmarks/generated.py`) and so are senders, groups,
areas and days; everything is written to a folder that is thrown away. Every run has a process of its own. CPU seconds
are those of that process and of those it starts, from its start to its end, files and imports included.
"""

import argparse
import csv
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, Self

import numpy as np
from joblib.externals.loky import get_reusable_executor
from sklearn.metrics import adjusted_rand_score
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from analysis import assigning
from analysis import types as a
from benchmarks import generated
from benchmarks.apart import apart
from benchmarks.rows import Row, show
from models import Base, Point, Reading, Round, Run, Submission, Theme, ThemeWord
from models.engine import open_engine
from models.vocabulary import Channel, Group, RunState, SubmissionState, ThemeState, Visibility
from services import materials, plans, readings

PLAN = Path(__file__).resolve().parents[1] / "plan"
BOOK = ("--codebook", str(PLAN / "themes.csv"))
STAGE, OURS = "growth", "ours"
SIZES, TURNS, MILLION, TENTH = (1_000, 10_000, 100_000), 3, 1_000_000, 100_000
STEADY, NEW = 10_000, 0.01
SEED, BLOCK, JOBS = 1, 20_000, 2
ONES, WARM, EVERY = 200, 20, 0.2
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = ("id", "text", "person", "group", "area", "created_at")


def run(sets: Path | None, million: bool = True) -> list[Row]:
    """All figures; those of a million texts take some minutes. `sets` is not read: the texts are made."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows = [row for size in SIZES for row in batch(folder, size)]
        rows += steadiness(folder, STEADY)
        return rows + (database(folder) if million else [])


def sendings(count: int, seed: int = SEED) -> Iterator[tuple[str, str, str, str, str, datetime]]:
    """`count` texts with id, sender (a quarter sends more than once), group, area and moment; the same for a seed."""
    draw = np.random.default_rng(seed)
    groups, areas = list(Group), [row["code"] for row in _table(PLAN / "areas.csv")]
    for at in range(0, count, BLOCK):
        size = min(BLOCK, count - at)
        texts, _ = generated.texts(size, seed * 1_000 + at // BLOCK)
        told = zip(
            texts,
            draw.integers(0, max(count * 3 // 4, 1), size).tolist(),
            draw.integers(0, len(groups), size).tolist(),
            draw.integers(0, len(areas), size).tolist(),
            draw.integers(0, 365, size).tolist(),
            strict=True,
        )
        for number, (text, person, group, area, day) in enumerate(told, start=at + 1):
            moment = BEGAN + timedelta(days=day)
            yield f"{number:09d}", text, f"{person:016x}", str(groups[group]), areas[area], moment


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_texts(path: Path, count: int) -> None:
    """The sendings as CSV for the batch interface."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows((*row[:-1], row[-1].isoformat()) for row in sendings(count))


def _batch(*arguments: object) -> dict[str, float]:
    """CPU seconds and highest memory of one run of the batch interface."""
    command = [sys.executable, "-m", "benchmarks.batch", *map(str, arguments)]
    ended = subprocess.run(command, cwd=PLAN.parent, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(ended.stdout)
    if found["code"]:
        raise RuntimeError(f"the batch interface refused {arguments}: {ended.stderr}")
    return found


def _spent() -> float:
    get_reusable_executor().shutdown(wait=True)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def batch(folder: Path, count: int, turns: int = TURNS) -> list[Row]:
    """Texts per CPU second and the highest memory of `count` texts, clustered alone and with the plan's codebook."""
    source = folder / f"{count}.csv"
    write_texts(source, count)
    rows = []
    for how, more in (("themes found", ()), ("codebook", BOOK)):
        runs = [_batch(source, folder / "out.jsonl", *more) for _ in range(turns)]
        seconds, most = median(one["cpu"] for one in runs), max(one["peak"] for one in runs)
        name = f"{count} made texts"
        rows.append(Row(STAGE, name, f"{OURS}, {how}", "speed", count / seconds, "docs/CPU s", note="files included"))
        rows.append(Row(STAGE, name, f"{OURS}, {how}", "highest memory", most, "MB"))
    return rows


def steadiness(folder: Path, count: int) -> list[Row]:
    """The same bytes twice and on two cores; what becomes of themes and their ids when a hundredth comes in."""
    source, more = folder / f"{count}.csv", folder / "more.csv"
    if not source.exists():
        write_texts(source, count)
    write_texts(more, count + round(count * NEW))
    # the first `count` lines stay, the rest is new
    old = source.read_text("utf-8").splitlines(keepends=True)
    more.write_text("".join([*old, *more.read_text("utf-8").splitlines(keepends=True)[count + 1 :]]), "utf-8")
    outs = [folder / f"steady{number}.jsonl" for number in range(4)]
    for out, file, options in zip(
        outs,
        (source, source, source, more),
        ((), (), ("--jobs", str(JOBS)), ("--previous", str(outs[0]))),
        strict=True,
    ):
        _batch(file, out, *options)
    digests = [hashlib.sha256(out.read_bytes()).hexdigest() for out in outs[:3]]
    before, after = _placed(outs[0]), _placed(outs[3])
    common = sorted(before.keys() & after.keys())
    kept = set(before.values()) & set(after.values())
    agreed = adjusted_rand_score([before[key] or "" for key in common], [after[key] or "" for key in common])
    name, warm = f"{count} made texts", f"{OURS}, from stored themes"
    return [
        Row(STAGE, name, OURS, "same bytes twice", float(digests[0] == digests[1]), "1 = yes"),
        Row(STAGE, name, OURS, "same bytes on two cores", float(digests[0] == digests[2]), "1 = yes"),
        Row(STAGE, name, warm, "ARI after +1 %", float(agreed), "ARI"),
        Row(STAGE, name, warm, "theme ids kept after +1 %", len(kept) / len(set(before.values())), "share"),
    ]


def _placed(out: Path) -> dict[str, str | None]:
    with out.open(encoding="utf-8") as file:
        rows = (json.loads(line) for line in file)
        return {row["id"]: row["theme"] for row in rows if row["record"] == "reading"}


def database(folder: Path, sizes: tuple[int, int] = (TENTH, MILLION)) -> list[Row]:
    """A tenth and the whole read from the site's own tables and analysed on two cores, then one text more."""
    rows, spent = [], []
    for count in sizes:
        path = folder / f"{count}.db"
        apart(fill, path, count)
        found, most = apart(_from_database, path)
        spent.append(found["cpu"])
        name = f"{count} made texts, database"
        rows += [
            Row(STAGE, name, OURS, "time", found["wall"], "s", note=f"on {JOBS} of {os.cpu_count()} cores"),
            Row(STAGE, name, OURS, "CPU time", found["cpu"], "CPU s"),
            Row(
                STAGE,
                name,
                OURS,
                "highest memory",
                most + found["helpers"],
                "MB",
                note=f"helpers {found['helpers']:.0f}",
            ),
            Row(STAGE, name, OURS, "without a theme", found["unplaced"] / count, "share"),
        ]
    times, most = apart(_ones, path)
    rows += [
        Row(
            STAGE, name, OURS, "growth of CPU time", spent[1] / spent[0], "times", note=f"{sizes[1] / sizes[0]:g} fold"
        ),
        Row(STAGE, name, OURS, "one more text", float(np.median(times)), "CPU ms", note=f"{ONES} texts"),
        Row(STAGE, name, OURS, "one more text, slowest of 20", float(np.percentile(times, 95)), "CPU ms"),
    ]
    return rows


def fill(path: Path, count: int) -> None:
    """A database of the site with the plan and `count` sendings of one text each in its round."""
    engine = open_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        Base.metadata.create_all(session.connection())
        plans.load(session, PLAN, now=BEGAN)
        round_id = session.scalars(select(Round.id)).one()
        rows = sendings(count)
        while some := list(islice(rows, BLOCK)):
            session.execute(insert(Submission), [_submission(round_id, *row) for row in some])
            session.execute(insert(Point), [{"id": int(r[0]), "submission_id": int(r[0]), "text": r[1]} for r in some])
        session.commit()
    engine.dispose()


def put(session: Session, table: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows a block at a time."""
    while some := list(islice(rows, BLOCK)):
        session.execute(insert(table), some)


def _submission(
    round_id: int, number: str, text: str, person: str, group: str, area: str, moment: datetime
) -> dict[str, Any]:
    return {
        "id": int(number),
        "round_id": round_id,
        "receipt_no": number,
        # a sender who is told apart without an account, as in a chat
        "source_ref": f"@{person}{number}",
        "group": Group(group),
        "channel": Channel.WEB,
        "text": text,
        "area": area,
        "received_at": moment,
        "state": SubmissionState.RECEIVED,
        "visibility": Visibility.UNNAMED,
    }


def _from_database(path: Path) -> dict[str, float]:
    """Read, analyse and put every reading into words; what a text that comes later needs is stored beside."""
    engine = open_engine(f"sqlite:///{path}")
    began = time.perf_counter()
    with Session(engine.execution_options(reading=True)) as session, Helpers() as helpers:
        round_id = session.scalars(select(Round.id)).one()
        result = readings.analyse(materials.gather(session, round_id))
    unplaced = sum(reading.theme is None for reading in result.readings)
    found = {"wall": time.perf_counter() - began, "unplaced": float(unplaced), "cpu": _spent()}
    found["helpers"] = helpers.megabytes()
    _store(engine, round_id, result)
    engine.dispose()
    return found


class Helpers:
    """Watches the processes that this one starts: the most memory of each, added up (0 where /proc is not there)."""

    def __init__(self) -> None:
        self.most: dict[str, int] = {}
        self.ended = Event()
        self.watch = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self.watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.watch.join()

    def megabytes(self) -> float:
        """What all of them had at most, as if at once."""
        return sum(self.most.values()) / 1024

    def _watch(self) -> None:
        while not self.ended.wait(EVERY):
            for path in Path("/proc/self/task").glob("*/children"):
                for number in path.read_text("utf-8").split():
                    self.most[number] = max(self.most.get(number, 0), _kilobytes(Path("/proc") / number / "status"))


def _kilobytes(status: Path) -> int:
    try:
        lines = status.read_text("utf-8").splitlines()
    except OSError:  # it ended meanwhile
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _store(engine: Engine, round_id: int, result: a.Analysis) -> None:
    """The weights of the words and the fingerprints, which is what placing asks for; the rest is left empty."""
    with Session(engine) as session:
        for theme in result.themes:
            if session.scalar(select(Theme.id).where(Theme.code == theme.id)) is None:
                fresh = {"code": theme.id, "label_id": theme.name, "state": ThemeState.PROPOSED, "changed_at": BEGAN}
                session.execute(insert(Theme), [fresh])
        ids = {code: number for code, number in session.execute(select(Theme.code, Theme.id))}
        words = (
            {"round_id": round_id, "key": key, "theme_id": ids[theme], "weight": weight}
            for key, theme, weight in assigning.weights(result.readings.matcher)
        )
        put(session, ThemeWord, words)
        state = {"state": RunState.DONE, "started_at": BEGAN, "lease_until": BEGAN}
        run_id = session.scalars(insert(Run).returning(Run.id), [{"round_id": round_id, **state}]).one()
        empty = {"run_id": run_id, "language": "id", "margin": 0.0, "sentiment": "neutral", "masked_text": ""}
        empty |= {"words": [], "types": [], "dimensions": [], "flags": []}
        read = ({"point_id": int(r.id), "fingerprint": r.fingerprint, **empty} for r in result.readings)
        put(session, Reading, read)
        session.commit()


def _ones(path: Path) -> list[float]:
    """CPU milliseconds of each text that comes alone: read, its words looked up, placed, its equal looked for."""
    engine = open_engine(f"sqlite:///{path}")
    times = []
    with Session(engine.execution_options(reading=True)) as session:
        round_id = session.scalars(select(Round.id)).one()
        plan = materials.plan(session)
        themes = {code: dimension for code, dimension in session.execute(select(Theme.code, Theme.dimension))}
        for number, row in enumerate(sendings(ONES + WARM, SEED + 1)):
            began = time.process_time()
            _one(session, round_id, a.Text(row[0], row[1]), themes, plan)
            if number >= WARM:
                times.append((time.process_time() - began) * 1_000)
    engine.dispose()
    return times


def _one(
    session: Session, round_id: int, text: a.Text, themes: dict[str, str | None], plan: a.Plan
) -> tuple[a.Reading, int]:
    """Its reading and how many texts that came before say the same letter for letter."""
    opened = assigning.open_texts([text])
    stored: dict[str, list[tuple[str, float]]] = {}
    for key, code, weight in session.execute(
        select(ThemeWord.key, Theme.code, ThemeWord.weight)
        .join(Theme, Theme.id == ThemeWord.theme_id)
        .where(ThemeWord.round_id == round_id, ThemeWord.key.in_(opened.keys))
    ):
        stored.setdefault(key, []).append((code, weight))
    reading = assigning.assign(opened, stored, themes, plan)[0]
    equal = select(func.count()).where(Reading.fingerprint == reading.fingerprint)
    return reading, session.scalars(equal).one()


def main() -> None:
    """Print the figures; `--million` adds those of a million texts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--million", action="store_true", help="also read a million texts from a database")
    print(show(run(None, parser.parse_args().million)))


if __name__ == "__main__":
    main()
