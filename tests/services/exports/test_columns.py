"""Row 1 of every table holds the keys that the city agreed on, letter for letter, and each is explained twice."""

import pytest
from sqlalchemy import select

from models import PlanVersion
from services.exports import making
from services.exports.catalogue import CATALOGUE

AGREED = {
    "X1": """no_registrasi, tanggal_terima, kanal, kelompok, lembaga, kapasitas, kecamatan, kelurahan, dimensi,
        topik, teks_asli, teks_publik, bahasa, kondisi_1_4, kepentingan_1_4, paragraf, usul_redaksi, program_terkait,
        usul_putusan, rujukan, penanda, klaster_kampanye, status, jumlah_butir""",
    "X2": """no, no_registrasi, unsur/kelompok, dimensi, paragraf, butir_masukan, jenis, jumlah_pendukung, keputusan,
        tanggapan_dan_alasan, perubahan_naskah (semula → menjadi), opd_pengampu, tenggat""",
    "X4": """unsur|kelurahan|kelompok, target, peserta, masukan, persen, rasio_terhadap_penduduk, P, L,
        tidak_menyebut, status, tindakan""",
    "X5": """peringkat, isu, dimensi, dimensi_kedua, elemen, sifat, jumlah_masukan, jumlah_peserta, jumlah_suara,
        kelompok_tercakup, kelurahan_tercakup, kondisi_rata2, kepentingan_rata2, kuadran_ipa, u, s, g, usg, k1, k2, k3,
        k4, k5, k6, bobot_k1, bobot_k2, bobot_k3, bobot_k4, bobot_k5, bobot_k6, skor_tertimbang, upaya, dampak, bukti,
        misi_rpjmd, rentang_peringkat, ubahan_tim, alasan_ubahan, contoh_kutipan_1, contoh_kutipan_2,
        contoh_kutipan_3""",
    "X6": """id, program, dimensi_lama, dimensi_baru, elemen, sifat, opd, tahun_mulai, status, capaian, misi_rpjmd,
        usul_opd, usul_akademisi, penilaian_warga (rata2; n), jumlah_masukan, putusan_tim, digabung_ke, alasan""",
    "X7": """item, jenis, dimensi, misi, acuan, kekuatan (langsung/tidak langsung), catatan""",
    "X8": """no, dimensi, subdimensi, isu/rekomendasi, program, kegiatan, subkegiatan, quick_win, elemen, sifat,
        lokasi, opd_penanggung_jawab, opd_pendukung, mitra, indikator, satuan, kondisi_awal (tahun), target_2026,
        target_2027, target_2028, target_2029, target_2030, pagu_indikatif_per_tahun, sumber_dana, misi_rpjmd,
        acuan_nasional, dasar_masukan (no. butir), keterangan""",
    "X9": """elemen, dimensi, sifat, jumlah_butir, jumlah_usulan, jumlah_program_lama, jumlah_aksi_baru""",
    "X10": """paragraf, teks_semula, no_butir, kelompok, jenis, komentar, usul_redaksi, rujukan, keputusan,
        teks_menjadi""",
    "X11": """no_publik, bulan, kelompok, dimensi, tema, jenis, teks_publik, keputusan, alasan""",
    "X12": """waktu, pelaku (peran), objek, tindakan, nilai_lama, nilai_baru, alasan""",
    "X14": """code, dimension, label_id, label_en, definition, include, exclude, example_quote, parent, state,
        version, changed_by, why""",
    "X15": """no_registrasi, tanggal, kelurahan, kategori, uraian (disunting), opd_usulan, status_serah,
        tracking_id""",
}
PAPERS = {"X3", "X13", "X16"}


def test_every_paper_of_the_catalogue_is_made_and_is_a_table_or_a_paper():
    codes = [paper.code for paper in CATALOGUE]
    assert codes == [f"X{n}" for n in range(1, 17)]
    assert set(codes) == making.MAKERS.keys() == AGREED.keys() | PAPERS


@pytest.mark.parametrize("code", AGREED)
def test_the_keys_are_the_agreed_ones_in_their_order(content, code):
    agreed = [" ".join(key.split()) for key in AGREED[code].split(",")]
    assert [column.key for column in content(code).sheets[0].columns] == agreed


@pytest.mark.parametrize("code", AGREED)
def test_every_column_of_every_sheet_has_a_name_and_a_meaning_in_both_languages(content, code):
    for lang in ("id", "en"):
        for sheet in content(code, lang=lang).sheets:
            assert all(column.label.strip() for column in sheet.columns), sheet.name
            assert all(column.meaning.strip() for column in sheet.columns[1:]), sheet.name


@pytest.mark.parametrize("code", sorted(AGREED.keys() - {"X11"}))
def test_the_keys_stay_in_english_and_the_names_do_not(content, code):
    here, there = (content(code, lang=lang).sheets[0].columns for lang in ("id", "en"))
    assert [c.key for c in here] == [c.key for c in there]
    assert [c.meaning for c in here] != [c.meaning for c in there]


def test_another_period_of_the_plan_has_other_years(session, content):
    plan = session.scalars(select(PlanVersion)).one()
    plan.city = plan.city | {"period": {"first": 2031, "last": 2032}}
    session.flush()
    keys = [c.key for c in content("X8").sheets[0].columns if c.key.startswith("target_")]
    assert keys == ["target_2031", "target_2032"]
