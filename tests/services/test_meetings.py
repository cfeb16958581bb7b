"""Meetings: attendance with its zeros, agreements of this meeting alone, points corrected and kept."""

from datetime import date

import pytest
from sqlalchemy import select

from models import Event, Point
from models.vocabulary import Channel, Group, MeetingKind
from services import erasures, meetings, submissions
from services.errors import NotFound
from services.submissions import Draft
from tests.services.factories import key

FACTS = meetings.Facts(MeetingKind.FKP, "Forum rancangan awal", date(2026, 11, 20), "Balai", "krapyak")


@pytest.fixture
def meeting_id(session, now):
    return meetings.hold(session, FACTS, now=now)


def say(session, meeting_id, round_id, now, text="Pompa sering mati."):
    draft = Draft(text, channel=Channel.FGD, group=Group.COMMUNITY, meeting_id=meeting_id)
    submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)
    return meetings.spoken(session, meeting_id)[0].point_id


def test_a_meeting_is_put_down_and_corrected(session, meeting_id, now):
    assert meetings.one(session, meeting_id).facts == FACTS
    changed = meetings.Facts(MeetingKind.FGD_MEETING, "FGD", date(2026, 11, 21))
    meetings.change(session, meeting_id, changed, now=now)
    assert meetings.one(session, meeting_id).facts == changed
    with pytest.raises(NotFound):
        meetings.change(session, 10**9, changed, now=now)


def test_every_constituency_has_its_row_also_without_anybody(session, meeting_id, now):
    codes = {code for code, _label in meetings.constituencies(session)}
    assert {"women", "council", "security", "disability"} <= codes
    meetings.set_attendance(session, meeting_id, {"women": (9, 5, 0), "council": (0, 0, 0)}, now=now)
    came = {row.code: (row.invited, row.women, row.men) for row in meetings.attendance(session, meeting_id)}
    assert came.keys() == codes and came["women"] == (9, 5, 0) and came["council"] == (0, 0, 0)
    assert meetings.one(session, meeting_id).people == 5
    meetings.set_attendance(session, meeting_id, {}, now=now)
    assert meetings.one(session, meeting_id).people == 0


def test_an_agreement_belongs_to_its_meeting(session, meeting_id, now):
    agreed = {"subject": "Pompa", "text": "Jadwal.", "responsible": "DPUPR", "due_on": date(2026, 12, 31)}
    agreement_id = meetings.agree(session, meeting_id, now=now, **agreed)
    meetings.agree(session, meeting_id, now=now, agreement_id=agreement_id, **agreed | {"text": "Jadwal jaga."})
    assert [one.text for one in meetings.agreements(session, meeting_id)] == ["Jadwal jaga."]
    other = meetings.hold(session, FACTS, now=now)
    for deed in (meetings.agreement, lambda *ids: meetings.drop(*ids, now=now)):
        with pytest.raises(NotFound):
            deed(session, other, agreement_id)
    meetings.drop(session, meeting_id, agreement_id, now=now)
    assert meetings.agreements(session, meeting_id) == []


def test_a_point_is_corrected_with_a_trace_and_without_its_words_in_the_audit(session, meeting_id, round_id, now):
    point_id = say(session, meeting_id, round_id, now)
    said = {"text": "Pompa Krapyak sering mati.", "dimension": "DIS", "group": Group.CITIZEN}
    meetings.correct(session, meeting_id, point_id, now=now, **said)
    point = session.get_one(Point, point_id)
    assert (point.text, point.submission.text, point.dimension) == (said["text"], said["text"], "DIS")
    assert meetings.point(session, meeting_id, point_id).is_changed
    events = session.scalars(select(Event)).all()
    assert "point.change" in {event.action for event in events}
    assert not any("Pompa" in str(event.details) for event in events)


def test_a_point_of_another_meeting_or_an_erased_one_is_not_there(session, meeting_id, round_id, now):
    point_id, other = say(session, meeting_id, round_id, now), meetings.hold(session, FACTS, now=now)
    said = {"text": "Lain.", "dimension": None, "group": Group.CITIZEN}
    with pytest.raises(NotFound):
        meetings.correct(session, other, point_id, now=now, **said)
    erasures.erase(session, session.get_one(Point, point_id).submission_id, now=now)
    with pytest.raises(NotFound):
        meetings.correct(session, meeting_id, point_id, now=now, **said)
    assert meetings.spoken(session, meeting_id) == [] and meetings.one(session, meeting_id).points == 0


def test_every_kind_of_meeting_has_its_channel():
    assert set(meetings.CHANNELS) == set(MeetingKind)
