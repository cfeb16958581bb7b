"""For the access grid: a scheme that is fixed, an older version of it, and a draft of another round."""

from portal.rights import Thing
from services import schemes
from services.criteria import Wanted


def things(session, persons, rounds, now):
    """The schemes of two rounds: the newest of the first may be opened, the one of the second may be fixed."""
    lead = {"actor_id": persons["lead"].id, "now": now}
    older = schemes.save(session, rounds["open"], Wanted("usg"), why="", **lead)
    schemes.fix(session, older, **lead)
    newest = schemes.save(session, rounds["open"], Wanted("usg", families=frozenset()), why="Cukup USG saja.", **lead)
    draft = schemes.save(session, rounds["over"], Wanted("usg"), why="", **lead)
    missing = {"scheme_id": 10**9}
    return {
        Thing.DRAFT_SCHEME: {"there": {"scheme_id": draft}, "spent": {"scheme_id": newest}, "missing": missing},
        Thing.FIXED_SCHEME: {"there": {"scheme_id": newest}, "spent": {"scheme_id": older}, "missing": missing},
    }
