"""Rounds: opened, changed, extended, closed; what cannot be is told for each field, what is unwise only mentioned."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models import Event, Round, Submission
from models.vocabulary import Channel, Group, Level, SubmissionState
from services import consultations, plans, rounds
from services.consultations import TEXTS, Concern, Terms
from services.errors import NotFound, NotThisState, WrongRound

ZONE = ZoneInfo("Asia/Jakarta")
TODAY = date(2026, 11, 24)  # of the fixture `now`; the plan's round runs from 2 November 2026 to 31 January 2027
LAST_SECOND = datetime(2027, 1, 31, 16, 59, 59, tzinfo=UTC)
RAMADAN = {"name_id": "Ramadan 1448 H", "name_en": "Ramadan 1448 AH", "from": "2027-02-08", "to": "2027-03-09"}


@pytest.fixture
def deed(now):
    return {"zone": ZONE, "now": now, "actor_id": 7}


def terms(opens=date(2027, 4, 1), closes=date(2027, 4, 30), answer_by=date(2027, 6, 1), **texts):
    return Terms(opens, closes, answer_by, Level.INVOLVE, {name: f"isi {name}" for name in TEXTS} | texts)


def trace(session, action):
    return session.scalars(select(Event).where(Event.action == action)).one()


def refused(deed, *arguments, **more):
    with pytest.raises(WrongRound) as caught:
        deed(*arguments, **more)
    return {field: message for field, (message, _values) in caught.value.faults.items()}


def test_a_new_round_is_open_from_its_first_to_its_last_second_of_the_citys_clock(session, deed):
    round_id = consultations.begin(session, terms(), **deed)
    first, last = datetime(2027, 3, 31, 17, 0, tzinfo=UTC), datetime(2027, 4, 30, 16, 59, 59, tzinfo=UTC)
    for moment, is_open in ((first, True), (last, True), (last + timedelta(seconds=1), False)):
        found, facts = rounds.current(session, now=moment)
        assert (found, facts.is_open) == (round_id, is_open)
    assert rounds.current(session, now=first - timedelta(seconds=1))[0] != round_id
    assert consultations.terms(session, round_id, zone=ZONE) == terms()
    event = trace(session, "round.begin")
    assert (event.actor_id, event.subject_id, event.details["closes"]) == (7, str(round_id), "2027-04-30")


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"closes": date(2027, 3, 31)}, {"closes": "mendahului hari pertama"}),
        ({"answer_by": date(2027, 4, 29)}, {"answer_by": "mendahului hari terakhir"}),
        (
            {"closes": date(2027, 3, 1), "answer_by": date(2027, 2, 1)},
            {"closes": "mendahului hari pertama", "answer_by": "mendahului hari terakhir"},
        ),
        ({"opens": date(2026, 1, 1), "closes": date(2026, 2, 1)}, {"closes": "sudah lewat"}),
        ({"opens": date(2027, 1, 31)}, {"opens": "Bertumpang tindih"}),
        ({"opens": TODAY, "closes": TODAY}, {"opens": "Bertumpang tindih"}),
        ({"opens": date(2026, 10, 1), "closes": date(2026, 11, 24)}, {"closes": "Bertumpang tindih"}),
        ({"opens": date(2026, 10, 1), "closes": date(2027, 4, 1)}, {"closes": "Bertumpang tindih"}),
    ],
)
def test_days_that_cannot_be_are_told_for_their_field(session, deed, days, told):
    found = refused(consultations.begin, session, replace(terms(), **days), **deed)
    assert found.keys() == told.keys() and all(words in found[field] for field, words in told.items())
    assert len(session.scalars(select(Round)).all()) == 1


def test_a_round_may_begin_the_day_after_another_one_and_be_answered_on_its_last_day(session, deed):
    one_day = date(2027, 2, 1)
    assert consultations.begin(session, terms(one_day, one_day, one_day), **deed)


def test_a_change_outranks_the_plan_folder_and_names_what_changed(session, round_id, deed, now):
    before = consultations.terms(session, round_id, zone=ZONE)
    wanted = replace(before, closes=date(2027, 2, 5), texts=dict(before.texts) | {"title_id": "Judul baru"})
    consultations.change(session, round_id, wanted, **deed)
    assert consultations.terms(session, round_id, zone=ZONE) == wanted
    assert session.get(Round, round_id).changed_at == now
    assert trace(session, "round.change").details["changed"] == ["title_id", "closes"]


def test_changing_words_moves_no_moment(session, round_id, deed, now):
    consultations.close(session, round_id, now=now)
    before = consultations.terms(session, round_id, zone=ZONE)
    wanted = replace(before, texts=dict(before.texts) | {"open_id": "Lain"})
    consultations.change(session, round_id, wanted, **deed)
    assert session.get(Round, round_id).closes_at == now


def test_changing_does_not_close_a_round_behind_its_own_back(session, round_id, deed):
    before = consultations.terms(session, round_id, zone=ZONE)
    told = refused(consultations.change, session, round_id, replace(before, closes=date(2026, 11, 23)), **deed)
    assert "Tutup sekarang" in told["closes"]
    consultations.change(session, round_id, replace(before, closes=TODAY), **deed)


def test_changing_does_not_open_a_closed_round_again(session, round_id, deed, now):
    consultations.close(session, round_id, now=now - timedelta(days=1))
    before = consultations.terms(session, round_id, zone=ZONE)
    told = refused(consultations.change, session, round_id, replace(before, closes=date(2027, 2, 5)), **deed)
    assert "Perpanjang" in told["closes"]


def test_extending_an_open_round_needs_no_reason(session, round_id, deed):
    answer = date(2027, 4, 1)
    consultations.extend(session, round_id, date(2027, 2, 14), answer, reason="", **deed)
    assert rounds.current(session, now=LAST_SECOND + timedelta(days=14))[1].is_open
    assert trace(session, "round.extend").details["closes"] == ["2027-01-31", "2027-02-14"]


def test_a_closed_round_opens_again_for_a_reason_even_on_its_own_day(session, round_id, deed, now):
    consultations.close(session, round_id, now=now - timedelta(minutes=5))
    answer = date(2027, 4, 1)
    told = refused(consultations.extend, session, round_id, TODAY, answer, reason=" ", **deed)
    assert "alasannya" in told["reason"]
    consultations.extend(session, round_id, TODAY, answer, reason=" Banjir kemarin. ", **deed)
    assert rounds.current(session, now=now)[1].is_open
    assert trace(session, "round.extend").details["reason"] == "Banjir kemarin."


@pytest.mark.parametrize(
    ("closes", "answer_by", "field"),
    [
        (date(2027, 1, 31), date(2027, 4, 1), "closes"),
        (date(2026, 12, 1), date(2027, 4, 1), "closes"),
        (date(2027, 2, 14), date(2027, 2, 13), "answer_by"),
    ],
)
def test_an_extension_is_later_and_answered_after_it(session, round_id, deed, closes, answer_by, field):
    assert field in refused(consultations.extend, session, round_id, closes, answer_by, reason="", **deed)


def test_an_extension_does_not_run_into_the_next_round(session, round_id, deed):
    consultations.begin(session, terms(), **deed)
    answer = date(2027, 6, 1)
    told = refused(consultations.extend, session, round_id, date(2027, 4, 1), answer, reason="", **deed)
    assert "Bertumpang tindih" in told["closes"]
    consultations.extend(session, round_id, date(2027, 3, 31), answer, reason="", **deed)


def test_a_round_that_is_over_for_long_is_not_extended_into_the_past(session, round_id, deed, now):
    consultations.close(session, round_id, now=now)
    later = deed | {"now": now + timedelta(days=30)}
    told = refused(consultations.extend, session, round_id, date(2026, 12, 1), date(2027, 4, 1), reason="x", **later)
    assert "lewat" in told["closes"]


def test_closing_now_ends_it_at_once_and_only_once(session, round_id, now):
    consultations.close(session, round_id, now=now, actor_id=7)
    assert not rounds.current(session, now=now + timedelta(seconds=1))[1].is_open
    assert trace(session, "round.close").details["planned"].startswith("2027-01-31")
    with pytest.raises(NotThisState):
        consultations.close(session, round_id, now=now + timedelta(seconds=1))


def test_what_has_not_begun_cannot_be_closed(session, deed, now):
    round_id = consultations.begin(session, terms(), **deed)
    with pytest.raises(NotThisState):
        consultations.close(session, round_id, now=now)


def test_a_round_that_is_not_there_is_not_found(session, now, deed):
    for act in (
        lambda: consultations.terms(session, 99, zone=ZONE),
        lambda: consultations.change(session, 99, terms(), **deed),
        lambda: consultations.extend(session, 99, TODAY, TODAY, reason="", **deed),
        lambda: consultations.close(session, 99, now=now),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2027, 1, 1), date(2027, 1, 14), ()),
        (date(2027, 1, 1), date(2027, 1, 13), (Concern(13),)),
        (date(2027, 1, 20), date(2027, 2, 7), ()),
        (date(2027, 1, 20), date(2027, 2, 8), (Concern(1, "Ramadan 1448 H"),)),
        (date(2027, 3, 9), date(2027, 3, 30), (Concern(1, "Ramadan 1448 H"),)),
        (date(2027, 2, 10), date(2027, 2, 12), (Concern(3), Concern(3, "Ramadan 1448 H"))),
    ],
)
def test_short_days_and_the_fast_are_mentioned(first, last, expected):
    assert consultations.concerns(first, last, [RAMADAN], "id") == expected


def test_the_calendar_of_the_plan_is_asked_and_speaks_the_readers_language(session, deed, now):
    days = terms(date(2027, 2, 10), date(2027, 3, 31), date(2027, 4, 30))
    consultations.begin(session, days, **deed)
    calendar = plans.city(session)["calendar"]
    newest = consultations.rounds(session, calendar, zone=ZONE, now=now, lang="en")[0]
    assert [c.name.split()[0] for c in newest.concerns] == ["Ramadan", "Lebaran"]
    assert newest.level == "Involve" and newest.title == "isi title_en"
    later = consultations.rounds(session, calendar, zone=ZONE, now=now + timedelta(days=300), lang="id")
    assert [found.concerns for found in later] == [(), ()]


def test_a_round_counts_only_what_was_received(session, round_id, now):
    for number, state in enumerate((SubmissionState.RECEIVED, SubmissionState.RECEIVED, SubmissionState.HELD)):
        row = Submission(round_id=round_id, receipt_no=f"PKL-{number}", group=Group.CITIZEN, channel=Channel.WEB)
        row.state, row.received_at, row.text = state, now, "Banjir."
        session.add(row)
    session.flush()
    facts = consultations.rounds(session, (), zone=ZONE, now=now, lang="id")[0]
    assert (facts.received, facts.is_open, facts.is_over) == (2, True, False)
