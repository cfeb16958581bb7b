"""Responses: drafted from facts, signed by a person, out with a release alone, and none forgotten."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from models import Agency, AnsweredPoint, Decision, Event, Point, Programme, Response, Submission
from models.submission import STANDS
from models.vocabulary import DecisionCode, DecisionState, ReasonCode
from services import answers, decisions, responses
from services.decisions import Target
from services.errors import AlreadyDecided, NotFound, NotThisState, Unexplained
from services.phrasings import REASONS, first_wording
from tests.services import decided, factories
from tests.services.test_decisions import NOTED

TEXT = "Jadwal jaga pompa kami masukkan ke naskah."


@pytest.fixture
def actor(session):
    return factories.person(session, "Fulan").id


@pytest.fixture
def theme(session, run_id):
    return decided.theme_with(session, 3)


@pytest.fixture
def row(session, round_id, theme):
    return decided.decision(session, round_id, theme_id=theme[0])


def write(session, row, actor, now, text=TEXT, **more):
    responses.write(session, row.id, {"id": text}, actor_id=actor, now=now, **more)
    return session.scalar(select(Response).where(Response.decision_id == row.id))


def sign(session, row, told, actor, now):
    return responses.sign(session, {row.id: responses.stamp(told)}, actor_id=actor, now=now)


def wording(session, round_id, target, now, **facts):
    row = decided.decision(session, round_id, **target, **facts)
    return first_wording(answers.of_decisions(session, [row.id], now=now)[row.id])


def test_the_first_wording_says_what_changes_where_who_and_by_when(session, round_id, theme, now):
    session.add(Programme(code="P-1", name="Rumah pompa", agency="dinkominfo"))
    agency = session.get(Agency, "dinkominfo").name
    facts = {"programme": "P-1", "paragraph_mark": "P-A-01", "lead_agency": "dinkominfo", "due_on": date(2027, 6, 1)}
    said = wording(session, round_id, {"theme_id": theme[0]}, now, **facts)
    assert said == (
        "Masukan ini kami terima. Jadwal jaga pompa masuk naskah. Perubahannya di paragraf P-A-01 naskah. "
        "Programnya: Rumah pompa. Pompa lama sudah sering mati dan tidak cukup. "
        f"Yang mengerjakannya {agency}, paling lambat 1 Juni 2027."
    )


def test_the_first_wording_of_a_refusal_says_why_and_of_a_delay_until_when(session, round_id, theme, now):
    refused = {"code": DecisionCode.NOT_ACCEPTED, "reason_code": ReasonCode.AUTHORITY, "change": ""}
    said = wording(session, round_id, {"theme_id": theme[0]}, now, **refused)
    assert said.startswith("Masukan ini tidak dapat kami terima. Alasannya kewenangan provinsi atau pusat. Pompa lama")
    later = {"code": DecisionCode.DEFERRED, "reason_code": ReasonCode.BUDGET, "deferred_to": "2028.", "change": ""}
    assert "kami tunda sampai 2028. Alasannya" in wording(session, round_id, {"point_id": theme[1][0]}, now, **later)


@pytest.mark.parametrize("code", list(DecisionCode))
def test_every_code_has_a_first_wording(session, round_id, theme, now, code):
    said = wording(session, round_id, {"theme_id": theme[0]}, now, code=code, deferred_to="2028", forwarded_to="Pusat")
    assert "{" not in said and said.endswith(".")


def test_every_reason_has_a_beginning_that_nobody_can_sign_as_it_is(session, row, actor, now):
    assert set(REASONS) == set(ReasonCode)
    for text in REASONS.values():
        with pytest.raises(Unexplained):
            write(session, row, actor, now, text)


def test_drafts_are_made_once_for_what_is_confirmed_and_nobody_has_signed_them(
    session, round_id, row, theme, actor, now
):
    decided.decision(session, round_id, point_id=theme[1][0], state=DecisionState.AWAITING, confirmed_at=None)
    assert responses.draft(session, round_id, actor_id=actor, now=now) == 1
    assert responses.draft(session, round_id, actor_id=actor, now=now) == 0
    told = responses.of_decision(session, row.id)
    assert told.text_id.startswith("Masukan ini kami terima.") and not told.is_ready


def test_who_signs_has_read_this_very_text(session, row, actor, now):
    told = write(session, row, actor, now)
    read = responses.stamp(told)
    write(session, row, actor, now + timedelta(seconds=1), "Teks lain yang juga utuh isinya.")
    with pytest.raises(AlreadyDecided):
        responses.sign(session, {row.id: read}, actor_id=actor, now=now)
    assert told.ready_at is None
    assert sign(session, row, told, actor, now) == 1
    assert (told.ready_at, told.ready_by) == (now, actor)


def test_two_who_write_at_once_do_not_write_over_each_other(session, row, actor, now):
    write(session, row, actor, now, seen="")
    with pytest.raises(AlreadyDecided):
        write(session, row, actor, now, "Teks lain yang juga utuh isinya.", seen="")


def test_writing_it_anew_takes_the_signature_away(session, row, actor, now):
    told = write(session, row, actor, now)
    sign(session, row, told, actor, now)
    write(session, row, actor, now, "Teks lain yang juga utuh isinya.")
    assert told.ready_at is None
    with pytest.raises(NotThisState):
        responses.unsign(session, row.id, actor_id=actor, now=now)
    sign(session, row, told, actor, now)
    responses.unsign(session, row.id, actor_id=actor, now=now)
    assert told.ready_at is None


@pytest.mark.parametrize("state", [DecisionState.AWAITING, DecisionState.RETURNED, DecisionState.DRAFTED])
def test_what_is_not_confirmed_cannot_be_signed(session, row, actor, now, state):
    told = write(session, row, actor, now)
    row.state = state
    with pytest.raises(NotThisState):
        sign(session, row, told, actor, now)
    assert told.ready_at is None


def test_an_empty_text_is_not_kept_and_an_unknown_decision_is_not_there(session, row, actor, now):
    with pytest.raises(Unexplained):
        write(session, row, actor, now, " ")
    with pytest.raises(NotFound):
        responses.write(session, 10**6, {"id": TEXT}, actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        responses.sign(session, {row.id: ""}, actor_id=actor, now=now)


def test_what_is_out_is_not_written_over(session, round_id, row, actor, now):
    told = write(session, row, actor, now)
    sign(session, row, told, actor, now)
    responses.hand_out(session, decided.release(session, round_id).id)
    for deed in (responses.unsign, lambda *a, **k: write(session, row, actor, now)):
        with pytest.raises(NotThisState):
            deed(session, row.id, actor_id=actor, now=now)
    assert told.text_id == TEXT


def test_the_audit_tells_the_languages_and_no_words(session, row, actor, now):
    write(session, row, actor, now)
    told = session.scalar(select(Event).where(Event.action == "response.write"))
    assert told.details["new"] == {"in": ["id"]}


def test_every_point_is_counted_by_how_far_its_answer_has_come(session, round_id, row, theme, actor, now):
    total = session.scalar(select(func.count(Point.id)).join(Submission).where(Submission.round_id == round_id, STANDS))
    points = theme[1]
    assert responses.counts(session, round_id)["unwritten"] == len(points)
    told = write(session, row, actor, now)
    assert responses.counts(session, round_id)["unsigned"] == len(points)
    sign(session, row, told, actor, now)
    decided.decision(session, round_id, point_id=points[0], state=DecisionState.AWAITING, confirmed_at=None)
    assert responses.counts(session, round_id) == {
        "undecided": total - len(points),
        "unconfirmed": 1,
        "unwritten": 0,
        "unsigned": 0,
        "ready": len(points) - 1,
        "released": 0,
    }
    lacking = {one.point_id: one.step for one in responses.lacking(session, round_id, after=points[0] - 1)}
    assert lacking[points[0]] == "unconfirmed"
    assert not set(points[1:]) & set(lacking)


def test_the_list_of_those_without_an_answer_is_read_page_by_page(session, round_id, run_id):
    first = responses.lacking(session, round_id)
    assert len(first) == responses.PAGE + 1
    following = responses.lacking(session, round_id, after=first[responses.PAGE - 1].point_id)
    assert following[0] == first[-1]


def test_a_release_gives_each_point_the_answer_that_counts_for_it(session, round_id, row, theme, actor, now):
    points = theme[1]
    sign(session, row, write(session, row, actor, now), actor, now)
    target = Target("point", points[0])
    own = session.get(Decision, decisions.decide(session, round_id, [target], NOTED, actor_id=actor, now=now)[0])
    release = decided.release(session, round_id)
    assert responses.hand_out(session, release.id) == len(points) - 1
    told = write(session, own, actor, now, "Dukungan Anda kami catat dengan baik.")
    sign(session, own, told, actor, now)
    later = decided.release(session, round_id, number=2)
    assert responses.hand_out(session, later.id) == len(points)
    assert responses.hand_out(session, later.id) == len(points)
    given = dict(
        session.execute(select(AnsweredPoint.point_id, AnsweredPoint.response_id).filter_by(release_id=later.id)).all()
    )
    assert given[points[0]] == told.id
    assert answers.of_points(session, points, now=now, is_published=True)[points[0]].decision_id == own.id


def test_a_release_takes_nothing_that_is_not_signed_or_of_another_round(session, round_id, row, theme, actor, now):
    write(session, row, actor, now)
    release = decided.release(session, round_id)
    assert responses.hand_out(session, release.id) == 0
    assert answers.of_points(session, theme[1], now=now, is_published=True) == {}


def test_what_was_signed_after_the_release_was_approved_waits_for_the_next(session, round_id, row, actor, now):
    told = write(session, row, actor, now)
    sign(session, row, told, actor, now + timedelta(minutes=1))
    release = decided.release(session, round_id)
    release.approved_at = now
    assert responses.hand_out(session, release.id) == 0 and told.release_id is None
    later = decided.release(session, round_id, number=2)
    later.approved_at = now + timedelta(minutes=2)
    assert responses.hand_out(session, later.id) > 0


def test_a_point_can_be_asked_for_by_how_far_its_answer_has_come(session, round_id, row, theme, actor, now):
    found = responses.lacking(session, round_id, step="unwritten")
    assert [one.point_id for one in found] == theme[1] and {one.step for one in found} == {"unwritten"}
    assert responses.lacking(session, round_id, step="ready") == []


def test_the_pages_of_texts_are_told_by_how_far_they_have_come(session, round_id, row, actor, now):
    assert [n for n, _ in responses.page(session, round_id)] == [row.id]
    assert [n for n, _ in responses.page(session, round_id, "unwritten")] == [row.id]
    assert [n for n, _ in responses.page(session, round_id, "ready")] == []
    assert [n for n, _ in responses.page(session, round_id, after=row.id)] == []
    told = write(session, row, actor, now)
    assert [n for n, _ in responses.page(session, round_id, "unsigned")] == [row.id]
    sign(session, row, told, actor, now)
    assert [n for n, _ in responses.page(session, round_id, "ready")] == [row.id]
