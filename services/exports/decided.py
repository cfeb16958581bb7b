"""What was decided for the points of a round, in few statements however many there are."""

from sqlalchemy import select

from models import Point, Submission
from models.submission import STANDS
from services import answers
from services.answers import Answer
from services.exports.frames import Frame

AT_ONCE = 5_000


def of_round(frame: Frame) -> dict[int, Answer]:
    """The answer of every point of the round; for the public only what a release has let go."""
    if frame.asked.is_public:
        return _published(frame)
    query = answers.resolved().where(Submission.round_id == frame.round.id, STANDS)
    found = {point_id: decision_id for point_id, decision_id in frame.session.execute(query) if decision_id is not None}
    facts = answers.of_decisions(frame.session, set(found.values()), now=frame.now, lang=frame.lang)
    return {point_id: facts[decision_id] for point_id, decision_id in found.items()}


def _published(frame: Frame) -> dict[int, Answer]:
    query = select(Point.id).join(Submission).where(Submission.round_id == frame.round.id, STANDS).order_by(Point.id)
    ids, found = list(frame.session.scalars(query)), dict[int, Answer]()
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        found |= answers.of_points(frame.session, some, now=frame.now, lang=frame.lang, is_published=True)
    return found


def told(answer: Answer | None) -> str | None:
    """Response and reason in one text."""
    if answer is None:
        return None
    reason = f"{answer.reason_label}: {answer.reason}" if answer.reason_label and answer.reason else ""
    parts = (answer.response, reason or answer.reason or answer.reason_label)
    return "\n".join(dict.fromkeys(part for part in parts if part)) or None


def change(answer: Answer | None, arrow: str = " → ") -> str | None:
    """What changes in the draft: from what to what, else in words."""
    if answer is None:
        return None
    moved = arrow.join(text for text in (answer.text_before, answer.text_after) if text)
    place = answer.paragraph_mark or answer.programme_name
    parts = (place, moved or answer.change)
    return ": ".join(part for part in parts if part) or None
