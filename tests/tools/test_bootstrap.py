"""The start from a fresh clone: what is installed once is not installed again, and refusals are clear."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    """A checkout of two small locks whose environment is this Python."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/run.txt").write_text("first==1\n")
    (tmp_path / "requirements/dev.txt").write_text("first==1\nsecond==1\n")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    return tmp_path


def installing(checkout: Path, *, succeeds: bool = True):
    """Return what finds the install command: a stand-in that notes each call."""
    code = f"open({str(checkout / 'calls')!r}, 'a').write('x'); raise SystemExit({int(not succeeds)})"
    return lambda python, lock: [[sys.executable, "-c", code]]


def calls(checkout: Path) -> int:
    """How often something was installed."""
    file = checkout / "calls"
    return len(file.read_text()) if file.exists() else 0


def install(checkout: Path, lock: str, **options) -> None:
    """Install into the stand-in checkout."""
    bootstrap.install(checkout, checkout / ".venv", lock, find=installing(checkout, **options))


def test_the_second_start_installs_nothing(checkout):
    install(checkout, "run")
    install(checkout, "run")
    assert calls(checkout) == 1


def test_what_the_tests_need_contains_what_the_site_needs(checkout):
    install(checkout, "dev")
    install(checkout, "run")
    install(checkout, "dev")
    assert calls(checkout) == 1


def test_a_changed_lock_is_installed(checkout):
    install(checkout, "run")
    (checkout / "requirements/run.txt").write_text("first==2\n")
    install(checkout, "run")
    assert calls(checkout) == 2


def test_a_failed_installation_is_told_and_tried_again(checkout):
    with pytest.raises(bootstrap.Refused, match="network"):
        install(checkout, "run", succeeds=False)
    install(checkout, "run")
    assert calls(checkout) == 2


def test_an_old_python_is_refused_with_the_version_that_is_needed():
    with pytest.raises(bootstrap.Refused, match=r"needs Python 3\.11 or newer; this is 3\.9\.2"):
        bootstrap.require_python((3, 9, 2))


def test_every_pip_installation_checks_hashes():
    for command in bootstrap.installers("python", "lock.txt"):
        assert "--require-hashes" in command


def test_only_the_lock_of_the_benchmarks_leaves_out_what_its_packages_name():
    for name, path in bootstrap.LOCKS.items():
        assert all(("--no-deps" in command) == (name == "bench") for command in bootstrap.installers("python", path))


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "bench.txt"])
def test_the_locks_are_hashed_and_name_no_index(name):
    text = (CHECKOUT / "requirements" / name).read_text()
    pins = [line for line in text.splitlines() if line and line[0].isalpha()]
    assert len(pins) > 30
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert "://" not in text and "index" not in text and "find-links" not in text


def test_the_template_of_a_library_is_copied_without_the_lines_of_its_code(tmp_path):
    template = tmp_path / ".venv/lib/python3.11/site-packages/library/library.pot"
    template.parent.mkdir(parents=True)
    template.write_text('#: library/forms.py:93\nmsgid "Required."\nmsgstr ""\n')
    copy = bootstrap.borrow(tmp_path / ".venv", "library/library.pot", tmp_path / "copy.pot")
    assert copy.read_text() == 'msgid "Required."\nmsgstr ""\n'


def test_a_library_without_its_template_is_named(tmp_path):
    with pytest.raises(bootstrap.Refused, match=r"library/library\.pot"):
        bootstrap.borrow(tmp_path / ".venv", "library/library.pot", tmp_path / "copy.pot")


def test_sentences_are_gathered_with_every_keyword_and_without_lines():
    command = bootstrap.extraction("here.pot")
    assert "--add-location=file" in command and "here.pot" in command
    assert [command[n + 1] for n, word in enumerate(command) if word == "-k"] == list(bootstrap.KEYWORDS)


def test_make_alone_lists_the_targets():
    listed = subprocess.run(["make"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "bench", "lock", "styles", "translations", "clean"):
        assert f"\n{target} " in f"\n{listed}"


def test_the_start_tells_the_address_the_english_page_and_the_doors_of_the_demo(tmp_path):
    lines = bootstrap.addresses({"PORT": "8111", "DATA": str(tmp_path)})
    assert lines[0] == "http://127.0.0.1:8111/" and lines[1].startswith("http://127.0.0.1:8111/?lang=en")
    assert lines[2].startswith("http://127.0.0.1:8111/demo/") and len(lines) == 3
    assert len(bootstrap.addresses({"DEMO": "0", "DATA": str(tmp_path)})) == 2


def test_the_start_tells_a_receipt_only_when_its_answer_is_out(tmp_path):
    told = {"is_told": False, "facts": {"receipt": "PKL-7K3M-92", "pin": "123456"}}
    (tmp_path / "demo-story.json").write_text(json.dumps(told))
    assert "123456" not in " ".join(bootstrap.addresses({"DATA": str(tmp_path)}))
    (tmp_path / "demo-story.json").write_text(json.dumps(told | {"is_told": True}))
    assert bootstrap.addresses({"DATA": str(tmp_path)})[-1] == "A published answer: number PKL-7K3M-92, PIN 123456"
    (tmp_path / "demo-story.json").write_text("{")
    assert len(bootstrap.addresses({"DATA": str(tmp_path)})) == 3
