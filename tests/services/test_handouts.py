"""The workbook for a meeting: the agreed columns, whole texts, and no personal data."""

import io
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import select

from models import Finding, Point, Reading, Run, Submission
from reports.tables import INDONESIAN, Words
from services import columns, handouts
from services.errors import NotFound

AGREED = (
    "peringkat isu dimensi dimensi_kedua elemen sifat jumlah_masukan jumlah_peserta jumlah_suara kelompok_tercakup "
    "kelurahan_tercakup kondisi_rata2 kepentingan_rata2 kuadran_ipa u s g usg k1 k2 k3 k4 k5 k6 bobot_k1 bobot_k2 "
    "bobot_k3 bobot_k4 bobot_k5 bobot_k6 skor_tertimbang upaya dampak bukti misi_rpjmd rentang_peringkat ubahan_tim "
    "alasan_ubahan contoh_kutipan_1 contoh_kutipan_2 contoh_kutipan_3"
).split()


def opened(session, run_id, lang="id"):
    return openpyxl.load_workbook(io.BytesIO(handouts.handout(session, run_id, lang=lang)))


def rows(sheet):
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_the_list_has_the_agreed_columns_and_every_place(session, run_id):
    sheet = opened(session, run_id).worksheets[0]
    assert [cell.value for cell in sheet[1]] == AGREED
    places = session.scalars(select(Finding.place).where(Finding.place.is_not(None)).order_by(Finding.position))
    assert [row["peringkat"] for row in rows(sheet)] == list(places)


def test_what_the_team_adds_later_is_empty_and_explained(session, run_id):
    book = opened(session, run_id)
    for row in rows(book.worksheets[0]):
        assert [row[k] for k in ("u", "s", "g", "usg", "upaya", "dampak", "ubahan_tim", "alasan_ubahan")] == [None] * 8
    explained = {row[0]: row[2] for row in book.worksheets[-1].iter_rows(values_only=True)}
    assert "masih kosong" in explained["usg"]


def test_the_parts_of_each_score_add_up_to_it(session, run_id):
    book = opened(session, run_id)
    scores = {row["isu"]: row["skor_tertimbang"] for row in rows(book.worksheets[0])}
    sums = dict.fromkeys(scores, 0.0)
    for part in rows(book.worksheets[1]):
        sums[part["isu"]] += part["sumbangan"]
    assert all(abs(sums[name] - score) < 0.1 for name, score in scores.items())


def test_every_point_of_a_ranked_theme_is_there_whole(session, run_id):
    point_id = session.scalars(select(Reading.point_id).join(Finding, Finding.theme_id == Reading.theme_id)).first()
    reading = session.get_one(Reading, point_id)
    reading.masked_text = "rob " * 5000
    session.flush()
    found = rows(opened(session, run_id).worksheets[2])
    ranked = select(Finding.theme_id).where(Finding.position.is_not(None))
    masked = session.scalars(select(Reading.masked_text).where(Reading.theme_id.in_(ranked)))
    assert sorted(row["teks"] for row in found) == sorted(masked)
    assert "rob " * 5000 in {row["teks"] for row in found}


def test_proposed_wording_and_reference_are_masked(session, run_id):
    theme_id = session.scalars(select(Finding.theme_id).where(Finding.position == 1)).one()
    point = session.scalars(
        select(Point).join(Reading, Reading.point_id == Point.id).where(Reading.theme_id == theme_id)
    ).first()
    point.proposed_text, point.evidence = "Hubungi 0812-0000-0000", "fulan@contoh.example"
    session.flush()
    number = session.get_one(Submission, point.submission_id).receipt_no
    row = next(r for r in rows(opened(session, run_id).worksheets[2]) if r["no_registrasi"] == number)
    assert "0812" not in row["usul_redaksi"] and "▇" in row["usul_redaksi"]
    assert "fulan@" not in row["rujukan"]


def test_a_text_that_looks_like_a_formula_stays_a_text(session, run_id):
    reading = session.scalars(select(Reading).where(Reading.theme_id.is_not(None))).first()
    reading.masked_text = '=HYPERLINK("http://contoh.example")'
    session.flush()
    sheet = opened(session, run_id).worksheets[2]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == reading.masked_text)
    assert cell.data_type == "s"


def test_the_explanation_says_where_the_numbers_come_from(session, run_id):
    run = session.get_one(Run, run_id)
    facts = {row[0]: row[1] for row in opened(session, run_id).worksheets[-1].iter_rows(values_only=True)}
    local = run.finished_at.astimezone(ZoneInfo("Asia/Jakarta"))
    assert facts["Kota"] == "Kota Pekalongan" and facts["Hitungan ke-"] == str(run_id)
    assert facts["Waktu hitungan"] == f"{local:%Y-%m-%d %H.%M} WIB" and facts["Sidik masukan"] == run.input_hash
    assert "bukan sampel acak" in facts["Asal suara"] and facts["Data pribadi"] == "tidak"
    assert "Keluasan 25" in facts["Bobot kriteria (persen)"]


def test_the_keys_stay_and_the_names_follow_the_language(session, run_id):
    book = opened(session, run_id, "en")
    assert [cell.value for cell in book.worksheets[0][1]] == AGREED
    explained = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(values_only=True)}
    assert explained["k1"] == "Breadth"


def test_a_run_that_is_not_there_is_no_workbook(session, now):
    with pytest.raises(NotFound):
        handouts.handout(session, 999)


def test_every_fixed_word_of_a_workbook_is_marked_for_translation():
    assert {getattr(INDONESIAN, name) for name in Words.__slots__} == set(columns.WORDS)


def test_the_same_run_gives_the_same_file(session, run_id):
    assert handouts.handout(session, run_id) == handouts.handout(session, run_id)
