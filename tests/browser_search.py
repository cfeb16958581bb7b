"""Where the tests find a real browser: named, on the PATH, Playwright's own, or packaged for npm."""

import io
import os
import shutil
import tarfile
from pathlib import Path

import brotli
from playwright.sync_api import Error

from tools.bootstrap import BROWSERS, NPM_BROWSER

ADVICE = (
    "no browser found: set CHROMIUM to one, or install Debian's chromium, or run "
    f"`.venv/bin/playwright install chromium`, or `npm install --no-save {NPM_BROWSER}`"
)
PACKED = Path("node_modules/@sparticuz/chromium/bin")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


def find_named(environ=os.environ) -> str | None:
    """Return the browser the environment names; a wrong name is an error, not a search."""
    named = environ.get("CHROMIUM")
    if named and shutil.which(named) is None:
        raise FileNotFoundError(f"CHROMIUM names {named}, which is no program")
    return named or None


def find_on_path() -> str | None:
    """Return the first browser on the PATH."""
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


def unpack(checkout: Path, folder: Path) -> str | None:
    """Unpack the browser of the npm package, where it is installed, into a folder; it needs no root."""
    packed = checkout / PACKED
    if not packed.exists():
        return None
    for name in ("swiftshader", "al2023"):  # its drawing library, and the system libraries it may lack
        content = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(folder, filter="data")
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    return str(program)


def candidates(chromium, checkout: Path, folder: Path):
    """Yield the arguments to launch each browser there is, in the order they are tried."""
    program = find_on_path()
    if program:
        yield {"executable_path": program, "args": [*FLAGS]}
    if Path(chromium.executable_path).exists():
        yield {"args": [*FLAGS]}
    program = unpack(checkout, folder)
    if program:
        unpacked = {"executable_path": program, "args": [*FLAGS, "--no-zygote"]}
        yield unpacked
        yield {**unpacked, "env": {**os.environ, "LD_LIBRARY_PATH": str(folder / "lib")}}


def launch(chromium, checkout: Path, folder: Path):
    """Start the first browser that starts; one the environment names is the only one tried.

    `chromium` is Playwright's browser type, `folder` a place for an unpacked program. Without one: None.
    """
    named = find_named()
    if named:
        return chromium.launch(executable_path=named, args=[*FLAGS])
    for arguments in candidates(chromium, checkout, folder):
        try:
            return chromium.launch(**arguments)
        except Error:
            continue  # its shared libraries may be missing; the next one may bring its own
    return None
