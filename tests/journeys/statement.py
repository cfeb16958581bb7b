"""What the last run found on each page, written down for the accessibility statement when it is asked for."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.site import CHECKOUT

FILE = CHECKOUT / "docs" / "accessibility.json"
SWITCH = "WRITE_STATEMENT"
AXE = "axe"
# Looked at on every page, and on the citizen's path alone; `services/statements.py` has words for each.
EVERYWHERE = (AXE, "width", "structure")
ON_THE_PATH = ("targets", "focus_order", "error_summary", "text_200", "forced_colours", "motion")


class Statement:
    """Pages by reader and path, with the languages and widths they were seen in and what was found."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], dict[str, set[str]]] = {}
        self.checks: set[str] = set()
        self.axe: dict[str, str | int] = {"version": "", "rules": 0}

    def note(self, who: str | None, path: str, page: Page, faults: list[str], *checks: str) -> None:
        """Remember one look at a page, in its language and at its width."""
        seen = self.pages.setdefault((who or "", path), {"languages": set(), "widths": set(), "faults": set()})
        seen["languages"].add(page.locator("html").get_attribute("lang") or "")
        seen["widths"].add(page.viewport_size["width"])
        seen["faults"].update(faults)
        self.checks.update(checks)

    def note_axe(self, version: str, tried: int) -> None:
        """Remember the engine, and the most rules that it tried on one page."""
        self.axe = {"version": version, "rules": max(tried, int(self.axe["rules"]))}

    def as_json(self, now: datetime) -> str:
        """The file, in an order that does not change from run to run."""
        pages = [
            {"reader": who, "path": path} | {name: sorted(found) for name, found in seen.items()}
            for (who, path), seen in sorted(self.pages.items())
        ]
        facts = {"tested_at": now.isoformat(timespec="minutes"), "axe": self.axe, "checks": sorted(self.checks)}
        return json.dumps(facts | {"pages": pages}, indent=1, ensure_ascii=False) + "\n"

    def write(self, file: Path = FILE) -> bool:
        """Write the file if the run was asked to; says whether it did."""
        if not os.environ.get(SWITCH) or not self.pages:
            return False
        file.write_text(self.as_json(datetime.now(UTC)), encoding="utf-8")
        return True
