"""The batch interface: what goes in comes out, a bad row is told, the rest goes on."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.batch_out import as_document, write
from analysis.pipeline import analyse
from analysis.types import Text

ROOT = Path(__file__).resolve().parents[2]
GOOD = "id,text,group\n" + "".join(f"T{n},selokan nomor {n} di pasar mampet dan bau,citizen\n" for n in range(12))


def run(tmp_path, text, name="in.csv", out="out.json", *more):
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    return main([str(source), str(tmp_path / out), *more]), tmp_path / out


def test_a_document_holds_every_record(tmp_path):
    code, out = run(tmp_path, GOOD)
    document = json.loads(out.read_text("utf-8"))
    assert code == 0 and set(document) == {"run", "readings", "themes", "campaigns", "contrasts", "ranking"}
    assert len(document["readings"]) == 12
    reading = document["readings"][0]
    wanted = {"id", "language", "types", "sentiment", "dimensions", "theme", "duplicate_group", "masked_text", "flags"}
    assert wanted <= set(reading)


def test_lines_hold_the_same_records(tmp_path):
    code, out = run(tmp_path, GOOD, "in.csv", "out.jsonl")
    kinds = {json.loads(line)["record"] for line in out.read_text("utf-8").splitlines()}
    assert code == 0 and {"run", "reading", "theme"} <= kinds <= {
        "run",
        "reading",
        "theme",
        "campaign",
        "contrast",
        "rank",
    }


def test_a_bad_row_is_told_with_its_number_and_the_rest_goes_on(tmp_path, capsys):
    code, out = run(tmp_path, GOOD + "T1,kembar,citizen\nT99,tanda \x07 kendali,citizen\nT98,terlalu,banyak,kolom\n")
    said = capsys.readouterr().err
    assert code == 3 and all(f"row {n}" in said for n in (14, 15, 16))
    assert len(json.loads(out.read_text("utf-8"))["readings"]) == 12


@pytest.mark.parametrize("text", ["", "id,teks\n1,a\n", "id,text\n", 'id,text\n1,"tidak ditutup\n'])
def test_nothing_usable_ends_with_two(tmp_path, text, capsys):
    assert run(tmp_path, text)[0] == 2
    assert "error" in capsys.readouterr().err


def test_json_lines_are_read_and_wrong_types_refused(tmp_path, capsys):
    rows = [{"id": "1", "text": "rob masuk rumah"}, {"id": 2, "text": "a"}, {"id": "3", "text": ["a"]}, ["x"], 7]
    code, _ = run(tmp_path, "\n".join(map(json.dumps, rows)) + "\n{rusak\n", "in.jsonl")
    assert code == 3 and capsys.readouterr().err.count("row ") == 5


def test_codebook_plan_seed_and_previous_are_taken(tmp_path):
    book = ["--codebook", str(ROOT / "plan" / "themes.csv")]
    code, first = run(tmp_path, GOOD, "in.csv", "a.json", *book, "--seed", "7", "--jobs", "2")
    again = run(tmp_path, GOOD, "in.csv", "b.json", *book, "--seed", "7", "--previous", str(first))[1]
    assert code == 0 and json.loads(again.read_text())["run"]["seed"] == 7
    assert {r["theme"] for r in json.loads(first.read_text())["readings"]} == {"ENV-RIVER"}


def test_what_is_written_is_what_was_read_whatever_signs_it_holds(tmp_path, plan, codebook):
    said = ['"kutip" dan \\ garis / \u2028 baris', "🌊 rob masuk rumah?", "", "tolong 0812-0000-0000", "jalan é rusak"]
    texts = [Text(f'{n}"\\é', text, dimension="ECO" if n else None) for n, text in enumerate(said * 3)]
    result = analyse(texts, plan=plan, codebook=codebook)
    write(result, tmp_path / "out.jsonl")
    write(result, tmp_path / "out.json")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").split("\n") if line]
    written = [{k: v for k, v in line.items() if k != "record"} for line in lines if line["record"] == "reading"]
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert written == document["readings"] and document == as_document(result)
    for line, reading in zip(written, result.readings, strict=True):
        plain = json.loads(json.dumps(asdict(reading)))
        assert line == {key: plain[key] for key in line}
        assert set(plain) - set(line) == {"fingerprint"}


def test_it_runs_offline_with_no_place_for_corpora(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text(GOOD, encoding="utf-8")
    environ = {"PATH": os.environ["PATH"], "NLTK_DATA": "/nonexistent", "HOME": "/nonexistent"}
    command = [sys.executable, "-W", "error", "-m", "analysis", str(source), str(tmp_path / "out.json")]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stderr == ""
