"""The reading view: pages of a chapter, what stands beside a paragraph, filters, the bookmark, and what may be seen."""

import re

import pytest
from sqlalchemy import select, update

from models import Paragraph, Remark, Round
from models.vocabulary import RemarkState
from portal.extensions import db
from tests.portal.conftest import Statements, sign_in
from tests.portal.on_reading import long, publish, say, show_early

SMALL = """# Rancangan

## Satu

[P-DIS-01] Pompa dijaga petugas. {elemen: struktur}

[P-ECO-01] Pasar dibuka tiap hari.

[P-DIS-02] Tanggul ditinggikan. {elemen: infrastruktur}

## Dua

[P-DIS-03] Warga dilatih. {elemen: struktur}
"""
HOSTILE = "<script>alert(1)</script> & <b>tebal</b>"
LIMIT = 60_000


def beside(page, mark):
    """The margin of one paragraph."""
    article = page.split(f'id="{mark}"')[1].split('<article class="para"', 1)[0]
    return article.split("<aside", 1)[1].split("</aside>", 1)[0] if "<aside" in article else ""


def test_the_first_page_has_contents_and_a_way_in_and_takes_three_statements(app, client):
    publish(app, SMALL)
    client.get("/naskah")
    seen = Statements(app)
    page = client.get("/naskah").text
    assert len(seen) <= 3, seen
    assert 'href="/naskah/1/1"' in page and 'href="/naskah/1/2"' in page and "Mulai membaca" in page
    assert "3 paragraf" in page and "Lanjutkan" not in page


@pytest.mark.parametrize("path", ["/naskah/2", "/naskah/2/1", "/naskah/2/saring", "/naskah/2/cetak"])
def test_a_version_that_is_not_published_is_nowhere(app, client, path):
    publish(app, SMALL)
    publish(app, SMALL.replace("dilatih", "dibekali"), is_published=False)
    assert client.get(path.replace("2", "1", 1)).status_code == 200
    assert client.get(path).status_code == 404
    assert "dibekali" not in client.get("/naskah/1/2").text


def test_a_long_chapter_is_read_in_pages_that_lead_to_one_another(app, client):
    publish(app, long(chapters=2, each=45))
    first, last = client.get("/naskah/1/1").text, client.get("/naskah/1/1?bagian=3").text
    assert "P-DIS-0020" in first and "P-DIS-0021" not in first and "Lanjut ke bagian 2" in first
    assert "P-DIS-0045" in last and "Bab berikutnya" in last and 'rel="prev"' in last
    for wrong, code in (("4", 404), ("abc", 400), ("-1", 400), ("9" * 30, 400), ("²", 400)):
        assert client.get(f"/naskah/1/1?bagian={wrong}").status_code == code, wrong


def test_the_bookmark_leads_back_to_where_somebody_stopped(app, client):
    publish(app, long(chapters=2, each=45))
    answer = client.get("/naskah/1/2?bagian=2")
    cookie = answer.headers["Set-Cookie"]
    assert "baca=1.2.2;" in cookie and "HttpOnly" in cookie and "Path=/naskah" in cookie and "SameSite=Lax" in cookie
    page = client.get("/naskah").text
    assert "Lanjutkan dari bab 2, bagian 2" in page and 'href="/naskah/1/2?bagian=2"' in page
    publish(app, long(chapters=2, each=45, more=" Lagi."))
    assert "Lanjutkan dari versi 1, bab 2, bagian 2" in client.get("/naskah").text


@pytest.mark.parametrize("value", ["1.9.1", "7.1.1", "1.1.99", "<b>", "1.1", "1.1.1.1", "٣.١.١", "0.1.1", "1" * 99])
def test_a_bookmark_that_leads_nowhere_is_not_offered(app, client, value):
    publish(app, SMALL)
    client.set_cookie("baca", value, path="/naskah")
    page = client.get("/naskah")
    assert page.status_code == 200 and "Lanjutkan" not in page.text and "Mulai membaca" in page.text


def test_others_read_what_the_team_let_stand_once_the_round_says_so(app, client):
    _, ids = publish(app, SMALL)
    say(app, [ids["P-DIS-01"]], "Yang boleh dibaca.")
    say(app, [ids["P-DIS-01"]], "Yang menunggu.", state=RemarkState.PENDING)
    say(app, [ids["P-DIS-01"]], "Yang disembunyikan.", state=RemarkState.HIDDEN)
    assert "Yang boleh dibaca." not in client.get("/naskah/1/1").text
    show_early(app)
    for path in ("/naskah/1/1", f"/naskah/paragraf/{ids['P-DIS-01']}"):
        page = client.get(path).text
        assert "Yang boleh dibaca." in page and "3 masukan" in page
        assert "Yang menunggu" not in page and "Yang disembunyikan" not in page


def test_at_most_three_comments_stand_beside_a_paragraph_ones_own_first(app, client):
    _, ids = publish(app, SMALL)
    show_early(app)
    say(app, [ids["P-DIS-01"]] * 4, "Dari orang lain.")
    say(app, [ids["P-DIS-01"]], "Dari saya sendiri.", email="academic@demo.example")
    sign_in(client, "academic")
    margin = beside(client.get("/naskah/1/1").text, "P-DIS-01")
    assert margin.count("<article>") == 3 and margin.index("Dari saya sendiri.") < margin.index("Dari orang lain.")
    assert f'href="/naskah/paragraf/{ids["P-DIS-01"]}#komentar"' in margin and "Baca selengkapnya" in margin
    whole = client.get(f"/naskah/paragraf/{ids['P-DIS-01']}").text
    assert whole.count("Dari orang lain.") == 4 and whole.count("Dari saya sendiri.") == 1
    other = beside(app.test_client().get("/naskah/1/1").text, "P-DIS-01")
    assert other.count("Dari orang lain.") == 3 and "Anda" not in other


def test_how_much_was_said_is_a_number_with_a_bar_and_a_link(app, client):
    _, ids = publish(app, SMALL)
    say(app, [ids["P-DIS-01"]] * 16)
    say(app, [ids["P-ECO-01"]])
    page = client.get("/naskah/1/1").text
    link = f'href="/naskah/paragraf/{ids["P-DIS-01"]}#komentar"'
    assert f'<a class="dens d5" {link}>16 masukan' in page and 'class="dens d1"' in page
    assert "Belum ada komentar" in page.split('id="P-DIS-02"')[1] and "style=" not in page


def test_what_is_fixed_has_no_button_and_says_why(app, client):
    _, ids = publish(app, SMALL)
    with app.app_context():
        fixed = update(Paragraph).where(Paragraph.id == ids["P-DIS-01"])
        db.session.execute(fixed.values(fixed_why="sudah ditetapkan <b>Perda</b>"))
        db.session.commit()
    sign_in(client, "academic")
    for path in ("/naskah/1/1", f"/naskah/paragraf/{ids['P-DIS-01']}", "/naskah/1/saring"):
        page = client.get(path).text
        assert "Bagian ini sudah tetap: sudah ditetapkan &lt;b&gt;Perda" in page
        assert f"/naskah/paragraf/{ids['P-DIS-01']}/komentar" not in page
    assert f"/naskah/paragraf/{ids['P-ECO-01']}/komentar" in client.get("/naskah/1/1").text


def test_who_was_invited_may_say_what_is_missing_and_comment_on_all_of_it_and_others_may_not(app, client):
    _, ids = publish(app, SMALL)
    gap, whole = f'href="/naskah/paragraf/{ids["P-DIS-01"]}/komentar?sela=1"', 'href="/naskah/1/komentar"'
    page = client.get("/naskah/1/1").text
    assert gap not in page and whole not in page and f"/masukan/baru?paragraf={ids['P-DIS-01']}" in page
    sign_in(client, "academic")
    page = client.get("/naskah/1/1").text
    assert gap in page and whole in page and "/masukan/baru?paragraf" not in page
    with app.app_context():
        db.session.execute(update(Round).values(closes_at=Round.opens_at))
        db.session.commit()
    page = client.get("/naskah/1/1").text
    assert gap not in page and whole not in page and "Komentari" not in page


def test_a_comment_of_an_older_version_says_how_it_stands_and_what_changed(app, client):
    _, ids = publish(app, SMALL)
    show_early(app)
    say(app, [ids["P-DIS-01"], ids["P-ECO-01"]])
    publish(app, SMALL.replace("dijaga petugas", "dijaga warga"))
    page = client.get("/naskah/2/1").text
    changed, same = beside(page, "P-DIS-01"), beside(page, "P-ECO-01")
    assert "Teksnya berubah" in changed and "ditulis atas versi 1" in changed
    assert "<del>" in changed and "petugas" in changed and "<ins>" in changed and "[dihapus:" in changed
    assert "Masih berlaku" in same and "<del>" not in same
    with app.app_context():
        db.session.execute(update(Remark).values(settled_at=select(Round.opens_at).scalar_subquery()))
        db.session.commit()
    assert "Selesai" in beside(client.get("/naskah/2/1").text, "P-DIS-01")


def test_an_older_version_says_so_and_leads_to_the_same_place_in_the_newest(app, client):
    _, ids = publish(app, SMALL)
    publish(app, SMALL.replace("## Satu", "## Nol\n\n[P-GOV-01] Kota melayani warga dengan ramah.\n\n## Satu"))
    page = client.get("/naskah/1/1").text
    assert "Ini versi lama. Yang terbaru versi 2." in page
    way = f"/naskah/alinea/{ids['P-DIS-01']}?versi=2"
    assert way in page and client.get(way).location == "/naskah/2/2#P-DIS-01"
    assert "Ini versi lama" not in client.get("/naskah/2/2").text


@pytest.mark.parametrize(
    ("query", "count", "there", "away"),
    [
        ("", 4, "P-ECO-01", "P-GOV"),
        ("?bidang=DIS", 3, "P-DIS-03", "P-ECO-01"),
        ("?bidang=DIS&elemen=structure", 2, "P-DIS-03", "P-DIS-02"),
        ("?elemen=infrastructure", 1, "P-DIS-02", "P-DIS-01"),
        ("?bidang=ECO&elemen=structure", 0, "Tidak ada paragraf", "P-ECO-01"),
    ],
)
def test_paragraphs_are_narrowed_over_the_whole_version_with_their_number(app, client, query, count, there, away):
    publish(app, SMALL)
    page = client.get(f"/naskah/1/saring{query}").text
    assert f"<h2>{count} paragraf</h2>" in page and there in page and away not in page


@pytest.mark.parametrize(
    ("query", "code"),
    [("bidang=XYZ", 404), ("elemen=batu", 400), ("setelah=abc", 400), ("setelah=1", 400), ("bidang=%3Cb%3E", 404)],
)
def test_what_no_page_of_ours_links_to_is_refused(app, client, query, code):
    publish(app, SMALL)
    assert client.get(f"/naskah/1/saring?{query}").status_code == code


def test_a_narrowed_list_goes_on_where_it_stopped(app, client):
    publish(app, long(chapters=2, each=15))
    first = client.get("/naskah/1/saring?bidang=DIS").text
    assert "<h2>30 paragraf</h2>" in first and "P-DIS-0020" in first and "P-DIS-0021" not in first
    [rest] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(rest.replace("&amp;", "&")).text
    assert "P-DIS-0021" in second and "P-DIS-0020" not in second and 'rel="next"' not in second


def test_all_of_a_draft_or_one_chapter_is_printed(app, client):
    publish(app, SMALL)
    whole, chapter = client.get("/naskah/1/cetak").text, client.get("/naskah/1/cetak?bab=2").text
    assert all(mark in whole for mark in ("P-DIS-01", "P-ECO-01", "P-DIS-03")) and "<h2>Dua</h2>" in whole
    assert "P-DIS-03" in chapter and "P-DIS-01" not in chapter
    assert client.get("/naskah/1/cetak?bab=3").status_code == 404


def test_what_a_draft_and_its_comments_say_is_text_and_no_markup(app, client):
    _, ids = publish(app, f"# {HOSTILE}\n\n## {HOSTILE}\n\n[P-DIS-01] {HOSTILE}")
    show_early(app)
    say(app, [ids["P-DIS-01"]], HOSTILE, proposed_text=HOSTILE)
    for path in (
        "/naskah",
        "/naskah/1/1",
        "/naskah/1/saring",
        "/naskah/1/cetak",
        f"/naskah/paragraf/{ids['P-DIS-01']}",
    ):
        page = client.get(path).text
        assert "<script>alert" not in page and "<b>tebal" not in page and "&lt;script&gt;" in page, path


def test_the_pages_speak_english(app, client):
    publish(app, SMALL)
    for path in ("/naskah", "/naskah/1/1", "/naskah/1/saring"):
        assert '<html lang="en">' in client.get(f"{path}?lang=en").text
    page = client.get("/naskah/1/1").text
    assert "Structure" in page and "Struktur" not in page and "Pompa dijaga petugas." in page


def test_four_hundred_pages_with_thousands_of_comments_stay_within_six_statements_and_sixty_kilobytes(app, client):
    _, ids = publish(app, long())
    show_early(app)
    text = "Sebut siapa yang menjaga pompa, sejak kapan, dan dengan uang dari mana. " * 8
    for email in (None, "academic@demo.example"):
        say(app, list(ids.values())[:300] * 5, text, email=email, proposed_text=text)
    publish(app, long(more=" Baru."))
    sign_in(client, "academic")
    seen = Statements(app)
    paths = ("/naskah/2/1", "/naskah/2/1?bagian=2", "/naskah/2/12?bagian=13", "/naskah/2/saring", "/naskah/2")
    for reader in (client, app.test_client()):
        for path in (*paths, f"/naskah/paragraf/{ids['P-DIS-0001']}"):
            reader.get(path)
            seen.clear()
            answer = reader.get(path)
            assert answer.status_code == 200 and len(seen) <= 6, (path, seen)
            assert len(answer.data) <= LIMIT, (path, len(answer.data))
