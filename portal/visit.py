"""A visit: the quarter of an hour in which whoever showed number and PIN may act on that one submission."""

from datetime import datetime, timedelta

from flask import session

LENGTH = timedelta(minutes=15)
KEY = "visit"


def begin(submission_id: int, *, now: datetime) -> None:
    """Remember, in the signed cookie, which submission was opened and until when."""
    session[KEY] = [submission_id, int((now + LENGTH).timestamp())]


def current(*, now: datetime) -> int | None:
    """The submission that is open now; None where none was opened or its time is over."""
    found = session.get(KEY)
    if not found:
        return None
    submission_id, until = found
    return int(submission_id) if now.timestamp() < until else None


def end() -> None:
    """Close it, as on a computer that others use too."""
    session.pop(KEY, None)
