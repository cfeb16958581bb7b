"""LibreOffice, the other program that opens our files, or a loud reason why there is none."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ADVICE = "no LibreOffice found: install libreoffice-calc, -writer and -impress, or put soffice on the PATH"


def pytest_terminal_summary(terminalreporter):
    """Say once, at the end, that no other program has opened the files."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(ADVICE in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(f"FILES WERE NOT OPENED IN ANOTHER PROGRAM: {ADVICE}", red=True)


@pytest.fixture
def office(tmp_path):
    """Open a file and save it as another kind. Without LibreOffice: skipped, or failed where CI=true."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(ADVICE)
        pytest.skip(ADVICE)

    def convert(content: bytes, kind: str, to: str, *options: str) -> bytes:
        source, target = tmp_path / f"file.{kind}", tmp_path / "saved"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program, profile, "--headless", *options, "--convert-to", to, "--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return (target / f"file.{to.partition(':')[0]}").read_bytes()

    return convert


@pytest.fixture
def soffice(office):
    """Open a spreadsheet and save it."""
    return lambda content: office(content, "xlsx", "xlsx")


@pytest.fixture
def impress(office):
    """Open slides and save them; skipped where LibreOffice stands without this part of it."""
    program = Path(os.path.realpath(shutil.which("soffice")))
    if not program.with_name("libsdlo.so").is_file():
        pytest.skip(ADVICE)
    return office
