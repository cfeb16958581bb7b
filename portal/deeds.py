"""Who does it, and when: what every deed at a desk tells the trail."""

from datetime import UTC, datetime
from typing import Any

from flask_login import current_user


def by_me() -> dict[str, Any]:
    """`actor_id` and `now` of what the visitor does in this request, as services ask for them."""
    return {"actor_id": current_user.id, "now": datetime.now(UTC)}
