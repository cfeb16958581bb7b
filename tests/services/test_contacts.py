"""Contacts: kept only with consent, used only while it stands, erased when their time is over."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Consent, Contact, Event, Notice, Round, Submission
from models.vocabulary import AgeBand, Channel, Purpose
from services import contacts, notices, submissions
from services.errors import NotFound
from tests.services.factories import key

NEWS, NAME = Purpose.NEWS, Purpose.NAME


@pytest.fixture
def sent(session, round_id, now):
    return send(session, round_id, now)


def send(session, round_id, now, **more):
    draft = submissions.Draft(text="Selokan di depan pasar mampet", **more)
    return submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now).submission_id


def keep(session, submission_id, now, *purposes, name="Fulanah", phone="0800-0000-4711", email="f@contoh.invalid"):
    return contacts.keep(
        session,
        submission_id,
        name=name,
        phone=phone,
        email=email,
        purposes=frozenset(purposes),
        channel=Channel.WEB,
        now=now,
        wording="7",
    )


def kept(session):
    row = session.scalar(select(Contact))
    return row and (row.name, row.phone, row.email)


def test_a_contact_is_kept_under_an_opaque_key_with_the_wording_that_was_agreed_to(session, sent, now):
    opaque = keep(session, sent, now, NEWS, NAME)
    assert len(opaque) >= 20 and str(sent) != opaque
    assert kept(session) == ("Fulanah", "0800-0000-4711", "f@contoh.invalid")
    given = session.scalars(select(Consent).order_by(Consent.purpose)).all()
    assert [(c.purpose, c.wording, c.withdrawn_at) for c in given] == [(NAME, "7", None), (NEWS, "7", None)]


@pytest.mark.parametrize(
    ("purposes", "more", "left"),
    [
        ((), {}, None),
        ((NAME,), {}, ("Fulanah", None, None)),
        ((NEWS,), {"name": ""}, (None, "0800-0000-4711", "f@contoh.invalid")),
        ((NEWS,), {"phone": "", "email": " "}, None),
        ((NAME,), {"name": "  "}, None),
    ],
)
def test_without_a_consent_nothing_is_kept(session, sent, now, purposes, more, left):
    keep(session, sent, now, *purposes, **more)
    assert kept(session) == left
    assert bool(session.scalars(select(Consent)).all()) == (left is not None)


def test_of_people_under_18_nothing_is_kept_whatever_was_ticked(session, round_id, now):
    young = send(session, round_id, now, age_band=AgeBand.UNDER_18)
    assert keep(session, young, now, NEWS, NAME) is None
    assert kept(session) is None and session.scalars(select(Consent)).all() == []


def test_sent_twice_it_is_one_contact(session, sent, now):
    first = keep(session, sent, now, NEWS)
    assert keep(session, sent, now, NEWS, phone="0800-0000-4712") == first
    assert len(session.scalars(select(Consent)).all()) == 1
    assert kept(session)[1] == "0800-0000-4712"


def test_taking_news_back_stops_its_use_at_once(session, sent, now):
    keep(session, sent, now, NEWS, NAME)
    notices.make_due(session, now=now)
    contacts.withdraw(session, sent, NEWS, now=now)
    assert kept(session) == ("Fulanah", None, None)
    assert session.scalars(select(Notice)).all() == []
    assert contacts.reachable(session) == ([], None)
    with pytest.raises(NotFound):
        contacts.view(session, sent, actor_id=1, now=now)


def test_taking_back_the_last_consent_erases_the_contact_and_keeps_when_it_was(session, sent, now):
    keep(session, sent, now, NEWS)
    contacts.withdraw(session, sent, NEWS, now=now)
    contacts.withdraw(session, sent, NEWS, now=now + timedelta(days=1))
    assert kept(session) is None
    assert session.scalar(select(Consent.withdrawn_at)) == now


def test_the_name_goes_only_with_the_last_consent_that_needs_it(session, sent, now):
    keep(session, sent, now, NEWS, NAME)
    contacts.withdraw(session, sent, NAME, now=now)
    assert kept(session)[1:] == ("0800-0000-4711", "f@contoh.invalid")


def test_every_opening_leaves_a_line_that_names_nobody(session, sent, now):
    keep(session, sent, now, NEWS)
    seen = contacts.view(session, sent, actor_id=5, now=now)
    assert (seen.phone, seen.email) == ("0800-0000-4711", "f@contoh.invalid")
    events = session.scalars(select(Event).where(Event.action == "contact.view")).all()
    assert [(e.actor_id, e.subject_id) for e in events] == [(5, str(sent))]
    audit = " ".join(str(e.details) for e in session.scalars(select(Event)))
    assert "4711" not in audit and "contoh.invalid" not in audit and "Fulanah" not in audit


def test_the_list_shows_who_can_be_reached_and_never_how(session, sent, now):
    keep(session, sent, now, NEWS, email=None)
    (one,), cursor = contacts.reachable(session)
    assert (one.has_phone, one.has_email, cursor) == (True, False, None)
    assert "4711" not in str(one)


@pytest.mark.parametrize(
    ("typed", "abroad"),
    [("0812-0000-0000", "6281200000000"), ("+62 812 0000 0000", "6281200000000"), ("rumah", None), ("08", None)],
)
def test_a_phone_number_is_written_as_whatsapp_wants_it(typed, abroad):
    assert contacts.abroad(typed) == abroad


def test_a_contact_is_erased_six_months_after_the_answer_and_its_text_stays(session, sent, now):
    keep(session, sent, now, NEWS)
    session.scalars(select(Round)).one().answer_by = datetime(2027, 8, 31, 16, 59, 59, tzinfo=UTC)
    session.flush()
    last = datetime(2028, 2, 29, 16, 59, 58, tzinfo=UTC)
    assert contacts.run_out(session, now=last) == [] and contacts.sweep(session, now=last) == 0
    later = last + timedelta(seconds=1)
    assert contacts.run_out(session, now=later) == [sent]
    assert contacts.sweep(session, now=later) == 1 and contacts.sweep(session, now=later) == 0
    assert kept(session) is None
    assert session.scalar(select(Submission.text)) == "Selokan di depan pasar mampet"
