"""The reader's language: Indonesian unless asked for, kept once chosen, and spoken by every part of a page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.support import Translations
from flask import render_template
from flask_babel import force_locale
from flask_security.utils import get_message
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from models import Person, Round
from portal import dates, languages
from portal.extensions import db
from tests.portal.conftest import hidden, sign_in
from tests.portal.leftovers import indonesian, left_in

# The one signs out, the other is print in the language of its people.
LEAVES = ("security.logout", "staff_papers.blank")
EVENING = datetime(2026, 12, 15, 11, 42, tzinfo=UTC)


def said_language(answer) -> str:
    """The language a page says it is in, the same in its head and its header."""
    spoken = re.search(r'<html lang="(\w+)">', answer.text)[1]
    assert answer.headers["Content-Language"] == spoken and "Cookie" in answer.vary
    return spoken


def test_a_page_is_indonesian_whatever_the_phone_is_set_to(client):
    answer = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert said_language(answer) == "id" and "Apa yang perlu dibenahi di kota kita?" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_english_is_shown_when_asked_for_and_kept(client):
    chosen = client.get("/?lang=en")
    assert said_language(chosen) == "en" and "What needs to be put right in our city?" in chosen.text
    cookie = next(c for c in chosen.headers.getlist("Set-Cookie") if c.startswith(f"{languages.COOKIE}="))
    assert "Max-Age=31536000" in cookie and "SameSite=Lax" in cookie and "HttpOnly" in cookie
    later = client.get("/aksesibilitas")
    assert said_language(later) == "en" and "Set-Cookie" not in later.headers
    assert said_language(client.get("/?lang=id")) == "id" and said_language(client.get("/")) == "id"


@pytest.mark.parametrize("asked", ["", "xx", "su", "JV", "EN", "en_GB", "../en", "en&lang=id", "id;en", "%00"])
def test_an_unknown_language_changes_nothing(client, asked):
    answer = client.get(f"/?lang={asked}" if "&" not in asked else f"/?lang=xx&{asked}")
    assert said_language(answer) == "id"
    assert languages.COOKIE not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("kept", ["xx", "", "en; Path=/", "e" * 3000])
def test_a_strange_cookie_is_indonesian(client, kept):
    assert said_language(client.get("/", headers={"Cookie": f"{languages.COOKIE}={kept!r}"})) == "id"


def ways(page: str) -> list[str]:
    """Where the switch leads."""
    switch = re.search(r'<ul class="lang".*?</ul>', page, re.DOTALL)
    return [way.replace("&amp;", "&") for way in re.findall(r'href="([^"]*)"', switch[0])] if switch else []


def test_the_switch_keeps_the_page_and_what_was_asked_of_it(client):
    page = client.get("/masukan/baru?bidang=DIS&x=1%262&x=3&lang=xx").text
    assert ways(page) == [f"?bidang=DIS&x=1%262&x=3&lang={code}" for code in ("id", "en", "jv")]
    assert re.search(r'lang="id" hreflang="id" aria-current="true">ID<span[^>]*>: Bahasa Indonesia<', page)
    followed = client.get("/masukan/baru" + ways(page)[1])
    assert re.search(r'lang="en" hreflang="en" aria-current="true">EN', followed.text)


@pytest.mark.parametrize("path", ["//evil.example/", "/%2f%2fevil.example/?lang=en", "/\\evil.example?lang=en"])
def test_the_switch_never_leads_to_another_site(client, path):
    found = ways(client.get(path).text)
    assert found and all(way.startswith("?") for way in found)


def test_an_answer_to_a_post_has_no_switch_that_would_lose_the_text(client):
    client.get("/?lang=en")
    data = hidden(client.get("/masukan/baru").text) | {"text": "rob"}
    answer = client.post("/masukan/baru", data=data)
    assert answer.status_code == 422 and said_language(answer) == "en" and ways(answer.text) == []
    assert "Please write your problem or idea, at least 10 letters." in answer.text
    assert "Not sent yet, one thing needs a look" in answer.text and "Error:" in answer.text


def test_a_language_in_the_address_of_a_post_changes_nothing(client):
    data = hidden(client.get("/masukan/baru").text) | {"text": "rob"}
    answer = client.post("/masukan/baru?lang=en", data=data)
    assert said_language(answer) == "id" and languages.COOKIE not in answer.headers.get("Set-Cookie", "")


def test_a_redirect_keeps_where_it_leads_and_what_was_chosen(client):
    answer = client.get("/staff/?lang=en")
    assert answer.status_code == 302 and answer.location.startswith("/masuk?next=")
    assert said_language(client.get(answer.location)) == "en"


def test_an_error_is_told_in_english_too(client):
    answer = client.get("/tidak-ada?lang=en")
    assert answer.status_code == 404 and said_language(answer) == "en" and "Page not found" in answer.text


def test_what_is_not_a_page_has_no_language(client):
    assert "Content-Language" not in client.get("/health?lang=en").headers


@pytest.mark.parametrize(
    ("lang", "day", "moment", "half"),
    [
        ("id", "Selasa, 15 Desember 2026", "Selasa, 15 Desember 2026, 18.42 WIB", "1,5"),
        ("en", "Tuesday, 15 December 2026", "Tuesday, 15 December 2026, 18:42 WIB", "1.5"),
        ("jv", "Selasa, 15 Desember 2026", "Selasa, 15 Desember 2026, 18.42 WIB", "1,5"),
    ],
)
def test_days_and_numbers_follow_the_language_on_the_citys_clock(app, lang, day, moment, half):
    with app.test_request_context(f"/?lang={lang}"):
        assert (dates.day(EVENING), dates.moment(EVENING), dates.decimal(1.46)) == (day, moment, half)


def test_every_language_that_is_offered_has_a_clock_and_a_decimal_sign():
    assert set(dates.CLOCK) == set(dates.DECIMAL_SIGN) == set(languages.OFFERED)


def test_a_day_begins_on_the_citys_clock(app):
    with app.test_request_context("/?lang=en"):
        assert dates.day(datetime(2026, 12, 15, 17, 0, tzinfo=UTC)) == "Wednesday, 16 December 2026"


def test_the_days_of_the_week_are_said_as_in_pekalongan(app):
    with app.test_request_context("/?lang=jv"):
        week = [dates.day(EVENING.replace(day=day)).partition(",")[0] for day in range(14, 21)]
    assert week == ["Senen", "Selasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Minggu"]


def test_outside_a_request_the_language_is_that_of_the_sources(app):
    assert languages.current() == "id" and dates.decimal(1.5) == "1,5" and languages.ways() == []
    with app.app_context():
        assert languages.current() == "id"
        with force_locale("en"):
            assert languages.current() == "en"


class Probe(FlaskForm):
    """A form whose messages are the library's own."""

    class Meta:
        csrf = False

    colour = RadioField(choices=[SelectChoice("red", "red")])
    name = StringField(validators=[InputRequired()])
    note = StringField(validators=[Length(min=2)])


@pytest.mark.parametrize(
    ("lang", "choice", "required", "short"),
    [
        (
            "id",
            "Pilihan ini tidak kami kenal. Pilih satu dari daftarnya.",
            "Isian ini perlu diisi.",
            "Tulis sedikitnya 2 huruf.",
        ),
        ("en", "Not a valid choice.", "This field is required.", "Field must be at least 2 characters long."),
        (
            "jv",
            "Pilihan iki ora kita kenal. Pilihen siji saka daftare.",
            "Isian iki perlu diisi.",
            "Tulisen paling sithik 2 aksara.",
        ),
    ],
)
def test_the_form_librarys_own_messages_follow_the_language(app, lang, choice, required, short):
    with app.test_request_context(f"/?lang={lang}"):
        app.preprocess_request()
        form = Probe(formdata=MultiDict({"colour": "blue", "name": "", "note": "a"}))
        assert not form.validate()
        assert [form.colour.errors, list(form.name.errors), list(form.note.errors)] == [[choice], [required], [short]]


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("id", "Belum bisa masuk: nama akun, kata sandi, atau kodenya tidak cocok"),
        ("en", "Authentication failed - identity or password/passcode invalid"),
    ],
)
def test_a_refused_sign_in_follows_the_language(client, lang, message):
    data = hidden(client.get(f"/masuk?lang={lang}").text) | {"email": "lead@demo.example", "password": "salah-1"}
    answer = client.post("/masuk", data=data, headers={"Accept": "application/json"})
    assert answer.status_code == 400 and message in str(answer.json)


@pytest.mark.parametrize(
    ("lang", "use", "expire", "hello"),
    [
        ("id", "untuk mengganti kata sandi Anda.", "Tautan ini berlaku selama", "Selamat datang, a@demo.example."),
        ("en", "to reset your password.", "This link will expire in", "Welcome a@demo.example!"),
    ],
)
@pytest.mark.parametrize("kind", ["txt", "html"])
def test_the_mails_of_the_sign_in_library_follow_the_language(app, lang, use, expire, hello, kind):
    facts = {"reset_link": "http://localhost/x", "within": "2", "user": SimpleNamespace(email="a@demo.example")}
    with app.test_request_context(f"/?lang={lang}"):
        mail = render_template(f"security/email/reset_instructions.{kind}", **facts)
        assert use in mail and expire in mail and "http://localhost/x" in mail
        facts["security"] = SimpleNamespace(confirmable=False)
        assert hello in render_template(f"security/email/welcome.{kind}", **facts)


def test_every_message_of_the_sign_in_library_can_be_said_in_indonesian(app):
    with app.test_request_context("/"):
        assert get_message("LOGIN")[0] == "Masuk dulu untuk membuka halaman ini."
        assert get_message("PASSWORD_INVALID_LENGTH", length=10)[0] == "Kata sandi sedikitnya 10 huruf"


def test_an_indonesian_sentence_on_a_page_is_noticed_and_peoples_own_words_are_not():
    patterns = {"Tulis masukan": re.compile("Tulis masukan"), "Tema: %(n)s.": re.compile(r"Tema:\ .+?\.")}
    assert left_in("<p>Tulis\n masukan</p><b>Tema: rob.</b>", patterns) == set(patterns)
    assert left_in('<nav aria-label="Tulis masukan"></nav>', patterns) == {"Tulis masukan"}
    assert left_in('<p class="voice">Tulis <mark>a</mark>masukan. Tema: rob.</p><p>Write</p>', patterns) == set()
    assert left_in('<a lang="id">Tulis masukan</a><br><p class="voice"><br>Tulis masukan</p>', patterns) == set()


def pages(app) -> Iterator[tuple[str, str]]:
    """Every address without a placeholder that opens as a page for somebody, in English."""
    with app.app_context():
        people = [email.partition("@")[0] for email in db.session().scalars(select(Person.email).order_by(Person.id))]
    clients = [app.test_client() for _ in (None, *people)]
    for client, role in zip(clients, (None, *people), strict=True):
        client.get("/?lang=en")
        if role:
            sign_in(client, role)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in rule.methods or rule.arguments or rule.endpoint in LEAVES:
            continue
        answers = (client.get(rule.rule) for client in clients)
        page = next((a for a in answers if a.status_code == 200 and a.mimetype == "text/html"), None)
        if page is not None:
            yield rule.rule, page.text


def test_no_page_speaks_indonesian_to_an_english_reader(app, examples):
    patterns, opened = indonesian(), dict(pages(app))
    assert {"/", "/masukan/baru", "/masukan/status", "/masuk", "/staff/", "/staff/priorities"} <= opened.keys()
    found = {path: sorted(left_in(page, patterns)) for path, page in opened.items()}
    assert {path: left for path, left in found.items() if left} == {}


def test_a_theme_and_a_receipt_speak_english_too(client, examples):
    client.get("/?lang=en")
    data = hidden(client.get("/masukan/baru").text)
    client.post("/masukan/baru", data=data | {"text": "Lampu jalan di gang kami mati sejak bulan lalu."})
    receipt = client.get("/masukan/tanda-terima").text
    assert "Thank you, we have received your suggestion" in receipt
    sign_in(client)
    patterns = indonesian()
    assert left_in(receipt, patterns) | left_in(client.get("/staff/themes/1").text, patterns) == set()


def on_the_path(client) -> Iterator[tuple[str, str]]:
    """Every page between the front page and the answer, in Javanese, with the errors of its forms."""
    client.get("/?lang=jv")
    for path in ("/", "/cara-menghitung", "/data-pribadi", "/aksesibilitas", "/masukan/status", "/tidak-ada"):
        yield path, client.get(path).text
    page = client.get("/masukan/baru").text
    yield "/masukan/baru", page
    yield "too short", client.post("/masukan/baru", data=hidden(page) | {"text": "rob"}).text
    sent = client.post("/masukan/baru", data=hidden(page) | {"text": "Lampu jalan di gang kami mati terus."})
    yield "receipt", client.get(sent.location).text
    facts = hidden(client.get("/masukan/status").text)
    yield "no pin", client.post("/masukan/status", data=facts).text
    yield "wrong pin", client.post("/masukan/status", data=facts | {"receipt_no": "PKL-7K3M-92", "pin": "000000"}).text


def test_no_page_on_a_citizens_path_speaks_indonesian_to_a_javanese_reader(client, examples):
    patterns, found = indonesian("jv"), {}
    for path, page in on_the_path(client):
        assert '<html lang="jv">' in page, path
        found[path] = sorted(left_in(page, patterns, "jv"))
    assert len(found) > 9 and {path: left for path, left in found.items() if left} == {}


def test_topics_fields_and_the_round_are_said_in_javanese(client):
    client.get("/?lang=jv")
    home, form = client.get("/").text, client.get("/masukan/baru").text
    assert "Program ing pitung bidang" in home and "Uwuh lan kali" in home
    assert "Wit-witan lan bakau" in form and "Pilihake wae" in form


def test_a_round_whose_indonesian_a_person_changed_is_no_longer_said_in_javanese(app, client):
    with app.app_context():
        for row in db.session().scalars(select(Round)):
            row.open_id = "Enam bidang saja"
        db.session.commit()
    home = client.get("/?lang=jv").text
    assert "Enam bidang saja" in home and "Program ing pitung bidang" not in home and "Visi lan misi" in home


@pytest.mark.parametrize("path", ["/masuk", "/staff/", "/meja"])
def test_javanese_is_neither_offered_nor_spoken_beside_a_citizens_path(client, path):
    client.get("/?lang=jv")
    sign_in(client)
    client.get("/?lang=jv")
    answer = client.get(path, follow_redirects=True)
    assert said_language(answer) == "id" and "lang=jv" not in "".join(ways(answer.text))
    assert said_language(client.get("/")) == "jv"


def test_a_javanese_page_says_that_no_native_speaker_has_read_it_and_others_do_not(client):
    words = "durung dipriksa penutur asli"
    assert words in client.get("/?lang=jv").text
    assert words not in client.get("/?lang=id").text and "native speaker" not in client.get("/?lang=en").text


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ("FULL NAME <EMAIL@ADDRESS>", None),
        ("", None),
        ("<siti@contoh.example>", None),
        ("Siti Contoh <siti@contoh.example>", "Siti Contoh"),
        ("Siti Contoh", "Siti Contoh"),
    ],
)
def test_a_name_in_the_head_of_the_catalogue_is_its_reviewer(tmp_path, named, name):
    file = tmp_path / "messages.mo"
    with file.open("wb") as out:
        write_mo(out, Catalog(locale="jv", last_translator=named))
    with file.open("rb") as found:
        assert languages.reviewer(Translations(found)) == name
