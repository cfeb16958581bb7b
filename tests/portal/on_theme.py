"""For the access grid: themes merged and retired, an example, a version of the codebook, samples open and closed."""

from sqlalchemy import select

from models import Reading, Theme, ThemeExample
from models.vocabulary import ThemeState
from portal.rights import Thing
from services import codebooks, coding, definitions, merges


def things(session, persons, theme_id, round_id, now):
    """The things of the desks of themes, the codebook and double coding; call it once the round has been read."""
    active = select(Theme.id).where(Theme.state == ThemeState.ACTIVE, Theme.id != theme_id)
    merged, target, retired = session.scalars(active.limit(3))
    actor = persons["lead"].id
    merges.merge(session, merged, target, actor_id=actor, now=now)
    definitions.retire(session, retired, why="uji", actor_id=actor, now=now)
    point_id = session.scalar(select(Reading.point_id).limit(1))
    session.add(ThemeExample(theme_id=theme_id, point_id=point_id, at=now))
    closed = coding.draw(session, round_id, seed=1, size=1, now=now).id
    coding.close(session, closed, now=now)
    opened = coding.draw(session, round_id, seed=2, size=1, now=now).id
    missing = {"theme_id": 10**9}
    return {
        Thing.MERGED_THEME: {"there": {"theme_id": merged}, "spent": {"theme_id": theme_id}, "missing": missing},
        Thing.RETIRED_THEME: {"there": {"theme_id": retired}, "spent": {"theme_id": theme_id}, "missing": missing},
        Thing.EXAMPLE: {
            "there": {"theme_id": theme_id, "point_id": point_id},
            "missing": {"theme_id": theme_id, "point_id": 10**9},
        },
        Thing.CODEBOOK_VERSION: {"there": {"version": codebooks.number(session)}, "missing": {"version": 10**6}},
        Thing.SAMPLE: {
            "there": {"sample_id": opened},
            "also there": {"sample_id": closed},
            "missing": {"sample_id": 10**9},
        },
        Thing.OPEN_SAMPLE: {
            "there": {"sample_id": opened},
            "spent": {"sample_id": closed},
            "missing": {"sample_id": 10**9},
        },
    }
