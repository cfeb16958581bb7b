"""Who may import whom, and what the web process must never carry."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
HEAVY = ("docx", "joblib", "lxml", "nltk", "numpy", "openpyxl", "pptx", "scipy", "sklearn", "xlsxwriter")
START_WEB = f"""
import sys
import portal.web
from portal.site import create_app
from portal.config import Settings
create_app(Settings.from_environ())
print(sorted(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_the_import_contracts_are_kept():
    tool = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [str(tool), "--no-logo", "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_web_process_does_not_load_the_analysis(tmp_path):
    environ = {**os.environ, "DATA": str(tmp_path), "DEMO": "1", "PORT": "8000"}
    result = subprocess.run(
        [sys.executable, "-c", START_WEB],
        cwd=CHECKOUT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_package_of_the_analysis_loads_nothing_heavy():
    imports = "import sys, analysis, analysis.agreement, analysis.alignment, analysis.mask, analysis.types"
    code = f"{imports}; print([name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"
