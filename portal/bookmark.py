"""The bookmark: a cookie that remembers on which page of the draft somebody read last, and nothing else."""

import re
from typing import NamedTuple

from flask import current_app, request
from werkzeug.wrappers import Response

from services.paragraphs import Frame

COOKIE = "baca"
HALF_A_YEAR = 180 * 24 * 3600
WRITTEN = re.compile(r"([1-9][0-9]{0,5})\.([1-9][0-9]{0,5})\.([1-9][0-9]{0,5})")


class Mark(NamedTuple):
    """Version, chapter, and page of the chapter."""

    number: int
    position: int
    page: int


def keep(response: Response, number: int, position: int, page: int) -> Response:
    """Put it on this page of the draft."""
    response.set_cookie(
        COOKIE,
        f"{number}.{position}.{page}",
        max_age=HALF_A_YEAR,
        path="/naskah",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def found(frame: Frame) -> Mark | None:
    """Where it is; None where there is none, or where it is on no page of a published version."""
    written = WRITTEN.fullmatch(request.cookies.get(COOKIE, ""))
    if written is None:
        return None
    mark = Mark(*map(int, written.groups()))
    if mark.number == frame.draft.number:
        is_there = any(c.position == mark.position and mark.page <= c.pages for c in frame.contents)
    else:
        is_there = mark.number in {version.number for version in frame.versions}
    return mark if is_there else None
