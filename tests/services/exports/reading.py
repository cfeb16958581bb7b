"""All words of all papers, for whoever looks for one that must not be there."""

from services.errors import NotFound
from services.exports import frames, making
from services.exports.contents import layout
from services.exports.frames import Asked

OF_ONE_SENDER = "X13"


def words(session, now, *, is_public=False):
    """Of each paper everything that stands in it, by its code."""
    found = {}
    for code, make in making.MAKERS.items():
        if code == OF_ONE_SENDER:
            continue
        try:
            content = make(frames.gather(session, Asked(now=now, is_public=is_public)))
        except NotFound:  # before the first run
            continue
        rows = [[str(cell) for row in sheet.rows for cell in row] for sheet in content.sheets]
        shown = [str(block) for block in layout(content)] if content.blocks else []
        slides = [str(slide) for slide in content.slides()] if content.slides else []
        found[code] = " ".join([*(cell for sheet in rows for cell in sheet), *shown, *slides])
    return found
