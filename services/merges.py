"""Merges: two themes that say the same become one, for good, also when the machine proposes the first one again."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import Finding, Reading, Theme
from models.theme import LIVE
from models.vocabulary import ThemeState
from services import audit, codebooks, names, tallies
from services.errors import NotFound, NotThisState


def leads(session: Session) -> dict[int, int]:
    """Each merged theme with the one in which its texts stand now, however many merges lie between."""
    rows = session.execute(select(Theme.id, Theme.merged_into).where(Theme.state == ThemeState.MERGED))
    into = {theme_id: target_id for theme_id, target_id in rows}
    found = {}
    for theme_id in into:
        at = theme_id
        while at in into:
            at = into[at]
        found[theme_id] = at
    return found


def merge(session: Session, theme_id: int, target_id: int, *, actor_id: int, now: datetime) -> None:
    """Let a theme's texts, pins and words go to another one.

    Both are alive, so neither a theme itself nor one that it was merged into can be named. The target belongs to the
    codebook from then on: a person vouches for it, and the words of the other have to stand somewhere. Pins stay as
    they were made and are read through the merge, so that undoing it brings them back.
    """
    theme, target = living(session, theme_id), living(session, target_id)
    if theme is target:
        raise NotThisState(f"theme {theme_id} into itself")
    if target.state is ThemeState.PROPOSED:
        target.code, target.state = f"K-{target.id}", ThemeState.ACTIVE
    session.execute(
        update(Reading)
        .where(Reading.theme_id == theme_id)
        .values(merged_from_id=func.coalesce(Reading.merged_from_id, theme_id), theme_id=target_id, digest=0)
    )
    theme.state, theme.merged_into = ThemeState.MERGED, target_id
    for row in (theme, target):
        row.changed_at, row.version = now, row.version + 1
    session.flush()
    for run_id in tallies.all_newest(session):
        _join(session, run_id, theme_id, target_id)
    codebooks.record(session, theme, "merge", actor_id=actor_id, now=now)
    codebooks.record(session, target, "take_in", actor_id=actor_id, now=now, why=theme.code)
    audit.record(session, "theme.merge", "theme", theme_id, now=now, actor_id=actor_id, into=target_id)


def _join(session: Session, run_id: int, theme_id: int, target_id: int) -> None:
    gone, kept = (session.get(Finding, (run_id, number)) for number in (theme_id, target_id))
    if gone is None:
        return
    kept = kept or tallies.add(session, run_id, target_id)
    for code, n in gone.stance:
        kept.stance = tallies.shift(kept.stance, [code], n)
    kept.quotes = [*kept.quotes, *gone.quotes]
    session.delete(gone)
    session.flush()
    tallies.recount(session, run_id, [target_id])


def undo(session: Session, theme_id: int, *, actor_id: int, now: datetime) -> None:
    """Take a merge back: the theme lives again with the texts that came from it; the next run counts and ranks anew."""
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    if theme.state is not ThemeState.MERGED:
        raise NotThisState(f"theme {theme_id} is {theme.state}")
    if names.is_taken(session, theme.name, but=theme_id):
        raise NotThisState("name taken")
    lead = leads(session)
    target_id, below = lead[theme_id], _below(session, theme_id)
    session.execute(
        update(Reading)
        .where(Reading.merged_from_id.in_([theme_id, *below]), Reading.theme_id == target_id)
        .values(theme_id=theme_id, merged_from_id=func.nullif(Reading.merged_from_id, theme_id), digest=0)
    )
    was_proposed = theme.is_machine_made and theme.code != f"K-{theme.id}"
    theme.state, theme.merged_into = (ThemeState.PROPOSED if was_proposed else ThemeState.ACTIVE), None
    theme.changed_at, theme.version = now, theme.version + 1
    session.get_one(Theme, target_id).changed_at = now
    session.flush()
    for run_id in tallies.all_newest(session):
        tallies.recount(session, run_id, [theme_id, target_id])
    codebooks.record(session, theme, "unmerge", actor_id=actor_id, now=now)
    audit.record(session, "theme.unmerge", "theme", theme_id, now=now, actor_id=actor_id, out_of=target_id)


def _below(session: Session, theme_id: int) -> list[int]:
    """The themes that were merged into this one, and into those."""
    found: list[int] = []
    asked = [theme_id]
    while asked:
        asked = list(session.scalars(select(Theme.id).where(Theme.merged_into.in_(asked))))
        found += asked
    return found


def living(session: Session, theme_id: int) -> Theme:
    """A theme that people see; raises NotFound or NotThisState for any other."""
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    if theme.state not in LIVE:
        raise NotThisState(f"theme {theme_id} is {theme.state}")
    return theme
