"""Names of themes: two living themes never share one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Theme
from models.theme import LIVE


def is_taken(session: Session, name: str, *, but: int | None = None) -> bool:
    """Whether a living theme, other than `but`, goes by this name."""
    shown = func.lower(func.coalesce(Theme.name_by_person, Theme.label_id))
    query = select(Theme.id).where(Theme.id != (but or 0), Theme.state.in_(LIVE), shown == name.strip().lower())
    return session.scalar(query.limit(1)) is not None
