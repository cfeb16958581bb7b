"""The press: makes one paper in a process of its own, so that the site never carries the libraries it takes.

`python -m portal.press CODE OUT` writes a paper to a file, `--job ID` the paper of a job to the data folder.
"""

import argparse
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.engine import open_engine
from models.vocabulary import Group
from portal.config import Settings
from services import audit
from services.errors import NotFound, Refusal
from services.exports import jobs, making
from services.exports.catalogue import CATALOGUE, ENDINGS, Entry, entry
from services.exports.frames import LANGUAGES, Asked
from services.exports.making import Made
from services.tongue import N_, say

log = logging.getLogger(__name__)
SOME_REFUSED, WRONG = 3, 2
NOTHING = N_("Belum ada yang bisa dibuat: putaran, pertemuan, atau nomor itu tidak ada di sini.")
UNKNOWN_CODE = N_("Kode “%(code)s” tidak dikenal. Yang ada: %(known)s.")
UNKNOWN_ENDING = N_("Nama berkas harus berakhiran salah satu dari ini: %(known)s.")
NEEDS_RECEIPT = N_("X13 butuh nomor tanda terima: --receipt NOMOR.")


class WrongCall(Refusal):
    """What was asked for cannot be made by anybody; the text says what can."""


def parser() -> argparse.ArgumentParser:
    """What the press can be asked."""
    made = argparse.ArgumentParser(prog="python -m portal.press", description=__doc__)
    made.add_argument("code", nargs="?", help=f"{CATALOGUE[0].code} to {CATALOGUE[-1].code}, or all")
    made.add_argument("out", nargs="?", type=Path, help="the file to write; for all a folder")
    made.add_argument("--job", type=int, help="make the paper of this job instead")
    made.add_argument("--lang", choices=LANGUAGES, default="id")
    made.add_argument("--round", type=int, dest="round_id", help="the number of a round; else the newest that was read")
    made.add_argument("--dimension", help="only points of this dimension, such as DIS")
    made.add_argument("--group", choices=[group.value for group in Group], help="only points of this group")
    made.add_argument("--meeting", type=int, dest="meeting_id", help="X3: the number of one meeting")
    made.add_argument("--receipt", help="X13: the number of a receipt")
    made.add_argument("--public", action="store_true", dest="is_public", help="X2: only what has been published")
    return made


def main(arguments: list[str] | None = None) -> int:
    """Make what is asked; ends with 2 and one clear line where that cannot be."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    settings = Settings.from_environ()
    engine = open_engine(settings.database_url)
    if options.job is not None:
        return make_job(engine, settings.exports, options.job)
    if not options.code or not options.out:
        parser().error("CODE and OUT, or --job")
    return _told(options.lang, lambda: make_files(engine, options.code, options.out, _asked(options)))


def _asked(options: argparse.Namespace) -> Asked:
    return Asked(
        lang=options.lang,
        round_id=options.round_id,
        dimension=options.dimension,
        group=Group(options.group) if options.group else None,
        meeting_id=options.meeting_id,
        receipt=options.receipt,
        is_public=options.is_public,
        now=datetime.now(UTC),
    )


def make_files(engine: Engine, code: str, out: Path, asked: Asked) -> int:
    """Write one paper, or all of them into a folder, and say which files that are."""
    if code.lower() == "all":
        return _make_all(engine, out, asked)
    paper = _entry(code)
    ending = out.suffix.lstrip(".").lower()
    if ending not in ENDINGS:
        raise WrongCall(UNKNOWN_ENDING, known=", ".join(f".{known}" for known in paper.endings))
    if "receipt" in paper.asks and not asked.receipt:
        raise WrongCall(NEEDS_RECEIPT)
    return _make_one(engine, paper, out, replace(asked, ending=ending))


def _entry(code: str) -> Entry:
    try:
        return entry(code)
    except NotFound as error:
        raise WrongCall(UNKNOWN_CODE, code=code, known=", ".join(paper.code for paper in CATALOGUE)) from error


def _make_all(engine: Engine, folder: Path, asked: Asked) -> int:
    """One that cannot be made is told, and keeps no other from being made."""
    code = 0
    for paper, ending in making.everything():
        name = f"{paper.code}-{paper.slug}.{ending}"
        is_told = _told(asked.lang, partial(_make_one, engine, paper, folder / name, replace(asked, ending=ending)))
        code = SOME_REFUSED if is_told else code
    return code


def _make_one(engine: Engine, paper: Entry, out: Path, asked: Asked) -> int:
    _write(out.parent, _made(engine, paper, out.name, asked))
    return 0


def _made(engine: Engine, paper: Entry, name: str, asked: Asked) -> Made:
    with Session(engine.execution_options(reading=True)) as session:
        made = making.make(session, paper.code, name, asked)
    with Session(engine) as session, session.begin():
        told = {"code": paper.code, "ending": asked.ending, "run": made.run_id, "digest": made.digest}
        audit.record(session, "export.make", jobs.SUBJECT, paper.code, now=datetime.now(UTC), **told)
    return made


def _write(folder: Path, made: Made) -> None:
    """Each file under another name first, so that nobody finds half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.files.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
        print(f"{folder / name}: {len(content) / 1024:.0f} kB")


def _told(lang: str, deed: Callable[[], int]) -> int:
    """Do it; a refusal is one line on the terminal."""
    try:
        return deed()
    except NotFound:
        return _say(say(lang, NOTHING))
    except Refusal as refusal:
        return _say(say(lang, refusal.message, **refusal.values))
    except OSError as error:
        return _say(f"{error.filename or ''}: {error.strerror or error}")


def _say(sentence: str) -> int:
    print(f"Galat: {sentence}", file=sys.stderr)
    return WRONG


def make_job(engine: Engine, folder: Path, job_id: int) -> int:
    """Make the paper of a job that the worker has claimed, and write down what became of it."""
    try:
        _do(engine, folder, job_id)
    except NotFound:
        return _fail(engine, job_id, NOTHING)
    except Refusal as refusal:
        return _fail(engine, job_id, refusal.message if not refusal.values else jobs.FAILED)
    except Exception:
        log.exception("the paper of job %s was not made", job_id)
        return _fail(engine, job_id, jobs.FAILED)
    return 0


def _do(engine: Engine, folder: Path, job_id: int) -> None:
    with Session(engine.execution_options(reading=True)) as session:
        row = jobs.load(session, job_id)
        asked, code = jobs.asked(row, now=datetime.now(UTC)), row.code
        made = making.make(session, code, f"{job_id}.{asked.ending}", asked)
    # The digest in the name keeps a file from being taken for that of another job after a backup was restored.
    stem = f"{job_id}-{made.digest[:16]}"
    files = {name.replace(str(job_id), stem, 1): content for name, content in made.files.items()}
    _lay(folder, files)
    name, content = next(iter(files.items()))
    try:
        with Session(engine) as session, session.begin():
            size, run_id, now = len(content), made.run_id, datetime.now(UTC)
            jobs.finish(session, job_id, file=name, size=size, digest=made.digest, run_id=run_id, now=now)
    except NotFound:
        # Somebody had words erased meanwhile: what was made of them is not kept, and the job is done once more.
        for name in files:
            (folder / name).unlink(missing_ok=True)


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    """Readable by the site's own account alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files.items():
        with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)


def _fail(engine: Engine, job_id: int, message: str) -> int:
    with Session(engine) as session, session.begin():
        jobs.fail(session, job_id, message)
    return WRONG


if __name__ == "__main__":
    sys.exit(main())
