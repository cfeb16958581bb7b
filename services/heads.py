"""Heads: the sendings of a round added up as its board shows them; one pass, numbers by codes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Point, Programme, Reading, Submission, Theme
from models.run import round_of
from models.submission import STANDS
from models.vocabulary import Group
from services import totals
from services.totals import Kept
from services.turnout import UNSAID, Sending, count, sendings, words_of

NAME, EVERYBODY = "board", ""


def kept(session: Session, round_id: int) -> Kept | None:
    """What the newest run of a big round left; None in a small one."""
    return totals.newest(session, round_id, NAME)


def of_run(session: Session, run_id: int) -> dict[str, Any]:
    """What is kept of a run for the board of its round."""
    return {NAME: of_round(session, session.scalars(select(round_of(run_id))).one())}


def of_round(session: Session, round_id: int) -> dict[str, Any]:
    """Counts (sendings, least and most people) by area, group, constituency and dimension, and what else is shown."""
    received = sendings(session, round_id)
    by_constituency = _by(received, lambda s: s.constituencies)
    return {
        "total": count(received),
        "areas": _counted(_by(received, lambda s: (s.area,))),
        "groups": _counted(_by(received, lambda s: (s.group.value,))),
        "constituencies": _counted(by_constituency),
        "genders": Counter(s.gender.value for s in received if s.gender),
        "places": {code: _places(some) for code, some in (by_constituency | {EVERYBODY: received}).items()},
        "academics": _counted(_academics(session, round_id)),
        "verdicts": _verdicts(session, round_id),
    }


def _by(received: Iterable[Sending], codes: Any) -> dict[str, list[Sending]]:
    found = defaultdict(list)
    for sending in received:
        for code in codes(sending):
            found[code].append(sending)
    return found


def _counted(apart: dict[str, list[Sending]]) -> dict[str, Any]:
    return {code: count(some) for code, some in apart.items()}


def _places(received: Sequence[Sending]) -> dict[str, Any]:
    """Of each area how many sendings came from each group, and its count."""
    return {
        area: [[sum(s.group is group for s in some) for group in Group], count(some)]
        for area, some in _by(received, lambda s: (s.area,)).items()
    }


def _academics(session: Session, round_id: int) -> dict[str, list[Sending]]:
    """The academics who spoke of each dimension: the point's own, else its theme's, as the originals have it."""
    own = func.coalesce(Point.dimension, Theme.dimension)
    rows = session.execute(
        select(own, Submission.id, Submission.person_id, Submission.text, Submission.area)
        .select_from(Point)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .where(STANDS, Submission.round_id == round_id, Submission.group == Group.ACADEMIC, own.is_not(None))
    )
    spoke: dict[str, dict[int, Sending]] = defaultdict(dict)
    for code, number, person, text, area in rows:
        spoke[code][number] = Sending(number, Group.ACADEMIC, area or UNSAID, person, None, (), words_of(text))
    return {code: list(some.values()) for code, some in spoke.items()}


def _verdicts(session: Session, round_id: int) -> dict[str, int]:
    """Of how many programmes each agency that leads them has given its verdict."""
    rows = session.execute(
        select(Programme.agency, func.count(Point.programme.distinct()))
        .join(Point, Point.programme == Programme.code)
        .join(Submission, Submission.id == Point.submission_id)
        .where(
            STANDS,
            Submission.round_id == round_id,
            Submission.agency == Programme.agency,
            Point.verdict.is_not(None),
        )
        .group_by(Programme.agency)
    )
    return {agency: n for agency, n in rows}
