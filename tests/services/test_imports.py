"""Imports: what is wrong is reported by row, the rest goes in, the same file twice adds nothing."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Paragraph, Point, Submission
from services import imports
from services.errors import UnreadableFile
from tests.services.factories import draft

DEMO = Path(__file__).resolve().parents[2] / "demo" / "submissions.csv"
HEADER = "id,group,kelurahan,dimension,condition_1_4,text\n"


def take(session, path, round_id, now):
    return imports.import_submissions(session, path, round_id=round_id, prefix="PKL", now=now)


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "kiriman.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_all_98_example_rows_go_in_and_a_second_time_adds_nothing(session, round_id, now):
    report = take(session, DEMO, round_id, now)
    assert (report.added, report.known, report.errors) == (98, 0, [])
    again = take(session, DEMO, round_id, now)
    assert (again.added, again.known, again.errors) == (0, 98, [])
    assert len(session.scalars(select(Submission.receipt_no)).all()) == 98


def test_labels_for_tests_change_nothing_that_is_stored(session, round_id, now, tmp_path):
    with DEMO.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    bare = tmp_path / "bare.csv"
    with bare.open("w", encoding="utf-8", newline="") as file:
        names = [n for n in rows[0] if not n.startswith("expected_")]
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    take(session, DEMO, round_id, now)
    report = take(session, bare, round_id, now)
    assert (report.added, report.known) == (0, 98)


def test_a_bad_row_is_named_and_the_others_go_in(session, round_id, now, tmp_path):
    path = written(
        tmp_path,
        HEADER
        + "1,citizen,Tirto,DIS,1,Rob masuk rumah tiap sore\n"
        + "2,walikota,Tirto,DIS,1,Kelompok yang tidak ada\n"
        + "3,citizen,Atlantis,DIS,1,Kelurahan yang tidak ada\n"
        + "4,citizen,Tirto,XYZ,1,Bidang yang tidak ada\n"
        + "5,citizen,Tirto,DIS,9,Angka di luar skala\n"
        + "6,citizen,Tirto,DIS,1,\n"
        + "7,citizen,Tirto,DIS,1,terlalu,banyak,kolom\n"
        + "8,citizen,Tirto,DIS,1,tanda \x07 kendali\n"
        + "9,citizen,,,,Tanpa isian lain pun masuk\n",
    )
    report = take(session, path, round_id, now)
    assert report.added == 2
    assert [e.number for e in report.errors] == [3, 4, 5, 6, 7, 8, 9]
    reasons = " | ".join(e.reason for e in report.errors)
    for word in ("walikota", "Atlantis", "XYZ", "1 sampai 4", "kosong", "kolom", "kendali"):
        assert word in reasons


def test_a_row_may_say_when_it_came_and_a_time_without_its_zone_is_refused(session, round_id, now, tmp_path):
    head = "text,received_at\n"
    path = written(
        tmp_path,
        head
        + "Datang pagi hari,2026-09-01T05:30:00+07:00\nTanpa waktu,\n"
        + "Tanpa zona,2026-09-01T05:30:00\nBukan waktu,kemarin\n",
    )
    report = take(session, path, round_id, now)
    assert (report.added, [e.number for e in report.errors]) == (2, [4, 5])
    assert "2026-09-01T08:30:00+07:00" in report.errors[0].reason
    came = dict(session.execute(select(Submission.text, Submission.received_at)).all())
    assert came["Datang pagi hari"] == datetime(2026, 8, 31, 22, 30, tzinfo=UTC) and came["Tanpa waktu"] == now


def test_control_characters_are_refused_in_every_column(session, round_id, now, tmp_path):
    path = written(tmp_path, "text,proposed_text,evidence_ref\nBaik,a\x00b,\nBaik,,a\x07b\nBaik,kata,data\n")
    report = take(session, path, round_id, now)
    assert (report.added, [e.number for e in report.errors]) == (1, [2, 3])
    assert "proposed_text" in report.errors[0].reason and "evidence_ref" in report.errors[1].reason


def test_references_are_found_in_the_newest_published_draft_and_kept_where_they_are_not(
    session, round_id, now, tmp_path
):
    draft(session, "[P-DIS-01] lama\n\n[P-DIS-02] hanya dulu")
    newer = draft(session, "[P-DIS-01] baru")
    draft(session, "[P-DIS-01] nanti\n\n[P-DIS-03] nanti", is_published=False)
    rows = "Satu,P-DIS-01\nDua, P-DIS-02\nTiga,P-DIS-03\nEmpat,p-dis-01\n"
    report = take(session, written(tmp_path, f"text,paragraph_ref\n{rows}"), round_id, now)
    assert (report.added, report.unresolved) == (4, 2)
    found = session.execute(
        select(Paragraph.draft_id, Paragraph.mark).join(Point, Point.paragraph_id == Paragraph.id).order_by(Point.id)
    )
    assert found.all() == [(newer, "P-DIS-01"), (1, "P-DIS-02")]
    refs = ["P-DIS-01", "P-DIS-02", "P-DIS-03", "p-dis-01"]
    assert session.scalars(select(Point.paragraph_ref).order_by(Point.id)).all() == refs


def test_the_limits_of_the_form_do_not_apply(session, round_id, now, tmp_path):
    path = written(tmp_path, HEADER + f'1,citizen,,,,"{"rob " * 5000}"\n2,citizen,,,,.\n')
    assert take(session, path, round_id, now).added == 2
    assert max(len(t) for t in session.scalars(select(Point.text))) > 15_000


def test_two_people_may_say_the_same_in_one_file(session, round_id, now, tmp_path):
    path = written(tmp_path, "text\nSetuju sekali dengan ini\nSetuju sekali dengan ini\n")
    assert take(session, path, round_id, now).added == 2
    assert take(session, path, round_id, now).known == 2


def test_semicolons_a_byte_mark_and_old_names_are_understood(session, round_id, now, tmp_path):
    path = written(tmp_path, "\ufeffid;kelurahan;text\n1;kali  baros;Selokan mampet di sini\n")
    assert take(session, path, round_id, now).added == 1
    assert session.scalars(select(Submission.area)).one() == "kali-baros"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("", "utf-8", "text tidak ada"),
        ("id,text,text\n", "utf-8", "berulang"),
        ("id,teks\n1,abc\n", "utf-8", "teks"),
        ("text,rahasia\nabc,1\n", "utf-8", "rahasia"),
        ('text\n"kutip tidak ditutup\n', "utf-8", "CSV rusak"),
        ("text\nselokan — mampet é\n", "latin-1", "UTF-8"),
        ("text\nabc\n", "utf-16", "UTF-8"),
    ],
)
def test_an_unreadable_file_is_refused_with_what_was_expected(session, round_id, now, tmp_path, text, encoding, said):
    path = tmp_path / "rusak.csv"
    path.write_bytes(text.replace("—", "-").encode(encoding))
    with pytest.raises(UnreadableFile, match=said):
        take(session, path, round_id, now)
    assert session.scalars(select(Submission.id)).all() == []
