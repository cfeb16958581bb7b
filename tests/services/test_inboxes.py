"""Inboxes: any combination of filters, page after page, from one index; the keys lead where the list leads."""

from itertools import product

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import sqlite

from models import Point, Submission, Theme, Triage
from models.vocabulary import AsideReason, Channel, Group, Stage, SubmissionState, TriageField
from services import asides, inboxes, search, triages
from services.inboxes import Filters
from tests.services.factories import person

NARROWER = {
    "stage": Stage.SCREENED,
    "dimension": "DIS",
    "group": Group.CITIZEN,
    "channel": Channel.WEB,
    "language": "id",
    "kind": "problem",
    "flag": "complaint",
}


@pytest.fixture
def desk(session, run_id, round_id, now):
    triages.prepare(session)
    search.index(session)
    session.actor = person(session).id
    session.round = round_id
    triages.mark(session, range(1, 40, 3), TriageField.STAGE_FIELD, "screened", actor_id=session.actor, now=now)
    triages.mark(session, [1, 4], TriageField.DIMENSION_FIELD, "GOV", actor_id=session.actor, now=now)
    return session


def walk(session, filters):
    """All ids of a list, read page after page."""
    seen, after = [], None
    while True:
        rows, after = inboxes.listing(session, filters, after=after)
        seen += [row.point_id for row in rows]
        if after is None:
            return seen


def expected(session, filters):
    """The same, looked up row by row."""
    rows = session.scalars(select(Triage).where(Triage.round_id == filters.round_id).order_by(Triage.point_id.desc()))
    return [row.point_id for row in rows if fits(row, filters)]


def fits(row, filters):
    flags = {"personal": row.has_personal_data, "complaint": row.is_complaint, "offensive": row.is_offensive}
    own = row.dimension or row.suggested
    return all(
        (
            row.is_aside == (filters.flag == "aside"),
            filters.stage in (None, row.stage),
            filters.dimension in ("", own or "-"),
            filters.group in (None, row.group),
            filters.channel in (None, row.channel),
            filters.language in ("", row.language),
            filters.theme in ("", str(row.theme_id or "-")),
            filters.kind in ("", row.kind or "-"),
            flags.get(filters.flag, True),
        )
    )


def test_every_combination_of_filters_lists_what_fits(desk):
    for chosen in product((False, True), repeat=len(NARROWER)):
        named = {name: value for (name, value), is_on in zip(NARROWER.items(), chosen, strict=True) if is_on}
        filters = Filters(desk.round, **named)
        assert walk(desk, filters) == expected(desk, filters), named


@pytest.mark.parametrize("named", [{"dimension": "-"}, {"theme": "-"}, {"kind": "-"}, {"flag": "personal"}])
def test_what_has_none_is_found_too(desk, named):
    filters = Filters(desk.round, **named)
    assert walk(desk, filters) == expected(desk, filters)


def test_a_theme_lists_its_points(desk):
    theme = desk.scalars(select(Triage.theme_id).where(Triage.theme_id.is_not(None)).limit(1)).one()
    filters = Filters(desk.round, theme=str(theme))
    assert walk(desk, filters) == expected(desk, filters) != []
    assert inboxes.choices(desk, str(theme)).theme == desk.get_one(Theme, theme).name


def test_another_round_is_another_list(desk):
    assert walk(desk, Filters(desk.round + 1)) == []


def test_words_narrow_any_list_further(desk):
    found = set(desk.scalars(search.matching("pompa")))
    for named in ({}, {"stage": Stage.SCREENED}, {"dimension": "DIS", "group": Group.CITIZEN}):
        filters = Filters(desk.round, **named)
        wanted = [number for number in expected(desk, filters) if number in found]
        assert walk(desk, Filters(desk.round, q="pompa", **named)) == wanted
    assert walk(desk, Filters(desk.round, q='"*"')) == []


def test_what_was_set_aside_has_a_list_of_its_own(desk, now):
    asides.set_aside(desk, [2], AsideReason.SPAM, actor_id=desk.actor, now=now)
    assert 2 not in walk(desk, Filters(desk.round))
    assert walk(desk, Filters(desk.round, flag="aside")) == [2]


@pytest.mark.parametrize("state", [SubmissionState.WITHDRAWN, SubmissionState.ERASED, SubmissionState.HELD])
def test_what_does_not_stand_is_not_listed(desk, state):
    desk.get_one(Submission, desk.get_one(Point, 2).submission_id).state = state
    desk.flush()
    assert 2 not in walk(desk, Filters(desk.round))


def plan_of(session, filters, **more):
    query = inboxes._first(filters, 26, **more).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    return [row[3] for row in session.execute(text("EXPLAIN QUERY PLAN " + str(query).replace(":", r"\:")))]


def test_any_filters_are_answered_by_the_one_index_alone_in_its_order(desk):
    for chosen in product((False, True), repeat=len(NARROWER)):
        named = {name: value for (name, value), is_on in zip(NARROWER.items(), chosen, strict=True) if is_on}
        for more in ({}, {"below": 50}, {"above": 50}):
            steps = plan_of(desk, Filters(desk.round, theme="3", **named), **more)
            touched = [step for step in steps if "triage" in step]
            assert touched and all("COVERING INDEX ix_triage_facets (round_id=?" in step for step in touched), steps
            one = plan_of(desk, Filters(desk.round, stage=Stage.ARRIVED), **more)
            assert sum("TEMP B-TREE" in step for step in one) <= 1


def test_a_search_begins_at_the_words_the_newest_first(desk):
    steps = plan_of(desk, Filters(desk.round, q="pompa", dimension="DIS"))
    assert steps[0].startswith("SCAN point_search VIRTUAL TABLE") and not any("TEMP B-TREE" in s for s in steps)


def test_stages_are_counted_up_to_a_bound_and_only_for_a_whole_round(desk, monkeypatch):
    assert inboxes.counts(desk, Filters(desk.round)) == {"arrived": 85, "screened": 13, "coded": 0}
    assert inboxes.counts(desk, Filters(desk.round, stage=Stage.CODED))["arrived"] == 85
    monkeypatch.setattr(inboxes, "MOST", 20)
    assert inboxes.counts(desk, Filters(desk.round))["arrived"] == 21
    assert inboxes.counts(desk, Filters(desk.round, q="pompa")) == {}


@pytest.mark.parametrize("named", [{}, {"stage": Stage.SCREENED}, {"dimension": "DIS"}, {"q": "pompa"}])
def test_the_keys_lead_through_the_list_as_it_stands(desk, named):
    filters = Filters(desk.round, **named)
    ids = walk(desk, filters)
    for earlier, here, later in zip([None, *ids], ids, [*ids[1:], None], strict=False):
        around = inboxes.neighbours(desk, filters, here)
        assert (around.earlier, around.later) == (earlier, later)


def test_the_next_that_waits_is_further_down_or_else_at_the_top(desk, now):
    filters = Filters(desk.round)
    waiting = walk(desk, Filters(desk.round, stage=Stage.ARRIVED))
    assert inboxes.neighbours(desk, filters, waiting[0]).unscreened == waiting[1]
    assert inboxes.neighbours(desk, filters, waiting[-1]).unscreened == waiting[0]
    triages.mark(desk, waiting, TriageField.STAGE_FIELD, "screened", actor_id=desk.actor, now=now)
    assert inboxes.neighbours(desk, filters, waiting[0]).unscreened is None


def test_the_last_that_waits_is_not_its_own_next(desk, now):
    *others, last = walk(desk, Filters(desk.round, stage=Stage.ARRIVED))
    triages.mark(desk, others, TriageField.STAGE_FIELD, "screened", actor_id=desk.actor, now=now)
    assert inboxes.neighbours(desk, Filters(desk.round), last).unscreened is None


def test_a_row_says_whether_a_person_or_the_machine_named_the_dimension(desk):
    rows = {row.point_id: row for row in inboxes.listing(desk, Filters(desk.round, dimension="GOV"))[0]}
    rows |= {row.point_id: row for row in inboxes.listing(desk, Filters(desk.round, dimension="GOV"), after=10)[0]}
    assert not rows[1].is_suggested and rows[1].dimension == "Tata kelola"
    assert all(row.is_suggested for number, row in rows.items() if number not in (1, 4))


def test_no_row_shows_what_is_covered_even_before_it_is_read(desk):
    reading = desk.get_one(Triage, 98)
    desk.get_one(Point, 98).text = "Hubungi 0812-0000-0000"
    desk.execute(text("DELETE FROM reading WHERE point_id = 98"))
    desk.flush()
    first = inboxes.listing(desk, Filters(desk.round))[0][0]
    assert first.point_id == reading.point_id == 98 and "0812" not in first.text
