"""What became of a paragraph in a version, for the access grid."""

from sqlalchemy import select

from models import Draft, Fate
from portal.rights import Thing


def things(session) -> dict[Thing, dict[str, dict[str, object]]]:
    """A fate is there in its own version alone."""
    fate = session.scalars(select(Fate).order_by(Fate.id)).first()
    number = session.get_one(Draft, fate.draft_id).number
    there = {"number": number, "fate_id": fate.id}
    other = there | {"number": session.scalar(select(Draft.number).where(Draft.number != number))}
    return {Thing.FATE: {"there": there, "unpublished": other, "missing": there | {"fate_id": 10**9}}}
