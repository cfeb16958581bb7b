"""Makes the file of a version in a process of its own, so that the site never carries the libraries it takes."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from services import audit
from services.errors import NotMade
from services.handbacks.gathering import gather

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60


def docx(session: Session, draft_id: int, *, now: datetime, lang: str = "id") -> bytes:
    """A version with everything that was said of it as a DOCX file; nothing of it is kept on the disk.

    Raises NotFound where there is no such version, NotMade where the process did not come to its end.
    """
    facts = json.dumps(gather(session, draft_id, now=now, lang=lang)).encode()
    command, environ = [sys.executable, "-m", "services.handbacks"], os.environ | {"PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, input=facts, capture_output=True, cwd=ROOT, env=environ, timeout=SECONDS, check=True
        )
    except subprocess.SubprocessError as error:
        raise NotMade(f"the file of draft {draft_id} was not made") from error
    return done.stdout


def handed(session: Session, draft_id: int, content: bytes, *, now: datetime, actor_id: int | None = None) -> None:
    """Write down that somebody took the file: people's words leave the site in it."""
    audit.record(session, "draft.hand", "draft", draft_id, now=now, actor_id=actor_id, size=len(content))
