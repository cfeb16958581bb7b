"""Evidence: the points behind a decision, with what stands beside each, and who is likely to do it."""

import pytest
from sqlalchemy import select

from models import Point, Programme, Reading, RefusedItem, RefusedMatch, Submission, Theme
from models.vocabulary import MatchState, SubmissionState
from services import evidence
from services.errors import NotFound
from tests.services import decided
from tests.services.test_answers import counted


@pytest.fixture
def theme(session, run_id):
    return decided.theme_with(session, 3)


def test_a_theme_brings_its_points_and_their_own_decisions_in_two_statements(session, round_id, theme):
    own = decided.decision(session, round_id, point_id=theme[1][0])
    with counted(session) as told:
        found = evidence.of_theme(session, round_id, theme[0])
    assert len(told) == 2
    assert (found.points, [voice.point_id for voice in found.voices]) == (len(theme[1]), theme[1])
    assert (found.voices[0].own_id, found.voices[1].own_id) == (own.id, None)
    assert found.title == session.get(Theme, theme[0]).name


def test_what_was_withdrawn_or_is_of_another_round_is_not_behind_it(session, round_id, theme):
    session.scalar(select(Submission).where(Submission.points.any(id=theme[1][0]))).state = SubmissionState.WITHDRAWN
    session.flush()
    assert theme[1][0] not in [v.point_id for v in evidence.of_theme(session, round_id, theme[0]).voices]
    assert evidence.of_theme(session, round_id + 1, theme[0]).points == 0
    with pytest.raises(NotFound):
        evidence.of_points(session, round_id, theme[1][:2])


@pytest.mark.parametrize(
    "ask", [lambda s, r: evidence.of_theme(s, r, 10**6), lambda s, r: evidence.of_group(s, r, "x")]
)
def test_what_is_not_there_has_no_evidence(session, round_id, run_id, ask):
    with pytest.raises(NotFound):
        ask(session, round_id)


def test_a_group_and_chosen_points_bring_theirs(session, round_id, theme):
    for point_id in theme[1][:2]:
        session.get(Reading, point_id).duplicate_group = "kembar"
    session.flush()
    assert evidence.of_group(session, round_id, "kembar").points == 2
    assert evidence.of_points(session, round_id, theme[1][1:3]).points == 2


def test_what_was_refused_before_stands_beside_the_point_unless_a_person_denied_it(session, round_id, theme, now):
    item = RefusedItem(cycle="2021", code="A-1", text="Pompa", reason="Belum ada dana.", imported_at=now)
    session.add(item)
    session.flush()
    match = RefusedMatch(
        point_id=theme[1][0], item_id=item.id, similarity=0.5, words=["pompa"], state=MatchState.SUGGESTED
    )
    session.add(match)
    session.flush()
    assert evidence.of_theme(session, round_id, theme[0]).voices[0].reason_before == "Belum ada dana."
    match.state = MatchState.DENIED
    session.flush()
    assert evidence.of_theme(session, round_id, theme[0]).voices[0].reason_before == ""


def test_an_agency_is_proposed_by_programme_else_by_earlier_decisions_else_not_at_all(session, round_id, theme):
    found = evidence.of_theme(session, round_id, theme[0])
    if not found.programmes:
        assert evidence.likely_agency(session, found) is None
    other = session.scalar(select(Theme.id).where(Theme.dimension == found.dimension, Theme.id != theme[0]))
    decided.decision(session, round_id, theme_id=other, lead_agency="dpupr")
    likely = evidence.likely_agency(session, found)
    assert likely.code == "dpupr" and "1 kali" in likely.reason
    session.add(Programme(code="P-1", name="Pompa", agency="dinkominfo"))
    session.flush()
    session.get(Point, theme[1][0]).programme = "P-1"
    session.flush()
    assert evidence.likely_agency(session, evidence.of_theme(session, round_id, theme[0])).code == "dinkominfo"


def test_agencies_and_programmes_are_offered_in_one_statement(session, now):
    session.add(Programme(code="P-1", name="Pompa", agency="dinkominfo"))
    session.flush()
    with counted(session) as told:
        agencies, programmes = evidence.choices(session)
    assert len(told) == 1
    assert "dinkominfo" in dict(agencies) and programmes == [("P-1", "P-1 Pompa")]
