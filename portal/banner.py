"""The banner of the desks: what is held because of a flood, asked of the database every quarter of a minute at most."""

import time

from flask import current_app

from portal.extensions import db
from services import floods

SECONDS = 15.0
KEPT = "flood"


def flood() -> floods.Flood | None:
    """What is held; every page of the team asks, so the answer is kept for a moment."""
    kept = current_app.extensions.get(KEPT)
    if kept is None or time.monotonic() - kept[0] > SECONDS:
        kept = current_app.extensions[KEPT] = (time.monotonic(), floods.waiting(db.session()))
    return kept[1]


def forget() -> None:
    """Ask anew at the next page: something was held or released just now."""
    current_app.extensions.pop(KEPT, None)
