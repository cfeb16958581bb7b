"""Making: a paper becomes a file of the asked form. Only the press imports this: its libraries are heavy."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from reports import csvs, documents, prints, slides, tables, typeset
from reports.paper import Paper
from services.columns import words
from services.errors import Refusal
from services.exports import (
    actions,
    alignment,
    balance,
    brief,
    codes,
    complaints,
    frames,
    matrix,
    minutes,
    paragraphs,
    published,
    ranking,
    register,
    reviews,
    takeout,
    trail,
    turnouts,
)
from services.exports.catalogue import CATALOGUE, TYPESET, Entry, entry
from services.exports.contents import Content, layout
from services.exports.frames import Asked, Frame
from services.exports.jobs import explained
from services.tongue import N_

SHEET = Path(__file__).resolve().parents[2] / "static" / "report.css"

MAKERS: dict[str, Callable[[Frame], Content]] = {
    "X1": register.content,
    "X2": matrix.content,
    "X3": minutes.content,
    "X4": turnouts.content,
    "X5": ranking.content,
    "X6": reviews.content,
    "X7": alignment.content,
    "X8": actions.content,
    "X9": balance.content,
    "X10": paragraphs.content,
    "X11": published.content,
    "X12": trail.content,
    "X13": takeout.content,
    "X14": codes.content,
    "X15": complaints.content,
    "X16": brief.content,
}


class UnknownEnding(Refusal):
    """A paper that is not made in this form."""


class CannotTypeset(Refusal):
    """PDF needs a program that is not installed here."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished paper: its files by name, the first of them the paper itself, and the run it stands on."""

    files: dict[str, bytes]
    run_id: int | None
    is_personal: bool

    @property
    def digest(self) -> str:
        """A hash of everything that was made."""
        whole = hashlib.sha256()
        for name, content in self.files.items():
            whole.update(name.encode() + b"\0" + content)
        return whole.hexdigest()


def make(session: Session, code: str, name: str, asked: Asked) -> Made:
    """The paper as files called `name` plus what belongs beside it.

    Raises UnknownEnding where this paper has no such form, NotFound where there is nothing it could be made of.
    """
    paper = entry(code)
    if asked.ending not in paper.endings:
        known = ", ".join(f".{ending}" for ending in paper.endings)
        raise UnknownEnding(
            N_("%(code)s tidak dibuat sebagai .%(ending)s; yang ada: %(known)s."),
            code=paper.code,
            ending=asked.ending,
            known=known,
        )
    frame = frames.gather(session, asked)
    content = MAKERS[paper.code](frame)
    files = dict(FORMS[asked.ending](content, frame, name))
    return Made(files, frame.run.id if frame.run else None, content.is_personal)


def everything() -> Iterator[tuple[Entry, str]]:
    """Every paper in every form that can be made here without asking for a receipt."""
    for paper in CATALOGUE:
        if "receipt" in paper.asks:
            continue
        for ending in paper.endings:
            if ending != TYPESET or shutil.which(typeset.PROGRAM):
                yield paper, ending


def _facts(content: Content, frame: Frame) -> list[tuple[str, str]]:
    return [*frame.facts(is_personal=content.is_personal), *content.facts]


def _noted(content: Content, frame: Frame) -> list[tuple[str, str]]:
    return [*_facts(content, frame), *((frame.tell("Catatan"), note) for note in content.notes)]


def _xlsx(content: Content, frame: Frame, name: str) -> Iterator[tuple[str, bytes]]:
    facts, said = _noted(content, frame), words(frame.lang)
    yield name, tables.workbook(content.sheets, title=content.title, facts=facts, made_at=frame.made_at, words=said)


def _csv(content: Content, frame: Frame, name: str) -> Iterator[tuple[str, bytes]]:
    sheets, said = content.sheets[:1], words(frame.lang)
    yield name, csvs.csv_file(sheets[0])
    yield explained(name), csvs.explanation(sheets, content.title, _noted(content, frame), frame.made_at, said)


def _paper(content: Content, frame: Frame) -> Paper:
    return Paper(
        title=content.title,
        subtitle=content.subtitle,
        blocks=layout(content),
        facts=frame.facts(is_personal=content.is_personal),
        made_at=frame.made_at,
        size=content.size,
        is_landscape=content.is_landscape,
        language=frame.lang,
    )


def _docx(content: Content, frame: Frame, name: str) -> Iterator[tuple[str, bytes]]:
    yield name, documents.document(_paper(content, frame))


def _html(content: Content, frame: Frame, name: str) -> Iterator[tuple[str, bytes]]:
    yield name, prints.page(_paper(content, frame), css=SHEET.read_text("utf-8"))


def _pdf(content: Content, frame: Frame, name: str) -> Iterator[tuple[str, bytes]]:
    try:
        yield name, typeset.pdf(_paper(content, frame))
    except typeset.NotInstalled as error:
        raise CannotTypeset(
            N_("PDF butuh program typst, yang tidak terpasang di sini. Ambil .html lalu cetak.")
        ) from error


def _pptx(content: Content, frame: Frame, name: str) -> Iterator[tuple[str, bytes]]:
    shown = content.slides() if content.slides else ()
    facts = _facts(content, frame)
    yield name, slides.deck(shown, title=content.title, facts=facts, made_at=frame.made_at, language=frame.lang)


def _json(content: Content, frame: Frame, name: str) -> Iterator[tuple[str, bytes]]:
    yield name, json.dumps(content.data, ensure_ascii=False, indent=1, default=str).encode()


FORMS: dict[str, Callable[[Content, Frame, str], Iterator[tuple[str, bytes]]]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "docx": _docx,
    "html": _html,
    "pdf": _pdf,
    "pptx": _pptx,
    "json": _json,
}
