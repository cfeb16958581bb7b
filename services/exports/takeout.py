"""X13, the data of one sender: everything that is stored about one submission, as JSON and as a page to read."""

from typing import Any

from sqlalchemy import select

from models import Submission
from reports.paper import Block, Facts, Heading
from services import takeouts
from services.errors import NotFound
from services.exports.contents import Content
from services.exports.frames import Frame


def content(frame: Frame) -> Content:
    """All rows that hang on the receipt; takes its number."""
    number = (frame.asked.receipt or "").strip().upper()
    submission_id = frame.session.scalar(select(Submission.id).where(Submission.receipt_no == number))
    if submission_id is None:
        raise NotFound(f"receipt {number}")
    rows = takeouts.rows_of(frame.session, submission_id)
    title = frame.tell("Data subjek %(number)s", number=number)
    facts = dict(frame.facts(is_personal=True))
    return Content(
        title=title,
        is_personal=True,
        blocks=lambda: _blocks(rows),
        size="A4",
        is_landscape=False,
        data={"title": title, "facts": facts, "rows": rows},
    )


def _blocks(rows: dict[str, list[dict[str, Any]]]) -> list[Block]:
    blocks: list[Block] = []
    for table, found in rows.items():
        if found:
            blocks.append(Heading(table, 1))
            blocks += [Facts([(name, _told(value)) for name, value in row.items()]) for row in found]
    return blocks


def _told(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)
