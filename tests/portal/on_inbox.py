"""A refused item with a point that may ask for it again, and one that does not, for the access grid."""

from models import RefusedItem, RefusedMatch
from models.vocabulary import MatchState
from portal.rights import Thing


def things(session, point_id, other_point_id, now) -> dict[Thing, dict[str, dict[str, object]]]:
    """The addresses of the register and of what it found."""
    facts = {"cycle": "2021", "text": "Tambah pompa rob", "reason": "Menunggu anggaran.", "imported_at": now}
    item, other = (RefusedItem(code=code, **facts) for code in ("R-01", "R-02"))
    session.add_all([item, other])
    session.flush()
    match = {"similarity": 0.5, "words": ["pompa", "rob"], "state": MatchState.SUGGESTED}
    session.add(RefusedMatch(point_id=point_id, item_id=item.id, **match))
    session.flush()
    there = {"item_id": item.id, "point_id": point_id}
    return {
        Thing.REFUSED_ITEM: {"there": {"item_id": item.id}, "missing": {"item_id": 10**9}},
        Thing.ECHO: {
            "there": there,
            "unpublished": there | {"point_id": other_point_id},
            "missing": there | {"item_id": other.id},
        },
    }
