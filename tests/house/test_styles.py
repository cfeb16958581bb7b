"""What is built from styles/ and scripts/ is what is served, and the pages need nothing else."""

import gzip
import hashlib
import json
import re

import brotli
import pytest

from tests.conftest import CHECKOUT

SHEET = CHECKOUT / "static" / "urun.css"
BUILT = sorted(path for path in (CHECKOUT / "static").iterdir() if path.suffix in (".css", ".js"))
SCRIPTED = ("keep.html", "keys.html", "marks.html")
PARTS = sorted((CHECKOUT / "templates" / "parts").glob("*stylesheet.html")) + [
    CHECKOUT / "templates" / "parts" / name for name in SCRIPTED
]
SCRIPT = re.compile(
    r"<script src=\"\{\{ url_for\('static', filename='(?:keep|inbox|score)\.js', v='[0-9a-f]{12}'\) "
    r"\}\}\" defer></script>"
)
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
BORROWED_GREENS = ("#00703c", "#005a30", "#0f7a52", "#0b5c3e", "#002d18")


def test_the_manifest_names_every_built_file_as_it_is():
    manifest = json.loads((CHECKOUT / "static" / "manifest.json").read_text("utf-8"))
    built = {path.name for path in (CHECKOUT / "static").iterdir() if path.suffix in (".css", ".js")}
    assert manifest["files"].keys() == built >= {"urun.css", "desk.css", "keep.js"}
    for name, said in manifest["files"].items():
        assert said["sha256"] == hashlib.sha256((CHECKOUT / "static" / name).read_bytes()).hexdigest(), name
    part = manifest["vendored"][0]
    assert {"name", "version", "licence", "sha256"} <= part.keys()
    assert "Crown Copyright" in (CHECKOUT / "static" / "LICENSES.txt").read_text("utf-8")


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_the_compressed_twins_hold_the_same(path):
    assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()
    assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_a_page_links_what_is_built_by_its_content(path):
    links = "".join(part.read_text("utf-8") for part in PARTS)
    assert f"filename='{path.name}', v='{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}'" in links


def test_the_script_is_small_asks_no_other_address_and_keeps_the_text_alone():
    script = (CHECKOUT / "static" / "keep.js").read_text("utf-8")
    assert len(script.encode()) <= 10_000
    assert re.findall(r"fetch\(([^,)]*)", script) == ["form.dataset.probe"]
    assert not re.search(r"https?:|innerHTML|eval|document\.write|sessionStorage|cookie|import\(", script)
    assert set(re.findall(r"setItem\((\w+)", script)) == {"PLACE", "SHARED"}
    assert "text: area.value" in script and "FormData" not in script


@pytest.mark.parametrize("name", ["inbox.js", "score.js"])
def test_a_script_of_keys_is_small_and_sends_and_writes_nothing_of_its_own(name):
    script = (CHECKOUT / "static" / name).read_text("utf-8")
    assert len(script.encode()) <= 10_000
    assert not re.search(r"https?:|innerHTML|eval|document\.write|cookie|import\(|fetch|XMLHttp|sendBeacon", script)


def test_the_keys_of_the_inbox_keep_nothing_but_that_they_are_switched_off():
    script = (CHECKOUT / "static" / "inbox.js").read_text("utf-8")
    assert set(re.findall(r"setItem\((\w+)", script)) == {"OFF"} and "sessionStorage" not in script


def test_the_sheet_is_light_and_fetches_nothing():
    css = SHEET.read_text("utf-8")
    assert len(brotli.compress(css.encode())) <= 6_000
    assert not re.findall(r"url\((?![\"']?data:)", css) and "@import" not in css and "@font-face" not in css


def test_what_is_borrowed_holds_no_kind_of_control_that_no_page_writes():
    css = SHEET.read_text("utf-8")
    written = "".join(path.read_text("utf-8") for path in [*TEMPLATES, *(CHECKOUT / "forms").glob("*.py")])
    kinds = set(re.findall(r"\.(govuk-[a-z-]+--[a-z0-9-]+)", css))
    composed = {f"govuk-input--width-{n}" for n in (2, 10)}  # templates/officer writes the number
    assert [kind for kind in kinds - composed if kind not in written and not kind.endswith("--error")] == []
    assert "var(--govuk" not in css and ":disabled" not in css


def test_no_green_of_another_government_is_left():
    assert not [green for green in BORROWED_GREENS if green in SHEET.read_text("utf-8").lower()]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(CHECKOUT / "templates")))
def test_a_template_has_no_style_no_script_and_no_outside_address(path):
    source = SCRIPT.sub("", path.read_text("utf-8")) if path.name in SCRIPTED else path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=|https?://", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(CHECKOUT / "templates")))
def test_every_form_that_posts_carries_its_token(path):
    source = path.read_text("utf-8")
    for form in re.findall(r"<form(?=[^>]*method=\"post\").*?</form>", source, re.DOTALL):
        assert "hidden_tag()" in form or "csrf_token()" in form
