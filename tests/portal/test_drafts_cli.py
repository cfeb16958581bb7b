"""Drafts on the terminal: what was read and what became of everything is said, and a version goes out as a file."""

import zipfile

import pytest
from sqlalchemy import func, select

from models import Draft, Event
from portal.extensions import db
from tests.portal.test_staff_drafts import OTHER, PASAR, ROB, comment, docx, version


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def file(tmp_path):
    def write(content, name="naskah.docx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def count(app):
    with app.app_context():
        return db.session.scalar(select(func.count(Draft.id)))


def test_a_word_file_is_taken_with_what_was_kept_and_what_became_of_everything(app, run, file):
    comment(app, version(app, ROB, PASAR))
    done = run("import", "draft", file(docx(ROB.replace("dua", "tiga"), OTHER)), "--publish")
    assert done.exit_code == 0, done.output
    assert "1 bab, 2 paragraf (0 tanpa penanda" in done.output and "Diambil: 1 judul bab dan bagian" in done.output
    assert "Paragraf versi sebelumnya: 1 diubah, 1 paragrafnya dihapus, 1 baru." in done.output
    assert "Komentar: sebelum 1 = sesudah 1" in done.output and "Versi 2: terbit." in done.output


def test_looked_at_only_it_is_not_kept(app, run, file):
    done = run("import", "draft", file(docx(ROB)), "--preview", "--publish")
    assert done.exit_code == 0 and "Hanya dilihat; tidak ada yang disimpan." in done.output
    assert count(app) == 0


@pytest.mark.parametrize(("content", "told"), [(b"PK\x03\x04", "DOCX ini rusak"), (b"", "Tidak ada paragraf")])
def test_a_file_that_cannot_be_read_ends_the_command_with_two(app, run, file, content, told):
    done = run("import", "draft", file(content))
    assert done.exit_code == 2 and told in done.output and count(app) == 0


def test_a_file_that_is_not_there_ends_it_too(run, tmp_path):
    done = run("import", "draft", tmp_path / "tidak-ada.docx")
    assert done.exit_code == 2 and "tidak dapat dibuka" in done.output


def test_many_notes_that_nobody_knows_are_counted(run, file):
    lines = [f"[P-A-{n:02}] Kata. {{warna: biru {n}}}" for n in range(12)]
    done = run("import", "draft", file("\n\n".join(lines).encode(), "n.md"))
    assert done.output.count("Keterangan tidak dikenal") == 10 and "dan 2 keterangan lain." in done.output


def test_a_version_goes_out_as_a_file_with_a_line_in_the_audit(app, run, tmp_path):
    comment(app, version(app, ROB))
    out = tmp_path / "keluar.docx"
    done = run("draft", "export", 1, out)
    assert done.exit_code == 0 and "kB" in done.output
    with zipfile.ZipFile(out) as made:
        assert b"Perlu angka yang jelas." in made.read("word/comments.xml")
    with app.app_context():
        assert db.session.scalar(select(func.count(Event.id)).where(Event.action == "draft.hand")) == 1
    taken = run("import", "draft", out)
    assert taken.exit_code == 0 and "Paragraf versi sebelumnya: 1 tetap sama" in taken.output


@pytest.mark.parametrize(("number", "folder", "told"), [(9, ".", "Tidak ada versi 9."), (1, "tidak/ada", "Galat:")])
def test_what_cannot_go_out_is_told_and_ends_with_two(app, run, tmp_path, number, folder, told):
    version(app, ROB)
    done = run("draft", "export", number, tmp_path / folder / "keluar.docx")
    assert done.exit_code == 2 and told in done.output
    with app.app_context():
        assert db.session.scalar(select(func.count(Event.id)).where(Event.action == "draft.hand")) == 0
