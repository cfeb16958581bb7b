"""The storyteller: lets the demonstration's first round be lived through while the site answers."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.config import ROOT, Settings

GENTLE = 10  # the site comes first
STORY = "demo-story.json"


@dataclass(frozen=True, slots=True)
class Story:
    """How far the first round is told; `receipt` and `pin` open an answer, once it is published."""

    done: int = 0
    steps: int = 0
    is_told: bool = False
    receipt: str = ""
    pin: str = ""
    round_id: int | None = None

    @property
    def is_begun(self) -> bool:
        return self.steps > 0


def story(data: Path) -> Story:
    """What is kept of it in a data folder; nothing where it was not begun."""
    try:
        kept = json.loads((data / STORY).read_text("utf-8"))
    except (OSError, ValueError):
        return Story()
    facts, is_told = kept["facts"], kept["is_told"]
    receipt, pin = (facts.get(name, "") if is_told else "" for name in ("receipt", "pin"))
    return Story(kept["done"], kept["steps"], is_told, receipt, pin, facts.get("round_id"))


class Storyteller:
    """Starts the telling once, or lets it go on where it stopped; it ends with the worker."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.child: subprocess.Popen[bytes] | None = None

    def begin(self) -> bool:
        """Start it, where the demonstration is in and its story is wanted and not told; whether it was started."""
        data, is_wanted = self.settings.data, self.settings.is_demo and self.settings.has_story
        if not is_wanted or not (data / "demo-loaded").exists() or story(data).is_told:
            return False
        environ = os.environ | {"DATA": str(data)}
        command = [sys.executable, "-m", "demo.story", "--nice", str(GENTLE)]
        self.child = subprocess.Popen(command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL)
        return True

    def close(self) -> None:
        """Stop it; what was told so far stays."""
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            self.child.wait()
