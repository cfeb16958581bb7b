"""Files of voices for tests of the doors: one that is only looked at, one that was taken and had a bad row."""

from contextlib import contextmanager

from portal.rights import Thing
from services import batches, takings

ROWS = "Kelurahan,Keluhan\nTirto,Selokan mampet\nAtlantis,Lampu mati\n"


def bring(session, folder, content=ROWS, name="kiriman.csv", *, now):
    """A file that waits to be looked at; returns its number."""
    upload = batches.read(lambda part: part.write_bytes(content.encode()), name=name, folder=folder, key=b"kunci")
    return batches.bring(session, upload, folder=folder, now=now)


def take(session, folder, import_id, round_id, *, now):
    """Take it at once, in the transaction of the caller."""

    @contextmanager
    def begin():
        yield session
        session.flush()

    batches.take(session, import_id, round_id=round_id, prefix="PKL", now=now)
    takings.finish(begin, folder, import_id, clock=lambda: now)
    return import_id


def things(session, folder, round_id, now):
    """Both files, and one that is not there, for the access grid."""
    waiting = bring(session, folder, now=now)
    taken = take(session, folder, bring(session, folder, now=now), round_id, now=now)
    before, after, missing = ({"import_id": number} for number in (waiting, taken, 10**9))
    return {
        Thing.IMPORT: {"there": before, "also there": after, "missing": missing},
        Thing.PREVIEWED_IMPORT: {"there": before, "spent": after, "missing": missing},
        Thing.TAKEN_IMPORT: {"there": after, "spent": before, "missing": missing},
        Thing.IMPORT_WITH_ERRORS: {"there": after, "missing": before},
    }
