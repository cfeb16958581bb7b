"""A meeting: who came, what was agreed, and each line a point in the same list as everybody's."""

import pytest
from sqlalchemy import select

from models import Agreement, Attendance, Event, Submission
from portal.extensions import db
from tests.portal.conftest import hidden, read, sign_in

FACTS = {
    "title": "FGD rob Krapyak",
    "kind": "fgd_meeting",
    "held_on": "2026-11-20",
    "place": "Balai",
    "area": "krapyak",
}


@pytest.fixture
def lead(client):
    sign_in(client)
    return client


def send(client, path, data, page=None):
    return client.post(path, data=hidden(client.get(page or path).text) | data)


@pytest.fixture
def meeting(lead):
    answer = send(lead, "/staff/meetings", FACTS)
    assert answer.status_code == 303, answer.text
    return answer.location


def all_of(app, model):
    with app.app_context():
        found = list(db.session.scalars(select(model)))
        db.session.expunge_all()
    return found


def test_a_meeting_stands_in_the_list_and_can_be_corrected(lead, meeting):
    assert "FGD rob Krapyak" in lead.get("/staff/meetings").text
    page = lead.get(meeting).text
    assert "Jumat, 20 November 2026" in page and "Krapyak" in page
    changed = send(lead, f"{meeting}/change", FACTS | {"title": "FGD rob dan drainase", "kind": "musrenbang_meeting"})
    assert changed.status_code == 303
    assert "FGD rob dan drainase" in lead.get(meeting).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"held_on": "31-02-2026"},
        {"held_on": ""},
        {"kind": "pesta"},
        {"area": "atlantis"},
        {"title": "x" * 201},
    ],
)
def test_a_meeting_with_something_missing_comes_back_filled(lead, meeting, wrong):
    for path in ("/staff/meetings", f"{meeting}/change"):
        answer = send(lead, path, FACTS | {"place": "Balai desa"} | wrong)
        assert answer.status_code == 422 and "Balai desa" in answer.text and "Galat:" in answer.text


@pytest.mark.parametrize(
    ("kind", "channel"), [("fgd_meeting", "fgd"), ("fkp", "fgd"), ("musrenbang_meeting", "musrenbang")]
)
def test_a_line_is_a_point_of_the_meetings_channel_and_the_page_is_ready_for_the_next(app, lead, kind, channel):
    meeting = send(lead, "/staff/meetings", FACTS | {"kind": kind}).location
    answer = send(lead, meeting, {"text": "Pompa sering mati", "dimension": "DIS", "group": "community"})
    assert answer.status_code == 303 and "dimension=DIS" in answer.location and "group=community" in answer.location
    row = all_of(app, Submission)[0]
    assert (row.channel, row.group, row.area, row.text) == (channel, "community", "krapyak", "Pompa sering mati")
    assert row.meeting_id == int(meeting.rsplit("/", 1)[1])
    page = lead.get(answer.location).text
    assert "Pompa sering mati" in page and "autofocus" in page and '<option value="DIS" selected' in page


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"text": "x" * 1501}, {"dimension": "XYZ"}, {"group": "hantu"}])
def test_a_line_that_cannot_be_taken_makes_no_point(app, lead, meeting, wrong):
    answer = send(lead, meeting, {"text": "Jalan gelap", "dimension": "", "group": "citizen"} | wrong)
    assert answer.status_code == 422
    assert all_of(app, Submission) == []


def test_the_same_line_sent_twice_is_one_point_and_another_text_is_asked_about(app, lead, meeting):
    fields = hidden(lead.get(meeting).text) | {"text": "Jalan gelap", "dimension": "", "group": "citizen"}
    assert [lead.post(meeting, data=fields).status_code for _ in range(2)] == [303, 303]
    assert len(all_of(app, Submission)) == 1
    other = lead.post(meeting, data=fields | {"text": "Jalan rusak"})
    assert other.status_code == 409 and "Jalan rusak" in other.text
    assert len(all_of(app, Submission)) == 1


def test_a_point_is_written_right_and_read_again_but_stays(app, lead, settings, meeting):
    send(lead, meeting, {"text": "Jalan gelap", "dimension": "", "group": "citizen"})
    read(settings)
    path = f"{meeting}/points/{all_of(app, Submission)[0].id}"
    assert send(lead, path, {"text": "", "dimension": "", "group": "citizen"}).status_code == 422
    assert send(lead, path, {"text": "Jalan Seruni gelap", "dimension": "MOB", "group": "community"}).status_code == 303
    row = all_of(app, Submission)[0]
    assert (row.text, row.group) == ("Jalan Seruni gelap", "community")
    page = lead.get(meeting).text
    assert "Jalan Seruni gelap" in page and "diperbaiki" in page
    assert [event.subject_id for event in all_of(app, Event) if event.action == "point.change"] == ["1"]
    read(settings)
    assert "Jalan Seruni gelap" in lead.get("/staff/voices/originals?channel=fgd").text


def test_attendance_is_put_down_changed_and_taken_out(app, lead, meeting):
    page = lead.get(meeting).text
    assert "Perempuan dan PKK" in page
    fields = {"invited-women": "20", "women-women": "15", "men-women": "0", "men-fishers": "9"}
    assert send(lead, f"{meeting}/attendance", fields, meeting).status_code == 303
    came = {row.constituency: (row.invited, row.women, row.men) for row in all_of(app, Attendance)}
    assert came == {"women": (20, 15, 0), "fishers": (0, 0, 9)}
    assert "24 orang hadir" in lead.get(meeting).text
    assert send(lead, f"{meeting}/attendance", {"women-women": "16"}, meeting).status_code == 303
    assert {row.constituency: row.women for row in all_of(app, Attendance)} == {"women": 16}


@pytest.mark.parametrize("wrong", ["-1", "10001", "banyak", "1e3", "9" * 30])
def test_attendance_that_is_no_number_of_people_changes_nothing(app, lead, meeting, wrong):
    send(lead, f"{meeting}/attendance", {"women-women": "15"}, meeting)
    answer = send(lead, f"{meeting}/attendance", {"women-women": "16", "men-fishers": wrong}, meeting)
    assert answer.status_code == 422 and "dari 0 sampai 10.000" in answer.text
    assert {row.constituency: row.women for row in all_of(app, Attendance)} == {"women": 15}


def test_an_agreement_is_put_down_changed_and_taken_out(app, lead, meeting):
    fields = {"subject": "Pompa", "agreed": "Jadwal jaga dibuat.", "responsible": "DPUPR", "due_on": "2026-12-31"}
    assert send(lead, f"{meeting}/agreements", fields, meeting).status_code == 303
    assert "Kamis, 31 Desember 2026" in lead.get(meeting).text
    path = f"{meeting}/agreements/{all_of(app, Agreement)[0].id}"
    assert "Jadwal jaga dibuat." in lead.get(path).text
    assert send(lead, path, fields | {"agreed": "Jadwal jaga diumumkan.", "due_on": ""}).status_code == 303
    kept = all_of(app, Agreement)[0]
    assert (kept.text, kept.due_on) == ("Jadwal jaga diumumkan.", None)
    sheet = lead.get(f"{meeting}/sheet").text
    assert "Jadwal jaga diumumkan." in sheet and "Tanda tangan" in sheet
    assert send(lead, f"{path}/drop", {}, path).status_code == 303
    assert all_of(app, Agreement) == []


@pytest.mark.parametrize("wrong", [{"subject": ""}, {"agreed": " "}, {"due_on": "besok"}, {"responsible": "x" * 201}])
def test_an_agreement_with_something_wrong_comes_back_filled(app, lead, meeting, wrong):
    fields = {"subject": "Pompa", "agreed": "Jadwal jaga dibuat.", "responsible": "DPUPR", "due_on": ""} | wrong
    answer = send(lead, f"{meeting}/agreements", fields, meeting)
    assert answer.status_code == 422 and "<details open>" in answer.text
    assert all_of(app, Agreement) == []


def test_what_belongs_to_another_meeting_is_not_there(app, lead, meeting):
    send(lead, f"{meeting}/agreements", {"subject": "Pompa", "agreed": "Jadwal."}, meeting)
    send(lead, meeting, {"text": "Jalan gelap", "dimension": "", "group": "citizen"})
    other = send(lead, "/staff/meetings", FACTS).location
    for path in ("agreements/1", "points/1"):
        assert lead.get(f"{meeting}/{path}").status_code == 200
        assert lead.get(f"{other}/{path}").status_code == 404
    assert send(lead, f"{other}/agreements/1/drop", {}, other).status_code == 404
