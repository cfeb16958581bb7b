"""Subthemes: finer groups that the machine suggests inside one theme; nothing is kept until a person splits it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from analysis import pipeline
from models import Theme
from services import materials
from services.errors import NotFound

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Subtheme:
    """A group of points inside a theme; `examples` are those that say most clearly what it is about."""

    name: str
    received: int
    point_ids: tuple[int, ...]
    examples: tuple[int, ...]


def finer(session: Session, theme_id: int, *, count: int | None = None) -> list[Subtheme]:
    """Cluster a theme's points alone, without the codebook, into at most `count` groups; the largest first.

    The number is chosen by that of the points where none is given. The same points give the same groups.
    """
    if session.get(Theme, theme_id) is None:
        raise NotFound(f"theme {theme_id}")
    texts = materials.texts_in(session, theme_id)
    found = pipeline.analyse(texts, plan=materials.plan(session), themes=count, is_sorted=True)
    return [
        Subtheme(
            name=theme.name,
            received=theme.received,
            point_ids=tuple(int(member) for member in theme.members),
            examples=tuple(int(quote.id) for quote in theme.quotes[:EXAMPLES])
            or tuple(int(member) for member in theme.members[:EXAMPLES]),
        )
        for theme in found.themes
    ]
