"""What is built from styles/ is what is served, and the pages need nothing else."""

import gzip
import hashlib
import json
import re

import brotli
import pytest

from tests.conftest import CHECKOUT

SHEET = CHECKOUT / "static" / "urun.css"
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
BORROWED_GREENS = ("#00703c", "#005a30", "#0f7a52", "#0b5c3e", "#002d18")


def test_the_manifest_names_the_sheet_as_it_is():
    manifest = json.loads((CHECKOUT / "static" / "manifest.json").read_text("utf-8"))
    assert manifest["files"]["urun.css"]["sha256"] == hashlib.sha256(SHEET.read_bytes()).hexdigest()
    part = manifest["vendored"][0]
    assert {"name", "version", "licence", "sha256"} <= part.keys()
    assert "Crown Copyright" in (CHECKOUT / "static" / "LICENSES.txt").read_text("utf-8")


def test_the_compressed_twins_hold_the_same_sheet():
    sheet = SHEET.read_bytes()
    assert brotli.decompress((CHECKOUT / "static" / "urun.css.br").read_bytes()) == sheet
    assert gzip.decompress((CHECKOUT / "static" / "urun.css.gz").read_bytes()) == sheet


def test_a_page_links_the_sheet_by_its_content():
    link = (CHECKOUT / "templates" / "parts" / "stylesheet.html").read_text("utf-8")
    assert hashlib.sha256(SHEET.read_bytes()).hexdigest()[:12] in link


def test_the_sheet_is_light_and_fetches_nothing():
    css = SHEET.read_text("utf-8")
    assert len(brotli.compress(css.encode())) <= 8_000
    assert not re.findall(r"url\((?![\"']?data:)", css) and "@import" not in css and "@font-face" not in css


def test_no_green_of_another_government_is_left():
    assert not [green for green in BORROWED_GREENS if green in SHEET.read_text("utf-8").lower()]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(CHECKOUT / "templates")))
def test_a_template_has_no_style_no_script_and_no_outside_address(path):
    source = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=|https?://", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(CHECKOUT / "templates")))
def test_every_form_that_posts_carries_its_token(path):
    source = path.read_text("utf-8")
    for form in re.findall(r"<form(?=[^>]*method=\"post\").*?</form>", source, re.DOTALL):
        assert "hidden_tag()" in form or "csrf_token()" in form
