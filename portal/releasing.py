"""Making a release: its pages and files are rendered anew from what may be told, and handed over to be scanned.

`python -m portal.releasing ID` makes one that somebody asked for, in a process of its own: a large round takes a while.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.config import Settings
from portal.extensions import db
from portal.site import create_app
from reports.csvs import csv_file, explanation
from reports.sheets import Column, Sheet
from services import broadcasts, codebooks, colophons, objections, plans, releases, responses, results
from services.colophons import Colophon
from services.releases import File
from services.results import Results, opendata, people
from services.results.people import Person

LANGUAGES = ("id", "en")
HTML, CSV, JSON = "text/html; charset=utf-8", "text/csv; charset=utf-8", "application/json"
READ_ALOUD = (("id", "Bahasa Indonesia"), ("jv", "Basa Jawa"))


def make(release_id: int, *, now: datetime) -> None:
    """Render and keep what a release tells; the caller commits."""
    asked = colophons.one(db.session(), release_id, now=now)
    files = list(_files(asked, now))
    city = plans.city(db.session())
    releases.keep(
        db.session(),
        release_id,
        files,
        facts={
            "files": len(files),
            "bytes": sum(len(file.body) for file in files),
            "answers": responses.counts(db.session(), asked.round_id),
        },
        codebook=codebooks.number(db.session()),
        now=now,
        allowed=city.get("publication", {}).get("may_stand", []),
    )


def _files(asked: Colophon, now: datetime) -> Iterator[File]:
    spoken = people.persons(db.session(), asked.round_id)
    found = {lang: _gather(asked, spoken, now, lang) for lang in LANGUAGES}
    data = list(_data(asked, found["id"], now))
    yield from data
    for lang in LANGUAGES:
        yield from _pages(asked, found[lang], lang, data)


def _gather(asked: Colophon, spoken: list[Person], now: datetime, lang: str) -> Results:
    return results.gather(
        db.session(),
        asked.round_id,
        asked.run_id,
        now=now,
        threshold=asked.threshold,
        rounding=asked.rounding,
        lang=lang,
        spoken=spoken,
    )


def _data(asked: Colophon, found: Results, now: datetime) -> Iterator[File]:
    """The open data and what its columns mean; in Indonesian, because its keys are."""
    rows = list(results.rows(db.session(), asked.round_id, now=now, threshold=asked.threshold))
    columns = [Column(*row) for row in opendata.dictionary()]
    facts = [
        ("lisensi", opendata.LICENCE),
        ("putaran", found.title),
        ("hitungan", str(found.run_id)),
        ("sidik", found.input_hash),
    ]
    sheet = Sheet("data-terbuka", columns, rows)
    yield File("data.csv", "", CSV, csv_file(sheet))
    yield File("kamus.csv", "", CSV, explanation([sheet], "Data terbuka", facts, found.run_at))
    told = dict(facts) | {"kolom": opendata.dictionary(), "baris": [row._asdict() for row in rows]}
    yield File("data.json", "", JSON, json.dumps(told, ensure_ascii=False, indent=1).encode())


def _pages(asked: Colophon, found: Results, lang: str, data: list[File]) -> Iterator[File]:
    sizes = {file.path: len(file.body) for file in data}
    yield _page("", "results/index.html", found, lang)
    for field in found.fields:
        yield _page(f"bidang-{field.code.lower()}", "results/field.html", found, lang, field=field)
    dissents = objections.dissents(db.session(), asked.round_id, lang)
    yield _page("perubahan", "results/changes.html", found, lang, dissents=dissents)
    yield _page("cara", "results/counted.html", found, lang)
    yield _page("data", "results/data.html", found, lang, **_about_data(lang, sizes))
    yield _page("siaran", "results/broadcast.html", found, lang, scripts=_scripts(found))
    yield _page("kelurahan", "results/kelurahan.html", found, lang, **_answers(found))


def _about_data(lang: str, sizes: dict[str, int]) -> dict[str, Any]:
    with force_locale(lang):
        names = {"data.csv": _("Semua butir, CSV"), "data.json": _("Semua butir, JSON"), "kamus.csv": _("Arti kolom")}
    return {
        "files": [(path, words, sizes[path]) for path, words in names.items()],
        "dictionary": opendata.dictionary(lang),
        "licence": opendata.LICENCE,
    }


def _scripts(found: Results) -> list[tuple[str, str, list[str]]]:
    city = plans.city(db.session())["city"]["name"]
    return [(lang, name, broadcasts.script(found, city, lang)) for lang, name in READ_ALOUD]


def _answers(found: Results) -> dict[str, Any]:
    told = [theme for theme in found.themes if theme.answer]
    return {
        "changed": [theme for theme in told if theme.answer.code in broadcasts.CHANGED][:8],
        "refused": [theme for theme in told if theme.answer.code in broadcasts.REFUSED][:5],
    }


def _page(path: str, template: str, found: Results, lang: str, **values: Any) -> File:
    address = f"/hasil/{found.round_code}/{path}?lang={lang}"
    with current_app.test_request_context(address), force_locale(lang):
        html = render_template(template, found=found, here=path, ways=_ways(), **values)
    return File(path, lang, HTML, html.encode())


def _ways() -> list[tuple[str, str]]:
    return [
        ("", _("Ringkasan")),
        ("perubahan", _("Yang berubah")),
        ("cara", _("Cara menghitung")),
        ("data", _("Data terbuka")),
    ]


def main(arguments: list[str] | None = None, app: Flask | None = None) -> int:
    """Make the pages of a release that somebody asked for."""
    parser = argparse.ArgumentParser(prog="python -m portal.releasing", description=main.__doc__)
    parser.add_argument("id", type=int, help="the number of the release")
    release_id = parser.parse_args(arguments).id
    app = app or create_app(Settings.from_environ())
    with app.app_context():
        make(release_id, now=datetime.now(UTC))
        db.session.commit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
