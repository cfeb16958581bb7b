"""LibreOffice, the other program that opens our spreadsheets, or a loud reason why there is none."""

import os
import shutil
import subprocess

import pytest

ADVICE = "no LibreOffice found: install libreoffice-calc, or put soffice on the PATH"


def pytest_terminal_summary(terminalreporter):
    """Say once, at the end, that no other program has opened the tables."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(ADVICE in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(f"TABLES WERE NOT OPENED IN ANOTHER PROGRAM: {ADVICE}", red=True)


@pytest.fixture
def soffice(tmp_path):
    """Convert a spreadsheet by opening and saving it. Without LibreOffice: skipped, or failed where CI=true."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(ADVICE)
        pytest.skip(ADVICE)

    def convert(content: bytes) -> bytes:
        source, target = tmp_path / "table.xlsx", tmp_path / "saved"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return (target / "table.xlsx").read_bytes()

    return convert
