"""Data requests: a clock of 72 hours, on the list until done, done once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import DataRequest, Event, Submission
from models.vocabulary import RequestKind, SubmissionState
from services import data_requests, erasures, papers, submissions
from services.errors import NotFound, NotThisState, WrongNumber
from tests.services.factories import key, person

ERASE = RequestKind.ERASE


@pytest.fixture
def sent(session, round_id, now):
    draft = submissions.Draft(text="Selokan di depan pasar mampet")
    return submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now).submission_id


@pytest.mark.parametrize(
    ("after", "hours", "is_soon", "is_late"),
    [(0, 72, False, False), (47, 25, False, False), (49, 23, True, False), (72, 0, True, False), (75, -3, False, True)],
)
def test_the_clock_runs_from_72_hours_to_late(session, sent, now, after, hours, is_soon, is_late):
    data_requests.ask(session, sent, ERASE, now=now)
    (one,), _ = data_requests.open_ones(session, now=now + timedelta(hours=after))
    assert (one.hours, one.is_soon, one.is_late) == (hours, is_soon, is_late)


def test_asked_twice_it_is_one_request(session, sent, now):
    first = data_requests.ask(session, sent, ERASE, now=now)
    assert data_requests.ask(session, sent, ERASE, now=now + timedelta(hours=1)) == first
    assert session.scalar(select(DataRequest.due_at)) == now + timedelta(hours=72)


def test_what_was_done_at_once_is_written_down_and_not_on_the_list(session, sent, now):
    data_requests.ask(session, sent, RequestKind.WITHDRAW, now=now, is_done=True)
    assert data_requests.open_ones(session, now=now) == ([], None)
    assert data_requests.done(session) == 1


def test_a_request_is_done_once(session, sent, now):
    officer = person(session)
    request_id = data_requests.ask(session, sent, ERASE, now=now)
    assert data_requests.waiting(session, request_id) == sent
    data_requests.finish(session, request_id, actor_id=officer.id, now=now)
    with pytest.raises(NotThisState):
        data_requests.waiting(session, request_id)
    with pytest.raises(NotFound):
        data_requests.waiting(session, 10**9)


def test_the_list_goes_on_where_the_page_ends(session, sent, now):
    for _ in range(data_requests.PAGE + 1):
        session.add(DataRequest(submission_id=sent, kind=ERASE, asked_at=now, due_at=now))
    session.flush()
    first, cursor = data_requests.open_ones(session, now=now)
    second, end = data_requests.open_ones(session, now=now, after=cursor)
    assert (len(first), len(second), end) == (data_requests.PAGE, 1, None)


@pytest.fixture
def enter(session, now):
    """Enter a request at the desk, by the number of a submission or as it was typed."""
    officer = person(session)

    def enter(submission, kind=ERASE, at=now, how="datang ke loket dan menyebut isinya"):
        number = session.get_one(Submission, submission).receipt_no if isinstance(submission, int) else submission
        return data_requests.enter(session, number, kind, how, actor_id=officer.id, now=at)

    return enter


@pytest.mark.parametrize("kind", RequestKind)
def test_a_request_without_a_pin_waits_with_its_clock_and_changes_nothing_yet(session, sent, enter, now, kind):
    request_id = enter(sent, kind)
    (one,), _ = data_requests.open_ones(session, now=now + timedelta(hours=1))
    assert (one.id, one.hours, one.is_from_desk) == (request_id, 71, True)
    opened = data_requests.opened(session, request_id, now=now)
    assert (opened.kind, opened.identity) == (kind, "datang ke loket dan menyebut isinya")
    assert opened.points == ((1, "Selokan di depan pasar mampet"),) and opened.is_standing
    assert session.get_one(Submission, sent).state is SubmissionState.RECEIVED


def test_a_number_is_read_as_it_is_typed(session, sent, enter):
    number = session.get_one(Submission, sent).receipt_no
    assert enter(f" {number.replace('-', ' ').lower()} ") == enter(sent)


def test_the_audit_says_who_entered_it_and_not_how_the_sender_was_known(session, sent, enter):
    enter(sent)
    entered = session.scalars(select(Event).where(Event.action == "request.enter")).one()
    assert entered.actor_id is not None and entered.details == {}


def test_what_is_not_there_is_refused_with_its_reason(session, round_id, sent, enter, now):
    with pytest.raises(WrongNumber, match="tidak kami kenal"):
        enter("PKL-0000-00")
    (printed,) = papers.print_forms(session, 1, language="id", prefix="PKL", now=now)
    with pytest.raises(WrongNumber, match="belum diketik"):
        enter(printed.number)
    erasures.erase(session, sent, now=now)
    for kind in RequestKind:
        with pytest.raises(WrongNumber, match="sudah dihapus"):
            enter(sent, kind)


def test_of_what_was_withdrawn_only_the_erasure_can_be_asked_for(session, sent, enter, now):
    erasures.withdraw(session, sent, now=now)
    for kind in (RequestKind.WITHDRAW, RequestKind.CORRECT):
        with pytest.raises(WrongNumber, match="sudah ditarik"):
            enter(sent, kind)
    assert data_requests.waiting(session, enter(sent)) == sent


def test_a_strip_that_was_lost_asks_by_the_number_of_its_form(session, round_id, enter, now):
    (printed,) = papers.print_forms(session, 1, language="id", prefix="PKL", now=now)
    draft = submissions.Draft(text="Lampu jalan di gang padam", serial=printed.serial)
    receipt = submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)
    assert data_requests.waiting(session, enter(printed.number)) == receipt.submission_id


def test_a_request_under_a_wrong_number_is_taken_off_and_one_by_pin_stays(session, sent, enter, now):
    officer = person(session)
    request_id = enter(sent)
    data_requests.cancel(session, request_id, actor_id=officer.id, now=now)
    assert data_requests.open_ones(session, now=now) == ([], None)
    assert session.scalars(select(Event.subject_id).where(Event.action == "request.cancel")).all() == [str(request_id)]
    by_pin = data_requests.ask(session, sent, ERASE, now=now)
    with pytest.raises(NotThisState):
        data_requests.cancel(session, by_pin, actor_id=officer.id, now=now)
    assert data_requests.waiting(session, by_pin) == sent


def test_a_request_is_carried_out_as_what_it_asks_for(session, sent, enter):
    request_id = enter(sent, RequestKind.WITHDRAW)
    assert data_requests.waiting(session, request_id, RequestKind.WITHDRAW) == sent
    with pytest.raises(NotThisState):
        data_requests.waiting(session, request_id, ERASE)


def test_after_an_erasure_nothing_else_is_left_to_be_done_with_it(session, sent, enter, now):
    officer = person(session)
    enter(sent, RequestKind.CORRECT)
    data_requests.finish(session, enter(sent), actor_id=officer.id, now=now)
    assert data_requests.open_ones(session, now=now) == ([], None)
    assert data_requests.done(session) == 2
