"""What the website carries all the time stays light: office libraries are loaded where a file of theirs is made."""

import subprocess
import sys

import pytest

from tests.conftest import CHECKOUT

HEAVY = ("docx", "lxml", "pptx")


def loaded(modules):
    code = f"import sys, {modules}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return result.stdout.split()


def test_tables_figures_pages_and_csv_load_no_office_library():
    light = ("tables", "cells", "figures", "paper", "prints", "csvs", "typeset", "parcels", "letters")
    assert loaded(", ".join(f"reports.{name}" for name in light)) == []


@pytest.mark.parametrize(("module", "library"), [("documents", "docx"), ("slides", "pptx")])
def test_each_office_library_is_loaded_with_its_own_file_alone(module, library):
    assert set(loaded(f"reports.{module}")) == {library, "lxml"}
