"""The command `align`: two texts in, a document out, and every reason why not in one line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.batch_align import read_paragraphs

ROOT = Path(__file__).resolve().parents[2]
OLD = b"# Bencana\n\n[P-DIS-01] Rob naik setiap\npurnama.\n\nPompa mati sejak kemarin.\n\nLampu padam.\n"
NEW = b"# Bencana\n\n[P-DIS-01] Lampu padam.\n\n[P-DIS-02] Rob naik setiap purnama.\n\nJalan berlubang.\n"


def put(tmp_path, old=OLD, new=NEW):
    paths = tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "out.json"
    paths[0].write_bytes(old)
    paths[1].write_bytes(new)
    return paths


def run(*paths):
    return main(["align", *map(str, paths)])


def test_the_document_has_a_pair_for_every_old_paragraph_in_order_and_what_was_added(tmp_path):
    *sources, out = put(tmp_path)
    assert run(*sources, out) == 0
    document = json.loads(out.read_text("utf-8"))
    assert list(document) == ["pairs", "added"] and document["added"] == [3]
    assert all(list(pair) == ["old", "new", "state", "similarity", "confidence"] for pair in document["pairs"])
    assert [(pair["old"], pair["new"], pair["state"]) for pair in document["pairs"]] == [
        (0, [0], "same"),
        (1, [2], "same"),
        (2, [], "removed"),
        (3, [1], "moved"),
    ]


def test_the_same_two_texts_give_the_same_bytes_in_every_process_and_with_any_line_ends(tmp_path):
    (tmp_path / "other").mkdir()
    first = put(tmp_path)
    second = put(tmp_path / "other", b"\xef\xbb\xbf" + OLD.replace(b"\n", b"\r\n"), NEW.replace(b"\n", b"\r"))
    for seed, paths in (("1", first), ("2", second)):
        command = [sys.executable, "-W", "error", "-m", "analysis", "align", *map(str, paths)]
        environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and done.stdout == done.stderr == ""
    assert first[2].read_bytes() == second[2].read_bytes()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a\n\nb", ["a", "b"]),
        (b"\n \t\n\na\n  \n\n\nb\n\n", ["a", "b"]),
        (b"a\nb", ["a\nb"]),
        (b"\xef\xbb\xbfa\r\r b", ["a", "b"]),
        ("a\u2028\u2028b".encode(), ["a\u2028\u2028b"]),
    ],
)
def test_blank_lines_and_nothing_else_part_paragraphs(tmp_path, content, found):
    path = tmp_path / "old.txt"
    path.write_bytes(content)
    assert read_paragraphs(path) == found


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no paragraph"),
        (b"\xef\xbb\xbf \n\t\n", "no paragraph"),
        (b"baik\n\nburuk \xff\n", "line 3 is not UTF-8"),
        (b"a\r\nb\r\xe9", "line 3 is not UTF-8"),
        ("rob".encode("utf-16"), "line 1 is not UTF-8"),
    ],
)
def test_a_text_that_cannot_be_read_is_named_with_its_line(tmp_path, content, reason, capsys):
    for paths in (put(tmp_path, old=content), put(tmp_path, new=content)):
        assert run(*paths) == 2
        said = capsys.readouterr().err
        assert said.startswith("error: ") and said.rstrip().endswith(reason) and said.count("\n") == 1
        assert not paths[2].exists()


def test_a_missing_file_a_folder_and_a_place_that_cannot_be_written_are_said(tmp_path, capsys):
    old, new, out = put(tmp_path)
    (tmp_path / "closed.json").mkdir()
    missing, nowhere = tmp_path / "missing.txt", tmp_path / "nowhere" / "out.json"
    for paths in ((missing, new, out), (old, tmp_path, out), (old, new, nowhere), (old, new, tmp_path / "closed.json")):
        assert run(*paths) == 2
        said = capsys.readouterr().err
        assert said.startswith("error: ") and said.count("\n") == 1


def test_a_version_is_never_written_over(tmp_path, capsys):
    old, new, _ = put(tmp_path)
    named = old.rename(tmp_path / "old.json")
    link = tmp_path / "link.json"
    link.symlink_to(new)
    for out in (named, link):
        assert run(named, new, out) == 2 and "one of the two versions" in capsys.readouterr().err
    assert named.read_bytes() == OLD and new.read_bytes() == NEW


@pytest.mark.parametrize(
    "arguments", [[], ["a.txt"], ["a.txt", "b.txt"], ["a.txt", "b.txt", "c.txt"], ["a", "b", "c.json", "d"]]
)
def test_arguments_that_make_no_sense_are_said_and_end_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2 and "error: " in capsys.readouterr().err


def test_help_says_what_goes_in_and_what_comes_out(capsys):
    with pytest.raises(SystemExit) as ended:
        run("--help")
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert all(word in said for word in ("OLD NEW OUT", "blank lines", "split, merged, removed", "added", "0.6"))
