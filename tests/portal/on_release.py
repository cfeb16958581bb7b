"""For the access grid: releases prepared, approved, let go and thrown away, and what the public finds of them."""

from datetime import timedelta

from models import Round, Run
from models.vocabulary import RunState
from portal.rights import Thing
from services import releases
from services.releases import File, Terms

PAGE = [File("", "id", "text/html; charset=utf-8", b"<p>Rob</p>"), File("cara", "id", "text/html", b"<p>Cara</p>")]


def things(session, persons, round_id, now):
    """The things of the desk of releases; call it once the round has been read."""
    first, second = persons["lead"].id, persons["privacy"].id

    def asked(*, is_made=True):
        release_id = releases.prepare(session, round_id, Terms(now), actor_id=first, now=now)
        if is_made:
            releases.keep(session, release_id, PAGE, facts={}, codebook=0, now=now)
        return release_id

    out = asked()
    releases.approve(session, out, actor_id=first, now=now)
    releases.release(session, out, actor_id=second, now=now)
    thrown = asked(is_made=False)
    releases.discard(session, thrown, actor_id=first, now=now)
    approved = asked()
    releases.approve(session, approved, actor_id=persons["administrator"].id, now=now)
    # One round has one open release; the prepared one stands in a round of its own.
    prepared = _prepared(session, round_id, first, now)
    code = session.get_one(Round, round_id).code
    missing = {"release_id": 10**9}
    return {
        Thing.RELEASE: {"there": {"release_id": out}, "also there": {"release_id": thrown}, "missing": missing},
        Thing.MADE_RELEASE: {
            "there": {"release_id": out, "path": "cara"},
            "missing": {"release_id": thrown, "path": ""},
        },
        Thing.PREPARED_RELEASE: {"there": {"release_id": prepared}, "spent": {"release_id": out}, "missing": missing},
        Thing.APPROVED_RELEASE: {
            "there": {"release_id": approved},
            "spent": {"release_id": prepared},
            "missing": missing,
        },
        Thing.OPEN_RELEASE: {"there": {"release_id": approved}, "spent": {"release_id": out}, "missing": missing},
        Thing.RESULTS: {
            "there": {"code": code, "number": 1, "path": "cara"},
            "missing": {"code": "tidak-ada", "number": 1, "path": "cara"},
        },
    }


def _prepared(session, round_id, actor, now):
    """One whose pages stand, in a round of its own: a round has one open release."""
    like = session.get_one(Round, round_id)
    values = {c.name: getattr(like, c.name) for c in Round.__table__.columns if c.name not in ("id", "code")}
    days = timedelta(days=1500)
    row = Round(code="terbitan", **values | {"opens_at": now - days, "closes_at": now - days + timedelta(days=30)})
    session.add(row)
    session.flush()
    session.add(Run(round_id=row.id, state=RunState.DONE, started_at=now, lease_until=now, finished_at=now))
    session.flush()
    release_id = releases.prepare(session, row.id, Terms(now), actor_id=actor, now=now)
    releases.keep(session, release_id, PAGE, facts={}, codebook=0, now=now)
    return release_id
