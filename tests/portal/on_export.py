"""For the access grid: of each shelf of papers a job that is made, one that is not, and a paper of another shelf."""

from models import Export
from models.vocabulary import ExportState
from portal.rights import Thing

SHELVES = {
    "X2": (Thing.TEAM_PAPER, Thing.TEAM_JOB, Thing.TEAM_FILE),
    "X12": (Thing.TRAIL_PAPER, Thing.TRAIL_JOB, Thing.TRAIL_FILE),
    "X13": (Thing.PERSON_PAPER, Thing.PERSON_JOB, Thing.PERSON_FILE),
}


def things(session, folder, now):
    """What one shelf holds is not there for another."""
    folder.mkdir(parents=True, exist_ok=True)
    made, asked = ({code: job(session, folder, code, now, is_made=is_made) for code in SHELVES} for is_made in (1, 0))
    found = {}
    for code, (paper, jobs, files) in SHELVES.items():
        other = next(c for c in SHELVES if c != code)
        found[paper] = {"there": {"code": code}, "unpublished": {"code": other}, "missing": {"code": "X99"}}
        shown = {"there": {"job_id": made[code]}, "unpublished": {"job_id": made[other]}, "missing": {"job_id": 10**9}}
        found[jobs] = shown | {"also there": {"job_id": asked[code]}}
        found[files] = shown | {"spent": {"job_id": asked[code]}}
    return found


def job(session, folder, code, now, *, is_made):
    row = Export(code=code, ending="csv", state=ExportState.MADE if is_made else ExportState.ASKED, asked_at=now)
    session.add(row)
    session.flush()
    if is_made:
        row.file = f"{row.id}-abc.csv"
        (folder / row.file).write_bytes(b"x")
    return row.id
