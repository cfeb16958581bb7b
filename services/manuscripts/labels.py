"""What the report on a draft calls what was kept of its file and what was dropped, by the words of the counts."""

from services.tongue import N_

KEPT = {
    "paragraphs": N_("paragraf"),
    "headings": N_("judul bab dan bagian"),
    "numbered": N_("butir bernomor"),
    "bullets": N_("butir tanpa nomor"),
    "tables": N_("tabel"),
    "rows": N_("baris tabel, masing-masing satu paragraf"),
    "merged_cells": N_("sel gabungan, isinya dibaca sekali"),
    "nested_tables": N_("tabel di dalam tabel, dibaca sebagai isi selnya"),
    "footnotes": N_("catatan kaki, dibaca di tempat rujukannya"),
    "endnotes": N_("catatan akhir, dibaca di tempat rujukannya"),
    "text_boxes": N_("kotak teks, dibaca sesudah paragrafnya"),
    "links": N_("tautan"),
    "fields": N_("bidang isian Word, dibaca sebagaimana terakhir tampil"),
    "inserted": N_("sisipan yang dilacak (track changes), dibaca sebagai teks"),
    "moved": N_("pindahan yang dilacak, dibaca di tempat barunya"),
    "bookmarks": N_("paragraf yang dikenali dari penanda versi lama"),
}
DROPPED = {
    "deleted": N_("hapusan yang dilacak (track changes)"),
    "comments": N_("komentar Word"),
    "images": N_("gambar (keterangannya dibaca)"),
    "charts": N_("grafik"),
    "diagrams": N_("diagram SmartArt"),
    "equations": N_("rumus"),
    "objects": N_("objek sisipan (OLE)"),
    "embedded": N_("berkas lain di dalam berkas ini"),
    "external": N_("rujukan ke luar berkas yang tidak diambil"),
    "headers": N_("kepala dan kaki halaman"),
    "page_numbers": N_("nomor halaman"),
    "contents": N_("daftar isi atau daftar lain yang disusun Word"),
    "hidden": N_("teks tersembunyi"),
    "placeholders": N_("isian kosong yang hanya memuat petunjuk"),
    "symbols": N_("lambang yang tidak punya huruf"),
    "unreferenced_notes": N_("catatan yang tidak dirujuk"),
    "lost_bookmarks": N_("penanda versi lama yang rangkap atau kosong"),
    "rules": N_("garis pemisah"),
}
