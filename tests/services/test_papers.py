"""Printed forms: serials nobody guesses, numbers nobody else gets, PINs kept as hashes."""

import pytest
from sqlalchemy import select

from models import PaperForm, Submission
from models.vocabulary import Channel
from services import followups, papers, receipts, submissions
from services.errors import SerialUsed, UnknownSerial
from services.submissions import Draft
from tests.services.factories import key


@pytest.fixture
def form(session, now):
    return papers.print_forms(session, 1, language="id", prefix="PKL", now=now)[0]


def send(session, round_id, now, **more):
    draft = Draft("Got di depan pasar mampet.", channel=Channel.PAPER, **more)
    return submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)


def test_the_table_holds_no_pin(session, form):
    row = session.scalars(select(PaperForm)).one()
    assert row.pin_hash == receipts.hash_pin(form.pin, row.pin_salt)
    assert form.pin not in (row.pin_salt, row.pin_hash, row.serial, row.receipt_no)


@pytest.mark.parametrize("count", [0, -1, 201])
def test_a_run_has_one_to_two_hundred_forms(session, now, count):
    with pytest.raises(ValueError, match="between 1 and 200"):
        papers.print_forms(session, count, language="id", prefix="PKL", now=now)


def test_what_stands_on_a_form_goes_under_its_number_and_opens_with_its_pin(session, round_id, now, form):
    receipt = send(session, round_id, now, serial=form.serial)
    assert (receipt.number, receipt.pin) == (form.number, "")
    assert followups.look_up(session, form.number, form.pin, now=now) is not None
    wrong = f"{(int(form.pin) + 1) % 10**6:06d}"
    assert followups.look_up(session, form.number, wrong, now=now) is None


def test_a_form_is_typed_once(session, round_id, now, form):
    send(session, round_id, now, serial=form.serial)
    with pytest.raises(SerialUsed):
        send(session, round_id, now, serial=form.serial)
    assert papers.free(session, form.serial) is None


def test_a_serial_that_was_never_printed_is_unknown(session, round_id, now):
    with pytest.raises(UnknownSerial):
        send(session, round_id, now, serial="ZZZ-ZZZ")
    assert session.scalars(select(Submission)).all() == []


def test_a_new_number_is_never_one_that_is_printed(session, form, monkeypatch):
    numbers = iter([form.number, "PKL-7777-77"])
    monkeypatch.setattr(receipts, "new_number", lambda _prefix: next(numbers))
    assert receipts.free_number(session, "PKL") == "PKL-7777-77"


def test_a_run_tells_how_many_came_back(session, round_id, now):
    forms = papers.print_forms(session, 3, language="jv", prefix="PKL", now=now)
    send(session, round_id, now, serial=forms[1].serial)
    assert [(run.language, run.printed, run.returned) for run in papers.runs(session)] == [("jv", 3, 1)]


@pytest.mark.parametrize(
    ("typed", "serial"),
    [("k7m2f4", "K7M-2F4"), (" K7M - 2F4 ", "K7M-2F4"), ("K7M–2F4", "K7M-2F4"), ("K7M2F", "K7M2F"), ("", "")],
)
def test_a_serial_is_known_however_it_is_typed(typed, serial):
    assert papers.tidy_serial(typed) == serial
