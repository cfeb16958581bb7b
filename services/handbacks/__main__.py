"""Makes one file: `python -m services.handbacks`, what was gathered by standard input, the DOCX by standard output."""

import json
import sys
from datetime import datetime
from typing import Any

from reports.manuscripts import HeadingPart, Manuscript, ParagraphPart, manuscript
from reports.margins import Span
from reports.remarks import Remark


def main() -> None:
    """Read, make, write."""
    sys.stdout.buffer.write(manuscript(_manuscript(json.load(sys.stdin))))


def _manuscript(facts: dict[str, Any]) -> Manuscript:
    return Manuscript(
        title=facts["title"],
        parts=[_part(dict(part)) for part in facts["parts"]],
        facts=[(name, said) for name, said in facts["facts"]],
        made_at=datetime.fromisoformat(facts["made_at"]),
        language=facts["language"],
        remarks=[_remark(one) for one in facts["remarks"]],
    )


def _part(facts: dict[str, Any]) -> HeadingPart | ParagraphPart:
    if facts.pop("kind") == "heading":
        return HeadingPart(**facts)
    changes, changed_at = facts.get("changes"), facts.get("changed_at")
    return ParagraphPart(
        **facts
        | {
            "changes": [Span(kind, text) for kind, text in changes] if changes else None,
            "changed_at": datetime.fromisoformat(changed_at) if changed_at else None,
            "remarks": [_remark(one) for one in facts.get("remarks", ())],
        }
    )


def _remark(facts: dict[str, Any]) -> Remark:
    """A remark or a reply to one."""
    return Remark(
        **facts
        | {
            "initials": "",
            "at": datetime.fromisoformat(facts["at"]),
            "facts": [(name, said) for name, said in facts.get("facts", ())],
            "replies": [_remark(one) for one in facts.get("replies", ())],
        }
    )


if __name__ == "__main__":
    main()
