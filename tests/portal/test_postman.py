"""The postman: one letter to one address; a server that is down loses nothing and gets no letter twice."""

import smtplib
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import Notice
from models.engine import open_engine
from models.vocabulary import Channel, NoticeState, Purpose
from portal import mail
from portal.config import BadSetting, Post, Settings
from portal.extensions import db
from portal.postman import Postman
from services import contacts, rounds, submissions
from tests.portal.conftest import sign_in

TEXT = "Selokan di depan pasar mampet"
POST = Post("127.0.0.1", "masukan@kota.invalid", port=9)


class Server:
    """A mail server that takes letters, or fails as often as it is told."""

    def __init__(self, failures=0, fault=None):
        self.letters, self.failures = [], failures
        self.fault = fault or ConnectionRefusedError("f@contoh.invalid")

    def send(self, post, to, subject, body, *, key):
        if self.failures:
            self.failures -= 1
            raise self.fault
        self.letters.append((to, subject, body, key))


@pytest.fixture
def wanting(app):
    """Two people who want news by e-mail."""
    with app.app_context():
        now = datetime.now(UTC)
        round_id = rounds.current(db.session(), now=now)[0]
        for name in ("f", "g"):
            receipt = submissions.receive(
                db.session(),
                submissions.Draft(text=TEXT),
                round_id=round_id,
                prefix="PKL",
                key=f"kunci-formulir-{name}",
                now=now,
            )
            contacts.keep(
                db.session(),
                receipt.submission_id,
                name=None,
                phone=None,
                email=f"{name}@contoh.invalid",
                purposes=frozenset({Purpose.NEWS}),
                channel=Channel.WEB,
                now=now,
            )
        db.session.commit()


@pytest.fixture
def deliver(settings):
    """What one sweep of the postman does, with a server of the test's choice."""
    engine = open_engine(settings.database_url)
    named = Settings(data=settings.data, is_demo=False, address="https://kota.invalid", post=POST)

    def sweep(server, settings=named):
        return Postman(engine, settings, server.send).deliver()

    yield sweep
    engine.dispose()


def states(app):
    with app.app_context():
        return db.session.scalars(select(Notice.state).order_by(Notice.id)).all()


def test_each_letter_has_one_address_and_nothing_of_the_text(app, wanting, deliver):
    server = Server()
    assert deliver(server) == 2 and deliver(server) == 0
    assert sorted(to for to, *_ in server.letters) == ["f@contoh.invalid", "g@contoh.invalid"]
    assert len({key for *_, key in server.letters}) == 2
    for _to, subject, body, _key in server.letters:
        assert "PKL-" in subject and "https://kota.invalid/masukan/status?nomor=PKL-" in body
        assert TEXT not in subject + body
    assert states(app) == [NoticeState.SENT] * 2


def test_without_a_mail_server_they_wait_and_the_desk_says_so(app, client, wanting, deliver, settings):
    server = Server()
    assert deliver(server, settings) == 0 and server.letters == []
    assert states(app) == [NoticeState.WAITING] * 2
    sign_in(client, "privacy")
    assert "Belum ada server surat" in client.get("/staff/requests").text


@pytest.mark.parametrize("fault", [ConnectionRefusedError(), smtplib.SMTPRecipientsRefused({}), ValueError("two")])
def test_a_server_that_fails_ends_the_sweep_and_loses_nothing(app, wanting, deliver, fault):
    server = Server(failures=1, fault=fault)
    assert deliver(server) == 0
    assert states(app) == [NoticeState.WAITING] * 2
    assert deliver(server) == 1  # the other one; the first has its pause


def test_the_log_of_a_failure_names_no_address(wanting, deliver, caplog):
    deliver(Server(failures=1))
    assert "was not sent: ConnectionRefusedError" in caplog.text and "contoh.invalid" not in caplog.text


def test_a_letter_is_handed_over_with_one_recipient_in_envelope_and_head(monkeypatch):
    taken = []

    class Line:
        def __init__(self, *_args, **_more):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_fault):
            return None

        def send_message(self, letter, from_addr, to_addrs):
            taken.append((letter, from_addr, to_addrs))

    monkeypatch.setattr(smtplib, "SMTP", Line)
    plain = Post("127.0.0.1", "masukan@kota.invalid", security="none")
    mail.send(plain, "f@contoh.invalid", "Kabar", "Isi surat, é", key="notice-1")
    ((letter, sender, to),) = taken
    assert to == ["f@contoh.invalid"] == [str(letter["To"])]
    assert (sender, letter["Message-ID"]) == ("masukan@kota.invalid", "<notice-1@kota.invalid>")
    assert not letter["Cc"] and not letter["Bcc"] and "Isi surat, é" in letter.get_content()


@pytest.mark.parametrize(
    "to",
    [
        "f@contoh.invalid, g@contoh.invalid",
        "f@contoh.invalid; g@contoh.invalid",
        "f@contoh.invalid\nBcc: g@contoh.invalid",
        "f@contoh.invalid\r\nBcc: g@contoh.invalid",
        "Fulanah <f@contoh.invalid>",
        " f@contoh.invalid",
        "f",
        "@contoh.invalid",
        "",
    ],
)
def test_anything_but_one_address_is_refused(to):
    with pytest.raises(ValueError):
        mail.one_address(to)


def test_the_settings_of_the_mail_server_are_read():
    env = {
        "MAIL_SERVER": "mail.kota.invalid",
        "MAIL_FROM": "m@kota.invalid",
        "MAIL_PORT": "465",
        "MAIL_SECURITY": "ssl",
    }
    found = Settings.from_environ(env | {"ADDRESS": "https://kota.invalid/"})
    assert found.post == Post("mail.kota.invalid", "m@kota.invalid", 465, "", "", "ssl")
    assert found.public_address == "https://kota.invalid"
    assert Settings.from_environ({}).post is None
    assert Settings.from_environ({"PORT": "8123"}).public_address == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    "wrong",
    [
        {"MAIL_SERVER": "m"},
        {"MAIL_SERVER": "m", "MAIL_FROM": "bukan alamat"},
        {"MAIL_SERVER": "m", "MAIL_FROM": "a@b", "MAIL_PORT": "x"},
        {"MAIL_SERVER": "m", "MAIL_FROM": "a@b", "MAIL_SECURITY": "tls"},
        {"ADDRESS": "kota.invalid"},
    ],
)
def test_a_mail_setting_that_cannot_be_used_is_named(wrong):
    with pytest.raises(BadSetting, match="MAIL_|ADDRESS"):
        Settings.from_environ(wrong)
