"""Windows: a group writes within its days, and never outside of the round."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models import Event, Round, StageWindow
from models.vocabulary import Group
from services import rounds, windows
from services.errors import NotFound, WrongRound

ZONE = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def span(session, round_id):
    """The first and the last day of the round."""
    row = session.get_one(Round, round_id)
    return tuple(moment.astimezone(ZONE).date() for moment in (row.opens_at, row.closes_at))


def put(session, round_id, now, **days):
    wanted = {Group(name): pair for name, pair in days.items()}
    windows.put(session, round_id, wanted, zone=ZONE, now=now)


def faults(session, round_id, now, **days):
    with pytest.raises(WrongRound) as refused:
        put(session, round_id, now, **days)
    return set(refused.value.faults)


def is_open(session, now, group):
    return rounds.current(session, now=now, group=group)[1].is_open


def test_a_group_writes_from_the_first_second_of_its_first_day_to_the_last_of_its_last(session, round_id, span, now):
    first, last = span[0] + timedelta(days=1), span[0] + timedelta(days=3)
    put(session, round_id, now, academic=(first, last))
    opens = datetime.combine(first, datetime.min.time(), ZONE)
    closes = datetime.combine(last, datetime.max.time().replace(microsecond=0), ZONE)
    for moment, expected in ((opens, True), (closes, True), (opens - timedelta(seconds=1), False)):
        assert is_open(session, moment, Group.ACADEMIC) is expected
        assert is_open(session, moment, Group.AGENCY) and is_open(session, moment, None)
    assert not is_open(session, closes + timedelta(seconds=1), Group.ACADEMIC)
    facts = rounds.current(session, now=opens, group=Group.ACADEMIC)[1]
    assert facts.is_windowed and (facts.opens_at, facts.closes_at) == (opens, closes)
    assert not rounds.current(session, now=opens, group=Group.AGENCY)[1].is_windowed


def test_before_its_window_the_round_is_coming_for_a_group_and_after_it_not_over(session, round_id, span, now):
    put(session, round_id, now, agency=(span[1], span[1]))
    first = session.get_one(Round, round_id).opens_at
    facts = rounds.current(session, now=first, group=Group.AGENCY)[1]
    assert facts.is_coming and not facts.is_open and not facts.is_over


def test_a_window_reaches_no_further_than_the_round_that_was_closed_early(session, round_id, span, now):
    put(session, round_id, now, academic=span)
    session.get_one(Round, round_id).closes_at = now - timedelta(hours=1)
    session.flush()
    facts = rounds.current(session, now=now, group=Group.ACADEMIC)[1]
    assert not facts.is_open and facts.is_over


def test_windows_are_put_anew_and_taken_away_with_a_trace(session, round_id, span, now):
    put(session, round_id, now, academic=span, agency=span)
    assert windows.of_round(session, round_id, zone=ZONE) == {Group.ACADEMIC: span, Group.AGENCY: span}
    put(session, round_id, now, academic=(span[1], span[1]), agency=(None, None))
    assert windows.of_round(session, round_id, zone=ZONE) == {Group.ACADEMIC: (span[1], span[1])}
    assert [w.group for w in windows.of_rounds(session)[round_id]] == [Group.ACADEMIC]
    assert session.scalars(select(Event.action)).all().count("round.windows") == 2


def test_days_that_cannot_be_are_told_at_their_fields_and_nothing_is_written(session, round_id, span, now):
    day = timedelta(days=1)
    assert faults(session, round_id, now, academic=(span[0] - day, span[1])) == {"opens_academic"}
    assert faults(session, round_id, now, agency=(span[0], span[1] + day)) == {"closes_agency"}
    assert faults(session, round_id, now, academic=(span[1], span[0])) == {"closes_academic"}
    assert faults(session, round_id, now, academic=(span[0], None)) == {"closes_academic"}
    assert faults(session, round_id, now, academic=(None, span[1]), agency=(span[1], span[0])) == {
        "opens_academic",
        "closes_agency",
    }
    assert session.scalars(select(StageWindow)).all() == []


def test_a_round_that_is_not_there_has_no_windows(session, now):
    with pytest.raises(NotFound):
        put(session, 10**9, now, academic=(date(2026, 11, 1), date(2026, 11, 2)))
