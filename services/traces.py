"""Traces: what is kept of somebody's words beside them (readings, quotes, terms, bad rows), and how it is forgotten."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from models import Difference, Division, Export, Finding, ImportFile, Mark, Point, Reading, Run, Submission, Theme
from models.submission import STANDS
from models.vocabulary import ExportState, RunState
from services import codebooks, vestiges
from services.texts import clean
from services.tongue import N_

TOKEN = re.compile(r"\w{3,}")
NAMELESS = N_("Usulan mesin tanpa nama")


def forget(session: Session, submission_id: int, *, now: datetime) -> None:
    """Take a submission's present words out of everything that any run found; the next run counts anew.

    A term stays where somebody else said it too. Call it before the words themselves are changed or emptied.
    """
    points = session.scalars(select(Point).where(Point.submission_id == submission_id)).all()
    ids = {point.id for point in points}
    texts = [t for p in points for t in (p.text, p.proposal, p.proposed_text, p.evidence) if t]
    said = " ".join(texts)
    session.execute(delete(Reading).where(Reading.point_id.in_(ids)))
    session.execute(delete(Mark).where(Mark.point_id.in_(ids)))
    vestiges.forget(session, ids, now=now)
    lone = _lone(session, submission_id, said)
    for finding in session.scalars(select(Finding)):
        _clear(finding, ids, lone)
    for theme in session.scalars(select(Theme).where(Theme.is_machine_made)):
        _unname(theme, lone)
    session.flush()
    codebooks.forget(session)
    for division in session.scalars(select(Division)):
        _unname_groups(division, ids, lone)
    for difference in session.scalars(select(Difference)):
        _unname_proposals(difference, lone)
    if session.scalar(select(Submission.import_id).where(Submission.id == submission_id)) is not None:
        _clear_bad_rows(session, set(texts))
    for point in points:
        point.changed_at = now
    _drop_papers(session)
    session.flush()


def _drop_papers(session: Session) -> None:
    """A paper that was made may hold these words; one that is being made is made anew. The files go with the rows."""
    session.execute(delete(Export).where(Export.state == ExportState.MADE))
    making = update(Export).where(Export.state == ExportState.MAKING)
    session.execute(making.values(state=ExportState.ASKED, lease_until=None))


def _clear_bad_rows(session: Session, texts: set[str]) -> None:
    """A row that was refused at first is kept with its cells until it is mended; it is the same person's words."""
    for file in session.scalars(select(ImportFile)):
        errors = file.report.get("errors", [])
        cleared = [
            error | {"cells": ["" for _ in error["cells"]]} if any(clean(c) in texts for c in error["cells"]) else error
            for error in errors
        ]
        if cleared != errors:
            file.report = file.report | {"errors": cleared}


def stop_runs(session: Session) -> None:
    """A run that has already gathered what must not be read any more is not to be stored."""
    for run in session.scalars(select(Run).where(Run.state == RunState.RUNNING)):
        run.state = RunState.FAILED


def _lone(session: Session, submission_id: int, said: str) -> frozenset[str]:
    """The words among the findings' terms that come from this text and from no other that stands."""
    spoken = set(TOKEN.findall(said.casefold()))
    kept = {token for term in _terms(session) for token in TOKEN.findall(term.casefold())}
    own = {token for token in kept if any(token in word for word in spoken)}
    return frozenset(token for token in own if not _is_said_elsewhere(session, submission_id, token))


def _terms(session: Session) -> Iterable[str]:
    for terms in session.scalars(select(Finding.terms)):
        yield from (term for term, _weight in terms)
    for label, keywords in session.execute(select(Theme.label_id, Theme.keywords).where(Theme.is_machine_made)):
        yield from (label, keywords)
    for kept in (*session.scalars(select(Difference.proposals)), *session.scalars(select(Division.groups))):
        yield from (row["name"] for row in kept)


def _is_said_elsewhere(session: Session, submission_id: int, token: str) -> bool:
    said = or_(Point.text.icontains(token, autoescape=True), Point.proposal.icontains(token, autoescape=True))
    query = select(Point.id).join(Submission).where(STANDS, Submission.id != submission_id, said)
    return session.scalar(query.limit(1)) is not None


def _holds(text: str, lone: frozenset[str]) -> bool:
    return not lone.isdisjoint(TOKEN.findall(text.casefold()))


def _clear(finding: Finding, ids: set[int], lone: frozenset[str]) -> None:
    """Assigned only where something went, or every finding of ten runs would be written anew."""
    quotes = [q for q in finding.quotes if int(q["id"]) not in ids]
    borderline = [i for i in finding.borderline if int(i) not in ids]
    terms = [pair for pair in finding.terms if not _holds(pair[0], lone)]
    for name, kept in (("quotes", quotes), ("borderline", borderline), ("terms", terms)):
        if len(kept) < len(getattr(finding, name)):
            setattr(finding, name, kept)


def _unname_proposals(difference: Difference, lone: frozenset[str]) -> None:
    kept = [row | {"name": NAMELESS} if _holds(row["name"], lone) else row for row in difference.proposals]
    if kept != difference.proposals:
        difference.proposals = kept


def _unname_groups(division: Division, ids: set[int], lone: frozenset[str]) -> None:
    """Of finer groups that were suggested: the points that are gone, and names that only they gave."""
    kept = [
        group
        | {"name": NAMELESS if _holds(group["name"], lone) else group["name"]}
        | {key: [i for i in group[key] if i not in ids] for key in ("point_ids", "examples")}
        for group in division.groups
    ]
    if kept != division.groups:
        division.groups = kept


def _unname(theme: Theme, lone: frozenset[str]) -> None:
    words = theme.keywords.split("|")
    kept = [word for word in words if not _holds(word, lone)]
    if len(kept) < len(words):
        theme.keywords = "|".join(kept)
    if _holds(theme.label_id, lone):
        theme.label_id = f"{NAMELESS} ({theme.id})"
