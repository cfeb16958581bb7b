"""Several versions: lasting addresses, the history of a paragraph, and what differs between two versions."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, update

from models import Decision, Person, Submission, Wording
from models.vocabulary import DecisionCode, DecisionState, Visibility
from portal.extensions import db
from tests.portal.conftest import Statements, sign_in
from tests.portal.on_reading import long, publish, say, show_early

KEPT = "[P-DIS-01] Pompa di rumah pompa dijaga petugas kelurahan setiap malam."
MOVED = "[P-DIS-02] Tanggul laut ditinggikan bertahap mulai dari muara sungai sampai pasar ikan."
GONE = "[P-DIS-03] Sirene peringatan dibunyikan dari masjid dan balai kelurahan."
STAYS = "[P-ECO-01] Pasar rakyat dibuka setiap hari dan dibersihkan sesudah magrib oleh pengelola."
NEW = "[P-ECO-02] Koperasi nelayan menerima pinjaman lunak untuk membeli mesin pendingin ikan."
FIRST = "\n\n".join(("# R", "## Satu", KEPT, MOVED, GONE, "## Dua", STAYS))
SECOND = "\n\n".join(
    ("# R", "## Satu", KEPT.replace("petugas kelurahan", "warga bergilir"), "## Dua", STAYS, NEW, MOVED)
)


@pytest.fixture
def two(app):
    """Two published versions; the ids of the first one by their marks, and those of the second."""
    return publish(app, FIRST)[1], publish(app, SECOND)[1]


def test_a_lasting_address_leads_to_the_paragraph_in_the_newest_version_or_in_the_one_asked_for(client, two):
    first, _ = two
    assert client.get(f"/naskah/alinea/{first['P-DIS-02']}").location == "/naskah/2/2#P-DIS-02"
    assert client.get(f"/naskah/alinea/{first['P-DIS-02']}?versi=1").location == "/naskah/1/1#P-DIS-02"
    assert client.get(f"/naskah/alinea/{first['P-DIS-02']}").status_code == 302


def test_the_address_of_a_paragraph_that_is_gone_leads_to_what_it_said(client, two):
    first, _ = two
    answer = client.get(f"/naskah/alinea/{first['P-DIS-03']}", follow_redirects=True)
    assert answer.status_code == 200 and "Paragraf ini dihapus di versi 2." in answer.text
    assert "Sirene peringatan" in answer.text


def test_a_lasting_address_knows_the_page_of_a_long_chapter(app, client):
    _, ids = publish(app, long(chapters=1, each=30))
    assert client.get(f"/naskah/alinea/{ids['P-DIS-0025']}").location == "/naskah/1/1?bagian=2#P-DIS-0025"


@pytest.mark.parametrize("query", ["?versi=9", "?versi=3"])
def test_a_version_that_is_not_out_has_no_address_difference_or_paragraph(app, client, two, query):
    first, _ = two
    _, secret = publish(app, SECOND + "\n\nRahasia sampai terbit.", is_published=False)
    [own] = set(secret.values()) - {secret[mark] for mark in two[1]}
    assert client.get(f"/naskah/alinea/{first['P-DIS-01']}{query}").status_code == 404
    for path in (f"/naskah/alinea/{own}", f"/naskah/paragraf/{own}", "/naskah/banding/2/3", "/naskah/banding/1/3"):
        assert client.get(path).status_code == 404, path
    assert "Versi 3" not in client.get("/naskah/banding").text
    assert client.get("/naskah/banding?dari=1&ke=3").status_code == 404


def test_a_paragraph_by_itself_tells_its_history_and_its_neighbours(app, client, two):
    first, second = two
    page = client.get(f"/naskah/paragraf/{second['P-DIS-01']}").text
    history = page.split('id="riwayat"')[1]
    assert "Diubah" in history and "[dihapus: </span>petugas" in history and "warga" in history
    assert history.index("Versi 2") < history.index("Versi 1")
    assert f'href="/naskah/paragraf/{second["P-ECO-01"]}">Paragraf berikutnya' in page and "sebelumnya" not in page
    old = client.get(f"/naskah/paragraf/{first['P-DIS-01']}").text
    assert "Ini versi lama." in old and f'href="/naskah/paragraf/{second["P-DIS-01"]}"' in old


@pytest.mark.parametrize(
    ("visibility", "told", "untold"),
    [
        (Visibility.NAMED, "Redaksi diusulkan oleh: Sri Rahayu, Akademisi", "putusan tim atas"),
        (Visibility.UNNAMED, "Redaksi diusulkan oleh: Akademisi", "Sri Rahayu"),
        (Visibility.TEAM, "Redaksi berasal dari putusan tim atas masukan.", "Sri Rahayu"),
    ],
)
def test_who_proposed_the_words_is_named_only_where_they_let_it(app, client, two, visibility, told, untold):
    first, second = two
    [point_id] = say(app, [first["P-DIS-01"]], email="academic@demo.example")
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        session.execute(update(Person).where(Person.email == "academic@demo.example").values(name="Sri Rahayu"))
        session.execute(update(Submission).values(visibility=visibility))
        row = Decision(
            round_id=1,
            point_id=point_id,
            code=DecisionCode.ACCEPTED,
            reason="Tepat.",
            state=DecisionState.CONFIRMED,
            made_at=now,
        )
        session.add(row)
        session.flush()
        worded = {"paragraph_id": second["P-DIS-01"], "decision_id": row.id, "point_id": point_id}
        session.execute(insert(Wording), [worded | {"draft_id": 2, "is_literal": False, "made_at": now}])
        session.commit()
    page = client.get(f"/naskah/paragraf/{second['P-DIS-01']}").text
    assert told in page and untold not in page and "disesuaikan penyusun" in page


def test_more_comments_than_fit_go_on_another_page(app, client):
    _, ids = publish(app, FIRST)
    show_early(app)
    say(app, [ids["P-DIS-01"]] * 31)
    path = f"/naskah/paragraf/{ids['P-DIS-01']}"
    assert client.get(path).text.count('class="voice"') == 30 and "Komentar berikutnya" in client.get(path).text
    assert client.get(f"{path}?halaman=2").text.count('class="voice"') == 1
    assert [client.get(f"{path}?halaman={n}").status_code for n in ("3", "x", "-1")] == [404, 400, 400]


def test_what_differs_is_counted_and_shown_in_the_order_of_the_newer_version(client, two):
    page = client.get("/naskah/banding/1/2").text
    assert "1 diubah, 1 pindah, 1 dihapus, 1 baru." in page
    assert [words for words in re.findall(r"<h2>(\w+)</h2>", page)] == ["Satu", "Dua"]
    order = [page.index(part) for part in ('id="b-P-DIS-01"', 'id="a-P-DIS-03"', 'id="b-P-ECO-02"', 'id="b-P-DIS-02"')]
    assert order == sorted(order) and 'id="b-P-ECO-01"' not in page
    assert 'href="/naskah/1/1#P-DIS-02"' in page and "(Satu)" in page
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r'<th scope="row">([^<]+)</th><td class="n">(\d+)', table) == [
        ("Diubah", "1"),
        ("Pindah", "1"),
        ("Dihapus", "1"),
        ("Baru", "1"),
        ("Tetap sama", "1"),
    ]


def test_the_difference_is_told_in_more_than_colour_in_one_text_or_side_by_side(client, two):
    inline = client.get("/naskah/banding/1/2").text.split('id="b-P-DIS-01"')[1].split("</article>")[0]
    assert "<del>" in inline and "<ins>" in inline and "[dihapus:" in inline and "[ditambah:" in inline
    sides = client.get("/naskah/banding/1/2?gaya=sisi").text.split('id="b-P-DIS-01"')[1].split("</article>")[0]
    older, newer = sides.split('<div class="two">')[1].split("</div><div>")
    assert "<del>" in older and "<ins>" not in older and "<ins>" in newer and "<del>" not in newer


def test_all_paragraphs_are_shown_to_whoever_asks(client, two):
    page = client.get("/naskah/banding/1/2?semua=1&gaya=sisi").text
    assert 'id="b-P-ECO-01"' in page and "Tetap sama" in page
    assert "/naskah/banding/1/2?semua=1" in page and "gaya=sisi" in page


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/naskah/banding/1/2?gaya=miring", 400),
        ("/naskah/banding/1/2?halaman=2", 404),
        ("/naskah/banding/1/2?halaman=x", 400),
        ("/naskah/banding/2/1", 404),
        ("/naskah/banding/2/2", 404),
        ("/naskah/banding/1/9", 404),
        ("/naskah/banding/9/2", 404),
        ("/naskah/banding?dari=9&ke=1", 404),
        ("/naskah/banding?dari=x", 400),
    ],
)
def test_what_is_not_there_or_makes_no_sense_is_refused(client, two, path, code):
    assert client.get(path).status_code == code


def test_two_versions_are_chosen_by_a_form(client, two):
    form = client.get("/naskah/banding")
    assert form.status_code == 200 and 'name="dari"' in form.text
    for query in ("dari=1&ke=2", "dari=2&ke=1"):
        assert client.get(f"/naskah/banding?{query}").location == "/naskah/banding/1/2"
    same = client.get("/naskah/banding?dari=1&ke=1")
    assert same.status_code == 400 and "Pilih dua versi yang berbeda." in same.text


def test_with_one_version_there_is_nothing_to_compare_and_without_any_no_page(app, client):
    assert client.get("/naskah/banding").status_code == 404
    publish(app, FIRST)
    assert "Baru satu versi yang terbit." in client.get("/naskah/banding").text
    assert "Bandingkan" not in client.get("/naskah/1/1").text


def test_versions_that_are_not_neighbours_are_compared_too(app, client, two):
    publish(app, SECOND.replace("warga bergilir", "petugas kelurahan"))
    page = client.get("/naskah/banding/1/3").text
    assert "1 pindah, 1 dihapus, 1 baru." in page and 'id="b-P-DIS-01"' not in page


def test_what_was_split_and_merged_is_named(app, client):
    one, other = KEPT, "[P-DIS-02] Bahan bakarnya disimpan di balai kota dan dicatat setiap minggu oleh petugas."
    third = "[P-DIS-03] Tanggul laut ditinggikan bertahap mulai dari muara."
    joined = f"{one} {other.partition(' ')[2]}"
    publish(app, "\n\n".join(("# R", "## Satu", one, other, third)))
    publish(app, "\n\n".join(("# R", "## Satu", joined, third)))
    _, ids = publish(app, "\n\n".join(("# R", "## Satu", one, other, third + " Lagi.")))
    merged, split = client.get("/naskah/banding/1/2").text, client.get("/naskah/banding/2/3").text
    assert "1 digabung" in merged and "Dari versi 1:" in merged and 'href="/naskah/1/1#P-DIS-02"' in merged
    assert "2 dipecah" in split and "Dipecah menjadi:" in split
    alone = [client.get(f"/naskah/paragraf/{ids[mark]}").text for mark in ("P-DIS-01", "P-DIS-02", "P-DIS-03")]
    assert sum("Bagian dari paragraf yang dipecah:" in page for page in alone) == 1


def test_what_drafts_say_is_text_and_no_markup(app, client):
    publish(app, "# R\n\n## <script>alert(1)</script>\n\n[P-DIS-01] Satu <b>tebal</b> dan dua.")
    publish(app, "# R\n\n## <script>alert(2)</script>\n\n[P-DIS-01] Satu <i>miring</i> dan dua.")
    for path in ("/naskah/banding/1/2", "/naskah/banding/1/2?gaya=sisi", "/naskah/banding"):
        page = client.get(path).text
        assert "<script>" not in page and "<b>" not in page and "<i>" not in page


def test_the_pages_of_two_versions_stay_within_their_statements(app, client):
    _, ids = publish(app, long(chapters=3, each=40))
    publish(app, long(chapters=3, each=40, more=" Baru."))
    sign_in(client, "academic")
    seen = Statements(app)
    alone = f"/naskah/paragraf/{ids['P-DIS-0001']}"
    for path, most in (("/naskah/banding/1/2?halaman=2", 5), ("/naskah/banding", 5), (alone, 6)):
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= most, (path, seen)
