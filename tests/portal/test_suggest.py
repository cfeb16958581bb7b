"""The citizen's form: what may be added, the search among topics, and the hint before personal data is sent."""

import re

import pytest
from sqlalchemy import func, select

from models import Consent, Contact, Point, Submission
from models.vocabulary import AgeBand, Experience, Gender, Purpose, Visibility
from portal.extensions import db
from tests.portal.conftest import hidden
from tests.portal.test_citizen import TEXT, fields, receipt_of, stored


def one(app, column):
    with app.app_context():
        return db.session.scalars(select(column)).one()


def checked(page, name):
    """The values of the radios and boxes of this name that are chosen on a page."""
    tags = [tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag and " checked" in tag]
    return [re.search(r'value="([^"]*)"', tag)[1] for tag in tags]


def test_the_text_stands_first_and_the_topics_in_seven_groups_after_choose_for_me(client):
    page = client.get("/masukan/baru").text
    order = [page.index(words) for words in ("Ceritakan masalah", "Pilihkan untuk saya", "Lainnya", "keadaannya")]
    assert order == sorted(order) and checked(page, "topic") == ["auto"]
    picker = page[page.index("data-topics") : page.index('value="lainnya"')]
    assert picker.count("<legend") == 7 and "Smart" not in picker


def test_whatever_may_be_added_is_kept_with_the_submission(app, client):
    more = {
        "topic": "lainnya",
        "affected": ["fishers", "everyone"],
        "constituencies": ["elderly"],
        "experience": "neighbour",
        "age_band": "60_up",
        "gender": "woman",
        "visibility": "team",
    }
    assert client.post("/masukan/baru", data=fields(client) | more).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(Submission)).one()
        assert (row.affected, row.constituencies) == (["fishers", "everyone"], ["elderly"])
        assert (row.experience, row.age_band, row.gender) == (Experience.NEIGHBOUR, AgeBand.FROM_60, Gender.WOMAN)
        assert row.visibility is Visibility.TEAM
    assert one(app, Point.topic) is None


def test_nothing_added_says_without_a_name_and_nothing_more(app, client):
    client.post("/masukan/baru", data=fields(client))
    with app.app_context():
        row = db.session.scalars(select(Submission)).one()
        assert row.visibility is Visibility.UNNAMED and row.affected == row.constituencies == []
        assert row.experience is row.age_band is row.gender is None
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 0


def test_a_contact_is_kept_with_its_consents_and_the_version_of_their_words(app, client):
    more = {"name": "Warga Contoh", "phone": "0812-0000-0000", "purposes": ["news", "name"], "visibility": "named"}
    assert client.post("/masukan/baru", data=fields(client) | more).status_code == 303
    assert one(app, Contact.phone) == "0812-0000-0000"
    with app.app_context():
        given = db.session.execute(select(Consent.purpose, Consent.wording).order_by(Consent.purpose)).all()
        assert set(given) == {(Purpose.NAME, "1"), (Purpose.NEWS, "1")}
        assert db.session.scalars(select(Submission.visibility)).one() is Visibility.NAMED


def test_no_consent_is_ticked_before_and_without_one_nothing_is_kept(app, client):
    assert checked(client.get("/masukan/baru").text, "purposes") == []
    answer = client.post("/masukan/baru", data=fields(client) | {"phone": "0812-0000-0000"})
    assert answer.status_code == 422 and "0812-0000-0000" in answer.text and stored(app) == []


def test_of_somebody_under_18_no_contact_is_kept_and_the_page_says_so(app, client):
    assert "Bila di bawah 18 tahun, nama, nomor, dan e-mail tidak kami simpan" in client.get("/masukan/baru").text
    more = {"age_band": "under_18", "name": "Anak", "phone": "0812-0000-0000", "purposes": ["news", "name"]}
    assert client.post("/masukan/baru", data=fields(client) | more | {"visibility": "named"}).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 0
        assert db.session.scalar(select(func.count()).select_from(Consent)) == 0
        assert db.session.scalars(select(Submission.visibility)).one() is Visibility.UNNAMED


def test_write_another_keeps_the_kelurahan_alone(client):
    more = {"kelurahan": "tirto", "gender": "woman", "name": "Tokoh Contoh", "purposes": "name"}
    client.post("/masukan/baru", data=fields(client) | more)
    page = client.get("/masukan/baru").text
    assert re.search(r'<option value="tirto"[^>]* selected', page)
    assert TEXT not in page and "Tokoh Contoh" not in page and not re.search(r'value="woman"[^>]* selected', page)


def test_looking_for_a_topic_narrows_the_list_and_keeps_everything_typed(app, client):
    typed = {"cari": "banjir", "narrow": "1", "kelurahan": "tirto", "condition": "1", "phone": "0812-0000-0000"}
    answer = client.post("/masukan/baru", data=fields(client) | typed | {"affected": ["fishers", "women"]})
    page = answer.text
    assert answer.status_code == 200 and stored(app) == []
    assert "soal-rob-dan-banjir" in page and "soal-sampah" not in page
    assert TEXT in page and 'value="0812-0000-0000"' in page and 'value="banjir"' in page
    assert checked(page, "affected") == ["women", "fishers"] or set(checked(page, "affected")) == {"women", "fishers"}
    assert checked(page, "condition") == ["1"] and checked(page, "topic") == ["auto"]
    data = hidden(page) | {"text": TEXT, "topic": "rob-dan-banjir", "cari": "banjir"}
    assert client.post("/masukan/baru", data=data).status_code == 303
    assert one(app, Point.topic) == "rob-dan-banjir"


def test_a_search_without_a_hit_leads_back_to_choose_for_me(client):
    data = fields(client) | {"cari": "<b>angkasa</b>", "narrow": "1", "text": ""}
    answer = client.post("/masukan/baru", data=data)
    assert answer.status_code == 200 and "Tidak ada soal yang cocok" in answer.text
    assert "<b>angkasa" not in answer.text and "Pilihkan untuk saya" in answer.text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hubungi saya di 0812-0000-0000 soal selokan", "nomor telepon"),
        ("NIK saya 3375999999999999 tidak terbaca petugas", "nomor KTP atau KK"),
        ("Rumah saya di RT 02/RW 05 kebanjiran terus", "RT dan RW"),
        ("Nama saya Budi Contoh, selokan kami mampet", "nama orang"),
        ("Kirim ke saya@contoh.invalid atau 0812-0000-0000", "alamat e-mail dan nomor telepon"),
    ],
)
def test_personal_data_comes_back_once_with_its_kind_and_the_words_kept(app, client, words, said):
    answer = client.post("/masukan/baru", data=fields(client, text=words, kelurahan="tirto"))
    assert answer.status_code == 422 and stored(app) == []
    assert f"sepertinya memuat {said}" in answer.text and words in answer.text
    assert "Kirim saja" in answer.text and 'href="#text"' in answer.text
    data = hidden(answer.text) | {"text": words, "topic": "auto"}
    assert client.post("/masukan/baru", data=data).status_code == 303
    assert stored(app) == [words]


def test_a_changed_text_is_hinted_again_only_for_what_was_not_said_before(app, client):
    first = client.post("/masukan/baru", data=fields(client, text="Hubungi saya di 0812-0000-0000 ya"))
    other = hidden(first.text) | {"text": "Tulis saja ke saya@contoh.invalid ya", "topic": "auto"}
    second = client.post("/masukan/baru", data=other)
    assert second.status_code == 422 and "alamat e-mail" in second.text
    clean = hidden(second.text) | {"text": "Selokan kami mampet, tolong dikeruk", "topic": "auto"}
    assert client.post("/masukan/baru", data=clean).status_code == 303


def test_an_ordinary_text_is_not_held_up_by_a_hint(client):
    answer = client.post("/masukan/baru", data=fields(client, text="Pompa di RW kami mati, 3 jam tiap tahun 2026"))
    assert answer.status_code == 303


def test_the_consent_stands_in_full_where_it_is_asked_and_in_the_readers_language(client):
    assert "boleh kami umumkan tanpa nama" in client.get("/masukan/baru").text
    assert "we may publish them without a name" in client.get("/masukan/baru?lang=en").text


def test_a_round_that_closed_meanwhile_shows_the_words_again(app, client):
    data = fields(client)
    with app.app_context():
        db.session.execute(db.text("UPDATE round SET closes_at = '2020-01-01 00:00:00'"))
        db.session.commit()
    answer = client.post("/masukan/baru", data=data)
    assert answer.status_code == 409 and TEXT in answer.text and "belum terkirim" in answer.text
    assert stored(app) == []


def test_the_script_is_on_the_form_and_told_which_words_were_sent_on_the_receipt(client):
    form = client.get("/masukan/baru").text
    assert len(re.findall(r'<script src="/static/keep\.js\?v=[0-9a-f]{12}" defer></script>', form)) == 1
    receipt = client.post("/masukan/baru", data=fields(client), follow_redirects=True).text
    assert f"<span data-sent>{TEXT}</span>" in receipt and "/static/keep.js" in receipt
    assert receipt_of(receipt)
    assert "<script" not in client.get("/").text
