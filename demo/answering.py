"""Answering: what the team of the story decides, as rulings; the words stand in `words/answers.toml`."""

from datetime import date, timedelta
from typing import Any

from demo.tables import words
from models.vocabulary import DecisionCode, ReasonCode
from services.explanations import Ruling

MONTH = timedelta(days=30)


def facts_of(theme: str) -> dict[str, Any]:
    """What is written of a theme; of one that nobody thought of, that it is noted."""
    table = words("answers")
    return table.get(theme) or table["OTHER"]


def ruling(facts: dict[str, Any], today: date) -> Ruling:
    """A decision as the desk sends it; deadlines count from `today`, and the shortest is over."""
    months = facts.get("months")
    reason_code = facts.get("reason_code")
    return Ruling(
        code=DecisionCode(facts.get("code") or facts["one"]),
        reason_code=ReasonCode(reason_code) if reason_code else None,
        reason=facts["reason"],
        change=facts.get("change", ""),
        paragraph=facts.get("paragraph", ""),
        text_after=facts.get("text_after", ""),
        programme=facts.get("programme"),
        deferred_to=facts.get("deferred_to", ""),
        forwarded_to=facts.get("forwarded_to", ""),
        lead_agency=facts.get("lead"),
        due_on=None if months is None else today + months * MONTH - timedelta(days=95),
    )


def sides(name: str) -> dict[str, DecisionCode]:
    """The codes for both sides of a conflict."""
    facts = words("answers")["conflicts"][name]
    return {side: DecisionCode(facts[side]) for side in ("one", "other")}
