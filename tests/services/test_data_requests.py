"""Data requests: a clock of 72 hours, on the list until done, done once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import DataRequest
from models.vocabulary import RequestKind
from services import data_requests, submissions
from services.errors import NotFound, NotThisState
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
