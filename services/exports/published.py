"""X11, the public report as the team reads it before a release: what was heard, what changes, what does not and why."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from models.vocabulary import DecisionCode
from reports.paper import Block, Counts, Facts, Grid, Heading, Items, Text, told_on
from reports.sheets import Column, Sheet
from services import results
from services.errors import NotFound
from services.exports.contents import Content
from services.exports.frames import Frame
from services.results import Results
from services.results.heard import Heard
from services.results.people import PersonTable
from services.turnout import Count

CHANGES = frozenset((DecisionCode.ACCEPTED, DecisionCode.ACCEPTED_IN_PART))
REFUSED = frozenset((DecisionCode.NOT_ACCEPTED, DecisionCode.OUT_OF_SCOPE, DecisionCode.DEFERRED))
QUOTES = 2


def content(frame: Frame) -> Content:
    """From the same allow-listed values as the public pages; it is no release, and says so."""
    if frame.run is None:
        raise NotFound("no run")
    found = results.gather(frame.session, frame.round.id, frame.run.id, now=frame.now, lang=frame.lang)
    cols = [Column(key, frame.tell(name), frame.tell(meaning), 20) for key, name, meaning in results.COLUMNS]
    rows = results.rows(frame.session, frame.round.id, now=frame.now, lang=frame.lang)
    return Content(
        title=frame.tell("Laporan publik"),
        subtitle=found.title,
        is_personal=False,
        sheets=[Sheet(frame.tell("Data terbuka"), cols, rows)],
        blocks=lambda: _blocks(found, frame),
        size="A4",
        is_landscape=False,
        notes=[frame.tell("Rancangan: baru terbit bila dilepas dua orang di meja terbitan.")],
    )


def _blocks(found: Results, frame: Frame) -> list[Block]:
    return [
        *_who(found, frame),
        *_how(found, frame),
        *_heard(found, frame),
        *_decided(found, frame),
        Heading(frame.tell("Selanjutnya"), 1),
        Text(
            frame.tell("%(who)s menjawab paling lambat %(day)s.", who=found.answerer, day=_day(found.answer_by, frame))
        ),
    ]


def _day(moment: datetime, frame: Frame) -> str:
    return told_on(frame.local(moment).date(), frame.lang)


def _who(found: Results, frame: Frame) -> Iterator[Block]:
    people = Count(found.received, found.people_min, found.people_max).people
    yield Heading(frame.tell("Siapa yang bersuara"), 1)
    yield Counts(
        [
            (str(found.received), frame.tell("masukan diterima")),
            (people, frame.tell("orang")),
            (str(found.distinct_texts), frame.tell("teks berbeda")),
        ]
    )
    yield Text(frame.tell("Ini suara yang masuk, bukan sampel acak warga kota."), "small")
    yield from (_people(table, frame) for table in found.tables)


def _people(table: PersonTable, frame: Frame) -> Grid:
    """A cell that could point at somebody is hidden."""
    heads = [*table.heads, frame.tell("Orang"), frame.tell("Persen")]
    hidden = frame.tell("disembunyikan")
    cells = zip(table.rows, table.counts, table.shares, strict=True)
    rows = [[*names, hidden if n is None else n, share] for names, n, share in cells]
    return Grid([Column(str(at), head, "", 20) for at, head in enumerate(heads)], rows)


def _how(found: Results, frame: Frame) -> Iterator[Block]:
    yield Heading(frame.tell("Cara menghitung"), 1)
    yield Items([f"{row.name} {row.weight:g} %: {row.meaning}" for row in found.criteria])
    yield Facts([(name, str(n)) for name, n in found.uncounted])


def _heard(found: Results, frame: Frame) -> Iterator[Block]:
    yield Heading(frame.tell("Apa yang didengar"), 1)
    for field in found.fields:
        yield Heading(field.name, 2)
        if not field.themes:
            yield Text(frame.tell("Belum ada tema di bidang ini."))
        for theme in field.themes:
            yield Text(frame.tell("%(n)s masukan.", n=theme.received), lead=theme.name)
            yield from (Text(said.text, "quote", source=said.caption) for said in theme.quotes[:QUOTES])


def _decided(found: Results, frame: Frame) -> Iterator[Block]:
    answered = [theme for theme in found.themes if theme.answer]
    yield Heading(frame.tell("Apa yang berubah"), 1)
    yield from _answers([t for t in answered if t.answer and t.answer.code in CHANGES], frame)
    yield Heading(frame.tell("Apa yang tidak, dan mengapa"), 1)
    yield from _answers([t for t in answered if t.answer and t.answer.code in REFUSED], frame)


def _answers(themes: Sequence[Heard], frame: Frame) -> Iterator[Block]:
    if not themes:
        yield Text(frame.tell("Belum ada yang ditetapkan."))
    for theme in themes:
        if theme.answer:
            yield Text(theme.answer.response or theme.answer.reason, lead=f"{theme.name} ({theme.answer.label})")
            yield from (Text(t, look) for t, look in _texts(theme) if t)


def _texts(theme: Heard) -> Iterator[tuple[str, Literal["removed", "added"]]]:
    if theme.answer:
        yield theme.answer.text_before, "removed"
        yield theme.answer.text_after, "added"
