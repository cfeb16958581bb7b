"""Differences: what a fit from nothing would change, told in sentences to people; nothing else is kept of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis import drift
from analysis import types as a
from models import Difference, Point, Reading, Run, Submission, Theme
from models.submission import STANDS
from models.vocabulary import RunState
from services import tallies
from services.errors import NotThisState
from services.tongue import decimal, say
from services.wording import theme_name

# A week, less what a night may begin late.
WEEK = timedelta(days=6, hours=12)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class DifferenceFacts:
    """A comparison as a page shows it: one sentence for the whole, one for each theme, one for each new theme."""

    made_at: datetime
    run: int
    texts: int
    moved: int
    agreement: float
    summary: str
    themes: tuple[str, ...]
    proposals: tuple[str, ...]


def due(session: Session, *, night: datetime) -> list[int]:
    """The rounds that were read since they were last compared, a week or longer ago, when a night began."""
    compared = (
        select(Run.round_id, func.max(Difference.made_at).label("at"), func.max(Difference.run_id).label("run_id"))
        .join(Run, Run.id == Difference.run_id)
        .group_by(Run.round_id)
        .subquery()
    )
    rows = session.execute(
        select(Run.round_id, func.max(Run.id), func.min(Run.finished_at), compared.c.at, compared.c.run_id)
        .outerjoin(compared, compared.c.round_id == Run.round_id)
        .where(Run.state == RunState.DONE)
        .group_by(Run.round_id, compared.c.at, compared.c.run_id)
        .order_by(Run.round_id.desc())
    )
    return [
        round_id
        for round_id, newest, first, at, run_id in rows
        if (at or first) <= night - WEEK and (run_id is None or run_id < newest)
    ]


def standing(session: Session, round_id: int) -> dict[str, str | None]:
    """Where the points of a round stand: the id of each text and the code of its theme."""
    rows = session.execute(
        select(Reading.point_id, Theme.code)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(Submission.round_id == round_id, STANDS)
    )
    return {f"{point_id:09d}": code for point_id, code in rows}


def record(session: Session, round_id: int, result: a.Analysis, *, now: datetime) -> int:
    """Keep what a fit from nothing would change of the round's newest run; returns the comparison's number."""
    run_id = tallies.newest(session, round_id)
    if run_id is None:
        raise NotThisState(f"round {round_id} was never read")
    found = drift.compare(standing(session, round_id), result.themes)
    ids = {code: number for code, number in session.execute(select(Theme.code, Theme.id))}
    row = Difference(
        run_id=run_id,
        made_at=now,
        texts=found.texts,
        moved=found.moved,
        agreement=found.agreement,
        flows=[[ids.get(f.before or ""), ids.get(f.after or ""), f.texts] for f in found.flows],
        proposals=[
            {"name": p.name, "texts": p.texts, "out_of": [[ids.get(code or ""), n] for code, n in p.out_of]}
            for p in found.proposals
        ],
    )
    session.add(row)
    session.flush()
    return row.id


def newest(session: Session, round_id: int, lang: str = "id") -> DifferenceFacts | None:
    """The newest comparison of a round."""
    row = session.scalars(
        select(Difference).join(Run, Run.id == Difference.run_id).where(Run.round_id == round_id)
        .order_by(Difference.id.desc()).limit(1)
    ).first()  # fmt: skip
    if row is None:
        return None
    names = {number: theme_name(theme, lang) for number, theme in _themes(session, row).items()}
    return DifferenceFacts(
        made_at=row.made_at,
        run=row.run_id,
        texts=row.texts,
        moved=row.moved,
        agreement=row.agreement,
        summary=_summary(row, lang),
        themes=tuple(_flow(before, after, n, names, lang) for before, after, n in row.flows[:SHOWN]),
        proposals=tuple(_proposal(found, names, lang) for found in row.proposals[:SHOWN]),
    )


def _themes(session: Session, row: Difference) -> dict[int, Theme]:
    wanted = {number for *pair, _ in row.flows for number in pair}
    wanted |= {number for found in row.proposals for number, _ in found["out_of"]}
    query = select(Theme).where(Theme.id.in_([number for number in wanted if number is not None]))
    return {theme.id: theme for theme in session.scalars(query)}


def _summary(row: Difference, lang: str) -> str:
    if not row.moved:
        return say(lang, "Hitungan dari awal menempatkan %(texts)s butir di tema yang sama.", texts=row.texts)
    return say(
        lang,
        "Hitungan dari awal menempatkan %(moved)s dari %(texts)s butir di tema lain (kemiripan %(agreement)s dari 1).",
        moved=row.moved,
        texts=row.texts,
        agreement=decimal(row.agreement, lang, 2),
    )


def _flow(before: int | None, after: int | None, n: int, names: dict[int, str], lang: str) -> str:
    if before is None:
        return say(lang, "%(n)s butir tanpa tema akan masuk “%(after)s”.", n=n, after=_name(after, names, lang))
    if after is None:
        return say(lang, "%(n)s butir “%(before)s” akan menjadi tanpa tema.", n=n, before=_name(before, names, lang))
    return say(
        lang,
        "%(n)s butir “%(before)s” akan pindah ke “%(after)s”.",
        n=n,
        before=_name(before, names, lang),
        after=_name(after, names, lang),
    )


def _proposal(found: dict, names: dict[int, str], lang: str) -> str:
    # Looked up by a name: a key written inside say() would be gathered as a sentence.
    named = found["name"]
    sources = [f"“{_name(number, names, lang)}” ({n})" for number, n in found["out_of"]]
    return say(
        lang,
        "Tema baru “%(name)s” dengan %(n)s butir, dari %(sources)s.",
        name=say(lang, named),
        n=found["texts"],
        sources=", ".join(sources),
    )


def _name(number: int | None, names: dict[int, str], lang: str) -> str:
    return names.get(number or 0) or say(lang, "tanpa tema")
