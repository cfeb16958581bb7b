"""Scores: nobody sees another's before they are opened, what is left out stays out, and a typist is named."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Event, Finding, Role, Score
from services import schemes, scoreboards, scores
from services.criteria import Row, Wanted
from services.errors import NotFound, NotThisState, WrongScore
from tests.services.factories import person


@pytest.fixture
def lead(session):
    return person(session, "Ketua")


@pytest.fixture
def scheme(session, run_id, round_id, lead, now):
    made = schemes.save(session, round_id, Wanted("usg", (Row("k1", 100),)), why="", actor_id=lead.id, now=now)
    schemes.fix(session, made, actor_id=lead.id, now=now)
    return made


@pytest.fixture
def themes(session, run_id):
    return session.scalars(
        select(Finding.theme_id)
        .where(Finding.run_id == run_id, Finding.position.is_not(None))
        .order_by(Finding.position)
    ).all()


def give(session, scheme, who, values, now, actor=None):
    return scores.give(session, scheme, who.id, values, actor_id=(actor or who).id, now=now)


def events(session, action="score.give"):
    return session.scalars(select(Event).where(Event.action == action).order_by(Event.id)).all()


def test_a_reviewer_gives_changes_and_takes_back_and_may_leave_out(session, scheme, lead, themes, now):
    assert give(session, scheme, lead, {(themes[0], "u"): 5, (themes[0], "s"): 3, (themes[0], "g"): None}, now) == 2
    assert give(session, scheme, lead, {(themes[0], "u"): 4, (themes[0], "s"): None}, now) == 2
    assert give(session, scheme, lead, {(themes[0], "u"): 4}, now) == 0
    assert scores.own(session, scheme, lead.id) == {(themes[0], "u"): 4}
    assert len(events(session)) == 2


@pytest.mark.parametrize(("code", "value"), [("u", 0), ("u", 6), ("evidence", 4), ("k9", 3), ("", 3)])
def test_a_value_or_a_question_that_is_not_in_the_scheme_is_refused(session, scheme, lead, themes, now, code, value):
    with pytest.raises(WrongScore):
        give(session, scheme, lead, {(themes[0], code): value}, now)
    assert session.scalars(select(Score)).all() == []


def test_evidence_begins_at_zero(session, scheme, lead, themes, now):
    assert give(session, scheme, lead, {(themes[0], "evidence"): 0}, now) == 1
    with pytest.raises(NotFound):
        give(session, scheme, lead, {(10**9, "u"): 3}, now)


def test_a_draft_and_an_older_version_are_not_scored_by(session, run_id, round_id, lead, themes, now):
    draft = schemes.save(session, round_id, Wanted("usg"), why="", actor_id=lead.id, now=now)
    with pytest.raises(NotThisState):
        give(session, draft, lead, {(themes[0], "u"): 3}, now)
    schemes.fix(session, draft, actor_id=lead.id, now=now)
    schemes.save(
        session, round_id, Wanted("usg", (Row("k1", 100),)), why="Rapat meminta bobot.", actor_id=lead.id, now=now
    )
    with pytest.raises(NotThisState):
        give(session, draft, lead, {(themes[0], "u"): 3}, now)
    with pytest.raises(NotFound):
        give(session, 10**9, lead, {}, now)


def test_before_they_are_opened_no_value_is_read_anywhere_and_after_that_each_change_is(
    session, scheme, lead, themes, now
):
    other = person(session, "Peninjau")
    give(session, scheme, lead, {(themes[0], "u"): 5}, now)
    give(session, scheme, other, {(themes[0], "u"): 1}, now)
    assert all("new" not in event.details and "old" not in event.details for event in events(session))
    assert [(p.name, p.themes) for p in scores.progress(session, scheme)] == [("Ketua", 1), ("Peninjau", 1)]
    assert scores.own(session, scheme, lead.id) == {(themes[0], "u"): 5}
    schemes.reveal(session, scheme, actor_id=lead.id, now=now)
    give(session, scheme, other, {(themes[0], "u"): 4}, now + timedelta(hours=1))
    last = events(session)[-1].details
    assert (last["old"], last["new"]) == ({f"{themes[0]}:u": 1}, {f"{themes[0]}:u": 4})
    assert schemes.current(session, 1).late == 1


def test_the_trace_names_who_typed_for_whom(session, scheme, lead, themes, now):
    absent = person(session, "Peninjau Kertas")
    give(session, scheme, absent, {(themes[0], "u"): 5}, now, actor=lead)
    scores.finish(session, scheme, absent.id, actor_id=lead.id, now=now)
    given, finished = events(session)[-1], events(session, "score.finish")[-1]
    assert (given.actor_id, given.details["on_behalf_of"]) == (lead.id, absent.id)
    assert finished.details["on_behalf_of"] == absent.id
    row = scores.progress(session, scheme)[0]
    assert row.is_typed and row.finished_at == now and row.themes == 1
    give(session, scheme, lead, {(themes[0], "u"): 5}, now)
    assert "on_behalf_of" not in events(session)[-1].details


def test_themes_are_scored_in_an_order_that_tells_no_place(session, scheme, run_id, lead, themes, now):
    give(session, scheme, lead, {(themes[0], "u"): 5, (themes[0], "s"): 5}, now)
    rows = scores.themes(session, scheme, run_id, lead.id)
    assert {row.theme_id for row in rows} == set(themes) and [row.theme_id for row in rows] != themes
    assert {row.theme_id: row.given for row in rows if row.given} == {themes[0]: 2}
    same = [row.name for row in rows if row.dimension_label == rows[0].dimension_label]
    assert same == sorted(same)


def test_only_those_who_may_score_and_still_work_here_can_be_typed_for(session):
    role, other = Role(name="reviewer"), Role(name="officer")
    session.add_all([role, other])
    one, gone, officer = (person(session, name) for name in ("Peninjau", "Pergi", "Petugas"))
    one.roles, gone.roles, officer.roles = [role], [role], [other]
    gone.active = False
    session.flush()
    assert [key for key, _ in scores.reviewers(session, ("reviewer", "lead"))] == [one.id]


def test_the_board_says_where_reviewers_should_talk_and_what_is_quick(session, scheme, lead, themes, now):
    other = person(session, "Peninjau")
    usg = dict.fromkeys("usg", 4)
    quick, slow = usg | {"effort": 1, "impact": 5}, usg | {"effort": 5, "impact": 2}
    for who in (lead, other):
        values = {(t, c): v for t, given in zip(themes, (quick, slow), strict=False) for c, v in given.items()}
        give(session, scheme, who, values, now)
    give(session, scheme, other, {(themes[1], "s"): 1, (themes[2], "u"): 3}, now)
    schemes.reveal(session, scheme, actor_id=lead.id, now=now)
    found = scoreboards.board(session, schemes.current(session, 1))
    assert [(a.theme_id, a.criterion, a.spread.low, a.spread.high) for a in found.apart] == [(themes[1], "Gawat", 1, 4)]
    assert [one.theme_id for one in found.partial] == [themes[2]]
    fields = {one.theme_id: one.field for one in found.fields}
    assert fields[themes[0]].endswith("calon menang cepat") and fields[themes[1]].endswith("pikirkan lagi")
    assert found.finding.startswith("1 dari 2 tema berdampak besar") and "<svg" in found.svg


def test_a_board_that_nobody_scored_says_so(session, scheme, lead, now):
    schemes.reveal(session, scheme, actor_id=lead.id, now=now)
    found = scoreboards.board(session, schemes.current(session, 1))
    assert found.places == () and found.fields == () and found.finding.startswith("Belum ada tema")
