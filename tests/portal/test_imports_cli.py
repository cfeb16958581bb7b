"""The command of imports: the same words and exit codes as ever, more kinds of files, a look beforehand, an undo."""

import json

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from models import ImportFile, Submission
from portal.config import ROOT
from portal.extensions import db
from services import takings

pytestmark = pytest.mark.usefixtures("reader_here")

DEMO = ROOT / "demo" / "submissions.csv"
BROUGHT = ROOT / "tests" / "services" / "brought"


@pytest.fixture
def run(app, monkeypatch):
    """Run `import …`; returns exit code, output, errors."""
    monkeypatch.setattr(takings, "PAUSE", 0)

    def run(*words):
        done = app.test_cli_runner().invoke(args=["import", *map(str, words)])
        return done.exit_code, done.stdout, done.stderr

    return run


def count(app, model=Submission):
    with app.app_context():
        return db.session.scalar(select(func.count(model.id)))


def test_the_examples_go_in_and_a_second_time_add_nothing(app, run):
    code, said, _ = run("submissions", DEMO)
    assert code == 0 and said.startswith("98 baru, 0 sudah ada, 0 ditolak.")
    code, said, _ = run("submissions", DEMO)
    assert code == 0 and said.startswith("0 baru, 98 sudah ada, 0 ditolak.")
    assert count(app) == 98


def test_bad_rows_end_with_3_and_are_named(app, run, tmp_path):
    file = tmp_path / "kiriman.csv"
    file.write_text("kelurahan,text\nTirto,Selokan mampet\nAtlantis,Lampu mati\n")
    code, said, errors = run("submissions", file)
    assert code == 3 and said.startswith("1 baru, 0 sudah ada, 1 ditolak.")
    assert errors.strip() == "Baris 3: kelurahan “Atlantis” tidak dikenal"
    assert count(app) == 1


@pytest.mark.parametrize("content", ["", "rahasia,text\n1,a\n", "text,text\na,b\n", 'text\n"rusak\n', "%PDF-1.7"])
def test_what_cannot_be_read_ends_with_2_and_leaves_nothing(app, run, tmp_path, settings, content):
    file = tmp_path / "kiriman.csv"
    file.write_text(content)
    code, _, errors = run("submissions", file)
    assert code == 2 and errors.startswith("Galat: ")
    assert count(app) == 0 and count(app, ImportFile) == 0 and list(settings.imports.iterdir()) == []


def test_a_file_that_is_not_there_ends_with_2(run, tmp_path):
    code, _, errors = run("submissions", tmp_path / "tidak-ada.csv")
    assert code == 2 and "tidak dapat dibuka" in errors


def test_a_form_needs_a_mapping_once(app, run, tmp_path):
    form, mapping = BROUGHT / "google-forms.csv", tmp_path / "arti.json"
    code, _, errors = run("submissions", form)
    assert code == 2 and "--mapping" in errors
    mapping.write_text(json.dumps({"columns": {"Apa masalah yang paling Anda rasakan?": "text"}, "channel": "fgd"}))
    code, said, _ = run("submissions", form, "--mapping", mapping)
    assert code == 0 and "4 baru" in said and "Kolom “Nama lengkap”: Tidak disimpan" in said
    assert run("submissions", form)[0] == 0
    with app.app_context():
        assert set(db.session.scalars(select(Submission.channel))) == {"fgd"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("bukan json", "tidak terbaca"),
        ("[]", "tidak terbaca"),
        ('{"columns": {"Tidak ada": "text"}}', "Tidak ada"),
        ('{"columns": {}}', "sedikitnya satu"),
        ('{"columns": {"Kelurahan tempat tinggal": "text"}, "group": "walikota"}', "tidak terbaca"),
    ],
)
def test_a_mapping_that_cannot_work_ends_with_2(app, run, tmp_path, content, said):
    mapping = tmp_path / "arti.json"
    mapping.write_text(content)
    code, _, errors = run("submissions", BROUGHT / "google-forms.csv", "--mapping", mapping)
    assert code == 2 and said in errors and count(app, ImportFile) == 0


def test_a_look_keeps_nothing(app, run, settings):
    code, said, _ = run("submissions", BROUGHT / "whatsapp-android.txt", "--dry-run")
    assert code == 0 and "6 dapat dimuat, 0 akan ditolak" in said
    assert count(app) == 0 and count(app, ImportFile) == 0 and list(settings.imports.iterdir()) == []


def test_undo_takes_out_what_a_file_brought(app, run):
    run("submissions", BROUGHT / "whatsapp-android.txt")
    run("submissions", DEMO)
    code, said, _ = run("undo", 1)
    assert code == 0 and said.startswith("6 masukan")
    assert count(app) == 98
    for number in (1, 99):
        code, _, errors = run("undo", number)
        assert code == 2 and errors.startswith("Galat: ")


def test_a_sheet_is_named_and_one_that_is_not_there_is_answered_with_those_that_are(app, run, tmp_path, settings):
    file, book = tmp_path / "bulan.xlsx", Workbook()
    book.active.title = "Januari"
    book.create_sheet("Februari")
    for tab, words in (("Januari", "Selokan mampet"), ("Februari", "Halte tidak beratap")):
        book[tab].append(["Keluhan"])
        book[tab].append([words])
    book.save(file)
    code, _, errors = run("submissions", file, "--sheet", "Maret")
    assert code == 2 and "“Maret”" in errors and "Januari (2), Februari (2)" in errors
    code, said, _ = run("submissions", file, "--sheet", "Februari", "--dry-run")
    assert code == 0 and "1 dapat dimuat" in said
    assert count(app) == 0 and list(settings.imports.iterdir()) == []
    code, said, _ = run("submissions", file, "--sheet", "Februari")
    assert code == 0 and "1 baru" in said
    code, said, _ = run("submissions", file, "--sheet", "Februari")
    assert code == 0 and "0 baru, 1 sudah ada" in said
    code, said, _ = run("submissions", file)
    assert code == 0 and "1 baru" in said and "lembar “Januari”" in said
    assert count(app) == 2 and list(settings.imports.iterdir()) == []
