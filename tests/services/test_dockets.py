"""Dockets: lists of what was decided, by state, code, agency and words; nothing of what does not stand any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Decision, Finding, Reading, Submission, Theme
from models.vocabulary import DecisionCode, DecisionState, SubmissionState
from services import dockets, search, undecided
from services.dockets import Filter
from services.errors import NotFound
from tests.services import decided, factories
from tests.services.test_answers import counted


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def theme(session, run_id):
    return decided.theme_with(session, 3)


def listed(session, round_id, today, **only):
    return [entry.id for entry in dockets.page(session, round_id, Filter(**only), today=today)[0]]


def test_a_list_shows_what_was_decided_by_whom_and_how_many_points_it_answers(session, round_id, theme, today):
    maker = factories.person(session, "Fulan").id
    on_theme = decided.decision(session, round_id, theme_id=theme[0], made_by=maker)
    own = decided.decision(session, round_id, point_id=theme[1][0], code=DecisionCode.NOTED)
    entries, cursor = dockets.page(session, round_id, Filter(), today=today)
    assert [entry.id for entry in entries] == [own.id, on_theme.id] and cursor is None
    assert (entries[1].kind, entries[1].points, entries[1].made_by) == ("theme", len(theme[1]), "Fulan")
    assert (entries[0].kind, entries[0].points) == ("point", 1)
    assert entries[0].text == session.get(Reading, theme[1][0]).masked_text


def test_a_group_is_shown_by_its_first_text_and_its_size(session, round_id, theme, today):
    for point_id in theme[1][:2]:
        session.get(Reading, point_id).duplicate_group = "kembar"
    session.flush()
    decided.decision(session, round_id, duplicate_group="kembar")
    entry = dockets.page(session, round_id, Filter(), today=today)[0][0]
    assert (entry.key, entry.points) == ("kembar", 2)
    assert entry.text == session.get(Reading, theme[1][0]).masked_text


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ({"state": DecisionState.AWAITING}, {"state": DecisionState.RETURNED}),
        ({"code": DecisionCode.NOT_ACCEPTED}, {"code": DecisionCode.NOTED}),
        ({"agency": "dinkominfo"}, {"agency": "dpupr"}),
        ({"q": "provinsi"}, {"q": "kelinci"}),
        ({"q": "%"}, None),
    ],
)
def test_each_filter_finds_and_leaves_out(session, round_id, theme, today, right, wrong):
    facts = {"code": DecisionCode.NOT_ACCEPTED, "state": DecisionState.AWAITING, "confirmed_at": None}
    row = decided.decision(
        session, round_id, theme_id=theme[0], lead_agency="dinkominfo", reason="Menunggu 100 % izin provinsi.", **facts
    )
    assert listed(session, round_id, today, **right) == [row.id]
    if wrong is not None:
        assert listed(session, round_id, today, **wrong) == []


def test_the_dimension_of_a_theme_and_of_a_point_is_filtered_by(session, round_id, theme, today):
    dimension = session.get(Theme, theme[0]).dimension
    other = session.scalar(select(Theme.dimension).where(Theme.dimension != dimension))
    decided.decision(session, round_id, theme_id=theme[0])
    assert len(listed(session, round_id, today, dimension=dimension)) == 1
    assert listed(session, round_id, today, dimension=other) == []


def test_words_of_a_point_find_its_decision(session, round_id, theme, today):
    search.index(session, 10_000)
    row = decided.decision(session, round_id, point_id=theme[1][0])
    said = max(session.get(Reading, theme[1][0]).masked_text.split(), key=len)
    assert row.id in listed(session, round_id, today, q=said)
    assert listed(session, round_id, today, q="kelincipercobaan") == []


def test_what_is_late_is_confirmed_and_not_done(session, round_id, theme, today, now):
    late = {"due_on": today - timedelta(days=1)}
    row = decided.decision(session, round_id, theme_id=theme[0], lead_agency="dinkominfo", **late)
    decided.decision(session, round_id, point_id=theme[1][0], done_at=now, **late)
    decided.decision(session, round_id, point_id=theme[1][1], state=DecisionState.AWAITING, confirmed_at=None, **late)
    decided.decision(session, round_id, point_id=theme[1][2], due_on=today)
    assert listed(session, round_id, today, is_overdue=True) == [row.id]
    assert dockets.counts(session, round_id, today=today)["overdue"] == 1
    mine = dockets.of_agency(session, "dinkominfo", today=today)
    assert [(entry.id, entry.is_overdue) for entry in mine] == [(row.id, True)]
    assert dockets.of_agency(session, "dpupr", today=today) == []


def test_what_is_replaced_or_withdrawn_is_not_listed_and_the_old_stays_readable(session, round_id, theme, today):
    old = decided.decision(session, round_id, theme_id=theme[0], state=DecisionState.REPLACED)
    gone = decided.decision(session, round_id, point_id=theme[1][0])
    session.scalar(select(Submission).where(Submission.points.any(id=theme[1][0]))).state = SubmissionState.WITHDRAWN
    session.flush()
    assert listed(session, round_id, today) == []
    assert dockets.one(session, old.id, today=today).state is DecisionState.REPLACED
    with pytest.raises(NotFound):
        dockets.one(session, gone.id, today=today)


def test_pages_follow_one_another_and_take_two_statements(session, round_id, run_id, today):
    points = list(session.scalars(select(Reading.point_id)))[: dockets.PAGE + 3]
    for point_id in points:
        decided.decision(session, round_id, point_id=point_id)
    with counted(session) as told:
        first, cursor = dockets.page(session, round_id, Filter(), today=today)
    second, end = dockets.page(session, round_id, Filter(), today=today, after=cursor)
    assert len(told) <= 2
    assert (len(first), len(second), end) == (dockets.PAGE, 3, None)
    assert not {e.id for e in first} & {e.id for e in second}


def test_themes_without_a_decision_stand_in_the_order_of_their_places(session, round_id, run_id):
    every, cursor = [], 0
    while cursor is not None:
        some, cursor = undecided.themes(session, round_id, after=cursor)
        every += some
    places = [one.position for one in every if one.position is not None]
    assert places == sorted(places) and len({one.theme_id for one in every}) == len(every)
    first = every[0]
    decided.decision(session, round_id, theme_id=first.theme_id, state=DecisionState.DRAFTED)
    assert undecided.themes(session, round_id)[0][0].theme_id == first.theme_id
    session.scalar(select(Decision)).state = DecisionState.REPLACED
    session.flush()
    decided.decision(session, round_id, theme_id=first.theme_id)
    assert first.theme_id not in {one.theme_id for one in undecided.themes(session, round_id)[0]}
    dimension = session.scalar(select(Theme.dimension).join(Finding, Finding.theme_id == Theme.id).limit(1))
    only = undecided.themes(session, round_id, dimension=dimension)[0]
    assert only and len(only) < len(every)


def test_the_desk_speaks_of_the_newest_round_or_of_the_one_asked_for(session, round_id, run_id):
    assert dockets.round_of(session)[0] == round_id == dockets.round_of(session, round_id)[0]
    with pytest.raises(NotFound):
        dockets.round_of(session, 10**6)
