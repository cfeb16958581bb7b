"""The board of who takes part, and the poster of a place."""

import re

import pytest

from portal import languages
from portal.clerk import Clerk
from portal.extensions import db
from tests.portal.conftest import sign_in


@pytest.fixture
def lead(client):
    sign_in(client)
    return client


def test_the_board_names_every_kelurahan_and_says_where_to_go_next(lead):
    page = lead.get("/staff/representation").text
    assert page.count("/staff/representation/poster/") >= 27 and "Ke mana berikutnya" in page
    assert "belum ada" in page and "Bukan sampel acak" in page and "tidak untuk diumumkan" in page


def test_every_number_of_the_board_opens_to_its_texts(lead, examples):
    page = lead.get("/staff/representation").text
    links = set(re.findall(r'href="(/staff/voices/originals[^"]*)"', page))
    assert len(links) > 30
    for link in sorted(links)[:12]:
        assert "Teks asli" in lead.get(link.replace("&amp;", "&")).text


def test_the_matrix_can_be_asked_for_one_constituency(lead, examples):
    page = lead.get("/staff/representation?constituency=fishers").text
    assert '<option value="fishers" selected>' in page and "masih kurang</span></td><td>" not in page


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/staff/representation?constituency=kapten", 404),
        ("/staff/voices/originals?area=atlantis", 400),
        ("/staff/voices/originals?constituency=%22%25", 400),
        ("/staff/voices/originals?gender=x", 400),
        ("/staff/representation/poster/atlantis", 404),
        ("/staff/representation/poster/33.75.01", 404),
        ("/staff/representation/poster/krapyak?in=xx", 400),
        ("/staff/representation/poster/krapyak?size=a0", 400),
    ],
)
def test_an_address_that_asks_for_what_is_not_there_is_refused(lead, path, code):
    assert lead.get(path).status_code == code


def test_the_page_of_originals_names_whose_texts_these_are_and_keeps_it_for_the_next_page(lead, examples):
    page = lead.get("/staff/voices/originals?area=-&group=citizen").text
    assert "warga, Tidak disebut</h1>" in page
    following = re.search(r'href="([^"]*after=[^"]*)"', lead.get("/staff/voices/originals?area=-").text)[1]
    assert "area=-" in following and lead.get(following.replace("&amp;", "&")).text.count("Tidak disebut") >= 1


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("id", "Apa yang perlu dibenahi di Krapyak?"),
        ("en", "Krapyak?"),
        ("jv", "Apa sing perlu didandani ing Krapyak?"),
    ],
)
def test_a_poster_stands_in_each_language_and_leads_to_the_form_of_its_place(lead, lang, words):
    page = lead.get(f"/staff/representation/poster/krapyak?in={lang}").text
    assert lang in languages.OFFERED and f'<html lang="{lang}">' in page and words in page and 'class="qr"' in page


def test_the_form_that_a_poster_leads_to_has_its_kelurahan_chosen(client):
    assert '<option value="krapyak" selected>' in client.get("/masukan/baru?kelurahan=krapyak").text
    assert '<option value="" selected>' in client.get("/masukan/baru?kelurahan=atlantis").text


def unsigned(page):
    """A page without what is signed anew each second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def test_a_big_round_says_after_which_count_its_board_was_made_and_a_small_one_is_counted_now(lead, app, examples):
    said = "Dihitung sesudah hitungan nomor 1,"
    small, figures = lead.get("/staff/representation").text, lead.get("/staff/priorities/figures").text
    assert said not in small and "Tanda tim yang lebih baru" not in figures
    with app.app_context():
        Clerk(db.engine, big=97).lay_out()
    big = lead.get("/staff/representation").text
    assert said in big
    assert re.sub(r'<p class="small soft">Dihitung sesudah.*?</p>', "", unsigned(big)) == unsigned(small)
    assert "Tanda tim yang lebih baru" in lead.get("/staff/priorities/figures").text
