"""Where the tests find a real browser: named, on the PATH, Playwright's own, or packaged for npm."""

import os
import shutil
from pathlib import Path

import brotli

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "no browser found: set CHROMIUM to one, or install Debian's chromium, or run "
    "`.venv/bin/playwright install chromium`, or `npm install --no-save @sparticuz/chromium@147.0.0`"
)
PACKED = Path("node_modules/@sparticuz/chromium/bin/chromium.br")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


def find_named(environ=os.environ) -> str | None:
    """Return the browser the environment names; a wrong name is an error, not a search."""
    named = environ.get("CHROMIUM")
    if named and shutil.which(named) is None:
        raise FileNotFoundError(f"CHROMIUM names {named}, which is no program")
    return named or None


def find_on_path() -> str | None:
    """Return the first browser on the PATH."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def unpack(checkout: Path, folder: Path) -> str | None:
    """Unpack the browser of the npm package, where it is installed, into a folder; it needs no root."""
    packed = checkout / PACKED
    if not packed.exists():
        return None
    program = folder / "chromium"
    program.write_bytes(brotli.decompress(packed.read_bytes()))
    program.chmod(0o755)
    return str(program)


def launch(chromium, checkout: Path, folder: Path):
    """Start the first browser that is there.

    `chromium` is Playwright's browser type, `folder` a place for an unpacked program. Without one: None.
    """
    program = find_named() or find_on_path()
    if program:
        return chromium.launch(executable_path=program, args=[*FLAGS])
    if Path(chromium.executable_path).exists():
        return chromium.launch(args=[*FLAGS])
    program = unpack(checkout, folder)
    if program:
        return chromium.launch(executable_path=program, args=[*FLAGS, "--single-process"])
    return None
